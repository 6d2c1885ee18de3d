r"""A named law as a few values with weights: E[g(X)] is $\sum_k w_k g(x_k)$.

A finite law is its own table; an endless discrete one ends where its terms no longer matter. A density is summed by the trapezoid rule after
a substitution whose ends vanish doubly exponentially. Where several variables meet, Gauss's rule for the law takes a few values for many.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from glideslope.derive.evaluation.numbers import DomainError, apply, real
from glideslope.derive.evaluation.scope import NotUnderstood
from glideslope.derive.evaluation.values import Eye, Mat
from glideslope.derive.laws.families import Family

__all__ = ["Grid", "density", "grid", "middle", "reduced", "standard"]

MOST = 420
#: more values than these are the places of a density
FINE = 40
#: steps of the fine rules, in turn: what holds must hold on both
STEPS = (1 / 16, 1 / 19)


@dataclass(frozen=True)
class Grid:
    """Values of a variable, the weight of each, and the log-density there where it is known."""

    values: list[Any]
    weights: list[Any]
    logs: list[Any]

    @property
    def typical(self) -> list[int]:
        """The places where a sample of the variable may well lie."""
        sizes = [real(x) for x in self.weights]  # a density may be large where hardly anything lies: near 0, say
        least, below = 0.05 * max(sizes), 0.0
        found = []
        for k, x in enumerate(sizes):
            if x > least and (len(sizes) <= FINE or 0.03 < below + x < 0.97):
                found.append(k)
            below += x
        return found


def density(family: Family, x: Any, parameters: tuple[Any, ...]) -> Any:
    """The density, or the probability of a value; 0 outside the support."""
    low, high = family.support(*parameters)
    at = real(x)
    if family.discrete and abs(at - round(at)) > 1e-9:
        return 0.0
    if not (low <= at <= high) or (at in (low, high) and not family.discrete and family.name != "continuous uniform"):
        return 0.0
    return apply("exp", family.log_density(round(at) if family.discrete else x, *parameters))


def grid(family: Family, parameters: tuple[Any, ...], fineness: int) -> Grid:
    """The fine rule of a law.

    Raises:
        DomainError: where the rule does not find all of its probability.
    """
    found = _steps(family, parameters) if family.discrete else _places(family, parameters, STEPS[fineness])
    if abs(real(sum(found.weights)) - 1) > 1e-10:
        raise DomainError("a law whose weights do not settle")
    return found


def _steps(family: Family, parameters: tuple[Any, ...]) -> Grid:
    low, high = family.support(*parameters)
    if low != int(low) or (high != math.inf and high != int(high)):
        raise DomainError("a discrete law between broken numbers")
    values, weights, logs = [], [], []
    largest, k = -math.inf, int(low)
    while k <= high:
        log = family.log_density(k, *parameters)
        largest = max(largest, real(log))
        values.append(k)
        logs.append(log)
        weights.append(apply("exp", log))
        if high == math.inf and real(log) < largest - 46:
            break
        k += 1
        if len(values) > MOST:
            raise DomainError("a law with too many values")
    return Grid(values, weights, logs)


def _places(family: Family, parameters: tuple[Any, ...], step: float) -> Grid:
    low, high = family.support(*parameters)
    values, weights, logs = [], [], []
    middle = _middle(family, parameters)
    for x, rate in _even(middle, step) if family.name == "normal" else _substituted(low, high, middle, step):
        log = family.log_density(x, *parameters)
        if real(log) > -600:
            values.append(x)
            logs.append(log)
            weights.append(apply("exp", log) * (rate * step))
    if not values:
        raise DomainError("a law without a place")
    top = max(real(w) for w in weights)
    kept = [k for k, w in enumerate(weights) if real(w) > 1e-34 * top]
    return Grid([values[k] for k in kept], [weights[k] for k in kept], [logs[k] for k in kept])


def middle(family: Family, parameters: tuple[Any, ...]) -> float:
    """A place with much of a law on either side."""
    if family.support(*parameters)[0] == -math.inf:
        return _middle(family, parameters)[0]
    found = _places(family, tuple(real(p) for p in parameters), STEPS[0])
    return sum(x * w for x, w in zip(found.values, found.weights, strict=True))


def _middle(family: Family, parameters: tuple[Any, ...]) -> tuple[float, float]:
    """Where a law on the whole line has its middle, and how wide it is."""
    if len(parameters) > 1:
        width = real(parameters[1])
        if family.name != "Laplace":
            width = math.sqrt(abs(width))
        return real(parameters[0]), width
    return 0.0, 1.0


def _even(middle: tuple[float, float], step: float) -> list[tuple[float, float]]:
    """Equal distances over the whole line: the best there is for a normal law."""
    count = int(12 / (4 * step))
    return [(middle[0] + middle[1] * 4 * step * k, middle[1] * 4) for k in range(-count, count + 1)]


def _substituted(low: float, high: float, middle: tuple[float, float], step: float) -> list[tuple[float, float]]:
    """(x, dx/dt) at places t of equal distance; the line is cut at its middle, where a density may have a corner."""
    if low == -math.inf:
        right = [(middle[1] * x, middle[1] * r) for x, r in _substituted(0.0, math.inf, middle, step)]
        return [(middle[0] - x, r) for x, r in reversed(right)] + [(middle[0] + x, r) for x, r in right]
    found = []
    ends = (-5.2, 3.4) if high == math.inf else (-3.3, 3.3)
    for k in range(math.ceil(ends[0] / step), int(ends[1] / step) + 1):
        s, c = 0.5 * math.pi * math.sinh(k * step), 0.5 * math.pi * math.cosh(k * step)
        if high == math.inf:
            y = math.exp(s)
            found.append((low + y, c * y))
            continue
        y = 1 / (1 + math.exp(-2 * s))
        x = low + (high - low) * y
        if low < x < high:
            found.append((x, (high - low) * 2 * c * y / (1 + math.exp(2 * s))))
    return found


def standard(mean: Any, variance: Any, draws: tuple[float, ...], ordered: bool = False) -> Grid:
    """Any law with a mean and a variance: three values and weights by lot; what is not said is by lot too.

    For an inequality (`ordered`) often one that hardly varies but for rare values at one side or at both, where
    Chebyshev's and Cantelli's bounds are reached: P(|X - μ| ≥ k σ) ≤ 1 / k³ is true of all that vary evenly.
    """
    raw = [0.2 + d for d in draws[:3]]
    weights = [w / sum(raw) for w in raw]
    values = [0.1 + draws[3], 1.4 + draws[4], 3.1 + draws[5]]
    kind, rare = int(997 * draws[0]) % 4 if ordered else 0, 0.01 + 0.98 * draws[1] ** 2
    if kind == 1:
        values, weights = [-1.0, 0.0, 1.0], [rare / 2, 1 - rare, rare / 2]
    elif kind:
        values, weights = [0.0, 1.0 if kind == 2 else -1.0], [1 - rare, rare]
    middle, spread = _moments(values, weights)
    mean = draws[6] * 2 - 1 if mean is None else mean
    variance = 0.3 + draws[7] if variance is None else variance
    if isinstance(mean, Mat | Eye) or isinstance(variance, Mat | Eye):
        raise NotUnderstood("the moments of a vector")
    scale = apply("sqrt", variance)
    return Grid([mean + scale * ((v - middle) / spread) for v in values], weights, [])


def reduced(whole: Grid, count: int) -> Grid:
    """Gauss's rule with a few values: exact for polynomials below twice their number."""
    if len(whole.values) <= count:
        return whole
    if any(not isinstance(w, float | int) for w in (*whole.weights, *whole.values)):
        raise NotUnderstood("the slope of an expectation over several variables")
    xs, ws = whole.values, whole.weights
    middle, spread = _moments(xs, ws)
    xs = [(x - middle) / spread for x in xs]
    diagonal, beside, rows = _recurrence(xs, ws, count)
    nodes = _nodes(diagonal, beside[:-1])
    weights = [1 / sum(p * p for p in _polynomials(x, diagonal, beside, rows)) for x in nodes]
    return Grid([middle + spread * x for x in nodes], weights, [])


def _moments(xs: list[float], ws: list[float]) -> tuple[float, float]:
    middle = sum(w * x for x, w in zip(xs, ws, strict=True))
    return middle, math.sqrt(sum(w * (x - middle) ** 2 for x, w in zip(xs, ws, strict=True))) or 1.0


def _recurrence(xs: list[float], ws: list[float], count: int) -> tuple[list[float], list[float], float]:
    """The coefficients of the orthonormal polynomials of a weight, by Stieltjes."""
    before, here = [0.0] * len(xs), [1 / math.sqrt(sum(ws))] * len(xs)
    first, last = here[0], 0.0
    diagonal, beside = [], []
    for _ in range(count):
        a = sum(w * x * p * p for x, w, p in zip(xs, ws, here, strict=True))
        ahead = [(x - a) * p - last * q for x, p, q in zip(xs, here, before, strict=True)]
        last = math.sqrt(sum(w * p * p for w, p in zip(ws, ahead, strict=True)))
        diagonal.append(a)
        beside.append(last)
        if last < 1e-12:
            raise DomainError("a law with too few values")
        before, here = here, [p / last for p in ahead]
    return diagonal, beside, first


def _nodes(diagonal: list[float], beside: list[float]) -> list[float]:
    """The eigenvalues of a symmetric tridiagonal matrix, each by halving: Sturm's sequence counts those below x."""
    reach = max(map(abs, diagonal)) + 2 * max(beside, default=0.0)

    def below(x: float) -> int:
        count, q = 0, 1.0
        for k, a in enumerate(diagonal):
            q = a - x - (beside[k - 1] ** 2 / q if k else 0.0)
            q = q if abs(q) > 1e-300 else 1e-300
            count += q < 0
        return count

    found = []
    for k in range(len(diagonal)):
        low, high = -reach, reach
        for _ in range(58):
            x = 0.5 * (low + high)
            low, high = (low, x) if below(x) > k else (x, high)
        found.append(0.5 * (low + high))
    return found


def _polynomials(x: float, diagonal: list[float], beside: list[float], first: float) -> list[float]:
    found, before, last = [first], 0.0, 0.0
    for a, b in zip(diagonal[:-1], beside[:-1], strict=True):
        ahead = ((x - a) * found[-1] - last * before) / b
        before, last = found[-1], b
        found.append(ahead)
    return found
