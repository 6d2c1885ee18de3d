r"""Subscripts that cut a row or a column out of a matrix: $W_{i,:}$, $W_{:,j}$, $W_{i\cdot}$, $W_{*j}$.

A colon says it plainly; a dot or a star may also stand for a sum over that index, so nothing that rests on one is called an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glideslope.derive.syntax.tokens import Token
from glideslope.derive.syntax.tree import Node

if TYPE_CHECKING:
    from glideslope.derive.syntax.parser import Parser

__all__ = ["cut", "read_slice"]

WHOLE = {":": "", "\\cdot": "·", "*": "·", "\\odot": "·"}


def read_slice(name: str, tokens: list[Token]) -> tuple[str, list[Token]] | None:
    """The kind of slice a subscript is, and the tokens of its index; None for any other subscript.

    Args:
        name: what carries the subscript, empty for an expression.
        tokens: the subscript.
    """
    if len(tokens) < 2:
        return None
    first, last = tokens[0].text, tokens[-1].text
    if (first in WHOLE) == (last in WHOLE):
        return None
    mark, kind, rest = (first, "col", tokens[1:]) if first in WHOLE else (last, "line", tokens[:-1])
    comma = rest[0 if kind == "col" else -1].text == ","
    rest = rest if not comma else rest[1:] if kind == "col" else rest[:-1]
    if not rest or any(t.text in WHOLE or t.text == "," for t in rest) or (mark == ":" and not comma):
        return None
    if name and mark != ":" and not name.split(" ")[-1].split(":")[-1][:1].isupper():
        return None  # n_{i·} is a sum over the second index
    return kind + WHOLE[mark], rest


def cut(p: Parser, whole: Node, found: tuple[str, list[Token]], start: int) -> Node:
    """The node of a slice."""
    kind, tokens = found
    return p.node("slice", (whole, p.inside(tokens)), start, kind)
