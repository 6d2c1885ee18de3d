r"""Logistic regression: the probability of each class from a linear score, fitted by maximum likelihood.

The idea: scores $Z = XW + b$, probabilities by softmax (two classes: one score, the logistic function), cost
$J(W, b) = \tfrac12\|W\|^2 + C \sum_n \mathrm{CE}(z_n, y_n)$ with gradient $\partial J/\partial W = W + C\,X^\top (A - Y)$.
J is convex, so L-BFGS finds the one minimum; in coordinates where the data are white it needs few steps.
Use it as the baseline of every classification, and where probabilities and weights must be explained.

Speed: 0.26 (numpy) or 0.18 (numba) of scikit-learn's time on LogisticRegression digits, equal cost.
Speed: 0.2 (numpy) or 0.15 (numba) of scikit-learn's time on LogisticRegression 50k×50, K 10, equal cost.
"""

import warnings

import numpy as np

from glideslope._checks import ArrayLike, positive
from glideslope._typing import Float, Int, ndarray
from glideslope.kernels import binary_cross_entropy_with_gradient, cross_entropy_with_gradient, sigmoid, softmax
from glideslope.learn._base import Classifier, interruptible, progress
from glideslope.learn._inputs import demand_classes, read_classes, read_weights, whole
from glideslope.learn._lbfgs import minimise

__all__ = ["LogisticRegression"]


class LogisticRegression(Classifier):
    r"""Fit class probabilities with linear scores by maximum likelihood and an L2 price on the weights.

    $\min_{W, b} \tfrac12\|W\|^2 + C \sum_n s_n\,\mathrm{CE}(W^\top x_n + b,\, y_n)$; b is free, $s_n$ is the
    `sample_weight` of `fit`, 1 by default.

    Args:
        C: Weight of the data against the price; > 0, large C trusts the data.
        tol: Stop when the cost is within this share of its minimum, as far as L-BFGS can tell.
        max_iter: Steps of L-BFGS at most.
        verbose: Show progress.

    Learned: `classes_` (K,), `coef_` (K, d) or (1, d) for two classes, `intercept_` (K,) or (1,), `n_iter_`.

    Raises:
        ValueError: one class only, or C not above zero.
        NotFittedError: `predict` before `fit`.

    Accuracy: the cost within about `tol` of its minimum; compare solvers at equal cost, never at equal `tol`.
    Cost: n d K per step and n d² once; bench/results/learn.md holds the ratio to scikit-learn at equal cost.
    Source: [bishop2006, section 4.3].

    Example:
        >>> model = LogisticRegression().fit([[0.0], [1.0], [2.0], [3.0]], ["unsafe", "unsafe", "safe", "safe"])
        >>> model.predict([[0.2], [2.7]]).tolist()
        ['unsafe', 'safe']
    """

    coef_: Float[ndarray, "K d"]
    intercept_: Float[ndarray, " K"]
    n_iter_: int

    def __init__(self, C: float = 1.0, tol: float = 1e-8, max_iter: int = 200, verbose: bool = False) -> None:
        self.C = C
        self.tol = tol
        self.max_iter = max_iter
        self.verbose = verbose

    def fit(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> "LogisticRegression":
        """Learn from X (n, d) and one class per row; `sample_weight` (n,) says how often each row counts, default once."""
        positive(self.C, "C", self._where("fit"))
        whole(self.max_iter, "max_iter", self._where("fit"), at_least=0)
        X = self._read_fit(X, keep_float32=False)
        self.classes_, index = read_classes(y, len(X), self._where("fit"))
        weights = read_weights(sample_weight, len(X), self._where("fit"))
        s = np.ones(len(X)) if weights is None else weights
        demand_classes(self.classes_[np.unique(index[s > 0])], self._where("fit"))
        K = len(self.classes_) if len(self.classes_) > 2 else 1
        L, mean = _whitening(X, s * (self.C / (4 if K == 1 else K)))
        self.n_iter_ = 0

        def accept(v: Float[ndarray, " p"], step: int) -> None:
            V = v.reshape(-1, K)
            W = np.linalg.solve(L.T, V[:-1])
            self.coef_, self.intercept_, self.n_iter_ = W.T, V[-1] * offset_unit - mean @ W, step

        # in whitened coordinates W = L⁻ᵀV and b' = b + mean·W the Hessian is near the identity
        offset_unit = 1 / np.sqrt(self.C * s.sum() / (4 if K == 1 else K))
        start = np.zeros((X.shape[1] + 1) * K)
        accept(start, 0)
        cost = _Cost(X, index, weights, K, self.C, L, mean, offset_unit)
        with interruptible("LogisticRegression"):
            steps = progress(range(self.max_iter), self.verbose, "LogisticRegression")
            if not minimise(cost, start, steps, self.tol, accept):
                warnings.warn(
                    f"LogisticRegression.fit stopped after {self.max_iter} steps, before its cost was within {self.tol} "
                    f"of the minimum; raise max_iter.",
                    stacklevel=2,
                )
        self.n_iter_ = max(self.n_iter_, 1)
        return self

    def decision_function(self, X: ArrayLike) -> ndarray:
        """Return the scores Z: (n,) for two classes, above 0 for the second, else (n, K)."""
        Z = self._read(X, "decision_function") @ self.coef_.T + self.intercept_
        return Z[:, 0] if len(self.classes_) == 2 else Z

    def predict_proba(self, X: ArrayLike) -> Float[ndarray, "n K"]:
        """Return one probability per row and class, in the order of `classes_`."""
        Z = self.decision_function(X)
        if Z.ndim == 2:
            return softmax(Z)
        return np.stack([sigmoid(-Z), sigmoid(Z)], axis=1)

    def predict(self, X: ArrayLike) -> ndarray:
        """Return the most probable class of each row."""
        self._demand_fit("predict")
        Z = self.decision_function(X)
        return self.classes_[(Z > 0).astype(int) if Z.ndim == 1 else Z.argmax(axis=1)]


class _Cost:
    """J and its gradient in whitened coordinates, a block of rows at a time."""

    def __init__(
        self,
        X: Float[ndarray, "n d"],
        index: Int[ndarray, " n"],
        s: Float[ndarray, " n"] | None,
        K: int,
        C: float,
        L: Float[ndarray, "d d"],
        mean: Float[ndarray, " d"],
        offset_unit: float,
    ) -> None:
        self.X, self.s, self.K, self.C, self.mean, self.offset_unit = X, s, K, C, mean, offset_unit
        self.y = index if K > 1 else index[:, None]
        self.L_inverse = np.linalg.inv(L)  # d × d and used for every step; L is well conditioned by its added identity
        self.step = max(1, 2**16 // (X.shape[1] + K))

    def __call__(self, v: Float[ndarray, " p"]) -> tuple[float, Float[ndarray, " p"]]:
        V = v.reshape(-1, self.K)
        W = self.L_inverse.T @ V[:-1]
        b = V[-1] * self.offset_unit - self.mean @ W
        loss, dW, db = 0.0, np.zeros_like(W), np.zeros_like(b)
        fused = cross_entropy_with_gradient if self.K > 1 else binary_cross_entropy_with_gradient
        for i in range(0, len(self.X), self.step):
            rows = slice(i, i + self.step)
            B = self.X[rows]
            Z = B @ W
            Z += b
            if self.s is None:
                part, G = fused(Z, self.y[rows], reduction="sum", out=Z)
            else:
                losses, G = fused(Z, self.y[rows], reduction="none", out=Z)
                part, G = self.s[rows] @ losses.reshape(-1), np.multiply(G, self.s[rows, None], out=G)
            loss += float(part)
            dW += B.T @ G
            db += G.sum(axis=0)
        value = 0.5 * float(np.sum(W * W)) + self.C * loss
        dW = W + self.C * (dW - np.outer(self.mean, db))
        return value, np.vstack([self.L_inverse @ dW, self.C * self.offset_unit * db]).reshape(-1)


def _whitening(X: Float[ndarray, "n d"], s: Float[ndarray, " n"]) -> tuple[Float[ndarray, "d d"], Float[ndarray, " d"]]:
    """Return L with L Lᵀ = Σ s (x − mean)(x − mean)ᵀ + I, the Hessian's shape at the start, and the mean."""
    mean = s @ X / s.sum()
    A = np.eye(X.shape[1])
    step = max(1, 2**16 // X.shape[1])
    for i in range(0, len(X), step):
        B = X[i : i + step] - mean
        A += (s[i : i + step, None] * B).T @ B
    return np.linalg.cholesky(A), mean
