r"""Matrices made of matrices: $\begin{bmatrix} A & 0 \\ 0 & I \end{bmatrix}$, zeros and identities sized by their neighbours."""

from __future__ import annotations

from typing import Any

from glideslope.derive.numbers import real
from glideslope.derive.scope import NotUnderstood
from glideslope.derive.values import Eye, Mat, Ones, ShapeClash, Value

__all__ = ["blocks"]


def blocks(cells: list[Value], rows: int, cols: int) -> Mat:
    """Put blocks together; numbers stand for 1 × 1 blocks, a zero for a block of any size."""
    heights: list[int | None] = [
        _common([c.rows for c in cells[i * cols : (i + 1) * cols] if isinstance(c, Mat)]) for i in range(rows)
    ]
    widths: list[int | None] = [_common([c.cols for c in cells[j::cols] if isinstance(c, Mat)]) for j in range(cols)]
    for _ in range(2):
        for k, cell in enumerate(cells):
            i, j = divmod(k, cols)
            if isinstance(cell, Eye):  # square
                heights[i], widths[j] = heights[i] or widths[j], widths[j] or heights[i]
    for k, cell in enumerate(cells):
        i, j = divmod(k, cols)
        if not isinstance(cell, Mat | Eye | Ones) and real(cell) != 0:
            heights[i], widths[j] = heights[i] or 1, widths[j] or 1
    data: list[Any] = []
    for i in range(rows):
        row = [_sized(cells[i * cols + j], heights[i], widths[j]) for j in range(cols)]
        for r in range(row[0].rows):
            data.extend(x for c in row for x in c.row(r))
    height = sum(h or 0 for h in heights)
    return Mat(height, len(data) // height, data)


def _common(sizes: list[int]) -> int | None:
    if len(set(sizes)) > 1:
        raise ShapeClash(f"blocks of {' and '.join(map(str, dict.fromkeys(sizes)))} side by side")
    return sizes[0] if sizes else None


def _sized(cell: Value, height: int | None, width: int | None) -> Mat:
    if isinstance(cell, Mat):
        return cell
    if height is None or width is None:
        raise NotUnderstood("a block of unknown size")
    if isinstance(cell, Eye):
        if height != width:
            raise ShapeClash(f"I as a block of {height}×{width}")
        return Mat(height, width, [cell.scale if k % (width + 1) == 0 else 0 for k in range(height * width)])
    value = cell.scale if isinstance(cell, Ones) else cell
    if not isinstance(cell, Ones) and real(value) != 0 and (height, width) != (1, 1):
        raise NotUnderstood("a number as a block")
    return Mat(height, width, [value] * (height * width))
