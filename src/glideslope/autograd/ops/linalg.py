r"""Matrix products.

For \(Z = XW\): \(\bar X = \bar Z W^\top\) and \(\bar W = X^\top \bar Z\). The shapes leave no other choice.
These three products are where a network spends its time; everything else should cost little beside them.
"""

from typing import Any

import numpy as np

from glideslope._typing import ndarray
from glideslope.autograd.buffers import empty
from glideslope.autograd.tensor import Pullback, op
from glideslope.errors import ShapeError

__all__ = ["linear", "matmul"]


@op
def matmul(X: Any, W: Any) -> tuple[Any, Pullback]:
    r"""Multiply matrices (vectors, stacks of matrices) as NumPy's `@` does.

    Equation: \(Z = XW\), \(\bar X = \bar Z W^\top\), \(\bar W = X^\top \bar Z\).

    Raises:
        ShapeError: the inner lengths differ.

    Cost: 2·n·d·k operations forward, twice that backward.

    Example:
        >>> matmul([[1.0, 2.0]], [[3.0], [4.0]])
        Tensor([[11.]], op='matmul')
    """
    X, W = np.asarray(X), np.asarray(W)
    Z = np.matmul(X, W)

    def pull_left(g: ndarray) -> ndarray:
        if W.ndim == 1:
            return np.multiply.outer(g, W)
        g_rows = g[..., None, :] if X.ndim == 1 else g
        gX = np.matmul(g_rows, W.swapaxes(-1, -2))
        return gX.reshape(-1, *X.shape).sum(0) if X.ndim == 1 else gX

    def pull_right(g: ndarray) -> ndarray:
        if X.ndim == 1:
            return np.multiply.outer(X, g) if W.ndim <= 2 else X[:, None] * g[..., None, :]
        g_columns = g[..., None] if W.ndim == 1 else g
        gW = np.matmul(X.swapaxes(-1, -2), g_columns)
        return gW.reshape(-1, *W.shape).sum(0) if W.ndim == 1 else gW

    return Z, (pull_left, pull_right)


@op
def linear(X: Any, W: Any, b: Any) -> tuple[Any, Pullback]:
    r"""Apply one affine map to every row: the fully connected layer in one operation.

    Equation: \(Z = XW + b\); \(\bar X = \bar Z W^\top\), \(\bar W = X^\top\bar Z\), \(\bar b = \mathbf 1^\top \bar Z\).

    Args:
        X: shape (..., d).
        W: shape (d, k).
        b: shape (k,).

    Raises:
        ShapeError: X does not end in d entries.

    Cost: leading axes are merged, so that each product is one call of BLAS.

    Example:
        >>> linear([[1.0, 2.0]], [[1.0], [1.0]], [0.5])
        Tensor([[3.5]], op='linear')
    """
    X, W, b = np.asarray(X), np.asarray(W), np.asarray(b)
    d, k = W.shape
    if X.shape[-1:] != (d,):
        raise ShapeError(
            f"linear expected inputs with {d} features, got shape {X.shape}: the last axis must match W {W.shape}."
        )
    rows = X.reshape(-1, d)
    Z = np.matmul(rows, W, out=empty((len(rows), k), np.result_type(X, W, b)))
    Z += b

    def pull_left(g: ndarray) -> ndarray:
        out = empty(rows.shape, g.dtype) if g.dtype == W.dtype else None
        return np.matmul(g.reshape(-1, k), W.T, out=out).reshape(X.shape)

    def pull_b(g: ndarray) -> ndarray:
        g = g.reshape(-1, k)
        return np.ones(len(g), g.dtype) @ g  # a product with ones is faster than a sum over rows

    return Z.reshape(*X.shape[:-1], k), (pull_left, lambda g: rows.T @ g.reshape(-1, k), pull_b)
