r"""$\in$ as a claim: `[X_0 \; X_1] \in \mathbb{R}^{n \times p}` about shapes, `\operatorname{Var}(p) \in [0, 1/4]` about values.

A symbol that has no definition is declared by it; a set the text does not spell out is left alone.
A shape that cannot be is ill-formed where all shapes are declared; a value outside its bounds may be a condition, and is no alarm.
"""

from __future__ import annotations

from dataclasses import replace

from glideslope.derive.claims.definite import everywhere
from glideslope.derive.evaluation.values import Mat
from glideslope.derive.judging.compare import Outcome, Question, compare
from glideslope.derive.judging.evidence import Desk, decide, grounded, shown_sample
from glideslope.derive.judging.finding import Finding
from glideslope.derive.judging.reasons import say
from glideslope.derive.meaning.context import Declaration, Known
from glideslope.derive.meaning.define import head_of
from glideslope.derive.meaning.membership import INTEGERS, POSITIVES, REALS, commas, split_power, times
from glideslope.derive.source.chains import Member
from glideslope.derive.syntax.names import is_sized
from glideslope.derive.syntax.parser import parse_tokens
from glideslope.derive.syntax.tokens import Token
from glideslope.derive.syntax.tree import Node, canonical, walk, walk_values

__all__ = ["belongs"]

#: the name of an array that has the shape in question
LIKE = "like◦"
#: so many digits below the decimal point that any two numbers agree: shapes alone are compared
NO_DIGITS = -300


def belongs(
    left: Member, right: Member, relation: str, first: Member, conditions: tuple[Node, ...], desk: Desk
) -> Finding | None:
    """`left ∈ right`: holds, ill-formed, not confirmed, or None where it declares or is not decided."""
    value = desk.read(left)
    head = head_of(value)
    given = head is not None and (head[2] == "opaque" or desk.context.definitions.get(head[0]) or is_sized(head[0]))
    if head is not None and not given:
        return None
    tokens = [t for t in right.tokens if t.text not in (".", ";")]
    core, exponent = split_power(tokens)
    kind = "".join(t.text for t in core)
    if kind in REALS:
        return _shaped(left, right, value, exponent, conditions, desk)
    if exponent or not core:
        return None
    if kind in POSITIVES:
        zero = Token("num", "0", core[0].start, core[-1].end)
        return _between(left, right, [[zero], [Token("cmd", "\\infty", zero.start, zero.end)]], conditions, desk)
    bounds = [part for part in commas(core[1:-1]) if part] if core[0].text in ("[", "(") else []
    if len(bounds) == 2:
        return _between(left, right, bounds, conditions, desk)
    if core[0].text == "\\{" or kind in INTEGERS:
        return _among(left, right, core, kind, conditions, desk)
    return None


def _shaped(
    left: Member, right: Member, value: Node, exponent: list[Token], conditions: tuple[Node, ...], desk: Desk
) -> Finding | None:
    dims = tuple(parse_tokens(part, desk.hints) for part in times(exponent)) if exponent else ()
    if len(dims) > 2:
        return None
    if len(dims) == 2 and dims[1].op == "num" and dims[1].value == 1:
        dims = dims[:1]
    context = desk.context.fork()
    context.known[LIKE] = Known([Declaration((), dims)], len(dims), declared=True)
    question = Question(value, Node("sym", (), LIKE), "=", conditions, NO_DIGITS)
    layout = desk.layout or "mixed"
    outcome = compare(question, context, desk.dimensions, layout=layout, worlds=5, points=1)
    if outcome.kind == "equal" and (isinstance(outcome.left, Mat) != bool(dims) or outcome.unknown or outcome.guessed):
        return None  # I, 1 and 0 take any shape, and so does what was guessed
    if outcome.kind == "equal":
        return Finding(right, left, "in", "holds", say("shape", worlds=outcome.worlds), outcome, grounded=True)
    if outcome.kind != "clash" or not _sized(value, dims, desk) or grounded(question, outcome, context, strict=True):
        return None
    return Finding(right, left, "in", "ill-formed", say("clash", detail=outcome.detail), grounded=True)


def _sized(value: Node, dims: tuple[Node, ...], desk: Desk) -> bool:
    """Whether every array is declared, and with the sizes that are asked for: p may be what p_0 and p_1 add up to."""
    known: set[str] = set()
    arrays = [
        n for n in walk(value) if n.op == "sym" and not (is_sized(str(n.value)) or n.value in desk.context.integers)
    ]
    for node in arrays:
        fact = desk.context.known.get(desk.context.resolve(str(node.value), len(node.args)))
        heads = [canonical(a) for a in node.args]
        shapes = [s for s in fact.shapes if [canonical(h) for h in s.head] == heads] if fact is not None else []
        if fact is None or fact.assumed or not (shapes or (fact.declared and not fact.shapes)):
            return False
        known |= {canonical(n) for s in shapes for d in s.dims for n in walk_values(d) if n.op == "sym"}
    asked = {canonical(n) for d in dims for n in walk_values(d) if n.op == "sym"}
    return bool(arrays) and asked <= known | set(desk.context.definitions)


def _between(
    left: Member, right: Member, bounds: list[list[Token]], conditions: tuple[Node, ...], desk: Desk
) -> Finding | None:
    """An interval: above its lower bound, below its upper one."""
    outcomes: list[tuple[Outcome, Question]] = []
    for bound, relation in zip(bounds, (">=", "<="), strict=True):
        if "\\infty" not in [t.text for t in bound]:
            outcomes.append(decide(left, Member(bound, right.row), relation, conditions, desk))
    if not outcomes:
        return None
    outcomes = [(everywhere(q, desk) if o.domain != "mixed" else o, q) for o, q in outcomes]
    outcome, question = next(((o, q) for o, q in outcomes if o.kind != "equal"), outcomes[0])
    return _ordered(left, right, outcome, question, desk)


def _ordered(left: Member, right: Member, outcome: Outcome, question: Question, desk: Desk) -> Finding | None:
    if outcome.kind == "equal" and outcome.reading.endswith("wide"):
        return None
    if outcome.kind == "equal":
        reason = say("holds-order", points=outcome.points, worlds=outcome.worlds)
        return Finding(right, left, "in", "holds", reason, outcome, grounded=not grounded(question, outcome, desk.context))  # fmt: skip
    if outcome.kind == "differ" and not grounded(question, outcome, desk.context, strict=True):
        return Finding(right, left, "in", "not-confirmed", say("inequality"), counterexample=shown_sample(outcome))
    return None


def _among(
    left: Member, right: Member, core: list[Token], kind: str, conditions: tuple[Node, ...], desk: Desk
) -> Finding | None:
    """A few numbers, or whole ones: the distance to the nearest of them is 0."""
    value = desk.read(left)
    group = Node("group", (value,), "(")
    if core[0].text == "\\{":
        members = [parse_tokens(part, desk.hints) for part in commas(core[1:-1])]
        if not members or any(n.op in ("dots", "rel") for m in members for n in walk(m)):
            return None
        factors = tuple(Node("group", (Node("add", (group, m), (1, -1)),), "(") for m in members)
        distance = Node("mul", factors, ("",) * len(factors)) if len(factors) > 1 else factors[0]
    else:
        nearest = Node("call", (Node("add", (group, Node("num", (), 0.5)), (1, 1)),), "floor")
        distance = Node("add", (group, nearest), (1, -1))
    question = Question(distance, Node("num", (), 0), "=", conditions)
    outcome = compare(question, desk.context, desk.dimensions, layout=desk.layout or "mixed", worlds=8)
    if outcome.kind == "equal" and kind.startswith("\\mathbb{N}"):
        outcome = compare(replace(question, left=value, relation=">="), desk.context, desk.dimensions)
    if outcome.kind == "equal" and not outcome.vacuous(question):
        return Finding(right, left, "in", "holds", say("member", points=outcome.points), outcome, grounded=not grounded(question, outcome, desk.context))  # fmt: skip
    return _ordered(left, right, outcome, question, desk) if outcome.kind == "differ" else None
