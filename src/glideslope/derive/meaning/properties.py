r"""What a text says of functions and arrays without a formula: convex, concave, increasing, a metric; $A \succeq 0$, $x_1 \le \dots \le x_n$.

Words beside a formula count, and chains of inequalities; `drawn` gives such functions values.
"""

from __future__ import annotations

import re
from typing import Any

from glideslope.derive.meaning.context import Context, Declaration
from glideslope.derive.meaning.wording import UNCERTAIN, says
from glideslope.derive.source.chains import split_relations
from glideslope.derive.syntax.names import FUNCTIONS
from glideslope.derive.syntax.parser import Hints, parse_tokens
from glideslope.derive.syntax.tokens import Macros, tokenize
from glideslope.derive.syntax.tree import Node, walk
from glideslope.errors import ParseError

__all__ = ["read_backwards", "take_properties"]

SPACE = r"(?!\w*\s*(?:sets?|hull|combinations?|optimi[sz]ation|problems?|polytopes?|cone|bod(?:y|ies)|bound|lens|集|组合|优化|包))"
PROPERTIES = (
    (re.compile(rf"\bconvex(?:ity\s+of)?\b{SPACE}|凸函数|为凸|是凸", re.I), "convex"),
    (re.compile(rf"\bconcav(?:e|ity\s+of)\b{SPACE}|凹函数|为凹|是凹", re.I), "concave"),
    (re.compile(r"\b(?:monotonically|strictly|monotone)?\s*(?:increasing|non-?decreasing)\s*(?:functions?|[,.;]|\Z|in\b|and\b)|单调(?:递增|不减)|增函数", re.I), "increasing"),
    (re.compile(r"\b(?:monotonically|strictly|monotone)?\s*(?:decreasing|non-?increasing)\s*(?:functions?|[,.;]|\Z|in\b|and\b)|单调(?:递减|不增)|减函数", re.I), "decreasing"),
    (re.compile(r"\b(?:invertible|bijective|one-to-one|injective|monotonic)\b(?!\s*(?:matri|linear))|可逆|单射|双射", re.I), "monotone"),
    (re.compile(r"\b(?:metric|distance(?: function)?)\b(?!\s+(?:space|between|from|to))|度量|距离函数", re.I), "metric"),
)  # fmt: skip
FUNCTION = re.compile(
    r"\s*(\\[a-zA-Z]+|[a-zA-Z])\s*(?:_\s*(?:[a-zA-Z]|\{\s*[a-zA-Z]\s*\}))?\s*(?:\(|:|\\colon|\Z)"
)  # also f_t, one for each t
NOUN = r"\A\W*(?:(?:loss|cost|objective)(?:es)?\W*)?(?:functions?|metric|函数)?\W*\Z"
BESIDE = re.compile(r"\A\s*(?:is|be|are|being|,?\s*which\s+is|,|是|为)[^.;。；$]{0,40}", re.I)


def take_properties(text: str, start: int, macros: Macros | None, before: str, after: str, context: Context) -> None:
    """Take in one inline formula with the words beside it."""
    function = FUNCTION.match(text)
    if function is not None and len(text) < 120:
        _function(function.group(1), before, after, context)
    if "\\succ" in text or (
        "dots" in text and "_" in text and ("\\l" in text or "\\g" in text or "<" in text or ">" in text)
    ):
        try:
            tokens = tokenize(text, macros, start)
            parts, relations = split_relations(tokens)
            _order(parts, relations, context)
        except (ParseError, RecursionError, IndexError):
            return


def read_backwards(node: Node, context: Context) -> None:
    """A function that is read backwards takes no value twice: it rises all the way, or falls."""
    for part in walk(node):
        if part.op == "inverse":
            name = part.args[0].value
            if isinstance(name, str) and name not in context.definitions and name not in FUNCTIONS.values():
                context.properties.setdefault(name, "monotone")
                context.functions.add(name)


def _function(name: str, before: str, after: str, context: Context) -> None:
    lead = re.split(r"[.;。；,，:]", before)[-1][-40:]
    beside = BESIDE.match(after)
    if UNCERTAIN.search(lead):
        return
    for pattern, kind in PROPERTIES:
        if (says(pattern, lead) and re.search(NOUN, lead[_end(pattern, lead) :], re.I)) or (
            beside and says(pattern, beside.group())
        ):
            fact = context.known.get(name)
            if fact is None or not fact.declared:
                context.properties[name] = kind
                context.functions.add(name)


def _end(pattern: re.Pattern[str], words: str) -> int:
    return max(m.end() for m in pattern.finditer(words))


def _order(parts: list[list[Any]], relations: list[str], context: Context) -> None:
    hints = Hints(labelled=frozenset(context.labelled))
    if relations in (["succ"], ["succeq"]) and parts[1][-1].text in ("0", "}"):
        node = parse_tokens(parts[0], hints)
        zero = parse_tokens(parts[1], hints)
        while zero.op == "index":
            zero = zero.args[0]
        if node.op == "sym" and not node.args and (zero.value in (0, "b:0")):
            _definite(str(node.value), relations == ["succ"], context)
    elif (len(relations) >= 2 and len(set(relations) - {"<", "<="}) == 0) or set(relations) <= {">", ">="}:
        _sorted([parse_tokens(p, hints) for p in parts if p], relations, context)


def _definite(name: str, strictly: bool, context: Context) -> None:
    fact = context.fact(name)
    if context.rank(name) == 1:
        fact.low = 0.0
    elif context.rank(name) in (2, None):
        fact.rank = fact.rank if fact.rank is not None else 2
        fact.structure.setdefault("definite" if strictly else "semidefinite", 1.0)


def _sorted(sides: list[Node], relations: list[str], context: Context) -> None:
    r"""$0 < x_1 \le x_2 \le \dots \le x_n$: an array in order, with a bound where one stands at an end."""
    inner = [s for s in sides if s.op == "sym" and len(s.args) == 1]
    if not any(s.op == "dots" for s in sides) or len(inner) < 2 or len({s.value for s in inner}) > 1:
        return
    rising, name = relations[0] in ("<", "<="), str(inner[0].value)
    first, last = (s.args[0].args[0] if s.args[0].op == "group" else s.args[0] for s in (inner[0], inner[-1]))
    if first.op != "num" or first.value != 1 or last.op not in ("sym", "num") or last.args:
        return
    fact = context.fact(name)
    if name in context.definitions or (fact.shapes and fact.rank != 1):
        return
    fact.structure["sorted"] = 1.0 if rising else -1.0
    if not fact.shapes:
        fact.rank, fact.declared, fact.shapes = 1, True, [Declaration((), (last,))]
        context.integers.update([str(last.value)] if last.op == "sym" else [])
    for end in (sides[0], sides[-1]):
        if end.op == "num":
            below = (end is sides[0]) == rising
            fact.low, fact.high = (float(end.value), fact.high) if below else (fact.low, float(end.value))
