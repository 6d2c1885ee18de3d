r"""Derivatives of functions: gradient, vector-Jacobian product, Jacobian.

For \(f:\mathbb R^n\to\mathbb R^m\) one backward pass gives one row combination \(v^\top J\); the gradient is the case m = 1,
the Jacobian takes m passes. Use these when you have a function rather than a network.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from glideslope._typing import ndarray
from glideslope.autograd.tensor import Tensor

__all__ = ["grad", "jacobian", "value_and_grad", "vjp"]


def grad(f: Callable[..., Tensor], argument: int = 0) -> Callable[..., ndarray]:
    r"""Return the function that computes \(\nabla f\) with respect to one argument.

    Args:
        f: maps tensors to a scalar tensor.
        argument: which argument to differentiate, the first by default.

    Example:
        >>> grad(lambda x: (x * x).sum())(np.array([1.0, 2.0]))
        array([2., 4.])
    """
    return lambda *xs: value_and_grad(f, argument)(*xs)[1]


def value_and_grad(f: Callable[..., Tensor], argument: int = 0) -> Callable[..., tuple[float, ndarray]]:
    r"""Return the function that computes f and \(\nabla f\) in one pass.

    Example:
        >>> value_and_grad(lambda x: (x * x).sum())(np.array([1.0, 2.0]))
        (5.0, array([2., 4.]))
    """

    def both(*xs: Any) -> tuple[float, ndarray]:
        inputs = [Tensor(x, needs_grad=i == argument) for i, x in enumerate(xs)]
        y = f(*inputs)
        y.backward()
        return y.item(), _gradient(inputs[argument])

    return both


def vjp(f: Callable[..., Tensor], *xs: Any) -> tuple[ndarray, Callable[[Any], tuple[ndarray, ...]]]:
    r"""Compute f(x) and the map \(v \mapsto v^\top J\), which may be called many times.

    Args:
        f: maps tensors to a tensor of any shape.
        xs: where to differentiate.

    Returns:
        The value, and a function from v (the shape of the value) to one gradient per input.

    Example:
        >>> value, pull = vjp(lambda x: x * x, np.array([1.0, 2.0]))
        >>> pull([1.0, 0.0])
        (array([2., 0.]),)
    """
    inputs = [Tensor(x, needs_grad=True) for x in xs]
    y = f(*inputs)

    def pull(v: Any) -> tuple[ndarray, ...]:
        for x in inputs:
            x.grad = None
        y.backward(v, keep=True)
        return tuple(_gradient(x) for x in inputs)

    return y.value, pull


def jacobian(f: Callable[[Tensor], Tensor], x: Any) -> ndarray:
    r"""Compute the matrix of partial derivatives, shape (*f(x).shape, *x.shape).

    Equation: \(J_{ij} = \partial f_i/\partial x_j\), row i being the pullback of the i-th unit vector.

    Cost: one backward pass per output: for small functions.

    Example:
        >>> jacobian(lambda x: x * x, np.array([1.0, 2.0]))
        array([[2., 0.],
               [0., 4.]])
    """
    value, pull = vjp(f, x)
    rows = [pull(unit.reshape(value.shape))[0] for unit in np.eye(value.size)]
    return np.array(rows).reshape(*value.shape, *np.shape(x))


def _gradient(x: Tensor) -> ndarray:
    return np.zeros(x.shape, x.dtype) if x.grad is None else x.grad
