r"""Activations: the bends between linear maps, without which any depth is one matrix.

ReLU \(\max(x, 0)\) is the cheapest; tanh and sigmoid saturate and serve as gates and squashing functions;
GELU and SiLU are smooth relatives of ReLU, used in Transformers.
"""

from typing import Any

import numpy as np

from glideslope._typing import ndarray
from glideslope.autograd import Tensor, op, ops
from glideslope.autograd.buffers import empty_like
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

    Lesson: transformer-and-tiny-gpt
    """
    x = np.asarray(x)
    if _fused.serves(x):
        return _fused.gelu(x)
    p, p_slope = _logistic(2 * ROOT * (x + CUBIC * (x * x * x)))

    def pull(g: ndarray) -> Any:
        slope_2u = 2 * ROOT * (1 + 3 * CUBIC * (x * x))
        return g * (p + x * slope_2u * p_slope)

    return x * p, pull


@op
def silu(x: Any) -> tuple[Any, Pullback]:
    r"""Gated identity: \(z = x\,\sigma(x)\), \(\bar x = \bar z\,[s + z(1 - s)]\) with \(s = \sigma(x)\).

    Example:
        >>> silu([0.0])
        Tensor([0.], op='silu')

    Lesson: transformer-and-tiny-gpt
    """
    x = np.asarray(x)
    s, slope = _logistic(x)
    return x * s, lambda g: g * (s + x * slope)


@op
def softplus(x: Any) -> tuple[Any, Pullback]:
    r"""Positive and smooth: \(z = \ln(1 + e^x)\), \(\bar x = \bar z\,\sigma(x)\); safe for |x| up to 10 000.

    Example:
        >>> softplus([1000.0])
        Tensor([1000.], op='softplus')

    Lesson: autoencoder-and-vae
    """
    x = np.asarray(x)
    positive = x.real > 0
    z = np.where(positive, x, 0) + np.log1p(np.exp(np.where(positive, -x, x)))
    return z, lambda g: g * (0.5 + 0.5 * np.tanh(0.5 * x))


class ReLU(Module):
    r"""Apply \(\max(x, 0)\) to each entry.

    Example:
        >>> ReLU()(np.array([-1.0, 2.0]))
        Tensor([0., 2.], op='relu')

    Lesson: multilayer-perceptron
    """

    def forward(self, x: Any) -> Tensor:
        """Return the rectified input."""
        return ops.relu(x)


class Tanh(Module):
    r"""Apply \(\tanh x\) to each entry.

    Example:
        >>> Tanh()(np.array([0.0]))
        Tensor([0.], op='tanh')

    Lesson: multilayer-perceptron
    """

    def forward(self, x: Any) -> Tensor:
        """Return the squashed input, in (−1, 1)."""
        return ops.tanh(x)


class Sigmoid(Module):
    r"""Apply \(1/(1 + e^{-x})\) to each entry.

    Example:
        >>> Sigmoid()(np.array([0.0]))
        Tensor([0.5], op='sigmoid')

    Lesson: multilayer-perceptron
    """

    def forward(self, x: Any) -> Tensor:
        """Return the squashed input, in (0, 1)."""
        return ops.sigmoid(x)


class GELU(Module):
    r"""Apply the smooth rectifier `gelu` to each entry.

    Example:
        >>> GELU()(np.array([0.0]))
        Tensor([0.], op='gelu')

    Lesson: transformer-and-tiny-gpt
    """

    def forward(self, x: Any) -> Tensor:
        """Return the activated input."""
        return gelu(x)


class SiLU(Module):
    r"""Apply the gated identity `silu` to each entry.

    Example:
        >>> SiLU()(np.array([0.0]))
        Tensor([0.], op='silu')

    Lesson: transformer-and-tiny-gpt
    """

    def forward(self, x: Any) -> Tensor:
        """Return the activated input."""
        return silu(x)


def _logistic(a: Any) -> tuple[ndarray, ndarray]:
    r"""\(p = \sigma(a)\) and its slope \(p(1 - p)\), each with a small relative error: nothing cancels or overflows.

    With \(e = \exp(-|a|)\): p is 1/(1 + e) for a > 0, else e/(1 + e), and the slope e/(1 + e)² either way.
    """
    a = np.asarray(a)
    dtype = np.result_type(a, 0.5)  # integers become float64
    e, near_one, p = (empty_like(a, dtype) for _ in range(3))
    np.exp(np.minimum(a, np.negative(a, out=p), out=e), out=e)  # the smaller of a and −a is −|a|, for complex a too
    np.divide(1, np.add(e, 1, out=near_one), out=near_one)
    np.maximum(e, a.real > 0, out=p)  # 1 or e; np.where takes ten times as long
    p *= near_one
    e *= near_one
    e *= near_one
    return p, e
