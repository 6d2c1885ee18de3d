r"""Edits that speak for themselves: one sign, index, power, sum or small number that turns a line which fails into one that is true.

Where the text leaves something unsaid, that two sides differ says little: the author may mean something else by a letter.
But of the formulas that are one small edit away from a line hardly any is true at every sample by accident.
So a line that such an edit makes true is a slip, even where not every letter was declared; the edit has to leave something
that can fail: neither 0 = 0, nor the other side once more, nor a factor that is taken from the line next door.
"""

from __future__ import annotations

import re
from dataclasses import replace

from glideslope.derive.claims.bylaw import asks_chance, judged_by_law
from glideslope.derive.evaluation.values import Mat
from glideslope.derive.judging.compare import Outcome, Question, Rejected, compare
from glideslope.derive.judging.evidence import Desk, all_letters, stray_letters
from glideslope.derive.meaning.context import Context
from glideslope.derive.slips.repair import Edit, apply_edit, edits
from glideslope.derive.syntax.parser import parse
from glideslope.derive.syntax.tree import Node, canonical, walk
from glideslope.errors import ParseError

__all__ = ["ambiguous", "is_asked", "speaks_of_laws", "sure_repair"]

#: kinds of edits that are evidence by themselves
SPEAKING = {"sum-scope", "sum-missing", "sum-extra", "power", "sign", "index", "root", "number", "factor", "function", "bound", "transpose"}  # fmt: skip
#: what is done to arrays
OF_ARRAYS = frozenset({"transpose", "grad", "norm", "inverse"})
INDEX = re.compile(r"\{?[ijklmnst1-9,]\s*(?:[+-]\s*1)?\}?")
#: words before an equation that is asked for, or set, and not claimed
ASKED = re.compile(
    r"\b(?:solv(?:e[sd]?|ing)|find|for (?:which|what)|want|require[sd]?|demand|seek|roots? of|zeros? of|satisf\w+|suppose|assum\w+|such that|condition)\b[^.]{0,60}\Z"
    r"|\b(?:if|when|whenever|unless|equation|provided(?: that)?)\W*\Z|(?:求解|解方程|方程|满足|假设|要求|条件|若|当)[^。]{0,20}\Z",
    re.I,
)
#: how many edits are tried, how many where each costs sums over a named law, how many where it costs integrals
TRIES, LAWFUL, HEAVY = 100, 30, 8


def speaks_of_laws(question: Question, context: Context) -> bool:
    """Whether a line speaks of variables, of which the laws that the text names may tell more."""
    return any(asks_chance(n, context) for side in (question.left, question.right) for n in walk(side))


def sure_repair(question: Question, text: str, offset: int, desk: Desk, outcome: Outcome) -> Edit | None:
    """The first edit of the right side that makes the line true of all it speaks of, None where there is none."""
    lawful = speaks_of_laws(question, desk.context)
    _, stray = stray_letters(question, desk.context)
    nodes = (n for side in (question.left, question.right) for n in walk(side))
    heavy = any(n.op == "big" and n.value.kind == "int" for n in nodes)
    tries = HEAVY if heavy else LAWFUL if lawful else TRIES
    seen, rejected = {text}, set[Rejected]()
    for edit in edits(question.right, text, offset, stray, all_letters(question), []):
        changed = apply_edit(text, edit, offset)
        lead, old = text[: edit.start - offset].rstrip(), text[edit.start - offset : edit.end - offset]
        if changed in seen or not _speaks(edit, outcome, lead, old, question.right):
            continue
        seen.add(changed)
        tries -= 1
        if tries < 0:
            break
        try:
            node = parse(changed, desk.hints)
        except (ParseError, RecursionError):
            continue
        if canonical(node) == canonical(question.left) or _trivial(node):
            continue
        trial = replace(question, right=node)
        if stray_letters(trial, desk.context)[1]:
            continue
        if _true(trial, desk, rejected) or (lawful and _true_by_law(trial, desk)):
            return edit
    return None


def is_asked(before: str) -> bool:
    """Whether the words before an equation ask for it, or set it, and do not claim it: "solve", "find x such that"."""
    return ASKED.search(re.split(r"[.。]\s", before)[-1]) is not None


def ambiguous(question: Question, context: Context, opens: bool) -> bool:
    """Whether a line may mean something else altogether: a letter defined anew, $F(x)$ read as a product, a dot for an index."""
    left = question.left
    name = left.value[0] if isinstance(left.value, tuple) else str(left.value)
    if opens and left.op in ("sym", "call") and context.definitions.get(name):
        return True
    nodes = [n for side in (question.left, question.right) for n in walk(side)]
    if any(n.op in OF_ARRAYS for n in nodes) and any(
        n.op == "sym" and open_shape(str(n.value), context) for n in nodes
    ):
        return True  # what is true of numbers only mends nothing
    for node in nodes:
        if node.op == "rel" and node.value != "=" and not context.laws:
            return True  # events of variables with few values: much is true of them by accident
        if node.op == "slice" and str(node.value).endswith("·"):
            return True
        if node.op == "mul":
            for factor, held in zip(node.args, node.args[1:], strict=False):
                if factor.op == "sym" and held.op in ("group", "tuple") and all(a.op == "sym" for a in held.args):
                    return True
    return False


def open_shape(name: str, context: Context) -> bool:
    """Whether nothing tells the shape of a letter, which is then taken for a number."""
    resolved = context.resolve(name, 1)
    fact = context.known.get(resolved)
    said = fact is not None and (fact.declared or bool(fact.shapes) or fact.low is not None or bool(fact.structure))
    return (
        not said and not context.rank(resolved) and resolved not in context.definitions and name not in context.integers
    )


def _speaks(edit: Edit, outcome: Outcome, lead: str, old: str, side: Node) -> bool:
    """Whether an edit of this kind is evidence by itself.

    A factor is one only where it is a plain two or half, a transpose only of an array, an index only for another one;
    a sum is none where one before it may reach so far, for texts differ in how far a sum reaches.
    """
    if edit.kind == "factor":
        return edit.start == edit.end
    if edit.kind == "number":
        power_of_one = edit.new == "1" and lead.endswith(("^", "^{"))
        return edit.new != "0" and not power_of_one and edit.start < edit.end
    if edit.kind == "transpose":
        return isinstance(outcome.left, Mat) or outcome.kind == "clash"
    if edit.kind == "index":
        return all(INDEX.fullmatch(x) for x in (old, edit.new))
    if edit.kind in ("sum-missing", "sum-scope"):
        return not any(n.op == "big" for n in walk(side))
    return edit.kind in SPEAKING


def _trivial(node: Node) -> bool:
    """A side without a quantity in it."""
    return not any(n.op in ("sym", "call", "opaque") for n in walk(node))


def _true(trial: Question, desk: Desk, rejected: set[Rejected]) -> bool:
    """Whether the sides agree at every sample, and not as 0 = 0: a cheap look first."""
    layout = desk.layout or desk.context.numerator or "mixed"
    cheap = compare(
        trial, desk.context, desk.dimensions, layout=layout, worlds=1, points=2, budget=20_000, rejected=rejected
    )
    if cheap.kind != "equal":
        return False
    found = compare(trial, desk.context, desk.dimensions, layout=layout, worlds=4, points=6, rejected=rejected)
    return found.kind == "equal" and found.nonzero and not found.vacuous(trial)


def _true_by_law(trial: Question, desk: Desk) -> bool:
    found = judged_by_law(trial, desk)
    return found is not None and found.kind == "equal" and found.nonzero
