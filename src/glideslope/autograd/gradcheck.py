r"""Is the gradient right? Compare it with a difference quotient, entry by entry.

Central: \(\frac{f(x+h) - f(x-h)}{2h}\), error \(O(h^2)\) plus rounding \(O(\varepsilon/h)\), best near \(h = \varepsilon^{1/3}\).
Complex step: \(\operatorname{Im} f(x + ih)/h\), no subtraction and hence no rounding: exact to the last digits with h = 1e-30,
for functions that extend to complex numbers. Use it on every operation and layer you write.
"""

from collections.abc import Callable
from typing import Any, Literal

import numpy as np

from glideslope._typing import ndarray
from glideslope.autograd.errors import GradientError
from glideslope.autograd.tensor import Tensor, no_grad

__all__ = ["gradcheck"]

CENTRAL_STEP = float(np.finfo(np.float64).eps ** (1 / 3))
COMPLEX_STEP = 1e-30


def gradcheck(
    f: Callable[..., Tensor], *xs: Any, method: Literal["central", "complex"] = "central", rtol: float = 1e-6
) -> float:
    r"""Check the backward pass of f at x and return the largest relative error found.

    Equation: an entry's error is \(|a - n| / \max(1, |a|, |n|)\), a from `backward`, n the quotient.

    Args:
        f: maps tensors to a tensor of any shape; its entries are added with fixed, unequal weights.
        xs: float64 inputs; keep away from kinks (relu at 0, ties of a maximum).
        method: "central" works for every f, "complex" is exact for analytic f.
        rtol: the largest error allowed.

    Raises:
        GradientError: names the input and the entry that is off most, with both numbers.

    Cost: two evaluations (central) or one (complex) per entry.

    Example:
        >>> gradcheck(lambda x: x * x, np.array([1.0, 2.0])) < 1e-9
        True
    """
    inputs = [Tensor(np.asarray(x, np.float64), needs_grad=True) for x in xs]
    y = f(*inputs)
    weights = np.cos(1.0 + np.arange(y.size)).reshape(y.shape)
    y.backward(weights)
    worst = 0.0
    for i, x in enumerate(inputs):
        analytic = np.zeros(x.shape) if x.grad is None else x.grad
        numeric = _quotients(f, [t.value for t in inputs], i, weights, method)
        error = np.abs(analytic - numeric) / np.maximum(1, np.maximum(np.abs(analytic), np.abs(numeric)))
        error = np.where(np.isnan(error), np.inf, error)
        if error.size and error.max() > rtol:
            raise _off(i, error, analytic, numeric, method, rtol)
        worst = max(worst, float(error.max(initial=0.0)))
    return worst


def _quotients(f: Callable[..., Tensor], xs: list[ndarray], i: int, weights: ndarray, method: str) -> ndarray:
    """The difference quotient of ⟨weights, f⟩ for each entry of input i."""
    numeric = np.empty(xs[i].shape)
    for entry in np.ndindex(xs[i].shape):
        if method == "complex":
            numeric[entry] = _shifted(f, xs, i, entry, 1j * COMPLEX_STEP, weights).imag / COMPLEX_STEP
        else:
            h = CENTRAL_STEP * max(1.0, abs(float(xs[i][entry])))
            forward, back = _shifted(f, xs, i, entry, h, weights), _shifted(f, xs, i, entry, -h, weights)
            numeric[entry] = (forward - back).real / (2 * h)
    return numeric


def _shifted(
    f: Callable[..., Tensor], xs: list[ndarray], i: int, entry: tuple, h: float | complex, weights: ndarray
) -> Any:
    moved = xs[i].astype(np.result_type(type(h), np.float64))
    moved[entry] += h
    with no_grad():
        return (weights * f(*[Tensor(moved if j == i else x) for j, x in enumerate(xs)]).value).sum()


def _off(i: int, error: ndarray, analytic: ndarray, numeric: ndarray, method: str, rtol: float) -> GradientError:
    entry = tuple(int(k) for k in np.unravel_index(error.argmax(), error.shape))
    count = int((error > rtol).sum())
    return GradientError(
        f"The gradient of input {i} is off at entry {entry}: backward gives {analytic[entry]:.8g}, the {method} difference "
        f"{numeric[entry]:.8g} (error {error[entry]:.1e}, allowed {rtol:.0e}; {count} of {error.size} entries are off); "
        "check the pullback of that input."
    )
