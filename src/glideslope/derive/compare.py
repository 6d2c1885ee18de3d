"""Compare two formulas: several worlds, several index assignments, one reading after the other.

A reading says which definitions are used, how derivatives are laid out and how far a sum reaches.
The first reading in which both sides agree at every sample wins; they differ only when every reading says so.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from glideslope.derive.contents import composed, reached
from glideslope.derive.context import Context, Definition
from glideslope.derive.dimensions import Dimensions
from glideslope.derive.evaluate import Evaluator
from glideslope.derive.names import INDEX_LETTERS
from glideslope.derive.numbers import DomainError, real
from glideslope.derive.reading import Reading
from glideslope.derive.sample import World
from glideslope.derive.scope import NotUnderstood, Scope
from glideslope.derive.tree import Node, walk
from glideslope.derive.values import Eye, Mat, Ones, ShapeClash, Value

__all__ = ["INEQUALITIES", "Outcome", "Question", "compare", "free_letters", "relevant", "residual"]

TOLERANCE = 1e-8
DOMAINS = ("mixed", "positive", "unit")
INEQUALITIES = frozenset({"<", ">", "<=", ">="})
SPREADS = (1.0, 3.0, 0.3)
"""How far the samples of an inequality reach, in turn: many a false one is true near its bounds."""


@dataclass(frozen=True)
class Question:
    """Two sides, the relation between them, and the conditions they stand under."""

    left: Node
    right: Node
    relation: str = "="
    conditions: tuple[Node, ...] = ()
    digits: int | None = None


@dataclass
class Outcome:
    """How a comparison ended: `equal`, `differ`, `clash` (shapes), `unknown` (not understood) or `empty` (no sample)."""

    kind: str
    detail: str = ""
    points: int = 0
    worlds: int = 0
    domain: str = "mixed"
    reading: str = "all"
    world: World | None = None
    bind: dict[str, Any] = field(default_factory=dict)
    left: Value = None
    right: Value = None
    unknown: set[str] = field(default_factory=set)
    guessed: set[str] = field(default_factory=set)
    vanished: set[str] = field(default_factory=set)  # why derivatives were 0: "entries", "layers"
    inside: bool = False  # the shapes clash within a definition, before the step's own operations
    nonzero: bool = False  # some sample is not 0 = 0

    def vacuous(self, question: Question) -> bool:
        """Whether the sides agree only as 0 = 0 because a dependence was held still."""
        if self.nonzero or not self.vanished:
            return False
        return "layers" in self.vanished or not any(
            side.op == "num" and side.value == 0 for side in (question.left, question.right)
        )


def free_letters(node: Node, context: Context, world: World) -> list[str]:
    """Letters that index something and are bound by nothing, in order of appearance."""
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
        indices = part.args if part.op == "sym" else part.args[1:] if part.op == "index" else ()
        for index in indices:
            for leaf in walk(index):
                if leaf.op == "sym" and not leaf.args:
                    name = str(leaf.value)
                    if (
                        name in bound
                        or name in world.integers
                        or not context.indexes(name)
                        or _is_value(name, context, index)
                    ):
                        continue
                    found[name] = None
        for child in part.args:
            visit(child, bound)

    visit(node, frozenset())
    return list(found)


def _is_value(name: str, context: Context, index: Node) -> bool:
    """A letter that names a quantity of the text is a label below another symbol, unless it is an index there too."""
    known = context.known.get(name)
    if name in context.ranges:
        return False
    return (known is not None and known.declared and not known.integer) or (
        bool(context.definitions.get(name)) and name not in context.integers
    )


def compare(
    question: Question,
    context: Context,
    dimensions: Dimensions,
    *,
    use: Callable[[Definition], bool] | None = None,
    layout: str = "mixed",
    worlds: int = 3,
    points: int = 5,
    friendly: bool = False,
    budget: int = 150_000,
    domains: Iterable[str] = DOMAINS,
) -> Outcome:
    """Compare the sides in one reading, in each domain until one of them gives samples."""
    question = relevant(question, context)
    if any(n.op == "dots" for side in (question.left, question.right) for n in walk(side)):
        return Outcome("unknown", "dots that show no pattern")
    outcome = Outcome("empty")
    first_difference: Outcome | None = None
    for domain in domains:
        outcome = _in_domain(question, context, dimensions, use, layout, worlds, points, friendly, budget, domain)
        if outcome.kind == "empty" and context.orderings:
            outcome = _unordered(question, context, dimensions, use, layout, worlds, points, friendly, budget, domain)
        if outcome.kind in ("equal", "clash", "unknown"):
            if outcome.kind == "equal" and first_difference is not None and not _has_domain(question, context):
                return first_difference
            return outcome if outcome.kind == "equal" or first_difference is None else first_difference
        if outcome.kind == "differ" and first_difference is None:
            first_difference = outcome
            if not _has_domain(question, context):
                return outcome
    return first_difference or outcome


def _unordered(question: Question, context: Context, *rest: Any) -> Outcome:
    """No sample meets the inequalities of the text: a claim that holds without them holds all the more."""
    free = context.fork()
    free.orderings = []
    outcome = _in_domain(question, free, *rest)
    return outcome if outcome.kind == "equal" else Outcome("empty", "no sample in any domain", domain=rest[-1])


def relevant(question: Question, context: Context) -> Question:
    """Leave out conditions on a letter that occurs nowhere else: i = j says nothing of a formula without j."""
    if not question.conditions:
        return question
    world = World()
    both = Node("tuple", (question.left, question.right))
    present = {str(n.value) for n in walk(both) if n.op == "sym"} | set(free_letters(both, context, world))
    letters = [{str(n.value) for n in walk(c) if n.op == "sym" and not n.args} for c in question.conditions]
    kept = []
    for k, condition in enumerate(question.conditions):
        elsewhere = present.union(*letters[:k], *letters[k + 1 :])
        absent = {x for x in letters[k] - elsewhere if x in INDEX_LETTERS and x not in context.integers}
        if not absent or len(letters[k]) == 1:
            kept.append(condition)
    return replace(question, conditions=tuple(kept))


def _has_domain(question: Question, context: Context) -> bool:
    """Tell whether a claim, or what it rests on, is at home only on positive numbers: roots, logs, broken powers."""
    for node in reached((question.left, question.right), context):
        if node.op == "call" and node.value in ("log", "sqrt", "arcsin", "arccos", "logit"):
            return True
        if node.op in ("abs", "norm") or (node.op == "pow" and node.args[1].op != "num"):
            return True
    return False


def _in_domain(
    question: Question, context: Context, dimensions: Dimensions, use: Callable[[Definition], bool] | None, layout: str, worlds: int, points: int,
    friendly: bool, budget: int, domain: str,
) -> Outcome:  # fmt: skip
    outcome = Outcome("empty", domain=domain)
    good_worlds, ordered = 0, question.relation in INEQUALITIES
    # Unlike an equation, a false inequality is true at many samples.
    wanted, tries = (16 * worlds, 80 * worlds) if ordered else (worlds, worlds + 5)
    reading = Reading((question.left, question.right), context, dimensions, use, layout)
    for seed in range(tries):
        world = make_world(context, seed, domain, friendly, use)
        world.spread = SPREADS[seed // worlds % len(SPREADS)] if ordered else 1.0
        evaluator = Evaluator(reading, world, budget)
        found = 0
        try:
            if not _world_fits(context, evaluator):
                continue
            scope = Scope()
            for bind in _assignments(question, context, evaluator, points, seed):
                if evaluator.local:
                    scope, evaluator.local = Scope(), False
                evaluator.outer = bind
                try:
                    left, right = evaluator.eval(question.left, bind, scope), None
                    right = evaluator.eval(question.right, bind, scope)
                    gap = residual(left, right, question.relation, question.digits)
                except DomainError as error:
                    outcome.detail = str(error)
                    continue
                except ShapeClash as error:
                    if world.smaller and composed((question.left, question.right), context):
                        return Outcome("unknown", "a size put together from others", domain=domain)
                    return Outcome("clash", str(error), outcome.points, good_worlds, domain, world=world, bind=bind, inside=error.inside,
                                   unknown=evaluator.unknown, guessed=evaluator.guessed)  # fmt: skip
                found += 1
                outcome.points += 1
                outcome.vanished |= evaluator.vanished
                outcome.nonzero |= any(abs(real(x)) > 1e-12 for x in _entries(left, right))
                if gap and world.smaller and composed((question.left, question.right), context):
                    return Outcome("unknown", "a size put together from others", domain=domain)
                if gap:
                    return Outcome("differ", "", outcome.points, good_worlds + 1, domain, world=world, bind=bind, left=left, right=right,
                                   unknown=evaluator.unknown, guessed=evaluator.guessed)  # fmt: skip
                outcome.left, outcome.right, outcome.bind = left, right, bind
        except NotUnderstood as error:
            return Outcome("unknown", str(error), domain=domain, unknown=evaluator.unknown, guessed=evaluator.guessed)
        except (ArithmeticError, ValueError, TypeError, AttributeError, IndexError, KeyError) as error:
            return Outcome("unknown", f"{type(error).__name__}: {error}", domain=domain)
        except RecursionError:
            return Outcome("unknown", "nested too deeply", domain=domain)
        if found:
            good_worlds += 1
            outcome.kind, outcome.world, outcome.worlds = "equal", world, good_worlds
            outcome.unknown |= evaluator.unknown
            outcome.guessed |= evaluator.guessed
            if good_worlds >= wanted:
                break
    return outcome


def _entries(*values: Value) -> list[Any]:
    found: list[Any] = []
    for value in values:
        found.extend(
            value.data if isinstance(value, Mat) else [value.scale if isinstance(value, Eye | Ones) else value]
        )
    return found


def make_world(
    context: Context, seed: int, domain: str, friendly: bool = False, use: Callable[[Definition], bool] | None = None
) -> World:
    """A fresh world with the whole numbers of the context chosen, but for those a definition in use decides."""
    world = World(seed, domain, friendly)
    for name in sorted(context.integers):
        if any(not d.head and (use is None or use(d)) for d in context.definitions.get(name, ())):
            continue
        if name in LAST and LAST[name] in context.integers:
            continue
        fact = context.known.get(name)
        if fact is not None and fact.rank is not None and not fact.integer:
            continue
        world.integers[name] = world.size(name)
        if name in LAST.values() and world.integers[name] < 3:
            world.integers[name] = world.sizes[name] = 3
        if fact is not None and fact.low is not None and world.integers[name] < fact.low:
            world.integers[name] = world.sizes[name] = int(fact.low) + 1
    return world


def _world_fits(context: Context, evaluator: Evaluator) -> bool:
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
    return fact is None or not (fact.declared and not fact.integer)


def _assignments(
    question: Question, context: Context, evaluator: Evaluator, points: int, seed: int
) -> Iterable[dict[str, Any]]:
    """Values for the free letters: all of them when few, else a spread that meets i = j and i ≠ j."""
    both = Node("tuple", (question.left, question.right, *question.conditions))
    letters = free_letters(both, context, evaluator.world)
    for condition in question.conditions:
        for node in walk(condition):
            name = str(node.value)
            if (
                node.op == "sym"
                and not node.args
                and name not in letters
                and name in INDEX_LETTERS
                and name not in evaluator.world.integers
                and name not in context.definitions
            ):
                letters.append(name)
    if not letters:
        yield {}
        return
    counting = [x for x in letters if x in LAST and LAST[x] in evaluator.world.integers]
    letters = counting + [x for x in letters if x not in counting]
    fixed: dict[str, Any] = {}
    ranges = []
    for letter in counting:
        values = _steps_of_time(both, letter, evaluator)
        value = values[seed % len(values)]  # sizes may differ from layer to layer: one value a world
        fixed[letter] = value
        ranges.append([value] if len(letters) > len(counting) else values)
    for letter in letters[len(counting) :]:
        found = evaluator.letter_range(both, letter, Scope(), fixed)
        values = list(found) if found else _steps_of_time(both, letter, evaluator)
        back = _steps_back(both, letter, context)
        ranges.append([v for v in values if v > back] or list(range(back + 1, back + 4)))
    every = list(itertools.product(*ranges)) if _count(ranges) <= 400 else [
        tuple(r[(k * (p + 3) + seed) % len(r)] for p, r in enumerate(ranges)) for k in range(60)
    ]  # fmt: skip
    taken = 0
    start = (seed * 7) % max(1, len(every))
    stride = _stride(len(every))
    seen_kinds: dict[tuple[bool, ...], int] = {}
    for k in range(len(every)):
        place = every[(start + k * stride) % len(every)]
        bind = dict(zip(letters, place, strict=True))
        kind = tuple(a == b for a, b in itertools.combinations(place, 2))
        if taken >= points and seen_kinds.get(kind, 0) >= 1:
            continue
        if question.conditions or context.orderings:
            try:
                if not all(evaluator.truth(c, bind, Scope()) for c in question.conditions):
                    continue
                if not all(_order_holds(o, bind, evaluator) for o in context.orderings):
                    continue
            except (ShapeClash, DomainError):
                continue
        seen_kinds[kind] = seen_kinds.get(kind, 0) + 1
        taken += 1
        yield bind


#: letters that count up to a last one
LAST = {"l": "L", "\\ell": "L", "t": "T"}


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
    """How far back a claim follows a recurrence: of its start, before the first step, the recurrence says nothing."""
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


def _order_holds(ordering: Node, bind: dict[str, Any], evaluator: Evaluator) -> bool:
    names = {str(n.value) for n in walk(ordering) if n.op == "sym"}
    if not names & set(bind):
        return True
    try:
        return evaluator.truth(ordering, bind, Scope())
    except (NotUnderstood, ShapeClash, DomainError):
        return True


def _count(ranges: list[list[int]]) -> int:
    total = 1
    for r in ranges:
        total *= max(1, len(r))
    return total


def _stride(n: int) -> int:
    for stride in (7, 5, 11, 3, 1):
        if n % stride:
            return stride
    return 1


def residual(left: Value, right: Value, relation: str = "=", digits: int | None = None) -> bool:
    """Whether the relation between two values is violated.

    Raises:
        ShapeClash: when the two shapes cannot be compared.
    """
    left, right = _meet(left, right)
    a = left.data if isinstance(left, Mat) else [left]
    b = right.data if isinstance(right, Mat) else [right]
    pairs = [(real(x), real(y)) for x, y in zip(a, b, strict=True)]
    if any(x != x or y != y or abs(x) == float("inf") or abs(y) == float("inf") for x, y in pairs):
        raise DomainError("not a number")
    scale = max((abs(v) for p in pairs for v in p), default=0.0)
    slack = TOLERANCE * scale + 1e-11
    if digits is not None:
        slack = max(slack, 1.01 * 10.0**-digits)
    if relation in ("<", "<="):
        return any(x > y + slack for x, y in pairs)
    if relation in (">", ">="):
        return any(x < y - slack for x, y in pairs)
    if relation == "!=":
        return all(abs(x - y) <= slack for x, y in pairs)
    return any(abs(x - y) > slack for x, y in pairs)


def _meet(left: Value, right: Value) -> tuple[Value, Value]:
    """Bring both sides to one shape."""
    if isinstance(left, Eye | Ones) or isinstance(right, Eye | Ones):
        if isinstance(left, Eye | Ones) and isinstance(right, Eye | Ones):
            return left.scale, right.scale
        if isinstance(left, Eye | Ones):
            return _grown(left, right), right
        return left, _grown(right, left)
    if isinstance(left, Mat) and isinstance(right, Mat):
        if (left.rows, left.cols) != (right.rows, right.cols):
            raise ShapeClash(f"the left side is {left.rows}×{left.cols}, the right side {right.rows}×{right.cols}")
        return left, right
    if isinstance(left, Mat) and not isinstance(right, Mat):
        if real(right) == 0:
            return left, Mat(left.rows, left.cols, [right] * len(left.data))
        raise ShapeClash(f"the left side is {left.rows}×{left.cols}, the right side a number")
    if isinstance(right, Mat):
        if real(left) == 0:
            return Mat(right.rows, right.cols, [left] * len(right.data)), right
        raise ShapeClash(f"the left side is a number, the right side {right.rows}×{right.cols}")
    return left, right


def _grown(small: Eye | Ones, like: Value) -> Value:
    if not isinstance(like, Mat):
        return small.scale
    if isinstance(small, Ones):
        return Mat(like.rows, like.cols, [small.scale] * len(like.data))
    if like.rows != like.cols:
        raise ShapeClash(f"I beside a {like.rows}×{like.cols} matrix")
    return Mat(like.rows, like.cols, [small.scale if k % (like.cols + 1) == 0 else 0 for k in range(len(like.data))])
