r"""The value of a formula in one world: symbols to leaves or definitions, operators to arithmetic.

$C = -\sum_i y_i \ln a_i$ asks for $a_1$, whose definition asks for $z_1, \dots, z_n$, which are drawn from the world.
A `Scope` holds what is perturbed while a derivative is taken (see `calculus`) and caches what does not change with it.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from glideslope.derive import calculus, functions
from glideslope.derive.context import Context, Definition, match_indices
from glideslope.derive.dimensions import Dimensions, slots_of_letter
from glideslope.derive.numbers import DomainError, apply, real
from glideslope.derive.sample import World
from glideslope.derive.scope import Bind, Budget, NotUnderstood, Scope
from glideslope.derive.structure import structured
from glideslope.derive.tree import Node, canonical, walk
from glideslope.derive.values import (
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
    hadamard,
    kron,
    multiply,  # fmt: skip
    negate,
    norm,
    pick,
    power,
    stack,
    transpose,
)

__all__ = ["Budget", "Evaluator", "NotUnderstood", "Scope"]

MAX_RANGE = 200


class Evaluator:
    """Evaluates trees in one world under one reading of the context."""

    def __init__(
        self,
        context: Context,
        world: World,
        dimensions: Dimensions,
        use: Callable[[Definition], bool] | None = None,
        layout: str = "mixed",
        budget: int = 400_000,
    ) -> None:
        self.context = context
        self.world = world
        self.dimensions = dimensions
        self.use = use or (lambda d: True)
        self.complete = use is None  # every definition may be used: what is not reached does not depend
        self.layout = layout
        self.budget = budget
        self.depth = 0
        self.unknown: set[str] = set()
        self.guessed: set[str] = set()
        self.primed: set[str] = set()
        self.outer: Bind = {}  # the free letters of the claim, for definitions that leave them free too
        self.busy: set[tuple[str, tuple[object, ...]]] = set()

    # -- the walk ---------------------------------------------------------------------------------------------------

    def eval(self, node: Node, bind: Bind, scope: Scope) -> Value:
        """The value of a node.

        Raises:
            NotUnderstood, ShapeClash, DomainError, Budget.
        """
        self.budget -= 1
        if self.budget < 0:
            raise Budget("budget")
        method = _EVALUATE.get(node.op)
        if method is None:
            raise NotUnderstood(f"no meaning for {node.op}")
        self.depth += 1
        if self.depth > 240:
            raise Budget("definitions nested too deeply")
        try:
            return method(self, node, bind, scope)
        finally:
            self.depth -= 1

    def scalar(self, node: Node, bind: Bind, scope: Scope) -> Any:
        """The value of a node that must be a number."""
        value = self.eval(node, bind, scope)
        if isinstance(value, Mat | Eye | Ones):
            raise NotUnderstood("a matrix where a number belongs")
        return value

    # -- symbols ----------------------------------------------------------------------------------------------------

    def sym(self, node: Node, bind: Bind, scope: Scope) -> Value:
        """A symbol: bound letter, parameter, constant, definition or leaf."""
        name = str(node.value)
        if not node.args:
            if name in bind:
                return bind[name]
            if name in self.world.integers:
                return self.world.integers[name]
        indices = tuple(self.index(arg, bind, scope) for arg in node.args)
        if name in bind:
            return pick(bind[name], indices)
        if name.startswith("b:") is False and ("b:" + name) in bind and indices:
            return pick(bind["b:" + name], indices)
        if indices and "[" in bind and (key := canonical(node)) in bind:
            return bind[key]
        count = 2 if len(indices) == 1 and isinstance(indices[0], int) and 11 <= indices[0] <= 99 else len(indices)
        resolved = self.context.resolve(name, count)
        if resolved == name and name.startswith("b:") and len(indices) == 1 and self._is_member(name):
            resolved = name + "·"
        return self.value(resolved, indices, scope)

    def _is_member(self, name: str) -> bool:
        """**x**_0 is another vector, where nothing declares **x**'s indices."""
        fact = self.context.known.get(name)
        return self.context.rank(name) == 1 and not self.context.family(name) and name not in self.context.definitions and not (
            fact is not None and any(s.head for s in fact.shapes))

    def index(self, node: Node, bind: Bind, scope: Scope) -> object:
        """An index: a whole number, or a label when the letter stands for nothing."""
        if node.op == "group":
            return self.index(node.args[0], bind, scope)
        if node.op == "num":
            return node.value
        if node.op == "sym" and not node.args:
            name = str(node.value)
            found = bind.get(name, self.world.integers.get(name, self.outer.get(name)))
            if found is None:
                if name in self.context.integers or (name in self.context.definitions and name in self.context.ranges):
                    return self.whole(node, bind, scope)
                return name
            return found if isinstance(found, int) else int(real(found)) if not isinstance(found, Mat) and real(found) == int(real(found)) else name
        if node.op == "tuple":
            return canonical(node)
        return self.whole(node, bind, scope)

    def whole(self, node: Node, bind: Bind, scope: Scope) -> int:
        """The value of a node that must be a whole number."""
        value = self.scalar(node, bind, scope)
        number = real(value)
        if abs(number) == float("inf"):
            raise NotUnderstood("an infinite index")
        if abs(number - round(number)) > 1e-9 or abs(number) > 1e9:
            raise NotUnderstood("an index that is no whole number")
        return round(number)

    def value(self, name: str, indices: tuple[object, ...], scope: Scope) -> Value:
        """The value of a quantity, through its definition when it has one."""
        while scope.frozen and not any(self.depends(name, f) for f in scope.frozen):
            assert scope.parent is not None
            scope = scope.parent
        key = (name, indices)
        if key in scope.cache:
            if scope.frozen:
                scope.hit = True
            return scope.cache[key]
        if name in scope.frozen:
            result = calculus.perturbed(self, name, indices, scope)
        else:
            result = self.meaning(name, indices, scope)
        scope.cache[key] = result
        return result

    def depends(self, name: str, on: str) -> bool:
        """Whether one quantity can change with another, remembered for the world."""
        key = ("depends", name, on)
        found = self.world.arrays.get(key)
        if found is None:
            found = self.world.arrays[key] = self.context.depends(name, on)
        return bool(found)

    def meaning(self, name: str, indices: tuple[object, ...], scope: Scope) -> Value:
        """The value of a quantity through its definition, a constant's meaning, or a leaf."""
        key = (name, indices)
        if key not in self.busy:
            for definition in sorted(self.context.lookup(name, "symbol"), key=lambda d: len(d.head) != len(indices)):
                if not self.use(definition):
                    continue
                self.busy.add(key)
                try:
                    found = self._unfold(definition, indices, scope)
                finally:
                    self.busy.discard(key)
                if found is not None:
                    return found
        if not indices and (alone := functions.alone(self, name, scope)) is not None:
            return alone
        constant = functions.constant(self, name, indices)
        return self.leaf(name, indices, scope) if constant is None else constant

    def _unfold(self, definition: Definition, indices: tuple[object, ...], scope: Scope) -> Value | None:
        head, count = definition.head, len(indices)
        if any(isinstance(i, int) and not 1 <= i <= 8 for i in indices) and self._recursive(definition) and not all(h.op == "num" for h in head):
            return None
        if len(head) <= count:
            bound = match_indices(head, indices[: len(head)], self.world.integers, self.context.bound)
            if bound is None or not self._holds(definition.conditions, bound, scope):
                return None
            whole = self.eval(definition.body, bound, scope)
            if indices[len(head) :] and not isinstance(whole, Mat | Eye | Ones):
                return None  # x_0 is another quantity than the number x
            return pick(whole, indices[len(head) :])
        rest = head[count:]
        if not all(h.op == "sym" and not h.args and str(h.value) not in self.world.integers for h in rest) or len(rest) > 2:
            return None
        if match_indices(head[:count], indices, self.world.integers, self.context.bound) is None:
            return None
        sizes = [self.slot_size(definition.name, indices, count + k, scope) for k in range(len(rest))]
        return self._assemble(definition.name, indices, sizes, scope)

    def _holds(self, conditions: tuple[Node, ...], bind: Bind, scope: Scope) -> bool:
        return all(self.truth(condition, bind, scope) for condition in conditions)

    def _recursive(self, definition: Definition) -> bool:
        return any(n.op == "sym" and n.value == definition.name for n in walk(definition.body)) or self.context.depends(
            definition.name + "\0", definition.name
        ) or any(self.depends(str(n.value), definition.name) for n in walk(definition.body) if n.op == "sym" and n.value != definition.name and n.args)

    def _assemble(self, name: str, indices: tuple[object, ...], sizes: list[int], scope: Scope) -> Mat:
        cells = [self.value(name, (*indices, *place), scope) for place in itertools.product(*(range(1, n + 1) for n in sizes))]
        if len(sizes) == 1:
            return stack(cells)
        return Mat(sizes[0], sizes[1], cells)

    def leaf(self, name: str, indices: tuple[object, ...], scope: Scope) -> Value:
        """A free quantity: a number, a column or a matrix of leaves."""
        fact = self.context.known.get(name)
        adopted = self.world.shapes.get((name, indices))
        if adopted is not None:
            return self._array(name, indices, adopted)
        rank = self.context.rank(name)
        family = self.context.family(name)
        if name.endswith("·"):
            return self._array(name, indices, (self.slot_size(name[:-1], (), 0, scope),))
        if name.startswith("b:") and rank == 1 and len(indices) == 1 and family == 0 and name in self.context.definitions:
            family = 1
        if rank is None or rank == 0:
            if rank is None and (fact is None or not fact.declared):
                self.guessed.add(name)
            return self.world.leaf(name, indices, fact)
        if rank == 2 and len(indices) == family + 1 and isinstance(indices[-1], int) and indices[-1] > 10:
            indices = (*indices[:-1], indices[-1] // 10, indices[-1] % 10)
        missing = rank + family - len(indices)
        if missing < 0 or missing > 2 or (missing > rank):
            if missing > rank:
                self.guessed.add(name)
                sizes = tuple(self.slot_size(name, indices, len(indices) + k, scope) for k in range(rank))
                return self._array(name, indices, sizes)
            if missing < 0 and fact is not None and fact.shapes:
                self.unknown.add(name)  # more indices than the declaration has slots
            return self.world.leaf(name, indices, fact)
        head, tail = indices[:family], indices[family:]
        if not tail or (fact is not None and fact.structure):
            if len(tail) and not all(isinstance(t, int) for t in tail):
                return self.world.leaf(name, indices, fact)
            sizes = tuple(self.slot_size(name, head, family + k, scope) for k in range(rank))
            whole = self._array(name, head, sizes)
            if all(1 <= t <= n for t, n in zip(tail, sizes, strict=False)):
                return pick(whole, tail)
            return self.world.leaf(name, indices, fact)
        if missing == 0:
            if fact is not None and fact.shapes and tail[-1] == 0:
                self.unknown.add(name)  # β_0 beside a declared vector β
            return self.world.leaf(name, indices, fact)
        self.unknown.add(name)  # one index on a matrix: a row, or another matrix
        width = self.slot_size(name, head, family + 1, scope)
        return Mat(1, width, [self.world.leaf(name, (*indices, j), fact) for j in range(1, width + 1)])

    def _array(self, name: str, head: tuple[object, ...], sizes: tuple[int, ...]) -> Value:
        key = ("array", name, head, sizes)
        found = self.world.arrays.get(key)
        if found is None:
            fact = self.context.known.get(name)
            cells = [self.world.leaf(name, (*head, *place), fact) for place in itertools.product(*(range(1, n + 1) for n in sizes))]
            found = Mat(sizes[0], sizes[1] if len(sizes) == 2 else 1, cells)
            if fact is not None and fact.structure:
                found = structured(found, fact.structure, self.world.unit("choice", name, head))
                for place, cell in zip(itertools.product(*(range(1, n + 1) for n in sizes)), found.data, strict=True):
                    self.world.leaves[(name, (*head, *place))] = cell
            self.world.arrays[key] = found
        return found

    # -- sizes ------------------------------------------------------------------------------------------------------

    def slot_size(self, name: str, head: tuple[object, ...], place: int, scope: Scope) -> int:
        """The size of a slot: declared, or that of its class, or that of the value the definition gives."""
        key = ("size", name, head, place)
        found = self.world.arrays.get(key)
        if found is None:
            self.world.arrays[key] = 0
            found = self._slot_size(name, head, place, scope)
            self.world.arrays[key] = found
        if not found:
            return self.world.size(repr(self.dimensions.find((name, place))))
        return int(found)  # type: ignore[call-overload]

    def _slot_size(self, name: str, head: tuple[object, ...], place: int, scope: Scope) -> int:
        declared = self._declared_size(name, head, place)
        if declared is not None:
            return declared
        for definition in self.context.lookup(name, "symbol"):
            if self.use(definition) and len(definition.head) <= place and match_indices(definition.head, head[: len(definition.head)], {}, self.context.bound) is not None:
                try:
                    whole = self.value(name, head[: len(definition.head)], scope)
                except (NotUnderstood, ShapeClash, DomainError):
                    break
                shape = (whole.rows, whole.cols) if isinstance(whole, Mat) else ()
                k = place - len(definition.head)
                if k < len(shape):
                    return int(shape[k])
        root = self.dimensions.find((name, place))
        for other in self._class_members(root):
            if other[0].startswith("#"):
                return self.dim(Node("sym", (), other[0][1:]), {})
            declared = self._declared_size(other[0], (), other[1])
            if declared is not None:
                return declared
        for definition in self.context.lookup(name, "symbol"):
            if len(definition.head) > place and definition.head[place].op == "sym":
                bound = match_indices(definition.head[: len(head)], head, {}, self.context.bound) or {}
                for other_name, slot, part in slots_of_letter(definition.body, str(definition.head[place].value), self.context):
                    if other_name and (other_name, slot) != (name, place):
                        return self.slot_size(other_name, self._family_of(part, other_name, bound, scope), slot, scope)
        return self.world.size(repr(root))

    def _class_members(self, root: tuple[str, int]) -> list[tuple[str, int]]:
        table = self.world.arrays.get(("classes",))
        if table is None:
            built: dict[tuple[str, int], list[tuple[str, int]]] = {}
            for slot in [*self.dimensions.parent, *self.dimensions.parent.values()]:
                built.setdefault(self.dimensions.find(slot), []).append(slot)
            table = self.world.arrays[("classes",)] = built
        return table.get(root, [root])  # type: ignore[attr-defined, no-any-return]

    def _declared_size(self, name: str, head: tuple[object, ...], place: int) -> int | None:
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
            return int(node.value)
        if node.op == "sym":
            name = str(node.value)
            if not node.args and name in bind:
                return int(bind[name])
            if name in self.context.definitions and not node.args:
                return self.whole(node, {}, Scope())
            indices = tuple(self.index(a, bind, Scope()) for a in node.args)
            return self.world.integers.setdefault(name, self.world.size(name)) if not indices else self.world.size(f"{name}{indices}")
        if node.op in ("add", "mul", "group", "frac", "neg"):
            return self.whole(node, bind, Scope())
        raise NotUnderstood("a size that is no number")

    def letter_range(self, node: Node, letter: str, scope: Scope, bind: Bind | None = None) -> range | None:
        """The values an index letter takes: declared, or the size of a slot it indexes."""
        declared = self.context.ranges.get(letter)
        slots = [(name, place, self._family_of(part, name, bind or {}, scope)) for name, place, part in slots_of_letter(node, letter, self.context) if name]
        for name, place, head in slots:
            if (size := self._declared_size(name, head, place)) is not None:
                return range(1, size + 1)
        if declared is not None:
            low, high = (self.whole(side, {}, scope) for side in declared)
            return range(low, high + 1)
        for name, place, head in slots:
            if self.context.rank(name) or self.context.definitions.get(name):
                return range(1, self.slot_size(name, head, place, scope) + 1)
        return range(1, self.slot_size(slots[0][0], slots[0][2], slots[0][1], scope) + 1) if slots else None

    def _family_of(self, part: Node, name: str, bind: Bind, scope: Scope) -> tuple[object, ...]:
        """The values of the family indices on a symbol, as far as they are bound."""
        count = self.context.family(name)
        if not count:
            definition = next(self.context.lookup(name, "symbol"), None)
            count = len(definition.head) if definition is not None and len(definition.head) < len(part.args) else 0
        found: list[object] = []
        for arg in part.args[:count]:
            if any(n.op == "sym" and not n.args and str(n.value) not in bind and str(n.value) not in self.world.integers for n in walk(arg)):
                return ()
            found.append(self.index(arg, bind, scope))
        return tuple(found)

    # -- operators --------------------------------------------------------------------------------------------------

    def truth(self, node: Node, bind: Bind, scope: Scope) -> bool:
        """Whether a condition is true."""
        if node.op == "and":
            return all(self.truth(child, bind, scope) for child in node.args)
        if node.op == "num":
            return bool(node.value)
        if node.op == "among":
            mine = real(self.scalar(node.args[0], bind, scope))
            return any(abs(real(self.scalar(m, bind, scope)) - mine) < 1e-9 for m in node.args[1:])
        if node.op != "rel":
            raise NotUnderstood("a condition")
        a, b = (real(self.scalar(side, bind, scope)) for side in node.args)
        near = abs(a - b) <= 1e-12 * max(1.0, abs(a), abs(b))
        table = {"=": near, "!=": not near, "<": a < b and not near, ">": a > b and not near, "<=": a < b or near, ">=": a > b or near}
        if node.value not in table:
            raise NotUnderstood("a condition")
        return table[node.value]

    def add(self, node: Node, bind: Bind, scope: Scope) -> Value:
        """Sum; a name of unknown shape takes the shape of its neighbours."""
        values = []
        for child in node.args:
            values.append(self.eval(child, bind, scope))
        first = next((v for v in values if isinstance(v, Mat)), None)
        if first is not None:
            for k, child in enumerate(node.args):
                if child.op == "sym" and not isinstance(values[k], Mat) and (adopted := self._adopt(child, first, bind, scope)) is not None:
                    values[k] = adopted
        total: Value = values[0] if node.value[0] > 0 else negate(values[0])
        for sign, value in zip(node.value[1:], values[1:], strict=True):
            total = add(total, value if sign > 0 else negate(value))
        return total

    def _adopt(self, child: Node, like: Mat, bind: Bind, scope: Scope) -> Value | None:
        name = self.context.resolve(str(child.value), len(child.args))
        fact = self.context.known.get(name)
        if name in bind or name in self.context.definitions or self.context.rank(name) is not None or (fact is not None and fact.declared):
            return None
        if name in ("1", "e", "\\pi", "I") or name in self.world.integers or name in scope.frozen:
            return None
        indices = tuple(self.index(arg, bind, scope) for arg in child.args)
        shape = (like.rows,) if like.cols == 1 else (like.rows, like.cols)
        if fact is not None and fact.lettered and fact.lettered == len(indices):
            return None
        self.world.shapes[(name, indices)] = shape
        outer: Scope | None = scope
        while outer is not None:
            outer.cache.pop((name, indices), None)
            outer = outer.parent
        return self.value(name, indices, scope)

    def mul(self, node: Node, bind: Bind, scope: Scope) -> Value:
        """Product from the left; where shapes do not meet, from the right (A xᵀy)."""
        if self.context.products and (body := self.context.products.get(canonical(node))) is not None:
            return self.eval(body, bind, scope)
        values = [self.eval(child, bind, scope) for child in node.args]
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
        if node.value == "letter" and not isinstance(value, Mat | Eye | Ones):
            if "T" in bind or "T" in self.world.integers or "T" in self.context.integers:
                exponent = self.eval(Node("sym", (), "T"), bind, scope)
                return power(value, exponent)
        return transpose(value)

    def big(self, node: Node, bind: Bind, scope: Scope) -> Value:
        """Sum, product, extremum over index letters; definite integral."""
        binder = node.value
        if binder.kind == "int":
            return functions.integral(self, node, bind, scope)
        body = node.args[-1]
        conditions = node.args[int(binder.has_lower) + int(binder.has_upper) : -1]
        total: Value = None
        for place in self._places(node, bind, scope):
            inner = {**bind, **place}
            if conditions and not all(self.truth(c, inner, scope) for c in conditions):
                continue
            value = self.eval(body, inner, scope)
            total = value if total is None else functions.combine(binder.kind, total, value)
        if total is not None:
            return total
        if binder.kind in ("max", "min"):
            raise DomainError("an extremum over nothing")
        return 0 if binder.kind == "sum" else 1

    def _places(self, node: Node, bind: Bind, scope: Scope) -> Any:
        binder = node.value
        if binder.has_lower:
            low = self.whole(node.args[0], bind, scope)
            if binder.has_upper:
                top = self.eval(node.args[1], bind, scope)
                if isinstance(top, float) and top == float("inf"):
                    return functions.endless(self, node, bind, scope, low)
                high = self.whole(node.args[1], bind, scope)
                if high - low > MAX_RANGE:
                    raise Budget("a sum with too many terms")
                ranges = [range(low, high + 1)] * len(binder.letters)
            else:
                ranges = [range(low, (self._implicit(node, letter, scope, bind) or range(1)).stop) for letter in binder.letters]
        else:
            ranges = [self._implicit(node, letter, scope, bind) for letter in binder.letters]
        return ({letter: k for letter, k in zip(binder.letters, place, strict=True)} for place in itertools.product(*ranges))

    def _implicit(self, node: Node, letter: str, scope: Scope, bind: Bind) -> range:
        inside = Node("tuple", node.args[int(node.value.has_lower) + int(node.value.has_upper) :])
        found = self.letter_range(inside, letter, scope, bind)
        partner = _partner(node, letter)
        if found is None and partner is not None:
            found = self.letter_range(inside, partner, scope, bind)
        if found is None and any(n.op == "sym" and n.args for n in walk(inside)) and not any(n.op == "sym" and n.value == letter for n in walk(inside)):
            return range(1, self.world.size(f"over {letter}") + 1)  # a sum whose index occurs nowhere: each term the same
        if found is None:
            raise NotUnderstood(f"the range of the sum over {letter}")
        return found

    def pick_index(self, node: Node, bind: Bind, scope: Scope) -> Value:
        """An entry of an expression, [XW]_{ij}."""
        whole = self.eval(node.args[0], bind, scope)
        return pick(whole, tuple(self.index(arg, bind, scope) for arg in node.args[1:]))

    def matrix(self, node: Node, bind: Bind, scope: Scope) -> Value:
        """A matrix of numbers or of blocks."""
        rows, cols = node.value
        cells = [self.eval(child, bind, scope) for child in node.args]
        if any(isinstance(c, Mat | Eye | Ones) for c in cells):
            return functions.blocks(cells, rows, cols)
        return Mat(rows, cols, cells) if rows * cols > 1 else cells[0]

    def tuple(self, node: Node, bind: Bind, scope: Scope) -> Value:
        """(a, b, c) is a column; its members may be columns."""
        cells: list[Value] = []
        for child in node.args:
            value = self.eval(child, bind, scope)
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


def _partner(node: Node, letter: str) -> str | None:
    """The letter a condition such as j ≠ i compares with."""
    for condition in node.args[int(node.value.has_lower) + int(node.value.has_upper) : -1]:
        sides = [str(side.value) for side in condition.args if side.op == "sym" and not side.args]
        if condition.op == "rel" and letter in sides and len(sides) == 2:
            return next((s for s in sides if s != letter), None)
    return None


def _mentions(dim: Node, head: tuple[Node, ...]) -> bool:
    """Whether a size depends on the index that selects the member of a family."""
    letters = {str(n.value) for h in head for n in walk(h) if n.op == "sym"}
    return any(n.op == "sym" and not n.args and str(n.value) in letters for n in walk(dim))


_EVALUATE: dict[str, Callable[[Evaluator, Node, Bind, Scope], Value]] = {
    "num": lambda e, n, b, s: n.value,
    "sym": Evaluator.sym,
    "add": Evaluator.add,
    "mul": Evaluator.mul,
    "frac": Evaluator.frac,
    "pow": Evaluator.pow,
    "big": Evaluator.big,
    "index": Evaluator.pick_index,
    "matrix": Evaluator.matrix,
    "tuple": Evaluator.tuple,
    "cases": Evaluator.cases,
    "abs": Evaluator.absolute,
    "transpose": Evaluator.transpose,
    "slice": lambda e, n, b, s: functions.member(e, n, b, s),
    "group": lambda e, n, b, s: e.eval(n.args[0], b, s),
    "neg": lambda e, n, b, s: negate(e.eval(n.args[0], b, s)),
    "had": lambda e, n, b, s: hadamard(e.eval(n.args[0], b, s), e.eval(n.args[1], b, s)),
    "kron": lambda e, n, b, s: kron(e.eval(n.args[0], b, s), e.eval(n.args[1], b, s)),
    "norm": lambda e, n, b, s: norm(e.eval(n.args[0], b, s), n.value or "2"),
    "deriv": lambda e, n, b, s: calculus.derivative(e, n, b, s),
    "grad": lambda e, n, b, s: calculus.gradient(e, n, b, s),
    "prime": lambda e, n, b, s: calculus.prime(e, n, b, s),
    "call": lambda e, n, b, s: functions.call(e, n, b, s),
    "opaque": lambda e, n, b, s: functions.opaque(e, n, b, s),
    "rel": lambda e, n, b, s: 1.0 if e.truth(n, b, s) else 0.0,
}
