"""Sums that do not end, integrals, extrema: what a big operator does with its terms.

An infinite series is summed until its terms no longer matter; an integral by Gauss's rule on panels or the double exponential rule.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import math
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, cast

from glideslope.derive.evaluation.numbers import DomainError, UnsettledError, real
from glideslope.derive.evaluation.scope import Bind, NotUnderstood, Scope
from glideslope.derive.evaluation.values import Mat, Value, add, hadamard, multiply, negate
from glideslope.derive.laws.families import family_named
from glideslope.derive.reading.contents import reached
from glideslope.derive.syntax.names import DENSITIES
from glideslope.derive.syntax.tree import Node

if TYPE_CHECKING:
    from glideslope.derive.evaluation.arithmetic import Arithmetic
    from glideslope.derive.evaluation.evaluate import Evaluator

__all__ = ["combine", "endless", "integral", "integrated"]

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
    if kind in ("sum", "int"):
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


def integral(e: Arithmetic, node: Node, bind: Bind, scope: Scope, support: tuple[float, float] | None = None) -> Value:
    """A definite integral; without limits it runs over all values of a variable, where they are known."""
    if node.value.has_lower:
        a, b = (e.scalar(side, bind, scope) for side in node.args[:2])
    elif support is not None:
        a, b = support
    elif (found := _all_values(e, node)) is not None:
        a, b = found
    else:
        raise NotUnderstood("an integral without limits")
    letter, body = node.value.letters[0], node.args[-1]

    def f(x: Value) -> Value:
        return e.eval(body, {**bind, letter: x}, scope)

    edges = _thresholds(e, f, real(a), real(b)) if _piecewise(e, node) else set()
    if e.context.by_law is None:
        return integrated(f, a, b, edges)
    with contextlib.suppress(DomainError):
        f(1.0 if abs(real(a)) == math.inf else a + 0.5)  # where the laws in it begin and end is known once it was asked
    return integrated(f, a, b, edges | e.context.by_law.edges)


#: laws whose values do not fill the line
SUPPORTS = {
    "gamma": (0.0, math.inf),
    "beta": (0.0, 1.0),
    "chi-squared": (0.0, math.inf),
    "exponential": (0.0, math.inf),
}


def _all_values(e: Arithmetic, node: Node) -> tuple[float, float] | None:
    r"""All values of μ in $\int p(y, \mu) \, d\mu$, where the density has a formula: the line, or what the text says of μ."""
    letter, parts = node.value.letters[0], [node.args[-1]]
    if e.context.rank(letter) or any(not d.head for d in e.context.definitions.get(letter, ())):
        return None
    while any(n.op in ("mul", "group") for n in parts):
        parts = [a for n in parts for a in (n.args if n.op in ("mul", "group") else (n,))]
    if not any(_density_of(e, n, letter) for n in parts):
        return None
    cast("Evaluator", e).unknown.add(letter)  # over which values is not said
    for part in reached((node.args[-1],), e.context):
        law = SUPPORTS.get(family_named(str(part.value))) if part.op == "call" and len(part.args) > 1 else None
        if law is not None and part.args[0].op == "sym" and part.args[0].value == letter:
            return law
    fact = e.context.known.get(letter)
    low, high = (fact.low, fact.high) if fact is not None else (None, None)
    return -math.inf if low is None else low, math.inf if high is None else high


def _density_of(e: Arithmetic, node: Node, letter: str) -> bool:
    """Whether a factor is the density of a letter, by a formula of the text: p(μ), p(y, μ), p(μ | y)."""
    if node.op not in ("call", "opaque") or not isinstance(node.value, str) or node.value not in e.context.definitions:
        return False
    label, _, marks = (
        node.value.rpartition("(") if node.op == "opaque" else (node.value, "", "," * (len(node.args) - 1))
    )
    own = node.args[: marks.index("|") + 1] if "|" in marks else node.args
    return label in DENSITIES and any(a.op == "sym" and a.value == letter for a in own)


def _piecewise(e: Arithmetic, node: Node) -> bool:
    """Whether an integrand has cases."""
    kept = e.world.arrays.get(("pieces", id(node)))
    if kept is None:
        found = any(n.op == "cases" or n.value == "indicator" for n in reached(node.args[-1:], e.context))
        kept = e.world.arrays["pieces", id(node)] = (node, found)
    return bool(kept[1])  # type: ignore[index]


def _thresholds(e: Arithmetic, f: Callable[[Value], Value], a: float, b: float) -> set[float]:
    """Where the cases of an integrand change: what its conditions compare the variable with, asked for in every piece."""
    found: set[float] = set()
    for _ in range(4):
        cuts, known = sorted({a, b, *found}), len(found)
        for low, high in itertools.pairwise(cuts):
            place = 0.4871 * low + 0.5129 * high
            if math.inf in (abs(low), abs(high)):
                place = high - 0.7713 if high < math.inf else low + 0.7713 if low > -math.inf else 0.1713
            e.compared = []
            with contextlib.suppress(DomainError, ZeroDivisionError):
                f(place)
            for x, y in e.compared:
                found |= {other for mine, other in ((x, y), (y, x)) if mine == place and abs(other) < math.inf}
            e.compared = None
        if len(found) == known:
            break
    return found


def integrated(f: Callable[[Value], Value], a: Value, b: Value, edges: Iterable[float] = ()) -> Value:
    """The integral of a function: Gauss on panels where it settles, else the double exponential rule; cut where it jumps."""
    inside = sorted(x for x in set(edges) if real(a) < x < real(b))
    if inside:
        ends = [a, *inside, b]
        pieces = [integrated(f, low, high) for low, high in itertools.pairwise(ends)]
        return functools.reduce(add, pieces)
    if abs(real(a)) != float("inf") and abs(real(b)) != float("inf"):
        coarse, fine = _panels(f, a, b, 4), _panels(f, a, b, 8)
        if _settled(coarse, fine):
            return fine
    if real(a) > real(b):
        return negate(integrated(f, b, a))
    try:
        return _endless_integral(f, a, b)
    except UnsettledError:
        if math.inf in (abs(real(a)), abs(real(b))):
            raise
        return _bisected(f, a, b)


def _bisected(f: Callable[[Value], Value], a: Value, b: Value) -> Value:
    """The integral of a function with a few kinks: halves of halves, only where the rule does not settle."""
    total, waiting = cast("Value", 0.0), [(a, b, _panels(f, a, b, 1))]
    for _ in range(120):
        if not waiting:
            return total
        low, high, coarse = waiting.pop()
        mid = (low + high) * 0.5
        halves = _panels(f, low, mid, 1), _panels(f, mid, high, 1)
        fine = add(*halves)
        if _settled(coarse, fine, 1e-10):
            total = add(total, fine)
        else:
            waiting += [(low, mid, halves[0]), (mid, high, halves[1])]
    raise UnsettledError("an integral that this rule cannot find")


def _panels(f: Callable[[Value], Value], a: Value, b: Value, panels: int) -> Value:
    total: Value = 0.0
    for p in range(panels):
        half = (b - a) * (0.5 / panels)
        mid = a + (b - a) * ((p + 0.5) / panels)
        for x, w in zip(NODES, WEIGHTS, strict=True):
            for sign in (-1, 1):
                total = add(total, multiply(f(mid + sign * x * half), w * half))
    return total


def _settled(coarse: Value, fine: Value, slack: float = 2e-9) -> bool:
    pairs = list(zip(_numbers(coarse), _numbers(fine), strict=True))
    size = max((abs(y) for _, y in pairs), default=0.0)
    return all(abs(x - y) <= slack * size + 1e-12 for x, y in pairs)


def _numbers(value: Value) -> list[float]:
    return [real(x) for x in (value.data if isinstance(value, Mat) else [value])]


def _endless_integral(f: Callable[[Value], Value], a: Value, b: Value) -> Value:
    """x = φ(t) with weights that vanish doubly exponentially at both ends; two step sizes in turn must agree."""
    results: list[Value] = []
    for step in (1 / 16, 1 / 32, 1 / 64, 1 / 128):
        total: Value = 0.0
        for direction in (1, -1):
            largest, small, size = 0.0, 0, 0.0
            for k in range(0 if direction > 0 else 1, int(3.4 / step)):
                x, weight = _place(direction * k * step, a, b)
                if x is None:
                    break
                try:
                    term = multiply(f(x), weight * step)
                except (DomainError, ZeroDivisionError):
                    if size > 1e-13 * largest or not largest:
                        raise
                    break  # far out, where what is left is nothing: 0 / 0
                size = max((abs(v) for v in _numbers(term)), default=0.0)
                largest = max(largest, size)
                total = add(total, term)
                small = small + 1 if size <= 1e-17 * largest else 0
                if small > 3 and k * step > 1:
                    break
            if size > 1e-7 * largest:  # the tail weighs something: no integral, or none that this rule can find
                raise DomainError("an integral that does not settle")
        if results and _settled(results[-1], total):
            return total
        if results and not _settled(results[-1], total, 1e-3):
            break  # smaller steps would not help
        results.append(total)
    raise UnsettledError("an integral that this rule cannot find")


def _place(t: float, a: Value, b: Value) -> tuple[Value, float]:
    s, c = 0.5 * math.pi * math.sinh(t), 0.5 * math.pi * math.cosh(t)
    low, high = real(a) == -math.inf, real(b) == math.inf
    if low and high:
        return math.sinh(s), c * math.cosh(s)
    if high or low:
        y = math.exp(s)
        return (a + y if high else b - y), c * y
    if abs(s) > 17:  # the next places are the ends themselves, to rounding
        return None, 0.0
    y = math.tanh(s)
    return (a + b) * 0.5 + (b - a) * (0.5 * y), real(b - a) * 0.5 * c / math.cosh(s) ** 2
