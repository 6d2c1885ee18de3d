"""What a differential operator acts on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glideslope.derive.syntax.symbols import call
from glideslope.derive.syntax.tokens import closing
from glideslope.derive.syntax.tree import Node

if TYPE_CHECKING:
    from glideslope.derive.syntax.parser import Parser

__all__ = ["acted_on", "applied"]


#: letters that count, where they stand in a fraction before what is differentiated
COUNTS = frozenset("nmNMBTK")


def acted_on(p: Parser) -> Node:
    r"""What `\nabla` or `\partial_w` acts on: a factor, and where that is a constant, as in `\nabla \frac{1}{n} \sum_i f_i`, the product it begins."""
    start = p.i
    body = applied(p, p.factor())
    if _constant(body) and p.starts_factor():
        p.i = start
        return p.product()
    return body


def _constant(node: Node, counting: bool = False) -> bool:
    if node.op == "frac":
        return all(_constant(a, True) for a in node.args)
    if node.op == "mul":
        return counting and all(_constant(a, True) for a in node.args)
    if node.op in ("sym", "abs"):
        return counting and (node.op == "abs" or (not node.args and node.value in COUNTS))
    return node.op == "num"


def applied(p: Parser, head: Node) -> Node:
    r"""`\nabla \ell_i(\theta)`: after ∇ a letter in brackets is the argument of the function before it, whatever its name."""
    if head.op != "sym" or p.peek() != "(" or str(head.value) in p.hints.values:
        return head
    inner = p.tokens[p.i + 1 : closing(p.tokens, p.i)]
    sums = any(t.text in ("+", "-", ",", ";") for t in inner)
    return head if sums or not inner else call(p, str(head.value), head, p.i)
