r"""Gaussian mixtures by expectation-maximisation: soft clusters with a shape of their own.

The idea: $p(x) = \sum_k \pi_k\,\mathcal N(x;\, \mu_k, \Sigma_k)$. E step: how much of sample n belongs to component k,
$r_{nk} \propto \pi_k \mathcal N(x_n; \mu_k, \Sigma_k)$. M step: weights, means and covariances weighted by r.
Each round cannot lower the likelihood. A Gaussian's logarithm is linear in $\Phi(x) = (1, x_i, x_i x_j)$, so the E step is
one product $\Phi\,\Theta$ and the M step one product $R^\top \Phi$.
Use it where clusters overlap or are stretched, and where a density is wanted.

Speed: 0.17 of scikit-learn's time on GaussianMixture 20k×8, k 8, 20 rounds.
"""

import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np

from glideslope._checks import ArrayLike
from glideslope._typing import Float, Int, ndarray
from glideslope.kernels import logsumexp
from glideslope.learn._base import Estimator, interruptible, progress
from glideslope.learn._inputs import not_negative, whole
from glideslope.learn.kmeans import KMeans

__all__ = ["GaussianMixture"]


class GaussianMixture(Estimator):
    r"""Fit a mixture of Gaussians with full covariances.

    $\max \frac1n \sum_n \log \sum_k \pi_k\,\mathcal N(x_n;\, \mu_k, \Sigma_k)$

    Args:
        n_components: Number of Gaussians.
        tol: Stop when the mean log-likelihood rises by less.
        reg_covar: Added to each variance, in the data's units squared.
        max_iter: Rounds of EM at most.
        means_init: Starting means (k, d); default: the centres of k-means.
        random_state: Seed or Generator for k-means.
        verbose: Show progress.

    Learned: `weights_` π (k,), `means_` (k, d), `covariances_` (k, d, d), `log_likelihoods_` one mean per round,
    `n_iter_`, `converged_`.

    Raises:
        ValueError: fewer samples than components, or a covariance that collapsed.
        NotFittedError: `predict` before `fit`.

    Accuracy: a local maximum; moments are formed from standardised data, and components narrower than 1e-6 of
        the data's spread lose half their digits.
    Cost: n k d² per round; bench/results/learn.md holds the ratio to scikit-learn.
    Source: [dempster1977]; lesson k-means.

    Example:
        >>> X = [[0.0], [0.1], [0.2], [5.0], [5.1], [5.2]]
        >>> model = GaussianMixture(2, random_state=0).fit(X)
        >>> sorted(model.means_[:, 0].round(3).tolist())
        [0.1, 5.1]
    """

    _kind = "density_estimator"
    weights_: Float[ndarray, " k"]
    means_: Float[ndarray, "k d"]
    covariances_: Float[ndarray, "k d d"]
    log_likelihoods_: list[float]
    n_iter_: int
    converged_: bool

    def __init__(
        self,
        n_components: int = 1,
        tol: float = 1e-3,
        reg_covar: float = 1e-6,
        max_iter: int = 100,
        means_init: Any = None,
        random_state: Any = None,
        verbose: bool = False,
    ) -> None:
        self.n_components = n_components
        self.tol = tol
        self.reg_covar = reg_covar
        self.max_iter = max_iter
        self.means_init = means_init
        self.random_state = random_state
        self.verbose = verbose

    def fit(self, X: ArrayLike, y: Any = None) -> "GaussianMixture":
        """Learn from X (n, d)."""
        X = self._read_fit(X, at_least=2, keep_float32=False)
        k = whole(self.n_components, "n_components", "GaussianMixture.fit")
        whole(self.max_iter, "max_iter", "GaussianMixture.fit")
        not_negative(self.reg_covar, "reg_covar", "GaussianMixture.fit")
        if len(X) < k:
            raise ValueError(
                f"GaussianMixture.fit expected at least n_components={k} samples and got n_samples={len(X)}; "
                f"lower n_components."
            )
        self._origin, sigma = X.mean(axis=0), X.std(axis=0)
        self._unit = np.where(sigma > 0, sigma, 1.0)
        Z = np.asfortranarray((X - self._origin) / self._unit)  # columns in one piece, for `_features`
        self.log_likelihoods_, self.converged_ = [], False
        shares = self._first_shares(Z)
        self._maximise(sum(shares[rows].T @ Phi for rows, Phi in _blocks(Z)))
        with interruptible("GaussianMixture"):
            for _ in progress(range(self.max_iter), self.verbose, "GaussianMixture"):
                moments, level = self._expect(Z)
                self.log_likelihoods_.append(level)
                self._maximise(moments)
                path = self.log_likelihoods_
                if len(path) > 1 and path[-1] - path[-2] < self.tol:
                    self.converged_ = True
                    break
        self.n_iter_ = max(1, len(self.log_likelihoods_))
        if not self.converged_ and self.max_iter > 1:
            warnings.warn(
                f"GaussianMixture.fit stopped after {self.n_iter_} rounds with the likelihood still rising; "
                f"raise max_iter or tol.",
                stacklevel=2,
            )
        return self

    def score_samples(self, X: ArrayLike) -> Float[ndarray, " n"]:
        """Return log p(x) of each row."""
        X = self._read(X, "score_samples")
        return logsumexp(self._joint(X)) - float(np.log(self._unit).sum())

    def score(self, X: ArrayLike, y: Any = None) -> float:
        """Return the mean log-likelihood of the rows of X."""
        return float(self.score_samples(X).mean())

    def predict_proba(self, X: ArrayLike) -> Float[ndarray, "n k"]:
        """Return how much of each row belongs to each component."""
        joint = self._joint(self._read(X, "predict_proba"))
        return np.exp(joint - logsumexp(joint, keepdims=True))

    def predict(self, X: ArrayLike) -> Int[ndarray, " n"]:
        """Return the most probable component of each row."""
        return self._joint(self._read(X, "predict")).argmax(axis=1)

    def _joint(self, X: Float[ndarray, "n d"]) -> Float[ndarray, "n k"]:
        return _features((X - self._origin) / self._unit) @ self._Theta

    def _first_shares(self, Z: Float[ndarray, "n d"]) -> Float[ndarray, "n k"]:
        if self.means_init is None:
            labels = KMeans(self.n_components, random_state=self.random_state).fit(Z).labels_
        else:
            M = (np.asarray(self.means_init, dtype=np.float64) - self._origin) / self._unit
            if M.shape != (self.n_components, Z.shape[1]):
                raise ValueError(
                    f"GaussianMixture.fit expected means_init of shape ({self.n_components}, {Z.shape[1]}) "
                    f"and got {M.shape}; pass one mean per component."
                )
            labels = (np.einsum("kd,kd->k", M, M) - 2 * Z @ M.T).argmin(axis=1)
        return (labels[:, None] == np.arange(self.n_components)).astype(np.float64)

    def _expect(self, Z: Float[ndarray, "n d"]) -> tuple[Float[ndarray, "k m"], float]:
        """Return Rᵀ Φ and the mean log-likelihood, a block of rows at a time."""
        moments, total = np.zeros_like(self._Theta.T), 0.0
        for _, B in _blocks(Z):
            R = self._Theta.T @ B.T  # log of joint densities, samples along the long axis: maxima and sums are quick
            top = R.max(axis=0)
            np.exp(np.subtract(R, top, out=R), out=R)
            s = R.sum(axis=0)
            R /= s
            total += float(top.sum() + np.log(s).sum())
            moments += R @ B
        return moments, total / len(Z) - float(np.log(self._unit).sum())

    def _maximise(self, moments: Float[ndarray, "k m"]) -> None:
        """Set weights, means and covariances from the weighted sums of 1, x_i and x_i x_j."""
        d = self.n_features_in_
        counts = moments[:, 0] + 10 * np.finfo(float).eps
        mu = moments[:, 1 : d + 1] / counts[:, None]
        S = np.zeros((len(mu), d, d))
        i, j = np.triu_indices(d)
        S[:, i, j] = S[:, j, i] = moments[:, d + 1 :] / counts[:, None]
        S -= mu[:, :, None] * mu[:, None, :]
        S[:, np.arange(d), np.arange(d)] += self.reg_covar / self._unit**2
        weights = counts / counts.sum()
        self._Theta = _coefficients(weights, mu, S)
        self.weights_ = weights
        self.means_ = mu * self._unit + self._origin
        self.covariances_ = S * self._unit[:, None] * self._unit


def _blocks(Z: Float[ndarray, "n d"]) -> Iterator[tuple[slice, Float[ndarray, "b m"]]]:
    """Yield rows and their features; made anew in each round, they stay in the cache instead of filling the memory."""
    for i in range(0, len(Z), 1024):
        rows = slice(i, i + 1024)
        yield rows, _features(Z[rows])


def _features(Z: Float[ndarray, "n d"]) -> Float[ndarray, "n m"]:
    """Return the columns 1, z_i, z_i z_j (i ≤ j), each column in one piece: whole columns are multiplied at a time."""
    z, d = Z.T, Z.shape[1]
    phi = np.empty((1 + d + d * (d + 1) // 2, len(Z)))
    phi[0] = 1
    phi[1 : d + 1] = z
    at = d + 1
    for i in range(d):  # row i of the upper triangle: z_i times z_i … z_d
        np.multiply(z[i:], z[i], out=phi[at : at + d - i])
        at += d - i
    return phi.T


def _coefficients(
    weights: Float[ndarray, " k"], mu: Float[ndarray, "k d"], S: Float[ndarray, "k d d"]
) -> Float[ndarray, "m k"]:
    """Return Θ with Φ(z)·θ_k = log π_k + log N(z; μ_k, Σ_k)."""
    d = mu.shape[1]
    try:
        L = np.linalg.cholesky(S)
    except np.linalg.LinAlgError:
        raise ValueError(
            "GaussianMixture.fit expected clusters with some spread and one collapsed onto a line or a point; "
            "raise reg_covar or lower n_components."
        ) from None
    P = np.linalg.inv(L)
    P = np.swapaxes(P, 1, 2) @ P  # Σ⁻¹
    log_det = 2 * np.log(np.diagonal(L, axis1=1, axis2=2)).sum(axis=1)
    Pmu = np.einsum("kij,kj->ki", P, mu)
    constant = np.log(weights) - 0.5 * (d * np.log(2 * np.pi) + log_det + np.einsum("ki,ki->k", mu, Pmu))
    i, j = np.triu_indices(d)
    square = -np.where(i == j, 0.5, 1.0) * P[:, i, j]
    return np.concatenate([constant[:, None], Pmu, square], axis=1).T
