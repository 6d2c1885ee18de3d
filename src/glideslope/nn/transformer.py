r"""The Transformer block: attention between positions, then a small network at each position, each added to its input.

\(X' = X + \mathrm{MHA}(\mathrm{LN}(X))\), \(Z = X' + \mathrm{gelu}(\mathrm{LN}(X')\,W_1)\,W_2\).
Normalising before each part keeps the path along the sums free, so that deep stacks train without a warm-up trick.
"""

from typing import Any

import numpy as np

from glideslope._typing import Bool, Float, ndarray
from glideslope.autograd import Tensor
from glideslope.errors import ShapeError
from glideslope.nn.activations import GELU
from glideslope.nn.attention import MultiHeadAttention
from glideslope.nn.linear import Linear
from glideslope.nn.module import Module, Sequential
from glideslope.nn.norm import LayerNorm

__all__ = ["TransformerBlock", "sinusoidal_positions"]


class TransformerBlock(Module):
    r"""Mix positions, then features, with two residual connections.

    Args:
        d: features per position.
        heads: number of heads, a divisor of d.
        hidden: width of the network at each position, 4d by default.
        rng: source of the starting weights.

    Source: [vaswani2017, section 3.1], normalised first as in [xiong2020]

    Example:
        >>> block = TransformerBlock(8, 2, rng=np.random.default_rng(0))
        >>> block(np.ones((1, 5, 8))).shape
        (1, 5, 8)
    """

    def __init__(self, d: int, heads: int, hidden: int | None = None, *, rng: np.random.Generator) -> None:
        hidden = hidden or 4 * d
        self.norm1 = LayerNorm(d)
        self.attention = MultiHeadAttention(d, heads, rng=rng)
        self.norm2 = LayerNorm(d)
        self.feed_forward = Sequential(Linear(d, hidden, rng=rng), GELU(), Linear(hidden, d, rng=rng))

    def forward(self, X: Any, mask: Bool[ndarray, "..."] | None = None) -> Tensor:
        """Return the mixed sequence, shape (n, t, d)."""
        X = X + self.attention(self.norm1(X), mask=mask)
        return X + self.feed_forward(self.norm2(X))


def sinusoidal_positions(t: int, d: int) -> Float[ndarray, "t d"]:
    r"""Give each position a fingerprint of sines and cosines, to be added to the embeddings.

    Equation: \(p_{t,2i} = \sin(t\,\omega_i)\), \(p_{t,2i+1} = \cos(t\,\omega_i)\), \(\omega_i = 10000^{-2i/d}\).

    Args:
        t: number of positions.
        d: features per position, even.

    Raises:
        ShapeError: d is odd.

    Source: [vaswani2017, section 3.5]

    Example:
        >>> sinusoidal_positions(3, 4)[0]
        array([0., 1., 0., 1.], dtype=float32)
    """
    if d % 2:
        raise ShapeError(f"sinusoidal_positions expected an even number of features, got {d}: use {d + 1}.")
    angle = np.arange(t)[:, None] * 10000.0 ** (-np.arange(0, d, 2) / d)
    return np.stack([np.sin(angle), np.cos(angle)], axis=-1).reshape(t, d).astype(np.float32)
