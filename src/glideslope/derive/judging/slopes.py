"""Letters that stand for any place, because a slope is asked for there."""

from __future__ import annotations

from glideslope.derive.meaning.context import Context
from glideslope.derive.syntax.tree import Node, walk

__all__ = ["places_of_slope"]


def places_of_slope(left: Node, context: Context) -> set[str]:
    r"""z of $a'(z)$ and $\frac{da}{dz}$ where this section gives a by one formula in z: the slope is asked for at any z."""
    found: set[str] = set()
    for node in walk(left):
        if node.op == "deriv":
            letters, body = node.args[1:], node.args[0]
        elif node.op == "call" and isinstance(node.value, str) and node.value.endswith("'"):
            letters, body = node.args, node
        else:
            continue
        names = {str(n.value) for n in letters if n.op == "sym" and not n.args}
        name = str(body.value[0] if isinstance(body.value, tuple) else body.value).rstrip("'")
        held = context.definitions.get(name, ()) if body.op in ("call", "sym") else ()
        if len(held) == 1 and held[0].section == context.section and len(names) == len(letters):
            used = {str(n.value) for n in walk(held[0].body) if n.op == "sym"}
            found |= {x for name in names & used for x in (name, context.resolve(name, 1))}
    return found
