"""Quantities that are not free: vectors that sum to one, symmetric matrices, rotations.

A constraint of the text (or an assumption under trial) is met by construction: draw freely, then project.
Use `structured` on the entries of a leaf before they are read.
"""

from __future__ import annotations

import math
from typing import Any

from glideslope.derive.evaluation.values import Mat, add, inverse, multiply, transpose

__all__ = ["STRUCTURES", "structured"]

#: the structures a text can state, with how they read in both languages
STRUCTURES = {
    "sums_to": ("sums to {}", "各项之和为 {}"),
    "one_hot": ("is one-hot", "是独热向量"),
    "unit": ("has unit norm", "范数为一"),
    "centred": ("has zero mean", "均值为零"),
    "symmetric": ("is symmetric", "是对称矩阵"),
    "definite": ("is symmetric positive definite", "是对称正定矩阵"),
    "semidefinite": ("is symmetric positive semidefinite", "是对称半正定矩阵"),
    "sorted": ("is sorted", "按大小排列"),
    "skew": ("is skew-symmetric", "是反对称矩阵"),
    "orthogonal": ("is orthogonal", "是正交矩阵"),
    "diagonal": ("is diagonal", "是对角矩阵"),
    "rows_sum_to": ("has rows that sum to {}", "各行之和为 {}"),
}


def structured(mat: Mat, structure: dict[str, Any], choice: float) -> Mat:
    """Project freely drawn entries onto the stated structure; `choice` in (0, 1) picks among finite options."""
    for kind, value in structure.items():
        project = _PROJECT.get(kind)
        if project is not None:
            mat = project(mat, value, choice)
    return mat


def _sums_to(mat: Mat, total: float, _: float) -> Mat:
    now = sum(mat.data)
    if abs(now) < 0.3 or (total > 0 and any(x < 0 for x in mat.data)):
        data = [abs(x) for x in mat.data]
        now = sum(data)
    else:
        data = list(mat.data)
    return Mat(mat.rows, mat.cols, [x * total / now for x in data])


def _one_hot(mat: Mat, _: float, choice: float) -> Mat:
    if mat.rows > 1 and mat.cols > 1:  # a row for each example
        return Mat(
            mat.rows,
            mat.cols,
            [
                1.0 if j == int((choice * 97 + i * 0.618) % 1 * mat.cols) else 0.0
                for i in range(mat.rows)
                for j in range(mat.cols)
            ],
        )
    hot = int(choice * len(mat.data))
    return Mat(mat.rows, mat.cols, [1.0 if k == hot else 0.0 for k in range(len(mat.data))])


def _unit(mat: Mat, _: float, __: float) -> Mat:
    size = math.sqrt(sum(x * x for x in mat.data))
    return Mat(mat.rows, mat.cols, [x / size for x in mat.data])


def _centred(mat: Mat, _: float, __: float) -> Mat:
    mean = sum(mat.data) / len(mat.data)
    return Mat(mat.rows, mat.cols, [x - mean for x in mat.data])


def _symmetric(mat: Mat, _: float, __: float) -> Mat:
    return multiply(add(mat, transpose(mat)), 0.5) if mat.rows == mat.cols else mat


def _definite(mat: Mat, _: float, __: float) -> Mat:
    if mat.rows != mat.cols:
        return mat
    gram: Mat = multiply(mat, transpose(mat))
    return Mat(gram.rows, gram.cols, [x + (0.7 if k % (gram.cols + 1) == 0 else 0.0) for k, x in enumerate(gram.data)])


def _semidefinite(mat: Mat, _: float, choice: float) -> Mat:
    """A Gram matrix; of a matrix with a column too few in half of the worlds."""
    if mat.rows != mat.cols:
        return mat
    last = mat.cols - 1 if choice < 0.5 else mat.cols
    kept = Mat(mat.rows, mat.cols, [x if k % mat.cols < last else 0.0 for k, x in enumerate(mat.data)])
    gram: Mat = multiply(kept, transpose(kept))
    return gram


def _sorted(mat: Mat, direction: float, _: float) -> Mat:
    return Mat(mat.rows, mat.cols, sorted(mat.data, reverse=direction < 0))


def _skew(mat: Mat, _: float, __: float) -> Mat:
    return multiply(add(mat, multiply(transpose(mat), -1)), 0.5) if mat.rows == mat.cols else mat


def _orthogonal(mat: Mat, _: float, __: float) -> Mat:
    """Cayley's map of the skew part, for a square matrix; Gram-Schmidt on the columns otherwise."""
    if mat.rows == mat.cols:
        skew = _skew(mat, 0, 0)
        n = mat.rows
        eye = Mat(n, n, [1.0 if k % (n + 1) == 0 else 0.0 for k in range(n * n)])
        result: Mat = multiply(add(eye, multiply(skew, -1)), inverse(add(eye, skew)))
        return result
    columns: list[list[float]] = []
    for j in range(mat.cols):
        v = [float(x) for x in mat.data[j :: mat.cols]]
        for u in columns:
            dot = sum(a * b for a, b in zip(u, v, strict=True))
            v = [b - dot * a for a, b in zip(u, v, strict=True)]
        size = math.sqrt(sum(x * x for x in v)) or 1.0
        columns.append([x / size for x in v])
    return Mat(mat.rows, mat.cols, [columns[j][i] for i in range(mat.rows) for j in range(mat.cols)])


def _diagonal(mat: Mat, _: float, __: float) -> Mat:
    return Mat(mat.rows, mat.cols, [x if k // mat.cols == k % mat.cols else 0.0 for k, x in enumerate(mat.data)])


def _rows_sum_to(mat: Mat, total: float, _: float) -> Mat:
    data: list[float] = []
    for i in range(mat.rows):
        row = [abs(x) for x in mat.row(i)]
        data.extend(x * total / (sum(row) or 1.0) for x in row)
    return Mat(mat.rows, mat.cols, data)


_PROJECT = {
    "sums_to": _sums_to, "one_hot": _one_hot, "unit": _unit, "centred": _centred, "symmetric": _symmetric, "definite": _definite,
    "semidefinite": _semidefinite, "sorted": _sorted,
    "skew": _skew, "orthogonal": _orthogonal, "diagonal": _diagonal, "rows_sum_to": _rows_sum_to,
}  # fmt: skip
