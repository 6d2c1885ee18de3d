"""Sums that do not end, integrals, extrema: what a big operator does with its terms.

An infinite series is summed until its terms no longer matter; a definite integral by Gauss's rule of twelve points on panels.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from glideslope.derive.numbers import DomainError, real
from glideslope.derive.scope import Bind, NotUnderstood, Scope
from glideslope.derive.tree import Node
from glideslope.derive.values import Mat, Value, add, hadamard, multiply

if TYPE_CHECKING:
    from glideslope.derive.arithmetic import Arithmetic

__all__ = ["combine", "endless", "integral"]

NODES = (
    0.1252334085114689,
    0.3678314989981802,
    0.5873179542866175,
    0.7699026741943047,
    0.9041172563704749,
    0.9815606342467192,
)
WEIGHTS = (
    0.2491470458134028,
    0.2334925365383548,
    0.2031674267230659,
    0.1600783285433462,
    0.1069393259953184,
    0.0471753363865118,
)


def combine(kind: str, total: Value, value: Value) -> Value:
    """One more term of a big operator."""
    if kind == "sum":
        return add(total, value)
    if kind == "prod":
        return multiply(total, value)
    if isinstance(total, Mat) or isinstance(value, Mat):
        return hadamard(
            total, value, (lambda x, y: max(x, y, key=real)) if kind == "max" else (lambda x, y: min(x, y, key=real))
        )
    return max(total, value, key=real) if kind == "max" else min(total, value, key=real)


def endless(e: Arithmetic, node: Node, bind: Bind, scope: Scope, low: int) -> Iterator[Bind]:
    """The indices of an infinite series, as long as its terms matter."""
    if len(node.value.letters) != 1 or node.value.kind != "sum":
        raise NotUnderstood("an infinite product")
    letter, largest, small = node.value.letters[0], 0.0, 0
    for k in itertools.count(low):
        if k - low > 1200:
            raise DomainError("a series that does not settle")
        term = e.eval(node.args[-1], {**bind, letter: k}, scope)
        size = max((abs(real(x)) for x in (term.data if isinstance(term, Mat) else [term])), default=0.0)
        largest = max(largest, size)
        small = small + 1 if size < 1e-14 * max(largest, 1e-30) else 0
        if size > 1e12:
            raise DomainError("a series that grows")
        if small > 3:
            return
        yield {letter: k}


def integral(e: Arithmetic, node: Node, bind: Bind, scope: Scope) -> Value:
    """A definite integral by Gauss's rule on panels."""
    a, b = (e.scalar(side, bind, scope) for side in node.args[:2])
    if abs(real(a)) == float("inf") or abs(real(b)) == float("inf"):
        raise NotUnderstood("an integral without finite limits")
    letter, panels = node.value.letters[0], 8
    total: Value = 0.0
    for p in range(panels):
        half = (b - a) * (0.5 / panels)
        mid = a + (b - a) * ((p + 0.5) / panels)
        for x, w in zip(NODES, WEIGHTS, strict=True):
            for sign in (-1, 1):
                value = e.eval(node.args[2], {**bind, letter: mid + sign * x * half}, scope)
                total = add(total, multiply(value, w * half))
    return total
