r"""Names for the parts of something known: $\hat\beta = [\hat\beta_a; \hat\beta_b]$ where $\hat\beta$ has been defined before.

The equation cuts what is known, so it defines the names on the right. How long each part is, declarations tell, of the part itself or of what
it estimates; one of them takes what is left.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glideslope.derive.evaluation.scope import Bind, NotUnderstood, Scope
from glideslope.derive.evaluation.values import Mat, ShapeClash, Value
from glideslope.derive.meaning.context import Context, Definition
from glideslope.derive.meaning.partitions import base_name
from glideslope.derive.syntax.tree import Node

if TYPE_CHECKING:
    from glideslope.derive.evaluation.evaluate import Evaluator

__all__ = ["name_parts", "part"]


def name_parts(left: Node, right: Node, context: Context) -> list[str]:
    """Define the parts that an equation names; their names, or nothing where it names none."""
    while right.op == "group":
        right = right.args[0]
    if right.op != "matrix" or 1 not in right.value or len(right.args) < 2 or left.op != "sym" or left.args:
        return []
    name = context.resolve(str(left.value))
    if not any(d.kind == "symbol" and not d.head for d in context.definitions.get(name, ())):
        return []
    cells = [str(c.value) for c in right.args if c.op == "sym" and not c.args]
    if len(cells) < len(right.args) or len(set(cells)) < len(cells) or any(c in context.definitions for c in cells):
        return []
    place = 0 if right.value[1] == 1 else 1
    sizes = [_size(cell, place, context) for cell in cells]
    if sum(size is None for size in sizes) > 1 or any(_taken(c, context) for c in cells):
        return []
    zero = Node("num", (), 0)
    for k, cell in enumerate(cells):
        body = Node(
            "part", (left, *(size or zero for size in sizes)), (k, place, sizes.index(None) if None in sizes else -1)
        )
        context.define(Definition(cell, (), body, "symbol", context.section))
    return cells


def _taken(name: str, context: Context) -> bool:
    """Whether the text has said before what the name is."""
    fact = context.known.get(name)
    return fact is not None and fact.declared and not fact.ahead


def _size(name: str, place: int, context: Context) -> Node | None:
    """The length a declaration gives to a part, or to what it estimates."""
    for option in (name, base_name(name), re.sub(r"\(.*\)\Z", "", base_name(name))):
        fact = context.known.get(option)
        for shape in fact.shapes if fact is not None else ():
            if not shape.head and len(shape.dims) > place:
                return shape.dims[place]
    return None


def part(e: Evaluator, node: Node, bind: Bind, scope: Scope) -> Value:
    """One part of an array that is cut along its rows or columns."""
    number, place, open_one = node.value
    whole = e.eval(node.args[0], bind, scope)
    if not isinstance(whole, Mat):
        raise NotUnderstood("a part of a number")
    sizes = [e.dim(size, {}) if k != open_one else 0 for k, size in enumerate(node.args[1:])]
    length = whole.rows if place == 0 else whole.cols
    if open_one >= 0:
        sizes[open_one] = length - sum(sizes)
    if sum(sizes) != length or min(sizes) < 1:
        raise ShapeClash(f"parts of {' and '.join(map(str, sizes))} of {length}")
    start = sum(sizes[:number])
    stop = start + sizes[number]
    if place == 0:
        data, rows, cols = whole.data[start * whole.cols : stop * whole.cols], sizes[number], whole.cols
    else:
        data = [x for i in range(whole.rows) for x in whole.row(i)[start:stop]]
        rows, cols = whole.rows, sizes[number]
    return Mat(rows, cols, data) if len(data) > 1 else data[0]
