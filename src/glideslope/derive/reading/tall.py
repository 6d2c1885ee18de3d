r"""Sizes that must be large: $(X^\top X)^{-1}$ exists where X has at least as many rows as columns, and the text may say $n > p$.

When no sample is found for want of that, those sizes are drawn large and the claim is compared again.
"""

from __future__ import annotations

from glideslope.derive.meaning.context import Context
from glideslope.derive.reading.contents import reached
from glideslope.derive.reading.dimensions import Dimensions
from glideslope.derive.syntax.tree import Node

__all__ = ["taller"]


def taller(sides: tuple[Node, ...], context: Context, dimensions: Dimensions) -> Context | None:
    """The context in which such matrices have many rows; None where the claim has none."""
    keys: set[str] = set()
    for node in reached(sides, context):
        name = _gram(node)
        if name:
            keys |= _keys(context.resolve(name), context, dimensions)
    keys |= _greatest(context)
    if not keys or context.tall:
        return None
    other = context.fork()
    other.tall = keys
    return other


def _greatest(context: Context) -> set[str]:
    """Sizes the text puts above others, and below none."""
    above: set[str] = set()
    below: set[str] = set()
    for ordering in context.orderings:
        sides = [str(n.value) for n in ordering.args if n.op == "sym" and not n.args and n.value in context.integers]
        if ordering.op == "rel" and len(sides) == 2 and ordering.value in ("<", "<=", ">", ">="):
            small, large = sides if ordering.value in ("<", "<=") else reversed(sides)
            above.add(large)
            below.add(small)
    return above - below


def _gram(node: Node) -> str:
    """X of an inverse of Xᵀ … X."""
    if node.op != "pow":
        return ""
    base, exponent = node.args
    number = exponent.args[0] if exponent.op == "neg" else exponent
    if number.op != "num" or (exponent.op == "num" and exponent.value >= 0):
        return ""
    while base.op == "group":
        base = base.args[0]
    if base.op != "mul" or base.args[0].op != "transpose" or base.args[-1].op != "sym":
        return ""
    first = base.args[0].args[0]
    same = first.op == "sym" and first.value == base.args[-1].value and not first.args
    return str(first.value) if same else ""


def _keys(name: str, context: Context, dimensions: Dimensions) -> set[str]:
    """What the number of rows goes by when a world draws it."""
    fact = context.known.get(name)
    for shape in fact.shapes if fact is not None else ():
        if not shape.head and shape.dims:
            return {str(shape.dims[0].value)} if shape.dims[0].op == "sym" and not shape.dims[0].args else set()
    root = dimensions.find((name, 0))
    members = {slot for slot in (*dimensions.parent, *dimensions.parent.values()) if dimensions.find(slot) == root}
    letters = {slot[0][1:] for slot in members if slot[0].startswith("#")}
    return {repr(root)} | letters
