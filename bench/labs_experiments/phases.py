"""Flight phases on c172_sorties: rules, softmax regression, a small network, one nearest neighbour split the wrong way.

Split by flight; of the 30 training flights the last 6 validate: rates and the number of epochs are chosen on them, then the model is
trained on all 30. The 10 test flights are opened once for each seed, the 8 flights of the 172R show the change of aeroplane.
Everything here is plain NumPy: mini-batches of 64, stochastic gradient descent without momentum.
"""

from itertools import pairwise

import numpy as np

from glideslope.data import load, window_features

RATES = (0.03, 0.1, 0.3, 1.0)
EPOCHS = 30
CLIMB, CRUISE, TURN, DESCENT, APPROACH = range(5)


def rules(data, window):
    """What a pilot would write down in a minute: flaps, then bank, then vertical speed."""
    mean = window_features(data.X, data.group, window)[:, : data.X.shape[1]]
    column = dict(zip(data.channel_names, mean.T, strict=True))
    phase = np.full(len(data), CRUISE)
    phase[column["vs_fpm"] > 250] = CLIMB
    phase[column["vs_fpm"] < -250] = DESCENT
    phase[np.abs(column["roll_deg"]) > 8] = TURN
    phase[column["flaps_deg"] > 5] = APPROACH
    return phase


def train(X, y, hidden, rate, seed, epochs=EPOCHS, batch=64, watch=None):
    """Return weights of a tanh network with softmax cross-entropy; `watch(weights)` is called after each epoch."""
    rng = np.random.default_rng(seed)
    sizes = (X.shape[1], *hidden, 5)
    weights = [[rng.standard_normal((n, m)) / np.sqrt(n), np.zeros(m)] for n, m in pairwise(sizes)]
    Y = np.eye(5)[y]
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch):
            rows = order[start : start + batch]
            step(weights, X[rows], Y[rows], rate)
        if watch:
            watch(weights)
    return weights


def step(weights, X, Y, rate):
    """One gradient step: delta = (a - y)/N at the output, then back through tanh."""
    layers = [X]
    for W, b in weights[:-1]:
        layers.append(np.tanh(layers[-1] @ W + b))
    delta = (probabilities(weights, X, layers[-1]) - Y) / len(X)
    for depth in range(len(weights) - 1, -1, -1):
        W, b = weights[depth]
        dW, db = layers[depth].T @ delta, delta.sum(0)
        delta = (delta @ W.T) * (1 - layers[depth] ** 2)
        W -= rate * dW
        b -= rate * db


def probabilities(weights, X, last=None):
    if last is None:
        last = X
        for W, b in weights[:-1]:
            last = np.tanh(last @ W + b)
    z = last @ weights[-1][0] + weights[-1][1]
    e = np.exp(z - z.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def accuracy(weights, X, y):
    return float((probabilities(weights, X).argmax(1) == y).mean())


def chosen_rate_and_epochs(X, y, group, hidden, seed):
    """Try each rate on 24 flights, watch the 6 validation flights after each epoch, keep the best pair."""
    validating = group >= 24
    best = (0.0, RATES[0], 1)
    for rate in RATES:
        curve = []
        train(
            X[~validating],
            y[~validating],
            hidden,
            rate,
            seed,
            watch=lambda w, c=curve: c.append(accuracy(w, X[validating], y[validating])),
        )
        best = max(best, (max(curve), rate, int(np.argmax(curve)) + 1))
    return best


def macro_f1(truth, guess):
    hits = np.array([((truth == k) & (guess == k)).sum() for k in range(5)])
    return float(np.mean(2 * hits / np.array([(truth == k).sum() + (guess == k).sum() for k in range(5)])))


def experiment(seeds=(0, 1, 2)):
    data = load("c172_sorties", channels="cockpit")
    parts = {name: data.part(name) for name in data.splits}
    result = {"majority": round(float((parts["test"].y == CRUISE).mean()), 3)}
    for window in (1, 10):
        result[f"rules, {window} s"] = {
            name: round(float((rules(part, window) == part.y).mean()), 3)
            for name, part in parts.items()
            if name != "train"
        }
    for label, window, hidden in (
        ("softmax, 1 s", 1, ()),
        ("softmax, 10 s", 10, ()),
        ("MLP 32-32, 10 s", 10, (32, 32)),
    ):
        result[label] = [one_seed(parts, window, hidden, seed) for seed in seeds]
    result["leak, 1-NN on 10 s windows"] = leak(parts["train"])
    return result


def one_seed(parts, window, hidden, seed):
    features = {name: featured(part, window) for name, part in parts.items()}
    centre, spread = features["train"].mean(0), features["train"].std(0) + 1e-9
    Z = {name: (F - centre) / spread for name, F in features.items()}
    y, group = parts["train"].y, parts["train"].group
    score, rate, epochs = chosen_rate_and_epochs(Z["train"], y, group, hidden, seed)
    weights = train(Z["train"], y, hidden, rate, seed, epochs)
    guess = probabilities(weights, Z["test"]).argmax(1)
    truth, flights = parts["test"].y, parts["test"].group
    right, near = guess == truth, near_change(truth, 3)
    by_flight = [float((guess == truth)[flights == f].mean()) for f in np.unique(flights)]
    return {
        "seed": seed, "rate": rate, "epochs": epochs, "validation": round(score, 4),
        "test": round(float((guess == truth).mean()), 4), "macro_f1": round(macro_f1(truth, guess), 4),
        "worst_flight": round(min(by_flight), 4), "best_flight": round(max(by_flight), 4),
        "within 3 s of a change": round(float(right[near].mean()), 4), "elsewhere": round(float(right[~near].mean()), 4),
        "transfer": round(accuracy(weights, Z["transfer"], parts["transfer"].y), 4),
    }  # fmt: skip


def near_change(phase, seconds):
    """Tell which samples lie within some seconds of a change of phase."""
    edges = np.flatnonzero(np.diff(phase))
    return np.abs(np.arange(len(phase))[:, None] - edges - 0.5).min(1) < seconds


def featured(part, window):
    """Mean and standard deviation over the window; at 1 s the deviation is zero and is left out."""
    F = window_features(part.X, part.group, window)
    return F if window > 1 else F[:, : part.X.shape[1]]


def leak(train_part, seed=0, share=0.25):
    """The same neighbour rule scored twice: with rows of a flight on both sides, and with whole flights held out."""
    rng = np.random.default_rng(seed)
    F = window_features(train_part.X, train_part.group, 10)
    Z = ((F - F.mean(0)) / F.std(0)).astype(np.float32)
    by_row = rng.random(len(Z)) < share
    by_flight = train_part.group >= 23
    return {name: round(nearest(Z[~out], train_part.y[~out], Z[out], train_part.y[out], rng), 3)
            for name, out in (("split by row", by_row), ("split by flight", by_flight))}  # fmt: skip


def nearest(X, y, X_new, y_new, rng, asked=2000):
    rows = rng.choice(len(X_new), asked, replace=False)
    squares = (X**2).sum(1)
    guess = np.concatenate([y[(squares - 2 * q @ X.T).argmin(1)] for q in np.array_split(X_new[rows], 20)])
    return float((guess == y_new[rows]).mean())
