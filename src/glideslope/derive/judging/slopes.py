"""Letters that stand for any place, because a slope is asked for there."""

from __future__ import annotations

from glideslope.derive.meaning.context import Context
from glideslope.derive.syntax.tree import Node

__all__ = ["places_of_slope"]


def places_of_slope(left: Node, context: Context) -> set[str]:
    r"""z of $a'(z)$ and $\frac{da}{dz}$ where this section gives $a(z)$ by a formula: the slope is asked for at any z."""
    if left.op == "deriv":
        letters, body = [n for n in left.args[1:] if n.op == "sym" and not n.args], left.args[0]
    elif left.op == "call" and isinstance(left.value, str) and left.value.endswith("'"):
        letters, body = [n for n in left.args if n.op == "sym" and not n.args], left
    else:
        return set()
    name = str(body.value[0] if isinstance(body.value, tuple) else body.value).rstrip("'")
    held = context.definitions.get(name, ()) if body.op in ("call", "sym") else ()
    here = len(held) == 1 and held[0].section == context.section and held[0].kind == "call"
    heads = {str(h.value) for d in held for h in d.head if h.op == "sym" and not h.args}
    names = {str(n.value) for n in letters}
    return {context.resolve(x, 1) for x in names} | names if here and names <= heads else set()
