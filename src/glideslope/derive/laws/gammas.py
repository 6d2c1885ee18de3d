r"""Factorials, binomials, $\Gamma$ and the beta function, for whole and for broken numbers.

$x! = \Gamma(x + 1)$ and $\binom{n}{k} = \frac{\Gamma(n+1)}{\Gamma(k+1)\Gamma(n-k+1)}$; the slope of $\Gamma$ is $\Gamma \psi$.
"""

from __future__ import annotations

import math
from typing import Any

from glideslope.derive.evaluation.numbers import DomainError, Dual
from glideslope.derive.evaluation.scope import NotUnderstood
from glideslope.derive.evaluation.values import Eye, Mat, Ones, Value

__all__ = ["beta", "binomial", "factorial", "gamma", "log_gamma"]

LARGEST = 150.0


def gamma(x: Value) -> Any:
    """Γ(x) for a positive number."""
    if isinstance(x, Mat | Eye | Ones | Dual):
        raise NotUnderstood("the gamma function of something that is no number")
    at = x.real
    if not 0 < at < LARGEST:
        raise DomainError("the gamma function outside its domain")
    value = math.gamma(at)
    return value * (1 + 1j * x.imag * _digamma(at)) if isinstance(x, complex) else value


def log_gamma(x: Value) -> Any:
    """ln Γ(x) for a positive number, however large."""
    if isinstance(x, Mat | Eye | Ones | Dual):
        raise NotUnderstood("the gamma function of something that is no number")
    if not x.real > 0:
        raise DomainError("the gamma function outside its domain")
    value = math.lgamma(x.real)
    return value + 1j * x.imag * _digamma(x.real) if isinstance(x, complex) else value


def _digamma(x: float) -> float:
    """ψ(x) by its recurrence and its asymptotic series."""
    total = 0.0
    while x < 12:
        total -= 1 / x
        x += 1
    u = 1 / (x * x)
    return total + math.log(x) - 0.5 / x - u * (1 / 12 - u * (1 / 120 - u * (1 / 252 - u * (1 / 240 - u / 132))))


def factorial(x: Value) -> Any:
    """x!, whole where x is."""
    if isinstance(x, int) and 0 <= x <= LARGEST:
        return math.factorial(x)
    if isinstance(x, float) and x == int(x) and 0 <= x <= LARGEST:
        return math.factorial(int(x))
    if isinstance(x, Mat | Eye | Ones):
        raise NotUnderstood("the factorial of something that is no number")
    return gamma(x + 1)


def binomial(n: Value, k: Value) -> Any:
    """n choose k; for a list of numbers n! / (x_1! ⋯ x_k!)."""
    if isinstance(k, Mat) and not isinstance(n, Mat | Eye | Ones):
        below: Any = 1
        for x in k.data:
            below = below * factorial(x)
        return factorial(n) / below
    if all(isinstance(v, int) and 0 <= v <= LARGEST for v in (n, k)):
        return math.comb(n, k)
    if any(isinstance(v, Mat | Eye | Ones) for v in (n, k)):
        raise NotUnderstood("the binomial of something that is no number")
    return factorial(n) / (factorial(k) * factorial(n - k))


def beta(a: Value, b: Value) -> Any:
    """B(a, b) = Γ(a) Γ(b) / Γ(a + b)."""
    return gamma(a) * gamma(b) / gamma(a + b)
