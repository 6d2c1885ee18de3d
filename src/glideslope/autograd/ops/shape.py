r"""Operations that move entries without changing them.

Each is a linear map made of zeros and ones, so its pullback is the transpose: put every gradient back where its entry came
from, and add where an entry was used more than once.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from glideslope._typing import ndarray
from glideslope.autograd.tensor import Pullback, Tensor, op

__all__ = ["broadcast_to", "concatenate", "getitem", "pad", "reshape", "stack", "transpose"]


@op
def reshape(x: Any, *, shape: tuple[int, ...]) -> tuple[Any, Pullback]:
    """Arrange the same entries in another shape; one length may be −1.

    Example:
        >>> reshape([1.0, 2.0, 3.0, 4.0], shape=(2, -1)).shape
        (2, 2)
    """
    x = np.asarray(x)
    return x.reshape(shape), lambda g: g.reshape(x.shape)


@op
def transpose(x: Any, *, axes: tuple[int, ...] | None = None) -> tuple[Any, Pullback]:
    """Put the axes in another order, reversed by default; a view, nothing is copied.

    Example:
        >>> transpose(np.zeros((2, 3, 4)), axes=(1, 0, 2)).shape
        (3, 2, 4)
    """
    x = np.asarray(x)
    back = None if axes is None else tuple(int(a) for a in np.argsort([a % x.ndim for a in axes]))
    return x.transpose(axes), lambda g: g.transpose(back)


@op
def broadcast_to(x: Any, *, shape: tuple[int, ...]) -> tuple[Any, Pullback]:
    """Repeat along new axes and axes of length one.

    Example:
        >>> broadcast_to([1.0, 2.0], shape=(3, 2)).shape
        (3, 2)
    """
    return np.broadcast_to(x, shape), lambda g: g


@op
def getitem(x: Any, *, index: Any) -> tuple[Any, Pullback]:
    """Select entries as NumPy does; an entry selected twice receives both gradients.

    Example:
        >>> x = Tensor([1.0, 2.0], needs_grad=True)
        >>> x[[0, 0, 1]].sum().backward(); x.grad
        array([2., 1.])
    """
    x = np.asarray(x)
    basic = all(_is_basic(part) for part in (index if isinstance(index, tuple) else (index,)))

    def pull(g: ndarray) -> ndarray:
        full = np.zeros(x.shape, g.dtype)
        if basic:
            full[index] = g  # no entry can occur twice
        else:
            np.add.at(full, index, g)
        return full

    return x[index], pull


def concatenate(xs: Sequence[Any], axis: int = 0) -> Tensor:
    """Join along an existing axis; the gradient is cut at the seams.

    Example:
        >>> concatenate([[1.0], [2.0, 3.0]])
        Tensor([1., 2., 3.], op='join')
    """
    return join(*xs, axis=axis)


def stack(xs: Sequence[Any], axis: int = 0) -> Tensor:
    """Join along a new axis; each input receives its own slice of the gradient.

    Example:
        >>> stack([[1.0, 2.0], [3.0, 4.0]]).shape
        (2, 2)
    """
    return pile(*xs, axis=axis)


@op
def join(*xs: Any, axis: int) -> tuple[Any, Pullback]:
    """`concatenate` with the arrays as separate inputs."""
    seams = np.cumsum([np.shape(x)[axis] for x in xs])[:-1]
    return np.concatenate(xs, axis), lambda g: tuple(np.split(g, seams, axis))


@op
def pile(*xs: Any, axis: int) -> tuple[Any, Pullback]:
    """`stack` with the arrays as separate inputs."""
    return np.stack(xs, axis), lambda g: tuple(np.moveaxis(g, axis, 0))


@op
def pad(x: Any, *, width: Sequence[tuple[int, int]]) -> tuple[Any, Pullback]:
    """Surround with zeros: `width` gives (before, after) for each axis.

    Example:
        >>> pad([1.0, 2.0], width=[(1, 0)])
        Tensor([0., 1., 2.], op='pad')
    """
    x = np.asarray(x)
    inside = tuple(slice(before, before + length) for (before, _), length in zip(width, x.shape, strict=True))
    return np.pad(x, width), lambda g: g[inside]


def _is_basic(part: Any) -> bool:
    return part is None or part is Ellipsis or isinstance(part, int | np.integer | slice)
