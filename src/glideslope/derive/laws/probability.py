r"""Finite probability spaces: $p(x \mid y)$, E, Var, Cov, H, KL, I as sums over random joint tables.

A random variable takes two or three values; a hidden variable u with four states makes them depend on each other,
$P(x, y, \dots) = \sum_u w_u P(x \mid u) P(y \mid u) \cdots$, so that a table is there for any variables a formula names.
An identity of probability theory holds on every such table; what the text knows about one distribution, it has to define.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from glideslope.derive.evaluation.numbers import DomainError, apply, real
from glideslope.derive.evaluation.scope import Bind, NotUnderstood, Scope
from glideslope.derive.evaluation.values import ARRAYS, Mat, Value, add, multiply, negate, transpose
from glideslope.derive.laws import densities, lawful
from glideslope.derive.laws.chance import (
    Form,
    form_of,
    key_of,
    laws_alone,
    opposite,
    summed_over,
    variables_in,
    with_another,
)
from glideslope.derive.laws.tables import Event, Key, mass, states
from glideslope.derive.syntax.tree import Node, walk

if TYPE_CHECKING:
    from glideslope.derive.evaluation.evaluate import Evaluator
    from glideslope.derive.meaning.context import Known

__all__ = ["all_states", "mean_of", "named_moment", "outcome", "probability"]


class Unread(NotUnderstood):
    """An event that is not read: its probability is a number of its own."""


@dataclass(frozen=True)
class Law:
    """A measure, and what is given under it."""

    measure: str
    given: tuple[tuple[Key, frozenset[int]], ...] = ()


def probability(e: Evaluator, node: Node, bind: Bind, scope: Scope) -> Value | None:
    """The value of a probabilistic form, None when the node is none."""
    held = e.chances.get(id(node))
    if held is None:
        held = e.chances[id(node)] = node, form_of(node, e.context)
    form: Any = held[1]
    if form is None:
        return None
    e.unknown.add(str(node.value[0] if isinstance(node.value, tuple) else node.value))
    if form.kind in ("entropy", "information", "divergence") and (base := e.reading.claim.base) is not None:
        found, unit = _found(e, node, form, bind, scope), _logarithm(e.scalar(base, bind, scope))
        return None if found is None else multiply(found, 1 / unit)  # in bits, where the claim is written with log_2
    return _found(e, node, form, bind, scope)


def _found(e: Evaluator, node: Node, form: Form, bind: Bind, scope: Scope) -> Value | None:
    if e.context.by_law is not None:
        return _by_law(e, node, form, bind, scope)
    try:
        return _FORMS[form.kind](e, form, bind, scope)
    except Unread:
        return None


def _by_law(e: Evaluator, node: Node, form: Form, bind: Bind, scope: Scope) -> Value | None:
    """A form where variables have laws; what an expectation is does not change with the state of what it averages."""
    try:
        found = densities.answer(e, form, bind, scope)
        if found is not None:
            return found
        key = _remembered(e, node, form, bind, scope)
        if key is None or key not in e.world.arrays:
            found = _FORMS[form.kind](e, form, bind, scope)
            if key is None:
                return found
            e.world.arrays[key] = found
        return e.world.arrays[key]
    except Unread:
        return None


def _remembered(e: Evaluator, node: Node, form: Form, bind: Bind, scope: Scope) -> tuple[object, ...] | None:
    """The key under which an expectation over all that varies in it is kept, where no slope is taken."""
    if form.kind not in ("mean", "covariance") or form.given or form.over:
        return None
    here: Scope | None = scope
    while here is not None:
        if here.frozen and not here.states:
            return None
        here = here.parent
    used = {str(n.value) for n in walk(node) if n.op in ("sym", "call")}
    held = tuple((k, repr(v)) for k, v in sorted(bind.items()) if k in used)
    return ("kept", id(node), held)


# -- the space ------------------------------------------------------------------------------------------------------


def _state(e: Evaluator, key: Key, bind: Bind, scope: Scope) -> int:
    """The state a variable is in: bound by a sum, by an expectation around it, or the world's."""
    if (held := bind.get("◦" + key)) is not None:
        return int(held)
    here: Scope | None = scope
    while here is not None:
        if key in here.states:
            return int(here.states[key])
        here = here.parent
    drawn = (
        e.world.unit("state") if e.world.edge == "tied" else e.world.unit("state", key)
    )  # opposed: hardly ever at once
    return int(drawn * states(e, key))


def outcome(e: Evaluator, name: str, indices: tuple[object, ...], scope: Scope, state: int | None = None) -> Value:
    """The value a variable takes in a state (the world's own state when none is given)."""
    key = key_of(name, indices)
    if (law := lawful.law_of(e, key)) is not None:
        return lawful.value(e, law, name, indices, scope, state)
    if len(indices) == 1 and isinstance(indices[0], int) and name in e.listed:
        key, state, indices = name, indices[0] - 1, ()
    state = _state(e, key, {}, scope) if state is None else state
    if state < len(values := e.literals.get(key, ())):
        return values[state]
    if state == 1 and e.world.seed % 2 and (letter := e.reading.claim.bounds.get(key)):
        return e.value(e.context.resolve(letter), (), scope)
    bare = name.lower() if len(name.split(":")[-1]) == 1 else name
    indices = () if bare in e.context.identical else indices
    rank = e.context.rank(name)
    fact = e.context.known.get(name)
    if (
        rank in (1, 2)
        and bare not in e.listed
        and not (fact is not None and fact.lettered and not fact.declared and (indices or _one_of_them(name, fact)))
    ):
        sizes = tuple(e.slot_size(name, indices, len(indices) + k, scope) for k in range(rank or 0))
        cells = [e.world.leaf(f"{bare}◦{state}", (*indices, *p), None) for p in itertools.product(*map(range, sizes))]
        return Mat(sizes[0], sizes[1] if len(sizes) == 2 else 1, cells)
    if (
        e.world.edge in ("tied", "opposed")
        and not indices
        and (fact is None or (fact.low, fact.high, fact.choices) == (None, None, ()))
    ):
        sign = -1 if e.world.edge == "opposed" and e.world.unit("opposed", bare) < 0.5 else 1
        return e.world.leaf(f"{bare}◦", (), None) + sign * e.world.leaf(f"◦{state}", (), None)
    return e.world.leaf(f"{bare}◦{state}", indices, fact)


def _one_of_them(name: str, fact: Known) -> bool:
    """X beside X_i, of which nothing else says that it is an array: a variable like each of them."""
    return len(name) == 1 and name.isupper() and fact.rank is None and not fact.shapes and fact.transposed_with < 0


def all_states(e: Evaluator, node: Node, bind: Bind, scope: Scope) -> Iterator[Bind]:
    """The states a sum or an integral over random variables runs over; finite limits keep the values between them."""
    letters = node.value.letters
    names = [summed_over(node.args[-1], x, e.context) for x in letters]
    keys = [key_of(name, ()) for name in names]
    ends = [real(e.scalar(side, bind, scope)) for side in node.args[: node.value.has_lower + node.value.has_upper]]
    if node.value.has_lower != node.value.has_upper or (ends and len(letters) > 1):
        raise NotUnderstood("a sum over outcomes with one limit")
    for place in itertools.product(*(range(states(e, key)) for key in keys)):
        found: Bind = {}
        for letter, name, key, s in zip(letters, names, keys, place, strict=True):
            found |= {letter: outcome(e, name, (), scope, s), "◦" + key: s}
        if not ends or ends[0] <= real(found[letters[0]]) <= ends[1]:
            yield found


# -- events ---------------------------------------------------------------------------------------------------------


def _event(e: Evaluator, nodes: tuple[Node, ...], bind: Bind, scope: Scope) -> Event:
    event: Event = {}
    for node in nodes:
        for key, allowed in _allowed(e, node, bind, scope):
            event[key] = event.get(key, allowed) & allowed
    return event


def _allowed(e: Evaluator, node: Node, bind: Bind, scope: Scope) -> Iterator[tuple[Key, frozenset[int]]]:
    """(variable, the states in which the event happens)."""
    while node.op == "group":
        node = node.args[0]
    if node.op in ("tuple", "and"):
        for part in node.args:
            yield from _allowed(e, part, bind, scope)
    elif (other := opposite(node)) is not None:
        for key, allowed in _allowed(e, other, bind, scope):
            yield key, frozenset(range(states(e, key))) - allowed
    elif node.op == "sym" and len(node.args) == 1 and str(node.value) in e.listed:
        key = str(node.value)
        yield key, _listed(e, node, key, bind, scope)
    elif node.op == "sym":
        key = _key(e, node, bind, scope)
        yield key, frozenset((_state(e, key, bind, scope),))
    elif node.op == "rel" and node.args[0].op == "sym":
        name, other = node.args
        key = _key(e, name, bind, scope)
        if node.value == "=" and other.op == "sym" and key_of(str(other.value), ()) == key:
            if other.args:
                yield key, _listed(e, other, key, bind, scope)
            else:
                yield key, frozenset((_state(e, key, bind, scope),))
        elif node.value == "=" and other.op == "num":
            yield key, frozenset((_at(e, key, float(other.value), scope),))
        elif node.value == "=" and other.op == "sym" and "◦" + key in bind:
            yield key, frozenset((int(bind["◦" + key]),))
        elif node.value in ("<", "<=", ">", ">="):
            limit = real(e.scalar(other, bind, scope))
            values = [real(outcome(e, str(name.value), (), scope, s)) for s in range(states(e, key))]
            compare = {
                "<": lambda x: x < limit,
                "<=": lambda x: x <= limit,
                ">": lambda x: x > limit,
                ">=": lambda x: x >= limit,
            }
            yield (key, frozenset(s for s, x in enumerate(values) if compare[node.value](x)))
        else:
            raise Unread("an event that is not read")
    else:
        raise Unread("an event that is not read")


def _at(e: Evaluator, key: Key, value: float, scope: Scope) -> int:
    """The state in which a variable takes a value."""
    values = e.literals.get(key, ()) if lawful.law_of(e, key) is None else lawful.grid_of(e, key, scope).values
    if value not in values:
        raise Unread("a value that the variable does not take")
    return values.index(value)


def _listed(e: Evaluator, node: Node, key: Key, bind: Bind, scope: Scope) -> frozenset[int]:
    """x_i is the i-th value of its variable."""
    k = e.whole(node.args[0], bind, scope)
    if not 1 <= k <= states(e, key):
        raise DomainError("an index out of range")
    return frozenset((k - 1,))


def _key(e: Evaluator, node: Node, bind: Bind, scope: Scope) -> Key:
    name = str(node.value)
    if name in e.context.definitions:
        raise Unread("a probability of something defined by other quantities")
    return key_of(name, tuple(e.index(a, bind, scope) for a in node.args))


def _law(e: Evaluator, form: Form, bind: Bind, scope: Scope) -> Law:
    return Law(form.measure, tuple(_event(e, form.given, bind, scope).items()))


def _density(e: Evaluator, form: Form, bind: Bind, scope: Scope) -> Value:
    if (
        len(form.args) == 1
        and form.args[0].op == "rel"
        and (form.args[0].args[0].op != "sym" or with_another(e, form.args[0]))
    ):
        sides = form.args[0].args  # P(|X - m| > c) is the mean of an indicator
        found = _mean(e, form.args[0], _law(e, form, bind, scope), variables_in(e, sides, bind, scope), bind, scope)
        if form.args[0].value == "=" and real(found) == 0:
            raise DomainError("an event that never happens")  # 0 = 0 says nothing of P(Y = −X)
        return found
    if any(node.op == "event" for node in (*form.args, *form.given)):
        below = _joined(e, form.measure, form.given, bind, scope)
        if real(below) == 0:
            raise DomainError("given an event that never happens")
        return _joined(e, form.measure, (*form.args, *form.given), bind, scope) / below
    given = _event(e, form.given, bind, scope)
    event = _event(e, form.args, bind, scope)
    both = dict(given)
    for key, allowed in event.items():
        both[key] = both.get(key, allowed) & allowed
    below = mass(e, form.measure, given, scope)
    if real(below) == 0:
        raise DomainError("given an event that never happens")
    return mass(e, form.measure, both, scope) / below


def _joined(e: Evaluator, measure: str, nodes: tuple[Node, ...], bind: Bind, scope: Scope) -> Any:
    """The probability that events put together of others all happen: a sum over the states of what they speak of."""
    leaves: dict[int, Event] = {}

    def visit(node: Node) -> None:
        if node.op == "event":
            for child in node.args:
                visit(child)
        else:
            leaves[id(node)] = _event(e, (node,), bind, scope)

    def happens(node: Node, place: dict[Key, int]) -> bool:
        if node.op != "event":
            return all(place[key] in allowed for key, allowed in leaves[id(node)].items())
        parts = [happens(child, place) for child in node.args]
        return TOGETHER[node.value](parts)

    for node in nodes:
        visit(node)
    keys = sorted({key for event in leaves.values() for key in event})
    if math.prod(states(e, key) for key in keys) > 300:
        raise NotUnderstood("an expectation over too many variables")
    total: Any = 0.0
    for row in itertools.product(*(range(states(e, key)) for key in keys)):
        place = dict(zip(keys, row, strict=True))
        if all(happens(node, place) for node in nodes):
            total = total + mass(e, measure, {key: frozenset((s,)) for key, s in place.items()}, scope)
    return total


TOGETHER: dict[str, Callable[[list[bool]], bool]] = {
    "and": all, "or": any, "minus": lambda p: p[0] and not p[1], "not": lambda p: not p[0], "all": lambda _: True, "none": lambda _: False,
}  # fmt: skip


# -- expectations ---------------------------------------------------------------------------------------------------


def _over(
    e: Evaluator, law: Law, names: list[tuple[str, tuple[object, ...]]], scope: Scope
) -> Iterator[tuple[Any, Scope]]:
    """(probability, scope) for each joint state of the variables."""
    keys = list(dict.fromkeys(key_of(name, indices) for name, indices in names))
    most = 300 if e.context.by_law is None else lawful.MOST
    if math.prod(states(e, k) for k in keys) > most:
        raise NotUnderstood("an expectation over too many variables")
    given: Event = dict(law.given)
    below = mass(e, law.measure, given, scope)
    if real(below) == 0:
        raise DomainError("given an event that never happens")
    for place in itertools.product(*(range(states(e, k)) for k in keys)):
        event = dict(given)
        for key, s in zip(keys, place, strict=True):
            event[key] = event.get(key, frozenset((s,))) & {s}
        inner = Scope(scope, {name: (None, None) for name, _ in names})
        inner.level = scope.level
        inner.states = dict(zip(keys, place, strict=True))
        yield mass(e, law.measure, event, scope) / below, inner


def _mean(
    e: Evaluator, body: Node, law: Law, names: list[tuple[str, tuple[object, ...]]], bind: Bind, scope: Scope
) -> Value:
    total: Value = None
    held = {"◦" + key_of(*pair) for pair in names} & set(bind)
    bind = {k: v for k, v in bind.items() if k not in held} if held else bind
    if any(name in bind for name, _ in names):  # MSE(θ̂) = E[(θ̂ − θ)²]: what is averaged is no argument
        bind = {k: v for k, v in bind.items() if k not in {name for name, _ in names}}
    for weight, inner in _over(e, law, names, scope):
        if real(weight) > 0:
            value = multiply(weight, e.eval(body, bind, inner))
            total = value if total is None else add(total, value)
    if total is None:
        raise DomainError("an expectation over nothing")
    return total


def mean_of(e: Evaluator, body: Node, names: list[tuple[str, tuple[object, ...]]], bind: Bind, scope: Scope) -> Value:
    """The mean of a formula over some variables."""
    return _mean(e, body, Law("p"), names, bind, scope)


def _names(
    e: Evaluator, form: Form, bodies: tuple[Node, ...], bind: Bind, scope: Scope
) -> list[tuple[str, tuple[object, ...]]]:
    """The variables an expectation runs over: those it names, else all in its body that are not given."""
    if form.over:
        return [(name, ()) for name in form.over]
    given = {key for key, _ in _law(e, form, bind, scope).given}
    found = variables_in(e, bodies, bind, scope)
    if e.context.by_law is not None:
        found = lawful.whole(e, found)
    return [pair for pair in found if key_of(*pair) not in given]


def _expectation(e: Evaluator, form: Form, bind: Bind, scope: Scope) -> Value:
    law = _law(e, form, bind, scope)
    return _mean(e, form.args[0], law, _names(e, form, form.args, bind, scope), bind, scope)


def _covariance(e: Evaluator, form: Form, bind: Bind, scope: Scope) -> Value:
    """Cov(X, Y) = E[X Yᵀ] − E[X] E[Y]ᵀ, Var(X) = Cov(X, X)."""
    if len(form.args) not in (1, 2):
        raise NotUnderstood("a covariance of more than two variables")
    law, names = _law(e, form, bind, scope), _names(e, form, form.args, bind, scope)
    if not names and any(n.op == "sym" for side in form.args for n in walk(side)):
        e.vanished.add("still")  # nothing in it varies: 0 = 0 says nothing
    a, b = form.args[0], form.args[-1]
    product = _mean(e, Node("mul", (a, Node("transpose", (b,), "sure")), ("", "")), law, names, bind, scope)
    means = [_mean(e, side, law, names, bind, scope) for side in (a, b)]
    return add(product, negate(multiply(means[0], transpose(means[1]))))


def _correlation(e: Evaluator, form: Form, bind: Bind, scope: Scope) -> Value:
    """Corr(X, Y) = Cov(X, Y) / sqrt(Var X Var Y)."""
    if len(form.args) != 2:
        raise NotUnderstood("a correlation that is not of two variables")

    x, y = form.args
    pairs = [_covariance(e, replace(form, args=pair), bind, scope) for pair in ((x, y), (x, x), (y, y))]
    if any(isinstance(found, ARRAYS) for found in pairs):
        raise NotUnderstood("a correlation of vectors")
    together, *own = pairs
    if any(real(spread) < 1e-12 for spread in own):
        raise DomainError("a correlation with what does not vary")
    return together / apply("sqrt", own[0] * own[1])


def named_moment(e: Evaluator, name: str, indices: tuple[object, ...], scope: Scope) -> Value | None:
    """μ_X and σ_X, where X varies and the text gives them no other meaning: its mean and its standard deviation."""
    if name not in ("\\mu", "\\sigma") or len(indices) != 1 or indices[0] not in e.random:
        return None
    variable = Node("sym", (), str(indices[0]))
    if name == "\\mu":
        return _expectation(e, Form("mean", "p", (variable,)), {}, scope)
    found = _covariance(e, Form("covariance", "p", (variable,)), {}, scope)
    return None if isinstance(found, ARRAYS) else apply("sqrt", found)


def _logarithm(x: Any) -> Any:
    return apply("log", x)


def _entropy(e: Evaluator, form: Form, bind: Bind, scope: Scope) -> Value:
    """H(X | Y) = −E log p(x | y); what stands after the bar is averaged too, unless it is fixed by `Y = y`."""
    if (laws := laws_alone(e, form.args)) and not form.given:
        return -_against(e, laws[0], laws[-1], bind, scope, lambda _, q: _logarithm(q))
    fixed = tuple(n for n in form.given if n.op == "rel")
    free = tuple(n for n in form.given if n.op != "rel")
    law = Law(form.measure, tuple(_event(e, fixed, bind, scope).items()))
    mine, theirs = (_plain_variables(e, part, bind, scope) for part in (form.args, free))
    total: Value = 0.0
    for weight, inner in _over(e, law, [*mine, *theirs], scope):
        both = {k: frozenset((s,)) for k, s in inner.states.items()} | dict(law.given)
        below = {k: v for k, v in both.items() if k not in {key_of(*n) for n in mine}}
        total = total - weight * _logarithm(mass(e, law.measure, both, inner) / mass(e, law.measure, below, inner))
    return total


def _plain_variables(
    e: Evaluator, nodes: tuple[Node, ...], bind: Bind, scope: Scope
) -> list[tuple[str, tuple[object, ...]]]:
    found = []
    for node in nodes:
        for part in node.args if node.op == "tuple" else (node,):
            if part.op != "sym":
                raise NotUnderstood("the entropy of an expression")
            _key(e, part, bind, scope)
            found.append((str(part.value), tuple(e.index(a, bind, scope) for a in part.args)))
    return found


def _information(e: Evaluator, form: Form, bind: Bind, scope: Scope) -> Value:
    """I(X; Y | Z) = H(X | Z) − H(X | Y, Z)."""
    if len(form.args) != 2:
        raise NotUnderstood("the information between more than two variables")
    x, y = form.args
    alone = Form("entropy", form.measure, (x,), form.given)
    joint = Form("entropy", form.measure, (x,), (*form.given, y))
    return _entropy(e, alone, bind, scope) - _entropy(e, joint, bind, scope)


def _divergence(e: Evaluator, form: Form, bind: Bind, scope: Scope) -> Value:
    """KL(q ‖ p) = Σ q log q / p, over the arguments of q."""
    read = [found for node in form.args if (found := form_of(node, e.context)) is not None and found.kind == "density"]
    parts = laws_alone(e, form.args) or read
    if len(parts) != 2 or len(form.args) != 2:
        raise NotUnderstood("a divergence between things that are no distributions")
    first, second = parts
    return _against(e, first, second, bind, scope, lambda p, q: _logarithm(p / q))


def _against(
    e: Evaluator, first: Form, second: Form, bind: Bind, scope: Scope, ratio: Callable[[Any, Any], Any]
) -> Any:
    """The mean under the first law of what its density and that of the second make together."""
    names = _plain_variables(e, first.args, bind, scope)
    total: Any = 0.0
    for weight, inner in _over(e, _law(e, first, bind, scope), names, scope):
        if real(weight) > 0:
            total = total + weight * ratio(_density(e, first, bind, inner), _density(e, second, bind, inner))
    return total


_FORMS = {
    "density": _density, "mean": _expectation, "covariance": _covariance, "correlation": _correlation, "entropy": _entropy, "information": _information,
    "divergence": _divergence,
}  # fmt: skip
