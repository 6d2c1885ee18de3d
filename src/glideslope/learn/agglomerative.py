r"""Agglomerative clustering: join the two nearest clusters, again and again, and keep the tree.

The idea: start with one cluster per sample; the distance between clusters is that of their nearest samples (single),
farthest (complete), the mean (average) or the rise in squared error when joined (ward). After joining a and b the distance
to any other c follows from d(a,c), d(b,c) and d(a,b) alone (Lance and Williams).
Following nearest neighbours until two point at each other finds joins in O(n²) time (nearest-neighbour chain).
Single linkage is simpler still: its joins are the edges of the shortest tree that spans the samples.
Use it for a few thousand samples when the tree itself says something, and the number of clusters is open.

Speed: 2.7 (numpy) or 0.65 (numba) of scikit-learn's time on Agglomerative 2k×8, ward.
Speed: 1.9 (numpy) or 0.54 (numba) of scikit-learn's time on Agglomerative 2k×8, average.
Speed: 3 (numpy) or 0.66 (numba) of scikit-learn's time on Agglomerative 2k×8, single.
"""

from typing import Any

import numpy as np

from glideslope._checks import ArrayLike, choose
from glideslope._typing import Float, Int, ndarray
from glideslope.learn._base import Estimator
from glideslope.learn._inputs import whole
from glideslope.learn._twins import with_twin

__all__ = ["AgglomerativeClustering"]


class AgglomerativeClustering(Estimator):
    r"""Build a tree of clusters from the bottom up and cut it.

    $d(a \cup b, c)$ from $d(a,c),\, d(b,c),\, d(a,b)$; Ward: $\sqrt{\tfrac{(n_a+n_c) d_{ac}^2 + (n_b+n_c) d_{bc}^2 - n_c d_{ab}^2}{n_a+n_b+n_c}}$

    Args:
        n_clusters: Where to cut the tree.
        linkage: "ward", "complete", "average" or "single".

    Learned: `labels_` (n,), `children_` (n − 1, 2) and `distances_` (n − 1,): the joins from near to far (numbers from n on
    are earlier joins), `linkage_matrix_` (n − 1, 4) as dendrogram plots expect.

    Raises:
        ValueError: more clusters than samples, or an unknown linkage.

    Accuracy: exact up to rounding; equal distances may join in another order than elsewhere.
    Cost: n² time and n² · 8 bytes: 800 MB for 10 000 samples (single linkage n² d time and next to no memory); bench/results/learn.md holds the ratio to scikit-learn.
    Source: [ward1963]; lesson k-means.

    Example:
        >>> AgglomerativeClustering(2).fit([[0.0], [0.1], [5.0]]).labels_
        array([0, 0, 1])
    """

    _kind = "clusterer"
    labels_: Int[ndarray, " n"]
    children_: Int[ndarray, "m 2"]
    distances_: Float[ndarray, " m"]
    linkage_matrix_: Float[ndarray, "m 4"]

    def __init__(self, n_clusters: int = 2, linkage: str = "ward") -> None:
        self.n_clusters = n_clusters
        self.linkage = linkage

    def fit(self, X: ArrayLike, y: Any = None) -> "AgglomerativeClustering":
        """Group the rows of X (n, d)."""
        choose(self.linkage, ("ward", "complete", "average", "single"), "linkage", self._where("fit"))
        X = self._read_fit(X, at_least=2, keep_float32=False)
        n = len(X)
        whole(self.n_clusters, "n_clusters", self._where("fit"))
        if not 1 <= self.n_clusters <= n:
            raise ValueError(
                f"AgglomerativeClustering.fit expected n_clusters from 1 to n_samples={n} and got {self.n_clusters}; "
                f"lower n_clusters."
            )
        joins = spanning_tree(X) if self.linkage == "single" else join(distances(X), self.linkage)
        joins = joins[np.argsort(joins[:, 2], kind="stable")]
        self.linkage_matrix_ = _number(joins, n)
        self.children_ = self.linkage_matrix_[:, :2].astype(np.intp)
        self.distances_ = self.linkage_matrix_[:, 2]
        self.labels_ = _cut(joins[: n - self.n_clusters], n)
        return self

    def fit_predict(self, X: ArrayLike, y: Any = None) -> Int[ndarray, " n"]:
        """Group the rows of X and return their labels."""
        return self.fit(X).labels_


@with_twin
def spanning_tree(X: Float[ndarray, "n d"]) -> Float[ndarray, "m 3"]:
    """Return the joins of single linkage: the edges of the shortest tree that spans the samples, grown from the first (Prim).

    The next to join is always the outsider nearest to the tree, so each outsider keeps one distance, not n.
    """
    n = len(X)
    outside, columns = np.arange(1, n), X.T[:, 1:].copy()
    square, by, joins, newest = np.full(n - 1, np.inf), np.zeros(n - 1, np.intp), np.empty((n - 1, 3)), 0
    for left in range(n - 1, 0, -1):
        to_newest = np.sum((columns[:, :left] - X[newest][:, None]) ** 2, axis=0)
        nearer = to_newest < square[:left]
        square[:left][nearer], by[:left][nearer] = to_newest[nearer], newest
        at = int(square[:left].argmin())
        newest = int(outside[at])
        joins[-left] = by[at], newest, np.sqrt(square[at])
        for array in (outside, square, by, columns.T):
            array[at] = array[left - 1]  # the last outsider takes the place
    return joins


@with_twin
def distances(X: Float[ndarray, "n d"]) -> Float[ndarray, "n n"]:
    """Return all distances between samples, infinite from a sample to itself."""
    D = np.zeros((len(X), len(X)))
    for i in range(0, len(X), 64):  # blocks that stay in the cache
        block = D[i : i + 64]
        for column in X.T:  # column by column: exact where a product would cancel
            block += (column[i : i + 64, None] - column) ** 2
    np.sqrt(D, out=D)
    np.fill_diagonal(D, np.inf)
    return D


@with_twin
def join(D: Float[ndarray, "n n"], linkage: str) -> Float[ndarray, "m 3"]:
    """Return one sample of either cluster and the distance for each join, by the nearest-neighbour chain; D is used up."""
    n = len(D)
    size, joins, chain = np.ones(n), np.empty((n - 1, 3)), [0]
    alive = np.ones(n, bool)
    for step in range(n - 1):
        if not chain:
            chain = [int(alive.argmax())]
        while True:
            a = chain[-1]
            b = int(D[a].argmin())
            if len(chain) > 1 and D[a, chain[-2]] <= D[a, b]:
                b = chain[-2]  # on a tie step back, or the chain could run in a circle
                break
            chain.append(b)
        del chain[-2:]
        distance = D[a, b]
        joins[step] = a, b, distance
        row = _joined(D[a], D[b], distance, size[a], size[b], size, linkage)
        row[b] = np.inf
        D[b], D[:, b] = row, row
        D[a], D[:, a] = np.inf, np.inf
        size[b] += size[a]
        alive[a] = False
    return joins


def _joined(
    to_a: Float[ndarray, " n"],
    to_b: Float[ndarray, " n"],
    ab: float,
    na: float,
    nb: float,
    size: Float[ndarray, " n"],
    linkage: str,
) -> Float[ndarray, " n"]:
    """Return the distances of the joined cluster to all others (Lance and Williams)."""
    if linkage == "complete":
        return np.maximum(to_a, to_b)
    if linkage == "average":
        return (na * to_a + nb * to_b) / (na + nb)
    square = ((na + size) * to_a**2 + (nb + size) * to_b**2 - size * ab**2) / (na + nb + size)
    return np.sqrt(np.maximum(square, 0))


def _number(joins: Float[ndarray, "m 3"], n: int) -> Float[ndarray, "m 4"]:
    """Return rows (child, child, distance, size) in which the cluster made by row i has the number n + i."""
    leader, name, size = list(range(n)), list(range(n)), [1] * n
    table = np.empty((len(joins), 4))
    for i, (a, b, distance) in enumerate(joins):
        a, b = _leader(leader, int(a)), _leader(leader, int(b))
        low, high = sorted((name[a], name[b]))
        leader[a] = b
        name[b], size[b] = n + i, size[a] + size[b]
        table[i] = low, high, distance, size[b]
    return table


def _cut(joins: Float[ndarray, "m 3"], n: int) -> Int[ndarray, " n"]:
    """Return labels after the given joins, numbered by first appearance."""
    leader = list(range(n))
    for a, b, _ in joins:
        leader[_leader(leader, int(a))] = _leader(leader, int(b))
    leaders = np.array([_leader(leader, i) for i in range(n)])
    _, first, label = np.unique(leaders, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[label]


def _leader(leader: list[int], i: int) -> int:
    while leader[i] != i:
        leader[i] = leader[leader[i]]
        i = leader[i]
    return i
