"""What the judge asks of `alarm_score(W)`: average precision on the test flights, with birds that no lesson has shown."""

from functools import cache

import numpy as np

from glideslope.data import load
from glideslope.exercise import Text
from glideslope.grade import question
from glideslope.grade.finding import Finding
from glideslope.grade.inputs import Inputs, Kind
from glideslope.learn.metrics import average_precision

MARGIN = 0.01
INERTIA_KG_M2 = 3420.0


@cache
def fleet():
    """Every window of the ten test flights, three times over with other birds, and whether one struck."""
    flights = load("c172_sorties", channels="cockpit").part("test")
    pairs = [
        windows(flights.keep([k]), np.random.default_rng([draw, k]))
        for draw in (101, 102, 103)
        for k in flights.group_ids
    ]
    return np.concatenate([W for W, _ in pairs]), np.concatenate([y for _, y in pairs])


def windows(log, rng):
    rates, hit = np.stack([log["r_deg_s"], log["p_deg_s"]], axis=1), np.zeros(len(log), bool)
    for moment_s in rng.uniform(40, len(log) - 5, round(len(log) / 400)):
        mass_kg, arm_m = np.exp(rng.uniform(0, np.log(6))), rng.uniform(1, 5) * rng.choice([-1, 1])
        first = int(np.ceil(moment_s))
        t = np.arange(first, len(log)) - moment_s
        kick = np.degrees(mass_kg * 0.5144 * log["ias_kt"][first] * arm_m / INERTIA_KG_M2) * np.exp(-t / 2.4)
        rates[first:] += np.stack(
            [kick * np.cos(2 * np.pi * t / 2.55), 0.9 * kick * np.sin(2 * np.pi * t / 2.55)], axis=1
        )
        hit[first] = True
    rates = np.round(20 * rates) / 20  # the recorder's steps of 0.05 deg/s: finer digits would name every bird
    views = np.lib.stride_tricks.sliding_window_view(rates, 35, axis=0)[2::4].transpose(0, 2, 1)
    return views, np.lib.stride_tricks.sliding_window_view(hit, 4)[33::4].any(axis=1).astype(int)


class TestFlights(Kind):
    """The windows of the test flights; there is no smaller case that would tell the same."""

    axes = ()

    def draw(self, rng, sizes):
        """Return the windows, the same for everyone."""
        return fleet()[0]

    def simpler(self, value):
        """Yield nothing."""
        return iter(())


def jerk(W):
    jump = np.abs(np.diff(W[:, :, 0], axis=1))
    return jump[:, -4:].max(axis=1) / (jump[:, :-4].mean(axis=1) + 0.3)


def ranks_better(call, case, inputs):
    """Judge one case: is the average precision above that of the jerk by the margin?"""
    W, y = fleet()
    score = np.asarray(call(*case.arguments()))
    if score.shape != y.shape or score.dtype.kind not in "fiub" or not np.isfinite(score).all():
        return Finding(
            "shape",
            Text(
                "One finite number for each window is wanted, an array of shape (N,).",
                "每个窗口要一个有限的数，也就是形状为 (N,) 的数组。",
            ),
            list(score.shape),
            wanted_words=f"{len(y)} finite numbers",
        )
    score = score.astype(float)
    reached, bar = average_precision(y, score), average_precision(y, jerk(W)) + MARGIN
    if average_precision(y, -score) > reached:
        return Finding(
            "sign",
            Text(
                "The scores stand on their heads: a window with a strike must score high.",
                "分数倒过来了：有鸟击的窗口应该得高分。",
            ),
            round(reached, 3),
            wanted_words=f"an average precision above {bar:.3f}",
        )
    if reached <= bar:
        return Finding(
            "below",
            Text(
                "Not yet: it does not rank the windows better than the lesson's jerk, which weighs the largest jump against the air before it.",
                "还不够：它排得并不比课文里的颠簸比更好；颠簸比会把最大的跳动和之前的气流放在一起比。",
            ),
            round(reached, 3),
            wanted_words=f"an average precision above {bar:.3f}",
        )
    return None


QUESTIONS = (
    question(
        "Average precision on ten flights and birds that are new",
        "在新的十个架次、新的鸟上的平均精确率",
        Inputs({"W": TestFlights()}, {}),
        ranks_better,
        draws=1,
    ),
)
