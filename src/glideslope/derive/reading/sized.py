r"""Arrays whose subscript is their size: $I_n$, $\mathbf{1}_n$, $0_{n \times p}$.

Where the size is a number they are full arrays, so that $\operatorname{tr} I_n = n$ is a claim like any other and $I_p$ beside an
$n \times n$ matrix a clash; without a size, `Eye` and `Ones` take the one they need.
"""

from __future__ import annotations

from dataclasses import dataclass

from glideslope.derive.evaluation.scope import Budget
from glideslope.derive.evaluation.values import Eye, Mat, Ones, Value
from glideslope.derive.syntax.names import is_sized
from glideslope.derive.syntax.tree import Node

__all__ = [
    "Zeros",
    "filled",
    "identity",
    "size_letters",
    "size_slot",
    "slot_symbol",
]

#: letters that count rows or columns wherever they stand below I, 1 or 0
SIZE_LETTERS = frozenset("nmpqrdkKNDMP")
LARGEST = 64


@dataclass(slots=True)
class Zeros(Ones):
    """$0_p$, $0_{n,p}$: equal to a zero of any shape, for rows of zeros are written like columns; as a block it has its size."""

    rows: int = 0
    cols: int = 1


def identity(indices: tuple[object, ...]) -> Value:
    r"""$I_n$, or I where the size is not a number."""
    n = _size(indices[-1]) if indices else 0
    if not n:
        return Eye()
    return Mat(n, n, [1.0 if k % (n + 1) == 0 else 0.0 for k in range(n * n)])


def filled(value: float, indices: tuple[object, ...]) -> Value:
    r"""$\mathbf{1}_n$, $0_{n \times p}$: a column or a matrix of one number; of open size without one."""
    sizes = [_size(k) for k in indices]
    if not sizes or not all(sizes) or len(sizes) > 2:
        return Ones(value)
    rows, cols = (*sizes, 1)[:2]
    if value == 0:
        return Zeros(0.0, False, rows, cols)
    return Mat(rows, cols, [value] * (rows * cols)) if rows * cols > 1 else value


def _size(index: object) -> int:
    if not isinstance(index, int) or index < 1:
        return 0
    if index > LARGEST:
        raise Budget("budget")
    return index


def size_letters(node: Node) -> set[str]:
    r"""The letters that must be whole numbers because they stand below I, 1 or 0."""
    if node.op == "index" and node.args[0].op == "num" and node.args[0].value in (0, 1):
        below = node.args[1:]
    elif node.op == "sym" and is_sized(str(node.value)):
        below = node.args
    else:
        return set()
    return {str(a.value) for a in below if a.op == "sym" and not a.args and a.value in SIZE_LETTERS}


def size_slot(index: Node) -> tuple[str, int] | None:
    """The slot that stands for a size, as `dimensions` joins it: n, p_0, or a number."""
    if index.op == "num" and isinstance(index.value, int):
        return f"#{index.value}", 0
    if index.op != "sym" or len(index.args) > 1:
        return None
    if not index.args:
        return f"#{index.value}", 0
    inner = index.args[0]
    return (f"#{index.value}[{inner.value}]", 0) if inner.op in ("num", "sym") and not inner.args else None


def slot_symbol(name: str) -> Node:
    """The size a slot stands for."""
    letter, _, inner = name[1:].rstrip("]").partition("[")
    if letter.isdigit():
        return Node("num", (), int(letter))
    if not inner:
        return Node("sym", (), letter)
    return Node("sym", (Node("num", (), int(inner)) if inner.isdigit() else Node("sym", (), inner),), letter)
