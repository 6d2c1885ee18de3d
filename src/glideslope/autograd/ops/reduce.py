r"""Many entries into one: sums, means, maxima, and the softmax family.

A sum copies its gradient to every term. With \(p = \mathrm{softmax}(x)\), \(\mathrm{logsumexp}\) has the gradient p,
and softmax itself \(\bar x = p \odot (\bar z - \langle \bar z, p\rangle)\): its Jacobian is \(\mathrm{diag}(p) - pp^\top\).
Every exponential is shifted by the maximum, so that logits of ±10 000 are safe.
"""

from typing import Any

import numpy as np

from glideslope._typing import ndarray
from glideslope.autograd.tensor import Pullback, op

__all__ = ["log_softmax", "logsumexp", "max", "mean", "softmax", "sum"]

Axis = int | tuple[int, ...] | None


@op
def sum(x: Any, *, axis: Axis = None, keepdims: bool = False) -> tuple[Any, Pullback]:
    r"""Sum over `axis`: \(z = \sum_i x_i\), \(\bar x_i = \bar z\).

    Example:
        >>> sum([[1.0, 2.0], [3.0, 4.0]], axis=0)
        Tensor([4., 6.], op='sum')
    """
    x = np.asarray(x)
    return x.sum(axis=axis, keepdims=keepdims), lambda g: np.broadcast_to(_unreduce(g, x, axis), x.shape)


@op
def mean(x: Any, *, axis: Axis = None, keepdims: bool = False) -> tuple[Any, Pullback]:
    r"""Mean over `axis`: \(z = \frac1n\sum_i x_i\), \(\bar x_i = \bar z / n\).

    Example:
        >>> mean([[1.0, 2.0], [3.0, 4.0]], axis=0)
        Tensor([2., 3.], op='mean')
    """
    x = np.asarray(x)
    z = x.mean(axis=axis, keepdims=keepdims)
    n = x.size // (np.size(z) or 1)
    return z, lambda g: np.broadcast_to(_unreduce(g / n, x, axis), x.shape)


@op
def max(x: Any, *, axis: Axis = None, keepdims: bool = False) -> tuple[Any, Pullback]:
    r"""Largest entry over `axis`; the gradient goes to it, in equal parts if several are largest.

    Example:
        >>> max([[1.0, 2.0], [3.0, 0.0]], axis=1)
        Tensor([2., 3.], op='max')
    """
    x = np.asarray(x)
    top = x.max(axis=axis, keepdims=True)

    def pull(g: ndarray) -> ndarray:
        winners = x == top
        return _unreduce(g, x, axis) * (winners / winners.sum(axis=axis, keepdims=True)).astype(g.dtype)

    return x.max(axis=axis, keepdims=keepdims), pull


@op
def logsumexp(x: Any, *, axis: int = -1, keepdims: bool = False) -> tuple[Any, Pullback]:
    r"""Smooth maximum: \(z = \ln\sum_i e^{x_i}\), \(\bar x = \bar z\,\mathrm{softmax}(x)\).

    Example:
        >>> logsumexp([1000.0, 1000.0])
        Tensor(1000.69314718, op='logsumexp')
    """
    x = np.asarray(x)
    e, total, top = _shifted_exp(x, axis)
    z = top + np.log(total)
    return z if keepdims else z.squeeze(axis), lambda g: (g if keepdims else np.expand_dims(g, axis)) * (e / total)


@op
def softmax(x: Any, *, axis: int = -1) -> tuple[Any, Pullback]:
    r"""Probabilities from logits: \(p_i = e^{x_i}/\sum_j e^{x_j}\), \(\bar x = p \odot (\bar z - \sum_j \bar z_j p_j)\).

    Example:
        >>> softmax([0.0, 0.0, -1e4])
        Tensor([0.5, 0.5, 0. ], op='softmax')
    """
    e, total, _ = _shifted_exp(np.asarray(x), axis)
    p = e / total
    return p, lambda g: p * (g - (g * p).sum(axis=axis, keepdims=True))


@op
def log_softmax(x: Any, *, axis: int = -1) -> tuple[Any, Pullback]:
    r"""Log-probabilities: \(z_i = x_i - \mathrm{logsumexp}(x)\), \(\bar x = \bar z - p \sum_j \bar z_j\).

    Example:
        >>> log_softmax([0.0, -1e4])
        Tensor([     0., -10000.], op='log_softmax')
    """
    x = np.asarray(x)
    e, total, top = _shifted_exp(x, axis)
    z = x - top - np.log(total)
    return z, lambda g: g - (e / total) * g.sum(axis=axis, keepdims=True)


def _shifted_exp(x: ndarray, axis: int) -> tuple[ndarray, ndarray, ndarray]:
    """(exp(x − top), its sum, top); a real shift changes no derivative, and −inf everywhere needs a finite one."""
    top = x.real.max(axis=axis, keepdims=True, initial=-np.inf)
    top = np.where(np.isfinite(top), top, 0).astype(x.real.dtype)
    e = np.exp(x - top)
    return e, e.sum(axis=axis, keepdims=True), top


def _unreduce(g: ndarray, x: ndarray, axis: Axis) -> ndarray:
    """Give back the reduced axes, with length one."""
    axes = range(x.ndim) if axis is None else [axis] if isinstance(axis, int) else axis
    reduced = {a % x.ndim for a in axes}
    return np.reshape(g, tuple(1 if a in reduced else length for a, length in enumerate(x.shape)))
