r"""Dots: $r_1^2 + r_2^2 + \dots + r_m^2$ becomes $\sum_{t=1}^m r_t^2$.

The first and the last term are compared; where they differ by a whole number and an expression, a running letter takes their place.
A term that does not fit the pattern stops the expansion, and the formula is not understood.
"""

from __future__ import annotations

from glideslope.derive.tree import Binder, Node, canonical, transform

__all__ = ["expand_dots"]

LETTER = "·t"


def expand_dots(node: Node) -> Node:
    """Replace every sum or product with dots by a big operator."""
    return transform(node, _expand)


def _expand(node: Node) -> Node | None:
    places = [k for k, child in enumerate(node.args) if child.op == "dots"]
    if node.op not in ("add", "mul") or len(places) != 1:
        return None
    k = places[0]
    if k == 0 or k + 1 >= len(node.args):
        return None
    if node.op == "add" and (node.value[k] < 0 or node.value[k + 1] < 0):
        return None
    last = node.args[k + 1]
    start = k - 1
    found = _pattern(node.args[start], last)
    while start > 0 and (earlier := _pattern(node.args[start - 1], last)) is not None and found is not None:
        if canonical(earlier[0]) != canonical(found[0]) or earlier[1] != found[1] - 1:
            break
        start, found = start - 1, earlier
    if found is None:
        return None
    body, low, high = found
    binder = Binder("sum" if node.op == "add" else "prod", (LETTER,), True, True)
    big = Node("big", (Node("num", (), low), high, body), binder, node.args[start].start, last.end)
    rest = (*node.args[:start], big, *node.args[k + 2 :])
    if len(rest) == 1:
        return big
    keep = (*node.value[:start], 1 if node.op == "add" else "", *node.value[k + 2 :])
    return Node(node.op, rest, keep, node.start, node.end)


def _pattern(first: Node, last: Node) -> tuple[Node, int, Node] | None:
    """(body with the running letter, lower bound, upper bound)."""
    bounds: list[tuple[int, Node]] = []

    def merge(a: Node, b: Node) -> Node | None:
        if canonical(a) == canonical(b):
            return a
        if a.op == "num" and isinstance(a.value, int) and b.op in ("num", "sym", "add", "mul"):
            if bounds and (bounds[0][0] != a.value or canonical(bounds[0][1]) != canonical(b)):
                return None
            bounds.append((a.value, b))
            return Node("sym", (), LETTER, a.start, a.end)
        if a.op != b.op or a.value != b.value or len(a.args) != len(b.args):
            return None
        parts = [merge(x, y) for x, y in zip(a.args, b.args, strict=True)]
        if any(p is None for p in parts):
            return None
        return Node(a.op, tuple(p for p in parts if p is not None), a.value, a.start, a.end)

    body = merge(first, last)
    if body is None or not bounds:
        return None
    return body, bounds[0][0], bounds[0][1]
