r"""How good is a grouping? Against known groups, or by its own shape.

Both comparisons start from the table $n_{ij}$ of samples that the two groupings put into i and j: the names do not matter.
The silhouette asks of each sample whether its own cluster is nearer than the next one.
"""

import numpy as np

from glideslope._checks import ArrayLike
from glideslope._typing import Float, Int, ndarray
from glideslope.errors import ShapeError
from glideslope.learn._inputs import read_X


def adjusted_rand(a: ArrayLike, b: ArrayLike) -> float:
    r"""Return how far two groupings agree on pairs of samples, corrected for chance.

    $\mathrm{ARI} = \frac{S - E}{M - E}$, $S = \sum_{ij} \binom{n_{ij}}2$, $E = \sum_i \binom{a_i}2 \sum_j \binom{b_j}2 / \binom n2$,
    M the mean of the two sums

    Args:
        a: Labels of the first grouping (n,).
        b: Labels of the second grouping (n,).

    Returns:
        1 for equal groupings, 0 on average for random ones, sometimes below.

    Raises:
        ShapeError: the two differ in length.

    Cost: O(n log n).
    Source: lesson k-means.

    Example:
        >>> adjusted_rand([0, 0, 1, 1], ["b", "b", "a", "a"])
        1.0
    """
    N = _table(a, b, "adjusted_rand").astype(float)
    n = N.sum()
    pairs, pairs_a, pairs_b = _choose2(N), _choose2(N.sum(axis=1)), _choose2(N.sum(axis=0))
    expected = pairs_a * pairs_b / _choose2(np.array([n])) if n > 1 else 0.0
    most = (pairs_a + pairs_b) / 2
    return 1.0 if most == expected else float((pairs - expected) / (most - expected))


def normalised_mutual_information(a: ArrayLike, b: ArrayLike) -> float:
    r"""Return the information two groupings share, relative to the mean of what each holds.

    $\mathrm{NMI} = \frac{2\,I(a; b)}{H(a) + H(b)}$, $I = \sum_{ij} p_{ij} \log \frac{p_{ij}}{p_i p_j}$

    Args:
        a: Labels of the first grouping (n,).
        b: Labels of the second grouping (n,).

    Returns:
        Between 0 and 1. Not corrected for chance: many small groups score too high.

    Raises:
        ShapeError: the two differ in length.

    Cost: O(n log n).
    Source: lesson k-means.

    Example:
        >>> round(normalised_mutual_information([0, 0, 1, 1], [0, 1, 0, 1]), 6)
        0.0
    """
    P = _table(a, b, "normalised_mutual_information") / len(np.asarray(a))
    i, j = np.nonzero(P)
    pa, pb, p = P.sum(axis=1), P.sum(axis=0), P[i, j]
    information = float(np.sum(p * np.log(p / (pa[i] * pb[j]))))
    entropy = -float(np.sum(pa * np.log(pa)) + np.sum(pb * np.log(pb)))
    return 1.0 if entropy == 0 else max(0.0, 2 * information / entropy)


def silhouette(X: ArrayLike, labels: ArrayLike) -> Float[ndarray, " n"]:
    r"""Return for each sample how much nearer its own cluster is than the next one; average for a single number.

    $s = \frac{b - a}{\max(a, b)}$: a the mean distance to the others of its cluster, b to the nearest other cluster

    Args:
        X: Samples (n, d).
        labels: Their clusters (n,).

    Returns:
        Values (n,) between −1 and 1; 0 for a sample alone in its cluster.

    Raises:
        ShapeError: X and labels differ in length.
        ValueError: fewer than two clusters, or as many as samples.

    Cost: n² d time, never n² memory.
    Source: lesson k-means.

    Example:
        >>> silhouette([[0.0], [1.0], [10.0], [11.0]], [0, 0, 1, 1]).round(2)
        array([0.9 , 0.89, 0.89, 0.9 ])
    """
    X = read_X(X, "silhouette", keep_float32=False)
    names, index = np.unique(np.asarray(labels), return_inverse=True)
    if index.shape != (len(X),):
        raise ShapeError(f"silhouette expected labels of shape ({len(X)},) and got {index.shape}; one per row of X.")
    if not 2 <= len(names) < len(X):
        raise ValueError(
            f"silhouette expected from 2 to n − 1 = {len(X) - 1} clusters and got {len(names)}; "
            f"it compares a cluster with the next one."
        )
    one_hot = (index[:, None] == np.arange(len(names))).astype(float)
    count, s = one_hot.sum(axis=0), np.empty(len(X))
    step = max(1, 2**20 // len(X))
    for i in range(0, len(X), step):
        D = np.sqrt(sum((column[i : i + step, None] - column) ** 2 for column in X.T))
        to, own = D @ one_hot, index[i : i + step]
        rows = np.arange(len(D))
        a = to[rows, own] / np.maximum(count[own] - 1, 1)
        to /= count
        to[rows, own] = np.inf
        b = to.min(axis=1)
        worst = np.maximum(a, b)
        s[i : i + step] = np.where((count[own] > 1) & (worst > 0), (b - a) / np.where(worst > 0, worst, 1), 0)
    return s


def _table(a: ArrayLike, b: ArrayLike, where: str) -> Int[ndarray, "I J"]:
    a, b = np.asarray(a), np.asarray(b)
    if a.ndim != 1 or a.shape != b.shape or len(a) == 0:
        raise ShapeError(
            f"{where} expected two lists of labels of one length and got shapes {a.shape} and {b.shape}; "
            f"pass one label per sample from each grouping."
        )
    names_a, i = np.unique(a, return_inverse=True)
    names_b, j = np.unique(b, return_inverse=True)
    cells = np.bincount(i * len(names_b) + j, minlength=len(names_a) * len(names_b))
    return cells.reshape(len(names_a), len(names_b))


def _choose2(counts: Float[ndarray, "..."]) -> float:
    return float(np.sum(counts * (counts - 1)) / 2)
