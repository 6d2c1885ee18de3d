r"""Gradient clipping: keep one bad batch from throwing the parameters away.

By norm, \(g \leftarrow g \min(1, c/\lVert g\rVert)\), keeps the direction; by value cuts each entry to [−c, c].
Recurrent networks need it: their gradients can grow as powers of a matrix.
"""

import math

import numpy as np

from glideslope.nn.module import Module, flatten

__all__ = ["clip_by_norm", "clip_by_value"]


def clip_by_norm(model: Module, largest: float) -> float:
    r"""Shrink all gradients together so that their norm is at most c, and return the norm they had.

    Args:
        model: after `backward`.
        largest: c.

    Accuracy: shrinks by c/(norm + 1e-6), as torch does.

    Source: [pascanu2013, algorithm 1]

    Example:
        >>> from glideslope.nn import Linear
        >>> model = Linear(2, 1, rng=np.random.default_rng(0))
        >>> model(np.array([[2.0, 2.0]])).sum().backward()
        >>> clip_by_norm(model, 1.0)  # the gradient was (2, 2, 1)
        3.0
    """
    g = flatten(model).gradients
    norm = math.sqrt(float(np.dot(g, g)))
    if norm > largest:
        g *= largest / (norm + 1e-6)
    return norm


def clip_by_value(model: Module, largest: float) -> None:
    r"""Cut each entry of the gradient to [−c, c].

    Args:
        model: after `backward`.
        largest: c.

    Example:
        >>> from glideslope.nn import Linear
        >>> model = Linear(2, 1, rng=np.random.default_rng(0))
        >>> model(np.array([[2.0, -3.0]])).sum().backward()
        >>> clip_by_value(model, 1.0); model.W.grad.ravel().tolist()
        [1.0, -1.0]
    """
    g = flatten(model).gradients
    np.clip(g, -largest, largest, out=g)
