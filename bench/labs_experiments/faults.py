"""Sensor faults in the log of a flight: single channels, principal components, Mahalanobis distance, an autoencoder, virtual sensors.

Faults are added to the second half of each test flight; the score is per second. Trained on 24 flights, thresholds from 6, tested on 10.
"""

import numpy as np

from glideslope import nn
from glideslope.data import load

SEEDS = (0, 1, 2)
CHANNELS = ("ias_kt", "altitude_ft", "vs_fpm", "pitch_deg", "roll_deg", "alpha_deg", "beta_deg", "p_deg_s", "q_deg_s", "r_deg_s",
            "nz_g", "throttle", "elevator", "rudder", "flaps_deg", "rpm", "fuel_flow_gph")  # fmt: skip


def experiment(seeds=SEEDS):
    data = load("c172_sorties", channels=CHANNELS)
    train, check, test = data.keep(range(24)), data.keep(range(24, 30)), data.part("test")
    centre, spread = train.X.mean(0), train.X.std(0)
    normal = lambda X: (X - centre) / spread  # noqa: E731
    detectors = {
        "single channels": largest,
        "PCA 11": pca(normal(train.X), 11),
        "Mahalanobis": mahalanobis(normal(train.X)),
        "virtual sensors": virtual(normal(train.X)),
    }
    result = {name: assess(detector, normal, check, test, spread, seeds) for name, detector in detectors.items()}
    runs = [assess(autoencoder(normal(train.X), seed), normal, check, test, spread, (seed,)) for seed in seeds]
    result["autoencoder 40-11-40"] = runs[0] | {
        "mean AUC": round(float(np.mean([run["mean AUC"] for run in runs])), 3),
        "std of the mean AUC": round(float(np.std([run["mean AUC"] for run in runs])), 3),
    }
    other = data.part("transfer")
    result["shift: false-alarm flights of 8, 172R"] = {
        name: false_alarms(detector, normal, check, other) for name, detector in detectors.items()
    }
    return result


def faults(spread, rng):
    column = {name: i for i, name in enumerate(CHANNELS)}

    def change(name, function):
        def apply(X):
            X = X.copy()
            X[:, column[name]] = function(X[:, column[name]])
            return X

        return apply

    noise = lambda x: x + 4 * 40.0 * rng.standard_normal(len(x))  # noqa: E731
    return {
        "IAS -8 kt ramp": change("ias_kt", lambda x: x - np.minimum(np.arange(len(x)) / 60, 1) * 8),
        "pitot freeze": change("ias_kt", lambda x: np.full_like(x, x[0])),
        "AoA +3 deg": change("alpha_deg", lambda x: x + 3),
        "rpm -8 %": change("rpm", lambda x: x * 0.92),
        "roll drift 5 deg": change("roll_deg", lambda x: x + np.minimum(np.arange(len(x)) / 300, 1) * 5),
        "yaw gyro +1.5 deg/s": change("r_deg_s", lambda x: x + 1.5),
        "altimeter stuck": change("altitude_ft", lambda x: np.full_like(x, x[0])),
        "VSI noise x4": change("vs_fpm", noise),
    }


def assess(detector, normal, check, test, spread, seeds):
    limit = threshold(detector, normal, check)
    table = {"false-alarm flights of 10": false_alarms(detector, normal, check, test)}
    for name in faults(spread, np.random.default_rng(0)):
        runs = [one_fault(name, detector, normal, test, spread, limit, seed) for seed in seeds]
        table[name] = {
            "AUC": round(float(np.mean([run[0] for run in runs])), 3),
            "found of 10": runs[0][1],
            "median delay s": runs[0][2],
        }
    table["mean AUC"] = round(float(np.mean([row["AUC"] for row in table.values() if isinstance(row, dict)])), 3)
    return table


def threshold(detector, normal, check):
    return max(running(detector(normal(check.X[check.group == f]))).max() for f in check.group_ids) + 0.1


def false_alarms(detector, normal, check, flights):
    limit = threshold(detector, normal, check)
    return int(sum(running(detector(normal(flights.X[flights.group == f]))).max() > limit for f in flights.group_ids))


def one_fault(name, detector, normal, test, spread, limit, seed):
    broken, clean, delays = [], [], []
    for flight in test.group_ids:
        X = test.X[test.group == flight]
        half = len(X) // 2
        bad = X.copy()
        bad[half:] = faults(spread, np.random.default_rng([seed, flight]))[name](X[half:])
        before, after = detector(normal(X)), detector(normal(bad))
        clean.append(before)
        broken.append(after[half:])
        late = np.flatnonzero(running(after)[half:] > limit)
        if len(late):
            delays.append(int(late[0]))
    return auc(np.concatenate(clean), np.concatenate(broken)), len(delays), float(np.median(delays)) if delays else None


def running(score, width=60):
    total = np.cumsum(np.insert(np.log(score + 1e-9), 0, 0.0))
    last = np.arange(1, len(score) + 1)
    first = np.maximum(last - width, 0)
    mean = (total[last] - total[first]) / (last - first)
    return np.where(last >= width, mean, -np.inf)


def auc(clean, broken):
    scores = np.concatenate([clean, broken])
    rank = np.empty(len(scores))
    rank[np.argsort(scores, kind="stable")] = np.arange(1, len(scores) + 1)
    n = len(broken)
    return (rank[len(clean) :].sum() - n * (n + 1) / 2) / (n * len(clean))


def largest(Z):
    return np.abs(Z).max(1)


def pca(Z, components):
    _, _, Vt = np.linalg.svd(Z, full_matrices=False)
    rest = Vt[components:]
    return lambda Z: ((Z @ rest.T) ** 2).sum(1)


def mahalanobis(Z):
    inverse = np.linalg.inv(np.cov(Z.T) + 1e-6 * np.eye(Z.shape[1]))
    return lambda Z: np.einsum("ij,jk,ik->i", Z, inverse, Z)


def autoencoder(Z, seed, epochs=20):
    """Squeeze 17 channels through 11 numbers and back, with tanh between; the score is what does not come back."""
    rng = np.random.default_rng([13, seed])
    sizes = ((17, 40), (40, 11), (11, 40), (40, 17))
    layers = [part for a, b in sizes for part in (nn.Linear(a, b, rng=rng), nn.Tanh())][:-1]
    model = nn.Sequential(*layers)
    data = nn.DataLoader(Z.astype(np.float32), Z.astype(np.float32), batch_size=128, rng=rng)
    optimiser = nn.Adam(model, lr=nn.cosine_decay(3e-3, epochs * len(data)))
    nn.fit(model, data, optimiser, nn.mean_squared_error, epochs=epochs, progress=False)
    spread = (model(Z.astype(np.float32)).value - Z).std(0)
    return lambda Z: (((model(Z.astype(np.float32)).value - Z) / spread) ** 2).sum(1)


def virtual(Z, strength=1e-3):
    """Predict each channel from the others by a quadratic ridge; the largest scaled residual tells, and names the sensor."""
    models = []
    for c in range(Z.shape[1]):
        F = quadratic(np.delete(Z, c, axis=1))
        w = np.linalg.solve(F.T @ F + strength * len(F) * np.eye(F.shape[1]), F.T @ Z[:, c])
        models.append((w, (Z[:, c] - F @ w).std()))
    return lambda Z: np.max(
        [np.abs(Z[:, c] - quadratic(np.delete(Z, c, axis=1)) @ w) / s for c, (w, s) in enumerate(models)], axis=0
    )


def quadratic(Z):
    i, j = np.triu_indices(Z.shape[1])
    return np.hstack([np.ones((len(Z), 1)), Z, Z[:, i] * Z[:, j]])
