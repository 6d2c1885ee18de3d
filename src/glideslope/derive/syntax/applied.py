"""What stands in brackets after ∇ and the function it acts on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glideslope.derive.syntax.symbols import call
from glideslope.derive.syntax.tokens import closing
from glideslope.derive.syntax.tree import Node

if TYPE_CHECKING:
    from glideslope.derive.syntax.parser import Parser

__all__ = ["applied"]


def applied(p: Parser, head: Node) -> Node:
    r"""`\nabla \ell_i(\theta)`: after ∇ a letter in brackets is the argument of the function before it, whatever its name."""
    if head.op != "sym" or p.peek() != "(" or str(head.value) in p.hints.values:
        return head
    inner = p.tokens[p.i + 1 : closing(p.tokens, p.i)]
    sums = any(t.text in ("+", "-", ",", ";") for t in inner)
    return head if sums or not inner else call(p, str(head.value), head, p.i)
