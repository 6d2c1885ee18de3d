r"""Who is nearest: all distances by one matrix product, or a kd-tree that leaves most of them out.

Brute force: $\|q - x\|^2 = \|q\|^2 - 2 q^\top x + \|x\|^2$, a block of queries at a time.
kd-tree: halve the points by the median of their widest coordinate, again and again; a query skips each half that lies
farther away than the k-th neighbour it already has. It pays in few dimensions (d below about 10).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from glideslope._typing import Float, Int, ndarray
from glideslope.learn._twins import with_twin

_GROUP = 32
_LEAF = 32


def nearest_brute(
    X: Float[ndarray, "n d"], Q: Float[ndarray, "m d"], k: int
) -> tuple[Float[ndarray, "m k"], Int[ndarray, "m k"]]:
    """Return distances and numbers of the k rows of X nearest to each row of Q, nearest first.

    Products in float32 take half the time of float64. Their error is bounded, so they name all rows that can be among
    the nearest; distances in full precision decide.
    """
    origin = X.mean(axis=0)  # distances do not change, and lose no digits to a far-away origin
    X, Q = X - origin, Q - origin
    distance, index = np.empty((len(Q), k), X.dtype), np.empty((len(Q), k), np.intp)
    step = max(1, 2**21 // (len(X) + _GROUP))  # 8 MB of products at a time
    starts = range(0, len(Q), step)
    for i, (row, column) in zip(starts, _candidates(X, Q, k, step), strict=True):
        exact = np.sqrt(_squares(X, Q[i : i + step], row, column))
        order = np.lexsort((column, exact, row))
        first = np.searchsorted(row, np.arange(len(Q[i : i + step])))  # `row` ascends: each query's best come first
        best = order[first[:, None] + np.arange(k)]
        distance[i : i + step], index[i : i + step] = exact[best], column[best]
    return distance, index


def _candidates(
    X: Float[ndarray, "n d"], Q: Float[ndarray, "m d"], k: int, step: int
) -> Iterator[tuple[Int[ndarray, " c"], Int[ndarray, " c"]]]:
    """Yield, for `step` queries at a time, pairs (query, row of X) that hold the k nearest of each query."""
    (n, d), unit = X.shape, max(float(np.abs(X).max()), float(np.abs(Q).max())) or 1.0
    groups = -(-n // _GROUP)
    half = np.einsum("nd,nd->n", X / unit, X / unit) / 2
    # one product gives ½‖x‖² − qᵀx, ½‖q‖² being the same for all x; rows that fill the last group are infinitely far
    X1 = np.zeros((d + 1, groups * _GROUP), np.float32)
    X1[:d, :n], X1[d] = (X / unit).T, np.inf
    X1[d, :n] = half
    Q1 = np.column_stack([-Q / unit, np.ones(len(Q))]).astype(np.float32)
    length = float(np.sqrt(2 * half.max()))
    # d + 6 roundings of 2⁻²⁴ on sums of at most ‖q‖‖x‖ + ½‖x‖², and what falls below float32's smallest number
    error = (d + 6) * 2.0**-24 * length * (np.linalg.norm(Q / unit, axis=1) + length / 2) + 1e-37
    for i in range(0, len(Q), step):
        yield _below(Q1[i : i + step] @ X1, k, 2 * error[i : i + step])


def _below(
    D: Float[ndarray, "m n"], k: int, slack: Float[ndarray, " m"]
) -> tuple[Int[ndarray, " c"], Int[ndarray, " c"]]:
    """Return the places of all entries up to the k-th smallest of their row plus `slack`, and some more.

    The k-th smallest minimum of groups of 32 is no less than the k-th smallest entry, and much cheaper to find.
    """
    m, groups = len(D), D.shape[1] // _GROUP
    # group g holds the columns g, g + groups, g + 2·groups …: the minimum runs over whole rows of memory
    low = D.reshape(m, _GROUP, groups).min(axis=1)
    bound = np.full(m, np.finfo(np.float32).max) if groups < k else np.partition(low, k - 1, axis=1)[:, k - 1]
    bound = (bound + slack).astype(np.float32)
    row, group = np.nonzero(low <= bound[:, None])
    column = group[:, None] + groups * np.arange(_GROUP)
    near, member = np.nonzero(D[row[:, None], column] <= bound[row, None])
    return row[near], column[near, member]


def _squares(
    X: Float[ndarray, "n d"], Q: Float[ndarray, "m d"], row: Int[ndarray, " c"], column: Int[ndarray, " c"]
) -> Float[ndarray, " c"]:
    """Return ‖q − x‖² of the given pairs, 4096 at a time: temporaries stay in the cache."""
    out = np.empty(len(row), X.dtype)
    for i in range(0, len(row), 4096):
        R = Q[row[i : i + 4096]] - X[column[i : i + 4096]]
        np.einsum("cd,cd->c", R, R, out=out[i : i + 4096])
    return out


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
        best, index = np.full((len(Q), k), np.inf), np.zeros((len(Q), k), np.intp)
        search(self.X, self.order, self.low, self.high, self.bounds, Q, best, index)
        return np.sqrt(best), index


@with_twin
def search(
    points: Float[ndarray, "n d"],
    order: Int[ndarray, " n"],
    low: Float[ndarray, "nodes d"],
    high: Float[ndarray, "nodes d"],
    bounds: Int[ndarray, "nodes 2"],
    Q: Float[ndarray, "m d"],
    best: Float[ndarray, "m k"],
    index: Int[ndarray, "m k"],
) -> None:
    """Fill `best` with the squared distances of each query's k nearest points and `index` with their numbers.

    All queries walk down the tree together: a node asks all of them at once which child is nearer.
    """

    def visit(node: int, who: Int[ndarray, " q"]) -> None:
        """Let the queries `who` look at a node, the nearer child first."""
        first, last = bounds[node]
        if 2 * node + 1 >= len(bounds):
            D = np.sum((Q[who, None, :] - points[first:last]) ** 2, axis=2)
            D = np.concatenate([best[who], D], axis=1)
            I = np.concatenate([index[who], np.broadcast_to(order[first:last], (len(who), last - first))], axis=1)
            keep = np.lexsort((I, D), axis=1)[:, : best.shape[1]]
            best[who], index[who] = np.take_along_axis(D, keep, 1), np.take_along_axis(I, keep, 1)
            return
        left, right = 2 * node + 1, 2 * node + 2
        to_left, to_right = to_box(left, Q[who]), to_box(right, Q[who])
        for child, nearer in ((left, to_left <= to_right), (right, to_left > to_right)):
            if nearer.any():
                visit(child, who[nearer])
        for child, farther, gap in ((left, to_left > to_right, to_left), (right, to_left <= to_right, to_right)):
            still = farther & (gap <= best[who, -1])
            if still.any():
                visit(child, who[still])

    def to_box(node: int, Q: Float[ndarray, "q d"]) -> Float[ndarray, " q"]:
        """Return squared distances from queries to a node's box."""
        gap = np.maximum(np.maximum(low[node] - Q, Q - high[node]), 0)
        return np.einsum("qd,qd->q", gap, gap)

    visit(0, np.arange(len(Q)))


def build_tree(X: Float[ndarray, "n d"]) -> KDTree:
    """Return the kd-tree of the rows of X, with at most `_LEAF` points in a leaf."""
    depth = max(0, int(np.ceil(np.log2(max(1, len(X) / _LEAF)))))
    nodes = 2 ** (depth + 1) - 1
    order, bounds = np.arange(len(X)), np.zeros((nodes, 2), np.intp)
    low, high = np.empty((nodes, X.shape[1])), np.empty((nodes, X.shape[1]))
    bounds[0] = 0, len(X)
    grow(X, order, low, high, bounds)
    return KDTree(X[order], order, low, high, bounds)


@with_twin
def grow(
    X: Float[ndarray, "n d"],
    order: Int[ndarray, " n"],
    low: Float[ndarray, "nodes d"],
    high: Float[ndarray, "nodes d"],
    bounds: Int[ndarray, "nodes 2"],
) -> None:
    """Halve node after node: order the points, and fill in each node's slice and the box around its points."""
    columns = np.ascontiguousarray(X.T)
    for node in range(len(bounds)):
        first, last = bounds[node]
        points = columns[:, order[first:last]]
        low[node], high[node] = points.min(axis=1), points.max(axis=1)
        if 2 * node + 1 < len(bounds):
            middle = (last - first) // 2
            widest = int((high[node] - low[node]).argmax())
            part = np.argpartition(points[widest], middle)
            order[first:last] = order[first:last][part]
            bounds[2 * node + 1] = first, first + middle
            bounds[2 * node + 2] = first + middle, last
