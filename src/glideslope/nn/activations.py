r"""Activations: the bends between linear maps, without which any depth is one matrix.

ReLU \(\max(x, 0)\) is the cheapest; tanh and sigmoid saturate and serve as gates and squashing functions;
GELU and SiLU are smooth relatives of ReLU, used in Transformers.
"""

from typing import Any

import numpy as np

from glideslope.autograd import Tensor, op, ops
from glideslope.autograd.ops.elementary import logistic
from glideslope.autograd.tensor import Pullback
from glideslope.nn import _fused
from glideslope.nn.module import Module

__all__ = ["GELU", "ReLU", "SiLU", "Sigmoid", "Tanh", "gelu", "silu", "softplus"]

ROOT = float(np.sqrt(2 / np.pi))
CUBIC = 0.044715


@op
def gelu(x: Any) -> tuple[Any, Pullback]:
    r"""Smooth rectifier: \(z = x p\), \(p = \sigma(2u) = \tfrac12(1 + \tanh u)\), \(u = \sqrt{2/\pi}\,(x + 0.044715x^3)\).

    \(\bar x = \bar z\,[p + 2x u'(x)\,p(1 - p)]\).

    Accuracy: within 5e-4 of \(x\Phi(x)\), the product with the normal distribution function. The form with tanh would
    lose digits: for large |u| both 1 + tanh u and 1 − tanh² u cancel, and the slope multiplies what is left by \(x^3\).

    Source: [hendrycks2016, section 2]

    Example:
        >>> gelu([0.0, 10.0])
        Tensor([ 0., 10.], op='gelu')
    """
    x = np.asarray(x)
    if _fused.serves(x):
        return _fused.gelu(x)
    square = x * x
    p, slope = logistic(2 * ROOT * x * (1 + CUBIC * square))
    slope *= 2 * ROOT * x * (1 + 3 * CUBIC * square)
    slope += p
    return x * p, lambda g: g * slope


@op
def silu(x: Any) -> tuple[Any, Pullback]:
    r"""Gated identity: \(z = x\,\sigma(x)\), \(\bar x = \bar z\,[s + z(1 - s)]\) with \(s = \sigma(x)\).

    Example:
        >>> silu([0.0])
        Tensor([0.], op='silu')
    """
    x = np.asarray(x)
    s, slope = logistic(x)
    slope *= x
    slope += s
    return x * s, lambda g: g * slope


@op
def softplus(x: Any) -> tuple[Any, Pullback]:
    r"""Positive and smooth: \(z = \ln(1 + e^x)\), \(\bar x = \bar z\,\sigma(x)\); safe for |x| up to 10 000.

    Example:
        >>> softplus([1000.0])
        Tensor([1000.], op='softplus')
    """
    x = np.asarray(x)
    positive = x.real > 0
    z = np.where(positive, x, 0) + np.log1p(np.exp(np.where(positive, -x, x)))
    return z, lambda g: g * logistic(x)[0]


class ReLU(Module):
    r"""Apply \(\max(x, 0)\) to each entry.

    Example:
        >>> ReLU()(np.array([-1.0, 2.0]))
        Tensor([0., 2.], op='relu')
    """

    def forward(self, x: Any) -> Tensor:
        """Return the rectified input."""
        return ops.relu(x)


class Tanh(Module):
    r"""Apply \(\tanh x\) to each entry.

    Example:
        >>> Tanh()(np.array([0.0]))
        Tensor([0.], op='tanh')
    """

    def forward(self, x: Any) -> Tensor:
        """Return the squashed input, in (−1, 1)."""
        return ops.tanh(x)


class Sigmoid(Module):
    r"""Apply \(1/(1 + e^{-x})\) to each entry.

    Example:
        >>> Sigmoid()(np.array([0.0]))
        Tensor([0.5], op='sigmoid')
    """

    def forward(self, x: Any) -> Tensor:
        """Return the squashed input, in (0, 1)."""
        return ops.sigmoid(x)


class GELU(Module):
    r"""Apply the smooth rectifier `gelu` to each entry.

    Example:
        >>> GELU()(np.array([0.0]))
        Tensor([0.], op='gelu')
    """

    def forward(self, x: Any) -> Tensor:
        """Return the activated input."""
        return gelu(x)


class SiLU(Module):
    r"""Apply the gated identity `silu` to each entry.

    Example:
        >>> SiLU()(np.array([0.0]))
        Tensor([0.], op='silu')
    """

    def forward(self, x: Any) -> Tensor:
        """Return the activated input."""
        return silu(x)
