"""The text without its definitions: a claim that holds whatever the defined quantities are needs none of them.

What a definition makes an array stays an array of that kind: read as numbers, any two matrices would commute.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from glideslope.derive.evaluation.evaluate import Evaluator
from glideslope.derive.evaluation.numbers import DomainError
from glideslope.derive.evaluation.sample import make_world
from glideslope.derive.evaluation.scope import NotUnderstood, Scope
from glideslope.derive.evaluation.values import UNFORESEEN, Eye, Mat, Ones, ShapeClash
from glideslope.derive.judging.compare import Question
from glideslope.derive.laws.chance import ENTROPIES
from glideslope.derive.meaning.context import Context, Definition
from glideslope.derive.reading.contents import contents, reached
from glideslope.derive.reading.dimensions import Dimensions
from glideslope.derive.reading.reading import Reading
from glideslope.derive.syntax.names import DIVERGENCES
from glideslope.derive.syntax.tree import Node

__all__ = ["without"]

#: what these say of capitals is settled among authors: where a text defines them too, a claim may rest on that alone
STANDARD = ENTROPIES | DIVERGENCES | {"I", "rm:I"}


def without(
    question: Question, context: Context, dimensions: Dimensions, kept: Callable[[Definition], bool]
) -> Context | None:
    """The context with the definitions that are kept; None when it cannot be told what kind of thing a dropped one defines."""
    free = context.fork()
    free.whole = context  # what a dropped quantity is may be left open, but not that it changes with another
    free.definitions = {n: held for n, found in context.definitions.items() if (held := [d for d in found if kept(d)])}
    free.functions = context.functions - {n for n in STANDARD if n in context.definitions and n not in free.definitions}
    for node in reached((question.left, question.right), free):
        if node.op != "sym":
            continue
        name = context.resolve(str(node.value), len(node.args))
        if name not in context.definitions or name in free.definitions or context.rank(name) is not None:
            continue
        heads = {len(d.head) for d in context.definitions[name] if d.kind == "symbol"}
        if heads != {0}:
            continue  # a family is read entry by entry
        rank = _rank(name, context, dimensions)
        if rank is None:
            return None
        if rank:
            free.known[name] = replace(free.fact(name), rank=rank)
    return free


def _rank(name: str, context: Context, dimensions: Dimensions) -> int | None:
    """0 for a number, 1 for a column, 2 for a matrix; None when its definition has no value."""
    reading = Reading(contents((Node("sym", (), name),), context), context, dimensions)
    for seed in range(4):
        evaluator = Evaluator(reading, make_world(context, seed, "positive"))
        try:
            value = evaluator.value(name, (), Scope())
        except DomainError:
            continue
        except (NotUnderstood, ShapeClash, *UNFORESEEN):
            return 0 if _a_number(Node("sym", (), name), context) else None
        if isinstance(value, Mat):
            return 1 if value.cols == 1 else 2
        return 2 if isinstance(value, Eye | Ones) else 0
    return None


def _a_number(node: Node, context: Context, depth: int = 0) -> bool:
    r"""Whether a formula is a number by its form: a norm, the largest of norms as in $\\max_{x, y \\in K} \\|x - y\\|$, a quotient of these."""
    if node.op in ("norm", "abs", "num"):
        return True
    if node.op == "sym" and depth < 8:
        name = context.resolve(str(node.value), len(node.args))
        found = context.definitions.get(name, [])
        return not context.rank(name) and all(_a_number(d.body, context, depth + 1) for d in found)
    if node.op == "big" or (node.op == "call" and node.value == "sqrt"):
        return _a_number(node.args[-1], context, depth)
    forms = ("add", "mul", "frac", "pow", "neg", "group")
    return node.op in forms and all(_a_number(a, context, depth) for a in node.args)
