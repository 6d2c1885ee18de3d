r"""The fully connected layer: \(Z = XW + b\).

Each output is a weighted sum of all inputs. The gradients are \(\bar W = X^\top\bar Z\), \(\bar b = \mathbf 1^\top\bar Z\),
\(\bar X = \bar Z W^\top\). Use it wherever inputs have no neighbourhood or order worth keeping.
"""

from typing import Any

import numpy as np

from glideslope.autograd import Tensor, ops
from glideslope.nn.init import he
from glideslope.nn.module import Module

__all__ = ["Linear"]


class Linear(Module):
    r"""Map d features to k by one matrix: \(Z = XW + b\).

    Args:
        d: number of inputs.
        k: number of outputs.
        rng: source of the starting weights (He normal); the bias starts at zero.

    Example:
        >>> layer = Linear(4, 3, rng=np.random.default_rng(0))
        >>> layer(np.ones((2, 4))).shape
        (2, 3)

    Cost: 2·n·d·k operations forward, twice that backward.
    """

    def __init__(self, d: int, k: int, *, rng: np.random.Generator) -> None:
        self.W = Tensor(he((d, k), d, rng=rng), needs_grad=True, name="W")
        self.b = Tensor(np.zeros(k, np.float32), needs_grad=True, name="b")

    def forward(self, X: Any) -> Tensor:
        """Return \\(XW + b\\), shape (..., k), for X of shape (..., d)."""
        return ops.linear(X, self.W, self.b)
