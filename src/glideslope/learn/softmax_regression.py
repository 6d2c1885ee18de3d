r"""Softmax regression by stochastic gradient descent: a linear classifier that learns from a stream.

The idea: take a few rows, compare the probabilities A with the one-hot targets Y, and step against the gradient:
$W \leftarrow W - \eta\,(X_b^\top (A_b - Y_b)/|b| + \lambda W)$, $\; b \leftarrow b - \eta\, \mathrm{mean}(A_b - Y_b)$.
Use it when the data come in pieces or do not fit in memory; LogisticRegression finds the exact minimum when they do.

Speed: 1.4 (numpy) or 0.75 (numba) of scikit-learn's time on SoftmaxRegression 20k×20, K 10, 5 passes.
"""

from typing import Any

import numpy as np

from glideslope._checks import ArrayLike, positive
from glideslope._typing import Float, Int, Shaped, ndarray
from glideslope.kernels import cross_entropy_with_gradient, sgd_update, softmax
from glideslope.learn._base import Classifier, interruptible, progress
from glideslope.learn._inputs import demand_classes, not_negative, read_classes, whole

__all__ = ["SoftmaxRegression"]


class SoftmaxRegression(Classifier):
    r"""Fit class probabilities with linear scores by mini-batch gradient descent.

    $\min_{W, b} \frac1n \sum_n \mathrm{CE}(W^\top x_n + b,\, y_n) + \tfrac{\lambda}{2}\|W\|^2$

    Args:
        learning_rate: η > 0.
        alpha: λ ≥ 0.
        batch_size: Rows per step.
        max_iter: Passes over the data in `fit`.
        random_state: Seed or Generator for the order of the rows.
        verbose: Show progress.

    Learned: `classes_` (K,), `coef_` (K, d), `intercept_` (K,), `losses_` one mean loss per pass, `n_iter_`.

    Raises:
        ValueError: one class only; a class in `partial_fit` that the first call did not list.
        NotFittedError: `predict` before `fit`.

    Accuracy: near the minimum within about η; lower η for more.
    Cost: n d K per pass; bench/results/learn.md holds the ratio to scikit-learn.
    Source: lesson softmax-cross-entropy.

    Example:
        >>> model = SoftmaxRegression(random_state=0).fit([[-1.0], [1.0], [-2.0], [2.0]], [0, 1, 0, 1])
        >>> model.predict([[-3.0], [3.0]])
        array([0, 1])
    """

    coef_: Float[ndarray, "K d"]
    intercept_: Float[ndarray, " K"]
    losses_: list[float]
    n_iter_: int

    def __init__(
        self,
        learning_rate: float = 0.1,
        alpha: float = 0.0,
        batch_size: int = 32,
        max_iter: int = 100,
        random_state: Any = None,
        verbose: bool = False,
    ) -> None:
        self.learning_rate = learning_rate
        self.alpha = alpha
        self.batch_size = batch_size
        self.max_iter = max_iter
        self.random_state = random_state
        self.verbose = verbose

    def fit(self, X: ArrayLike, y: ArrayLike) -> "SoftmaxRegression":
        """Learn from X (n, d) and one class per row, starting from zero weights."""
        X = self._read_fit(X)
        self.classes_, index = read_classes(y, len(X), self._where("fit"))
        demand_classes(self.classes_, self._where("fit"))
        self._start(X)
        rng = np.random.default_rng(self.random_state)
        with interruptible("SoftmaxRegression"):
            for _ in progress(range(self.max_iter), self.verbose, "SoftmaxRegression"):
                order = rng.permutation(len(X))
                self._pass(X[order], index[order])
        return self

    def partial_fit(self, X: ArrayLike, y: ArrayLike, classes: ArrayLike | None = None) -> "SoftmaxRegression":
        """Take one pass over X (n, d) in the given order; the first call lists all `classes` (default: those in y)."""
        first = not hasattr(self, "losses_")
        X, index = self._read_piece(X, y, classes, first)
        if first:
            self._start(X)
        self._pass(X.astype(self._theta.dtype, copy=False), index)
        return self

    def decision_function(self, X: ArrayLike) -> ndarray:
        """Return the scores: (n,) for two classes (second minus first), else (n, K)."""
        Z = self._read(X, "decision_function") @ self.coef_.T + self.intercept_
        return Z[:, 1] - Z[:, 0] if len(self.classes_) == 2 else Z

    def predict_proba(self, X: ArrayLike) -> Float[ndarray, "n K"]:
        """Return one probability per row and class, in the order of `classes_`."""
        return softmax(self._read(X, "predict_proba") @ self.coef_.T + self.intercept_)

    def predict(self, X: ArrayLike) -> Shaped[ndarray, " n"]:
        """Return the most probable class of each row."""
        X = self._read(X, "predict")
        return self.classes_[(X @ self.coef_.T + self.intercept_).argmax(axis=1)]

    def _start(self, X: Float[ndarray, "n d"]) -> None:
        where = self._where("fit")
        positive(self.learning_rate, "learning_rate", where)
        not_negative(self.alpha, "alpha", where)
        whole(self.batch_size, "batch_size", where)
        whole(self.max_iter, "max_iter", where, at_least=0)
        d, K = X.shape[1], len(self.classes_)
        self._theta = np.zeros((d + 1) * K, X.dtype)  # W and b as views of one vector: one update moves both
        self.coef_ = self._theta[: d * K].reshape(d, K).T
        self.intercept_ = self._theta[d * K :]
        self.losses_, self.n_iter_ = [], 0

    def _pass(self, X: Float[ndarray, "n d"], index: Int[ndarray, " n"]) -> None:
        gradient, total = np.empty_like(self._theta), 0.0
        d, K = X.shape[1], len(self.classes_)
        dW, db = gradient[: d * K].reshape(d, K), gradient[d * K :]
        W, b = self._theta[: d * K].reshape(d, K), self._theta[d * K :]
        for i in range(0, len(X), self.batch_size):
            B, labels = X[i : i + self.batch_size], index[i : i + self.batch_size]
            loss, G = cross_entropy_with_gradient(B @ W + b, labels)
            np.matmul(B.T, G, out=dW)
            dW += self.alpha * W
            np.sum(G, axis=0, out=db)
            sgd_update(self._theta, gradient, learning_rate=self.learning_rate)
            total += float(loss) * len(B)
        self.losses_.append(total / len(X))
        self.n_iter_ += 1
        self.coef_, self.intercept_ = W.T, b  # views again, also after a pickle has copied them apart
