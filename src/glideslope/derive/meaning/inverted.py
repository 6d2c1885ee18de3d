r"""Quantities that are given by their square or logarithm: $\hat\sigma^2 = \frac{1}{n} \sum_i (y_i - \bar y)^2$, $\ln L = \sum_i \ln p_i$.

Only where nothing is known of the quantity, so that $c^2 = a^2 + b^2$ stays a claim about a declared c, and $x^2 = 4$ an equation.
"""

from __future__ import annotations

from glideslope.derive.meaning.context import Context
from glideslope.derive.syntax.tree import Node, walk, walk_values

__all__ = ["given_by_image"]


def given_by_image(left: Node, right: Node, context: Context) -> tuple[Node, Node] | None:
    """The symbol and its value, where an equation gives it by its square or its logarithm."""
    root = left.args[0] if left.args else left
    squared = left.op == "pow" and left.args[1].op == "num" and left.args[1].value == 2
    logged = left.op == "call" and left.value == "log" and len(left.args) == 1
    while root.op == "group":
        root = root.args[0]
    if root.op != "sym" or not (squared or logged):
        return None
    name = context.resolve(str(root.value), len(root.args))
    fact = context.known.get(name)
    known = fact is not None and (fact.declared or fact.given or fact.structure or fact.choices or fact.integer)
    if known or (context.rank(name) or 0) > len(root.args) or any(True for _ in context.defined_at(name, root.args)):
        return None
    if not any(n.op in ("sym", "call", "opaque") for n in walk(right)):
        return None  # x² = 4
    if any(n.op == "sym" and n.value == root.value for n in walk_values(right)):
        return None
    return root, Node("call", (right,), "sqrt" if squared else "exp", right.start, right.end)
