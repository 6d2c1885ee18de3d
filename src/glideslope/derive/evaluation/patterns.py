r"""What the letters of a definition stand for where it is used: f(β_0, β_1) at (β̂_0, β_1), ℓ(μ, σ²) at (μ, σ̂²), N(μ_1, σ_1²) as N(0, 1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glideslope.derive.evaluation.members import member_of
from glideslope.derive.evaluation.numbers import powered, real
from glideslope.derive.evaluation.scope import Bind, Scope
from glideslope.derive.evaluation.values import Eye, Mat, Ones, Value
from glideslope.derive.meaning.define import is_letter
from glideslope.derive.syntax.tree import Node, canonical, walk

if TYPE_CHECKING:
    from glideslope.derive.evaluation.evaluate import Evaluator
    from glideslope.derive.meaning.context import Context, Definition

__all__ = ["itself", "match_arguments", "unify"]


def match_arguments(
    e: Evaluator,
    definition: Definition,
    arguments: tuple[Node, ...],
    values: list[Value],
    indices: tuple[object, ...],
    bind: Bind,
    scope: Scope,
) -> Bind | None:
    """The values of a definition's letters where it is asked for these arguments; None where it does not fit them."""
    used = {str(n.value) for n in walk(definition.body) if n.op in ("sym", "call", "opaque")}
    bound: Bind = {}
    for k, head in enumerate(definition.head):
        value = values[k] if k < len(values) else indices[k - len(values)]
        actual = arguments[k] if k < len(values) else None
        while head.op == "group":
            head = head.args[0]
        if actual is None and isinstance(value, str):  # L_λ(w): λ names the function, and keeps its value
            if head.op != "sym" or value != str(head.value):
                return None
            continue
        if head.op == "sym" and not head.args and (str(head.value) in used or actual is None or _generic(e, head)):
            if str(head.value) not in used and actual is not None and canonical(actual) != canonical(head):
                return None  # a constant under a fixed name, as in H(X) = …
            if actual is not None and canonical(actual) == canonical(head) and itself(definition, head, bind):
                continue  # the letter itself: y of L(y, θ) = Σ (y_i − θ)² need not be known as a whole
            bound[str(head.value)] = value
        elif (places := member_of(e, head, actual, bind, scope)) is not None:
            bound |= places  # p(t_j), where the text gives p(t_i)
        elif not (_matches(head, value, actual, bound) or _replaced(e, definition, head, value, actual, bound)):
            return None
    return bound


def itself(definition: Definition, head: Node, bind: Bind) -> bool:
    """Whether the formula speaks of the members of a letter that has no value: p(y | θ) = ∏ f(y_i; θ) asked for y."""
    return str(head.value) not in bind and any(
        n.op == "sym" and n.args and n.value == head.value for n in walk(definition.body)
    )


def _generic(e: Evaluator, head: Node) -> bool:
    return e.context.resolve(str(head.value)) not in e.context.definitions


def _matches(head: Node, value: Value, actual: Node | None, bound: Bind) -> bool:
    """Match one argument against a pattern: a number, an indexed letter, a square, a nested call."""
    while actual is not None and actual.op == "group":
        actual = actual.args[0]
    if head.op == "num":
        return not isinstance(value, Mat | Eye | Ones) and abs(real(value) - head.value) < 1e-12
    if actual is not None and canonical(actual) == canonical(head):
        if head.op == "sym" and head.args and not isinstance(value, Mat):
            bound[canonical(head)] = value  # the column w_1 of L(w_1) is itself in the formula, too
        return True
    return False


def _replaced(e: Evaluator, definition: Definition, head: Node, value: Value, actual: Node | None, bound: Bind) -> bool:
    """Put another value for β_0 or σ², where the formula and what it rests on speak of no β_j and of no σ besides."""
    if actual is None or isinstance(value, Mat | Eye | Ones) or not is_letter(head):
        return False
    letter = head.args[0] if head.op == "pow" else head
    if letter is not head:
        if real(value) <= 0:
            return False
        value = powered(value, 1.0 / head.args[1].value)
    mine, within = canonical(letter), [n for n in walk(definition.body) if n.op == "sym" and n.value == letter.value]
    siblings = {canonical(h.args[0] if h.op == "pow" else h) for h in definition.head}
    if not any(canonical(n) == mine for n in within) or any(canonical(n) not in siblings for n in within):
        return False
    if _rests_elsewhere(e.context, definition, letter):
        return False
    bound[mine] = value
    if letter.args:
        bound["["] = True
    return True


def _rests_elsewhere(context: Context, definition: Definition, letter: Node) -> bool:
    """Whether a formula rests on other lines that speak of the letter, and are not handed its value."""
    mine, seen, stack = canonical(letter), set[str](), [definition.body]
    while stack:
        for node in walk(stack.pop()):
            name = node.value[0] if isinstance(node.value, tuple) else str(node.value)
            if node.op not in ("sym", "call", "opaque") or name in seen:
                continue
            seen.add(name)
            for found in (
                d for x in (name, context.resolve(name, len(node.args))) for d in context.definitions.get(x, ())
            ):
                if any(canonical(h.args[0] if h.op == "pow" else h) == mine for h in found.head):
                    continue
                if any(n.op == "sym" and n.value == letter.value for n in walk(found.body)):
                    return True
                stack.append(found.body)
    return False


def unify(e: Evaluator, head: Node, actual: Node, bound: Bind, bind: Bind, scope: Scope) -> bool:
    """Match a pattern such as N(μ_1, σ_1²) against N(0, 1) or N(m_i, s_i²), binding its symbols."""
    while head.op == "group":
        head = head.args[0]
    while actual.op == "group":
        actual = actual.args[0]
    if head.op == "sym":
        value = e.eval(actual, bind, scope)
        bound[canonical(head)] = value
        if head.args:
            bound["["] = True
        return True
    if head.op == "pow" and head.args[1].op == "num" and head.args[0].op == "sym":
        value = e.eval(actual, bind, scope)
        if isinstance(value, Mat | Eye | Ones) or real(value) <= 0:
            return False
        root = powered(value, 1.0 / head.args[1].value)
        return unify(e, head.args[0], Node("num", (), root), bound, bind, scope)
    if head.op == actual.op == "num":
        return bool(head.value == actual.value)
    if head.op == actual.op and head.value == actual.value and len(head.args) == len(actual.args):
        return all(unify(e, h, a, bound, bind, scope) for h, a in zip(head.args, actual.args, strict=True))
    return False
