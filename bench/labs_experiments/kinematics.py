"""When not to learn: the inverse kinematics of a two-link arm has a closed form and two answers; a network that minimises squares averages them.

10,000 joint angles, tips in cm; the error is that of the tip the answer really reaches. Shift: tips near the edge of the reach, unseen in training.
"""

import numpy as np

from bench.labs_experiments.columns import fit_columns
from glideslope import learn
from glideslope.sim import elbow_and_tip, joint_angles


def experiment(seeds=(0, 1, 2, 3, 4)):
    runs = [one_seed(seed) for seed in seeds]
    return {row: {"mean cm": round(float(np.mean([run[row] for run in runs])), 3),
                  "std": round(float(np.std([run[row] for run in runs])), 3)} for row in runs[0]}  # fmt: skip


def one_seed(seed):
    rng = np.random.default_rng([10, seed])
    q, test, far = draws(rng, 10_000, 2.4), draws(rng, 2000, 2.4), draws(rng, 2000, 2.4, edge=True)
    result = {}
    for label, asked in (("", test), (", near the edge", far)):
        tip = elbow_and_tip(asked)[1]
        result[f"closed form{label}"] = reached(joint_angles(tip), tip)
    cases = {
        "network, both elbows": (lambda q: elbow_and_tip(q)[1], np.array, np.array),
        "network, told which elbow": (with_elbow, np.array, np.array),
        "network, told which elbow, sines and cosines out": (with_elbow, circles, angles),
    }
    for name, (inputs, encode, decode) in cases.items():
        scale = inputs(q).std(0)
        model = fit_columns(
            lambda: learn.MLPRegressor((64, 64), max_iter=60, random_state=seed), inputs(q) / scale, encode(q)
        )
        for label, asked in (("", test), (", near the edge", far)):
            answer = decode(model(inputs(asked) / scale))
            result[name + label] = reached(answer, elbow_and_tip(asked)[1])
    return result


def draws(rng, count, most, edge=False):
    """First joint within 100 degrees, second bent either way by 0.3 to 2.4 rad; near the edge by 0.05 to 0.3."""
    bend = rng.uniform(0.05, 0.3, count) if edge else rng.uniform(0.3, most, count)
    return np.column_stack([rng.uniform(-1.75, 1.75, count), bend * rng.choice([-1, 1], count)])


def with_elbow(q):
    return np.column_stack([elbow_and_tip(q)[1], np.sign(q[:, 1])])


def circles(q):
    return np.hstack([np.sin(q), np.cos(q)])


def angles(z):
    return np.arctan2(z[:, :2], z[:, 2:])


def reached(q, tip):
    return float(100 * np.linalg.norm(elbow_and_tip(q)[1] - tip, axis=1).mean())
