r"""$A \succeq B$ as a claim: the smallest eigenvalue of $A - B$ is never negative; between vectors, entry by entry.

A symbol without a definition is declared so, not claimed to be so.
"""

from __future__ import annotations

from glideslope.derive.judging.compare import Outcome, Question, compare
from glideslope.derive.judging.evidence import Desk, grounded, shown_sample
from glideslope.derive.judging.finding import Finding
from glideslope.derive.judging.reasons import say
from glideslope.derive.meaning.define import head_of
from glideslope.derive.source.chains import Member
from glideslope.derive.syntax.tree import Node

__all__ = ["everywhere", "is_definite"]

#: a positive definite matrix has no eigenvalue below this
STRICT = 1e-6


def is_definite(
    left: Member, right: Member, relation: str, first: Member, conditions: tuple[Node, ...], desk: Desk
) -> Finding | None:
    """`left ⪰ right` and its kin: holds, not confirmed, or None where it declares or is not decided."""
    larger, smaller = desk.read(left), desk.read(right)
    if relation.startswith("prec"):
        larger, smaller = smaller, larger
    if any(_declares(side, desk) for side in (larger, smaller)):
        return None
    zero = Node("num", (), 0)
    gap = smaller if larger.op == "num" else Node("add", (smaller, larger), (1, -1))
    gap = Node("neg", (larger,)) if smaller.op == "num" and smaller.value == 0 else gap
    if relation in ("succ", "prec"):  # an order between samples has some slack, which would let 0 pass for positive
        zero = Node("num", (), -STRICT)
    question = Question(Node("call", (Node("group", (gap,), "("),), "\\lambda_\\max"), zero, "<=", conditions)
    outcome = everywhere(question, desk, far=False)  # rounding in an eigenvalue grows with the matrix
    claim = Question(larger, smaller)
    if outcome.kind == "equal":
        reason = say("holds-order", points=outcome.points, worlds=outcome.worlds)
        return Finding(right, left, relation, "holds", reason, outcome, grounded=not grounded(claim, outcome, desk.context))  # fmt: skip
    if outcome.kind == "differ" and not grounded(claim, outcome, desk.context, strict=True):
        return Finding(right, left, relation, "not-confirmed", say("inequality"), counterexample=shown_sample(outcome))
    return None


def everywhere(question: Question, desk: Desk, far: bool = True) -> Outcome:
    """Compare for numbers of any sign; for positive ones only where no others can be tried."""
    layout = desk.layout or desk.context.numerator or "mixed"
    outcome = compare(question, desk.context, desk.dimensions, layout=layout, domains=("mixed",), far=far)
    if outcome.kind != "empty":
        return outcome
    return compare(question, desk.context, desk.dimensions, layout=layout, far=far)


def _declares(side: Node, desk: Desk) -> bool:
    """Whether a symbol stands alone that the text has not defined."""
    head = head_of(side)
    return head is not None and not desk.context.definitions.get(head[0])
