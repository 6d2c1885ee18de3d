"""How fast the difference of two sides vanishes with a small quantity: the measured order of an approximation.

The quantity is halved again and again in a random world; the last ratios of the differences give the power.
A wrong coefficient leaves a difference of a lower power, so a stated order that is reached says that the terms are right.
"""

from __future__ import annotations

import itertools
import math

from glideslope.derive.claims.orders import Approximation
from glideslope.derive.evaluation.evaluate import Evaluator
from glideslope.derive.evaluation.numbers import DomainError, real
from glideslope.derive.evaluation.sample import World, make_world
from glideslope.derive.evaluation.scope import NotUnderstood, Scope
from glideslope.derive.evaluation.values import UNFORESEEN, Mat, ShapeClash, Value
from glideslope.derive.judging.compare import Outcome, entries, meet
from glideslope.derive.meaning.context import Context, Known
from glideslope.derive.reading.contents import contents
from glideslope.derive.reading.dimensions import Dimensions
from glideslope.derive.reading.reading import Reading

__all__ = ["measure"]

HALVINGS = range(2, 13)
NOISE = 1e-13  # of the sides: what rounding leaves of a difference
STEADY = 0.2
SLACK = 0.3  # the measured power approaches a whole number as the quantity shrinks


class _Shrunk(World):
    """A world in which one free quantity is near its centre."""

    name = ""
    factor = 1.0
    centre: Value = 0.0

    def _draw(self, name: str, indices: tuple[object, ...], fact: Known | None) -> float:
        value = super()._draw(name, indices, fact)
        if name != self.name:
            return value
        middle = self.centre
        if isinstance(middle, Mat):
            middle = middle.data[indices[0] - 1] if len(indices) == 1 and isinstance(indices[0], int) else 0.0
        return real(middle) + self.factor * value


def measure(claim: Approximation, context: Context, dimensions: Dimensions) -> tuple[Outcome, float]:
    """`equal` where the stated order is reached in every world, else `differ`, with the lowest power measured."""
    name = context.resolve(str(claim.small.value))
    if name in context.definitions and not any(d.head for d in context.definitions[name]):
        free = context.fork()  # what shrinks is free to; that it shows nothing may be for want of its meaning
        del free.definitions[name]
        outcome, power = measure(claim, free, dimensions)
        return (
            (outcome, power)
            if outcome.kind == "equal"
            else (Outcome("unknown", "what shrinks is no free quantity"), 0.0)
        )
    if name in context.definitions or name in context.integers or context.family(name):
        return Outcome("unknown", "what shrinks is no free quantity"), 0.0
    lowest, worlds, unknown = math.inf, 0, set[str]()
    for domain in ("mixed", "positive"):
        for seed in range(8):
            try:
                power, seen = _power(claim, name, context, dimensions, seed, domain)
            except DomainError:
                continue
            except (NotUnderstood, ShapeClash) as stop:
                return Outcome("unknown", str(stop)), 0.0
            except UNFORESEEN as stop:
                return Outcome("unknown", f"{type(stop).__name__}: {stop}"), 0.0
            lowest, worlds, unknown = min(lowest, power), worlds + 1, unknown | seen
            if worlds == 3:
                kind = "equal" if lowest >= claim.order - SLACK else "differ"
                return Outcome(
                    kind, points=worlds * 4, worlds=worlds, domain=domain, unknown=unknown, nonzero=True
                ), lowest
    return Outcome("empty", "no sample in any domain"), 0.0


def _power(
    claim: Approximation, name: str, context: Context, dimensions: Dimensions, seed: int, domain: str
) -> tuple[float, set[str]]:
    """The power with which the difference vanishes in one world; infinite where it is nothing but rounding."""
    gaps: list[float] = []
    seen: set[str] = set()
    reading = Reading(contents((claim.left, claim.right), context), context, dimensions)
    for k in HALVINGS:
        plain = make_world(context, seed, domain)
        world = _Shrunk(seed, domain, sizes=dict(plain.sizes), integers=dict(plain.integers))
        evaluator = Evaluator(reading, world)
        world.name, world.factor = name, 0.5**k
        if claim.centre is not None:
            world.centre = evaluator.eval(claim.centre, {}, Scope())
        scope = Scope()
        left, right = meet(evaluator.eval(claim.left, {}, scope), evaluator.eval(claim.right, {}, scope))
        pairs = list(zip(entries(left), entries(right), strict=True))
        scale = max((abs(real(x)) for pair in pairs for x in pair), default=0.0)
        gap = max((abs(real(x) - real(y)) for x, y in pairs), default=0.0)
        if not math.isfinite(gap):
            raise DomainError("not a number")
        seen |= evaluator.unknown
        if gap <= NOISE * max(scale, 1.0):
            break
        gaps.append(gap)
    return _settled(gaps), seen


def _settled(gaps: list[float]) -> float:
    """The power where it is steady for the smallest values: before that higher powers disturb, after that rounding does."""
    slopes = [math.log2(a / b) for a, b in itertools.pairwise(gaps)]
    if len(gaps) < 2:
        return math.inf
    if len(slopes) < 3:
        return min(slopes)
    for end in range(len(slopes), 2, -1):
        steady = slopes[end - 3 : end]
        if max(steady) - min(steady) <= STEADY:
            return min(steady)
    raise NotUnderstood("a difference that shrinks with no clear power")
