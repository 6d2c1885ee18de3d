"""What a claim contains, read off its tree: arrays put together, primes, quantities that vary with a variable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from glideslope.derive.laws.chance import NAMES, bounds, form_of, listed_names, literal_values, random_names
from glideslope.derive.meaning.context import Context
from glideslope.derive.syntax.tree import Node, counted, walk

__all__ = ["Contents", "composed", "contents", "coordinates", "may_be_chance", "piecewise", "reached"]


@dataclass(frozen=True, slots=True)
class Contents:
    """What a claim speaks about, as far as the meaning of its parts rests on it."""

    random: frozenset[str]  # names that vary by chance
    listed: frozenset[str]  # … whose values are told apart by an index
    literals: dict[str, tuple[float, ...]] = field(hash=False)  # … and the numbers they are said to take
    bounds: dict[str, str] = field(hash=False)  # … and the letters they are compared with
    primed: frozenset[str]  # symbols with a prime
    varying: frozenset[tuple[str, str]]  # (C, z) where the claim speaks of ∂C/∂z and C has no definition
    called: frozenset[str]  # functions it calls
    base: Node | None = field(hash=False)  # of the logarithms it is written with, where one is named
    coordinates: frozenset[str]  # what a matrix of derivatives in it is taken by
    exact: frozenset[int]  # numbers the claim counts with: a size equal to one is not tried smaller


def contents(sides: tuple[Node, ...], context: Context) -> Contents:
    """Read off a claim what it speaks about."""
    nodes = [node for side in sides for node in walk(side)]
    chance = bool(context.random) or any(may_be_chance(n) and form_of(n, context) for n in nodes)
    return Contents(
        random_names(sides, context) if chance else frozenset(),
        listed_names(sides, context) if chance else frozenset(),
        literal_values(sides, context) if chance else {},
        bounds(sides, context) if chance else {},
        frozenset(str(n.value) for n in nodes if n.op == "sym" and str(n.value).endswith("'")),
        _varying(nodes, context),
        frozenset(str(n.value) for n in nodes if n.op == "call"),
        next((n.args[1].args[0] for n in nodes if _is_based(n)), None) if chance else None,
        coordinates(nodes),
        frozenset(set().union(*map(counted, sides)) & context.large if context.large else ()),
    )


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


def _is_based(node: Node) -> bool:
    """A logarithm to a base, ln x / ln b."""
    return node.op == "frac" and all(a.op == "call" and a.value == "log" and len(a.args) == 1 for a in node.args)


def may_be_chance(node: Node) -> bool:
    """A cheap look at the name before the form is read."""
    if node.op != "call":
        return node.op == "opaque"
    name = node.value[0] if isinstance(node.value, tuple) else str(node.value)
    return name in NAMES or name.partition("_")[0] in NAMES


#: functions that change their formula at a threshold, which a few samples may miss
PIECES = frozenset({"indicator", "relu", "max", "min", "sign", "floor", "ceil"})


def piecewise(sides: tuple[Node, ...]) -> bool:
    """Whether a claim itself speaks of cases, thresholds or sizes."""
    nodes = (n for side in sides for n in walk(side))
    return any(n.op in ("cases", "abs") or (n.op == "call" and n.value in PIECES) for n in nodes)


def coordinates(nodes: list[Node]) -> frozenset[str]:
    """The variables of a Jacobian: a matrix whose entries are derivatives by several of them."""
    for node in nodes:
        if node.op == "matrix":
            parts = [entry for entry in walk(node) if entry.op == "deriv" and len(entry.args) == 2]
            by = {str(entry.args[1].value) for entry in parts if entry.args[1].op == "sym" and not entry.args[1].args}
            if len(by) > 1:
                return frozenset(by)
    return frozenset()


def _varying(nodes: list[Node], context: Context) -> frozenset[tuple[str, str]]:
    """(C, z) for each ∂C/∂z of the claim whose C has no definition: it changes with z wherever it stands."""
    found: set[tuple[str, str]] = set()
    for node in nodes:
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
    return frozenset(found)
