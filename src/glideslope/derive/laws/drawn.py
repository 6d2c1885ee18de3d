r"""Functions drawn among those that have a property: convex, concave, increasing, a metric.

So $f(\\frac{x+y}{2}) \\le \\frac{f(x)+f(y)}{2}$ is a claim that can fail. What the text defines by a formula keeps that meaning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from glideslope.derive.evaluation.numbers import DomainError, apply, real
from glideslope.derive.evaluation.scope import NotUnderstood, Scope
from glideslope.derive.evaluation.values import Eye, Mat, Ones, Value
from glideslope.derive.syntax.tree import Node

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
        risen = sum(
            (0.2 + weight("w", k)) * x + (0.1 + weight("t", k)) * apply("tanh", x) for k, x in enumerate(entries)
        )
        return _size(e) * risen + 4 * (weight("o") - 0.5)
    bend = _Bend(e, kind, name, indices, len(entries))
    total: Any = 6 * (weight("o") - 0.5) + sum(
        q * x * x + b * x for q, b, x in zip(bend.squares, bend.slopes, entries, strict=True)
    )
    if bend.ridge:
        across: Any = sum(w * x for w, x in zip(bend.weights, entries, strict=True))
        total = total + bend.ridge * across * across
    if bend.soft:
        mixed = bend.offset + sum(w * x for w, x in zip(bend.weights, entries, strict=True))
        total = total + bend.soft * apply("softplus", mixed)
    return -total if kind == "concave" else total


def _size(e: Evaluator) -> float:
    """How large the slopes are for which the text names no bounds."""
    return (1.0, 60.0, 3e-4)[e.world.seed % 3]


class _Bend:
    """A sum of squares, a straight line, the square of a straight line or its softplus, which bends as much as the text says.

    The second slopes of a convex one lie between the least and the most, and reach the most where the softplus is left out.
    """

    def __init__(self, e: Evaluator, kind: str, name: str, indices: tuple[object, ...], count: int) -> None:
        def weight(*what: object) -> float:
            return e.world.unit("function", name, indices, *what)

        said, lowest = (
            e.context.curved.get(name, {}),
            "" if indices else _lowest(e, name),
        )  # Σ f_t is lowest there, not each f_t
        self.squares = [0.05 + weight("q", k) for k in range(count)]
        self.slopes = [3 * (weight("b", k) - 0.5) for k in range(count)]
        self.weights = [3 * (weight("w", k) - 0.5) for k in range(count)]
        self.offset, self.soft, self.ridge = 2 * (weight("m") - 0.5), 0.3 + weight("s"), 0.0
        if e.world.edge == "alike" and not lowest:  # a straight line is convex, and concave
            self.squares, self.soft = [0.0] * count, 0.0
        elif (said or lowest) and e.world.seed % 4 in (1, 2):
            self.soft = 0.0
        elif said or (lowest and e.world.seed % 4 == 3):  # nearly straight but for a bend
            self.squares, self.weights = [0.02 * q for q in self.squares], [5 * w for w in self.weights]
        if e.world.seed % 4 == 2 and not self.soft and any(self.squares):  # it bends across the axes
            self.squares, self.ridge = [0.0] * count, 0.3 + weight("s")
        if kind == "smooth":
            self.squares = [q if weight("sign", k) < 0.5 else -q for k, q in enumerate(self.squares)]
            self.soft, self.ridge = (x if weight("sign") < 0.5 else -x for x in (self.soft, self.ridge))
        least = _constant(e, said["least"]) if "least" in said else 0.0
        if "most" in said:
            most = _constant(e, said["most"])
            if most <= least:
                raise DomainError("a function that bends at least as much as at most")
            across = (0.25 * abs(self.soft) + 2 * abs(self.ridge)) * sum(w * w for w in self.weights)
            top = 2 * max(map(abs, self.squares)) + across
            scale = (most - least) / top if top else 1.0
        else:
            scale = _size(e)
        self.squares = [q * scale for q in self.squares]
        self.soft, self.ridge = self.soft * scale, self.ridge * scale
        self.squares = [q + least / 2 for q in self.squares]
        place = _entries_of(e, lowest) if lowest and kind == "convex" else []
        if len(place) == count:  # f(ξ, x) is lowest in x alone
            self._settle(place)

    def _settle(self, place: list[float]) -> None:
        """Tilt it so that it is lowest at a place."""
        straight = sum(w * x for w, x in zip(self.weights, place, strict=True))
        slope = self.soft * real(apply("sigmoid", self.offset + straight)) + 2 * self.ridge * straight
        self.slopes = [-2 * q * x - slope * w for q, x, w in zip(self.squares, place, self.weights, strict=True)]


def _lowest(e: Evaluator, function: str) -> str:
    """The name of the place where a function is lowest, if the text gives it one."""
    return next((x for x, f in e.context.minimisers.items() if f == function and x not in e.context.definitions), "")


def _entries_of(e: Evaluator, name: str) -> list[float]:
    value = e.leaf(name, (), Scope())
    return [real(x) for x in value.data] if isinstance(value, Mat) else [real(value)]


def _constant(e: Evaluator, name: str) -> float:
    value = real(e.scalar(Node("sym", (), name), {}, Scope()))
    if value <= 0:
        raise DomainError("a bound on a slope that is not positive")
    return value


def _distance(e: Evaluator, name: str, x: Value, y: Value) -> Value:
    """A metric on numbers or vectors: sums or roots of squares, bounded, or a root of one of these; of the places, or of what stretches them."""
    a, b = (v.data if isinstance(v, Mat) else [v] for v in (x, y))
    if len(a) != len(b):
        raise NotUnderstood("a metric between things of different kinds")
    bend = (lambda t: t, lambda t: t + t**3, lambda t: 3 * t / (1 + abs(t)))[e.world.seed % 3]
    gaps = [abs(bend(real(p)) - bend(real(q))) for p, q in zip(a, b, strict=True)]
    choice = int(4 * e.world.unit("metric", name))
    size = 1.0 + e.world.unit("scale", name)
    straight = sum(gaps) if choice % 2 else sum(g * g for g in gaps) ** 0.5
    return size * (straight**0.5 if choice > 1 else min(straight, 1.5))
