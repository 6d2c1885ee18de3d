r"""k nearest neighbours: predict what the most similar samples were.

The idea: no training at all; keep the data, find the k samples nearest to a query, and let them vote or average:
$\hat y(q) = \operatorname{mode}$ or $\tfrac1k \sum_{i \in N_k(q)} y_i$.
Use it when data are few, dimensions low and features scaled; it shows at once whether the features separate the classes.

Speed: 0.44 of scikit-learn's time on kNN brute 20k/5k×32, k 5.
Speed: 23 (numpy) or 0.69 (numba) of scikit-learn's time on kNN kd-tree 20k/5k×3, k 5.
Speed: 29 (numpy) or 0.67 (numba) of scikit-learn's time on kNN regression, kd-tree 20k/5k×3, k 5.
"""

from typing import Any

import numpy as np

from glideslope._checks import ArrayLike, choose
from glideslope._typing import Float, Int, Shaped, ndarray
from glideslope.learn._base import Classifier, Estimator, Regressor
from glideslope.learn._inputs import read_classes, read_numbers, whole
from glideslope.learn._neighbours import build_tree, nearest_brute

__all__ = ["KNeighborsClassifier", "KNeighborsRegressor"]


class _Neighbours(Estimator):
    """Keep the data and find neighbours."""

    def __init__(self, n_neighbors: int = 5, weights: str = "uniform", algorithm: str = "auto") -> None:
        self.n_neighbors = n_neighbors
        self.weights = weights
        self.algorithm = algorithm

    def kneighbors(self, X: ArrayLike, n_neighbors: int | None = None) -> tuple[ndarray, ndarray]:
        """Return distances and row numbers of the neighbours of each row of X, nearest first."""
        X = self._read(X, "kneighbors")
        k, n = n_neighbors or self.n_neighbors, len(self._X)
        if not 1 <= k <= n:
            raise ValueError(
                f"{self._where('kneighbors')} expected n_neighbors from 1 to n_samples={n}, the number of samples "
                f"it was fitted with, and got {k}; lower n_neighbors."
            )
        X = X.astype(self._X.dtype, copy=False)
        return nearest_brute(self._X, X, k) if self._tree is None else self._tree.nearest(X, k)

    def _keep(self, X: Float[ndarray, "n d"]) -> None:
        whole(self.n_neighbors, "n_neighbors", self._where("fit"))
        choose(self.weights, ("uniform", "distance"), "weights", self._where("fit"))
        choose(self.algorithm, ("auto", "brute", "kd_tree"), "algorithm", self._where("fit"))
        self._X: Any = X.copy()  # the caller may change his array afterwards
        tree = self.algorithm == "kd_tree" or (self.algorithm == "auto" and X.shape[1] <= 8 and len(X) > 2000)
        self._tree: Any = build_tree(self._X) if tree else None

    def _shares(self, X: ArrayLike) -> tuple[Float[ndarray, "m k"], Int[ndarray, "m k"]]:
        """Return each neighbour's share in the answer, rows summing to one, and the neighbours."""
        distance, index = self.kneighbors(X)
        if self.weights == "uniform":
            return np.full(distance.shape, 1 / distance.shape[1]), index
        exact = distance == 0
        distance[exact] = 1
        w = np.where(exact.any(axis=1, keepdims=True), exact, 1 / distance)  # a twin in the data answers alone
        return w / w.sum(axis=1, keepdims=True), index


class KNeighborsClassifier(_Neighbours, Classifier):
    r"""Classify by a vote of the nearest samples.

    $p_c(q) = \sum_{i \in N_k(q)} s_i\,[y_i = c]$, shares $s_i$ equal or in proportion to 1/distance

    Args:
        n_neighbors: k.
        weights: "uniform" or "distance".
        algorithm: "brute", "kd_tree", or "auto": a tree for more than 2000 samples in up to 8 dimensions.

    Learned: `classes_`; the data themselves.

    Raises:
        ValueError: k is larger than the number of samples.
        NotFittedError: `predict` before `fit`.

    Accuracy: exact neighbours; equal distances go to the lower row number, equal votes to the first class.
    Cost: brute n d per query, tree about log n in few dimensions; bench/results/learn.md holds the ratios.
    Source: [bishop2006, section 2.5].

    Example:
        >>> model = KNeighborsClassifier(1).fit([[0.0], [1.0]], ["grass", "asphalt"])
        >>> model.predict([[0.2]]).tolist()
        ['grass']
    """

    def fit(self, X: ArrayLike, y: ArrayLike) -> "KNeighborsClassifier":
        """Keep X (n, d) and one class per row."""
        X = self._read_fit(X)
        self.classes_, self._index = read_classes(y, len(X), self._where("fit"))
        self._keep(X)
        return self

    def predict_proba(self, X: ArrayLike) -> Float[ndarray, "m K"]:
        """Return each class's share of the vote, in the order of `classes_`."""
        share, index = self._shares(X)
        votes = np.zeros((len(index), len(self.classes_)))
        for s, column in zip(share.T, self._index[index].T, strict=True):
            votes[np.arange(len(index)), column] += s
        return votes

    def predict(self, X: ArrayLike) -> Shaped[ndarray, " m"]:
        """Return the class with most votes for each row."""
        votes = self.predict_proba(X)
        return self.classes_[np.round(votes, 12).argmax(axis=1)]  # shares of 1/k add up with rounding


class KNeighborsRegressor(_Neighbours, Regressor):
    r"""Regress by the mean of the nearest samples.

    $\hat y(q) = \sum_{i \in N_k(q)} s_i\,y_i$, shares $s_i$ equal or in proportion to 1/distance

    Args:
        n_neighbors: k.
        weights: "uniform" or "distance".
        algorithm: "brute", "kd_tree", or "auto": a tree for more than 2000 samples in up to 8 dimensions.

    Raises:
        ValueError: k is larger than the number of samples.
        NotFittedError: `predict` before `fit`.

    Accuracy: exact neighbours; equal distances go to the lower row number.
    Cost: brute n d per query, tree about log n in few dimensions; bench/results/learn.md holds the ratios.
    Source: [bishop2006, section 2.5].

    Example:
        >>> KNeighborsRegressor(2).fit([[0.0], [1.0], [9.0]], [0.0, 2.0, 7.0]).predict([[0.4]])
        array([1.])
    """

    def fit(self, X: ArrayLike, y: ArrayLike) -> "KNeighborsRegressor":
        """Keep X (n, d) and one number per row."""
        X = self._read_fit(X)
        self._y = read_numbers(y, len(X), self._where("fit")).copy()
        self._keep(X)
        return self

    def predict(self, X: ArrayLike) -> Float[ndarray, " m"]:
        """Return one number per row of X."""
        share, index = self._shares(X)
        return np.sum(share * self._y[index], axis=1)
