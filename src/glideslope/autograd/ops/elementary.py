r"""Functions of one entry at a time: \(z_i = f(x_i)\), so \(\bar x_i = \bar z_i\, f'(x_i)\).

Wherever f' can be written with z, it is: the output is already there.
All accept complex arrays and extend f analytically, which `gradcheck(method="complex")` relies on.
"""

from typing import Any

import numpy as np

from glideslope._typing import ndarray
from glideslope.autograd.buffers import empty_like
from glideslope.autograd.tensor import Pullback, op

__all__ = ["abs", "cos", "exp", "log", "log1p", "relu", "sigmoid", "sin", "sqrt", "square", "tanh"]


@op
def exp(x: Any) -> tuple[Any, Pullback]:
    r"""Exponential: \(z = e^x\), \(\bar x = \bar z\,z\).

    Example:
        >>> exp([0.0])
        Tensor([1.], op='exp')
    """
    z = np.exp(x)
    return z, lambda g: g * z


@op
def log(x: Any) -> tuple[Any, Pullback]:
    r"""Natural logarithm: \(z = \ln x\), \(\bar x = \bar z / x\), for x > 0.

    Example:
        >>> log([1.0])
        Tensor([0.], op='log')
    """
    return np.log(x), lambda g: g / x


@op
def log1p(x: Any) -> tuple[Any, Pullback]:
    r"""Logarithm near one, without cancellation: \(z = \ln(1 + x)\), \(\bar x = \bar z / (1 + x)\).

    Example:
        >>> log1p([1e-20])
        Tensor([1.e-20], op='log1p')
    """
    return np.log1p(x), lambda g: g / (1 + x)


@op
def sqrt(x: Any) -> tuple[Any, Pullback]:
    r"""Square root: \(z = \sqrt x\), \(\bar x = \bar z / 2z\), for x > 0.

    Example:
        >>> sqrt([4.0])
        Tensor([2.], op='sqrt')
    """
    z = np.sqrt(x)
    return z, lambda g: g / (2 * z)


@op
def square(x: Any) -> tuple[Any, Pullback]:
    r"""Square: \(z = x^2\), \(\bar x = 2 \bar z\,x\).

    Example:
        >>> square([3.0])
        Tensor([9.], op='square')
    """
    return np.square(x), lambda g: 2 * g * x


@op
def sin(x: Any) -> tuple[Any, Pullback]:
    r"""Sine of an angle in radians: \(z = \sin x\), \(\bar x = \bar z \cos x\).

    Example:
        >>> sin([0.0])
        Tensor([0.], op='sin')
    """
    return np.sin(x), lambda g: g * np.cos(x)


@op
def cos(x: Any) -> tuple[Any, Pullback]:
    r"""Cosine of an angle in radians: \(z = \cos x\), \(\bar x = -\bar z \sin x\).

    Example:
        >>> cos([0.0])
        Tensor([1.], op='cos')
    """
    return np.cos(x), lambda g: -g * np.sin(x)


@op
def abs(x: Any) -> tuple[Any, Pullback]:
    r"""Absolute value: \(z = |x|\), \(\bar x = \bar z\,\mathrm{sign}\,x\), and 0 at x = 0.

    Example:
        >>> abs([-2.0, 3.0])
        Tensor([2., 3.], op='abs')
    """
    sign = np.sign(np.real(x))
    return np.multiply(x, sign), lambda g: g * sign


@op
def tanh(x: Any) -> tuple[Any, Pullback]:
    r"""Hyperbolic tangent: \(z = \tanh x\), \(\bar x = \bar z (1 - z^2)\).

    Example:
        >>> tanh([0.0])
        Tensor([0.], op='tanh')
    """
    x = np.asarray(x)
    z = np.tanh(x, out=empty_like(x)) if x.dtype.kind in "fc" else np.tanh(x)
    return z, lambda g: g * (1 - z * z)


@op
def sigmoid(x: Any) -> tuple[Any, Pullback]:
    r"""Logistic function: \(z = 1/(1 + e^{-x})\), \(\bar x = \bar z\,z(1 - z)\).

    Accuracy: a few roundings of z and of the slope, however small they are.

    Example:
        >>> sigmoid([0.0, -1000.0])
        Tensor([0.5, 0. ], op='sigmoid')
    """
    z, slope = logistic(x)
    return z, lambda g: g * slope


@op
def relu(x: Any) -> tuple[Any, Pullback]:
    r"""Rectifier: \(z = \max(x, 0)\); the gradient passes where x > 0 and stops elsewhere.

    Example:
        >>> relu([-1.0, 2.0])
        Tensor([0., 2.], op='relu')
    """
    x = np.asarray(x)
    z = np.maximum(x, 0, out=empty_like(x)) if x.dtype.kind in "fc" else np.maximum(x, 0.0)

    def pull(g: ndarray) -> ndarray:
        return np.multiply(g, z.real > 0, out=empty_like(z))

    return z, pull


def logistic(a: Any) -> tuple[ndarray, ndarray]:
    r"""\(p = \sigma(a)\) and its slope \(p(1 - p)\), each with a small relative error: nothing cancels or overflows.

    With \(e = \exp(-|a|)\): p is 1/(1 + e) for a > 0, else e/(1 + e), and the slope e/(1 + e)² either way.
    """
    a = np.asarray(a)
    dtype = np.result_type(a, 0.5)  # integers become float64
    e, near_one, p = (empty_like(a, dtype) for _ in range(3))
    np.exp(
        np.minimum(a, np.negative(a, out=p, dtype=dtype), out=e), out=e
    )  # the smaller of a and −a is −|a|, for complex a too
    np.divide(1, np.add(e, 1, out=near_one), out=near_one)
    np.maximum(e, a.real > 0, out=p)  # 1 or e; np.where takes ten times as long
    p *= near_one
    e *= near_one
    e *= near_one
    return p, e
