"""What the judge asks of `newton_step(w, X, y, lam)`: the new weights, and that steps come to rest where the slopes are zero."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from glideslope.grade import equal, floats, inputs, labels, law, mistake, number, question
from glideslope.grade.inputs import Kind


def step(
    w,
    X,
    y,
    lam,
    *,
    sign=1,
    keep=1,
    free=True,
    free_in_H=True,
    in_g=1,
    in_H=1,
    slope=lambda a: a * (1 - a),
    solve=True,
    total=False,
    total_H=False,
    error=1,
):
    """Newton's step with its typical mistakes as options."""
    a = 1 / (1 + np.exp(-(X @ w)))
    penalty = lam * np.where(np.arange(len(w)) > 0, 1.0, 0.0 if free else 1.0)
    g = error * X.T @ (a - y) / (1 if total else len(y)) + in_g * penalty * w
    H = (X * slope(a)[:, None]).T @ X / (1 if total_H else len(y))
    H = H + in_H * (np.diag(penalty) if free_in_H else lam * np.eye(len(w)))
    return keep * w - sign * (np.linalg.solve(H, g) if solve else g)


def newton_step(w, X, y, lam):
    return step(w, X, y, lam)


@dataclass(frozen=True)
class Readings(Kind):
    """Real numbers behind a column of ones."""

    axes: tuple[str, ...] = ("N", "D")

    def draw(self, rng: np.random.Generator, sizes: Mapping[str, int]) -> np.ndarray:
        """Return a value for the sizes of the axes."""
        X = np.round(rng.normal(size=(sizes["N"], sizes["D"])), 1) + 0.0
        X[:, 0] = 1.0
        return X

    def simpler(self, value: np.ndarray) -> Iterator[Any]:
        """Yield the same with one entry made whole."""
        for place in np.argwhere(value != np.trunc(value)):
            changed = value.copy()
            changed[tuple(place)] = np.trunc(changed[tuple(place)])
            yield changed

    def without(self, value: Any, axis: str, index: int) -> Any:
        """Return the value with one index removed; the ones stay."""
        return None if axis == "D" and index == 0 else super().without(value, axis, index)


VALUES = equal(
    newton_step,
    mistake(
        partial(step, sign=-1),
        "The step goes uphill: the solution of $H d = g$ has to be taken away from `w`.",
        "这一步走的是上坡：应当从 `w` 里减去 $H d = g$ 的解。",
    ),
    mistake(
        partial(step, keep=0),
        "This is the step alone; return the new weights, `w` and the step together.",
        "这只是步子本身；请返回新的权重，也就是 `w` 加上这一步。",
    ),
    mistake(
        partial(step, free=False),
        "The bias is penalised, too; the first weight is free, in the slopes and in the Hessian.",
        "偏置也被惩罚了；第一个权重是自由的，斜率和 Hessian 里都不加。",
    ),
    mistake(
        partial(step, in_g=0),
        "The slopes lack the penalty: it adds $\\lambda w_j$ to each but the first.",
        "斜率里少了惩罚：除第一个外，每个要加上 $\\lambda w_j$。",
    ),
    mistake(
        partial(step, in_H=0),
        "The Hessian lacks the penalty: it adds $\\lambda$ to the diagonal, except for the first weight.",
        "Hessian 里少了惩罚：除第一个权重外，对角线上要加 $\\lambda$。",
    ),
    mistake(
        partial(step, in_g=0, in_H=0),
        "The penalty is missing altogether: `lam` has to stand in the slopes and in the Hessian.",
        "完全没有用到惩罚：`lam` 应当出现在斜率里，也出现在 Hessian 里。",
    ),
    mistake(
        partial(step, in_g=2, in_H=2),
        "The penalty counts twice: half of $\\lambda w_j^2$ has the slope $\\lambda w_j$.",
        "惩罚多算了一倍：$\\lambda w_j^2$ 的一半，斜率是 $\\lambda w_j$。",
    ),
    mistake(
        partial(step, in_g=0.5, in_H=0.5),
        "The penalty counts half: the square brings down a two, so half of $\\lambda w_j^2$ has the slope $\\lambda w_j$ and the curvature $\\lambda$.",
        "惩罚只算了一半：平方求导会落下一个二，所以 $\\lambda w_j^2$ 的一半，斜率是 $\\lambda w_j$，曲率是 $\\lambda$。",
    ),
    mistake(
        partial(step, free_in_H=False),
        "The Hessian penalises the bias, too: the first entry of its diagonal gets no $\\lambda$.",
        "Hessian 里偏置也被惩罚了：对角线的第一个元素不加 $\\lambda$。",
    ),
    mistake(
        partial(step, total=True, total_H=True),
        "The penalty is too light: beside sums over the readings it has to be $N \\lambda$, beside means $\\lambda$.",
        "惩罚太轻了：旁边若是对读数求的和，它应当是 $N \\lambda$；旁边若是平均，才是 $\\lambda$。",
    ),
    mistake(
        partial(step, total_H=True),
        "The Hessian is a sum over the readings, the slopes a mean: both must be of the same price.",
        "Hessian 是对读数求和，斜率却是平均：两者要出自同一个代价。",
    ),
    mistake(
        partial(step, slope=lambda a: a),
        "The Hessian weighs the readings with $a$; the slope of the sigmoid is $a (1 - a)$.",
        "Hessian 用 $a$ 给读数加权；sigmoid 的斜率是 $a (1 - a)$。",
    ),
    mistake(
        partial(step, slope=np.ones_like),
        "The Hessian forgets the slope of the sigmoid: each reading enters with the factor $a (1 - a)$.",
        "Hessian 忘了 sigmoid 的斜率：每个读数要带上因子 $a (1 - a)$。",
    ),
    mistake(
        partial(step, solve=False),
        "This is a step of gradient descent; Newton divides the slopes by the curvature, with `np.linalg.solve`.",
        "这是梯度下降的一步；牛顿法要用 `np.linalg.solve` 把斜率除以曲率。",
    ),
    mistake(
        partial(step, total=True),
        "The slopes are a sum over the readings, the Hessian a mean: both must be of the same price.",
        "斜率是对读数求和，Hessian 却是平均：两者要出自同一个代价。",
    ),
    mistake(
        partial(step, error=-1),
        "The slopes of the mean price have the wrong sign: they are answer minus truth.",
        "平均代价的斜率符号反了：应当是回答减真相。",
    ),
)


def comes_to_rest(call, X, y, lam):
    w = np.zeros(X.shape[1])
    for _ in range(12):
        w = np.asarray(call(w, X, y, lam), float)
    g = X.T @ (1 / (1 + np.exp(-(X @ w))) - y) / len(y) + lam * np.where(np.arange(len(w)) > 0, w, 0.0)
    return bool(np.abs(g).max() < 1e-6)


AT_REST = law(
    comes_to_rest,
    "Twelve steps from zero do not end where the slopes of $J$ are zero.",
    "从零出发走十二步，没有停在 $J$ 的斜率为零的地方。",
    wanted="slopes of zero after twelve steps",
)

SIZES = {"N": (8, 11), "D": (3, 4)}
BOTH = {"X": [[1, 0.5], [1, -1], [1, 2], [1, 1]], "y": [0, 0, 1, 1], "lam": 0.5}

QUESTIONS = (
    question(
        "The new weights", "新的权重",
        inputs(SIZES, w=floats("D", scale=0.7), X=Readings(), y=labels("N", below=2), lam=number(0.2, 1.0)), VALUES, draws=6, points=2,
    ),
    question("Twelve steps come to rest", "走十二步会停下来", inputs({"N": (4, 4), "D": (2, 2)}, X=Readings(), y=labels("N", below=2), lam=number(0.2, 1.0)), AT_REST, draws=0, examples=(BOTH,)),
)  # fmt: skip
