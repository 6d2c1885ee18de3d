"""One way to understand a claim: its definitions, how derivatives are laid out, what varies by chance.

What depends on the text and the claim alone (names resolved, definitions that apply, slots a letter indexes) is found once here
and serves every world; what depends on numbers belongs to the evaluator.
"""

from __future__ import annotations

from typing import Any

from glideslope.derive.evaluation.sample import whole_numbers
from glideslope.derive.meaning.context import Context, Definition
from glideslope.derive.reading.contents import Contents
from glideslope.derive.reading.dimensions import Dimensions, slots_of_letter
from glideslope.derive.syntax.tree import Node, walk

__all__ = ["Reading"]

Slot = tuple[str, int]


class Reading:
    """The context as one claim is read in it; the context must not change while the reading is in use."""

    def __init__(
        self,
        claim: Contents,
        context: Context,
        dimensions: Dimensions,
        layout: str = "mixed",
    ) -> None:
        self.claim = claim
        self.context = context
        self.dimensions = dimensions
        self.layout = layout
        self.integers = whole_numbers(context)
        self.chances: dict[int, tuple[Node, Any]] = {}  # probabilistic forms already read, by node
        self.names: dict[tuple[str, int], str] = {}
        self._definitions: dict[tuple[str, int], list[Definition]] = {}
        self._dependence: dict[tuple[str, str], bool] = {}
        self._recursive: dict[int, tuple[Definition, bool]] = {}
        self._slots: dict[tuple[int, str], tuple[Node, list[tuple[str, int, Node]]]] = {}
        self._classes: dict[Slot, list[Slot]] | None = None
        self._members: dict[tuple[int, str], tuple[Node, int]] = {}
        self._insides: dict[int, tuple[Node, Node]] = {}
        self._mentioned: dict[int, tuple[Node, frozenset[str] | None]] = {}

    def definitions(self, name: str, count: int) -> list[Definition]:
        """The definitions of a quantity that count in this reading, those with as many indices first."""
        found = self._definitions.get((name, count))
        if found is None:
            held = self.context.lookup(name, "symbol")
            found = self._definitions[name, count] = sorted(held, key=lambda d: len(d.head) != count)
        return found

    def depends(self, name: str, on: str) -> bool:
        """Whether one quantity can change with another."""
        found = self._dependence.get((name, on))
        if found is None:
            text = self.context.whole or self.context
            found = self._dependence[name, on] = text.depends(name, on) or any(
                on == variable and text.depends(name, changing) for changing, variable in self.claim.varying
            )
        return found

    def recursive(self, definition: Definition) -> bool:
        """Whether a definition leads back to its own name."""
        held = self._recursive.get(id(definition))
        if held is None:
            name = definition.name
            symbols = [n for n in walk(definition.body) if n.op == "sym"]
            found = (
                any(n.value == name for n in symbols)
                or self.context.depends(name + "\0", name)
                or any(self.depends(str(n.value), name) for n in symbols if n.args)
            )
            held = self._recursive[id(definition)] = definition, found
        return held[1]

    def slots(self, node: Node, letter: str) -> list[tuple[str, int, Node]]:
        """(name, slot, symbol) wherever the formula leaves a letter free as a plain index."""
        held = self._slots.get((id(node), letter))
        if held is None:
            held = self._slots[id(node), letter] = node, slots_of_letter(node, letter, self.context)
        return held[1]

    def classes(self) -> dict[Slot, list[Slot]]:
        """The slots of one size, by the representative of each class."""
        if self._classes is None:
            found: dict[Slot, list[Slot]] = {}
            for slot in [*self.dimensions.parent, *self.dimensions.parent.values()]:
                found.setdefault(self.dimensions.find(slot), []).append(slot)
            self._classes = found
        return self._classes

    def members(self, symbol: Node, name: str) -> int:
        """How many of a symbol's indices tell members of a family apart, before those that count its entries."""
        held = self._members.get((id(symbol), name))
        if held is None:
            count = self.context.family(name)
            if not count:
                definition = next(self.context.lookup(name, "symbol"), None)
                count = 0 if definition is None else len(definition.head)
                count = count if count < len(symbol.args) else 0
            held = self._members[id(symbol), name] = symbol, count
        return held[1]

    def inside(self, node: Node) -> Node:
        """The conditions and the body of a big operator, without its limits."""
        held = self._insides.get(id(node))
        if held is None:
            head = int(node.value.has_lower) + int(node.value.has_upper)
            held = self._insides[id(node)] = node, Node("tuple", node.args[head:])
        return held[1]

    def mentioned(self, node: Node) -> frozenset[str] | None:
        """All names written in a formula; None when a derivative in it may look for others."""
        held = self._mentioned.get(id(node))
        if held is None:
            held = self._mentioned[id(node)] = node, _mentioned(node)
        return held[1]


def _mentioned(node: Node) -> frozenset[str] | None:
    found: set[str] = set()
    for part in walk(node):
        if part.op in ("deriv", "grad", "prime"):
            return None
        if part.op == "big":
            found.update(part.value.letters)
        elif part.op == "transpose":
            found.add("T")
        elif part.op in ("sym", "call", "opaque"):
            name = part.value[0] if isinstance(part.value, tuple) else str(part.value)
            found |= {name, name.rstrip("'")}
    return frozenset(found)
