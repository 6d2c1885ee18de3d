r"""Rows and columns that words introduce: "let $w_j$ be the $j$-th row of $W$", "$A$ with columns $a_1, \dots, a_n$".

The words become a definition, so that $(W x)_j = w_j^\top x$ is a claim like any other. A vector said to be a row stands upright or lies,
as the author writes; the text is held to the first of the two that it uses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from glideslope.derive.evaluation.numbers import DomainError
from glideslope.derive.evaluation.values import Mat, NotUnderstood, Value
from glideslope.derive.meaning.context import Definition
from glideslope.derive.reading.contents import reached
from glideslope.derive.syntax.tree import Node

if TYPE_CHECKING:
    from glideslope.derive.meaning.context import Context

__all__ = ["flipped", "introduce_rows", "one_side", "open_rows", "slice_of", "speaks_of_rows"]

WORD = re.compile(r"\b(?:rows?|columns?)\b|[行列]", re.I)
F = "⟨(\\d+)⟩"
LIST = rf"{F}(?:\s*,\s*⟨\d+⟩)*"
ORDINAL = r"(?:⟨\d+⟩\s*-?\s*(?:th|st|nd|rd)?\s+|(?:corresponding|respective)\s+)?"
SIDE = r"(?P<side>row|column)s?(?:\s+vectors?)?"
NAMED = r"(?:the\s+|a\s+)?(?:(?:[a-z]+\s+){0,2}matri(?:x|ces)\s+)?"
IS = r"(?:\s*,)?\s*(?:\(?\s*(?:is|are|be|being|as|by|denotes?|denoted(?:\s+by|\s+as)?|represents?|given\s+by|called|which\s+is)\s*)*,?\s*"
PATTERNS = tuple((re.compile(p, re.I), order) for p, order in (
    # w_j is the j-th row of W; rows x_i of X
    (rf"{LIST}{IS}\(?(?:the\s+)?{ORDINAL}{SIDE}(?:\s+⟨\d+⟩)?\s+(?:of|in)\s+{NAMED}{F}", "vm"),
    # the j-th row of W is w_j
    (rf"{SIDE}(?:\s+⟨\d+⟩)?\s+(?:of|in)\s+{NAMED}{F}{IS}\(?\s*{F}", "mv"),
    (rf"{SIDE}\s+{LIST}\s+of\s+{NAMED}{F}", "vm"),
    # A with columns a_1, …, a_n
    (rf"{F}[^⟨⟩.;。；]{{0,40}}?\b(?:with|whose|has|having|have)\s+(?:the\s+)?(?:\w+\s+){{0,1}}?{SIDE}\s*(?:are|is|be|given\s+by|,|denoted\s+by)?\s*{F}", "mv"),
    (rf"{F}\s*(?:是|为|表示|记作|记为)?\s*{F}\s*的第\s*⟨\d+⟩\s*(?P<side>行|列)", "vm"),
    (rf"{F}\s*的第\s*⟨\d+⟩\s*(?P<side>行|列)(?:向量)?\s*(?:是|为|记为|记作|用|，记为|，记作)?\s*{F}", "mv"),
    (rf"{F}\s*的(?:各)?(?P<side>行|列)(?:向量)?\s*(?:是|为|记为|记作|分别为|分别是|分别记为)?\s*{F}", "mv"),
))  # fmt: skip


def speaks_of_rows(words: Iterable[str]) -> bool:
    """Whether the words between formulas say row or column."""
    return any(WORD.search(w) for w in words)


def introduce_rows(text: str, read: Callable[[int], Node | None], context: Context) -> None:
    r"""Take in a passage whose formulas are written ⟨0⟩, ⟨1⟩, …; `read` gives what a formula begins with."""
    text = re.sub(r"\s+", " ", text)  # long gaps would be tried in every division
    for pattern, order in PATTERNS:
        for match in pattern.finditer(text):
            numbers = [int(g) for g in match.groups() if g is not None and g.isdigit()]
            first, second = read(numbers[0]), read(numbers[-1])
            vector, matrix = (first, second) if order == "vm" else (second, first)
            _define(vector, matrix, match.group("side"), context)


def _define(vector: Node | None, matrix: Node | None, side: str, context: Context) -> None:
    if vector is None or matrix is None or matrix.op != "sym" or matrix.args:
        return
    upright = vector.op == "transpose"
    vector = vector.args[0] if upright else vector
    name, whole = str(vector.value), context.resolve(str(matrix.value))
    if vector.op != "sym" or len(vector.args) != 1 or name in context.definitions:
        return
    column = side.lower() in ("column", "列")
    kind = "col" if column else "row" if upright else "row?"
    if context.rank(whole) not in (2, None) or not whole.split(":")[-1][:1].isupper():
        return
    if name == str(matrix.value):
        context.sides[whole] = kind
        return
    fact = context.fact(whole)
    if fact.rank is None and not fact.shapes:
        fact.rank = 2
    index = vector.args[0]
    letter = (
        index if index.op == "sym" and not index.args and context.indexes(str(index.value)) else Node("sym", (), "i")
    )
    body = Node("slice", (Node("sym", (), matrix.value), letter), kind)
    context.define(Definition(name, (letter,), body, "symbol", context.section))


def one_side(whole: Value, k: int, name: str, context: Context) -> Value:
    """$W_j$ where the text says that it is a row or a column of W."""
    if not isinstance(whole, Mat):
        raise NotUnderstood("an index on a number")
    kind = context.sides[name]
    if not 1 <= k <= (whole.cols if kind == "col" else whole.rows):
        raise DomainError("an index out of range")
    return slice_of(whole, k, kind, context.lying)


def slice_of(whole: Mat, k: int, kind: str, lying: bool) -> Mat:
    """Row or column number k: upright, but for a row that is written as it lies."""
    if kind == "col":
        return Mat(whole.rows, 1, whole.data[k - 1 :: whole.cols])
    if kind != "row" and lying == (kind == "row?"):
        return Mat(1, whole.cols, whole.row(k - 1))
    return Mat(whole.cols, 1, whole.row(k - 1))


def open_rows(sides: tuple[Node, ...], context: Context) -> bool:
    """Whether a claim rests on a row that may stand or lie."""
    if context.lain:
        return False
    for node in reached(sides, context):
        if node.op == "slice" and str(node.value).rstrip("·") in ("line", "row?"):
            return True
        if node.op == "sym" and len(node.args) == 1 and node.value in context.sides:
            return True
    return False


def flipped(context: Context) -> Context:
    """The context in which such rows are read the other way."""
    other = context.fork()
    other.lying = not context.lying
    return other
