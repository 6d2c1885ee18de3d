r"""The value of a formula in one world: symbols to leaves or definitions, operators to arithmetic.

$C = -\sum_i y_i \ln a_i$ asks for $a_1$, whose definition asks for $z_1, \dots, z_n$, which are drawn from the world.
A `Scope` holds what is perturbed while a derivative is taken (see `calculus`) and caches what does not change with it.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from typing import Any

from glideslope.derive.evaluation import calculus, functions
from glideslope.derive.evaluation.arithmetic import Arithmetic
from glideslope.derive.evaluation.inverse import inverse
from glideslope.derive.evaluation.numbers import real
from glideslope.derive.evaluation.sample import World
from glideslope.derive.evaluation.scope import Bind, Budget, NotUnderstood, Scope
from glideslope.derive.evaluation.values import (
    ARRAYS,
    Eye,
    Mat,
    Ones,
    ShapeClash,
    Value,
    hadamard,
    kron,
    negate,
    norm,
    pick,
    stack,
)
from glideslope.derive.laws import probability, regions
from glideslope.derive.meaning.basis import basis_vector
from glideslope.derive.meaning.context import Definition, match_indices
from glideslope.derive.meaning.gathered import gathered
from glideslope.derive.meaning.partitions import own_member, uncovered
from glideslope.derive.meaning.parts import part
from glideslope.derive.meaning.rows import one_side
from glideslope.derive.meaning.structure import structured
from glideslope.derive.reading.reading import Reading
from glideslope.derive.syntax.names import is_sized
from glideslope.derive.syntax.tree import Node, canonical, counted

__all__ = ["Budget", "Evaluator", "NotUnderstood", "Scope"]

#: definitions that may be made of the members of what they define: X = [X_1, X_2]
MADE_OF = frozenset(("matrix", "tuple", "transpose", "group", "dotted"))

#: of an array that is filled with numbers
ENTRIES = 10_000
#: entries that cost no more than a number: matrices of the sizes drawn here; larger ones are charged by the entry
FREE = 36


class Evaluator(Arithmetic):
    """Evaluates trees in one world under one reading of the context."""

    def __init__(
        self,
        reading: Reading,
        world: World,
        budget: int = 400_000,
    ) -> None:
        self.reading = reading
        self.context = reading.context
        self.dimensions = reading.dimensions
        self.layout = reading.layout
        # every definition may be used: what is not reached does not depend
        self.complete = reading.context.whole is None
        claim = reading.claim
        self.random, self.listed, self.literals = claim.random, claim.listed, claim.literals
        self.primed, self.exact, self.chances = claim.primed, claim.exact, reading.chances
        self.world = world
        self.budget = budget
        self.depth = 0
        self.unknown: set[str] = set()
        self.guessed: set[str] = set()
        self.vanished: set[str] = set()  # why a derivative was 0: its variable was never met
        self.local = False  # something was read that belongs to one point of the world only
        self.provisional = 0  # how often a value was met that is not the last word: in a circle, before it had a shape
        self.outer: Bind = {}  # the free letters of the claim, for definitions that leave them free too
        self.busy: set[tuple[str, tuple[object, ...]]] = set()
        self.plain_ranges: dict[tuple[int, str], range] = {}

    # -- the walk ---------------------------------------------------------------------------------------------------

    def eval(self, node: Node, bind: Bind, scope: Scope) -> Value:
        """The value of a node.

        Raises:
            NotUnderstood, ShapeClash, DomainError, Budget.
        """
        # A product of numbers with n nested slopes is 3ⁿ products; two are everyday, more must be paid for.
        self.budget -= 1 if scope.level < 3 else 3 ** (scope.level - 2)
        if self.budget < 0:
            raise Budget("budget")
        op = node.op
        if op == "num":
            return node.value
        if op == "sym" and not node.args and (bound := bind.get(node.value)) is not None:
            return bound
        method = _EVALUATE.get(op)
        if method is None:
            raise NotUnderstood(f"no meaning for {op}")
        self.depth += 1
        if self.depth > 240:
            raise Budget("definitions nested too deeply")
        try:
            value = method(self, node, bind, scope)
        finally:
            self.depth -= 1
        if type(value) is Mat and len(value.data) > FREE:
            self.budget -= len(value.data)
        return value

    def scalar(self, node: Node, bind: Bind, scope: Scope) -> Any:
        """The value of a node that must be a number."""
        value = self.eval(node, bind, scope)
        if isinstance(value, ARRAYS):
            raise NotUnderstood("a matrix where a number belongs")
        return value

    # -- symbols ----------------------------------------------------------------------------------------------------

    def sym(self, node: Node, bind: Bind, scope: Scope) -> Value:
        """A symbol: bound letter, parameter, constant, definition or leaf."""
        name: str = node.value
        if not node.args:
            if name in bind:
                return bind[name]
            if name in self.world.integers:
                return self.world.integers[name]
            indices: tuple[object, ...] = ()
            count = 0
        else:
            indices = tuple([
                found
                if arg.op == "sym" and not arg.args and type(found := bind.get(arg.value)) is int
                else self.index(arg, bind, scope)
                for arg in node.args
            ])  # fmt: skip
            if name in bind and (isinstance(bind[name], ARRAYS) or not _labels(indices)):
                return pick(bind[name], indices)  # μ_0 beside a number μ that was handed over is another quantity
            if ("b:" + name) in bind and not name.startswith("b:"):
                return pick(bind["b:" + name], indices)
            if "[" in bind and (key := canonical(node)) in bind:
                return bind[key]
            count = len(indices)
            if count == 1 and isinstance(indices[0], int) and 11 <= indices[0] <= 99:
                count = 2
        names = self.reading.names
        resolved = names.get((name, count), "")
        if not resolved:
            resolved = names[name, count] = self.context.resolve(name, count)
        if indices and self.context.labels:
            indices = tuple([self.context.labels.get((resolved, i), i) for i in indices])
        if resolved == name and len(indices) == 1 and self._is_member(name):
            resolved = name + "·"
        return self.value(resolved, indices, scope)

    def _is_member(self, name: str) -> bool:
        """**x**_0 is another vector, where nothing declares **x**'s indices."""
        if not name.startswith("b:") or name in self.context.examples:
            return name in self.context.examples
        fact = self.context.known.get(name)
        return (
            self.context.rank(name) == 1
            and not is_sized(name)
            and not self.context.family(name)
            and name not in self.context.definitions
            and not (fact is not None and any(s.head for s in fact.shapes))
        )

    def index(self, node: Node, bind: Bind, scope: Scope) -> object:
        """An index: a whole number, or a label when the letter stands for nothing."""
        if node.op == "sym" and not node.args and type(found := bind.get(node.value)) is int:
            return found
        if node.op == "group":
            return self.index(node.args[0], bind, scope)
        if node.op == "num":
            return node.value
        if node.op == "sym" and not node.args:
            name = str(node.value)
            found = bind.get(name, self.world.integers.get(name))
            if found is None and name in self.outer:
                found, self.local = self.outer[name], True
            if found is None:
                if name in self.context.integers or (name in self.context.definitions and name in self.context.ranges):
                    return self.whole(node, bind, scope)
                return name
            return (
                found
                if isinstance(found, int)
                else int(real(found))
                if not isinstance(found, Mat) and real(found) == int(real(found))
                else name
            )
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
        while scope.frozen:
            moves = scope.moves.get(name)
            if moves is None:
                moves = scope.moves[name] = any([self.depends(name, f) for f in scope.frozen])
            if moves:
                break
            assert scope.parent is not None
            scope = scope.parent
        key = (name, indices)
        found = scope.cache.get(key)
        if found is not None:
            scope.hit |= key in scope.touched
            return found
        before, scope.hit = scope.hit, False
        if name not in scope.frozen:
            result = self.meaning(name, indices, scope)
        elif scope.states:
            result = probability.outcome(self, name, indices, scope)
        else:
            result = calculus.perturbed(self, name, indices, scope)
        scope.cache[key] = result
        if scope.hit:
            scope.touched.add(key)
        scope.hit |= before
        return result

    def depends(self, name: str, on: str) -> bool:
        """Whether one quantity can change with another."""
        return self.reading.depends(name, on)

    def meaning(self, name: str, indices: tuple[object, ...], scope: Scope) -> Value:
        """The value of a quantity through its definition, a constant's meaning, or a leaf."""
        key = (name, indices)
        if key in self.busy:
            self.provisional += 1
            if name in self.context.definitions and len({held for held, _ in self.busy}) > 1:
                self.unknown.add(name)  # defined in a circle: what stands for it now is a number of its own
        else:
            for definition in self.reading.definitions(name, len(indices)):
                self.busy.add(key)
                try:
                    found = self._unfold(definition, indices, scope)
                except ShapeClash as clash:
                    clash.inside = True  # the definition is at odds with a declaration, not the step that uses it
                    raise
                finally:
                    self.busy.discard(key)
                if found is not None:
                    return found
            if indices and name in self.context.definitions and uncovered(self.context, name):
                self.unknown.add(name)  # Λ_1 has a formula, Λ_2 has none
        if (
            not indices
            and name in self.context.definitions
            and (alone := functions.alone(self, name, scope)) is not None
        ):
            return alone
        if name.endswith("'") and not indices and (moved := calculus.slope_alone(self, name, scope)) is not None:
            return moved
        constant = functions.constant(self, name, indices)
        if (
            constant is None
            and scope.frozen
            and not scope.states
            and (moved := calculus.unforeseen(self, name, indices, scope)) is not None
        ):
            return moved
        return self.leaf(name, indices, scope) if constant is None else constant

    def _unfold(self, definition: Definition, indices: tuple[object, ...], scope: Scope) -> Value | None:
        head, count = definition.head, len(indices)
        self.check_counts(definition.body)
        if (
            any(isinstance(i, int) and not 1 <= i <= 8 for i in indices)
            and self.recursive(definition)
            and not all(h.op == "num" for h in head)
        ):
            return None
        if len(head) <= count:
            bound = match_indices(head, indices[: len(head)], self.world.integers, self.context.bound)
            if bound is None or (definition.conditions and not self._holds(definition.conditions, bound, scope)):
                return None
            if len(head) < count and definition.body.op in MADE_OF and own_member(definition, indices):
                return None
            whole = self.eval(definition.body, bound, scope)
            if indices[len(head) :] and not isinstance(whole, Mat | Eye | Ones):
                return None  # x_0 is another quantity than the number x
            if len(head) < count and indices[-1] == 0:
                self.unknown.add(definition.name)  # nor an entry of the vector x: those count from 1
                return None
            if definition.name in self.context.sides and count == len(head) + 1 and type(indices[-1]) is int:
                return one_side(whole, indices[-1], definition.name, self.context)
            return pick(whole, indices[len(head) :])
        rest = head[count:]
        if (
            not all(h.op == "sym" and not h.args and str(h.value) not in self.world.integers for h in rest)
            or len(rest) > 2
        ):
            return None
        if match_indices(head[:count], indices, self.world.integers, self.context.bound) is None:
            return None
        sizes = [self.slot_size(definition.name, indices, count + k, scope) for k in range(len(rest))]
        return self._assemble(definition.name, indices, sizes, scope)

    def check_counts(self, body: Node) -> None:
        """A definition that counts with a size cannot be used where that size is tried smaller."""
        if not self.context.large:
            return
        key = ("counts", id(body))
        if key not in self.world.arrays:
            self.world.arrays[key] = (body, counted(body) & self.context.large)
        if self.world.arrays[key][1] - self.exact:  # type: ignore[index]
            raise NotUnderstood("a number that is a size as well")

    def _holds(self, conditions: tuple[Node, ...], bind: Bind, scope: Scope) -> bool:
        return all(self.truth(condition, bind, scope) for condition in conditions)

    def recursive(self, definition: Definition) -> bool:
        """Whether a definition leads back to its own name."""
        return self.reading.recursive(definition)

    def _assemble(self, name: str, indices: tuple[object, ...], sizes: list[int], scope: Scope) -> Mat:
        _afford(sizes)
        cells = [
            self.value(name, (*indices, *place), scope)
            for place in itertools.product(*(range(1, n + 1) for n in sizes))
        ]
        if len(sizes) == 1:
            return stack(cells)
        return Mat(sizes[0], sizes[1], cells)

    def leaf(self, name: str, indices: tuple[object, ...], scope: Scope) -> Value:
        """A free quantity: a number, a column or a matrix of leaves."""
        if indices and name in self.context.counts:
            return self.world.size(f"{name}{indices}")
        if (
            self.context.by_law is not None
            and not indices
            and (value := regions.stand_in(self, name, scope)) is not None
        ):
            return value
        if name in self.random:
            return probability.outcome(self, name, indices, scope)
        if self.random and (moment := probability.named_moment(self, name, indices, scope)) is not None:
            return moment
        fact = self.context.known.get(name)
        adopted = self.world.shapes.get((name, indices))
        if adopted is not None:
            return self._array(name, indices, adopted)
        rank = self.context.rank(name)
        family = self.context.family(name)
        if name.endswith("·"):
            return self._array(name, indices, (self._length(name[:-1], scope),))
        if (
            name.startswith("b:")
            and rank == 1
            and len(indices) == 1
            and family == 0
            and name in self.context.definitions
        ):
            family = 1
        if rank is None or rank == 0:
            if rank is None and (fact is None or not fact.declared):
                self.guessed.add(name)
            return self.world.leaf(name, indices, fact)
        if rank == 2 and len(indices) == family + 1 and isinstance(indices[-1], int) and indices[-1] > 10:
            indices = (*indices[:-1], indices[-1] // 10, indices[-1] % 10)
        if not indices and family and name in self.context.exampled:  # x beside x^{(i)}
            return self._array(name, (), tuple(self.slot_size(name, (), family + k, scope) for k in range(rank)))
        missing = rank + family - len(indices)
        if missing < 0 or missing > 2 or (missing > rank):
            if missing > rank:
                self.guessed.add(name)
                sizes = tuple(self.slot_size(name, indices, len(indices) + k, scope) for k in range(rank))
                return self._array(name, indices, sizes)
            if missing < 0 and fact is not None and fact.shapes:
                self.unknown.add(name)  # more indices than the declaration has slots
            return self.world.leaf(name, indices, fact)
        return self._entry(name, indices, family, rank, scope)

    def _length(self, name: str, scope: Scope) -> int:
        """The length of **x**_i: that of **x** where the text declares it, else what products with it say."""
        told = (fact := self.context.known.get(name)) is not None and fact.shapes
        return self.slot_size(name, (), 0 if told or not self.dimensions.known((name, 1)) else 1, scope)

    def _entry(self, name: str, indices: tuple[object, ...], family: int, rank: int, scope: Scope) -> Value:
        """A whole array, an entry of it, or a row: the first indices choose the array, the others its places."""
        fact, missing = self.context.known.get(name), rank + family - len(indices)
        head, tail = indices[:family], indices[family:]
        if self.world.smaller:
            for k, at in enumerate(tail):
                if isinstance(at, int) and at > self.slot_size(name, head, family + k, scope):
                    raise NotUnderstood("an index beyond a size that is tried smaller")
        if not tail or (fact is not None and fact.structure):
            if len(tail) and not all(isinstance(t, int) for t in tail):
                return self.world.leaf(name, indices, fact)
            sizes = tuple(self.slot_size(name, head, family + k, scope) for k in range(rank))
            whole = self._array(name, head, sizes)
            if all(isinstance(t, int) and 1 <= t <= n for t, n in zip(tail, sizes, strict=False)):
                return pick(whole, tail)
            if (
                fact is not None
                and fact.structure
                and not fact.shapes
                and all(isinstance(t, int) and t > 0 for t in tail)
            ):
                raise NotUnderstood("an index beyond an array whose size is not known")
            return self.world.leaf(name, indices, fact)
        if missing == 0:
            if fact is not None and fact.shapes and tail[-1] == 0:
                self.unknown.add(name)  # β_0 beside a declared vector β
            return self.world.leaf(name, indices, fact)
        if name in self.context.sides and isinstance(tail[-1], int):
            sizes = tuple(self.slot_size(name, head, family + k, scope) for k in range(rank))
            return one_side(self._array(name, head, sizes), tail[-1], name, self.context)
        self.unknown.add(name)  # one index on a matrix: a row, or another matrix
        width = self.slot_size(name, head, family + 1, scope)
        _afford((width,))
        return Mat(1, width, [self.world.leaf(name, (*indices, j), fact) for j in range(1, width + 1)])

    def _array(self, name: str, head: tuple[object, ...], sizes: tuple[int, ...]) -> Value:
        key = ("array", name, head, sizes)
        found = self.world.arrays.get(key)
        if found is None:
            _afford(sizes)
            fact = self.context.known.get(name)
            cells = [
                self.world.leaf(name, (*head, *place), fact)
                for place in itertools.product(*(range(1, n + 1) for n in sizes))
            ]
            found = Mat(sizes[0], sizes[1] if len(sizes) == 2 else 1, cells)
            if fact is not None and fact.structure:
                found = structured(found, fact.structure, self.world.unit("choice", name, head))
                for place, cell in zip(itertools.product(*(range(1, n + 1) for n in sizes)), found.data, strict=True):
                    self.world.leaves[(name, (*head, *place))] = cell
            self.world.arrays[key] = found
        return found


def _labels(indices: tuple[object, ...]) -> bool:
    """Whether indices tell quantities apart: 0, or a letter that counts nothing."""
    return all(i == 0 or isinstance(i, str) for i in indices)


def _afford(sizes: Sequence[int]) -> None:
    """A damaged declaration may ask for any size."""
    if math.prod(sizes) > ENTRIES:
        raise Budget("budget")


_EVALUATE: dict[str, Callable[[Evaluator, Node, Bind, Scope], Value]] = {
    "unit": lambda e, n, b, s: n.value[e.context.plain_units],
    "sym": Evaluator.sym,
    "add": Evaluator.add,
    "mul": Evaluator.mul,
    "frac": Evaluator.frac,
    "pow": Evaluator.pow,
    "big": Evaluator.big,
    "count": Evaluator.count,
    "index": Evaluator.pick_index,
    "matrix": Evaluator.matrix,
    "dotted": Evaluator.dotted,
    "tuple": Evaluator.tuple,
    "cases": Evaluator.cases,
    "abs": Evaluator.absolute,
    "transpose": Evaluator.transpose,
    "gathered": gathered,
    "basis": basis_vector,
    "part": part,
    "slice": functions.member,
    "group": lambda e, n, b, s: e.eval(n.args[0], b, s),
    "neg": lambda e, n, b, s: negate(e.eval(n.args[0], b, s)),
    "had": lambda e, n, b, s: hadamard(e.eval(n.args[0], b, s), e.eval(n.args[1], b, s)),
    "kron": lambda e, n, b, s: kron(e.eval(n.args[0], b, s), e.eval(n.args[1], b, s)),
    "norm": lambda e, n, b, s: norm(e.eval(n.args[0], b, s), n.value or "2"),
    "deriv": calculus.derivative,
    "along": calculus.along,
    "between": calculus.between,
    "grad": calculus.gradient,
    "prime": calculus.prime,
    "call": functions.call,
    "inverse": inverse,
    "opaque": functions.opaque,
    "rel": lambda e, n, b, s: 1.0 if e.truth(n, b, s) else 0.0,
}
