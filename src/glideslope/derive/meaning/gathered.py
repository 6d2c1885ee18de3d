r"""Vectors gathered into a matrix: $X = [x_1, \dots, x_n]^\top$ has the rows $x_i^\top$, $U = [u_1, \dots, u_k]$ the columns $u_j$.

Of numbers the same brackets make a column, whichever way they are printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glideslope.derive.evaluation.scope import Bind, NotUnderstood, Scope
from glideslope.derive.evaluation.values import Eye, Mat, Ones, ShapeClash, Value, transpose
from glideslope.derive.syntax.tree import Node

if TYPE_CHECKING:
    from glideslope.derive.evaluation.arithmetic import Arithmetic

__all__ = ["gathered", "gathering"]


def gathering(name: str, right: Node) -> Node | None:
    """The body of a definition that gathers vectors under a capital letter; None for any other."""
    letter = name.split(":")[-1].lstrip("\\")
    turned, inner = False, right
    while inner.op in ("group", "transpose"):
        turned ^= inner.op == "transpose"
        inner = inner.args[0]
    if inner.op != "tuple" or not letter[:1].isupper() or (name[:1] != "\\" and len(letter) > 1):
        return None
    for item in inner.args:
        member = item.args[-1] if item.op == "big" else item
        member = member.args[0] if member.op == "transpose" else member
        if member.op != "sym" or len(member.args) != 1:
            return None
    return Node("gathered", inner.args, turned, right.start, right.end)


def gathered(e: Arithmetic, node: Node, bind: Bind, scope: Scope) -> Value:
    """Columns side by side, or rows one below the other; turned where the brackets are transposed."""
    cells = e.listed_values(node.args, bind, scope)
    if not any(isinstance(c, Mat | Eye | Ones) for c in cells):
        return Mat(len(cells), 1, cells) if len(cells) > 1 else cells[0]
    shapes = {(c.rows, c.cols) if isinstance(c, Mat) else (0, 0) for c in cells}
    if len(shapes) > 1 or (0, 0) in shapes:
        raise ShapeClash("vectors of different lengths side by side")
    rows, cols = shapes.pop()
    if rows > 1 and cols > 1:
        raise NotUnderstood("matrices gathered in brackets")
    stacked = Mat(len(cells), max(rows, cols), [x for c in cells for x in c.data])
    whole = stacked if rows == 1 else transpose(stacked)
    return transpose(whole) if node.value else whole
