"""What a claim contains, read off its tree: arrays put together, primes, quantities that vary with a variable."""

from __future__ import annotations

from collections.abc import Iterator

from glideslope.derive.context import Context
from glideslope.derive.tree import Node, walk

__all__ = ["composed", "primed", "reached", "varying"]


def reached(sides: tuple[Node, ...], context: Context) -> Iterator[Node]:
    """The nodes of a claim, and of the definitions it rests on."""
    stack, seen = [*sides], set[str]()
    while stack:
        for node in walk(stack.pop()):
            yield node
            name = node.value[0] if isinstance(node.value, tuple) else str(node.value)
            if node.op in ("sym", "call", "opaque") and name not in seen:
                seen.add(name)
                bare = name.rstrip("'").removeprefix("dot ").removeprefix("ddot ")  # a slope rests on its function
                names = {name, bare, context.resolve(name, len(node.args))}
                stack.extend(d.body for x in names for d in context.definitions.get(x, ()))


def composed(sides: tuple[Node, ...], context: Context) -> bool:
    """Whether arrays are put together on the way, so that one size is made of others."""
    return any(
        node.op in ("matrix", "dotted", "tuple", "kron") or (node.op == "call" and node.value == "vec")
        for node in reached(sides, context)
    )


def primed(sides: tuple[Node, ...]) -> set[str]:
    """The symbols with a prime."""
    symbols = (n for side in sides for n in walk(side) if n.op == "sym")
    return {str(n.value) for n in symbols if str(n.value).endswith("'")}


def varying(sides: tuple[Node, ...], context: Context) -> set[tuple[str, str]]:
    """(C, z) for each ∂C/∂z of the claim whose C has no definition: it changes with z wherever it stands."""
    found = set()
    for side in sides:
        for node in walk(side):
            if node.op != "deriv" or node.args[0].op != "sym":
                continue
            body, *variables = node.args
            name = context.resolve(str(body.value), len(body.args))
            if name not in context.definitions:
                found |= {
                    (name, context.resolve(str(v.value), len(v.args)))
                    for v in variables
                    if v.op == "sym" and v.value != body.value
                }
    return found
