r"""Functions drawn among those that have a property: convex, concave, increasing, a metric.

So $f(\\frac{x+y}{2}) \\le \\frac{f(x)+f(y)}{2}$ is a claim that can fail. What the text defines by a formula keeps that meaning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from glideslope.derive.evaluation.numbers import apply, real
from glideslope.derive.evaluation.scope import NotUnderstood
from glideslope.derive.evaluation.values import Eye, Mat, Ones, Value

if TYPE_CHECKING:
    from glideslope.derive.evaluation.evaluate import Evaluator

__all__ = ["drawn"]


def drawn(e: Evaluator, kind: str, name: str, indices: tuple[object, ...], values: list[Value]) -> Value:
    """The value of a function drawn among those with a property."""
    if any(isinstance(v, Eye | Ones) for v in values):
        raise NotUnderstood("a function of an identity of unknown size")
    if kind == "metric":
        if len(values) != 2:
            raise NotUnderstood("a metric of other than two things")
        return _distance(e, name, *values)
    entries = [x for v in values for x in (v.data if isinstance(v, Mat) else [v])]

    def weight(*what: object) -> float:
        return e.world.unit("function", name, indices, *what)

    if kind in ("decreasing", "monotone"):
        falls = kind == "decreasing" or weight("way") < 0.5
        risen = drawn(e, "increasing", name, indices, values)
        return -risen if falls else risen
    if kind == "increasing":
        return sum(
            (0.2 + weight("w", k)) * x + (0.1 + weight("t", k)) * apply("tanh", x) for k, x in enumerate(entries)
        ) + 4 * (weight("o") - 0.5)
    total: Any = 6 * (weight("o") - 0.5)
    mixed: Any = 2 * (weight("m") - 0.5)
    for k, x in enumerate(entries):
        total = total + (0.05 + weight("q", k)) * x * x + 3 * (weight("b", k) - 0.5) * x
        mixed = mixed + 3 * (weight("w", k) - 0.5) * x
    if e.world.edge == "alike":  # a straight line is convex, and concave
        return 6 * (weight("o") - 0.5) + sum(3 * (weight("b", k) - 0.5) * x for k, x in enumerate(entries))
    total = total + (0.3 + weight("s")) * apply("softplus", mixed)
    return total if kind == "convex" else -total


def _distance(e: Evaluator, name: str, x: Value, y: Value) -> Value:
    """A metric on numbers or vectors: sums or roots of squares, bounded, or a root of one of these."""
    a, b = (v.data if isinstance(v, Mat) else [v] for v in (x, y))
    if len(a) != len(b):
        raise NotUnderstood("a metric between things of different kinds")
    gaps = [abs(real(p) - real(q)) for p, q in zip(a, b, strict=True)]
    choice = int(4 * e.world.unit("metric", name))
    size = 1.0 + e.world.unit("scale", name)
    straight = sum(gaps) if choice % 2 else sum(g * g for g in gaps) ** 0.5
    return size * (straight**0.5 if choice > 1 else min(straight, 1.5))
