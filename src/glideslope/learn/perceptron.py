r"""The perceptron: turn the plane a little after every mistake.

The idea: predict $\operatorname{sign}(w^\top x + b)$; after a mistake on (x, y), $y = \pm 1$, add it:
$w \leftarrow w + \eta\,y\,x,\; b \leftarrow b + \eta\,y$. If a plane separates the classes, the mistakes end.
With more classes each has its own w: the true one gains x, the one predicted loses it.
Use it to see learning with nothing hidden; a logistic regression is steadier on data that overlap.

Speed: 7.1 (numpy) or 0.63 (numba) of scikit-learn's time on Perceptron 20k×20, 20 passes.
"""

from typing import Any

import numpy as np

from glideslope._checks import ArrayLike, positive
from glideslope._typing import Float, Int, Shaped, ndarray
from glideslope.learn._base import Classifier, interruptible, progress
from glideslope.learn._inputs import demand_classes, read_classes, whole
from glideslope.learn._twins import with_twin

__all__ = ["Perceptron"]


class Perceptron(Classifier):
    r"""Classify by linear scores learned from mistakes alone.

    $w_y \leftarrow w_y + \eta\,x,\quad w_{\hat y} \leftarrow w_{\hat y} - \eta\,x$ when $\hat y \ne y$

    Args:
        eta: Length of a correction; with weights from zero it only scales them.
        max_iter: Passes over the data at most; it stops earlier after one without mistakes.
        shuffle: Visit the rows in a new order on each pass.
        random_state: Seed or Generator for the order.
        verbose: Show progress.

    Learned: `classes_`, `coef_` (K, d) or (1, d) for two classes, `intercept_`, `mistakes_` one number per pass, `n_iter_`.

    Raises:
        ValueError: one class only.
        NotFittedError: `predict` before `fit`.

    Accuracy: no mistakes on separable data after at most (R/γ)² of them; otherwise the weights never settle.
    Cost: n d K per pass plus one product per mistake; bench/results/learn.md holds the ratio to scikit-learn.
    Source: [bishop2006, section 4.1].

    Example:
        >>> model = Perceptron(shuffle=False).fit([[2.0], [-2.0]], ["go", "no-go"])
        >>> model.predict([[1.0]]).tolist()
        ['go']
    """

    coef_: Float[ndarray, "K d"]
    intercept_: Float[ndarray, " K"]
    mistakes_: list[int]
    n_iter_: int

    def __init__(
        self,
        eta: float = 1.0,
        max_iter: int = 100,
        shuffle: bool = True,
        random_state: Any = None,
        verbose: bool = False,
    ) -> None:
        self.eta = eta
        self.max_iter = max_iter
        self.shuffle = shuffle
        self.random_state = random_state
        self.verbose = verbose

    def fit(self, X: ArrayLike, y: ArrayLike) -> "Perceptron":
        """Learn from X (n, d) and one class per row."""
        positive(self.eta, "eta", self._where("fit"))
        whole(self.max_iter, "max_iter", self._where("fit"))
        X = self._read_fit(X)
        self.classes_, index = read_classes(y, len(X), self._where("fit"))
        demand_classes(self.classes_, self._where("fit"))
        rng = np.random.default_rng(self.random_state)
        X1 = np.column_stack([X, np.ones(len(X), X.dtype)])  # b is the weight of a constant feature
        W = np.zeros((X1.shape[1], len(self.classes_)), X.dtype)
        self.mistakes_ = []
        with interruptible("Perceptron"):
            for _ in progress(range(self.max_iter), self.verbose, "Perceptron"):
                order = rng.permutation(len(X)) if self.shuffle else np.arange(len(X))
                self.mistakes_.append(visit(X1, index, order, W, self.eta))
                if self.mistakes_[-1] == 0:
                    break
        two = len(self.classes_) == 2
        W = W[:, 1:] - W[:, :1] if two else W
        self.coef_, self.intercept_, self.n_iter_ = W[:-1].T.copy(), W[-1].copy(), len(self.mistakes_)
        return self

    def decision_function(self, X: ArrayLike) -> ndarray:
        """Return the scores: (n,) for two classes, above 0 for the second, else (n, K)."""
        Z = self._read(X, "decision_function") @ self.coef_.T + self.intercept_
        return Z[:, 0] if len(self.classes_) == 2 else Z

    def predict(self, X: ArrayLike) -> Shaped[ndarray, " n"]:
        """Return the class with the highest score for each row."""
        Z = self.decision_function(X)
        return self.classes_[(Z > 0).astype(int) if Z.ndim == 1 else Z.argmax(axis=1)]


@with_twin
def visit(
    X: Float[ndarray, "n d1"],
    index: Int[ndarray, " n"],
    order: Int[ndarray, " n"],
    W: Float[ndarray, "d1 K"],
    eta: float,
) -> int:
    """Visit the rows in the given order, correct W in place, and return the number of mistakes.

    Between two mistakes W stands still, so whole blocks of rows are tested at once; the block grows while all goes
    well and shrinks after a mistake. The result is that of visiting the rows one by one.
    """
    X, index = X[order], index[order]
    mistakes, at, block = 0, 0, 8
    while at < len(X):
        wrong = np.flatnonzero((X[at : at + block] @ W).argmax(axis=1) != index[at : at + block])
        if len(wrong) == 0:
            at, block = at + block, min(2 * block, 4096)
            continue
        at += int(wrong[0])
        guess = int((X[at] @ W).argmax())
        if guess != index[at]:  # a block and a single row may round differently on a tie
            W[:, index[at]] += eta * X[at]
            W[:, guess] -= eta * X[at]
            mistakes += 1
        at, block = at + 1, max(8, 2 * int(wrong[0]))
    return mistakes
