r"""Least squares: the plane with the smallest sum of squared errors.

The idea: with centred data the best weights solve the normal equations $X^\top X\,w = X^\top y$;
a Cholesky factor solves them in a tenth of the time of an SVD, and an SVD takes over when they are ill-conditioned.
Ridge adds $\lambda \|w\|^2$ to the cost, which turns the equations into $(X^\top X + \lambda I)\,w = X^\top y$.
Use them first: a straight line is the baseline every other regressor must beat.

Speed: 0.11 of scikit-learn's time on LinearRegression 200k×50.
Speed: 0.63 of scikit-learn's time on Ridge 200k×50.
"""

import numpy as np

from glideslope._checks import ArrayLike
from glideslope._typing import Float, ndarray
from glideslope.learn._base import Regressor
from glideslope.learn._inputs import read_numbers, read_weights

__all__ = ["LinearRegression", "Ridge"]


class _Linear(Regressor):
    """ŷ = Xw + b, whatever way w was found."""

    coef_: Float[ndarray, " d"]
    intercept_: float

    def predict(self, X: ArrayLike) -> Float[ndarray, " n"]:
        """Return Xw + b for each row of X."""
        return self._read(X, "predict") @ self.coef_ + self.intercept_


class LinearRegression(_Linear):
    r"""Fit a linear function by least squares.

    $\min_{w, b} \sum_n s_n\,(y_n - w^\top x_n - b)^2$, $s_n$ the `sample_weight` of `fit`, 1 by default

    Args:
        fit_intercept: Learn b; without it the plane goes through the origin.

    Learned: `coef_` w (d,), `intercept_` b, `solver_` "cholesky" or "svd" (the least-norm solution, taken when the
    normal equations would lose half the digits or more).

    Raises:
        NotFittedError: `predict` before `fit`.

    Accuracy: relative error of w about cond(X)² · 1e-16 with Cholesky, used while cond(X)² < 1e8; then cond(X) · 1e-16.
    Cost: n d² + d³/3 operations with Cholesky; bench/results/learn.md holds the ratio to scikit-learn.
    Source: [bishop2006, section 3.1].

    Example:
        >>> model = LinearRegression().fit([[0.0], [1.0], [2.0]], [1.0, 3.0, 5.0])
        >>> float(model.coef_[0].round(6)), round(float(model.intercept_), 6)
        (2.0, 1.0)
    """

    solver_: str

    def __init__(self, fit_intercept: bool = True) -> None:
        self.fit_intercept = fit_intercept

    def fit(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> "LinearRegression":
        """Learn w and b from X (n, d) and y (n,); `sample_weight` (n,) says how often each row counts, default once."""
        X = self._read_fit(X)
        y = read_numbers(y, len(X), self._where("fit"))
        s = read_weights(sample_weight, len(X), self._where("fit"))
        x_mean, y_mean, A, c = centred_products(X, y, self.fit_intercept, s)
        if is_well_conditioned(A, X.dtype):
            self.coef_, self.solver_ = solve_positive(A, c), "cholesky"
        else:
            root = 1.0 if s is None else np.sqrt(s)[:, None]
            self.coef_ = np.linalg.lstsq(root * (X - x_mean), (root * (y - y_mean)[:, None])[:, 0], rcond=None)[0]
            self.solver_ = "svd"
        self.intercept_ = y_mean - x_mean @ self.coef_
        return self


class Ridge(_Linear):
    r"""Fit a linear function by least squares with a price on large weights.

    $\min_{w, b} \sum_n s_n\,(y_n - w^\top x_n - b)^2 + \lambda \|w\|^2$; b is free, $s_n$ is the `sample_weight` of `fit`.

    Args:
        alpha: λ ≥ 0, in units of y²/w².
        fit_intercept: Learn b.

    Learned: `coef_` w (d,), `intercept_` b.

    Raises:
        ValueError: `alpha` is negative.
        NotFittedError: `predict` before `fit`.

    Accuracy: relative error of w about cond(XᵀX + λI) · 1e-16.
    Cost: n d² + d³/3 operations; bench/results/learn.md holds the ratio to scikit-learn.
    Source: [bishop2006, section 3.1].

    Example:
        >>> Ridge(alpha=2.0, fit_intercept=False).fit([[1.0], [1.0]], [2.0, 2.0]).coef_
        array([1.])
    """

    def __init__(self, alpha: float = 1.0, fit_intercept: bool = True) -> None:
        self.alpha = alpha
        self.fit_intercept = fit_intercept

    def fit(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> "Ridge":
        """Learn w and b from X (n, d) and y (n,); `sample_weight` (n,) says how often each row counts, default once."""
        if not self.alpha >= 0:
            raise ValueError(f"Ridge.fit expected alpha of at least 0 and got {self.alpha!r}; 1.0 is a start.")
        X = self._read_fit(X)
        y = read_numbers(y, len(X), self._where("fit"))
        s = read_weights(sample_weight, len(X), self._where("fit"))
        x_mean, y_mean, A, c = centred_products(X, y, self.fit_intercept, s)
        A[np.diag_indices_from(A)] += self.alpha
        if is_well_conditioned(A, np.dtype(np.float64), worst=1e14):
            self.coef_ = solve_positive(A, c)
        else:
            self.coef_ = np.linalg.lstsq(A, c, rcond=None)[0]
        self.intercept_ = y_mean - x_mean @ self.coef_
        return self


def centred_products(
    X: Float[ndarray, "n d"], y: Float[ndarray, " n"], centre: bool, s: Float[ndarray, " n"] | None
) -> tuple[Float[ndarray, " d"], float, Float[ndarray, "d d"], Float[ndarray, " d"]]:
    """Return the weighted means, XᵀSX and XᵀSy of the centred data, a block of rows at a time."""
    n, d = X.shape
    x_mean, y_mean = np.zeros(d), 0.0
    if centre and s is None:
        x_mean, y_mean = X.mean(axis=0, dtype=np.float64), float(y.mean(dtype=np.float64))
    elif centre and s is not None:
        x_mean, y_mean = s @ X / s.sum(), float(s @ y / s.sum())
    A, c = np.zeros((d, d)), np.zeros(d)
    step = max(1, 2**16 // d)  # half a megabyte of centred rows: no copy of X, and they stay in the cache
    for i in range(0, n, step):
        B, r = X[i : i + step] - x_mean, y[i : i + step] - y_mean
        weighted = B if s is None else s[i : i + step, None] * B
        A += weighted.T @ B
        c += weighted.T @ r
    return x_mean, y_mean, A, c


def is_well_conditioned(A: Float[ndarray, "d d"], dtype: np.dtype, worst: float = 1e8) -> bool:
    """Say whether A = XᵀX, scaled to unit diagonal, keeps at least half of float64's digits."""
    scale = np.sqrt(A.diagonal())
    if not (scale > 0).all():
        return False
    values = np.linalg.eigvalsh(A / scale / scale[:, None])
    return bool(values[0] > 0 and values[-1] < worst * values[0])


def solve_positive(A: Float[ndarray, "d d"], c: Float[ndarray, " d"]) -> Float[ndarray, " d"]:
    """Solve A w = c for a positive definite A: A = L Lᵀ, then two triangular systems."""
    L = np.linalg.cholesky(A)
    return np.linalg.solve(L.T, np.linalg.solve(L, c))
