"""Numbers that carry a derivative: complex steps for the first one, dual numbers above them for the next.

$f(x + ih) = f(x) + ih f'(x) + O(h^2)$ gives a derivative exact to rounding with Python's own complex numbers;
a `Dual` whose parts are complex gives the second, a dual of duals the third. Elementary functions take any of them.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable
from typing import Any

__all__ = ["STEP", "DomainError", "Dual", "Number", "UnsettledError", "apply", "derivative_part", "powered", "real", "with_step"]

STEP = 1e-60
BIG = 1e150


class DomainError(ArithmeticError):
    """A value outside a function's domain, or too large: the sample is thrown away, nothing is concluded."""


class UnsettledError(DomainError):
    """A value that exists for all that is known, and that the numerics here do not find."""


class Dual:
    """$a + b\\varepsilon_k$ with $\\varepsilon_k^2 = 0$; the parts may be complex, or dual of a lower level k."""

    __slots__ = ("ep", "level", "re")

    def __init__(self, re: Any, ep: Any, level: int = 1) -> None:
        self.re = re
        self.ep = ep
        self.level = level

    def _meets(self, other: Any) -> int:
        """1 when the other has the same ε, 0 when it is a constant for this ε, −1 when it carries a higher one."""
        if isinstance(other, Dual):
            return 1 if other.level == self.level else 0 if other.level < self.level else -1
        return 0

    def __add__(self, other: Any) -> Any:
        meets = self._meets(other)
        if meets < 0:
            return Dual(self + other.re, other.ep, other.level)
        return (
            Dual(self.re + other.re, self.ep + other.ep, self.level)
            if meets
            else Dual(self.re + other, self.ep, self.level)
        )

    __radd__ = __add__

    def __neg__(self) -> Dual:
        return Dual(-self.re, -self.ep, self.level)

    def __sub__(self, other: Any) -> Any:
        return self + (-other)

    def __rsub__(self, other: Any) -> Any:
        return (-self) + other

    def __mul__(self, other: Any) -> Any:
        meets = self._meets(other)
        if meets < 0:
            return Dual(self * other.re, self * other.ep, other.level)
        if meets:
            return Dual(self.re * other.re, self.re * other.ep + self.ep * other.re, self.level)
        return Dual(self.re * other, self.ep * other, self.level)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Any:
        if isinstance(other, Dual):
            return self * (1 / other)
        return Dual(self.re / other, self.ep / other, self.level)

    def __rtruediv__(self, other: Any) -> Any:
        value = 1 / self.re
        return Dual(value, -value * value * self.ep, self.level) * other


Number = int | float | complex | Dual


def real(x: Number) -> float:
    """The plain value under all the derivative parts."""
    if type(x) is float:
        return x
    while isinstance(x, Dual):
        x = x.re
    return x.real if isinstance(x, complex) else float(x)


def with_step(x: Number, level: int, direction: Any = 1.0) -> Number:
    """Add the perturbation of a nesting level: an imaginary step at level 0, a dual part above."""
    if level == 0:
        return complex(real(x), STEP * real(direction))
    return Dual(x, direction, level)


def derivative_part(x: Number, level: int) -> Number:
    """Read the derivative off a perturbed result."""
    if level == 0:
        return x.imag / STEP if isinstance(x, complex) else 0.0
    return x.ep if isinstance(x, Dual) and x.level == level else 0.0


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x > -500 else 0.0


def _guard_log(x: float) -> None:
    if x <= 0:
        raise DomainError("log of a non-positive number")


def _guard_root(x: float) -> None:
    if x < 0:
        raise DomainError("root of a negative number")


def _guard_exp(x: float) -> None:
    if x > 300:
        raise DomainError("exponential too large")


def _guard_unit(x: float) -> None:
    if not -1 < x < 1:
        raise DomainError("argument outside (−1, 1)")


Table = tuple[Callable[[float], float], Callable[[complex], complex], Callable[[Any], Any]]


def _derivatives() -> dict[str, Table]:
    """name -> (real function, complex function, derivative as a function of a Number)."""
    call = apply
    return {
        "exp": (math.exp, cmath.exp, lambda x: call("exp", x)),
        "log": (math.log, cmath.log, lambda x: 1 / x),
        "sqrt": (math.sqrt, cmath.sqrt, lambda x: 0.5 / call("sqrt", x)),
        "sin": (math.sin, cmath.sin, lambda x: call("cos", x)),
        "cos": (math.cos, cmath.cos, lambda x: -call("sin", x)),
        "tan": (math.tan, cmath.tan, lambda x: 1 + call("tan", x) * call("tan", x)),
        "sinh": (math.sinh, cmath.sinh, lambda x: call("cosh", x)),
        "cosh": (math.cosh, cmath.cosh, lambda x: call("sinh", x)),
        "tanh": (math.tanh, cmath.tanh, lambda x: 1 - call("tanh", x) * call("tanh", x)),
        "arcsin": (math.asin, cmath.asin, lambda x: 1 / call("sqrt", 1 - x * x)),
        "arccos": (math.acos, cmath.acos, lambda x: -1 / call("sqrt", 1 - x * x)),
        "arctan": (math.atan, cmath.atan, lambda x: 1 / (1 + x * x)),
        "arctanh": (math.atanh, cmath.atanh, lambda x: 1 / (1 - x * x)),
        "sigmoid": (_sigmoid, lambda z: 1 / (1 + cmath.exp(-z)), lambda x: call("sigmoid", x) * (1 - call("sigmoid", x))),
        "erf": (math.erf, lambda z: complex(math.erf(z.real), z.imag * 2 / math.sqrt(math.pi) * math.exp(-z.real**2)),
                lambda x: 2 / math.sqrt(math.pi) * call("exp", -x * x)),
    }  # fmt: skip


_COMPOSED: dict[str, Callable[[Any], Any]] = {
    "log10": lambda x: apply("log", x) / math.log(10),
    "cot": lambda x: apply("cos", x) / apply("sin", x),
    "sec": lambda x: 1 / apply("cos", x),
    "csc": lambda x: 1 / apply("sin", x),
    "coth": lambda x: 1 / apply("tanh", x),
    "logit": lambda x: apply("log", x / (1 - x)),
    "softplus": lambda x: apply("log", 1 + apply("exp", x)),
    "relu": lambda x: x if real(x) > 0 else 0 * x,
    "abs": lambda x: -x if real(x) < 0 else x,
    "sign": lambda x: float((real(x) > 0) - (real(x) < 0)),
    "floor": lambda x: math.floor(real(x)),
    "ceil": lambda x: math.ceil(real(x)),
}
_GUARDS: dict[str, Callable[[float], None]] = {"log": _guard_log, "sqrt": _guard_root, "exp": _guard_exp, "sinh": _guard_exp, "cosh": _guard_exp,
                                               "arcsin": _guard_unit, "arccos": _guard_unit, "arctanh": _guard_unit}  # fmt: skip


def apply(name: str, x: Number) -> Any:
    """Evaluate an elementary function on a number of any kind.

    Raises:
        DomainError: outside its real domain.
        KeyError: for a name not in the table.
    """
    found = _TABLE.get(name)
    if found is None:
        return _COMPOSED[name](x)
    plain, on_complex, slope = found
    if isinstance(x, Dual):
        return Dual(apply(name, x.re), slope(x.re) * x.ep, x.level)
    guard = _GUARDS.get(name)
    if guard is not None:
        guard(x.real)
    try:
        return on_complex(x) if isinstance(x, complex) else plain(x)
    except (ValueError, OverflowError) as error:
        raise DomainError(str(error)) from None


_TABLE = _derivatives()


def powered(base: Number, exponent: Number) -> Any:
    """Raise a number to a power; a negative base needs a whole exponent."""
    if type(exponent) is int:
        return _whole_power(base, exponent)
    n = real(exponent)
    if isinstance(exponent, float) and n == int(n) and abs(n) < 1e6:
        return _whole_power(base, int(n))
    if real(base) < 0:
        raise DomainError("a negative base under a broken exponent")
    if real(base) == 0 and not isinstance(base, Dual):
        if n > 0:
            return 0.0
        raise DomainError("zero to a negative power")
    if isinstance(base, float | int) and isinstance(exponent, float | int):
        try:
            return float(base) ** float(exponent)
        except OverflowError:
            raise DomainError("power too large") from None
    return apply("exp", exponent * apply("log", base))


def _whole_power(base: Number, n: int) -> Any:
    if abs(n) > 4000:
        raise DomainError("exponent too large")
    if n < 0:
        if real(base) == 0:
            raise DomainError("division by zero")
        return 1 / _whole_power(base, -n)
    result: Any = 1
    square: Any = base
    while n:
        if n & 1:
            result = result * square
        n >>= 1
        if n:
            square = square * square
            if abs(real(square)) > BIG:
                raise DomainError("power too large")
    if abs(real(result)) > BIG:
        raise DomainError("power too large")
    return result
