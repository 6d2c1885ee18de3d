"""The verdict on an approximation: to the order it states, or to the highest power it writes."""

from __future__ import annotations

from glideslope.derive.claims.orders import approximation
from glideslope.derive.claims.remainder import measure
from glideslope.derive.claims.small import small_step
from glideslope.derive.judging.compare import Question
from glideslope.derive.judging.evidence import Desk, grounded
from glideslope.derive.judging.finding import Finding
from glideslope.derive.judging.reasons import say
from glideslope.derive.meaning.define import defines, head_of
from glideslope.derive.source.chains import Member

__all__ = ["to_order"]


def to_order(left: Member, right: Member, relation: str, desk: Desk) -> Finding | None:
    """The verdict on a step that states the order of its remainder; None for all others."""
    if relation not in ("=", "~"):
        return None
    if (claim := approximation(left, right, desk)) is None:
        near = small_step(left, right, desk) if relation == "~" else None
        return near and Finding(right, left, relation, "holds", say("order", order=near[1]), near[0])
    question = Question(claim.left, claim.right)
    if head_of(claim.left) is not None and defines(claim.left, claim.right, desk.context) and claim.left.op == "sym":
        return None
    outcome, power = measure(claim, desk.context, desk.dimensions)
    if outcome.kind == "equal":
        return Finding(right, left, relation, "holds", say("order", order=claim.order), outcome)
    if outcome.kind != "differ":
        return Finding(right, left, relation, "not-understood", say("not-understood", detail=outcome.detail), outcome)
    missing = grounded(question, outcome, desk.context, strict=True)
    reason = say("order-missed", order=claim.order, power=max(0, round(power)))
    return Finding(
        right, left, relation, "not-confirmed" if missing else "error", reason, outcome, grounded=not missing
    )
