"""What the judge asks of `signs(H)`: the price of a logistic regression on its columns, on the test episodes."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np

from glideslope.data import load
from glideslope.exercise import Text
from glideslope.grade import question
from glideslope.grade.finding import Finding
from glideslope.grade.inputs import Inputs, Kind
from glideslope.learn import LogisticRegression

SHARE = 0.9
LEAST = 0.2  # of the last reading's price; boosted trees on all 100 numbers reach 1.04 of it, the solution 0.80: below, labels are known
MOST = 40
EVERY = 4  # one reading in four: neighbours are twins


@cache
def histories():
    """Return H, labels, and True for rows of training episodes; the rows stand in no order that tells anything."""
    parts = [two_seconds(load("c172_stall").part(name)) for name in ("train", "test")]
    H, y = (np.concatenate(pair) for pair in zip(*parts, strict=True))
    known = np.arange(len(y)) < len(parts[0][1])
    order = np.random.default_rng(77).permutation(len(y))
    return H[order], y[order], known[order]


def two_seconds(part):
    values, H, y = part.select("no vane").X.astype(float), [], []
    for k in part.group_ids:
        rows = np.flatnonzero(part.group == k)
        moments = np.arange(k % EVERY, len(rows), EVERY)
        back = np.maximum(moments[:, None] - np.arange(10)[::-1], 0)
        H.append(values[rows][back])
        y.append(part.y[rows][moments])
    return np.concatenate(H), np.concatenate(y)


class Moments(Kind):
    """Every history; there is no smaller case that would tell the same."""

    axes = ()

    def draw(self, rng: np.random.Generator, sizes: Mapping[str, int]) -> np.ndarray:
        """Return the histories, the same for everyone."""
        return histories()[0]

    def simpler(self, value: Any) -> Iterator[Any]:
        """Yield nothing."""
        return iter(())


def price(F):
    """Nats a reading on the test episodes, learned on the others."""
    _, y, known = histories()
    spread = F[known].std(axis=0)
    Z = (F - F[known].mean(axis=0)) / np.where(spread > 1e-9 * np.abs(F[known]).max(axis=0), spread, np.inf)
    model = LogisticRegression(max_iter=2000).fit(Z[known], y[known])
    z = model.decision_function(Z[~known])
    return float(np.mean(np.logaddexp(0, z) - y[~known] * z))


@cache
def bar():
    return SHARE * price(histories()[0][:, -1])


def learns_better(call, case, inputs):
    """Judge one case: shape, rows on their own, then the price."""
    H, y, _ = histories()
    F = np.asarray(call(*case.arguments()))
    if (
        F.ndim != 2
        or len(F) != len(y)
        or not 1 <= F.shape[1] <= MOST
        or F.dtype.kind not in "fiub"
        or not np.isfinite(F).all()
    ):
        return Finding(
            "shape",
            Text(
                "A table of finite numbers is wanted, shape (N, K), with K from 1 to 40.",
                "要一张由有限的数组成的表，形状 (N, K)，K 从 1 到 40。",
            ),
            list(F.shape),
            wanted_words=f"a table of shape ({len(y)}, K)",
        )
    F = F.astype(float)
    some = np.random.default_rng(5).choice(len(y), 60, replace=False)
    alone = np.asarray(call(H[some].copy()), dtype=float)
    if alone.shape != (60, F.shape[1]) or not np.allclose(alone, F[some], rtol=1e-6, atol=1e-9, equal_nan=True):
        return Finding(
            "rows",
            Text(
                "A row of yours changes when other rows are missing: make each from its own history alone, without means over the table or the order of its rows.",
                "少了别的行，你的某一行就变了：每一行只能用它自己的历史来做，不要用整张表的平均，也不要用各行的次序。",
            ),
            None,
            wanted_words="the same rows, alone or among others",
        )
    reached = price(F)
    if not reached <= bar():
        return Finding(
            "above",
            Text(
                "Not yet: with your inputs the price on the test episodes is not a tenth below that of the last reading alone.",
                "还不够：用你的输入，测试段上的代价没有比只用最后一次读数低十分之一。",
            ),
            round(reached, 4),
            wanted_words=f"a price of at most {bar():.4f} nats",
        )
    if reached < LEAST * bar() / SHARE:
        return Finding(
            "known",
            Text(
                "Too good: two seconds of instruments do not tell the next two so surely. Make the inputs from `H` alone, without the labels of the data set.",
                "好得过头了：两秒的仪表读数，不可能把后两秒说得这样准。输入只能用 `H` 来做，不要去翻数据集里的标签。",
            ),
            round(reached, 4),
            wanted_words=f"a price between {LEAST * bar() / SHARE:.4f} and {bar():.4f} nats",
        )
    return None


QUESTIONS = (
    question(
        "The price on the test episodes",
        "测试段上的代价",
        Inputs({"H": Moments()}, {}),
        learns_better,
        draws=1,
    ),
)
