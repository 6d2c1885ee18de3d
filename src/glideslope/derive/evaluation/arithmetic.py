"""Operators on values: sums, products, powers, big operators, matrices, cases, conditions.

Shapes decide what a product means; a name of unknown shape takes that of its neighbours in a sum.
"""

from __future__ import annotations

import itertools
from abc import abstractmethod
from collections.abc import Iterator, Sequence

from glideslope.derive.evaluation import functions, series
from glideslope.derive.evaluation.blocks import OpenBlock, blocks, fitted
from glideslope.derive.evaluation.limits import limit
from glideslope.derive.evaluation.numbers import DomainError, apply, real
from glideslope.derive.evaluation.scope import Bind, Budget, NotUnderstood, Scope
from glideslope.derive.evaluation.values import (
    Eye,
    Mat,
    Ones,
    ShapeClash,
    Value,
    add,
    cross,
    determinant,
    divide,
    elementwise,
    multiply,
    negate,
    norm,  # fmt: skip
    pick,
    power,
    transpose,
)
from glideslope.derive.laws import lawful, probability, transforms
from glideslope.derive.laws.chance import key_of, summed_over
from glideslope.derive.reading import sized
from glideslope.derive.reading.sizes import Sizes
from glideslope.derive.syntax.tree import Node, canonical, walk

__all__ = ["Arithmetic"]

MAX_RANGE = 200


class Arithmetic(Sizes):
    """The operators of an evaluator."""

    unknown: set[str]
    compared: list[tuple[float, float]] | None = None  # numbers that conditions met, where an integral asks for them

    @abstractmethod
    def eval(self, node: Node, bind: Bind, scope: Scope) -> Value:
        """The value of a node."""

    @abstractmethod
    def scalar(self, node: Node, bind: Bind, scope: Scope) -> Value:
        """The value of a node that must be a number."""

    def truth(self, node: Node, bind: Bind, scope: Scope) -> bool:
        """Whether a condition is true."""
        if node.op == "and":
            return all(self.truth(child, bind, scope) for child in node.args)
        if node.op == "num":
            return bool(node.value)
        if node.op == "member":  # of a set the text leaves open: some of the indices, never none
            k = self.whole(node.args[0], bind, scope)
            return k == 1 or self.world.unit("member", node.value, k) > 0.4
        if node.op == "among":
            mine = real(self.scalar(node.args[0], bind, scope))
            return any(abs(real(self.scalar(m, bind, scope)) - mine) < 1e-9 for m in node.args[1:])
        if node.op != "rel":
            raise NotUnderstood("a condition")
        a, b = (real(self.scalar(side, bind, scope)) for side in node.args)
        if self.compared is not None:
            self.compared.append((a, b))
        near = abs(a - b) <= 1e-12 * max(1.0, abs(a), abs(b))
        table = {
            "=": near,
            "!=": not near,
            "<": a < b and not near,
            ">": a > b and not near,
            "<=": a < b or near,
            ">=": a > b or near,
        }
        if node.value not in table:
            raise NotUnderstood("a condition")
        return table[node.value]

    def add(self, node: Node, bind: Bind, scope: Scope) -> Value:
        """Sum; a name of unknown shape takes the shape of its neighbours."""
        values = [self.eval(child, bind, scope) for child in node.args]
        first = None
        for value in values:
            if isinstance(value, Mat):
                first = value
                break
        if first is not None:
            for k, child in enumerate(node.args):
                if (
                    child.op == "sym"
                    and not isinstance(values[k], Mat)
                    and (adopted := self._adopt(child, first, bind, scope)) is not None
                ):
                    values[k] = adopted
        total: Value = values[0] if node.value[0] > 0 else negate(values[0])
        for sign, value in zip(node.value[1:], values[1:], strict=True):
            total = add(total, value if sign > 0 else negate(value))
        return total

    def _adopt(self, child: Node, like: Mat, bind: Bind, scope: Scope) -> Value | None:
        name = self.context.resolve(str(child.value), len(child.args))
        fact = self.context.known.get(name)
        if (
            name in bind
            or name in self.context.definitions
            or self.context.rank(name) is not None
            or (fact is not None and fact.declared)
        ):
            return None
        if name in ("1", "e", "\\pi", "I") or name in self.world.integers or name in scope.frozen:
            return None
        indices = tuple(self.index(arg, bind, scope) for arg in child.args)
        shape = (like.rows,) if like.cols == 1 else (like.rows, like.cols)
        if fact is not None and fact.lettered and fact.lettered == len(indices):
            return None
        self.world.shapes[(name, indices)] = shape
        self.local = True
        self.provisional += 1
        outer: Scope | None = scope
        while outer is not None:
            outer.cache.pop((name, indices), None)
            outer = outer.parent
        return self.value(name, indices, scope)

    def mul(self, node: Node, bind: Bind, scope: Scope) -> Value:
        """Product from the left; where shapes do not meet, from the right (A xᵀy)."""
        if self.context.products and (body := self.context.products.get(canonical(node))) is not None:
            return self.eval(body, bind, scope)
        try:
            values = [self.eval(child, bind, scope) for child in node.args]
        except OpenBlock:
            values = fitted(self, node.args, bind, scope)
        try:
            return self._fold(values, node.value)
        except ShapeClash:
            if len(values) < 3:
                raise
            result = values[-1]
            for value, op in zip(reversed(values[:-1]), reversed(node.value[1:]), strict=True):
                result = multiply(value, result, dot=op == "cdot")
            return result

    def _fold(self, values: list[Value], ops: tuple[str, ...]) -> Value:
        result = values[0]
        for value, op in zip(values[1:], ops[1:], strict=True):
            if op == "times" and isinstance(result, Mat) and isinstance(value, Mat):
                result = cross(result, value) if result.cols == 1 and value.cols == 1 else multiply(result, value)
            else:
                result = multiply(result, value, dot=op == "cdot")
        return result

    def frac(self, node: Node, bind: Bind, scope: Scope) -> Value:
        """Quotient."""
        return divide(self.eval(node.args[0], bind, scope), self.eval(node.args[1], bind, scope))

    def pow(self, node: Node, bind: Bind, scope: Scope) -> Value:
        """Power."""
        exponent = self.eval(node.args[1], bind, scope)
        return power(self.eval(node.args[0], bind, scope), exponent)

    def transpose(self, node: Node, bind: Bind, scope: Scope) -> Value:
        """Transpose, or a power with exponent T where the base is a number and T a whole number."""
        inner = node.args[0]
        while inner.op == "group":
            inner = inner.args[0]
        if inner.op == "tuple":  # (a, b)ᵀ is how a column is printed in a line
            return self.eval(inner, bind, scope)
        value = self.eval(inner, bind, scope)
        plain = node.value == "letter" and not isinstance(value, Mat | Eye | Ones) and not self._is_gradient(inner)
        if plain and ("T" in bind or "T" in self.world.integers or "T" in self.context.integers):
            return power(value, self.eval(Node("sym", (), "T"), bind, scope))
        return transpose(value)

    def _is_gradient(self, node: Node) -> bool:
        """A gradient is not raised to a power, nor is what the text calls one: in $g_t^T x$ with $g_t = \\nabla f(x_t)$ it is transposed."""
        if node.op == "grad":
            return True
        held = self.context.definitions.get(self.context.resolve(str(node.value)), ()) if node.op == "sym" else ()
        return bool(held) and all(d.body.op == "grad" for d in held)

    def big(self, node: Node, bind: Bind, scope: Scope) -> Value:
        """Sum, product, extremum over index letters; definite integral. Each is worked out once for the letters it depends on."""
        key = self._kept_under(node, bind)
        if key is None:
            return self._gathered(node, bind, scope)
        kept = scope.sums.get(key)
        if kept is not None:
            scope.hit |= kept[2]
            return kept[1]
        before, scope.hit = scope.hit, False
        provisional = self.provisional
        value = self._gathered(node, bind, scope)
        if provisional == self.provisional:
            scope.sums[key] = node, value, scope.hit
        scope.hit |= before
        return value

    def _kept_under(self, node: Node, bind: Bind) -> tuple[object, ...] | None:
        """The node and the values of the letters in it; None where its value may rest on more than whole numbers."""
        names = self.reading.mentioned(node)
        key: list[object] = [id(node), self.provisional]
        for name, value in bind.items():
            if names is None or name in names:
                if type(value) is not int:
                    return None
                key.append((name, value))
            elif name[0] in "◦[" or name.startswith("b:"):  # read by another name than the one written
                return None
        return None if self.context.products else tuple(key)

    def _gathered(self, node: Node, bind: Bind, scope: Scope) -> Value:
        """The terms of a big operator, put together."""
        binder = node.value
        if binder.kind.startswith("lim"):
            return limit(self, node, bind, scope)  # type: ignore[arg-type]
        if binder.kind == "int" and not self._by_chance(node):
            support = None
            if self.context.by_law is not None and not binder.has_lower:
                support = transforms.limits(self, binder.letters[0], bind, scope)  # type: ignore[arg-type]
            return series.integral(self, node, bind, scope, support)
        body = node.args[-1]
        conditions = node.args[int(binder.has_lower) + int(binder.has_upper) : -1]
        total: Value = None
        for place in self.places(node, bind, scope):
            inner = {**bind, **place}
            if conditions and not all(self.truth(c, inner, scope) for c in conditions):
                continue
            value = self.eval(body, inner, scope)
            total = value if total is None else series.combine(binder.kind, total, value)
        if total is not None:
            return total
        if binder.kind in ("max", "min"):
            raise DomainError("an extremum over nothing")
        return 1 if binder.kind == "prod" else 0

    def count(self, node: Node, bind: Bind, scope: Scope) -> Value:
        """How many terms a sum has; whether a mean over them was meant is a guess."""
        self.unknown.add("E")
        total = node.args[0]
        conditions = total.args[int(total.value.has_lower) + int(total.value.has_upper) : -1]
        places = ({**bind, **place} for place in self.places(total, bind, scope))
        return sum(all(self.truth(c, inner, scope) for c in conditions) for inner in places)

    def _by_chance(self, node: Node) -> bool:
        """Whether a sum or an integral runs over the values of a random variable."""
        held = self.chances.get(id(node))
        if held is None:
            body, letters = node.args[-1], node.value.letters
            names = [summed_over(body, x, self.context) for x in letters]
            held = self.chances[id(node)] = (node, all(names))
            if node.value.kind == "int" and self.context.by_law is not None:
                held = self.chances[id(node)] = (node, all(names) and not any(self.has_law(name) for name in names))
        return bool(held[1])

    def has_law(self, name: str) -> bool:
        """Whether a variable has a law in this reading."""
        return lawful.law_of(self, key_of(name, ())) is not None  # type: ignore[arg-type]

    def places(self, node: Node, bind: Bind, scope: Scope) -> Iterator[Bind]:
        """What the letters of a big operator stand for, place by place."""
        binder = node.value
        if self._by_chance(node):
            return probability.all_states(self, node, bind, scope)  # type: ignore[arg-type]
        if (found := self._over_values(node, bind, scope)) is not None:
            return iter(found)
        if binder.has_lower:
            low = self.whole(node.args[0], bind, scope)
            if binder.has_upper:
                top = self.eval(node.args[1], bind, scope)
                if isinstance(top, float) and top == float("inf"):
                    return series.endless(self, node, bind, scope, low)
                high = self.last(node.args[1], bind, scope)
                if high - low > MAX_RANGE:
                    raise Budget("a sum with too many terms")
                ranges = [range(low, high + 1)] * len(binder.letters)
            else:
                ranges = [
                    range(low, (self._implicit(node, letter, scope, bind) or range(1)).stop)
                    for letter in binder.letters
                ]
        else:
            ranges = [self._implicit(node, letter, scope, bind) for letter in binder.letters]
        if len(ranges) == 1:
            return ({binder.letters[0]: k} for k in ranges[0])
        return (
            {letter: k for letter, k in zip(binder.letters, place, strict=True)} for place in itertools.product(*ranges)
        )

    def _implicit(self, node: Node, letter: str, scope: Scope, bind: Bind) -> range:
        """What the index of a sum without limits runs over."""
        key = (id(node), letter)
        found = self.plain_ranges.get(key)
        if found is None:
            inside, partner = self.reading.inside(node), _partner(node, letter)
            found = self._searched(inside, letter, partner, scope, bind)
            if not self._varies(inside, letter) and (partner is None or not self._varies(inside, partner)):
                self.plain_ranges[key] = found  # no size here changes with another index
        return found

    def _varies(self, inside: Node, letter: str) -> bool:
        """Whether a slot the letter indexes may have another size in another member of a family."""
        return any(self.reading.members(part, name) for name, _, part in self.reading.slots(inside, letter) if name)

    def _searched(self, inside: Node, letter: str, partner: str | None, scope: Scope, bind: Bind) -> range:
        found = self.letter_range(inside, letter, scope, bind)
        if found is None and partner is not None:
            found = self.letter_range(inside, partner, scope, bind)
        if (
            found is None
            and any(n.op == "sym" and n.args for n in walk(inside))
            and not any(n.op == "sym" and n.value == letter for n in walk(inside))
        ):
            return range(
                1, self.world.size(f"over {letter}") + 1
            )  # a sum whose index occurs nowhere: each term the same
        if found is None and (family := _numbered(inside, letter)):
            return range(1, self.world.size(f"members of {family}") + 1)
        if found is None:
            raise NotUnderstood(f"the range of the sum over {letter}")
        return found

    def _over_values(self, node: Node, bind: Bind, scope: Scope) -> list[Bind] | None:
        """A letter that indexes nothing and stands in arguments runs over a few values."""
        letters = node.value.letters
        if node.value.has_lower or len(letters) != 1 or letters[0] in bind:
            return None
        letter, body = letters[0], node.args[-1]
        if self.reading.slots(body, letter) or letter in self.context.ranges:
            return None
        named = [
            n
            for n in walk(body)
            if n.op in ("call", "opaque") and any(a.op == "sym" and a.value == letter for a in _arguments(n))
        ]
        if not named or any(n.op == "call" and n.value in functions.ELEMENTARY for n in named):
            return None
        return [{letter: self.world.leaf(f"{letter}◦", (k,), None)} for k in range(1, 4)]

    def pick_index(self, node: Node, bind: Bind, scope: Scope) -> Value:
        """An entry of an expression, [XW]_{ij}."""
        if node.args[0].op == "num" and node.args[0].value in (0, 1):  # 0_n, 1_n, 0_{n,m}: filled with it
            return sized.filled(float(node.args[0].value), tuple(self.index(arg, bind, scope) for arg in node.args[1:]))
        whole = self.eval(node.args[0], bind, scope)
        return pick(whole, tuple(self.index(arg, bind, scope) for arg in node.args[1:]))

    def matrix(self, node: Node, bind: Bind, scope: Scope) -> Value:
        """A matrix of numbers or of blocks."""
        rows, cols = node.value
        cells = [self.eval(child, bind, scope) for child in node.args]
        if any(isinstance(c, Mat | Eye | Ones) for c in cells):
            return blocks(cells, rows, cols)
        return Mat(rows, cols, cells) if rows * cols > 1 else cells[0]

    def listed_values(self, items: Sequence[Node], bind: Bind, scope: Scope) -> list[Value]:
        """The values of a list; an item that runs over a letter gives one for each of its places."""
        found: list[Value] = []
        for item in items:
            if item.op == "big" and item.value.kind == "run":
                places = self.places(item, bind, scope)
                found.extend([self.eval(item.args[-1], {**bind, **place}, scope) for place in places])
            else:
                found.append(self.eval(item, bind, scope))
        return found

    def dotted(self, node: Node, bind: Bind, scope: Scope) -> Value:
        """A matrix written with dots: runs of rows, and of entries within a row."""
        rows: list[list[Value]] = []
        for line in node.args:
            if line.op == "big":
                places = self.places(line, bind, scope)
                rows.extend(self.listed_values(line.args[-1].args, {**bind, **place}, scope) for place in places)
            else:
                rows.append(self.listed_values(line.args, bind, scope))
        width = len(rows[0]) if rows else 0
        if not width or any(len(row) != width for row in rows):
            raise NotUnderstood("dots that show no pattern")
        cells = [cell for row in rows for cell in row]
        if any(isinstance(c, Mat | Eye | Ones) for c in cells):
            return blocks(cells, len(rows), width)
        return Mat(len(rows), width, cells)

    def tuple(self, node: Node, bind: Bind, scope: Scope) -> Value:
        """(a, b, c) is a column; its members may be columns."""
        cells: list[Value] = []
        for value in self.listed_values(node.args, bind, scope):
            cells.extend(value.data if isinstance(value, Mat) else [value])
        return Mat(len(cells), 1, cells)

    def cases(self, node: Node, bind: Bind, scope: Scope) -> Value:
        """The first value whose condition is true."""
        for k in range(0, len(node.args), 2):
            if self.truth(node.args[k + 1], bind, scope):
                return self.eval(node.args[k], bind, scope)
        raise DomainError("no case applies")

    def absolute(self, node: Node, bind: Bind, scope: Scope) -> Value:
        """|x|: modulus, determinant of a square matrix, length of a vector."""
        value = self.eval(node.args[0], bind, scope)
        if isinstance(value, Mat):
            return determinant(value) if value.rows == value.cols else norm(value, "2")
        return elementwise(value, lambda x: apply("abs", x))


def _arguments(node: Node) -> tuple[Node, ...]:
    """What stands in the brackets of a call: of ℓ_i(θ) only θ."""
    count = node.value[1] if isinstance(node.value, tuple) else 0
    return node.args[: len(node.args) - count]


def _numbered(node: Node, letter: str) -> str:
    """The functions a letter numbers, as i those of ℓ_i(θ)."""
    calls = [n for n in walk(node) if n.op == "call" and isinstance(n.value, tuple)]
    indexed = (n for n in calls if any(a.op == "sym" and a.value == letter for a in n.args[len(_arguments(n)) :]))
    return next((str(n.value[0]) for n in indexed), "")


def _partner(node: Node, letter: str) -> str | None:
    """The letter a condition such as j ≠ i compares with."""
    for condition in node.args[int(node.value.has_lower) + int(node.value.has_upper) : -1]:
        sides = [str(side.value) for side in condition.args if side.op == "sym" and not side.args]
        if condition.op == "rel" and letter in sides and len(sides) == 2:
            return next((s for s in sides if s != letter), None)
    return None
