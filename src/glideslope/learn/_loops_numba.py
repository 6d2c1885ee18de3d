"""The compiled twins of loops in which each step needs the one before: the textbook's loop, as it stands there.

Each has the name and the contract of the plain NumPy function it replaces, which says what it computes and why.
The first call compiles it (a second or two); the result is cached on disk for the next process.
"""

# mypy: disable-error-code="no-untyped-def"

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit

_OPTIONS: dict[str, Any] = {
    "cache": True,
    "nogil": True,
    "error_model": "numpy",
    "fastmath": {"reassoc", "contract", "nsz"},  # sums may run in vector lanes; what arrives here is finite
}


def _compiled(f: Callable[..., Any]) -> Callable[..., Any]:
    """Compile f; unwrapped, because our tests wrap functions to check shapes and Numba wants the bare one."""
    return njit(**_OPTIONS)(inspect.unwrap(f))


@_compiled
def visit(X, index, order, W, eta):
    """Twin of `perceptron.visit`."""
    d, K = W.shape
    V, score, mistakes = W.T.copy(), np.empty(K, W.dtype), 0
    for i in order:
        for c in range(K):
            total = W.dtype.type(0)
            for j in range(d):
                total += X[i, j] * V[c, j]
            score[c] = total
        guess = np.argmax(score)
        if guess != index[i]:
            for j in range(d):
                V[index[i], j] += eta * X[i, j]
                V[guess, j] -= eta * X[i, j]
            mistakes += 1
    W[:] = V.T
    return mistakes


@_compiled
def grow(X, order, low, high, bounds):
    """Twin of `_neighbours.grow`."""
    nodes, d = low.shape
    for node in range(nodes):
        first, last = bounds[node, 0], bounds[node, 1]
        low[node], high[node] = X[order[first]], X[order[first]]
        for i in range(first + 1, last):
            for j in range(d):
                x = X[order[i], j]
                low[node, j], high[node, j] = min(low[node, j], x), max(high[node, j], x)
        if 2 * node + 1 < nodes:
            middle = first + (last - first) // 2
            _halve(X[:, np.argmax(high[node] - low[node])], order, first, last - 1, middle)
            bounds[2 * node + 1, 0], bounds[2 * node + 1, 1] = first, middle
            bounds[2 * node + 2, 0], bounds[2 * node + 2, 1] = middle, last


@_compiled
def _halve(x, order, left, right, middle):
    """Order a slice so that no x before `middle` is larger than one behind it (quickselect)."""
    while left < right:
        pivot, i, j = x[order[(left + right) // 2]], left, right
        while i <= j:
            while x[order[i]] < pivot:
                i += 1
            while x[order[j]] > pivot:
                j -= 1
            if i <= j:
                order[i], order[j] = order[j], order[i]
                i, j = i + 1, j - 1
        if middle > j and middle < i:
            return
        if middle <= j:
            right = j
        else:
            left = i


@_compiled
def search(points, order, low, high, bounds, Q, best, index):
    """Twin of `_neighbours.search`: one query at a time, down the nearer side first."""
    k, d = best.shape[1], Q.shape[1]
    todo, gaps = np.empty(64, np.intp), np.empty(64)
    for i in range(len(Q)):
        q, top = Q[i], 1
        todo[0], gaps[0] = 0, 0.0
        while top:
            top -= 1
            node = todo[top]
            if gaps[top] > best[i, k - 1]:
                continue
            if 2 * node + 1 >= len(bounds):
                for row in range(bounds[node, 0], bounds[node, 1]):
                    square = 0.0
                    for j in range(d):
                        square += (q[j] - points[row, j]) ** 2
                    _insert(best[i], index[i], square, order[row])
                continue
            left, right = _gap(low, high, 2 * node + 1, q), _gap(low, high, 2 * node + 2, q)
            nearer = 2 * node + 1 if left <= right else 2 * node + 2
            todo[top], gaps[top] = 4 * node + 3 - nearer, max(left, right)  # the other child waits
            todo[top + 1], gaps[top + 1] = nearer, min(left, right)
            top += 2


@_compiled
def _gap(low, high, node, q):
    """Return the squared distance from q to a node's box."""
    total = 0.0
    for j in range(len(q)):
        out = max(low[node, j] - q[j], q[j] - high[node, j], 0.0)
        total += out * out
    return total


@_compiled
def _insert(best, index, square, row):
    """Put a row among the k nearest, which stay sorted by distance, then by row."""
    at = len(best)
    while at and (square < best[at - 1] or (square == best[at - 1] and row < index[at - 1])):
        at -= 1
    for j in range(len(best) - 1, at, -1):
        best[j], index[j] = best[j - 1], index[j - 1]
    if at < len(best):
        best[at], index[at] = square, row


@_compiled
def spanning_tree(X):
    """Twin of `agglomerative.spanning_tree`: the outsiders in vector lanes."""
    n, d = X.shape
    outside, columns = np.arange(1, n), X.T[:, 1:].copy()
    square, by, joins, newest = np.full(n - 1, np.inf), np.zeros(n - 1, np.intp), np.empty((n - 1, 3)), 0
    to_newest = np.empty(n - 1)
    for left in range(n - 1, 0, -1):
        to_newest[:left] = 0.0
        for j in range(d):
            x, column = X[newest, j], columns[j]
            for c in range(left):
                to_newest[c] += (column[c] - x) ** 2
        for c in range(left):
            nearer = to_newest[c] < square[c]
            square[c], by[c] = (to_newest[c], newest) if nearer else (square[c], by[c])
        at = np.argmin(square[:left])
        newest, step = outside[at], n - 1 - left
        joins[step, 0], joins[step, 1], joins[step, 2] = by[at], newest, np.sqrt(square[at])
        outside[at], square[at], by[at] = outside[left - 1], square[left - 1], by[left - 1]
        for j in range(d):
            columns[j, at] = columns[j, left - 1]
    return joins


@_compiled
def distances(X):
    """Twin of `agglomerative.distances`: row by row, the other samples in vector lanes."""
    n, d = X.shape
    columns, D = X.T.copy(), np.zeros((n, n))
    for i in range(n):
        row = D[i]
        for j in range(d):
            x, column = X[i, j], columns[j]
            for c in range(n):
                row[c] += (column[c] - x) ** 2
        for c in range(n):
            row[c] = np.sqrt(row[c])
        row[i] = np.inf
    return D


@_compiled
def join(D, linkage):
    """Twin of `agglomerative.join`."""
    n = len(D)
    size, alive, joins = np.ones(n), np.ones(n, np.bool_), np.empty((n - 1, 3))
    chain, length, first = np.empty(n, np.intp), 0, 0
    complete, average = linkage == "complete", linkage == "average"
    for step in range(n - 1):
        if length == 0:
            while not alive[first]:
                first += 1
            chain[0], length = first, 1
        while True:
            a = chain[length - 1]
            b = _nearest(D[a], alive)
            if length > 1 and D[a, chain[length - 2]] <= D[a, b]:
                b = chain[length - 2]
                break
            chain[length] = b
            length += 1
        length -= 2
        ab = D[a, b]
        joins[step, 0], joins[step, 1], joins[step, 2] = a, b, ab
        alive[a] = False
        for c in range(n):
            if not alive[c] or c == b:
                continue
            ac, bc = D[a, c], D[b, c]
            if complete:
                joined = max(ac, bc)
            elif average:
                joined = (size[a] * ac + size[b] * bc) / (size[a] + size[b])
            else:
                square = (size[a] + size[c]) * ac**2 + (size[b] + size[c]) * bc**2 - size[c] * ab**2
                joined = np.sqrt(max(square / (size[a] + size[b] + size[c]), 0.0))
            D[b, c], D[c, b] = joined, joined
        size[b] += size[a]
    return joins


@_compiled
def _nearest(distance, alive):
    best = -1
    for c in range(len(distance)):
        if alive[c] and (best < 0 or distance[c] < distance[best]):
            best = c
    return best
