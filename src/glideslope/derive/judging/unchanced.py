r"""A second look at a step that fails: quantities said to be probabilities taken as free ones.

$A_{ij} = p(j \mid i)$ explains a matrix; a claim that speaks of A alone is about any matrix. It must fail both ways to count.
"""

from __future__ import annotations

from dataclasses import replace

from glideslope.derive.judging.compare import Outcome, Question, compare
from glideslope.derive.judging.evidence import Desk
from glideslope.derive.laws.chance import form_of
from glideslope.derive.syntax.tree import Node, walk

__all__ = ["without_chance"]


def without_chance(question: Question, desk: Desk) -> tuple[Outcome, Desk] | None:
    r"""The outcome, and the desk, where quantities said to be probabilities are free ones, as $A_{ij} = p(j \mid i)$ is any matrix.

    None where the claim itself speaks of chance, or a probability is still asked for.
    """
    context = desk.context

    def chance(node: Node) -> bool:
        return any(n.op == "opaque" or form_of(n, context) is not None for n in walk(node))

    if chance(question.left) or chance(question.right):
        return None
    free = context.fork()
    for name, found in context.definitions.items():
        kept = [d for d in found if not chance(d.body)]
        if len(kept) == len(found):
            continue
        del free.definitions[name]
        if kept:
            free.definitions[name] = kept
    outcome = compare(question, free, desk.dimensions, layout=desk.layout or context.numerator or "mixed")
    fails_too = outcome.kind == "differ" and not outcome.unknown
    return (outcome, replace(desk, context=free)) if fails_too else None
