"""Kalman filter or network: where will the aeroplane be in 20 s? Fixes of 30 m once a second, tracks of c172_sorties.

The filter assumes a constant velocity, q chosen on the validation flights 24 to 29; ridge and network read the last 30 fixes relative to the newest.
Split by flight; turns and straight flight are scored apart, the 172R shows the shift.
"""

import numpy as np

from bench.labs_experiments.columns import fit_columns
from glideslope import learn
from glideslope.data import load
from glideslope.sim import control

AHEAD_S, HISTORY, FIX_M, M_S = 20, 30, 30.0, 0.514444
EVERY = 5  # one window every 5 s: neighbours are nearly twins


def experiment(seeds=(0, 1, 2, 3, 4)):
    data = load("c172_sorties", channels=("gps_north_kt", "gps_east_kt"))
    train, test, transfer = (data.part(name) for name in data.splits)
    runs = [one_seed(train, test, transfer, seed) for seed in seeds]
    return {row: gathered([run[row] for run in runs]) for row in runs[0]}


def one_seed(train, test, transfer, seed):
    rng = np.random.default_rng([20, seed])
    parts = {
        "fit": windows(train.keep(range(24)), rng), "check": windows(train.keep(range(24, 30)), rng),
        "test": windows(test, rng), "172R": windows(transfer, rng),
    }  # fmt: skip
    q = min(
        (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0),
        key=lambda q: score(filtered(parts["check"], q), parts["check"])["RMSE m"],
    )
    result = {}
    for name in ("test", "172R"):
        label, part = "" if name == "test" else ", 172R", parts[name]
        result[f"stays where it is{label}"] = score(np.zeros_like(part["y"]), part)
        result[f"Kalman filter, constant velocity{label}"] = score(filtered(part, q), part) | {"q": q}
    X, Y = features(parts["fit"]), parts["fit"]["y"] / 1000
    centre, spread = X.mean(0), X.std(0)
    ridge = fit_columns(lambda: learn.Ridge(1.0), (X - centre) / spread, Y)
    network = fit_columns(
        lambda: learn.MLPRegressor((64, 64), max_iter=40, random_state=seed), (X - centre) / spread, Y
    )
    for name in ("test", "172R"):
        Z, label = (features(parts[name]) - centre) / spread, "" if name == "test" else ", 172R"
        result[f"ridge{label}"] = score(1000 * ridge(Z), parts[name])
        result[f"network 64-64{label}"] = score(1000 * network(Z), parts[name])
    return result


def windows(part, rng):
    """Fixes of the last 30 s and the way to go, turned so that the track points along +x: what is learned once holds for every course."""
    fixes, ahead, turning = [], [], []
    for flight in part.group_ids:
        velocity = part.X[part.group == flight] * M_S
        place = np.cumsum(velocity, axis=0)
        fix = place + FIX_M * rng.standard_normal(place.shape)
        course = np.unwrap(np.arctan2(velocity[:, 1], velocity[:, 0]))
        for k in range(HISTORY, len(place) - AHEAD_S, EVERY):
            recent = fix[k - HISTORY + 1 : k + 1] - fix[k]
            turn = to_the_east(recent[-10:].mean(0) - recent[:10].mean(0))
            fixes.append(recent @ turn)
            ahead.append((place[k + AHEAD_S] - fix[k]) @ turn)
            turning.append(abs(course[k + AHEAD_S] - course[k - 5]) > np.radians(20))
    return {"X": np.array(fixes), "y": np.array(ahead), "turning": np.array(turning)}


def to_the_east(direction):
    """The matrix that turns row vectors so that this direction becomes +x."""
    cos, sin = direction / np.linalg.norm(direction)
    return np.array([[cos, -sin], [sin, cos]])


def filtered(part, q):
    """Run the filter over each window, all windows at once: the covariance does not depend on the fixes."""
    F, Q = control.constant_velocity(1.0, q)
    H, R = np.eye(2, 4), FIX_M**2 * np.eye(2)
    P = np.diag([FIX_M**2, FIX_M**2, 60.0**2, 60.0**2])
    mean = np.hstack([part["X"][:, 0], np.zeros((len(part["X"]), 2))])
    for k in range(1, HISTORY):
        belief = control.kalman_predict(control.Belief(np.zeros(4), P), F, Q)
        K = belief.covariance @ H.T @ np.linalg.inv(H @ belief.covariance @ H.T + R)
        mean = mean @ F.T
        mean = mean + (part["X"][:, k] - mean @ H.T) @ K.T
        P = (np.eye(4) - K @ H) @ belief.covariance
    return mean[:, :2] + AHEAD_S * mean[:, 2:]


def features(part):
    """Twenty-nine fixes relative to the newest, and means of five: the network need not discover averaging."""
    n = len(part["X"])
    return np.hstack([part["X"][:, :-1].reshape(n, -1), part["X"].reshape(n, 6, 5, 2).mean(2).reshape(n, -1)]) / 1000


def score(guess, part):
    miss = np.linalg.norm(guess - part["y"], axis=1)
    return {
        "median m": float(np.median(miss)), "RMSE m": float(np.sqrt((miss**2).mean())),
        "median straight m": float(np.median(miss[~part["turning"]])), "median turning m": float(np.median(miss[part["turning"]])),
    }  # fmt: skip


def gathered(rows):
    return {key: {"mean": round(float(np.mean([row[key] for row in rows])), 1),
                  "std": round(float(np.std([row[key] for row in rows])), 1)} for key in rows[0]}  # fmt: skip
