"""Clusters of a lidar scan: which points belong to one obstacle? k-means with k known, DBSCAN, and the rover's old trick of cutting at jumps.

Made at run time: five boxes or posts in the open around a rover, 360 beams, 2 cm of noise. The truth is the obstacle each beam meets.
Farther obstacles are seen with fewer points, long walls are not round: k-means fails on them, and in the second table one wall stands among them.
"""

import numpy as np

from glideslope import learn
from glideslope.learn import metrics
from glideslope.sim import box_walls, lidar_scan

BEAMS, RANGE_M, NOISE_M, SCENES = 360, 12.0, 0.02, 40


def experiment(seeds=(0, 1, 2, 3, 4)):
    return {
        name: gathered([one_seed(seed, wall) for seed in seeds])
        for name, wall in (("five boxes", False), ("four boxes and a wall of 8 m (the shift)", True))
    }


def one_seed(seed, wall):
    rng = np.random.default_rng([36, seed, wall])
    rows = [methods(*scene(rng, wall), seed) for _ in range(SCENES)]
    return {name: np.mean([row[name] for row in rows]) for name in rows[0]}


def scene(rng, wall, count=5):
    """Return the points of a scan (n, 2) in beam order, and the obstacle that each has met."""
    boxes = [box_walls(-4.0, -5.5, 4.0, -5.3)] if wall else []
    while len(boxes) < count:
        centre, size = rng.uniform(-7, 7, 2), rng.uniform(0.3, 1.5, 2)
        new = box_walls(*(centre - size / 2), *(centre + size / 2))
        low, high = new.min((0, 1)), new.max((0, 1))
        apart = [max((b.min((0, 1)) - high).max(), (low - b.max((0, 1))).max()) for b in boxes]
        if min(apart, default=9.0) > 0.5 and max(low.max(), -high.min()) > 1.0:
            boxes.append(new)
    ranges = np.array([lidar_scan(np.zeros(3), box, BEAMS, RANGE_M) for box in boxes])
    nearest, met = ranges.min(0), ranges.argmin(0)
    r = nearest + NOISE_M * rng.standard_normal(BEAMS)
    angle, seen = np.arange(BEAMS) * 2 * np.pi / BEAMS, nearest < RANGE_M
    return np.column_stack([r * np.cos(angle), r * np.sin(angle)])[seen], met[seen]


def methods(P, truth, seed):
    k = len(np.unique(truth))
    jumps = np.hypot(*(P - np.roll(P, 1, axis=0)).T) > 0.4
    cut = np.cumsum(jumps) % max(jumps.sum(), 1)
    guesses = {
        "cut where neighbours jump 0.4 m": cut,
        "k-means, k known": learn.KMeans(k, n_init=5, random_state=seed).fit(P).labels_,
        "DBSCAN, 0.4 m": learn.DBSCAN(0.4, 2).fit(P).labels_,
    }
    return {name: metrics.adjusted_rand(truth, guess) for name, guess in guesses.items()}


def gathered(runs):
    return {name: {"ARI": round(float(np.mean([run[name] for run in runs])), 3),
                   "std": round(float(np.std([run[name] for run in runs])), 3)} for name in runs[0]}  # fmt: skip
