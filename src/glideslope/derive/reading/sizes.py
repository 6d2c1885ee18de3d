"""The size of a slot and the range of an index letter, in one world.

Declared sizes come first, then the class a slot belongs to, then the shape its definition gives; what is left is drawn, distinct.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from glideslope.derive.evaluation.numbers import DomainError
from glideslope.derive.evaluation.sample import World
from glideslope.derive.evaluation.scope import Bind, NotUnderstood, Scope
from glideslope.derive.evaluation.values import Mat, ShapeClash, Value
from glideslope.derive.meaning.context import Context, match_indices
from glideslope.derive.reading.dimensions import Dimensions
from glideslope.derive.reading.reading import Reading
from glideslope.derive.reading.sized import slot_symbol
from glideslope.derive.syntax.tree import Node, walk

__all__ = ["Sizes"]


class Sizes(ABC):
    """What an evaluator knows about sizes; it asks for values where a definition decides."""

    reading: Reading
    context: Context
    world: World
    dimensions: Dimensions
    local: bool
    exact: frozenset[int]
    chances: dict[int, tuple[Node, Any]]
    plain_ranges: dict[tuple[int, str], range]
    provisional: int

    @abstractmethod
    def value(self, name: str, indices: tuple[object, ...], scope: Scope) -> Value:
        """The value of a quantity."""

    @abstractmethod
    def whole(self, node: Node, bind: Bind, scope: Scope) -> int:
        """The value of a node that must be a whole number."""

    @abstractmethod
    def index(self, node: Node, bind: Bind, scope: Scope) -> object:
        """An index: a whole number or a label."""

    def slot_size(self, name: str, head: tuple[object, ...], place: int, scope: Scope) -> int:
        """The size of a slot: declared, or that of its class, or that of the value the definition gives."""
        key = ("size", name, head, place)
        found = self.world.arrays.get(key)
        if found is None:
            before, self.local = self.local, False
            self.world.arrays[key] = 0
            found = self.world.arrays[key] = self._slot_size(name, head, place, scope)
            if self.local:  # v has C_l entries: as many as the letter of the claim says
                del self.world.arrays[key]
            self.local |= before
        if not found:
            self.provisional += 1
            return self.world.size(repr(self.dimensions.find((name, place))))
        return int(found)  # type: ignore[call-overload]

    def _slot_size(self, name: str, head: tuple[object, ...], place: int, scope: Scope) -> int:
        declared = self._declared_size(name, head, place)
        if declared is not None:
            return declared
        for definition in self.context.lookup(name, "symbol"):
            if 0 in head and self.reading.recursive(definition):
                continue  # Λ_n = Λ_0 + … says nothing of the size of Λ_0
            if (
                len(definition.head) <= place
                and match_indices(definition.head, head[: len(definition.head)], {}, self.context.bound) is not None
            ):
                try:
                    whole = self.value(name, head[: len(definition.head)], scope)
                except (NotUnderstood, ShapeClash, DomainError):
                    break
                shape = (whole.rows, whole.cols) if isinstance(whole, Mat) else ()
                k = place - len(definition.head)
                if k < len(shape):
                    return int(shape[k])
        root = self.dimensions.find((name, place))
        if name.endswith("()") and len(self._class_members(root)) == 1 and (found := self._members(name[:-2], scope)):
            return found
        for other in self._class_members(root):
            if other[0].startswith("#"):
                return self.dim(slot_symbol(other[0]), {})
            declared = self._declared_size(other[0], (), other[1])
            if declared is not None:
                return declared
        for definition in self.context.lookup(name, "symbol"):
            if len(definition.head) > place and definition.head[place].op == "sym":
                bound = match_indices(definition.head[: len(head)], head, {}, self.context.bound) or {}
                for other_name, slot, part in self.reading.slots(definition.body, str(definition.head[place].value)):
                    if other_name and (other_name, slot) != (name, place):
                        return self.slot_size(other_name, self._family_of(part, other_name, bound, scope), slot, scope)
        return self.world.size(repr(root))

    def _members(self, function: str, scope: Scope) -> int:
        """How many functions f_i there are, where a formula with what i numbers too defines them; 0 where none does."""
        for definition in self.context.lookup(function, "call"):
            letter = definition.head[-1] if definition.head else definition.body
            letter = letter.args[0] if letter.op == "group" else letter
            for name, place, part in self.reading.slots(definition.body, str(letter.value)):
                if name and not name.endswith("()"):
                    return self.slot_size(name, self._family_of(part, name, {}, scope), place, scope)
        return 0

    def _class_members(self, root: tuple[str, int]) -> list[tuple[str, int]]:
        return self.reading.classes().get(root, [root])

    def _declared_size(self, name: str, head: tuple[object, ...], place: int) -> int | None:
        """The size the text declares, worked out once in a world."""
        key = ("declared", name, head, place)
        if key in self.world.arrays:
            return self.world.arrays[key]  # type: ignore[return-value]
        provisional, before, self.local = self.provisional, self.local, False
        found = self._declared(name, head, place)
        if provisional == self.provisional and not self.local:
            self.world.arrays[key] = found
        self.local |= before
        return found

    def _declared(self, name: str, head: tuple[object, ...], place: int) -> int | None:
        fact = self.context.known.get(name)
        for declaration in fact.shapes if fact is not None else ():
            k = place - len(declaration.head)
            if not 0 <= k < len(declaration.dims):
                continue
            if len(head) < len(declaration.head) and _mentions(declaration.dims[k], declaration.head):
                continue
            bound = match_indices(declaration.head, head, {}, self.context.bound) if head else {}
            if bound is not None:
                return self.dim(declaration.dims[k], bound)
        return None

    def dim(self, node: Node, bind: Bind) -> int:
        """The size a declaration names: a number, a size symbol, or an expression of them."""
        if node.op == "num":
            return self.tried(node.value)
        if node.op == "sym":
            name = str(node.value)
            if not node.args and name in bind:
                return int(bind[name])
            if not node.args and self.context.definitions.get(name):
                return self.whole(node, {}, Scope())
            indices = tuple(self.index(a, bind, Scope()) for a in node.args)
            return (
                self.world.integers.setdefault(name, self.world.size(name))
                if not indices
                else self.world.size(f"{name}{indices}")
            )
        if node.op in ("add", "mul", "group", "frac", "neg"):
            return self.whole(node, bind, Scope())
        raise NotUnderstood("a size that is no number")

    def tried(self, number: float) -> int:
        """The size that is tried for one the text gives as a number: a large one is drawn like a symbol's, unless the claim counts with it."""
        if number not in self.context.large or number in self.exact:
            return int(number)
        self.world.smaller.add(int(number))
        return self.world.size(f"#{int(number)}")

    def last(self, node: Node, bind: Bind, scope: Scope) -> int:
        """The upper end of a range: a number that is a size is tried smaller as that is."""
        return (
            self.tried(node.value)
            if node.op == "num" and node.value in self.context.large
            else self.whole(node, bind, scope)
        )

    def letter_range(self, node: Node, letter: str, scope: Scope, bind: Bind | None = None) -> range | None:
        """The values an index letter takes: declared, or the size of a slot it indexes."""
        declared = self.context.ranges.get(letter)
        slots = [
            (name, place, self._family_of(part, name, bind or {}, scope))
            for name, place, part in self.reading.slots(node, letter)
            if name
        ]
        for name, place, head in slots:
            if (size := self._declared_size(name, head, place)) is not None:
                return range(1, size + 1)
        if declared is not None:
            return range(self.whole(declared[0], {}, scope), self.last(declared[1], {}, scope) + 1)
        for name, place, head in slots:
            if self.context.rank(name) or self.context.definitions.get(name):
                return range(1, self.slot_size(name, head, place, scope) + 1)
        return range(1, self.slot_size(slots[0][0], slots[0][2], slots[0][1], scope) + 1) if slots else None

    def _family_of(self, part: Node, name: str, bind: Bind, scope: Scope) -> tuple[object, ...]:
        """The values of the family indices on a symbol, as far as they are bound."""
        found: list[object] = []
        for arg in part.args[: self.reading.members(part, name)]:
            if any(
                n.op == "sym" and not n.args and str(n.value) not in bind and str(n.value) not in self.world.integers
                for n in walk(arg)
            ):
                return ()
            found.append(self.index(arg, bind, scope))
        return tuple(found)


def _mentions(dim: Node, head: tuple[Node, ...]) -> bool:
    """Whether a size depends on the index that selects the member of a family."""
    letters = {str(n.value) for h in head for n in walk(h) if n.op == "sym"}
    return any(n.op == "sym" and not n.args and str(n.value) in letters for n in walk(dim))
