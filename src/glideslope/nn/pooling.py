r"""Pooling: summarise each k×k patch of a picture by its largest or its mean value.

\(z_{i,j} = \max_{u,v<k} x_{ki+u,\,kj+v}\), or the mean. It halves the resolution (k = 2), and with it the cost of what follows,
and makes the answer indifferent to small shifts.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from glideslope._typing import ndarray
from glideslope.autograd import Tensor, op, ops
from glideslope.autograd.buffers import empty_like
from glideslope.autograd.tensor import Pullback
from glideslope.errors import ShapeError
from glideslope.nn import _fused
from glideslope.nn.module import Module

__all__ = ["AvgPool2d", "Flatten", "MaxPool2d", "avg_pool2d", "max_pool2d"]


@op
def max_pool2d(x: Any, *, k: int = 2) -> tuple[Any, Pullback]:
    r"""Keep the largest entry of each k×k patch; its gradient goes to that entry, the first one if several are equal.

    Args:
        x: shape (n, c, height, width); rows and columns beyond a multiple of k are ignored.
        k: side of a patch and step between patches, in pixels.

    Example:
        >>> max_pool2d(np.arange(16.0).reshape(1, 1, 4, 4)).value[0, 0]
        array([[ 5.,  7.],
               [13., 15.]])
    """
    x = np.asarray(x)
    _check(x, k)
    if k == 2 and _fused.serves(x):
        return _fused.max_pool2x2(x)
    parts = list(_parts(x, k))
    z = empty_like(parts[0])
    z[...] = parts[0]
    for part in parts[1:]:
        np.maximum(z, part, out=z)

    def pull(g: ndarray) -> ndarray:
        gx = np.zeros_like(x)
        free = np.ones_like(z, bool)
        for part, g_part in zip(parts, _parts(gx, k), strict=True):
            wins = (part == z) & free
            np.multiply(g, wins, out=g_part)
            free &= ~wins
        return gx

    return z, pull


@op
def avg_pool2d(x: Any, *, k: int = 2) -> tuple[Any, Pullback]:
    r"""Average each k×k patch; its gradient is shared equally.

    Args:
        x: shape (n, c, height, width); rows and columns beyond a multiple of k are ignored.
        k: side of a patch and step between patches, in pixels.

    Example:
        >>> avg_pool2d(np.arange(16.0).reshape(1, 1, 4, 4)).value[0, 0]
        array([[ 2.5,  4.5],
               [10.5, 12.5]])
    """
    x = np.asarray(x)
    _check(x, k)
    z = sum(_parts(x, k)) / k**2

    def pull(g: ndarray) -> ndarray:
        gx = np.zeros_like(x)
        for g_part in _parts(gx, k):
            g_part[...] = g / k**2
        return gx

    return z, pull


class MaxPool2d(Module):
    """Keep the largest entry of each k×k patch.

    Example:
        >>> MaxPool2d(2)(np.zeros((1, 6, 28, 28))).shape
        (1, 6, 14, 14)
    """

    def __init__(self, k: int = 2) -> None:
        self.k = k

    def forward(self, x: Any) -> Tensor:
        """Return the maxima, shape (n, c, height // k, width // k)."""
        return max_pool2d(x, k=self.k)


class AvgPool2d(Module):
    """Average each k×k patch.

    Example:
        >>> AvgPool2d(2)(np.zeros((1, 6, 28, 28))).shape
        (1, 6, 14, 14)
    """

    def __init__(self, k: int = 2) -> None:
        self.k = k

    def forward(self, x: Any) -> Tensor:
        """Return the means, shape (n, c, height // k, width // k)."""
        return avg_pool2d(x, k=self.k)


class Flatten(Module):
    """Make one row of each picture: (n, c, height, width) becomes (n, c·height·width).

    Example:
        >>> Flatten()(np.zeros((2, 3, 4, 4))).shape
        (2, 48)
    """

    def forward(self, x: Any) -> Tensor:
        """Return the rows."""
        shape = np.shape(x)
        return ops.reshape(x, shape=(shape[0], int(np.prod(shape[1:]))))


def _parts(x: ndarray, k: int) -> Iterator[ndarray]:
    """The k² views that hold one corner of every patch each."""
    height, width = x.shape[2] // k * k, x.shape[3] // k * k
    return (x[:, :, u:height:k, v:width:k] for u in range(k) for v in range(k))


def _check(x: ndarray, k: int) -> None:
    if x.ndim != 4 or min(x.shape[2:]) < k:
        raise ShapeError(
            f"Pooling expected pictures of shape (n, c, height, width) with at least {k}×{k} pixels, got {x.shape}: "
            "reshape them, or pool less often."
        )
