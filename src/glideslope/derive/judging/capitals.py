r"""Capitals of which a text says nothing: what they must not be taken for, and what they may be.

What holds only because numbers commute is not confirmed: $AB = BA$, $(AB)^{-1} = A^{-1} B^{-1}$ and $\det(2A) = 2 \det A$ are true of numbers.
What cannot be of numbers is tried with matrices: $K (y - H x)$ beside a longer $x$.
"""

from __future__ import annotations

from dataclasses import replace

from glideslope.derive.judging.compare import Outcome, Question, compare
from glideslope.derive.laws.chance import form_of
from glideslope.derive.meaning.context import Context
from glideslope.derive.reading.contents import reached
from glideslope.derive.reading.dimensions import Dimensions
from glideslope.derive.syntax.tree import Node, walk

__all__ = ["as_matrices", "only_for_numbers"]


def only_for_numbers(question: Question, context: Context, dimensions: Dimensions, layout: str) -> tuple[str, ...]:
    """The capitals of which a step is false as soon as they are square matrices of one size; none where it is true or has no such meaning."""
    parts = [n for side in (question.left, question.right) for n in walk(side)]
    names = tuple({str(n.value): None for n in parts if _unknown(n, context) and not n.args})
    several = any(sum(any(_unknown(m, context) for m in walk(n)) for n in p.args) > 1 for p in parts if p.op == "mul")
    if len(names) < 2 or not several or any(form_of(n, context) is not None for n in parts):
        return ()  # of random variables, numbers are meant
    if any(_unknown(n, context) for p in parts if p.op == "frac" for n in walk(p.args[1])):
        return ()  # nobody divides by a matrix
    context, dimensions = context.fork(), dimensions.copy()
    for name in names:
        context.known[name] = replace(context.fact(name), rank=2, structure={"square": 1.0})
        for slot in (0, 1):
            dimensions.join((names[0], 0), (name, slot))
    outcome = compare(question, context, dimensions, layout=layout, worlds=1)
    return names if outcome.kind in ("differ", "clash") else ()


def as_matrices(question: Question, context: Context, dimensions: Dimensions, layout: str) -> Outcome | None:
    """The outcome where such capitals are matrices and the step holds of them."""
    parts = list(reached((question.left, question.right), context))
    names = {str(n.value): len(n.args) for n in parts if _unknown(n, context)}
    if not names or all(context.rank(str(n.value)) in (None, 0) for n in parts if n.op == "sym"):
        return None
    context, dimensions = context.fork(), dimensions.copy()
    for name, family in names.items():
        context.known[name] = replace(context.fact(name), rank=2, family=family)
    dimensions.relate(question.left, question.right, context, shy=True)
    outcome = compare(question, context, dimensions, layout=layout)
    return outcome if outcome.kind == "equal" else None


def _unknown(node: Node, context: Context) -> bool:
    """Whether a node is a capital that may be anything."""
    name = str(node.value)
    if node.op != "sym" or len(node.args) > 1 or len(name) != 1 or not ("A" <= name <= "Z"):
        return False
    known = name in context.definitions or name in context.integers or name in context.random or name in context.laws
    if known or context.rank(name) is not None:
        return False
    fact = context.known.get(name)
    return fact is None or not (
        fact.declared or fact.shapes or fact.given or fact.integer or fact.low is not None or fact.high is not None
    )
