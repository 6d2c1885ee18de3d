r"""Arrays put together of named blocks: $X = [X_1\; X_2]$, $\Sigma = [\Sigma_{11}\; \Sigma_{12}; \Sigma_{21}\; \Sigma_{22}]$, $\beta = [\beta_0; \beta_1]$.

There $X_1$ is a block and no row of X: the number belongs to its name. What the text gives a shape of its own is a block; so is what it
inverts or transposes. Blocks with one number have one size, unless the text says otherwise: $\Sigma_{12} x_2$ has to fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from glideslope.derive.meaning.context import Context, Declaration, Definition, Known
from glideslope.derive.syntax.tree import Node, walk

__all__ = ["Equation", "base_name", "label_blocks", "own_member", "uncovered"]

Dims = tuple[Node, ...]
#: partitions read in one text: each is looked up in the whole of it
MOST = 40


@dataclass(frozen=True)
class Equation:
    """`left = right` somewhere in the text."""

    left: Node
    right: Node


@dataclass(frozen=True)
class _Partition:
    name: str
    rows: int
    cols: int
    numbers: tuple[int, ...]

    def place(self, k: int) -> tuple[int, int]:
        """Row and column, from 0, of the block with a number."""
        return divmod(self.numbers.index(k), self.cols)


def base_name(name: str) -> str:
    """A name without its accents: an estimate is cut like what it estimates."""
    return name.rsplit(" ", 1)[-1]


def label_blocks(equations: Iterable[Equation], text: str, context: Context) -> None:
    """Make names of the blocks: what follows reads X_1 as a quantity of its own."""
    found: dict[str, _Partition] = {}
    for equation in equations:
        partition = _read(equation)
        if partition is not None and len(found) < MOST:
            found.setdefault(partition.name, partition)
    _declared_beside(context)
    blocks = {n: p for n, p in found.items() if _of_blocks(p, text, context)}
    if any((p.rows > 1 and p.cols > 1) or _is_matrix(p.name) for p in blocks.values()):
        counts = {k for p in blocks.values() for k in _numbers(p)}
        beside = (p for n, p in found.items() if n not in blocks and p.cols == 1 and set(p.numbers) <= counts)
        blocks.update({p.name: p for p in beside if not _is_matrix(p.name)})
    sizes = _told(blocks, context)
    for partition in blocks.values():
        _label(partition, sizes, text, context)


def own_member(definition: Definition, indices: tuple[object, ...]) -> bool:
    r"""Whether β_0 is itself among what $\beta = [\beta_0; \beta_1]$ is made of: then it is no entry counted from 1."""
    for node in walk(definition.body):
        mine = node.op == "sym" and node.value == definition.name and len(node.args) == len(indices)
        if mine and all(a.op == "num" and a.value == k for a, k in zip(node.args, indices, strict=True)):
            return True
    return False


def uncovered(context: Context, name: str) -> bool:
    r"""Whether the text defines some members of a name, each by itself, so that of the others nothing is known."""
    fact = context.known.get(name)
    return not (fact is not None and fact.declared) and all(
        d.kind == "symbol" and d.head and all(_fixed(h, context) for h in d.head)
        for d in context.definitions.get(name, ())
    )


def _fixed(index: Node, context: Context) -> bool:
    index = _plain(index)
    return index.op == "num" or (index.op == "sym" and not index.args and not context.indexes(str(index.value)))


def _read(equation: Equation) -> _Partition | None:
    left, right = equation.left, _plain(equation.right)
    if left.op != "sym" or left.args or right.op != "matrix":
        return None
    numbers: list[int] = []
    for cell in right.args:
        inner = _plain(cell)
        if inner.op != "sym" or inner.value != left.value or len(inner.args) != 1 or inner.args[0].op != "num":
            return None
        numbers.append(inner.args[0].value)
    rows, cols = right.value
    if (len(set(numbers)) != len(numbers) and rows != cols) or rows * cols < 2:
        return None
    return _Partition(str(left.value), rows, cols, tuple(numbers))


def _plain(node: Node) -> Node:
    while node.op in ("group", "transpose"):
        node = node.args[0]
    return node


def _numbers(partition: _Partition) -> set[int]:
    """The numbers its rows and columns of blocks go by."""
    if partition.rows > 1 and partition.cols > 1:
        return {d for k in partition.numbers for d in divmod(k, 10)}
    return set(partition.numbers)


def _is_matrix(name: str) -> bool:
    plain = name.split(":")[-1].lstrip("\\")
    return plain[:1].isupper()


def _of_blocks(partition: _Partition, text: str, context: Context) -> bool:
    """Whether the text gives a block a shape, inverts it or transposes it."""
    fact = context.known.get(partition.name)
    shaped = {s.head[0].value for s in (fact.shapes if fact else ()) if len(s.head) == 1 and s.dims}
    if shaped & set(partition.numbers) or any(f"{partition.name}_{k}" in context.known for k in partition.numbers):
        return True
    if partition.rows > 1 and partition.cols > 1 and not all(11 <= k <= 99 for k in partition.numbers):
        return False
    if not _is_matrix(partition.name):
        return partition.name.startswith("b:")
    if partition.name.startswith("b:"):
        return True
    number = "|".join(map(str, partition.numbers))
    turned = r"\^\s*\{?\s*(?:-\s*1|T\b|\\top|\\mathrm\s*\{?\s*T|\\intercal)"
    return bool(re.search(_written(partition.name) + rf"\s*_\s*\{{?(?:{number})\}}?\s*{turned}", text))


def _written(name: str) -> str:
    """A pattern for a name as LaTeX has it."""
    if name.startswith("b:"):
        return r"\\(?:mathbf|boldsymbol|bm|bf)\s*\{?" + re.escape(name[2:]) + r"\}?"
    return re.escape(name) if name.startswith("\\") else rf"(?<![A-Za-z\\]){re.escape(name)}"


def _declared_beside(context: Context) -> None:
    """$x, x_1, x_2 \\in \\mathbb{R}^d$: beside a whole x with a shape, the x_1 with a shape are vectors of their own."""
    for name, fact in list(context.known.items()):
        members = [s for s in fact.shapes if len(s.head) == 1 and s.head[0].op == "num" and s.dims]
        whole = [s for s in fact.shapes if not s.head]
        if members and whole and len(members) + len(whole) == len(fact.shapes):
            fact.shapes, fact.family, fact.rank = whole, 0, len(whole[-1].dims)
            for member in members:
                _name(name, member.head[0].value, member.dims, context).declared = True


def _name(name: str, number: int, dims: Dims, context: Context) -> Known:
    context.labelled.add((base_name(name), number))
    fact = context.fact(f"{name}_{number}")
    fact.shapes, fact.rank, fact.family, fact.mentioned = [Declaration((), dims)], len(dims), 0, True
    return fact


def _told(blocks: dict[str, _Partition], context: Context) -> dict[int, Node]:
    """The sizes of the parts by number, as far as declarations tell them."""
    sizes: dict[int, Node] = {}
    for name, partition in blocks.items():
        for k in partition.numbers:
            fact = context.known.get(f"{name}_{k}") or context.known.get(name)
            for shape in fact.shapes if fact is not None else ():
                own = not shape.head if f"{name}_{k}" in context.known else [h.value for h in shape.head] == [k]
                if own and shape.dims and (partition.rows == 1 or partition.cols == 1):
                    sizes.setdefault(k, shape.dims[-1 if partition.rows == 1 else 0])
    return sizes


def _label(partition: _Partition, sizes: dict[int, Node], text: str, context: Context) -> None:
    name = partition.name
    fact = context.fact(name)
    declared = {h.head[0].value: h.dims for h in fact.shapes if len(h.head) == 1 and h.head[0].op == "num"}
    whole = next((s.dims for s in fact.shapes if not s.head), ())
    fact.shapes = [s for s in fact.shapes if not (len(s.head) == 1 and s.head[0].op == "num")]
    fact.family = 0
    for k in dict.fromkeys(partition.numbers):
        if f"{name}_{k}" in context.known and context.known[f"{name}_{k}"].shapes:
            context.labelled.add((base_name(name), k))
        else:
            dims = declared.get(k) or _dims(partition, k, whole, sizes)
            _name(name, k, dims, context).declared = k in declared
    if not fact.shapes:
        fact.rank = 1 if partition.cols == 1 and not _is_matrix(name) else 2
    _sum_of_parts(partition, whole, sizes, text, context)


def _dims(partition: _Partition, k: int, whole: Dims, sizes: dict[int, Node]) -> Dims:
    def part(number: int) -> Node:
        return sizes.get(number) or Node("sym", (Node("num", (), number),), "·part")

    if partition.rows > 1 and partition.cols > 1:
        return part(k // 10), part(k % 10)
    common = Node("sym", (), f"·{partition.name}")
    if partition.cols == 1:
        if not _is_matrix(partition.name):
            return (part(k),)
        return part(k), (whole[1] if len(whole) == 2 else common)
    return (whole[0] if whole else common), part(k)


def _sum_of_parts(partition: _Partition, whole: Dims, sizes: dict[int, Node], text: str, context: Context) -> None:
    r"""The size of the whole is that of its parts together, where the text does not say $p = p_1 + p_2$ itself."""
    place = 0 if partition.cols == 1 else 1
    if (
        (partition.rows > 1 and partition.cols > 1)
        or len(whole) <= place
        or whole[place].op != "sym"
        or whole[place].args
    ):
        return
    letter, parts = str(whole[place].value), [_dims(partition, k, whole, sizes)[place] for k in partition.numbers]
    if re.search(_written(letter) + r"\s*=", text) or context.definitions.get(letter):
        return
    body = Node("add", tuple(parts), (1,) * len(parts))
    context.define(Definition(letter, (), body, "symbol", context.section))
