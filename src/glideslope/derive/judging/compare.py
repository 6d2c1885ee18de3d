"""Compare two formulas: several worlds, several index assignments, one reading after the other.

A reading says which definitions are used, how derivatives are laid out and how far a sum reaches.
The first reading in which both sides agree at every sample wins; they differ only when every reading says so.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from glideslope.derive.evaluation.evaluate import Evaluator
from glideslope.derive.evaluation.numbers import DomainError, UnsettledError, real
from glideslope.derive.evaluation.sample import World
from glideslope.derive.evaluation.samples import Sample, Samples
from glideslope.derive.evaluation.scope import NotUnderstood
from glideslope.derive.evaluation.values import NUMBERS, Eye, Mat, Ones, ShapeClash, Value
from glideslope.derive.laws.chance import random_names
from glideslope.derive.meaning.context import Context
from glideslope.derive.reading.contents import Contents, composed, contents, may_be_chance, piecewise, reached
from glideslope.derive.reading.dimensions import Dimensions
from glideslope.derive.reading.letters import Letters, free_letters, orderings_hold
from glideslope.derive.reading.reading import Reading
from glideslope.derive.reading.tall import taller
from glideslope.derive.syntax.names import INDEX_LETTERS
from glideslope.derive.syntax.tree import Node, walk

__all__ = [
    "DOMAINS",
    "INEQUALITIES",
    "Outcome",
    "Question",
    "Rejected",
    "compare",
    "entries",
    "meet",
    "relevant",
    "residual",
]

TOLERANCE = 1e-8
SLACK = 1e-11
"""What rounding may leave between numbers that are 0."""
TIE = 1e-12
"""What rounding may put between numbers that are equal, as a part of them."""
DOMAINS = ("mixed", "positive", "unit")
ROOTS = ("log", "sqrt", "arcsin", "arccos", "logit")
INEQUALITIES = frozenset({"<", ">", "<=", ">="})
SPREADS = (1.0, 3.0, 0.3)
"""How far the samples of an inequality reach, in turn: many a false one is true near its bounds."""
FEWEST, PATIENCE = 16, 10  # settings an inequality needs, and how much longer they are sought where conditions are rare
EDGES = ("alike", "one", "alike", "near", "far", "apart", "apart", "apart", "nearest", "farthest")
CHANCES = ("sure", "sure", "sure", "tied", "tied", "tied", "opposed", "opposed", "opposed")
"""… of probabilities: nearly all on one outcome, variables that tell each other's."""
TIES = ("alike", "one")
"""Edges at which equal sides are no rounding: there an inequality with < is false."""


@dataclass(frozen=True)
class Question:
    """Two sides, the relation between them, and the conditions they stand under."""

    left: Node
    right: Node
    relation: str = "="
    conditions: tuple[Node, ...] = ()
    digits: int | None = None


#: how many times as many samples are tried for an inequality whose conditions few of them meet


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
    guessed: set[str] = field(default_factory=set)  # names whose shape nothing in the text gives
    vanished: set[str] = field(default_factory=set)  # why derivatives were 0: "entries", "layers"
    inside: bool = False  # the shapes clash within a definition, before the step's own operations
    nonzero: bool = False  # some sample is not 0 = 0
    edge: bool = False  # true in part: of most numbers, or of the positive ones only
    conventions: tuple[frozenset[tuple[str, str]], ...] = ()  # of the named laws it rests on, those that bear it

    def vacuous(self, question: Question) -> bool:
        """Whether the sides agree only as 0 = 0 because a dependence was held still."""
        if self.nonzero or not self.vanished:
            return False
        return "layers" in self.vanished or not any(
            side.op == "num" and side.value == 0 for side in (question.left, question.right)
        )


#: a world by what the claim speaks about, seed, domain, kind of numbers and spread
Rejected = tuple[Contents, int, str, bool, float]


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard a difference is looked for: worlds, points in each, work allowed in each; with friendly numbers or not; how far inequalities reach."""

    worlds: int
    points: int
    friendly: bool
    budget: int
    rejected: set[Rejected] | None = None
    far: bool = True


def compare(
    question: Question,
    context: Context,
    dimensions: Dimensions,
    *,
    layout: str = "mixed",
    worlds: int = 3,
    points: int = 5,
    friendly: bool = False,
    budget: int = 150_000,
    domains: Iterable[str] = DOMAINS,
    samples: Samples | None = None,
    rejected: set[Rejected] | None = None,
    far: bool = True,
) -> Outcome:
    """Compare the sides in one reading, in each domain until one of them gives samples.

    `samples` are the worlds of the step before, where this one goes on in its chain; what serves the next one is left in it.
    `far`: whether an inequality is tried with very small and very large numbers too.
    `rejected` are worlds in which the inequalities of the text are false, remembered among claims in one context.
    """
    question = relevant(question, context)
    sides = question.left, question.right
    if any(n.op == "dots" for side in sides for n in walk(side)):
        return Outcome("unknown", "dots that show no pattern")
    reading = Reading(contents(sides, context), context, dimensions, layout)
    letters = Letters(sides, question.conditions, context)
    effort = Effort(worlds, points, friendly, budget, rejected, far)
    if samples is not None and samples.fit(reading):
        assert samples.reading is not None
        outcome = _in_domain(question, samples.reading, letters, effort, DOMAINS[0], samples)
        if outcome.kind == "equal":
            return outcome
    found = _over_domains(question, reading, letters, effort, domains, samples)
    if found.kind == "empty":
        higher = taller((question.left, question.right), context, dimensions)
        if higher is not None:
            return compare(question, higher, dimensions, layout=layout, worlds=worlds, points=points,
                           friendly=friendly, budget=budget, domains=domains, far=far)  # fmt: skip
    return found


def _over_domains(
    question: Question,
    reading: Reading,
    letters: Letters,
    effort: Effort,
    domains: Iterable[str],
    samples: Samples | None,
) -> Outcome:
    """The outcome in the first domain that decides; a difference on all numbers excuses itself only where the claim has a domain."""
    context = reading.context
    outcome = Outcome("empty")
    first_difference: Outcome | None = None
    ordered = question.relation in INEQUALITIES
    for domain in domains:
        if ordered and first_difference is not None and (domain == "unit" or not _of_chance(question)):
            break  # x² ≤ |x| is false, though true on (0, 1)
        if samples is not None:
            samples.begin(reading)
        outcome = _in_domain(question, reading, letters, effort, domain, samples if domain == DOMAINS[0] else None)
        if outcome.kind == "empty" and context.orderings:
            outcome = _unordered(question, reading, effort, domain)
        if outcome.kind in ("equal", "clash", "unknown"):
            if outcome.kind == "equal" and first_difference is not None:
                if not _has_domain(question, context):
                    return first_difference
                if _of_any_sign(question, context):
                    return replace(first_difference, edge=True)
            return outcome if outcome.kind == "equal" or first_difference is None else first_difference
        if outcome.kind == "differ" and first_difference is None:
            first_difference = outcome
            if outcome.edge or not _has_domain(question, context):
                return outcome
    return first_difference or outcome


def _of_chance(question: Question) -> bool:
    """P(|X − m| ≥ c) ≤ v / c²: the bound c is a positive number, and texts do not say so."""
    return any(n.op == "opaque" for side in (question.left, question.right) for n in walk(side))


def _unordered(question: Question, reading: Reading, effort: Effort, domain: str) -> Outcome:
    """No sample meets the inequalities of the text: a claim that holds without them holds all the more."""
    free, sides = reading.context.fork(), (question.left, question.right)
    free.orderings = []
    unbound = Reading(reading.claim, free, reading.dimensions, reading.layout)
    outcome = _in_domain(
        question, unbound, Letters(sides, question.conditions, free), replace(effort, rejected=None), domain
    )
    return outcome if outcome.kind == "equal" else Outcome("empty", "no sample in any domain", domain=domain)


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
        if absent and len(letters[k]) > 1:  # what the claim rests on may have the letter
            absent -= {str(n.value) for n in reached((question.left, question.right), context) if n.op == "sym"}
        if not absent or len(letters[k]) == 1:
            kept.append(condition)
    return replace(question, conditions=tuple(kept))


def _has_domain(question: Question, context: Context) -> bool:
    """Tell whether a claim, or what it rests on, is at home only on positive numbers: roots, logs, broken powers."""
    for node in reached((question.left, question.right), context):
        if node.op == "call" and node.value in ROOTS:
            return True
        if node.op in ("abs", "norm") or _broken(node):
            return True
    return False


def _of_any_sign(question: Question, context: Context) -> bool:
    """Whether |x| alone makes a claim one about positive numbers, and the text says that x may be negative: real, or random."""
    sides = question.left, question.right
    found = list(reached(sides, context))
    if any(n.op == "call" and n.value in ROOTS for n in found) or any(_broken(n) for n in found):
        return False
    if question.relation == "=" and random_names(sides, context):
        return True
    for node in found:
        fact = context.known.get(context.resolve(str(node.value), len(node.args))) if node.op == "sym" else None
        bounded = fact is None or fact.low is not None or fact.high is not None or fact.choices or fact.integer
        if fact is not None and fact.declared and fact.shapes and not bounded and not fact.structure:
            return True
    return False


def _broken(node: Node) -> bool:
    return node.op == "pow" and node.args[1].op != "num"


def _in_domain(
    question: Question, reading: Reading, letters: Letters, effort: Effort, domain: str, samples: Samples | None = None
) -> Outcome:
    outcome = Outcome("empty", domain=domain)
    ordered, worlds = question.relation in INEQUALITIES, effort.worlds
    pieces = ordered or piecewise((question.left, question.right))
    kept = None if pieces else samples
    # Unlike an equation, a false inequality is true at many samples, and so is a false claim with thresholds.
    few = (6 * worlds, 7 * worlds) if pieces else (worlds, worlds + 5)
    wanted, tries = (16 * worlds, 80 * worlds) if ordered else few
    for seed in range(tries * (PATIENCE if ordered else 1)):
        if seed >= tries and not 0 < outcome.worlds < FEWEST:
            break  # where few samples meet the conditions of an inequality, more are looked for
        spread = SPREADS[seed // worlds % len(SPREADS)] if pieces else 1.0
        name: Rejected = (reading.claim, seed, domain, effort.friendly, spread)
        if effort.rejected and name in effort.rejected:
            continue
        sample = kept.take(seed, effort.budget) if kept is not None else None
        if sample is None:
            world = World(seed, domain, effort.friendly, spread)
            if reading.context.tall:
                world.sizes.update(dict.fromkeys(reading.context.tall, 8))
            world.choose(reading.integers)
            sample = Sample(Evaluator(reading, world, effort.budget))
        before = outcome.points
        failed = _in_world(question, sample, letters, effort.points, outcome)
        if failed is not None:
            return failed
        if not sample.fits and effort.rejected is not None:
            effort.rejected.add(name)
        if outcome.points > before:
            evaluator = sample.evaluator
            outcome.kind, outcome.world, outcome.worlds = "equal", evaluator.world, outcome.worlds + 1
            outcome.unknown |= evaluator.unknown
            outcome.guessed |= evaluator.guessed
            if kept is not None and sample.serves(question.right):
                kept.worlds[seed] = sample
            if outcome.worlds >= wanted:
                break
    if ordered and outcome.kind == "equal" and outcome.worlds < FEWEST:
        return Outcome("empty", "too few samples for an inequality", domain=domain)
    return _at_edges(question, reading, letters, effort, domain) or outcome if ordered else outcome


def _at_edges(question: Question, reading: Reading, letters: Letters, effort: Effort, domain: str) -> Outcome | None:
    """Where an inequality that is true at ordinary samples is false: numbers that are alike, close to a bound, or far from it."""
    if effort.friendly:
        return None
    chance = any(may_be_chance(node) for node in reached((question.left, question.right), reading.context))
    edges = EDGES + (CHANCES if chance else ()) if effort.far else TIES
    for seed, edge in enumerate(edges):
        world = World(seed, domain, edge=edge)
        if reading.context.tall:
            world.sizes.update(dict.fromkeys(reading.context.tall, 8))
        world.choose(reading.integers)
        ties = edge in TIES
        mine = question if ties else replace(question, relation=question.relation.rstrip("=") + "=")
        failed = _in_world(mine, Sample(Evaluator(reading, world, effort.budget)), letters, effort.points, Outcome("empty", domain=domain))  # fmt: skip
        if failed is not None and failed.kind == "differ":
            return replace(failed, edge=True)
    return None


def _in_world(question: Question, sample: Sample, letters: Letters, points: int, outcome: Outcome) -> Outcome | None:
    """Compare at the places of one world and add them to the outcome; another outcome where they end the comparison."""
    evaluator, world, context = sample.evaluator, sample.evaluator.world, sample.evaluator.context
    try:
        if context.orderings and not orderings_hold(context, evaluator):
            sample.fits = False
            return None
        for bind in letters.places(evaluator, points, world.seed):
            try:
                left, right = sample.at(question.left, question.right, bind)
                gap = residual(left, right, question.relation, question.digits)
            except DomainError as error:
                if (
                    isinstance(error, UnsettledError) and question.relation in INEQUALITIES
                ):  # would leave out the ones that fail
                    return Outcome("unknown", str(error), domain=world.domain)
                outcome.detail = str(error)
                continue
            except ShapeClash as error:
                if world.smaller and composed((question.left, question.right), context):
                    return Outcome("unknown", "a size put together from others", domain=world.domain)
                return Outcome("clash", str(error), outcome.points, outcome.worlds, world.domain, world=world, bind=bind,
                               inside=error.inside, unknown=evaluator.unknown, guessed=evaluator.guessed)  # fmt: skip
            outcome.points += 1
            outcome.vanished |= evaluator.vanished
            outcome.nonzero = outcome.nonzero or any(abs(real(x)) > 1e-12 for x in entries(left, right))
            if gap and world.smaller and composed((question.left, question.right), context):
                return Outcome("unknown", "a size put together from others", domain=world.domain)
            if gap:
                tie = question.relation in ("<", ">") and not residual(
                    left, right, question.relation + "=", question.digits
                )
                return Outcome("differ", "", outcome.points, outcome.worlds + 1, world.domain, world=world, bind=bind,
                               left=left, right=right, unknown=evaluator.unknown, guessed=evaluator.guessed, edge=tie)  # fmt: skip
            outcome.left, outcome.right, outcome.bind = left, right, bind
    except NotUnderstood as error:
        return Outcome("unknown", str(error), domain=world.domain, unknown=evaluator.unknown, guessed=evaluator.guessed)
    except (ArithmeticError, ValueError, TypeError, AttributeError, IndexError, KeyError) as error:
        return Outcome("unknown", f"{type(error).__name__}: {error}", domain=world.domain)
    except RecursionError:
        return Outcome("unknown", "nested too deeply", domain=world.domain)
    return None


def entries(*values: Value) -> list[Any]:
    """The numbers in some values, in their order."""
    found: list[Any] = []
    for value in values:
        found.extend(
            value.data if isinstance(value, Mat) else [value.scale if isinstance(value, Eye | Ones) else value]
        )
    return found


def residual(left: Value, right: Value, relation: str = "=", digits: int | None = None) -> bool:
    """Whether the relation between two values is violated.

    Raises:
        ShapeClash: when the two shapes cannot be compared.
    """
    if relation == "=" and digits is None and type(left) in NUMBERS and type(right) in NUMBERS:
        x, y = real(left), real(right)
        gap, scale = abs(x - y), max(abs(x), abs(y))
        if scale < math.inf and gap == gap:  # else said below
            return gap > TOLERANCE * scale + SLACK
    left, right = meet(left, right)
    a = left.data if isinstance(left, Mat) else [left]
    b = right.data if isinstance(right, Mat) else [right]
    pairs = [(real(x), real(y)) for x, y in zip(a, b, strict=True)]
    if any(x != x or y != y or abs(x) == float("inf") or abs(y) == float("inf") for x, y in pairs):
        raise DomainError("not a number")
    scale = max((abs(v) for p in pairs for v in p), default=0.0)
    slack = TOLERANCE * scale + SLACK
    if digits is not None and relation in ("=", "!="):
        agreeing = [abs(x - y) <= slack or _prints(x, y, digits) for x, y in pairs]
        return not all(agreeing) if relation == "=" else all(agreeing)
    if digits is not None:
        slack = max(slack, 1.01 * 10.0**-digits)
    if relation in ("<", ">") and digits is None:
        return any((y - x if relation == "<" else x - y) <= TIE * max(abs(x), abs(y)) for x, y in pairs)
    if relation in ("<", "<="):
        return any(x > y + slack for x, y in pairs)
    if relation in (">", ">="):
        return any(x < y - slack for x, y in pairs)
    if relation == "!=":
        return all(abs(x - y) <= slack for x, y in pairs)
    return any(abs(x - y) > slack for x, y in pairs)


def _prints(x: float, y: float, digits: int) -> bool:
    """Whether y is x rounded, or cut off, after some decimals."""
    unit = 10.0**-digits
    cut = x * y >= 0 and abs(y) <= abs(x) < abs(y) + unit
    return cut or abs(x - y) <= 0.5001 * unit


def meet(left: Value, right: Value) -> tuple[Value, Value]:
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
