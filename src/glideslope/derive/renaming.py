"""Formulas that are the same after a change of letters or of order.

A learner may write m for j and b − a for −a + b; goals and waypoints are recognised all the same.
"""

from __future__ import annotations

from dataclasses import replace

from glideslope.derive.syntax.names import INDEX_LETTERS
from glideslope.derive.syntax.tree import Node, canonical, transform

__all__ = ["in_order", "mirrored", "same_up_to_letters", "without_indices"]


def same_up_to_letters(a: Node, b: Node) -> bool:
    """Whether two formulas are the same after a one-to-one renaming of index letters."""
    forward: dict[str, str] = {}
    backward: dict[str, str] = {}

    def same(x: Node, y: Node, index: bool) -> bool:
        if (
            x.op == "sym"
            and y.op == "sym"
            and not x.args
            and not y.args
            and (index or (str(x.value) in INDEX_LETTERS and str(y.value) in INDEX_LETTERS and x.value != y.value))
        ):
            p, q = str(x.value), str(y.value)
            return forward.setdefault(p, q) == q and backward.setdefault(q, p) == p
        if x.op == "group" or y.op == "group":
            return same(x.args[0] if x.op == "group" else x, y.args[0] if y.op == "group" else y, index)
        if x.op == "big" and y.op == "big":
            if (
                x.value.kind != y.value.kind
                or len(x.value.letters) != len(y.value.letters)
                or len(x.args) != len(y.args)
            ):
                return False
            for p, q in zip(x.value.letters, y.value.letters, strict=True):
                if forward.setdefault(p, q) != q:
                    return False
        elif x.op != y.op or x.value != y.value or len(x.args) != len(y.args):
            return False
        inside = x.op in ("sym", "rel")
        return all(same(p, q, inside) for p, q in zip(x.args, y.args, strict=True))

    return same(a, b, False)


def in_order(node: Node) -> Node:
    """Terms and factors in a fixed order, blind to letters."""
    node = ungrouped(node)

    def order(n: Node) -> Node | None:
        if n.op == "add":
            pairs = sorted(((s * (-1 if in_order(a).op == "neg" else 1), in_order(a).args[0] if in_order(a).op == "neg" else in_order(a))
                            for s, a in zip(n.value, n.args, strict=True)), key=lambda p: (skeleton(p[1]), -p[0]))  # fmt: skip
            return Node("add", tuple(p[1] for p in pairs), tuple(p[0] for p in pairs))
        if n.op == "mul":
            return Node("mul", tuple(sorted((in_order(a) for a in n.args), key=skeleton)), ("",) * len(n.args))
        return None

    return transform(node, order)


def skeleton(node: Node) -> str:
    """The canonical text of a formula, blind to index letters."""
    return canonical(
        transform(
            node,
            lambda n: Node("sym", (), "·") if n.op == "sym" and not n.args and str(n.value) in INDEX_LETTERS else None,
        )
    )


def ungrouped(node: Node) -> Node:
    """The formula without its brackets."""
    return transform(node, lambda n: ungrouped(n.args[0]) if n.op == "group" else None)


def without_indices(node: Node) -> Node:
    """The formula with bare symbols."""
    return transform(node, lambda n: replace(n, args=()) if n.op == "sym" and n.args else None)


def mirrored(a: Node, b: Node) -> bool:
    """Whether two conditions are the same with their sides exchanged."""
    return a.value == b.value and same_up_to_letters(Node("rel", (a.args[1], a.args[0]), a.value), b)
