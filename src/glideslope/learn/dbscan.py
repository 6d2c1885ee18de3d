r"""DBSCAN: clusters are where samples are dense, whatever their shape; the rest is noise.

The idea: a sample with at least `min_samples` neighbours within eps (itself included) is a core; cores within eps of each
other share a cluster; other samples join a core within eps, or are noise (−1).
In few dimensions the samples are sorted into square cells of side eps/√d: all samples of a cell are neighbours,
so a cell with `min_samples` of them holds only cores, and distances are needed between nearby cells alone.
Use it for obstacles in a lidar scan: no number of clusters to guess, but one length scale for all.

Speed: 0.39 of scikit-learn's time on DBSCAN 10k×2, eps 0.03.
Speed: 0.72 of scikit-learn's time on DBSCAN 10k×2, eps 0.1.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np

from glideslope._checks import ArrayLike, positive
from glideslope._typing import Bool, Float, Int, Shaped, ndarray
from glideslope.learn._base import Estimator
from glideslope.learn._inputs import whole

__all__ = ["DBSCAN"]


class DBSCAN(Estimator):
    r"""Group samples that are connected through dense neighbourhoods.

    $x \text{ is a core} \iff |\{x' : \|x - x'\| \le \varepsilon\}| \ge m$

    Args:
        eps: ε > 0, in the units of X.
        min_samples: m.

    Learned: `labels_` (n,), numbered by each cluster's first core, −1 for noise; `core_sample_indices_`.

    Raises:
        ValueError: `eps` is not above zero.

    Accuracy: exact; a sample near two clusters joins the one with the lower number.
    Cost: about n · (samples within 2 ε) in up to 3 dimensions, n² d beyond; memory for the pairs within ε
        of which one is in a thin cell;
        bench/results/learn.md holds the ratio to scikit-learn.
    Source: [ester1996]; lesson k-means.

    Example:
        >>> DBSCAN(eps=1.0, min_samples=2).fit([[0.0], [0.5], [9.0], [9.5], [50.0]]).labels_
        array([ 0,  0,  1,  1, -1])
    """

    _kind = "clusterer"
    labels_: Int[ndarray, " n"]
    core_sample_indices_: Int[ndarray, " c"]

    def __init__(self, eps: float = 0.5, min_samples: int = 5) -> None:
        self.eps = eps
        self.min_samples = min_samples

    def fit(self, X: ArrayLike, y: Any = None) -> "DBSCAN":
        """Group the rows of X (n, d)."""
        positive(self.eps, "eps", self._where("fit"))
        whole(self.min_samples, "min_samples", self._where("fit"))
        X = self._read_fit(X, keep_float32=False)
        cells = _Cells(X, self.eps, self.min_samples)
        core = cells.find_cores()
        roots, border = cells.connect(core)
        self.core_sample_indices_ = np.flatnonzero(core)
        self.labels_ = np.full(len(X), -1)
        first, number = np.unique(roots[core], return_inverse=True)  # a root is its cluster's first core
        self.labels_[core] = number
        near = border < len(X)
        self.labels_[near] = np.searchsorted(first, border[near])
        return self

    def fit_predict(self, X: ArrayLike, y: Any = None) -> Int[ndarray, " n"]:
        """Group the rows of X and return their labels."""
        return self.fit(X).labels_


class _Cells:
    """Samples sorted into cells. Each near pair of samples is found once and kept, except between two full cells:
    those hold only cores, and all that matters there is whether the cells touch."""

    def __init__(self, X: Float[ndarray, "n d"], eps: float, enough: int) -> None:
        n, d = X.shape
        self.eps2, self.side, self.enough = eps**2, eps / np.sqrt(d) * (1 - 1e-12), enough  # rounding: a hair less
        low_dimensional = d <= 3 and float(np.ptp(X, axis=0).max()) < 1e6 * self.side
        cell = np.floor((X - X.min(axis=0)) / self.side).astype(np.int64) if low_dimensional else np.arange(n)[:, None]
        self.reach = int(np.ceil(np.sqrt(d))) if low_dimensional else None
        width = cell.max(axis=0) + 1 + 2 * (self.reach or 0)
        self.stride = np.cumprod(np.concatenate([[1], width[:-1]]))
        key = (cell + (self.reach or 0)) @ self.stride
        self.order = np.argsort(key, kind="stable")
        self.X = X[self.order]
        self.keys, self.start, self.size = np.unique(key[self.order], return_index=True, return_counts=True)
        self.home = np.repeat(np.arange(len(self.keys)), self.size)
        self.near = list(self._pairs(full=False))

    def find_cores(self) -> Bool[ndarray, " n"]:
        """Say which samples have enough others within eps."""
        counts = self.size[self.home].copy()
        for i, j in self.near:
            counts += np.bincount(i, minlength=len(counts)) + np.bincount(j, minlength=len(counts))
        return self._unsort(counts >= self.enough)

    def connect(self, core: Bool[ndarray, " n"]) -> tuple[Int[ndarray, " n"], Int[ndarray, " n"]]:
        """Return each core's first fellow core, and the lowest such root next to each other sample (n: none)."""
        n, core = len(core), core[self.order]
        first = np.full(len(self.keys), n)
        np.minimum.at(first, self.home[core], np.flatnonzero(core))
        parent = np.where(core, first[self.home], np.arange(n))  # the cores of a cell belong together
        for i, j in [*self.near, *self._pairs(full=True)]:
            both = core[i] & core[j]
            _union(parent, i[both], j[both])
        root = _roots(parent)
        lowest = np.full(n, n)
        np.minimum.at(lowest, root[core], self.order[core])
        name = np.where(core, lowest[root], n)  # clusters are named after their first core in the caller's order
        border = np.where(first < n, name[np.minimum(first, n - 1)], n)[self.home]
        for i, j in self.near:
            np.minimum.at(border, i, name[j])
            np.minimum.at(border, j, name[i])
        return self._unsort(name), self._unsort(np.where(core, n, border))

    def _pairs(self, full: bool) -> Iterator[tuple[Int[ndarray, " p"], Int[ndarray, " p"]]]:
        """Yield the samples within eps in different cells, each pair once: of two full cells, or all the others."""
        if self.reach is None:
            yield from () if full else self._pairs_by_distance()
            return
        is_full = self.size >= self.enough
        for offset in product(range(-self.reach, self.reach + 1), repeat=len(self.stride)):
            gap = np.maximum(np.abs(offset) - 1, 0) * self.side
            shift = int(np.dot(offset, self.stride))
            if shift <= 0 or gap @ gap > self.eps2:
                continue
            at = np.searchsorted(self.keys, self.keys + shift).clip(0, len(self.keys) - 1)
            wanted = (self.keys[at] == self.keys + shift) & ((is_full & is_full[at]) == full)
            i = np.flatnonzero(wanted[self.home])
            yield from self._expand(i, at[self.home[i]])

    def _expand(
        self, i: Int[ndarray, " m"], cell: Int[ndarray, " m"]
    ) -> Iterator[tuple[Int[ndarray, " p"], Int[ndarray, " p"]]]:
        """Yield the pairs of each sample i with all samples of its `cell` within eps, about a million at a time."""
        load = np.cumsum(self.size[cell])
        cuts = np.searchsorted(load, np.arange(2**20, (load[-1] if len(load) else 0) + 2**20, 2**20), side="right")
        for a, b in zip(np.concatenate([[0], cuts]), np.concatenate([cuts, [len(i)]]), strict=True):
            if a == b:
                continue
            size = self.size[cell[a:b]]
            left = np.repeat(i[a:b], size)
            ramp = np.arange(len(left)) - np.repeat(np.cumsum(size) - size, size)
            right = np.repeat(self.start[cell[a:b]], size) + ramp
            gap = sum((self.X[left, c] - self.X[right, c]) ** 2 for c in range(self.X.shape[1]))
            near = gap <= self.eps2
            yield left[near], right[near]

    def _pairs_by_distance(self) -> Iterator[tuple[Int[ndarray, " p"], Int[ndarray, " p"]]]:
        step = max(1, 2**22 // len(self.X))
        for a in range(0, len(self.X), step):
            rest = self.X[a:]  # pairs with earlier samples have been seen
            gap = np.zeros((min(step, len(rest)), len(rest)))
            for column in rest.T:  # column by column: exact, where a product would cancel
                gap += (column[: len(gap), None] - column) ** 2
            i, j = np.nonzero(np.triu(gap <= self.eps2, k=1))
            yield i + a, j + a

    def _unsort(self, values: Shaped[ndarray, " n"]) -> Shaped[ndarray, " n"]:
        out = np.empty_like(values)
        out[self.order] = values
        return out


def _union(parent: Int[ndarray, " n"], i: Int[ndarray, " m"], j: Int[ndarray, " m"]) -> None:
    """Join the trees of i and j in place: hook the larger root to the smaller until each pair agrees."""
    while len(i):
        roots = _roots(parent)
        a, b = roots[i], roots[j]
        apart = a != b
        i, j, a, b = i[apart], j[apart], a[apart], b[apart]
        np.minimum.at(parent, np.maximum(a, b), np.minimum(a, b))


def _roots(parent: Int[ndarray, " n"]) -> Int[ndarray, " n"]:
    while True:
        above = parent[parent]
        if (above == parent).all():
            return parent.copy()
        parent[:] = above
