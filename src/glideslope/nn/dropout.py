r"""Dropout: silence a random part of the activations while training.

\(z_i = x_i m_i/(1 - p)\) with \(m_i = 0\) with probability p, else 1; the division keeps the mean, so nothing changes at test time.
Use it when a network remembers its training set; 0.1 to 0.5 are usual.
"""

from typing import Any

import numpy as np

from glideslope.autograd import Tensor
from glideslope.errors import GlideslopeError
from glideslope.nn.module import Module

__all__ = ["Dropout"]


class Dropout(Module):
    r"""Set each entry to zero with probability p, scale the others by 1/(1 − p); do nothing after `eval()`.

    Args:
        p: probability of zero, 0 ≤ p < 1.
        rng: source of the masks; its state is part of a checkpoint.

    Source: [srivastava2014, section 4]

    Example:
        >>> Dropout(0.5, rng=np.random.default_rng(0))(np.ones(4)).value.tolist()
        [2.0, 2.0, 2.0, 0.0]
    """

    def __init__(self, p: float, *, rng: np.random.Generator) -> None:
        self.p, self.rng = p, rng

    def forward(self, x: Any) -> Tensor:
        """Return the thinned input, the shape of x."""
        if not 0 <= self.p < 1:
            raise GlideslopeError(
                f"Dropout expected a probability p with 0 <= p < 1, got {self.p}: 0.1 to 0.5 are usual."
            )
        x = x if isinstance(x, Tensor) else Tensor(x)
        if not self.training or self.p == 0:
            return x
        kept = self.rng.random(x.shape, np.float32) >= self.p
        return x * (kept / (1 - self.p)).astype(x.dtype)
