"""What the judge asks of `weighted_gradient(w, X, y, s)`: the values, and that a reading counted twice is a reading written twice."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from glideslope.grade import equal, floats, inputs, labels, law, mistake, question
from glideslope.grade.inputs import Kind


def answers(w, X):
    return 1 / (1 + np.exp(-(X @ w)))


def weighted_gradient(w, X, y, s):
    return X.T @ (s * (answers(w, X) - y)) / s.sum()


def squared(w, X, y, s):
    a = answers(w, X)
    return X.T @ (s * (a - y) * a * (1 - a)) / s.sum()


def without_slope(w, X, y, s):
    a = answers(w, X)
    return X.T @ (s * ((1 - y) / (1 - a) - y / a)) / s.sum()


@dataclass(frozen=True)
class Times(Kind):
    """How often each reading counts: halves from one half to three."""

    axes: tuple[str, ...] = ("N",)

    def draw(self, rng: np.random.Generator, sizes: Mapping[str, int]) -> np.ndarray:
        """Return a value for the sizes of the axes."""
        return rng.integers(1, 7, size=sizes["N"]) / 2

    def simpler(self, value: np.ndarray) -> Iterator[Any]:
        """Yield the same with one entry made 1."""
        for n in np.flatnonzero(value != 1):
            changed = value.copy()
            changed[n] = 1.0
            yield changed


VALUES = equal(
    weighted_gradient,
    mistake(
        lambda w, X, y, s: -weighted_gradient(w, X, y, s),
        "The sign is turned: this is the direction downhill. The gradient is answer minus truth, times the inputs.",
        "符号反了：这是下坡的方向。梯度是回答减去真相，再乘以输入。",
    ),
    mistake(
        lambda w, X, y, s: weighted_gradient(w, X, y, s) * s.sum(),
        "The sum over the readings is not divided by the sum of `s`.",
        "对读数求和之后，没有除以 `s` 之和。",
    ),
    mistake(
        lambda w, X, y, s: weighted_gradient(w, X, y, s) * s.sum() / len(y),
        "This divides by the number of readings; together they weigh `s.sum()`.",
        "你除以了读数的个数；它们的总重是 `s.sum()`。",
    ),
    mistake(
        lambda w, X, y, s: weighted_gradient(w, X, y, np.ones(len(y))),
        "All readings count alike here: `s` has to multiply the error of each.",
        "这里每个读数都一样重：`s` 要乘到各自的误差上。",
    ),
    mistake(
        lambda w, X, y, s: weighted_gradient(w, X, y, np.ones(len(y))) * len(y) / s.sum(),
        "`s` stands in the denominator only; above it has to multiply the error of each reading.",
        "`s` 只出现在分母里；分子上也要乘到每个读数的误差上。",
    ),
    mistake(
        lambda w, X, y, s: X.T @ (s * (X @ w - y)) / s.sum(),
        "The error is taken between score and truth; the score has to go through the sigmoid first.",
        "误差是拿分数减真相算的；分数要先经过 sigmoid。",
    ),
    mistake(
        squared,
        "The slope of the sigmoid, a (1 − a), stands there still: that is the gradient of half the squared error. With this price it cancels.",
        "sigmoid 的斜率 a (1 − a) 还留在里面：那是误差平方之半的梯度。用这里的代价，它会约掉。",
    ),
    mistake(
        without_slope,
        "This is the slope along the answer, carried straight to the weights: the slope of the sigmoid, a (1 − a), is missing between them.",
        "这是沿回答的斜率，直接就传给了权重：中间还缺 sigmoid 的斜率 a (1 − a)。",
    ),
    mistake(
        lambda w, X, y, s: -X.T @ (s * y * (1 - answers(w, X))) / s.sum(),
        "Only the readings with label 1 pull here; those with label 0 pay $-\\ln(1 - a)$ and pull, too.",
        "这里只有标签为 1 的读数在拉；标签为 0 的要付 $-\\ln(1 - a)$，也在拉。",
    ),
    mistake(
        lambda w, X, y, s: X.T @ (s * (answers(-w, X) - y)) / s.sum(),
        "The sigmoid has lost its minus: $1 / (1 + e^{z})$ is the probability of label 0.",
        "sigmoid 丢了负号：$1 / (1 + e^{z})$ 是标签 0 的概率。",
    ),
)

WRITTEN_TWICE = law(
    lambda call, w, X, y: np.allclose(
        call(w, X, y, np.r_[2.0, np.ones(len(y) - 1)]), call(w, np.r_[X[:1], X], np.r_[y[:1], y], np.ones(len(y) + 1))
    ),
    "A reading that counts twice must pull like the same reading written down twice.",
    "按两次计的读数，拉力应当与把它写两遍一样。",
    wanted="the same gradient both ways",
)

SIZES = {"N": (3, 6), "D": (2, 4)}

QUESTIONS = (
    question(
        "The weighted gradient", "加权的梯度",
        inputs(SIZES, w=floats("D", scale=1.0), X=floats("N D", scale=1.5), y=labels("N", below=2), s=Times()), VALUES, draws=6, points=2,
    ),
    question("Counted twice, written twice", "按两次计，写两遍", inputs(SIZES, w=floats("D", scale=1.0), X=floats("N D"), y=labels("N", below=2)), WRITTEN_TWICE),
)  # fmt: skip
