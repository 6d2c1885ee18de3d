r"""Densities and probabilities of lawful variables: $p(x)$, $P(X \\le c)$, $p(y \\mid \\lambda)$, the entropy of one.

What is given may be the parameters of the law; several variables have a density here only where the text says they are independent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from glideslope.derive.evaluation.scope import Bind, NotUnderstood, Scope
from glideslope.derive.evaluation.values import Mat, Value, multiply
from glideslope.derive.laws import probability, regions
from glideslope.derive.laws.chance import Form, key_of, variables_in, with_another
from glideslope.derive.laws.families import FAMILIES, Family
from glideslope.derive.laws.grids import density, grid
from glideslope.derive.laws.lawful import (
    any_of,
    grid_of,
    home_of,
    independent,
    law_of,
    parameters_of,
    reached,
    variable_key,
    whole,
)
from glideslope.derive.laws.stated import Stated
from glideslope.derive.laws.transforms import cumulated
from glideslope.derive.laws.vectors import vector_density
from glideslope.derive.syntax.tree import Node, walk

if TYPE_CHECKING:
    from glideslope.derive.evaluation.evaluate import Evaluator

__all__ = ["answer"]


def answer(e: Evaluator, form: Form, bind: Bind, scope: Scope) -> Value | None:
    """The value of a form about lawful variables; None where the tables have it."""
    if form.kind == "density":
        plain = len(form.args) == 1 and not form.given and form.args[0].op != "and"
        if form.measure == "p" and not (plain and _plain(e, form.args[0])):
            found = regions.chance_of(e, form.args, form.given, bind, scope)
            if found is not None:
                return found
        defined = len(form.args) == 1 and form.args[0].op == "rel" and not form.given
        if defined and (found := _of_function(e, form.args[0], form, bind, scope)) is not None:
            return found
        return _density(e, form, bind, scope)
    if form.kind == "entropy" and len(form.args) == 1 and not form.given and form.args[0].op == "sym":
        key = variable_key(e, form.args[0], bind, scope)
        if law_of(e, key) is not None:
            found = grid_of(e, key, scope)
            if not found.logs:
                raise NotUnderstood("the entropy of a vector")
            return -sum(w * x for w, x in zip(found.weights, found.logs, strict=True))
    if form.kind == "divergence" and (found := _divergence(e, form, scope)) is not None:
        return found
    if form.kind in ("entropy", "information", "divergence"):
        _left([law_of(e, key_of(str(n.value), ())) for part in (*form.args, *form.given) for n in walk(part)])
    return None


def _plain(e: Evaluator, event: Node) -> bool:
    """X = 3, X ≤ c, and what is no inequality."""
    if event.op != "rel":
        return True
    named = event.args[0].op == "sym" and law_of(e, key_of(str(event.args[0].value), ())) is not None
    return named and not with_another(e, event)


def _divergence(e: Evaluator, form: Form, scope: Scope) -> Value | None:
    """KL[P ‖ Q] of the two laws of one variable: E log p − E log q under P."""
    names = [str(n.value) for n in form.args if n.op == "sym"]
    keys = [key for key in e.context.second if law_of(e, key) is not None]
    if sorted(names) != ["P", "Q"] or len(keys) != 1:
        return None
    key, measures = keys[0], ["p", "q"]
    laws = [law_of(e, key, m) for m in (measures if names[0] == "P" else measures[::-1])]
    (first, own), (second, others) = (parameters_of(e, law, key, home_of(scope)) for law in laws if law is not None)
    if first is None or second is None:
        raise NotUnderstood("a divergence of vectors")
    rule = grid(first, own, e.context.by_law.fineness if e.context.by_law is not None else 0)
    total: Any = 0.0
    for x, w, log in zip(rule.values, rule.weights, rule.logs, strict=True):
        total = total + w * (log - second.log_density(x, *others))
    return total


def _of_function(e: Evaluator, event: Node, form: Form, bind: Bind, scope: Scope) -> Value | None:
    """P(W = 1) where W is a function of discrete variables: the mean of what is 1 in the event and 0 outside."""
    side = event.args[0]
    if event.value != "=" or form.measure != "p" or (side.op == "sym" and str(side.value) not in e.context.definitions):
        return None
    names = whole(e, variables_in(e, event.args[:1], bind, scope))
    laws = [law_of(e, key_of(*pair)) for pair in names]
    if not names or any(law is None or not FAMILIES.get(law.family, FAMILIES["normal"]).discrete for law in laws):
        return None
    return probability.mean_of(e, event, names, bind, scope)


@dataclass
class _Event:
    key: str
    relation: str
    value: Value


def _density(e: Evaluator, form: Form, bind: Bind, scope: Scope) -> Value | None:
    """p(x), P(X = 3), P(X ≤ c) of independent lawful variables; what is given may be their parameters."""
    events = [event for node in form.args for event in _events(e, node, bind, scope)]
    if not events:
        return None
    if (joint := _with_parameters(e, form, events, bind, scope)) is not None:
        return joint
    laws = [law_of(e, event.key, form.measure) for event in events]
    if not any(laws) and not any(law_of(e, event.key) for event in events):
        return None
    if not all(laws) or form.measure not in ("p", "q") or not _parameters_only(e, form, laws, bind, scope):
        _left(laws)
        return None
    keys = {event.key for event in events}
    if len(keys) > 1 and not all(independent(e, key) for key in keys):
        _left(laws)
        return None
    result: Any = 1.0
    for event, law in zip(events, laws, strict=True):
        assert law is not None
        family, parameters = parameters_of(e, law, event.key, home_of(scope))
        result = result * _one(family, parameters, event)
    return result


def _with_parameters(e: Evaluator, form: Form, events: list[_Event], bind: Bind, scope: Scope) -> Value | None:
    """p(y, λ) = p(y | λ) p(λ), where λ is a parameter of y's law with a density of its own."""
    laws = [law_of(e, event.key) for event in events]
    known = {
        name for law in laws if law is not None for node in filter(None, law.parameters) for name in reached(e, node)
    }
    nodes = [part for node in form.args for part in (node.args if node.op == "tuple" else (node,))]
    others = [
        n
        for n in nodes
        if n.op == "sym" and str(n.value) in known and law_of(e, variable_key(e, n, bind, scope)) is None
    ]
    own = [n for n in nodes if n not in others]
    if not others or form.given or not all(laws) or not own:
        return None
    first = _density(e, replace(form, args=tuple(own)), bind, scope)
    label = Node("call", tuple(others), form.measure)
    return None if first is None else multiply(first, e.eval(label, bind, scope))


def _left(laws: list[Stated | None]) -> None:
    """To the tables, which know masses and no densities."""
    if any(law is not None and not (law.family in FAMILIES and FAMILIES[law.family].discrete) for law in laws):
        raise NotUnderstood("a density of several variables")


def _one(family: Family | None, parameters: tuple[Any, ...], event: _Event) -> Any:
    if event.relation == "never":  # P(X = c), where all is said of any law
        return 0.0
    if event.relation == "=":
        if family is None:
            return vector_density(event.value, parameters)
        if isinstance(event.value, Mat):
            raise NotUnderstood("a number's law at a vector")
        return density(family, event.value, parameters)
    if family is None or isinstance(event.value, Mat):
        raise NotUnderstood("an event that is not read")
    below = cumulated(family, event.value, parameters)
    at = density(family, event.value, parameters) if family.discrete else 0.0
    return {"<=": below, "<": below - at, ">": 1 - below, ">=": 1 - below + at}[event.relation]


def _events(e: Evaluator, node: Node, bind: Bind, scope: Scope) -> list[_Event]:
    """(variable, relation, value) for each part of an event; nothing where it is of another kind."""
    while node.op == "group":
        node = node.args[0]
    if node.op in ("tuple", "and"):
        parts = [_events(e, part, bind, scope) for part in node.args]
        if node.op == "and" or not all(parts):
            return []
        return [event for part in parts for event in part]
    if node.op == "sym":
        key = variable_key(e, node, bind, scope)
        law = law_of(e, key)
        if law is None:
            return []
        if law.head and not node.args and not any_of(e, law, str(node.value)):  # y stands for y_1, …, y_n
            return _members(e, node, law, scope)
        return [_Event(key, "=", e.eval(node, bind, scope))]
    if node.op != "rel" or node.args[0].op != "sym" or node.value not in ("=", "<", "<=", ">", ">="):
        return []
    key = variable_key(e, node.args[0], bind, scope)
    law = law_of(e, key)
    if law is None or (law.head and not node.args[0].args and not any_of(e, law, str(node.args[0].value))):
        return []
    relation = "never" if node.value == "=" and law.family == "continuous by lot" else str(node.value)
    return [_Event(key, relation, e.eval(node.args[1], bind, scope))]


def _members(e: Evaluator, node: Node, law: Stated, scope: Scope) -> list[_Event]:
    if len(law.head) != 1:
        return []
    name = str(node.value)
    count = e.slot_size(name, (), 0, scope)
    keys = [key_of(name, (k,)) for k in range(1, count + 1)]
    return [_Event(key, "=", e.value(name, (k,), scope)) for k, key in enumerate(keys, 1)]


def _parameters_only(e: Evaluator, form: Form, laws: list[Stated | None], bind: Bind, scope: Scope) -> bool:
    """Whether all that is given are the parameters of the laws."""
    known = {
        name for law in laws if law is not None for node in filter(None, law.parameters) for name in reached(e, node)
    }
    for node in form.given:
        for part in node.args if node.op == "tuple" else (node,):
            inner = part.args[0] if part.op == "pow" else part
            if inner.op != "sym" or str(inner.value) not in known or law_of(e, variable_key(e, inner, bind, scope)):
                return False
    return True
