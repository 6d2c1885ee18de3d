r"""Who is nearest: all distances by one matrix product, or a kd-tree that leaves most of them out.

Brute force: $\|q - x\|^2 = \|q\|^2 - 2 q^\top x + \|x\|^2$, a block of queries at a time.
kd-tree: halve the points by the median of their widest coordinate, again and again; a query skips each half that lies
farther away than the k-th neighbour it already has. It pays in few dimensions (d below about 10).
"""

from dataclasses import dataclass

import numpy as np

from glideslope._typing import Float, Int, ndarray

_GROUP = 32
_LEAF = 64


def nearest_brute(
    X: Float[ndarray, "n d"], Q: Float[ndarray, "m d"], k: int
) -> tuple[Float[ndarray, "m k"], Int[ndarray, "m k"]]:
    """Return distances and numbers of the k rows of X nearest to each row of Q, nearest first."""
    origin = X.mean(axis=0)  # distances do not change, and lose no digits to a far-away origin
    X, Q = X - origin, Q - origin
    index = np.empty((len(Q), k), np.intp)
    X1 = np.column_stack([X, 0.5 * np.einsum("nd,nd->n", X, X)]).astype(X.dtype, copy=False)
    Q1 = np.column_stack([-Q, np.ones(len(Q), Q.dtype)])
    step = max(1, 2**19 // len(X))
    for i in range(0, len(Q), step):
        D = Q1[i : i + step] @ X1.T  # ½‖x‖² − qᵀx in one product: ½‖q‖² is the same for all x
        index[i : i + step] = _smallest(D, k)
    distance = np.sqrt(np.sum((Q[:, None, :] - X[index]) ** 2, axis=2)) if k * Q.size < 2**24 else _by_rows(X, Q, index)
    order = np.lexsort((index, distance), axis=1)
    return np.take_along_axis(distance, order, 1), np.take_along_axis(index, order, 1)


def _by_rows(X: ndarray, Q: ndarray, index: Int[ndarray, "m k"]) -> Float[ndarray, "m k"]:
    return np.stack([np.sqrt(np.sum((Q - X[column]) ** 2, axis=1)) for column in index.T], axis=1)


def _smallest(D: Float[ndarray, "m n"], k: int) -> Int[ndarray, "m k"]:
    """Return the places of the k smallest entries of each row.

    They lie in the k groups of 32 with the smallest minima, and minima are much cheaper than partitions.
    """
    m, n = D.shape
    groups = n // _GROUP
    if groups <= 2 * k:
        return np.argpartition(D, k - 1, axis=1)[:, :k] if k < n else np.tile(np.arange(n), (m, 1))
    # group g holds the columns g, g + groups, g + 2·groups …: the minimum runs over whole rows of memory
    low = D[:, : groups * _GROUP].reshape(m, _GROUP, groups).min(axis=1)
    chosen = np.argpartition(low, k - 1, axis=1)[:, :k]
    places = (chosen[:, :, None] + groups * np.arange(_GROUP)).reshape(m, -1)
    rest = np.broadcast_to(np.arange(groups * _GROUP, n), (m, n - groups * _GROUP))
    places = np.concatenate([places, rest], axis=1)
    among = np.argpartition(np.take_along_axis(D, places, 1), k - 1, axis=1)[:, :k]
    return np.take_along_axis(places, among, 1)


@dataclass(frozen=True, slots=True)
class KDTree:
    """Points ordered so that every node is a slice; node i has the children 2i + 1 and 2i + 2."""

    X: Float[ndarray, "n d"]
    order: Int[ndarray, " n"]
    low: Float[ndarray, "nodes d"]
    high: Float[ndarray, "nodes d"]
    bounds: Int[ndarray, "nodes 2"]

    def nearest(self, Q: Float[ndarray, "m d"], k: int) -> tuple[Float[ndarray, "m k"], Int[ndarray, "m k"]]:
        """Return distances and numbers of the k points nearest to each row of Q, nearest first."""
        best = np.full((len(Q), k), np.inf)
        index = np.zeros((len(Q), k), np.intp)
        self._visit(0, np.arange(len(Q)), Q, best, index)
        return np.sqrt(best), index

    def _visit(self, node: int, who: Int[ndarray, " q"], Q: ndarray, best: ndarray, index: ndarray) -> None:
        """Let the queries `who` look at a node, the nearer child first."""
        first, last = self.bounds[node]
        if 2 * node + 1 >= len(self.bounds):
            D = np.sum((Q[who, None, :] - self.X[first:last]) ** 2, axis=2)
            D = np.concatenate([best[who], D], axis=1)
            I = np.concatenate([index[who], np.broadcast_to(self.order[first:last], (len(who), last - first))], axis=1)
            keep = np.lexsort((I, D), axis=1)[:, : best.shape[1]]
            best[who], index[who] = np.take_along_axis(D, keep, 1), np.take_along_axis(I, keep, 1)
            return
        left, right = 2 * node + 1, 2 * node + 2
        to_left, to_right = self._distance(left, Q[who]), self._distance(right, Q[who])
        for child, nearer in ((left, to_left <= to_right), (right, to_left > to_right)):
            if nearer.any():
                self._visit(child, who[nearer], Q, best, index)
        for child, farther, gap in ((left, to_left > to_right, to_left), (right, to_left <= to_right, to_right)):
            still = farther & (gap <= best[who, -1])
            if still.any():
                self._visit(child, who[still], Q, best, index)

    def _distance(self, node: int, Q: Float[ndarray, "q d"]) -> Float[ndarray, " q"]:
        """Return squared distances from queries to a node's box."""
        gap = np.maximum(np.maximum(self.low[node] - Q, Q - self.high[node]), 0)
        return np.einsum("qd,qd->q", gap, gap)


def build_tree(X: Float[ndarray, "n d"]) -> KDTree:
    """Return the kd-tree of the rows of X, with at most 64 points in a leaf."""
    depth = max(0, int(np.ceil(np.log2(max(1, len(X) / _LEAF)))))
    nodes = 2 ** (depth + 1) - 1
    order, bounds = np.arange(len(X)), np.zeros((nodes, 2), np.intp)
    low, high = np.empty((nodes, X.shape[1])), np.empty((nodes, X.shape[1]))
    bounds[0] = 0, len(X)
    for node in range(nodes):
        first, last = bounds[node]
        points = X[order[first:last]]
        low[node], high[node] = points.min(axis=0), points.max(axis=0)
        if 2 * node + 1 < nodes:
            middle = (last - first) // 2
            widest = int((high[node] - low[node]).argmax())
            part = np.argpartition(points[:, widest], middle)
            order[first:last] = order[first:last][part]
            bounds[2 * node + 1] = first, first + middle
            bounds[2 * node + 2] = first + middle, last
    return KDTree(X[order], order, low, high, bounds)
