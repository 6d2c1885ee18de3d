"""Which slots have the same size: union-find over index letters, symbol slots and matrix products.

$a_i = e^{z_i}$ makes slot 0 of a and of z one class; $Wx$ joins slot 1 of W with slot 0 of x.
Only definitions and declarations join classes; a claim may join a class nobody has used, never two known ones,
for a wrong claim must not bend the shapes it is tested with.
"""

from __future__ import annotations

from glideslope.derive.meaning.context import Context
from glideslope.derive.reading.normalised import NORMAL, take_size, take_vector
from glideslope.derive.reading.sized import size_slot
from glideslope.derive.syntax.names import IDENTITIES, is_sized
from glideslope.derive.syntax.tree import Node, canonical, walk

__all__ = ["Dimensions", "slots_of_letter"]

Slot = tuple[str, int]
#: functions whose value is a number
NUMBERS = {"tr", "det"}
#: structures that only a square matrix has
SQUARE = {"square", "symmetric", "definite", "semidefinite", "skew", "orthogonal", "diagonal"}


class Dimensions:
    """Union-find over (name, slot)."""

    def __init__(self) -> None:
        self.parent: dict[Slot, Slot] = {}

    def copy(self) -> Dimensions:
        """An independent copy."""
        other = Dimensions()
        other.parent = dict(self.parent)
        return other

    def find(self, slot: Slot) -> Slot:
        """The representative of a slot's class."""
        while (up := self.parent.get(slot)) is not None:
            slot = up
        return slot

    def known(self, slot: Slot) -> bool:
        """Tell whether the slot has been joined with another."""
        return slot in self.parent or slot in self.parent.values()

    def join(self, a: Slot, b: Slot, shy: bool = False) -> None:
        """Put two slots into one class; a shy join needs a class nobody has used."""
        if shy and self.known(a) and self.known(b):
            return
        a, b = self.find(a), self.find(b)
        if a != b:
            self.parent[b] = a

    def observe(self, node: Node, context: Context, shy: bool = False) -> None:
        """Join what a formula joins."""
        self._letters(node, context, shy)
        circular = any(part.value == "\\pi" for part in walk(node))
        for part in walk(node):
            if part.op == "sym" and not part.args:
                fact = context.known.get(str(part.value))
                if fact is not None and SQUARE & set(fact.structure) and context.rank(str(part.value)) == 2:
                    self.join((str(part.value), 0), (str(part.value), 1))
            if part.op == "call" and part.value in NORMAL:
                take_vector(part, context, self.join)
            if circular and part.op in ("mul", "frac", "add"):
                take_size(part, context)
            if part.op in ("mul", "add", "had", "group", "transpose", "big"):
                self._shape(part, context, shy)
            inner = part.args[0] if part.args else None
            if (
                inner is not None
                and inner.op == "sym"
                and not inner.args
                and (
                    (part.op == "pow" and part.args[1].op in ("num", "neg") and part.args[1].value != 2)
                    or (part.op == "pow" and _whole(part.args[1], context))
                    or (part.op == "call" and part.value in ("det", "tr"))
                )
            ):
                name = context.resolve(str(inner.value))
                if context.rank(name) == 2:
                    self.join((name, 0), (name, 1))

    def products(self, node: Node, context: Context) -> None:
        """Join what an inline definition joins: its products, and letters between slots that were unused before it.

        What a letter ranged over earlier in the text is left out, for it may count something else here.
        """
        symbols = (n for n in walk(node) if n.op == "sym")
        slots = {(context.resolve(str(n.value), len(n.args)), k) for n in symbols for k in range(len(n.args))}
        self._letters(node, context, shy=True, fresh={slot for slot in slots if not self.known(slot)})
        for part in walk(node):
            if part.op == "mul":
                self._shape(part, context, shy=True)
        if len(node.args) < 2:  # a function's formula
            return
        head, body = (self._shape(side, context, shy=True) for side in node.args)
        self._same(head, body, shy=True)

    def relate(self, left: Node, right: Node, context: Context, shy: bool = False) -> None:
        """Join the two sides of an equation."""
        both = Node("tuple", (left, right))
        self.observe(both, context, shy)
        self._same(self._shape(left, context, shy), self._shape(right, context, shy), shy)

    def _same(self, a: tuple[Slot | None, ...] | None, b: tuple[Slot | None, ...] | None, shy: bool) -> None:
        if a is not None and b is not None and len(a) == len(b):
            for one, two in zip(a, b, strict=True):
                if one != two and one is not None and two is not None:
                    self.join(one, two, shy)

    def _letters(self, node: Node, context: Context, shy: bool, fresh: set[Slot] | None = None) -> None:
        first: dict[str, Slot] = {}
        for letter, (low, high) in context.ranges.items() if fresh is None else ():
            if low.op == "num" and low.value == 1 and high.op == "sym" and not high.args:
                first[letter] = ("#" + str(high.value), 0)

        def visit(part: Node, names: dict[str, Slot]) -> None:
            if part.op == "big":
                names = {k: v for k, v in names.items() if k not in part.value.letters}
                top = part.args[1] if part.value.has_lower and part.value.has_upper else None
                if (
                    top is not None
                    and top.op == "sym"
                    and not top.args
                    and part.args[0].op == "num"
                    and part.args[0].value == 1
                ):
                    names.update(dict.fromkeys(part.value.letters, ("#" + str(top.value), 0)))
            if part.op == "sym" and part.args:
                name = context.resolve(str(part.value), len(part.args))
                for place, index in enumerate(() if is_sized(name) else part.args):
                    if index.op == "sym" and not index.args and index.value not in context.integers:
                        slot = (name, place)
                        if fresh is not None and slot not in fresh:
                            continue
                        if index.value in names:
                            self.join(names[index.value], slot, shy)
                        else:
                            names[str(index.value)] = slot
            if part.op == "call" and isinstance(part.value, tuple):  # f_i(x), i from 1 to n
                for place, index in enumerate(part.args[len(part.args) - part.value[1] :]):
                    slot = (f"{part.value[0]}()", place)
                    if _letter(index) in names and (fresh is None or not self.known(slot)):
                        self.join(names[_letter(index)], slot, shy)
            for child in part.args:
                visit(child, names)

        visit(node, first)

    def _shape(self, node: Node, context: Context, shy: bool) -> tuple[Slot | None, ...] | None:
        """Slots of a node's value: () number, (slot,) column, (slot, slot) matrix, None unknown."""
        op = node.op
        if op in ("num",):
            return ()
        if op == "index" and node.args[0].op == "num" and node.args[0].value in (0, 1):
            slots = tuple(size_slot(a) for a in node.args[1:3])
            return None if None in slots else slots
        if op == "sym":
            name = context.resolve(str(node.value), len(node.args))
            if is_sized(name) and not _given(name, context):
                return _sized(name, node.args)
            rank = context.rank(name)
            if rank is None:
                return None
            total = rank + context.family(name)
            if node.args and (dims := _own_size(name, node.args, context)) is not None:
                return tuple(size_slot(d) for d in dims)
            if not node.args and name in context.exampled:
                return tuple((name, k) for k in range(context.family(name), total))
            if name.startswith("b:") and rank == 1 and len(node.args) == 1 and str(node.value).startswith("b:"):
                total = max(total, 2)
            return tuple((name, k) for k in range(len(node.args), total)) if total - len(node.args) in (1, 2) else ()
        if op in ("group", "neg"):
            return self._shape(node.args[0], context, shy)
        if op == "pow":  # W^{-1} and W^n are as large as W, which is square
            inner = self._shape(node.args[0], context, shy)
            return inner if inner is not None and len(inner) == 2 else None
        if op == "transpose":
            inner = self._shape(node.args[0], context, shy)
            if inner is None:
                return None
            return (None, inner[0]) if len(inner) == 1 else tuple(reversed(inner)) if len(inner) == 2 else inner
        if op in ("add", "had"):
            shapes = [self._shape(child, context, shy) for child in node.args]
            full = [s for s in shapes if s]
            if any(
                n.op == "sym" and n.value in IDENTITIES and not n.args and not _given(str(n.value), context)
                for n in node.args
            ):
                for square in full:  # I - K H
                    if len(square) == 2 and None not in square and square[0] != square[1]:
                        self.join(square[0], square[1], shy)  # type: ignore[arg-type]
            for other in full[1:]:
                if len(other) == len(full[0]):
                    for one, two in zip(full[0], other, strict=True):
                        if one is not None and two is not None and one != two:
                            self.join(one, two, shy)
            return full[0] if full else (() if all(s == () for s in shapes) else None)
        if op == "mul":
            return self._product(node, context, shy)
        if op == "big" and node.value.kind == "sum":
            return self._shape(node.args[-1], context, shy)
        if op == "pow":
            return self._power(node, context, shy)
        if op == "frac" and self._shape(node.args[1], context, shy) in ((), None):
            return self._shape(node.args[0], context, shy)
        return () if op in ("abs", "norm") or (op == "call" and node.value in NUMBERS) else None

    def _power(self, node: Node, context: Context, shy: bool) -> tuple[Slot | None, ...] | None:
        """An inverse has the shape of the transpose; any power is square."""
        base, exponent = self._shape(node.args[0], context, shy), node.args[1]
        if base is None or len(base) != 2 or None in base:
            return base
        number = exponent.args[0] if exponent.op == "neg" else exponent
        if number.op != "num":
            return None
        return tuple(reversed(base)) if exponent.op == "neg" else base

    def _product(self, node: Node, context: Context, shy: bool) -> tuple[Slot | None, ...] | None:
        shape: tuple[Slot | None, ...] | None = ()
        for child in node.args:
            right = self._shape(child, context, shy)
            if right is None or shape is None:
                return None
            if right == ():
                continue
            if shape == ():
                shape = right
                continue
            inner = shape[1] if len(shape) == 2 else None
            if len(shape) == 1:  # column times row
                shape = (shape[0], right[1]) if len(right) == 2 and right[0] is None else None
                continue
            if inner is not None and right[0] is not None and inner != right[0]:
                self.join(inner, right[0], shy)
            if shape[0] is None:
                shape = () if len(right) == 1 else (None, right[1])
            else:
                shape = (shape[0],) if len(right) == 1 else (shape[0], right[1])
        return shape


def _own_size(name: str, head: tuple[Node, ...], context: Context) -> tuple[Node, ...] | None:
    """f_1 ∈ ℝ², f_2 ∈ ℝ³: the size of one member of a family whose members are not as long as one another."""
    fact = context.known.get(name)
    shapes = fact.shapes if fact is not None else []
    if len({s.dims for s in shapes if s.head}) < 2:
        return None
    wanted = [canonical(a) for a in head]
    return next((s.dims for s in shapes if [canonical(a) for a in s.head] == wanted), None)


def _given(name: str, context: Context) -> bool:
    fact = context.known.get(name)
    return name in context.definitions or (fact is not None and fact.declared)


def _sized(name: str, subscripts: tuple[Node, ...]) -> tuple[Slot | None, ...] | None:
    """I_n is n by n, 1_n and 0_n are columns; without a size, I changes no product and 1 may have any."""
    slots = tuple(size_slot(a) for a in subscripts[:2])
    if name in IDENTITIES:
        return slots * 2 if len(slots) == 1 and slots[0] is not None else ()
    return None if not slots or None in slots else slots


def _sliced(part: Node, context: Context) -> list[tuple[str, int, Node]]:
    """The slot whose size tells how many rows or columns a matrix, or a product of matrices, has."""
    column, whole = part.value.startswith("col"), part.args[0]
    while whole.op in ("group", "mul", "transpose"):
        column ^= whole.op == "transpose"
        whole = whole.args[-1 if whole.op == "mul" and column else 0]
    return [(context.resolve(str(whole.value)), int(column), whole)] if whole.op == "sym" and not whole.args else []


def _letter(index: Node) -> str:
    return str(index.value) if index.op == "sym" and not index.args else ""


def _whole(exponent: Node, context: Context) -> bool:
    """Whether an exponent counts factors: n in A^n."""
    fact = context.known.get(str(exponent.value)) if exponent.op == "sym" and not exponent.args else None
    return fact is not None and fact.integer


def slots_of_letter(node: Node, letter: str, context: Context) -> list[tuple[str, int, Node]]:
    """(name, slot, symbol) wherever the formula leaves a letter free as a plain index."""
    found: list[tuple[str, int, Node]] = []

    def visit(part: Node) -> None:
        if part.op == "big" and letter in part.value.letters:
            for child in part.args[: int(part.value.has_lower) + int(part.value.has_upper)]:
                visit(child)
            return
        if part.op == "sym" and part.args:
            name = context.resolve(str(part.value), len(part.args))
            for place, index in enumerate(part.args):
                if index.op == "group":
                    index = index.args[0]
                if index.op == "sym" and index.value == letter and not index.args:
                    found.append((name, place, part))
        if part.op == "call" and isinstance(part.value, tuple):
            name, count = part.value
            members = part.args[len(part.args) - count :]
            found.extend((f"{name}()", k, part) for k, a in enumerate(members) if _letter(a) == letter)
        if part.op == "slice" and _letter(part.args[1]) == letter:
            found.extend(_sliced(part, context))
        if part.op == "index":
            for place, index in enumerate(part.args[1:]):
                if index.op == "sym" and index.value == letter:
                    found.append(("", place, part))
        for child in part.args:
            visit(child)

    visit(node)
    return found
