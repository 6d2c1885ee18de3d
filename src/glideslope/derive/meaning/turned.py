r"""Equations solved for what they were made of: after $z = \frac{x}{x + y}$ and $w = y$ the lines $x = \frac{z w}{1 - z}$ and $y = w$ are claims.

Where a derivative of x by z is taken later on, the first two give way: x is made of z and w, and these are free.
"""

from __future__ import annotations

from glideslope.derive.meaning.context import Context
from glideslope.derive.syntax.tree import Node, walk, walk_values

__all__ = ["solved_for", "trade", "unsolved"]


def solved_for(left: Node, right: Node, context: Context) -> bool:
    """Whether an equation says of a symbol without a formula what follows from the formulas it stands in."""
    name = str(left.value)
    if left.op != "sym" or left.args or name in context.definitions or context.rank(name):
        return False
    return any(context.depends(n, name) for n in _made(right, context))


def trade(sides: tuple[Node, ...], context: Context) -> None:
    """Let the solved equations give their symbols a meaning, where a derivative is taken of one of them by what was made of it."""
    inverses = context.inverses
    if not inverses:
        return
    asked = any(
        node.op == "deriv"
        and node.args[0].op == "sym"
        and (name := str(node.args[0].value)) in inverses
        and any(v.op == "sym" and context.depends(str(v.value), name) for v in node.args[1:])
        for side in sides
        for node in walk(side)
    )
    if not asked:
        return
    made = {n for body in inverses.values() for n in _made(body, context)}
    for name in made - set(inverses):
        if any(context.depends(name, x) for x in inverses):
            context.definitions.pop(name, None)
    inverses.clear()


def unsolved(context: Context) -> Context:
    """The context without what was solved for so far."""
    found = context.fork()
    for name in found.inverses:
        found.definitions.pop(name, None)
    return found


def _made(node: Node, context: Context) -> set[str]:
    """The plain symbols in a formula that have formulas of their own."""
    names = {str(n.value) for n in walk_values(node) if n.op == "sym" and not n.args}
    return {n for n in names if any(d.kind == "symbol" and not d.head for d in context.definitions.get(n, ()))}
