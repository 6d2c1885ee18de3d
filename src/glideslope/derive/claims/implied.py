r"""Equations that follow from equations: $X^\top X w = X^\top y \Rightarrow w = (X^\top X)^{-1} X^\top y$.

The line after the arrow follows when it is the line before times a number, when what it says of a symbol solves the line before and no other solution is found,
when it is true once the line before gives a symbol its value, or wherever the line before is true (see `projected`).
So does the next row, and the next display after words such as "rearranging". Nothing is concluded where none of these can be shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from glideslope.derive.claims.projected import false_where, true_where
from glideslope.derive.claims.signs import signed, variants
from glideslope.derive.judging.compare import Question, compare
from glideslope.derive.judging.evidence import Desk
from glideslope.derive.judging.finding import Finding
from glideslope.derive.judging.reasons import say
from glideslope.derive.meaning.context import Context, Definition
from glideslope.derive.source.chains import Chain
from glideslope.derive.syntax.tree import Node, free_symbols, transform, walk
from glideslope.errors import ParseError

__all__ = ["follows", "judged", "leads_on"]

DERIVED = re.compile(
    r"\b(?:re-?arrang|re-?writ|multipl|divid|simplif|solv|subtract|add(?:ing)?\b|giv(?:es?|ing)\b|yield|gets?\b|obtain|hence|thus|therefore|so\b"
    r"|equivalent|follow|leads?\b|leading|substitut|factor|isolat|expand|invert|then\b|implies|becomes?)|整理|移项|得到|可得|化简|因此|所以|从而|解得",
    re.I,
)
FACTORS = (1, -1, 2, -2, 0.5, -0.5)
#: the marks an author puts on the solution of an equation for a symbol
MARKED = re.compile(
    r"\A(?:hat |bar |tilde )(?P<a>.+)\Z|\A(?P<b>.+?)(?:\^\*|\^\\star|_\*|_\\star|_\\mathrm\{?\w+\}?|_[A-Za-z]{2,4})\Z"
)


#: a premise that says nothing for all values
OPEN = ("not-confirmed", "skipped")


def leads_on(premise: list[Finding], words: str | None) -> bool:
    """Whether a line without an arrow may rest on the one before: an equation, in the next row or named by the words between."""
    last = premise[-1] if premise else None
    if (
        last is None
        or not (last.status in OPEN or last.reason == say("follows"))
        or last.relation not in ("=", ":=")
        or last.previous is None
    ):
        return False
    return words is None or DERIVED.search(words) is not None


def judged(premise: list[Finding], findings: list[Finding], shown: bool) -> tuple[list[Finding], list[Finding]]:
    """The findings of both lines of which the second is drawn from the first; an equation that was not shown to follow is no alarm."""
    first = findings[0]
    if not shown:
        if first.status == "error" and premise and premise[-1].status in OPEN:
            findings = [replace(first, status="not-confirmed", repairs=()), *findings[1:]]
        return premise, findings
    if first.status != "holds":
        findings = [replace(first, status="holds", reason=say("follows"), counterexample=None), *findings[1:]]
    if premise and premise[-1].status in ("not-confirmed", "error", "ill-formed", "needs-assumption"):
        equation = Finding(
            premise[-1].member, premise[-1].previous, premise[-1].relation, "skipped", say("skip-equation")
        )
        premise = [*premise[:-1], equation]
    return premise, findings


def follows(premise: Chain, conclusion: Chain, desk: Desk, conditions: tuple[Node, ...]) -> bool:
    """Whether the first equation of a chain can be shown to follow from the last one of the chain before."""
    if premise.relations[-1:] != ["="] or conclusion.relations[:1] != ["="] or signed(premise):
        return False
    try:
        given = [desk.read(m) for m in premise.members[-2:]]
        drawn = [[desk.read(m) for m in c.members[:2]] for c in variants(conclusion)]
    except (ParseError, RecursionError):
        return False
    equation = Question(given[0], given[1], "=", conditions)
    return all(_one(equation, left, right, desk, len(drawn) > 1) for left, right in drawn)


def _one(equation: Question, left: Node, right: Node, desk: Desk, one_of_many: bool) -> bool:
    claim = replace(equation, left=left, right=right)
    if equation.left.op == "sym" and str(equation.left.value) in desk.context.definitions:
        desk = replace(desk, context=desk.context.fork())  # τ = a h / (1 − a) ⇒ a = …: what τ is, is the question
        del desk.context.definitions[str(equation.left.value)]
    if not _fails(equation, desk.context, desk):
        return False  # an identity tells nothing
    if any(_holds(_times(equation, claim, k), desk.context, desk) for k in FACTORS):
        return not false_where(equation, claim, desk)  # |x| = |y| is x = y times a number for positive ones
    for name, indices, body in _solved(left, right, equation):
        if _holds(equation, _with(desk.context, name, indices, body), desk):
            told = replace(claim, left=transform(left, partial(_called, left, name)))
            return one_of_many or not false_where(equation, told, desk)
    for side, other in ((equation.left, equation.right), (equation.right, equation.left)):
        name = str(side.value)
        free = (
            side.op == "sym"
            and not side.args
            and name not in desk.context.definitions
            and name not in free_symbols(other)
        )
        if free and name in free_symbols(left) | free_symbols(right) and _fails(claim, desk.context, desk):
            return _holds(claim, _with(desk.context, name, (), other), desk)
    return _fails(claim, desk.context, desk) and true_where(equation, claim, desk)


def _holds(question: Question, context: Context, desk: Desk) -> bool:
    layout = desk.layout or context.numerator or "mixed"
    outcome = compare(question, context, desk.dimensions, layout=layout)
    return outcome.kind == "equal" and not outcome.vacuous(question)


def _fails(question: Question, context: Context, desk: Desk) -> bool:
    return (
        compare(question, context, desk.dimensions, layout=desk.layout or context.numerator or "mixed").kind == "differ"
    )


def _times(equation: Question, claim: Question, factor: float) -> Question:
    """left − right of the one is a number times left − right of the other."""

    def gap(q: Question) -> Node:
        return Node("add", (q.left, q.right), (1, -1), q.left.start, q.right.end)

    scaled = Node("mul", (Node("num", (), factor), Node("group", (gap(equation),), "(")), ("", ""))
    return replace(equation, left=gap(claim), right=scaled)


def _solved(left: Node, right: Node, equation: Question) -> Iterator[tuple[str, tuple[Node, ...], Node]]:
    """The symbol an equation `u = …` or `û² = …` gives a value, as the line before calls it."""
    inner, body = left, right
    if left.op == "pow" and left.args[1].op == "num" and left.args[1].value == 2:
        inner, body = left.args[0], Node("call", (right,), "sqrt", right.start, right.end)
    if inner.op != "sym" or any(n.op != "num" for n in inner.args):
        return
    name, used = str(inner.value), free_symbols(equation.left) | free_symbols(equation.right)
    found = MARKED.match(name)
    for candidate in (name, (found.group("a") or found.group("b")) if found else ""):
        if candidate in used and not any(n.op == "sym" and n.value == candidate for n in walk(right)):
            yield candidate, inner.args, body


def _called(left: Node, name: str, node: Node) -> Node | None:
    """The symbol on the left as the line before calls it."""
    symbol = left.args[0] if left.op == "pow" else left
    return replace(node, value=name) if node is symbol else None


def _with(context: Context, name: str, indices: tuple[Node, ...], body: Node) -> Context:
    trial = context.fork()
    trial.definitions.pop(name, None)
    trial.define(Definition(name, indices, body, "symbol", context.section))
    return trial
