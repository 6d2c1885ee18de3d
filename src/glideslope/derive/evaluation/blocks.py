r"""Matrices made of matrices: $\begin{bmatrix} A & 0 \\ 0 & I \end{bmatrix}$, zeros and identities sized by their neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from glideslope.derive.evaluation.numbers import real
from glideslope.derive.evaluation.scope import Bind, NotUnderstood, Scope
from glideslope.derive.evaluation.values import Eye, Mat, Ones, ShapeClash, Value, transpose
from glideslope.derive.reading.sized import Zeros
from glideslope.derive.syntax.tree import Node

if TYPE_CHECKING:
    from glideslope.derive.evaluation.arithmetic import Arithmetic

__all__ = ["OpenBlock", "blocks", "fitted"]


class OpenBlock(NotUnderstood):
    """A block 0 or I whose size neither its row nor its column tells."""


Cuts = list[int | None]


def blocks(cells: list[Value], rows: int, cols: int, heights: Cuts | None = None, widths: Cuts | None = None) -> Mat:
    """Put blocks together; numbers stand for 1 × 1 blocks, a zero for a block of any size.

    Args:
        heights: of the rows of blocks, where a neighbour tells them.
        widths: of the columns of blocks.
    """
    cells = [_full(c) for c in cells]
    heights, widths = _cuts(cells, rows, cols, heights or [None] * rows, widths or [None] * cols)
    data: list[Any] = []
    for i in range(rows):
        row = [_sized(cells[i * cols + j], heights[i], widths[j]) for j in range(cols)]
        for r in range(row[0].rows):
            data.extend(x for c in row for x in c.row(r))
    height = sum(h or 0 for h in heights)
    return Mat(height, len(data) // height, data)


def _cuts(cells: list[Value], rows: int, cols: int, tall: Cuts, wide: Cuts) -> tuple[Cuts, Cuts]:
    """Heights of the rows of blocks and widths of the columns, as far as they are told."""
    heights: Cuts = [
        _common([c.rows for c in cells[i * cols : (i + 1) * cols] if isinstance(c, Mat)]) or tall[i]
        for i in range(rows)
    ]
    widths: Cuts = [_common([c.cols for c in cells[j::cols] if isinstance(c, Mat)]) or wide[j] for j in range(cols)]
    for _ in range(2):
        for k, cell in enumerate(cells):
            i, j = divmod(k, cols)
            if isinstance(cell, Eye):  # square
                heights[i], widths[j] = heights[i] or widths[j], widths[j] or heights[i]
    for k, cell in enumerate(cells):
        i, j = divmod(k, cols)
        if not isinstance(cell, Mat | Eye | Ones) and real(cell) != 0:
            heights[i], widths[j] = heights[i] or 1, widths[j] or 1
    return heights, widths


def fitted(e: Arithmetic, factors: tuple[Node, ...], bind: Bind, scope: Scope) -> list[Value]:
    r"""The factors of a product; blocks 0 and I of open size are cut as the factor beside them, as in $[0 \; I] [x; z]$."""
    cuts = [_layout(e, factor, bind, scope) for factor in factors]
    values: list[Value] = []
    for k, factor in enumerate(factors):
        try:
            values.append(e.eval(factor, bind, scope))
        except OpenBlock:
            before, after = (cuts[n] if 0 <= n < len(cuts) else None for n in (k - 1, k + 1))
            values.append(_refitted(e, factor, before and before[1], after and after[0], bind, scope))
    return values


def _refitted(e: Arithmetic, node: Node, heights: Cuts | None, widths: Cuts | None, bind: Bind, scope: Scope) -> Value:
    inner, turned = _plain(e, node)
    if inner is None:
        raise OpenBlock("a block of unknown size")
    if turned:
        heights, widths = widths, heights
    rows, cols = inner.value
    if (heights is not None and len(heights) != rows) or (widths is not None and len(widths) != cols):
        raise OpenBlock("a block of unknown size")
    whole = blocks([e.eval(child, bind, scope) for child in inner.args], rows, cols, heights, widths)
    return transpose(whole) if turned else whole


def _layout(e: Arithmetic, node: Node, bind: Bind, scope: Scope) -> tuple[Cuts, Cuts] | None:
    inner, turned = _plain(e, node, inverse=True)
    if inner is None:
        return None
    rows, cols = inner.value
    cells = [_full(e.eval(child, bind, scope)) for child in inner.args]
    heights, widths = _cuts(cells, rows, cols, [None] * rows, [None] * cols)
    return (widths, heights) if turned else (heights, widths)


def _plain(e: Arithmetic, node: Node, inverse: bool = False) -> tuple[Node | None, bool]:
    """The matrix a factor is written as, itself or where it is defined, and whether it is transposed; an inverse is cut like a transpose."""
    turned = False
    for _ in range(6):
        if node.op == "matrix":
            return node, turned
        if node.op == "transpose":
            turned = not turned
        elif node.op == "sym" and not node.args:
            name = e.context.resolve(str(node.value))
            held = [d for d in e.context.lookup(name, "symbol") if not d.head]
            if not held:
                return None, turned
            node = held[0].body
            continue
        elif node.op == "pow" and inverse and node.args[1].op == "neg" and node.args[1].args[0].value == 1:
            turned = not turned
        elif node.op != "group":
            return None, turned
        node = node.args[0]
    return None, turned


def _full(cell: Value) -> Value:
    return Mat(cell.rows, cell.cols, [0.0] * (cell.rows * cell.cols)) if isinstance(cell, Zeros) else cell


def _common(sizes: list[int]) -> int | None:
    if len(set(sizes)) > 1:
        raise ShapeClash(f"blocks of {' and '.join(map(str, dict.fromkeys(sizes)))} side by side")
    return sizes[0] if sizes else None


def _sized(cell: Value, height: int | None, width: int | None) -> Mat:
    if isinstance(cell, Mat):
        return cell
    if height is None or width is None:
        raise OpenBlock("a block of unknown size")
    if isinstance(cell, Eye):
        if height != width:
            raise ShapeClash(f"I as a block of {height}×{width}")
        return Mat(height, width, [cell.scale if k % (width + 1) == 0 else 0 for k in range(height * width)])
    value = cell.scale if isinstance(cell, Ones) else cell
    if not isinstance(cell, Ones) and real(value) != 0 and (height, width) != (1, 1):
        raise NotUnderstood("a number as a block")
    return Mat(height, width, [value] * (height * width))
