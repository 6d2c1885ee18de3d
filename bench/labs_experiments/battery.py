"""Remaining flight time from voltage and current: mean, linear, engineered features, small networks and a GRU; 240 s and 90 s of history."""

import numpy as np

from glideslope import nn
from glideslope.sim.make.uav_battery import fly

SEEDS = (0, 1, 2)


def experiment(seeds=SEEDS):
    return {f"{history} s of history": rows(history, seeds) for history in (240, 90)}


def rows(history, seeds):
    runs = [one_seed(history, seed) for seed in seeds]
    return {
        name: {
            "RMSE min": round(float(np.mean([run[name] for run in runs])), 3),
            "std": round(float(np.std([run[name] for run in runs])), 3),
        }
        for name in runs[0]
    }


def one_seed(history, seed):
    from sklearn.neural_network import MLPRegressor

    (V, I, y), (Vt, It, yt) = (
        samples(fly(count, 100 * seed + part), history, seed) for part, count in ((1, 600), (2, 200))
    )
    plain, plain_t = (np.hstack([v[:, ::10], i[:, ::10]]) for v, i in ((V, I), (Vt, It)))
    made, made_t = engineered(V, I), engineered(Vt, It)
    result = {
        "mean": rmse(np.full(len(yt), y.mean()), yt),
        "linear V, I": rmse(ridge(plain, y, plain_t), yt),
        "engineered, ridge": rmse(ridge(made, y, made_t), yt),
    }
    for name, F, G in (("MLP on engineered", made, made_t), ("MLP on V, I", plain, plain_t)):
        centre, spread = F.mean(0), F.std(0)
        network = MLPRegressor(hidden_layer_sizes=(32, 32), early_stopping=True, max_iter=300, random_state=seed)
        network.fit((F - centre) / spread, y / 100)
        result[name] = rmse(network.predict((G - centre) / spread) * 100, yt)
    result["GRU 32"] = rmse(recurrent(sequences(V, I), y, sequences(Vt, It), seed), yt)
    return result


def sequences(V, I):
    """Means over 10 s of voltage and current: (n, history / 10, 2)."""
    both = np.stack([V, I], axis=2)
    return both.reshape(len(V), -1, 10, 2).mean(axis=2)


def recurrent(S, y, S_new, seed, epochs=30):
    centre, spread = S.mean((0, 1)), S.std((0, 1))
    X, rng = ((S - centre) / spread).astype(np.float32), np.random.default_rng([12, seed])
    model = nn.forecaster(2, 32, cell="gru", rng=rng)
    data = nn.DataLoader(X, ((y - y.mean()) / y.std())[:, None].astype(np.float32), batch_size=128, rng=rng)
    optimiser = nn.Adam(model, lr=nn.cosine_decay(1e-2, epochs * len(data)))
    nn.fit(model, data, optimiser, nn.mean_squared_error, epochs=epochs, clip_norm=1.0, progress=False)
    return model(((S_new - centre) / spread).astype(np.float32)).value[:, 0] * y.std() + y.mean()


def samples(flown, history, seed, each=8):
    """Windows at random moments of each flight, with 30 s or more still to fly."""
    rng = np.random.default_rng(seed)
    voltage, current, remaining = [], [], []
    for flight in np.unique(flown["group"]):
        rows = np.flatnonzero(flown["group"] == flight)
        for end in rng.integers(history, len(rows) - 30, each):
            window = rows[end - history : end]
            current.append(flown["X"][window, 0])
            voltage.append(flown["X"][window, 1])
            remaining.append(flown["target_remaining_s"][rows[end]])
    return np.array(voltage), np.array(current), np.array(remaining, dtype=float)


def engineered(V, I):
    """Charge drawn, mean and spread, and the slope of voltage on current, time and charge: what an engineer would compute."""
    out = []
    for v, i in zip(V, I, strict=True):
        used = np.cumsum(i)
        slow = np.convolve(i, np.exp(-np.arange(90) / 30.0) / 30.0)[: len(i)]
        A = np.column_stack([np.ones(len(i)), i, slow, used / 1000])
        coefficients = np.linalg.lstsq(A, v, rcond=None)[0]
        out.append(
            [
                *coefficients,
                i.mean(),
                i.std(),
                v.mean(),
                v[-30:].mean(),
                coefficients[0] / i.mean(),
                v[-30:].mean() / i.mean(),
            ]
        )
    return np.array(out)


def ridge(F, y, G, strength=1e-2):
    centre, spread = F.mean(0), F.std(0) + 1e-12
    A, B = (F - centre) / spread, (G - centre) / spread
    w = np.linalg.solve(A.T @ A + strength * len(A) * np.eye(A.shape[1]), A.T @ (y - y.mean()))
    return B @ w + y.mean()


def rmse(guess, truth):
    return float(np.sqrt(np.mean((guess - truth) ** 2)) / 60)
