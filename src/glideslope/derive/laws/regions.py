r"""Events and functions of one variable with a law: $P(a < X \le b)$, $P(g(X) \le y)$, $P(X > s + t \mid X > s)$, $F_Y(y)$ of $Y = g(X)$.

The values of the variable at which an event begins or ends are found by halving and made exact by Newton's step; between them lies
$\sum_k F(b_k) - F(a_k)$. A density of a function is $\sum_k f(x_k) / |g'(x_k)|$ over the places where it takes the value.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from glideslope.derive.evaluation.calculus import slope
from glideslope.derive.evaluation.numbers import DomainError, apply, real
from glideslope.derive.evaluation.roots import crossings, settled
from glideslope.derive.evaluation.scope import Bind, NotUnderstood, Scope
from glideslope.derive.evaluation.values import ARRAYS, Value
from glideslope.derive.laws import transforms
from glideslope.derive.laws.chance import key_of, variables_in
from glideslope.derive.laws.families import Family
from glideslope.derive.laws.grids import density, middle
from glideslope.derive.laws.lawful import At, grid_of, home_of, law_of, likely, parameters_of
from glideslope.derive.syntax.tree import Node, walk

if TYPE_CHECKING:
    from glideslope.derive.evaluation.evaluate import Evaluator

__all__ = ["chance_of", "pushed", "stand_in"]

Variable = tuple[str, tuple[object, ...]]


def chance_of(
    e: Evaluator, events: tuple[Node, ...], given: tuple[Node, ...], bind: Bind, scope: Scope
) -> Value | None:
    """The probability of events that speak of one lawful number and of nothing else that varies; None for all others."""
    parts = [part for event in (*events, *given) for part in _parts(event)]
    if not parts or any(part.op != "rel" or part.value not in ("<", "<=", ">", ">=", "=") for part in parts):
        return None
    variable = _variable(e, tuple(parts), bind, scope)
    if variable is None:
        return None
    family, parameters = _law(e, variable, scope)
    if family is None or (not family.discrete and any(part.value == "=" for part in parts)):
        return None
    both = _mass(e, parts, variable, family, parameters, bind, scope)
    surely = family.discrete and len(parts) == 1 and parts[0].value != "="
    if real(both) < 1e-6 and not surely:  # what is left of such a number is its rounding
        raise DomainError("an event that never happens")  # a < X ≤ b says that a < b, |X| < c that c is positive
    if not given:
        return both
    below = _mass(e, [p for event in given for p in _parts(event)], variable, family, parameters, bind, scope)
    if real(below) < 1e-6:
        raise DomainError("given an event that hardly ever happens")
    return both / below


def pushed(e: Evaluator, name: str, under: Node, argument: Any, scope: Scope) -> Value | None:
    """$F_Y(y)$, $f_Y(y)$, $M_Y(t)$ where Y is a function of one lawful number."""
    if str(under.value) not in e.context.definitions or under.args:
        return None
    variable = _variable(e, (under,), {}, scope)
    if variable is None:
        return None
    family, parameters = _law(e, variable, scope)
    if family is None:
        return None

    def value(x: Any, inner: Scope) -> Any:
        return _at(e, under, {}, variable, x, inner)

    if family.discrete or name == "M":
        rule = grid_of(e, key_of(*variable), scope)
        pairs = [(w, value(x, scope)) for w, x in zip(rule.weights, rule.values, strict=True)]
        if name == "M":
            return sum(w * apply("exp", argument * y) for w, y in pairs)
        if name == "F":
            return sum(w for w, y in pairs if real(y) < real(argument) + 1e-9)
        return sum(w for w, y in pairs if abs(real(y) - real(argument)) < 1e-9) if name in ("f", "p") else None
    places = [settled(e, value, argument, x, scope) for x in crossings(lambda x: real(value(x, scope)) - real(argument), _start(e, variable, family, parameters, scope))]  # fmt: skip
    if name in ("f", "p"):
        return sum(_density_at(e, value, x, family, parameters, scope) for x in places)
    inside: Callable[[float], bool] = lambda x: real(value(x, scope)) <= real(argument)  # noqa: E731
    return _between(inside, places, family, parameters) if name == "F" else None


def stand_in(e: Evaluator, name: str, scope: Scope) -> Value | None:
    """What a letter is worth that stands for a value of a variable: one that the variable may well take."""
    assert e.context.by_law is not None
    if name in e.context.by_law.parts:
        return 0.05 + 0.9 * e.world.unit("stands", name)
    node = e.context.by_law.stands.get(name)
    variable = None if node is None else _variable(e, (node,), {}, scope)
    if node is None or variable is None:
        return None
    key = key_of(*variable)
    return _at(e, node, {}, variable, likely(e, key, grid_of(e, key, Scope()), "stands", name), Scope())


def _density_at(
    e: Evaluator, value: Callable[[Any, Scope], Any], x: Any, family: Family, parameters: tuple[Any, ...], scope: Scope
) -> Any:
    return density(family, x, parameters) / apply("abs", slope(e, value, x, 1, scope))


def _parts(event: Node) -> list[Node]:
    while event.op == "group":
        event = event.args[0]
    return [part for child in event.args for part in _parts(child)] if event.op in ("and", "tuple") else [event]


def _variable(e: Evaluator, nodes: tuple[Node, ...], bind: Bind, scope: Scope) -> Variable | None:
    """The one lawful number that some formulas depend on; capitals vary, small letters beside them stand still."""
    found = variables_in(e, nodes, bind, scope)
    capitals = [pair for pair in found if pair[0].split(":")[-1].isupper()]
    found = capitals or found
    laws = [law_of(e, key_of(*pair)) for pair in found]
    if len(found) != 1 or laws[0] is None or len(laws[0].head) != len(found[0][1]):
        return None
    return found[0]


def _law(e: Evaluator, variable: Variable, scope: Scope) -> tuple[Family | None, tuple[Any, ...]]:
    key = key_of(*variable)
    law = law_of(e, key)
    assert law is not None
    return parameters_of(e, law, key, home_of(scope))


def _at(e: Evaluator, node: Node, bind: Bind, variable: Variable, x: Any, scope: Scope) -> Any:
    """What a formula is worth where the variable has a value."""
    inner = Scope(scope, {variable[0]: (None, None)})
    inner.level = scope.level
    inner.states = {key_of(*variable): At(x)}  # type: ignore[dict-item]
    found = e.eval(node, bind, inner)
    if isinstance(found, ARRAYS):
        raise NotUnderstood("an event of arrays")
    return found


def _start(e: Evaluator, variable: Variable, family: Family, parameters: tuple[Any, ...], scope: Scope) -> list[float]:
    """Places to begin with: the rule of the law, and the ends of its values."""
    low, high = family.support(*parameters)
    values = {real(x) for x in grid_of(e, key_of(*variable), scope).values[::2]}
    corners = [x for x in (low, high, 0.0, middle(family, parameters)) if low <= x <= high and abs(x) < math.inf]
    return sorted({*values, *corners})


def _mass(
    e: Evaluator,
    parts: list[Node],
    variable: Variable,
    family: Family,
    parameters: tuple[Any, ...],
    bind: Bind,
    scope: Scope,
) -> Any:
    """The probability that all of some inequalities are true."""

    def happens(x: float) -> bool:
        inner = Scope(scope, {variable[0]: (None, None)})
        inner.level = scope.level
        inner.states = {key_of(*variable): At(x)}  # type: ignore[dict-item]
        return all(e.truth(part, bind, inner) for part in parts)

    if family.discrete:
        rule = grid_of(e, key_of(*variable), scope)
        return sum(w for x, w in zip(rule.values, rule.weights, strict=True) if happens(x))
    ends: list[Any] = []
    start = _start(e, variable, family, parameters, scope)
    for part in parts:

        def value(x: Any, inner: Scope, part: Node = part) -> Any:
            sides = [_at(e, side, bind, variable, x, inner) for side in part.args]
            return sides[0] - sides[1]

        if _is_variable(part.args[0], variable) and _variable_free(e, part.args[1], variable):  # X ≤ b
            ends.append(e.scalar(part.args[1], bind, scope))
            continue
        ends.extend(settled(e, value, 0.0, x, scope) for x in crossings(lambda x: real(value(x, scope)), start))
    return _between(happens, ends, family, parameters)


def _is_variable(node: Node, variable: Variable) -> bool:
    return node.op == "sym" and node.value == variable[0]


def _variable_free(e: Evaluator, side: Node, variable: Variable) -> bool:
    return not any(n.op == "sym" and (n.value == variable[0] or n.value in e.context.definitions) for n in walk(side))


def _between(happens: Callable[[float], bool], ends: list[Any], family: Family, parameters: tuple[Any, ...]) -> Any:
    low, high = family.support(*parameters)
    inside = sorted((x for x in ends if low < real(x) < high), key=real)
    cuts = [low, *inside, high]
    total: Any = 0.0
    for a, b in itertools.pairwise(cuts):
        first, last = real(a), real(b)
        between = 0.5 * (first + last)
        if first == -math.inf or last == math.inf:
            between = last - 1 if last < math.inf else first + 1 if first > -math.inf else 0.0
        if first < last and happens(between):
            total = total + (1.0 if last == high else transforms.cumulated(family, b, parameters))
            total = total - (0.0 if first == low else transforms.cumulated(family, a, parameters))
    return total
