"""k nearest neighbours: which room does the lidar see? Raw beams, invariant features, augmentation, and moved furniture."""

import numpy as np

from glideslope.data import load


def experiment(seeds=(0, 1, 2)):
    from sklearn.linear_model import LogisticRegression

    data = load("lidar_rooms")
    train, test, changed = (data.part(name) for name in data.splits)
    linear = LogisticRegression(max_iter=2000).fit(train.X, train.y)
    result = {"majority": 0.25, "softmax, raw beams": round(float(linear.score(test.X, test.y)), 3)}
    mean = lambda X: X.mean(1, keepdims=True)  # noqa: E731
    fourier = lambda X: np.abs(np.fft.rfft(X, axis=1))  # noqa: E731
    for name, feature in (
        ("mean range", mean),
        ("raw beams", np.array),
        ("sorted beams", lambda X: np.sort(X, axis=1)),
        ("Fourier magnitude", fourier),
    ):
        guess = nearest(feature(train.X), train.y, feature(test.X))
        result[f"5-NN, {name}"] = round(float((guess == test.y).mean()), 3)
    turned = np.concatenate([np.roll(train.X, k, axis=1) for k in range(36)])
    many = np.tile(train.y, 36)
    result["5-NN, raw beams, 36 rotations"] = round(float((nearest(turned, many, test.X) == test.y).mean()), 3)
    result["the same in changed rooms"] = round(float((nearest(turned, many, changed.X) == changed.y).mean()), 3)
    result["sorted beams by number of scans"] = {n: curve(train, test, n, seeds) for n in (100, 300, 1000, 3000)}
    return result


def curve(train, test, n, seeds):
    scores = []
    for seed in seeds:
        rows = np.random.default_rng(seed).choice(len(train), n, replace=False)
        scores.append(
            float((nearest(np.sort(train.X[rows], axis=1), train.y[rows], np.sort(test.X, axis=1)) == test.y).mean())
        )
    return {"mean": round(float(np.mean(scores)), 3), "std": round(float(np.std(scores)), 3)}


def nearest(X, y, X_new, k=5):
    X, X_new = X.astype(np.float32), X_new.astype(np.float32)
    squares, guess = (X**2).sum(1), []
    for Q in np.array_split(X_new, max(1, len(X_new) // 50)):
        near = y[np.argpartition(squares - 2 * Q @ X.T, k, axis=1)[:, :k]]
        guess.append(np.array([np.bincount(row, minlength=4).argmax() for row in near]))
    return np.concatenate(guess)
