r"""Equations that are true wherever another one is: $e^z = \frac{p}{1-p}$, so $e^z (1 - p) = p$.

The first equation is solved for one of its quantities in a random world, by Newton's method on its entries; there the second one must be
true. It is shown when that succeeds in several worlds, and fails in none, for whichever quantity the first one can be solved for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from glideslope.derive.evaluation.evaluate import Evaluator
from glideslope.derive.evaluation.numbers import DomainError, real
from glideslope.derive.evaluation.sample import World, make_world
from glideslope.derive.evaluation.scope import NotUnderstood, Scope
from glideslope.derive.evaluation.values import UNFORESEEN, ShapeClash
from glideslope.derive.judging.compare import Question, entries, meet
from glideslope.derive.judging.evidence import Desk
from glideslope.derive.meaning.context import Known
from glideslope.derive.reading.contents import contents
from glideslope.derive.reading.letters import Letters
from glideslope.derive.reading.reading import Reading

__all__ = ["false_where", "true_where"]

Cell = tuple[str, tuple[object, ...]]
WORLDS, SEEDS, UNKNOWNS, CELLS, STEPS, PLACES = 3, 7, 3, 12, 30, 8
SOLVED = 1e-11
AGREES = 1e-7
NOTHING = 1e-6
EFFORT = 1200
"""How often the equations are evaluated; counted, not timed, so that a slow machine gives the same verdict."""
STOPS = (NotUnderstood, ShapeClash, *UNFORESEEN)


class _SpentError(Exception):
    """No more evaluations are left."""


class _Held(World):
    """A world in which some free quantities have the values given."""

    held: dict[Cell, float] = {}  # noqa: RUF012

    def _draw(self, name: str, indices: tuple[object, ...], fact: Known | None) -> float:
        found = self.held.get((name, indices))
        return super()._draw(name, indices, fact) if found is None else found


class _Pair:
    """Two equations in one world."""

    def __init__(self, premise: Question, claim: Question, desk: Desk, seed: int, effort: list[int]) -> None:
        self.effort = effort
        self.premise, self.claim, self.context = premise, claim, desk.context
        sides = (premise.left, premise.right, claim.left, claim.right)
        self.reading = Reading(contents(sides, desk.context), desk.context, desk.dimensions, desk.layout or "mixed")
        self.seed, self.plain, self.worst = seed, make_world(desk.context, seed, "mixed"), 0.0

    def gaps(self, question: Question, held: dict[Cell, float]) -> tuple[list[float], World]:
        """Left minus right, entry by entry, at every place; `worst` is the largest as a part of the sides."""
        self.effort[0] -= 1
        if self.effort[0] < 0:
            raise _SpentError
        world = _Held(self.seed, "mixed", sizes=dict(self.plain.sizes), integers=dict(self.plain.integers))
        world.held = held
        evaluator = Evaluator(self.reading, world)
        letters = Letters((question.left, question.right), question.conditions, self.context)
        found: list[float] = []
        self.worst = 0.0
        for bind in letters.places(evaluator, PLACES, self.seed):
            left, right = meet(*(evaluator.eval(side, bind, Scope()) for side in (question.left, question.right)))
            pairs = [(real(x), real(y)) for x, y in zip(entries(left), entries(right), strict=True)]
            scale = max(1.0, *(abs(v) for pair in pairs for v in pair))
            found.extend(x - y for x, y in pairs)
            self.worst = max(self.worst, *(abs(x - y) / scale for x, y in pairs))
        if not found or not all(abs(g) < 1e12 for g in found) or evaluator.unknown:
            raise DomainError("not a number")
        self.plain.sizes.update(world.sizes)
        return found, world

    def unknowns(self) -> Iterator[list[Cell]]:
        """The free quantities of the premise, cell by cell: those with as many cells as it has entries first."""
        gaps, world = self.gaps(self.premise, {})
        cells: dict[str, list[Cell]] = {}
        for name, indices in world.leaves:
            fact = self.context.known.get(str(name))
            fixed = fact is not None and (fact.integer or fact.choices or fact.structure)
            if not fixed and not str(name).startswith("∂"):
                cells.setdefault(str(name), []).append((str(name), tuple(indices)))  # type: ignore[arg-type]
        fitting = [c for c in cells.values() if len(c) <= CELLS]
        yield from sorted(fitting, key=lambda c: (len(c) != len(gaps), len(c)))

    def solved(self, cells: list[Cell]) -> dict[Cell, float] | None:
        """Values of the cells at which the premise is true; None where none are found."""
        _, world = self.gaps(self.premise, {})
        at = {cell: float(world.leaves[cell]) for cell in cells}
        for _ in range(STEPS):
            gaps, _ = self.gaps(self.premise, at)
            if self.worst < SOLVED:
                return at if all(self._allowed(cell, x) for cell, x in at.items()) else None
            slopes = []
            for cell in cells:
                step = 1e-6 * max(1.0, abs(at[cell]))
                moved, _ = self.gaps(self.premise, {**at, cell: at[cell] + step})
                slopes.append([(b - a) / step for a, b in zip(gaps, moved, strict=True)])
            move = _least(slopes, gaps)
            at = {cell: x - d for (cell, x), d in zip(at.items(), move, strict=True)}
        return None

    def _allowed(self, cell: Cell, x: float) -> bool:
        fact = self.context.known.get(cell[0])
        low, high = (None, None) if fact is None else (fact.low, fact.high)
        return (low is None or x > low) and (high is None or x < high)


def true_where(premise: Question, claim: Question, desk: Desk) -> bool:
    """Whether the claim is true wherever the premise is, as far as samples show."""
    return _tried(premise, claim, desk, WORLDS) is True


def false_where(premise: Question, claim: Question, desk: Desk) -> bool:
    """Whether the premise is true somewhere where the claim is not: $x^2 = a^2$ is so of x = −a."""
    return _tried(premise, claim, desk, SEEDS) is False


def _tried(premise: Question, claim: Question, desk: Desk, worlds: int) -> bool | None:
    """Whether the claim was true in so many worlds, or false in one; None where samples do not show it."""
    effort, names, shown = [EFFORT], list[str](), 0
    try:
        for turn in range(UNKNOWNS):
            found = _true_by(premise, claim, desk, turn, names, effort, worlds)
            if found is None:
                break
            if not found:
                return False
            shown += found == worlds
    except _SpentError:
        return None  # the quantities that were not tried may speak against it
    return True if shown else None


def _true_by(
    premise: Question, claim: Question, desk: Desk, turn: int, names: list[str], effort: list[int], worlds: int
) -> int | None:
    """In how many worlds the claim is true where the premise was solved for another quantity; -1 none could be solved, 0 it is false."""
    good = 0
    for seed in range(SEEDS):
        try:
            pair = _Pair(premise, claim, desk, seed, effort)
            cells = [c for c in pair.unknowns() if c[0][0] not in names[:turn]]
            if not cells:
                return None
            if len(names) == turn:
                names.append(cells[0][0][0])
            chosen = next((c for c in cells if c[0][0] == names[turn]), None)
            at = None if chosen is None else pair.solved(chosen)
            if at is None:
                continue
            pair.gaps(claim, at)
        except STOPS:
            continue
        if pair.worst > AGREES:
            return 0
        good += any(abs(x) >= NOTHING for x in at.values())  # A u = 0 and B u = 0 are both true of nothing
        if good == worlds:
            break
    return good or -1


def _least(slopes: list[list[float]], gaps: list[float]) -> list[float]:
    """The smallest move that a linear system asks for, in the sense of least squares: (JᵀJ + εI) d = Jᵀ r."""
    n = len(slopes)
    rows: list[list[Any]] = [
        [sum(a * b for a, b in zip(slopes[i], slopes[j], strict=True)) + (1e-12 if i == j else 0.0) for j in range(n)]
        + [sum(a * g for a, g in zip(slopes[i], gaps, strict=True))]
        for i in range(n)
    ]
    for k in range(n):
        best = max(range(k, n), key=lambda i: abs(rows[i][k]))
        rows[k], rows[best] = rows[best], rows[k]
        if rows[k][k] == 0:
            raise ZeroDivisionError
        for i in range(n):
            if i != k:
                factor = rows[i][k] / rows[k][k]
                rows[i] = [a - factor * b for a, b in zip(rows[i], rows[k], strict=True)]
    return [rows[k][n] / rows[k][k] for k in range(n)]
