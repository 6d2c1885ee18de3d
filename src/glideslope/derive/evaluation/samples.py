"""Worlds with what has been worked out in them, kept from one step of a chain to the next.

In $A = B = C$ the second step asks for B again, and for C by the same definitions: it is judged in the worlds of the first.
A world is taken over only where nothing in it was guessed and the reading is the same; a step that does not hold there is
judged once more in worlds of its own, so that what is said of a failure never rests on the steps before it.
"""

from __future__ import annotations

from glideslope.derive.evaluation.evaluate import Evaluator
from glideslope.derive.evaluation.scope import Bind, Scope
from glideslope.derive.evaluation.values import Value
from glideslope.derive.reading.reading import Reading
from glideslope.derive.syntax.tree import Node

__all__ = ["Sample", "Samples"]


Place = tuple[tuple[str, object], ...]


class Sample:
    """One world and, place by place, the values of the side that comes up again."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self.scope = Scope()
        self.fits = True  # the inequalities of the text are true in it
        self._sound = True  # nothing in it belongs to one place only
        self._side: Node | None = None
        self._known: dict[Place, Value] = {}  # its values, from the step before
        self._found: dict[Place, Value] = {}  # values of the right side, for the step to come

    def at(self, left: Node, right: Node, bind: Bind) -> tuple[Value, Value]:
        """The values of both sides at a place.

        Raises:
            NotUnderstood, ShapeClash, DomainError, Budget.
        """
        evaluator, place = self.evaluator, tuple(bind.items())
        if evaluator.local:
            self.scope, self._sound, evaluator.local = Scope(), False, False
        evaluator.outer = bind
        known = self._known.get(place) if left is self._side else None
        first = evaluator.eval(left, bind, self.scope) if known is None else known
        second = self._found[place] = evaluator.eval(right, bind, self.scope)
        return first, second

    def resume(self, budget: int) -> None:
        """Begin the next step."""
        self.evaluator.budget = budget
        self._known, self._found = self._found, {}

    def serves(self, right: Node) -> bool:
        """Whether the next step, whose left side is this one's right, may begin here: nothing was guessed."""
        self._side, evaluator = right, self.evaluator
        guessed = evaluator.local or evaluator.unknown or evaluator.vanished or evaluator.world.shapes
        return self._sound and not guessed


class Samples:
    """The worlds of the step before, by seed, and the reading they were made for."""

    def __init__(self) -> None:
        self.reading: Reading | None = None
        self.worlds: dict[int, Sample] = {}
        self._joined = 0

    def begin(self, reading: Reading) -> None:
        """Start with new worlds."""
        self.reading, self.worlds = reading, {}
        self._joined = len(reading.dimensions.parent)

    def fit(self, reading: Reading) -> bool:
        """Whether the next step is read as the one before was."""
        mine = self.reading
        return (
            bool(self.worlds)
            and mine is not None
            and mine.context is reading.context
            and mine.dimensions is reading.dimensions
            and self._joined == len(reading.dimensions.parent)
            and mine.layout == reading.layout
            and mine.claim == reading.claim
        )

    def take(self, seed: int, budget: int) -> Sample | None:
        """The world of a seed, when the step before left one."""
        sample = self.worlds.pop(seed, None)
        if sample is not None:
            sample.resume(budget)
        return sample
