r"""The reading in which a variable has the law the text names: $X \sim \mathcal{N}(\mu, \sigma^2)$.

In this reading a lawful variable takes the values of its law's rule with their weights, and all else stays as in `probability`:
variables that are not said to be independent depend on each other here too, each with the law it is said to have.
"""

from __future__ import annotations

import ast
import itertools
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from glideslope.derive.evaluation.numbers import real
from glideslope.derive.evaluation.scope import Bind, NotUnderstood, Scope
from glideslope.derive.evaluation.values import Eye, Mat, Ones, Value, pick
from glideslope.derive.laws.chance import key_of
from glideslope.derive.laws.families import FAMILIES, Family
from glideslope.derive.laws.grids import Grid, grid, reduced, standard
from glideslope.derive.laws.stated import MOMENTS, Stated
from glideslope.derive.laws.vectors import sized, vector_grid
from glideslope.derive.syntax.tree import Node, walk

if TYPE_CHECKING:
    from glideslope.derive.evaluation.evaluate import Evaluator

__all__ = [
    "MOST",
    "At",
    "ByLaw",
    "any_of",
    "grid_of",
    "home_of",
    "in_formula",
    "independent",
    "law_of",
    "likely",
    "parameters_of",
    "reached",
    "rows",
    "value",
    "variable_key",
    "whole",
]

#: values a variable takes where several meet, for each of the two rules
FEW = {2: (16, 17), 3: (6, 7), 4: (4, 5), 5: (3, 4)}
#: joint states of an expectation
MOST = 1100


@dataclass(frozen=True)
class At:
    """A state that is none of a rule's: the variable has this value."""

    value: Any


@dataclass
class ByLaw:
    """A reading by laws: which ones, in which convention, by which of the two rules, for how many variables at once."""

    laws: dict[str, Stated]
    conventions: dict[str, str] = field(default_factory=dict)
    fineness: int = 0
    crowd: int = 1
    used: set[str] = field(default_factory=set)  # families whose convention was asked for
    edges: set[float] = field(default_factory=set)  # where densities that were asked for begin and end
    ordered: bool = False  # whether the claim is an inequality
    spoken: bool = False  # whether a law was asked for at all
    stands: dict[str, Node] = field(default_factory=dict)  # letters that stand for a value: the variable of each
    parts: set[str] = field(default_factory=set)  # letters that stand for a part of the probability
    pieced: bool = False  # whether the claim speaks of cases: it is tried beyond the ends of the laws too


def law_of(e: Evaluator, key: str, measure: str = "p") -> Stated | None:
    """The law of a variable in this reading."""
    reading = e.context.by_law
    if reading is None:
        return None
    return (e.context.second if measure == "q" else reading.laws).get(key.partition("[")[0])


def home_of(scope: Scope) -> Scope:
    """The scope of the derivative around, or the outermost one."""
    while scope.parent is not None and (scope.states or not scope.frozen):
        scope = scope.parent
    return scope


def grid_of(e: Evaluator, key: str, scope: Scope) -> Grid:
    """The values and weights of a lawful variable."""
    home, cache = _cache(e, scope)
    place = ("◦grid", key)
    if place not in cache:
        law = law_of(e, key)
        assert law is not None
        before, home.hit = home.hit, False
        family, parameters = parameters_of(e, law, key, home)
        cache[place] = _grid(e, family, parameters), home.hit
        home.hit |= before
    found, hit = cache[place]
    home.hit |= hit
    return found


def _cache(e: Evaluator, scope: Scope) -> tuple[Scope, dict[Any, Any]]:
    """The derivative around with what is kept for it; outside of all derivatives the world keeps it."""
    home = home_of(scope)
    return home, home.cache if home.frozen else e.world.arrays


def _grid(e: Evaluator, family: Family | None, parameters: tuple[Any, ...]) -> Grid:
    reading = e.context.by_law
    assert reading is not None
    if family is None and parameters[0] == MOMENTS:
        mean, variance, draws = parameters[1:]
        return standard(mean, variance, draws, reading.ordered)
    if family is None:
        return vector_grid(parameters, reading.fineness)
    if reading.crowd == 1:
        return grid(family, parameters, reading.fineness)
    return reduced(grid(family, parameters, 1), FEW[reading.crowd][reading.fineness])


def parameters_of(e: Evaluator, law: Stated, key: str, scope: Scope) -> tuple[Family | None, tuple[Any, ...]]:
    """The family and the parameters its formula takes; no family for a law of vectors."""
    home, cache = _cache(e, scope)
    place = ("◦law", key, id(law))
    if place not in cache:
        before, home.hit = home.hit, False
        cache[place] = _evaluated(e, law, key, home), home.hit
        home.hit |= before
    found, hit = cache[place]
    home.hit |= hit
    return found


def _evaluated(e: Evaluator, law: Stated, key: str, scope: Scope) -> tuple[Family | None, tuple[Any, ...]]:
    places = ast.literal_eval(key[len(key.partition("[")[0]) :] or "[]")
    bind: Bind = {}
    for node, place in zip(law.head, places, strict=False):
        if node.op == "sym":
            bind[str(node.value)] = place
    for node in filter(None, law.parameters):
        if {key_of(str(n), ()) for n in reached(e, node)} & set(_laws(e)):
            raise NotUnderstood("a law whose parameters vary too")
    values = tuple(None if node is None else e.eval(node, bind, scope) for node in law.parameters)
    if law.family == MOMENTS:
        assert e.context.by_law is not None
        e.context.by_law.spoken = True
        draws = tuple(e.world.unit("moments", law.name, k) for k in range(8))
        return None, (MOMENTS, *values, draws)
    count = 0
    if any(isinstance(v, Eye | Ones) for v in values) and not any(isinstance(v, Mat) for v in values):
        count = e.slot_size(law.name, tuple(places), 0, scope)
    return in_formula(e, law.family, values, tuple(filter(None, law.parameters)), count)


def _laws(e: Evaluator) -> dict[str, Stated]:
    assert e.context.by_law is not None
    return e.context.by_law.laws


def reached(e: Evaluator, node: Node) -> set[str]:
    r"""The names a formula rests on; $\\mu$ does not rest on what $\\mu_2$ is."""
    found: set[str] = set()
    seen: set[tuple[str, int]] = set()
    stack, bound = [node], {x for n in walk(node) if n.op == "big" for x in n.value.letters}
    while stack:
        for part in walk(stack.pop()):
            name = part.value[0] if isinstance(part.value, tuple) else str(part.value)
            if part.op not in ("sym", "call", "opaque") or name in bound or (name, len(part.args)) in seen:
                continue
            seen.add((name, len(part.args)))
            found.add(name)
            held = e.context.definitions.get(name, ())
            stack.extend(
                d.body for d in held if part.op != "sym" or len(d.head) == len(part.args) or d.kind != "symbol"
            )
    return found


def in_formula(
    e: Evaluator, name: str, values: tuple[Any, ...], nodes: tuple[Node, ...], count: int = 0
) -> tuple[Family | None, tuple[Any, ...]]:
    """The family and the parameters as its formula takes them, in the convention of this reading."""
    reading = e.context.by_law
    assert reading is not None
    reading.spoken = True
    vector = name == "multinomial" or any(isinstance(v, Mat | Eye) for v in values)
    if vector:
        return None, (name, *sized(values, count))
    if name not in FAMILIES:
        raise NotUnderstood("a law that is not known")
    family = FAMILIES[name]
    if len(values) not in family.counts:
        raise NotUnderstood("a law with other parameters")
    if name in ("normal", "log-normal") and _is_matrix(nodes[-1]):
        raise NotUnderstood("a covariance matrix of unknown size")
    convention = family.conventions[0]
    if len(family.conventions) > 1 and not (name in ("normal", "log-normal") and _is_square(nodes[-1])):
        reading.used.add(name)
        convention = reading.conventions.get(name, convention)
    return family, family.plain(convention, *values)


def _is_square(node: Node) -> bool:
    """σ², σ²/n, 9: what can only be a variance."""
    if any(n.op == "pow" and n.args[1].op == "num" for n in _parts(node)):
        return True
    return node.op == "num"


def _is_matrix(node: Node) -> bool:
    names = [str(n.value) for n in _parts(node) if n.op == "sym"]
    return any(n[-1:].isupper() if n[:1] != "\\" else n[1:2].isupper() for n in names)


def _parts(node: Node) -> list[Node]:
    found = [node]
    for part in found:
        found.extend(() if part.op == "sym" else part.args)
    return found


def value(e: Evaluator, law: Stated, name: str, indices: tuple[object, ...], scope: Scope, state: int | None) -> Value:
    """The value of a lawful variable: in a state, in the state it is held in, or a likely one."""
    own, rest = indices[: len(law.head)], indices[len(law.head) :]
    if len(own) < len(law.head) and not any_of(e, law, name):
        count = e.slot_size(name, (), 0, scope)
        cells = [value(e, law, name, (*own, k), scope, None) for k in range(1, count + 1)]
        return Mat(count, 1, cells)
    key = key_of(name, own)
    held = _held(key, scope) if state is None else state
    if isinstance(held, At):
        if rest:
            raise NotUnderstood("an index on a number")
        return held.value
    # where the values of a named law lie does not move with its parameters, their weights do
    found = grid_of(e, key, scope if law.family == MOMENTS else Scope())
    state = held
    whole = likely(e, key, found, "state") if state is None else found.values[state]
    if rest and not isinstance(whole, Mat):
        raise NotUnderstood("an index on a number")
    return pick(whole, rest) if rest else whole


def likely(e: Evaluator, key: str, found: Grid, *what: object) -> Any:
    """A value that a variable may well take; for a claim by cases also one that it never takes."""
    reading, lot = e.context.by_law, e.world.unit(*what, key)
    assert reading is not None
    law = law_of(e, key)
    if (
        reading.pieced
        and law is not None
        and law.family != MOMENTS
        and (side := e.world.unit("beyond", *what, key)) < 0.5
    ):
        family, parameters = parameters_of(e, law, key, Scope())
        low, high = (0.0, math.inf) if family is None else family.support(*parameters)
        step = 1.0 if family is not None and family.discrete else 0.3 + lot
        end = low - step if side < 0.25 else high + step
        if family is not None and abs(end) < math.inf:
            return end
    places = range(len(found.values)) if reading.ordered else found.typical  # an inequality is tried far out too
    return found.values[places[int(lot * len(places))]]


def any_of(e: Evaluator, law: Stated, name: str) -> bool:
    """X beside X_1, …, X_n: another variable with their law, and not all of them."""
    return bool(law.head) and name.isupper() and not e.context.rank(name)


def whole(e: Evaluator, names: list[tuple[str, tuple[object, ...]]]) -> list[tuple[str, tuple[object, ...]]]:
    """The variables behind entries of lawful vectors."""
    found: dict[tuple[str, tuple[object, ...]], None] = {}
    for name, indices in names:
        law = law_of(e, key_of(name, ()))
        found[name, indices if law is None else indices[: len(law.head)]] = None
    return list(found)


def _held(key: str, scope: Scope | None) -> int | At | None:
    while scope is not None:
        if key in scope.states:
            return scope.states[key]
        scope = scope.parent
    return None


def rows(e: Evaluator, measure: str, key: str, mixture: list[float], scope: Scope) -> list[list[Any]]:
    """P(state | u): the law itself where the variable is independent, else tilted with u so that the law is what is left."""
    if measure != "p":
        raise NotUnderstood("another measure of a variable with a law")
    home, cache = _cache(e, scope)
    place = ("◦rows", key)
    if place not in cache:
        cache[place] = _tilted(e, key, mixture, home)
    home.hit |= cache["◦grid", key][1]
    return cache[place]


def _tilted(e: Evaluator, key: str, mixture: list[float], scope: Scope) -> list[list[Any]]:
    found = grid_of(e, key, scope)
    if independent(e, key):
        return [found.weights] * len(mixture)
    below = itertools.accumulate((real(w) for w in found.weights), initial=0.0)
    lean = [math.sin(2.5 * b + e.world.unit("lean", key)) for b, _ in zip(below, found.weights, strict=False)]
    middle = sum(real(w) * x for w, x in zip(found.weights, lean, strict=True))
    pulls = [e.world.unit("pull", key, u) - 0.5 for u in range(len(mixture))]
    mean = sum(w * x for w, x in zip(mixture, pulls, strict=True))
    return [
        [w * (1 + 0.8 * (pull - mean) * (x - middle)) for w, x in zip(found.weights, lean, strict=True)]
        for pull in pulls
    ]


def independent(e: Evaluator, key: str) -> bool:
    """Whether the text says of a variable that it is independent."""
    family = key.partition("[")[0]
    return family in e.context.independent


def variable_key(e: Evaluator, node: Node, bind: Bind, scope: Scope) -> str:
    """The variable a symbol names."""
    return key_of(str(node.value), tuple(e.index(a, bind, scope) for a in node.args))
