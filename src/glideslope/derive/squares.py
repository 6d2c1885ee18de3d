r"""Quantities that are given by their square: $\hat\sigma^2 = \frac{1}{n} \sum_i (y_i - \bar y)^2$ says what $\hat\sigma$ is.

Only where nothing is known of the root, so that $c^2 = a^2 + b^2$ stays a claim about a declared c, and $x^2 = 4$ an equation.
"""

from __future__ import annotations

from glideslope.derive.context import Context
from glideslope.derive.tree import Node, canonical, walk, walk_values

__all__ = ["given_by_square"]


def given_by_square(left: Node, right: Node, context: Context) -> tuple[Node, Node] | None:
    """The root and its value, where an equation gives a symbol by its square."""
    if left.op != "pow" or left.args[0].op != "sym" or left.args[1].op != "num" or left.args[1].value != 2:
        return None
    root = left.args[0]
    name = context.resolve(str(root.value), len(root.args))
    fact = context.known.get(name)
    known = fact is not None and (fact.declared or fact.given or fact.structure or fact.choices or fact.integer)
    if known or context.rank(name) or any(True for _ in context.defined_at(name, root.args)):
        return None
    if not any(n.op in ("sym", "call", "opaque") for n in walk(right)):
        return None  # x² = 4
    if any(canonical(n) == canonical(root) for n in walk_values(right)):
        return None
    return root, Node("call", (right,), "sqrt", right.start, right.end)
