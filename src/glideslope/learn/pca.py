r"""Principal components: the directions in which the data vary most.

The idea: with centred X, the unit vectors that keep the most variance are the eigenvectors of the covariance
$\Sigma = X^\top X / (n - 1) = V \Lambda V^\top$, which are the right singular vectors of X.
Use it to compress, to look at many dimensions in two, to whiten, and to see what is normal (ResidualDetector).

Speed: 1 of scikit-learn's time on PCA 20k×200, k 20.
"""

from typing import Any

import numpy as np

from glideslope._checks import ArrayLike
from glideslope._typing import Float, ndarray
from glideslope.learn._base import Transformer

__all__ = ["PCA"]


class PCA(Transformer):
    r"""Project onto the directions of largest variance.

    $z = V_k^\top (x - \mu)$, and back: $\hat x = V_k z + \mu$

    Args:
        n_components: k; None keeps all (at most min(n, d)), a number between 0 and 1 the share of variance to keep.
        whiten: Divide each coordinate by its standard deviation.

    Learned: `mean_` (d,), `components_` (k, d) with rows of length 1 (largest entry positive),
    `explained_variance_` λ (k,), `explained_variance_ratio_` (k,), `singular_values_` (k,), `n_components_`.

    Raises:
        ValueError: `n_components` is not between 1 and min(n, d), or fewer than two samples.
        NotFittedError: `transform` before `fit`.

    Accuracy: with many samples (n ≥ 10 d) by eigenvalues of Σ: variances below 1e-16 of the largest are noise;
        else by SVD: standard deviations below 1e-16 of the largest are noise.
    Cost: n d² + d³; bench/results/learn.md holds the ratio to scikit-learn.
    Source: [bishop2006, section 12.1].

    Example:
        >>> pca = PCA(1).fit([[0.0, 0.0], [1.0, 1.0], [2.0, 2.0]])
        >>> pca.components_.round(4)
        array([[0.7071, 0.7071]])
    """

    _float32 = True
    mean_: Float[ndarray, " d"]
    components_: Float[ndarray, "k d"]
    explained_variance_: Float[ndarray, " k"]
    explained_variance_ratio_: Float[ndarray, " k"]
    singular_values_: Float[ndarray, " k"]
    n_components_: int

    def __init__(self, n_components: Any = None, whiten: bool = False) -> None:
        self.n_components = n_components
        self.whiten = whiten

    def fit(self, X: ArrayLike, y: Any = None) -> "PCA":
        """Learn mean and directions from X (n, d)."""
        X = self._read_fit(X, at_least=2)
        n, d = X.shape
        self.mean_ = X.mean(axis=0)
        variances, V = _by_covariance(X, self.mean_) if n >= 10 * d else _by_svd(X - self.mean_)
        k = self._how_many(variances, min(n, d))
        V = V[:k]
        V *= np.sign(V[np.arange(k), np.abs(V).argmax(axis=1)])[:, None]  # ±v are both right: fix one
        self.n_components_, self.components_ = k, V
        self.explained_variance_ = variances[:k]
        total = variances.sum()
        self.explained_variance_ratio_ = variances[:k] / (total if total > 0 else 1)
        self.singular_values_ = np.sqrt(variances[:k] * (n - 1))
        return self

    def transform(self, X: ArrayLike) -> Float[ndarray, "n k"]:
        """Return the coordinates of X along the components."""
        X = self._read(X, "transform")
        Z = X @ self.components_.T - self.mean_ @ self.components_.T
        return (Z / self._unit() if self.whiten else Z).astype(X.dtype, copy=False)

    def inverse_transform(self, Z: ArrayLike) -> Float[ndarray, "n d"]:
        """Return the points of the data space with coordinates Z (n, k)."""
        self._demand_fit("inverse_transform")
        Z = np.asarray(Z)
        if Z.ndim != 2 or Z.shape[1] != self.n_components_:
            raise ValueError(
                f"PCA.inverse_transform expected Z of shape (n, {self.n_components_}) and got {Z.shape}; "
                f"pass what transform returned."
            )
        return (Z * self._unit() if self.whiten else Z) @ self.components_ + self.mean_

    def _unit(self) -> Float[ndarray, " k"]:
        sigma = np.sqrt(self.explained_variance_)
        return np.where(sigma > 0, sigma, 1)

    def _how_many(self, variances: Float[ndarray, " m"], most: int) -> int:
        k = self.n_components
        if k is None:
            return most
        if isinstance(k, float) and 0 < k < 1:
            return int(np.searchsorted(np.cumsum(variances) / variances.sum(), k) + 1)
        if isinstance(k, int | np.integer) and 1 <= k <= most:
            return int(k)
        raise ValueError(
            f"PCA.fit expected n_components from 1 to {most} = min(n, d), a share between 0 and 1, or None, "
            f"and got {k!r}; with {most} directions there is no more to keep."
        )


def _by_covariance(X: Float[ndarray, "n d"], mean: ndarray) -> tuple[Float[ndarray, " d"], Float[ndarray, "d d"]]:
    n, d = X.shape
    S, step = np.zeros((d, d), X.dtype), max(1, 2**17 // d)
    for i in range(0, n, step):  # centred rows a block at a time: no copy of X
        B = X[i : i + step] - mean
        S += B.T @ B
    values, V = np.linalg.eigh(S / X.dtype.type(n - 1))
    return np.maximum(values[::-1], 0), V.T[::-1].copy()


def _by_svd(X: Float[ndarray, "n d"]) -> tuple[Float[ndarray, " m"], Float[ndarray, "m d"]]:
    _, s, V = np.linalg.svd(X, full_matrices=False)
    return s**2 / X.dtype.type(len(X) - 1), V
