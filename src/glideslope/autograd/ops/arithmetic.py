r"""Operations on pairs of arrays that broadcast.

For \(z = f(x, y)\), entry by entry, \(\bar x = \bar z \, \partial f/\partial x\) and \(\bar y = \bar z \, \partial f/\partial y\).
Where NumPy stretched an input, the engine sums its gradient over the stretched axes afterwards.
"""

from typing import Any

import numpy as np

from glideslope._typing import ndarray
from glideslope.autograd.tensor import Pullback, op

__all__ = ["add", "divide", "maximum", "minimum", "multiply", "negative", "power", "subtract", "where"]


@op
def add(x: Any, y: Any) -> tuple[Any, Pullback]:
    r"""Add: \(z = x + y\), \(\bar x = \bar z\), \(\bar y = \bar z\).

    Example:
        >>> add([1.0, 2.0], 10.0)
        Tensor([11., 12.], op='add')
    """
    return np.add(x, y), (lambda g: g, lambda g: g)


@op
def subtract(x: Any, y: Any) -> tuple[Any, Pullback]:
    r"""Subtract: \(z = x - y\), \(\bar x = \bar z\), \(\bar y = -\bar z\).

    Example:
        >>> subtract([1.0, 2.0], 1.0)
        Tensor([0., 1.], op='subtract')
    """
    return np.subtract(x, y), (lambda g: g, lambda g: -g)


@op
def multiply(x: Any, y: Any) -> tuple[Any, Pullback]:
    r"""Multiply entry by entry: \(z = xy\), \(\bar x = \bar z\,y\), \(\bar y = \bar z\,x\).

    Example:
        >>> multiply([1.0, 2.0], [3.0, 4.0])
        Tensor([3., 8.], op='multiply')
    """
    return np.multiply(x, y), (lambda g: g * y, lambda g: g * x)


@op
def divide(x: Any, y: Any) -> tuple[Any, Pullback]:
    r"""Divide entry by entry: \(z = x/y\), \(\bar x = \bar z/y\), \(\bar y = -\bar z\,z/y\).

    Example:
        >>> divide([1.0, 2.0], 2.0)
        Tensor([0.5, 1. ], op='divide')
    """
    z = np.divide(x, y)
    return z, (lambda g: g / y, lambda g: -g * z / y)


@op
def negative(x: Any) -> tuple[Any, Pullback]:
    r"""Change the sign: \(z = -x\), \(\bar x = -\bar z\).

    Example:
        >>> negative([1.0, -2.0])
        Tensor([-1.,  2.], op='negative')
    """
    return np.negative(x), lambda g: -g


@op
def power(x: Any, y: Any) -> tuple[Any, Pullback]:
    r"""Raise to a power: \(z = x^y\), \(\bar x = \bar z\,y\,x^{y-1}\), \(\bar y = \bar z\,z\ln x\).

    Accuracy: the gradient with respect to the exponent needs x > 0.

    Example:
        >>> power([1.0, 2.0], 3)
        Tensor([1., 8.], op='power')
    """
    z = np.power(x, y)
    return z, (lambda g: g * (y * np.power(x, y - 1)), lambda g: g * (z * np.log(x)))


@op
def maximum(x: Any, y: Any) -> tuple[Any, Pullback]:
    r"""Take the larger of two: \(z = \max(x, y)\); the gradient goes to the larger, half to each when equal.

    Example:
        >>> maximum([1.0, 5.0], 3.0)
        Tensor([3., 5.], op='maximum')
    """
    share = _share(np.greater(np.real(x), np.real(y)), np.equal(x, y))
    return np.maximum(x, y), (lambda g: g * share, lambda g: g * (1 - share))


@op
def minimum(x: Any, y: Any) -> tuple[Any, Pullback]:
    r"""Take the smaller of two: \(z = \min(x, y)\); the gradient goes to the smaller, half to each when equal.

    Example:
        >>> minimum([1.0, 5.0], 3.0)
        Tensor([1., 3.], op='minimum')
    """
    share = _share(np.less(np.real(x), np.real(y)), np.equal(x, y))
    return np.minimum(x, y), (lambda g: g * share, lambda g: g * (1 - share))


def _share(x_wins: Any, tie: Any) -> ndarray:
    return np.asarray(x_wins + 0.5 * tie, np.float32)  # 0, 1/2 and 1 are exact in every precision


@op
def where(x: Any, y: Any, *, condition: ndarray) -> tuple[Any, Pullback]:
    r"""Choose x where the condition holds, y elsewhere; each receives the gradient of the entries it gave.

    Example:
        >>> where([1.0, 2.0], [10.0, 20.0], condition=np.array([True, False]))
        Tensor([ 1., 20.], op='where')
    """
    return np.where(condition, x, y), (lambda g: np.where(condition, g, 0), lambda g: np.where(condition, 0, g))
