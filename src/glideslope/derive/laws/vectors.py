r"""Laws of vectors: $\mathcal{N}(\mu, \Sigma)$ and $\mathrm{Mult}(n, p)$, as densities and as values with weights.

A normal vector is $\mu + L z$ with $L L^\top = \Sigma$ and z of independent standard normals, each with the few values of Gauss and Hermite.
"""

from __future__ import annotations

import itertools
import math
from typing import Any

from glideslope.derive.evaluation.numbers import DomainError, apply, real
from glideslope.derive.evaluation.scope import NotUnderstood
from glideslope.derive.evaluation.values import (
    Eye,
    Mat,
    Ones,
    Value,
    add,
    determinant,
    inverse,
    multiply,
    negate,
    transpose,
)
from glideslope.derive.laws.families import FAMILIES
from glideslope.derive.laws.gammas import log_gamma
from glideslope.derive.laws.grids import Grid, grid, reduced

__all__ = ["vector_density", "vector_grid"]

MOST = 1100


def vector_density(x: Value, law: tuple[Any, ...]) -> Any:
    """The density of a vector's law."""
    name, *parameters = law
    if not isinstance(x, Mat):
        raise NotUnderstood("a vector's law at a number")
    if name == "multinomial":
        return _multinomial(x, *parameters)
    mean, covariance = _normal(name, parameters, x.rows)
    gap = add(x, negate(mean))
    form = multiply(multiply(transpose(gap), inverse(covariance)), gap)
    form = form.data[0] if isinstance(form, Mat) else form
    whole = determinant(covariance)
    if real(whole) <= 0:
        raise DomainError("a covariance that is not positive")
    return apply("exp", -0.5 * form - 0.5 * apply("log", whole) - 0.5 * x.rows * math.log(2 * math.pi))


def sized(values: tuple[Any, ...], count: int) -> tuple[Any, ...]:
    """0_n, 1_n and I_n beside what has a size."""
    n = next((v.rows for v in values if isinstance(v, Mat)), count)
    if not n:
        return values
    found = []
    for v in values:
        if isinstance(v, Eye):
            v = Mat(n, n, [v.scale if k % (n + 1) == 0 else 0.0 for k in range(n * n)])
        elif isinstance(v, Ones):
            v = Mat(n, 1, [v.scale] * n)
        found.append(v)
    return tuple(found)


def _normal(name: str, parameters: list[Any], count: int = 0) -> tuple[Mat, Mat]:
    if name != "normal" or len(parameters) != 2:
        raise NotUnderstood("a law of vectors that is not known")
    mean, covariance = sized(tuple(parameters), count)
    if isinstance(covariance, Mat) and not isinstance(mean, Mat | Eye | Ones) and real(mean) == 0:
        mean = Mat(covariance.rows, 1, [0.0] * covariance.rows)
    if not isinstance(mean, Mat) or not isinstance(covariance, Mat) or mean.cols != 1:
        raise NotUnderstood("a law of vectors with a number in it")
    if (covariance.rows, covariance.cols) != (mean.rows, mean.rows):
        raise NotUnderstood("a law of vectors whose sizes do not meet")
    return mean, covariance


def _root(a: Mat) -> list[list[float]]:
    """The lower triangle L with L Lᵀ = A.

    Raises:
        DomainError: where A is not symmetric and positive.
    """
    if any(not isinstance(x, float | int) for x in a.data):
        raise NotUnderstood("the slope of an expectation over a vector")
    n = a.rows
    lower = [[0.0] * n for _ in range(n)]
    for i in range(n):
        for j in range(i + 1):
            if abs(a.data[i * n + j] - a.data[j * n + i]) > 1e-9:
                raise DomainError("a covariance that is not symmetric")
            rest = a.data[i * n + j] - sum(lower[i][k] * lower[j][k] for k in range(j))
            if i == j and rest <= 1e-9:
                raise DomainError("a covariance that is not positive")
            lower[i][j] = math.sqrt(rest) if i == j else rest / lower[j][j]
    return lower


def vector_grid(law: tuple[Any, ...], fineness: int) -> Grid:
    """A law of vectors as values with weights."""
    name, *parameters = law
    if name == "multinomial":
        return _counts(*parameters)
    mean, covariance = _normal(name, parameters)
    lower = _root(covariance)
    n = mean.rows
    few = 3 + fineness if n > 3 else 4 + fineness
    if few**n > MOST:
        raise NotUnderstood("an expectation over too many variables")
    rule = reduced(grid(FAMILIES["normal"], (0.0, 1.0), 1), few)
    values, weights = [], []
    for place in itertools.product(range(few), repeat=n):
        z = [rule.values[k] for k in place]
        values.append(Mat(n, 1, [mean.data[i] + sum(lower[i][k] * z[k] for k in range(i + 1)) for i in range(n)]))
        weights.append(math.prod(rule.weights[k] for k in place))
    return Grid(values, weights, [])


def _chances(n: Any, p: Any) -> tuple[int, list[Any]]:
    if not isinstance(p, Mat) or isinstance(n, Mat | Eye | Ones) or real(n) != int(real(n)):
        raise NotUnderstood("a multinomial law without its numbers")
    if abs(sum(real(x) for x in p.data) - 1) > 1e-9 or any(real(x) <= 0 for x in p.data):
        raise DomainError("probabilities that do not sum to one")
    return int(real(n)), list(p.data)


def _multinomial(x: Mat, n: Any, p: Any) -> Any:
    count, chances = _chances(n, p)
    if len(chances) != len(x.data) or abs(sum(real(v) for v in x.data) - count) > 1e-9:
        return 0.0
    total = log_gamma(count + 1)
    for value, chance in zip(x.data, chances, strict=True):
        total = total - log_gamma(value + 1) + value * apply("log", chance)
    return apply("exp", total)


def _counts(n: Any, p: Any) -> Grid:
    count, chances = _chances(n, p)
    values = [
        Mat(len(chances), 1, [float(v) for v in (*place, count - sum(place))])
        for place in itertools.product(range(count + 1), repeat=len(chances) - 1)
        if sum(place) <= count
    ]
    weights = [_multinomial(value, n, p) for value in values]
    return Grid(values, weights, [apply("log", w) for w in weights])
