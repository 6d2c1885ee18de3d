"""The tree of a formula: one frozen node type, with the span of the LaTeX it came from.

A node has an operator, an optional value and children; `walk` visits them, `canonical` prints a normal text.
Use it wherever a formula is inspected; evaluation lives in `evaluate`, edits are made on the author's own text through spans.

| op | value | children |
|---|---|---|
| num | the number (int, float) | – |
| unit | its value in odd units and in SI units | – |
| sym | name | indices: first the superscript ones, then the subscripts |
| add | signs, a tuple of +1 / −1 | terms |
| mul | operators between the factors (`""`, `cdot`, `times`) | factors |
| had, kron | – | factors |
| frac, pow | – | two |
| neg, transpose, abs, prime | – | one |
| norm | order: "2", "1", "inf", "F" | one |
| call | function name | arguments |
| inverse | – | a call of one argument: the value it takes where it is asked for |
| opaque | canonical text of a probability, an expectation … | arguments |
| big | `sum`, `prod`, `max`, `min`, `int` and the letters bound | lower, upper, condition …, body (see `Binder`) |
| deriv | `Derivative` | expression, then the variables |
| grad | order | expression, variable or nothing |
| index | – | expression, indices |
| matrix | (rows, columns) | entries |
| rel | relation | two |
| event | and, or, minus, not, all, none | events |
| cases | – | value, condition, value, condition … |
| dots | – | – |
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

__all__ = ["Binder", "Derivative", "Node", "canonical", "counted", "free_symbols", "transform", "walk", "walk_values"]


class _Kept:
    """What has been found out about a node; it never changes, for a node never does."""

    __slots__ = ("_below", "_free")
    _below: tuple[Node, ...]
    _free: frozenset[Any]


@dataclass(frozen=True, slots=True)
class Node(_Kept):
    """A formula or a part of one."""

    op: str
    args: tuple[Node, ...] = ()
    value: Any = None
    start: int = 0
    end: int = 0

    def at(self, start: int, end: int) -> Node:
        """Return the same node with another span."""
        return replace(self, start=start, end=end)


@dataclass(frozen=True, slots=True)
class Binder:
    """What a big operator binds; `args` of its node are (lower?, upper?, conditions…, body)."""

    kind: str
    letters: tuple[str, ...]
    has_lower: bool = False
    has_upper: bool = False


@dataclass(frozen=True, slots=True)
class Derivative:
    """A quotient of differentials; `total` for an upright or italic d."""

    orders: tuple[int, ...]
    total: bool = False


def walk(node: Node) -> Iterator[Node]:
    """Yield the node and all below it, parents first."""
    try:
        below = node._below
    except AttributeError:  # the first walk over this node
        found: list[Node] = []
        stack = list(reversed(node.args))
        while stack:
            here = stack.pop()
            found.append(here)
            stack.extend(reversed(here.args))
        below = tuple(found)
        object.__setattr__(node, "_below", below)
    return chain((node,), below)


def walk_values(node: Node) -> Iterator[Node]:
    """Yield the node and all below it, leaving out what stands in indices."""
    stack = [node]
    while stack:
        here = stack.pop()
        yield here
        if here.op != "sym":
            stack.extend(reversed(here.args))


def transform(node: Node, change: Callable[[Node], Node | None]) -> Node:
    """Rebuild the tree; where `change` returns a node, that one stands instead."""
    changed = change(node)
    if changed is not None:
        return changed
    args = tuple(transform(child, change) for child in node.args)
    return node if all(a is b for a, b in zip(args, node.args, strict=True)) else replace(node, args=args)


def counted(node: Node) -> set[int]:
    """Whole numbers a formula counts with: all but the upper limits of its sums."""
    found: set[int] = set()
    stack = [node]
    while stack:
        here = stack.pop()
        if here.op == "num" and isinstance(here.value, int):
            found.add(here.value)
        top = int(here.value.has_lower) if here.op == "big" and here.value.has_upper else -1
        stack.extend(a for k, a in enumerate(here.args) if k != top or a.op != "num")
    return found


def free_symbols(node: Node) -> frozenset[Any]:
    """Names of symbols and functions in the tree, bound letters left out."""
    try:
        return node._free
    except AttributeError:
        object.__setattr__(node, "_free", frozenset(_free_symbols(node)))
        return node._free


def _free_symbols(node: Node) -> set[Any]:
    found = {node.value} if node.op in ("sym", "call", "opaque") else set()
    for child in node.args:
        found |= _free_symbols(child)
    return found.difference(node.value.letters) if node.op == "big" else found


def canonical(node: Node) -> str:
    """One text for one meaning, blind to spaces and spans; used as a key."""
    inner = ",".join(canonical(child) for child in node.args)
    value = node.value
    if node.op == "num":
        return f"{value:g}" if isinstance(value, float) else str(value)
    if node.op == "sym":
        return f"{value}[{inner}]" if inner else str(value)
    if isinstance(value, Binder):
        value = f"{value.kind}:{','.join(value.letters)}:{value.has_lower:d}{value.has_upper:d}"
    elif isinstance(value, Derivative):
        value = ",".join(map(str, value.orders))
    return f"{node.op}<{'' if value is None else value}>({inner})"
