"""Numbers without rounding: a formula made of numbers alone as a fraction."""

from __future__ import annotations

from fractions import Fraction

from glideslope.derive.syntax.tree import Node

__all__ = ["exactly"]

#: digits of a power that are still worked out
LARGEST = 2000


def exactly(node: Node) -> Fraction | None:
    """The value of sums, products, quotients and whole powers of numbers; None for anything else."""
    if node.op == "num":
        return None if node.value in (float("inf"), float("-inf")) else Fraction(str(node.value))
    parts = [exactly(a) for a in node.args]
    if any(p is None for p in parts):
        return None
    values = [p for p in parts if p is not None]
    if node.op == "group":
        return values[0]
    if node.op == "neg":
        return -values[0]
    if node.op == "add":
        return sum((s * v for s, v in zip(node.value, values, strict=True)), Fraction(0))
    if node.op == "mul":
        product = Fraction(1)
        for v in values:
            product *= v
        return product
    if node.op == "frac":
        return values[0] / values[1] if values[1] else None
    if node.op == "pow":
        return _power(values[0], values[1])
    return None


def _power(base: Fraction, exponent: Fraction) -> Fraction | None:
    if exponent.denominator != 1 or (base == 0 and exponent < 0):
        return None
    digits = max(base.numerator.bit_length(), base.denominator.bit_length())
    return base**exponent.numerator if digits * abs(exponent.numerator) < LARGEST else None
