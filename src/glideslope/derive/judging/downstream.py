r"""Quantities that a text only differentiates: $\frac{\partial L}{\partial x} = \frac{\partial L}{\partial y} \frac{\partial y}{\partial x}$.

Nothing says what L is, but a chain rule says on what it rests: on those of the quantities it is differentiated by that do not feed another
one of them, and on what else the text computes from the others: where $z = v a + u x$, x has a way to L beside a. With L a smooth function of these, drawn anew in each world, the line is a claim that can fail.
"""

from __future__ import annotations

from glideslope.derive.judging.compare import Outcome, Question, compare
from glideslope.derive.meaning.context import Context, Definition
from glideslope.derive.reading.contents import reached
from glideslope.derive.reading.dimensions import Dimensions
from glideslope.derive.syntax.tree import Node

__all__ = ["downstream"]

Links = dict[str, dict[str, Node]]  # what is only differentiated -> by which quantities
LAYOUTS = ("mixed", "numerator", "denominator")


def downstream(question: Question, context: Context, dimensions: Dimensions, layout: str | None) -> Outcome | None:
    """The outcome where each quantity without a formula is a function of what lies right before it; None where that shows nothing."""
    links = _links(question, context)
    if question.relation != "=" or not any(len(found) > 1 for found in links.values()):
        return None
    trial = context.fork()
    chained = False
    for name, found in links.items():
        nearest = [v for v in found if not any(w != v and _rests(w, v, links, context) for w in found)]
        if not nearest or any(_rests(v, name, links, context) for v in nearest):
            return None  # a circle
        chained = chained or len(nearest) < len(found)
        nearest += _beside(name, nearest, set(found) - set(nearest), links, context)
        function = "↦" + name
        trial.functions.add(function)
        trial.functions_of[function] = "number"
        arguments = tuple(Node("sym", (), v) for v in sorted(nearest))
        trial.define(Definition(name, (), Node("call", arguments, function), "symbol", context.section))
    if not chained:
        return None
    for order in (layout,) if layout else LAYOUTS:
        outcome = compare(question, trial, dimensions, layout=order)
        if outcome.kind == "equal" and outcome.nonzero and not outcome.unknown:
            outcome.reading = f"all {order}"
            return outcome
    return None


def _beside(name: str, nearest: list[str], before: set[str], links: Links, context: Context) -> list[str]:
    """What a text computes from what lies before the nearest quantities, and not through these; no penalty that is added to L later."""
    whole = [n for n, held in context.definitions.items() if len(held) == 1 and not held[0].head and held[0].kind == "symbol"]  # fmt: skip
    after = {n for n in whole if context.depends(n, name)}
    found = []
    for other in sorted(set(whole) - after - {name} - set(nearest) - before):
        aside = any(context.depends(other, v, set(nearest)) for v in before)
        if aside and not any(_rests(v, other, links, context) for v in nearest) and not any(context.depends(n, other) for n in after):  # fmt: skip
            found.append(other)
    return found


def _links(question: Question, context: Context) -> Links:
    """What a claim, and the definitions it rests on, differentiate without a formula for it."""
    links: Links = {}
    for node in reached((question.left, question.right), context):
        if node.op != "deriv" or node.args[0].op != "sym" or node.args[0].args or len(node.args) > 2:
            continue
        name, variable = context.resolve(str(node.args[0].value)), node.args[1]
        fact = context.known.get(name)
        if name in context.definitions or name in context.integers or (fact is not None and (fact.rank or fact.shapes)):
            continue
        if variable.op == "sym" and (by := context.resolve(str(variable.value), len(variable.args))) != name:
            links.setdefault(name, {})[by] = variable
    return links


def _rests(name: str, on: str, links: Links, context: Context, depth: int = 0) -> bool:
    """Whether one quantity changes with another, by a formula or because it is differentiated by it."""
    if context.depends(name, on):
        return True
    return depth < 8 and any(v == on or _rests(v, on, links, context, depth + 1) for v in links.get(name, ()))
