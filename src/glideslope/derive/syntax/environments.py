"""What stands in rows and columns: matrices and cases.

Each function takes the parser at the environment and returns the node.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glideslope.derive.syntax.cuts import has_relation, split
from glideslope.derive.syntax.operators import read_condition
from glideslope.derive.syntax.tokens import Token, closing
from glideslope.derive.syntax.tree import Node

if TYPE_CHECKING:
    from glideslope.derive.syntax.parser import Parser

__all__ = ["cases", "environment", "listed_cases"]


def listed_cases(p: Parser, start: int) -> Node:
    r"""Cases written as \left\{ \begin{array}{rl} … \end{array} \right."""
    depth, stop = 0, p.i
    while stop < len(p.tokens):
        depth += {"\\begin": 1, "\\end": -1}.get(p.tokens[stop].text, 0)
        if p.tokens[stop].text == "\\end" and depth == 0:
            break
        stop += 1
    if stop >= len(p.tokens):
        raise p.error("cases that never end")
    p.take()
    p.group()
    if p.peek() == "{":
        p.group()
    inner = p.tokens[p.i : stop]
    p.i = stop
    p.take("\\end")
    p.group()
    if p.peek() == ".":
        p.take()
    return cases(p, inner, start)


def environment(p: Parser) -> Node:
    """Matrices and cases."""
    start = p.i
    p.take()
    name = "".join(t.text for t in p.group()).rstrip("*")
    depth, stop = 1, p.i
    while stop < len(p.tokens):
        if p.tokens[stop].text == "\\begin":
            depth += 1
        elif p.tokens[stop].text == "\\end":
            depth -= 1
            if depth == 0:
                break
        stop += 1
    inner = p.tokens[p.i : stop]
    p.i = stop
    p.take("\\end")
    p.group()
    if name == "array" and inner and inner[0].text == "{":
        inner = inner[closing(inner, 0) + 1 :]
    if name in ("cases", "dcases", "rcases"):
        return cases(p, inner, start)
    if name not in ("matrix", "bmatrix", "pmatrix", "vmatrix", "Bmatrix", "Vmatrix", "smallmatrix", "array"):
        if name in ("aligned", "split", "gathered"):
            return p.inside([t for t in inner if t.kind not in ("amp", "break")])
        raise p.error(f"environment {name} inside a formula")
    rows = [split(row, ("&",)) for row in split(inner, ("\\\\",)) if row]
    rows = _without_rules(rows)
    width = max((len(row) for row in rows), default=0)
    if any(t.text == "\\dots" for t in inner):  # a row of dots may end early
        rows = [[*row, *[[]] * (width - len(row))] for row in rows]
    if not rows or any(len(row) != width for row in rows):
        raise p.error("a matrix with ragged rows")
    cells = tuple(p.inside(cell) if cell else _blank(p, inner) for row in rows for cell in row)
    node = p.node("matrix", cells, start, (len(rows), width))
    return p.node("call", (node,), start, "det") if name == "vmatrix" else node


BARS = {"|", "\\vert", "\\mid", "\\rvert", "\\lvert"}


def _without_rules(rows: list[list[list[Token]]]) -> list[list[list[Token]]]:
    """Drop the strokes that show how a column stands or a row lies: rows of | and dots, a dash on both sides of a row."""

    def stroke(row: list[list[Token]]) -> bool:
        texts = [t.text for cell in row for t in cell]
        return bool(BARS & set(texts)) and set(texts) <= BARS | {"\\dots"}

    def bare(cell: list[Token]) -> list[Token]:
        dashed = len(cell) > 2 and cell[0].text == cell[-1].text == "-"
        return cell[1:-1] if dashed else cell

    kept = [[bare(cell) for cell in row] for row in rows if not stroke(row)]
    dashes = [[t.text for t in row[0]] == ["-"] == [t.text for t in row[-1]] for row in kept if len(row) == 3]
    between = [k for k, row in enumerate(kept) if len(row) == 3]
    return [row[1:2] if k in between and any(dashes) else row for k, row in enumerate(kept)]


def _blank(p: Parser, inner: list[Token]) -> Node:
    """An empty entry is a zero; beside dots it may be anything the dots say."""
    at = inner[0].start
    return Node("blank", (), None, at, at) if any(t.text == "\\dots" for t in inner) else Node("num", (), 0, at, at)


def cases(p: Parser, tokens: list[Token], start: int) -> Node:
    """Value and condition pairs."""
    parts: list[Node] = []
    for row in split(tokens, ("\\\\",)):
        if not row:
            continue
        cells = split(row, ("&",))
        value = [t for t in cells[0] if t.kind != "text"]
        rest = [t for cell in cells[1:] for t in cell if t.kind not in ("text", "quad")]
        for cell in (value, rest):
            while cell and cell[-1].text in (",", ".", ";"):
                cell.pop()
        parts.append(p.inside(value))
        otherwise = Node("num", (), 1)
        parts.append(read_condition(p, rest) if rest and has_relation(rest) else otherwise)
    return p.node("cases", tuple(parts), start)
