"""The free letters of a claim, $i$ and $j$ in $a_{ij} = b_i c_j$, and the places they are tried at.

A claim with free letters holds for all their values: all are tried when they are few, else a spread that meets i = j and i ≠ j.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from glideslope.derive.evaluation.numbers import DomainError
from glideslope.derive.evaluation.sample import LAST, World
from glideslope.derive.evaluation.scope import Bind, NotUnderstood, Scope
from glideslope.derive.evaluation.values import ShapeClash
from glideslope.derive.meaning.context import Context, Definition
from glideslope.derive.syntax.names import INDEX_LETTERS
from glideslope.derive.syntax.tree import Node, walk

if TYPE_CHECKING:
    from glideslope.derive.evaluation.evaluate import Evaluator

__all__ = ["Letters", "free_letters", "orderings_hold"]

#: places beyond which a spread of them is taken
ALL = 400


def free_letters(node: Node, context: Context, world: World) -> list[str]:
    """Letters that index something and are bound by nothing, in order of appearance; none that is a whole number of the world."""
    return [letter for letter in _unbound(node, context) if letter not in world.integers]


def _unbound(node: Node, context: Context) -> list[str]:
    found: dict[str, None] = {}

    def visit(part: Node, bound: frozenset[str]) -> None:
        if part.op == "big":
            head = int(part.value.has_lower) + int(part.value.has_upper)
            for child in part.args[:head]:
                visit(child, bound)
            bound = bound | set(part.value.letters)
            for child in part.args[head:]:
                visit(child, bound)
            return
        indices = part.args if part.op == "sym" else part.args[1:] if part.op in ("index", "slice") else ()
        for index in indices:
            for leaf in walk(index):
                if leaf.op == "sym" and not leaf.args:
                    name = str(leaf.value)
                    if name not in bound and context.indexes(name) and not _is_value(name, context):
                        found[name] = None
        for child in part.args:
            visit(child, bound)

    visit(node, frozenset())
    return list(found)


def _is_value(name: str, context: Context) -> bool:
    """A letter that names a quantity of the text is a label below another symbol, unless it is an index there too."""
    known = context.known.get(name)
    if name in context.ranges:
        return False
    return (known is not None and known.declared and not known.integer) or (
        bool(context.definitions.get(name)) and name not in context.integers
    )


def _times_in_limits(claim: Node, context: Context) -> list[str]:
    """t of a sum up to t - 1, where time goes on to T: a place as well, though it is below no symbol."""
    limits = [a for n in walk(claim) if n.op == "big" for a in n.args[: n.value.has_lower + n.value.has_upper]]
    names = {str(n.value) for limit in limits for n in walk(limit) if n.op == "sym" and not n.args}
    bound = {letter for n in walk(claim) if n.op == "big" for letter in n.value.letters}
    return sorted(x for x in names - bound if LAST.get(x) in context.integers and not context.definitions.get(x))


class Letters:
    """The free letters of a claim and of its conditions."""

    def __init__(self, sides: tuple[Node, ...], conditions: tuple[Node, ...], context: Context) -> None:
        self.claim = Node("tuple", (*sides, *conditions))
        self.conditions = conditions
        self.context = context
        self.letters = _unbound(self.claim, context)
        for condition in conditions:
            for node in walk(condition):
                name = str(node.value)
                if (
                    node.op == "sym"
                    and not node.args
                    and name not in self.letters
                    and name in INDEX_LETTERS
                    and name not in context.definitions
                ):
                    self.letters.append(name)
        self.letters.extend(x for x in _times_in_limits(self.claim, context) if x not in self.letters)
        self._back: dict[str, int] = {}

    def places(self, evaluator: Evaluator, points: int, seed: int) -> Iterator[Bind]:
        """Values for the letters in one world, `points` of them and at least one of each kind (i = j, i ≠ j)."""
        letters = [letter for letter in self.letters if letter not in evaluator.world.integers]
        if not letters:
            yield {}
            return
        counting = [x for x in letters if x in LAST and LAST[x] in evaluator.world.integers]
        letters = counting + [x for x in letters if x not in counting]
        every = _spread(self._ranges(letters, len(counting), evaluator, seed), seed)
        start, stride = (seed * 7) % max(1, len(every)), _stride(len(every))
        taken = 0
        kinds: set[tuple[bool, ...]] = set()
        for k in range(len(every)):
            place = every[(start + k * stride) % len(every)]
            kind = tuple([a == b for a, b in itertools.combinations(place, 2)])
            if taken >= points and kind in kinds:
                if len(kinds) == len(letters) < 3:  # one letter is of one kind, two are of two
                    return
                continue
            bind = dict(zip(letters, place, strict=True))
            if self._allowed(bind, evaluator):
                kinds.add(kind)
                taken += 1
                yield bind

    def _ranges(self, letters: list[str], counting: int, evaluator: Evaluator, seed: int) -> list[list[int]]:
        """What each letter runs over; the first `counting` of them count layers or time."""
        fixed: Bind = {}
        ranges: list[list[int]] = []
        for letter in letters[:counting]:
            values = _steps_of_time(self.claim, letter, evaluator)
            value = values[seed % len(values)]  # sizes may differ from layer to layer: one value a world
            fixed[letter] = value
            ranges.append([value] if len(letters) > counting else values)
        for letter in letters[counting:]:
            found = evaluator.letter_range(self.claim, letter, Scope(), fixed)
            values = list(found) if found else _steps_of_time(self.claim, letter, evaluator)
            back = self._steps_back(letter)
            ranges.append([v for v in values if v > back] or list(range(back + 1, back + 4)))
        return ranges

    def _steps_back(self, letter: str) -> int:
        """How far back the claim follows a recurrence: of its start, before the first step, the recurrence says nothing."""
        back = self._back.get(letter)
        if back is None:
            back = self._back[letter] = _steps_back(self.claim, letter, self.context)
        return back

    def _allowed(self, bind: Bind, evaluator: Evaluator) -> bool:
        """Whether the conditions of the claim and the inequalities of the text are true at a place."""
        if not self.conditions and not self.context.orderings:
            return True
        try:
            return all(evaluator.truth(c, bind, Scope()) for c in self.conditions) and all(
                _order_holds(o, bind, evaluator) for o in self.context.orderings
            )
        except (ShapeClash, DomainError):
            return False


def _spread(ranges: list[list[int]], seed: int) -> list[tuple[int, ...]]:
    if math.prod(max(1, len(r)) for r in ranges) <= ALL:
        return list(itertools.product(*ranges))
    return [tuple(r[(k * (p + 3) + seed) % len(r)] for p, r in enumerate(ranges)) for k in range(60)]


def _stride(n: int) -> int:
    for stride in (7, 5, 11, 3, 1):
        if n % stride:
            return stride
    return 1


def _steps_of_time(node: Node, letter: str, evaluator: Evaluator) -> list[int]:
    """Values of a letter that counts layers or time: up to the last one named in the text, shifts included."""
    top = evaluator.world.integers.get(LAST.get(letter, ""))
    if top is None:
        return [2, 3, 1, 4]
    shift = 0
    for part in walk(node):
        if (
            part.op == "add"
            and len(part.args) == 2
            and part.args[0].op == "sym"
            and part.args[0].value == letter
            and part.args[1].op == "num"
        ):
            shift = max(shift, part.value[1] * int(part.args[1].value))
    declared = (
        evaluator.letter_range(Node("num", (), 0), letter, Scope()) if letter in evaluator.context.ranges else None
    )
    values = [k for k in (declared or range(1, top + 1)) if k + shift <= top]
    return values[::-1] or [1]


def _steps_back(node: Node, letter: str, context: Context) -> int:
    back = 0
    for part in walk(node):
        if part.op != "sym" or not any(_recurs(d) for d in context.definitions.get(str(part.value), ())):
            continue
        for index in part.args:
            if index.op == "add" and index.args[0].op == "sym" and index.args[0].value == letter:
                back = max(back, -index.value[1] * int(index.args[1].value) if index.args[1].op == "num" else 0)
    return back


def _recurs(definition: Definition) -> bool:
    return any(n.op == "sym" and n.value == definition.name and n.args for n in walk(definition.body))


def orderings_hold(context: Context, evaluator: Evaluator) -> bool:
    """Whether the inequalities of the text between free quantities are true in this world."""
    for ordering in context.orderings:
        letters = [str(n.value) for n in walk(ordering) if n.op == "sym" and not n.args]
        if all(
            letter in evaluator.world.integers or letter not in INDEX_LETTERS or not _plain_index(letter, context)
            for letter in letters
        ):
            try:
                if not evaluator.truth(ordering, {}, Scope()):
                    return False
            except (NotUnderstood, ShapeClash, DomainError, ValueError):
                continue
    return True


def _plain_index(letter: str, context: Context) -> bool:
    fact = context.known.get(letter)
    if any(n is not None and n.value == letter for law in context.laws.values() for n in law.parameters):
        return False  # U(a, b)
    return fact is None or not (fact.declared and not fact.integer)


def _order_holds(ordering: Node, bind: Bind, evaluator: Evaluator) -> bool:
    names = {str(n.value) for n in walk(ordering) if n.op == "sym"}
    if not names & set(bind):
        return True
    try:
        return evaluator.truth(ordering, bind, Scope())
    except (NotUnderstood, ShapeClash, DomainError):
        return True
