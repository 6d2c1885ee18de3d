r"""$\ne$ as a claim: it holds where both sides have one value each, and these differ; it is false where both are the same formula.

`E(XY) \ne E(X) E(Y)` for free quantities is true at some samples and false at others: nothing is concluded from one that differs.
"""

from __future__ import annotations

from glideslope.derive.claims.exact import exactly
from glideslope.derive.evaluation.numbers import real
from glideslope.derive.evaluation.values import Mat
from glideslope.derive.judging.compare import Outcome, Question
from glideslope.derive.judging.evidence import Desk, decide, grounded, leaves, shown_counterexample
from glideslope.derive.judging.finding import Finding
from glideslope.derive.judging.reasons import say
from glideslope.derive.laws.chance import random_names
from glideslope.derive.reading.contents import reached
from glideslope.derive.source.chains import Member
from glideslope.derive.syntax.tree import Node

__all__ = ["differ"]

#: more than rounding makes of equal numbers
APART = 1e-7


def differ(
    left: Member, right: Member, relation: str, first: Member, conditions: tuple[Node, ...], desk: Desk
) -> Finding | None:
    """`left ≠ right`: holds, error, or None where it is not decided."""
    values = exactly(desk.read(left)), exactly(desk.read(right))
    if values[0] is not None and values[1] is not None:
        status, reason = ("error", "same") if values[0] == values[1] else ("holds", "unequal")
        return Finding(right, left, relation, status, say(reason), grounded=True)
    outcome, question = decide(left, right, "=", conditions, desk)
    if outcome.kind == "differ" and _decided(question, outcome, desk) and _apart(outcome):
        return Finding(right, left, relation, "holds", say("unequal"), grounded=True)
    if outcome.kind != "equal" or outcome.reading.endswith("wide") or not outcome.reading.startswith("all"):
        return None
    if outcome.vacuous(question):
        return None
    if outcome.world is None or not outcome.world.leaves:  # √2 and 1.4142135623730951 differ by less than can be seen
        return None
    if grounded(question, outcome, desk.context, strict=True):
        return None  # said to be equal in one case, and unequal in another
    return Finding(right, left, relation, "error", say("same"), counterexample=shown_counterexample(question, desk), grounded=True)  # fmt: skip


def _decided(question: Question, outcome: Outcome, desk: Desk) -> bool:
    """Whether nothing was drawn: no free quantity, no size, no table of chances."""
    sides, context = (question.left, question.right), desk.context
    if outcome.unknown or outcome.guessed or outcome.bind or outcome.world is None or outcome.world.leaves:
        return False
    if any(leaves(side, context) for side in sides) or random_names(sides, context):
        return False
    return not any(n.op == "sym" and str(n.value) in context.integers for n in reached(sides, context))


def _apart(outcome: Outcome) -> bool:
    """Whether two numbers differ by more than rounding could make of equal ones."""
    if isinstance(outcome.left, Mat) or isinstance(outcome.right, Mat):
        return True
    a, b = real(outcome.left), real(outcome.right)
    return abs(a - b) > APART * max(abs(a), abs(b))
