r"""Limits: $\lim_{h \to 0} \frac{f(x+h) - f(x)}{h}$, $\lim_{n \to \infty} (1 + \frac{x}{n})^n$.

The body is evaluated ever closer to the place, in halves, and the values are extrapolated by polynomials in the distance
(Richardson; for limits at infinity in 1/n). Both sides of a finite place must lead to one value, and so must distances that are no powers
of two: $(-1)^n$ and $\cos 2 \pi x$ stand still at these. What does not settle is not understood.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from glideslope.derive.evaluation.numbers import DomainError, real
from glideslope.derive.evaluation.scope import Bind, NotUnderstood, Scope
from glideslope.derive.evaluation.values import Eye, Mat, Ones, ShapeClash, Value
from glideslope.derive.syntax.tree import Node, free_symbols

if TYPE_CHECKING:
    from glideslope.derive.evaluation.evaluate import Evaluator

__all__ = ["limit"]

NEAR, FAR = range(2, 12), range(1, 12)
OFF = 0.7361  # no distance times this is a whole part of another
COUNTS = frozenset("ijklmnKMNT")  # letters that count, unless the text says otherwise
ENOUGH = 5
CLOSE = 2e-9  # of the size of the value: how well two extrapolations must agree


def limit(e: Evaluator, node: Node, bind: Bind, scope: Scope) -> Value:
    """The value that the body approaches."""
    letter, body = str(node.value.letters[0]), node.args[-1]
    plain = {str(n[0] if isinstance(n, tuple) else n) for n in free_symbols(body)} - {letter}
    if any(e.depends(e.context.resolve(n), letter) for n in plain):
        raise NotUnderstood("a limit in a letter that other quantities rest on")
    place = e.scalar(node.args[0], bind, scope)

    def at(x: Any) -> list[Any]:
        value = e.eval(body, {**bind, letter: x}, scope)
        if isinstance(value, Eye | Ones):
            raise NotUnderstood("a limit of an identity of unknown size")
        shapes.add((value.rows, value.cols) if isinstance(value, Mat) else ())
        return list(value.data) if isinstance(value, Mat) else [value]

    shapes: set[tuple[int, ...]] = set()
    if abs(real(place)) == math.inf:
        sign = 1 if real(place) > 0 else -1
        counts = letter in COUNTS or letter in e.context.integers
        ways = ([2**k for k in FAR], [2**k + 1 for k in FAR] if counts else [2**k / OFF for k in FAR])
        ends = [_far(at, sign, places) for places in ways]
    else:
        sides = {"lim+": (1,), "lim-": (-1,)}.get(node.value.kind, (1, -1))
        gaps = ([0.5**k for k in NEAR], [OFF * 0.5**k for k in NEAR])
        ends = [_extrapolated([at(place + sign * gap) for gap in way], way) for sign in sides for way in gaps]
    if len(shapes) != 1:
        raise ShapeClash("a limit of arrays of several shapes")
    if any(not _agree(a, b) for end in ends[1:] for a, b in zip(ends[0], end, strict=True)):
        raise DomainError("a limit that does not settle")
    shape = shapes.pop()
    return Mat(shape[0], shape[1], ends[0]) if shape else ends[0][0]


def _far(at: Callable[[Any], list[Any]], sign: int, places: Sequence[float]) -> list[Any]:
    """The limit along places that go to infinity, as far as the body has values."""
    values: list[list[Any]] = []
    for place in places:
        try:
            values.append(at(sign * place))
        except (NotUnderstood, OverflowError):  # a sum with too many terms, e to too high a power
            if len(values) < ENOUGH:
                raise
            break
    return _extrapolated(values, [1 / place for place in places])


def _agree(a: Any, b: Any) -> bool:
    gap, size = abs(real(a) - real(b)), max(1.0, abs(real(a)), abs(real(b)))
    return gap <= CLOSE * size  # false of what is no number


def _extrapolated(values: list[list[Any]], gaps: Sequence[float]) -> list[Any]:
    """The limit of each entry of values at distances that shrink; three in a row of Neville's table must agree."""
    found = []
    for entries in zip(*values, strict=True):
        row: list[Any] = []
        best: list[Any] = []
        for k, value in enumerate(entries):
            new = [value]
            for j, before in enumerate(row, 1):
                new.append(new[-1] + (new[-1] - before) / (gaps[k - j] / gaps[k] - 1))
            row = new
            best.append(new[-1])
        if all(_agree(value, entries[-1]) for value in entries[-3:]):  # it stands still
            found.append(entries[-1])
            continue
        agreeing = [
            k for k in range(ENOUGH - 1, len(best)) if _agree(best[k], best[k - 1]) and _agree(best[k], best[k - 2])
        ]
        if not agreeing:
            raise DomainError("a limit that does not settle")
        found.append(best[agreeing[-1]])
    return found
