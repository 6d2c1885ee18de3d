"""k-means: five regimes of flight without a label, on c172_sorties. Which channels count, and how often, decides: seven say "power" four times over.

Centres are found on the 30 training flights; the adjusted Rand index compares regimes with the phases of the pilot's plan
on the 10 test flights, and on the 8 flights of the 172R as they are. The rules of `phases` are the baseline without learning.
"""

import numpy as np

from bench.labs_experiments.phases import rules
from glideslope import learn
from glideslope.data import load, window_features
from glideslope.learn import metrics

SEVEN = ("ias_kt", "vs_fpm", "pitch_deg", "roll_deg", "r_deg_s", "rpm", "flaps_deg")
THREE = (
    "vs_fpm",
    "r_deg_s",
    "flaps_deg",
)  # one channel for each way to tell two regimes apart; chosen on flights 24 to 29, not on the test flights
SIDED = ("roll_deg", "r_deg_s")


def experiment(seeds=(0, 1, 2, 3, 4)):
    data = load("c172_sorties", channels=SEVEN)
    parts = {name: data.part(name) for name in data.splits}
    result = {
        "rules, 10 s": {
            name: round(metrics.adjusted_rand(part.y, rules(part, 10)), 3)
            for name, part in parts.items()
            if name != "train"
        }
    }
    rows = {
        "k-means, 7 channels, raw units": (learn.KMeans, SEVEN, 1, False, False),
        "k-means, 7 scaled": (learn.KMeans, SEVEN, 1, False, True),
        "k-means, 7 scaled, 20 s means": (learn.KMeans, SEVEN, 20, False, True),
        "k-means, 7 scaled, 20 s means, left = right": (learn.KMeans, SEVEN, 20, True, True),
        "k-means, 3 scaled": (learn.KMeans, THREE, 1, False, True),
        "k-means, 3 scaled, 20 s means, left = right": (learn.KMeans, THREE, 20, True, True),
        "Gaussian mixture, 3 scaled, 20 s means, left = right": (learn.GaussianMixture, THREE, 20, True, True),
    }
    for name, (method, channels, length, fold, scale) in rows.items():
        features = {key: prepared(part, channels, length, fold) for key, part in parts.items()}
        result[name] = summary([clustered(method, features, parts, scale, seed) for seed in seeds])
    result["the 3 channels, k from 2 to 8, test"] = {
        k: summary([clustered(learn.KMeans, features, parts, True, seed, k) for seed in seeds])["test"]
        for k in range(2, 9)
    }
    return result


def prepared(part, channels, length, fold):
    """Means over the last seconds of the flight; with `fold`, bank and yaw rate without their sign: left and right are one turn."""
    part = part.select(channels)
    X = window_features(part.X, part.group, length)[:, : len(channels)] if length > 1 else part.X.copy()
    sided = [channels.index(name) for name in SIDED if name in channels and fold]
    X[:, sided] = np.abs(X[:, sided])
    return X


def clustered(method, features, parts, scale, seed, k=5):
    centre, spread = (features["train"].mean(0), features["train"].std(0)) if scale else (0.0, 1.0)
    model = (method(k, n_init=10, random_state=seed) if method is learn.KMeans else method(k, random_state=seed)).fit(
        (features["train"] - centre) / spread
    )
    return {
        name: metrics.adjusted_rand(parts[name].y, model.predict((features[name] - centre) / spread))
        for name in ("test", "transfer")
    }


def summary(runs):
    return {key: {"mean": round(float(np.mean([run[key] for run in runs])), 3),
                  "std": round(float(np.std([run[key] for run in runs])), 3)} for key in runs[0]}  # fmt: skip
