"""The same formulas at a second value of some variables: a copy of all that depends on them, under names of its own.

An index takes its values in turn: at a second value $w_i$ is $w_{i'}$.
"""

from __future__ import annotations

from dataclasses import replace

from glideslope.derive.meaning.context import Context, Definition
from glideslope.derive.reading.dimensions import Dimensions
from glideslope.derive.syntax.names import INDEX_LETTERS
from glideslope.derive.syntax.tree import Node, free_symbols, transform, walk

__all__ = ["MARK", "Second", "SecondIndex"]

#: what the second value of a quantity is called after it
MARK = "◦2"


class Second:
    """A second value of some variables.

    Args:
        names: the variables.
        context: what is known; it stays as it is.
        dimensions: the sizes; they stay as they are.
    """

    def __init__(self, names: set[str], context: Context, dimensions: Dimensions) -> None:
        self.names = {form for name in names for form in (name, "b:" + name, name.removeprefix("b:"))}
        self.context, self.dimensions = context.fork(), dimensions.copy()
        self.moved = set(self.names)
        while grown := {n for n, found in context.definitions.items() if n not in self.moved and self._touched(found)}:
            self.moved |= grown
        for name in self.moved:
            self._copy(name)

    def _touched(self, definitions: list[Definition]) -> bool:
        return any(_free(d) & self.moved for d in definitions)

    def _copy(self, name: str) -> None:
        context, twin = self.context, name + MARK
        if name in context.known:
            context.known[twin] = context.known[name]
        for group in (context.functions, context.raised, context.integers, context.random):
            if name in group:
                group.add(twin)
        if name in context.ranges:
            context.ranges[twin] = context.ranges[name]
        for slot in range(3):
            self.dimensions.join((name, slot), (twin, slot))
        if name in context.definitions and name not in self.names:
            context.definitions[twin] = [
                replace(d, name=twin, head=tuple(map(self, d.head)), body=self(d.body), conditions=tuple(map(self, d.conditions)))
                for d in context.definitions[name]
            ]  # fmt: skip

    @property
    def possible(self) -> bool:
        """Whether every copy can be made: a text key of a probability takes no other name, an index counts."""
        opaque = any("(" in name for name in self.moved)
        return not opaque and not any(_counts(name, self.context) for name in self.names)

    def __call__(self, node: Node) -> Node:
        """The formula at the second value."""
        return transform(node, self._change)

    def _change(self, node: Node) -> Node | None:
        if node.op == "big" and self.moved & set(node.value.letters):
            return node  # a letter of its own
        if node.op == "sym" and node.value in self.moved:
            return replace(node, value=f"{node.value}{MARK}", args=tuple(map(self, node.args)))
        if node.op == "call":
            name = node.value[0] if isinstance(node.value, tuple) else node.value
            if name in self.moved:
                value = (f"{name}{MARK}", node.value[1]) if isinstance(node.value, tuple) else f"{name}{MARK}"
                return replace(node, value=value, args=tuple(map(self, node.args)))
        return None


def _free(definition: Definition) -> set[str]:
    """The names a definition rests on, but for its own arguments."""
    heads = {str(n.value) for h in definition.head for n in walk(h) if n.op == "sym"}
    names = {n[0] if isinstance(n, tuple) else str(n) for n in free_symbols(definition.body)}
    return names - heads if definition.kind != "symbol" else names


def _counts(name: str, context: Context) -> bool:
    """Whether a letter is an index, and so takes its values in turn."""
    return name in INDEX_LETTERS and (name in context.bound or name in context.ranges)


class SecondIndex:
    """A second value of some index letters."""

    possible = True

    def __init__(self, letters: set[str], context: Context, dimensions: Dimensions) -> None:
        self.letters, self.context, self.dimensions = letters, context, dimensions

    def __call__(self, node: Node) -> Node:
        """The formula at the second value."""
        return transform(node, self._change)

    def _change(self, node: Node) -> Node | None:
        if node.op == "big" and self.letters & set(node.value.letters):
            return node
        if node.op == "sym" and not node.args and node.value in self.letters:
            return replace(node, value=f"{node.value}'")
        return None
