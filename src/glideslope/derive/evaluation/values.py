r"""Small matrices over any kind of number, with the habits of lecture notes.

A vector is a column, a 1 × 1 result is a number, scalars add to every entry, `1` and `I` take the size they need.
$(AB)_{ij} = \sum_k A_{ik} B_{kj}$; shapes that cannot meet raise `ShapeClash`, which the verdict reports as ill-formed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from glideslope.derive.evaluation.numbers import DomainError, Dual, apply, powered, real

__all__ = [
    "ARRAYS",
    "NUMBERS",
    "UNFORESEEN",
    "Eye",
    "Mat",
    "NotUnderstood",
    "Ones",
    "ShapeClash",
    "Value",
    "add",
    "cross",
    "determinant",
    "divide",
    "elementwise",
    "entries",
    "hadamard",
    "inverse",
    "kron",
    "multiply",
    "negate",
    "norm",
    "pick",
    "power",
    "shape",
    "spectral_norm",
    "stack",
    "transpose",
]  # fmt: skip

Value = Any

#: the kinds of a plain number: most values are one, and are not asked about their shape
NUMBERS = frozenset((int, float, complex, Dual))


class NotUnderstood(Exception):  # noqa: N818 - the name of the verdict
    """Something the evaluator has no meaning for."""


#: what Python raises where a formula is too odd for the numerics: said as not understood, never shown as a crash
UNFORESEEN = (ArithmeticError, ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError)


class ShapeClash(Exception):  # noqa: N818 - the name of the finding
    """Shapes that cannot meet: the formula is ill-formed at these sizes."""

    inside = False  # whether it happened within a definition the formula uses


@dataclass(slots=True)
class Mat:
    """A matrix by rows; columns are vectors."""

    rows: int
    cols: int
    data: list[Any]

    def row(self, i: int) -> list[Any]:
        """The entries of row i, from 0."""
        return self.data[i * self.cols : (i + 1) * self.cols]


@dataclass(slots=True)
class Eye:
    """A multiple of the identity whose size is not known yet."""

    scale: Any = 1.0


@dataclass(slots=True)
class Ones:
    """A multiple of the vector of ones whose length is not known yet."""

    scale: Any = 1.0
    lying: bool = False


#: what is no plain number
ARRAYS = (Mat, Eye, Ones)


def shape(v: Value) -> tuple[int, ...]:
    """(rows, columns), or () for a number."""
    return (v.rows, v.cols) if isinstance(v, Mat) else ()


def entries(v: Value) -> Iterable[Any]:
    """All numbers in a value."""
    if isinstance(v, Mat):
        return v.data
    return (v.scale,) if isinstance(v, Eye | Ones) else (v,)


def elementwise(v: Value, f: Callable[[Any], Any]) -> Value:
    """Apply a scalar function to each entry."""
    if isinstance(v, Mat):
        return Mat(v.rows, v.cols, [f(x) for x in v.data])
    if isinstance(v, Eye):
        raise NotUnderstood("a function of an identity of unknown size")
    if isinstance(v, Ones):
        return Ones(f(v.scale), v.lying)
    return f(v)


def negate(v: Value) -> Value:
    """−v."""
    return v * -1 if type(v) in NUMBERS else _scaled(v, -1)


def _scaled(v: Value, s: Any) -> Value:
    if isinstance(v, Mat):
        return Mat(v.rows, v.cols, [x * s for x in v.data])
    if isinstance(v, Eye):
        return Eye(v.scale * s)
    if isinstance(v, Ones):
        return Ones(v.scale * s, v.lying)
    return v * s


def add(a: Value, b: Value) -> Value:
    """a + b; a number is added to every entry."""
    if type(a) in NUMBERS and type(b) in NUMBERS:
        return a + b
    if isinstance(a, Mat) and isinstance(b, Mat):
        if (a.rows, a.cols) != (b.rows, b.cols):
            raise ShapeClash(f"{a.rows}×{a.cols} + {b.rows}×{b.cols}")
        return Mat(a.rows, a.cols, [x + y for x, y in zip(a.data, b.data, strict=True)])
    if not isinstance(a, Mat) and isinstance(b, Mat):
        a, b = b, a
    if isinstance(a, Mat):
        if isinstance(b, Eye):
            if a.rows != a.cols:
                raise ShapeClash(f"{a.rows}×{a.cols} + I")
            return Mat(a.rows, a.cols, [x + (b.scale if k % (a.cols + 1) == 0 else 0) for k, x in enumerate(a.data)])
        s = b.scale if isinstance(b, Ones) else b
        return Mat(a.rows, a.cols, [x + s for x in a.data])
    if isinstance(a, Eye) or isinstance(b, Eye):
        if isinstance(a, Eye) and isinstance(b, Eye):
            return Eye(a.scale + b.scale)
        other = b if isinstance(a, Eye) else a
        if not isinstance(other, Ones) and real(other) == 0:
            return a if isinstance(a, Eye) else b
        raise NotUnderstood("a number + I")
    if isinstance(a, Ones) or isinstance(b, Ones):
        lying = a.lying if isinstance(a, Ones) else b.lying
        return Ones((a.scale if isinstance(a, Ones) else a) + (b.scale if isinstance(b, Ones) else b), lying)
    return a + b


def multiply(a: Value, b: Value, dot: bool = False) -> Value:
    """Matrix product; with `dot`, two equal columns give their inner product."""
    if type(a) in NUMBERS and type(b) in NUMBERS:
        return b * a
    if not isinstance(a, ARRAYS):
        return _scaled(b, a)
    if not isinstance(b, ARRAYS):
        return _scaled(a, b)
    if isinstance(a, Eye):
        return _scaled(b, a.scale)
    if isinstance(b, Eye):
        return _scaled(a, b.scale)
    if isinstance(a, Ones) or isinstance(b, Ones):
        return _with_ones(a, b)
    if a.cols != b.rows:
        if dot and (a.rows, a.cols) == (b.rows, b.cols) and a.cols == 1:
            return sum(x * y for x, y in zip(a.data, b.data, strict=True))
        raise ShapeClash(f"({a.rows}×{a.cols})({b.rows}×{b.cols})")
    n, m, cols = a.cols, b.cols, [b.data[j :: b.cols] for j in range(b.cols)]
    data: list[Any] = []
    for i in range(a.rows):
        row = a.data[i * n : (i + 1) * n]
        data.extend(sum(x * y for x, y in zip(row, col, strict=True)) for col in cols)
    return data[0] if len(data) == 1 else Mat(a.rows, m, data)


def _with_ones(a: Value, b: Value) -> Value:
    if isinstance(a, Ones) and isinstance(b, Ones):
        raise NotUnderstood("ones of unknown size")
    if isinstance(a, Ones):
        if a.lying:  # 1ᵀB sums the columns
            data = [a.scale * sum(b.data[j :: b.cols]) for j in range(b.cols)]
            return data[0] if len(data) == 1 else Mat(1, b.cols, data)
        if b.rows != 1:
            raise ShapeClash(f"1 times {b.rows}×{b.cols}")
        raise NotUnderstood("ones of unknown size")
    if not b.lying:
        data = [b.scale * sum(a.row(i)) for i in range(a.rows)]
        return data[0] if len(data) == 1 else Mat(a.rows, 1, data)
    raise NotUnderstood("ones of unknown size")


def hadamard(a: Value, b: Value, op: Callable[[Any, Any], Any] = lambda x, y: x * y) -> Value:
    """Entry by entry."""
    if isinstance(a, Mat) and isinstance(b, Mat):
        if (a.rows, a.cols) != (b.rows, b.cols):
            raise ShapeClash(f"{a.rows}×{a.cols} ⊙ {b.rows}×{b.cols}")
        return Mat(a.rows, a.cols, [op(x, y) for x, y in zip(a.data, b.data, strict=True)])
    a = a.scale if isinstance(a, Ones) else a
    b = b.scale if isinstance(b, Ones) else b
    if isinstance(a, Eye) and isinstance(b, Mat):
        a, b = b, a
    if isinstance(a, Mat) and isinstance(b, Eye):
        return Mat(a.rows, a.cols, [op(x, b.scale if k % (a.cols + 1) == 0 else 0) for k, x in enumerate(a.data)])
    if isinstance(a, Mat):
        return Mat(a.rows, a.cols, [op(x, b) for x in a.data])
    if isinstance(b, Mat):
        return Mat(b.rows, b.cols, [op(a, y) for y in b.data])
    return op(a, b)


def divide(a: Value, b: Value) -> Value:
    """a / b: by a number, or entry by entry for equal shapes."""
    if type(a) in NUMBERS and type(b) in NUMBERS:
        return _quotient(a, b)
    if isinstance(b, Eye):
        raise ShapeClash("division by a matrix")
    if isinstance(b, Mat):
        if isinstance(a, Mat) and shape(a) != shape(b):
            raise ShapeClash("division by a matrix")
        if b.rows > 1 and b.cols > 1:
            raise ShapeClash("division by a matrix")
        return hadamard(a, b, _quotient)
    if isinstance(b, Ones):
        b = b.scale
    if isinstance(a, Mat):
        return Mat(a.rows, a.cols, [_quotient(x, b) for x in a.data])
    if isinstance(a, Eye | Ones):
        return _scaled(a, _quotient(1.0, b))
    return _quotient(a, b)


def _quotient(x: Any, y: Any) -> Any:
    if abs(real(y)) < 1e-150:
        raise DomainError("division by zero")
    if isinstance(x, int) and isinstance(y, int) and x % y == 0:
        return x // y
    return x / y


def transpose(v: Value) -> Value:
    """vᵀ."""
    if isinstance(v, Mat):
        return Mat(v.cols, v.rows, [v.data[i * v.cols + j] for j in range(v.cols) for i in range(v.rows)])
    if isinstance(v, Ones):
        return Ones(v.scale, not v.lying)
    return v


def kron(a: Value, b: Value) -> Value:
    """Kronecker product; two columns give the outer product only when written a bᵀ."""
    if isinstance(a, Eye | Ones) or isinstance(b, Eye | Ones):
        raise NotUnderstood("a Kronecker product with an identity of unknown size")
    if not isinstance(a, Mat) or not isinstance(b, Mat):
        return multiply(a, b)
    data = [a.data[i * a.cols + j] * b.data[k * b.cols + m]
            for i in range(a.rows) for k in range(b.rows) for j in range(a.cols) for m in range(b.cols)]  # fmt: skip
    return Mat(a.rows * b.rows, a.cols * b.cols, data)


def cross(a: Value, b: Value) -> Value:
    """Cross product of two vectors of length 3."""
    if not (isinstance(a, Mat) and isinstance(b, Mat) and shape(a) == shape(b) and len(a.data) == 3):
        raise ShapeClash("a cross product needs two vectors of length 3")
    (a1, a2, a3), (b1, b2, b3) = a.data, b.data
    return Mat(a.rows, a.cols, [a2 * b3 - a3 * b2, a3 * b1 - a1 * b3, a1 * b2 - a2 * b1])


def _eliminate(v: Mat) -> tuple[Any, list[list[Any]]]:
    """Gauss-Jordan with pivoting: the determinant and the inverse's rows."""
    n = v.rows
    if v.rows != v.cols:
        raise ShapeClash(f"a {v.rows}×{v.cols} matrix has no inverse or determinant")
    left = [v.row(i) for i in range(n)]
    right: list[list[Any]] = [[1.0 if i == j else 0.0 for j in range(n)] for i in range(n)]
    determinant: Any = 1.0
    for c in range(n):
        pivot = max(range(c, n), key=lambda r: abs(real(left[r][c])))
        if abs(real(left[pivot][c])) < 1e-12:
            raise DomainError("singular matrix")
        if pivot != c:
            left[c], left[pivot], right[c], right[pivot] = left[pivot], left[c], right[pivot], right[c]
            determinant = -determinant
        head = left[c][c]
        determinant = determinant * head
        left[c] = [x / head for x in left[c]]
        right[c] = [x / head for x in right[c]]
        for r in range(n):
            if r != c:
                factor = left[r][c]
                left[r] = [x - factor * y for x, y in zip(left[r], left[c], strict=True)]
                right[r] = [x - factor * y for x, y in zip(right[r], right[c], strict=True)]
    return determinant, right


def inverse(v: Value) -> Value:
    """v⁻¹."""
    if isinstance(v, Mat):
        return Mat(v.rows, v.cols, [x for row in _eliminate(v)[1] for x in row])
    if isinstance(v, Eye):
        return Eye(_quotient(1.0, v.scale))
    return _quotient(1, v)


def determinant(v: Value) -> Value:
    """det v."""
    if isinstance(v, Mat):
        return _eliminate(v)[0]
    if isinstance(v, Eye):
        if real(v.scale) == 1:
            return 1.0
        raise NotUnderstood("the determinant of an identity of unknown size")
    return v


def power(base: Value, exponent: Value) -> Value:
    """Numbers raise; square matrices multiply by themselves; columns raise entry by entry."""
    if type(base) in NUMBERS and type(exponent) in NUMBERS:
        return powered(base, exponent)
    if isinstance(exponent, Mat):
        raise NotUnderstood("a matrix in an exponent")
    if isinstance(exponent, Eye | Ones):
        raise NotUnderstood("a matrix in an exponent")
    if isinstance(base, Eye):
        return Eye(powered(base.scale, exponent))
    if isinstance(base, Ones):
        return Ones(powered(base.scale, exponent), base.lying)
    if not isinstance(base, Mat):
        return powered(base, exponent)
    n = real(exponent)
    if n == int(n) and base.rows == base.cols:
        if n < 0:
            return power(inverse(base), -exponent)
        result: Value = Eye()
        for _ in range(min(int(n), 60)):
            result = multiply(result, base)
        return result
    if base.rows > 1 and base.cols > 1:
        if n == -1:
            raise ShapeClash(f"a {base.rows}×{base.cols} matrix has no inverse")
        return Mat(base.rows, base.cols, [powered(x, exponent) for x in base.data])
    return Mat(base.rows, base.cols, [powered(x, exponent) for x in base.data])


def norm(v: Value, order: str) -> Value:
    """Euclidean or Frobenius norm, the norms 1 and ∞, and the spectral norm of a matrix."""
    data = [v] if not isinstance(v, Mat) else v.data
    if isinstance(v, Eye | Ones):
        raise NotUnderstood("the norm of something of unknown size")
    if order == "1":
        return sum(apply("abs", x) for x in data)
    if order == "inf":
        return max((apply("abs", x) for x in data), key=real)
    if order == "2s" and isinstance(v, Mat) and v.rows > 1 and v.cols > 1:
        return spectral_norm(v)
    if order not in ("", "2", "2s", "F"):
        raise NotUnderstood(f"norm of order {order}")
    total = sum(x * x for x in data)
    return apply("sqrt", total) if real(total) > 0 else 0.0 * total


def spectral_norm(v: Mat) -> float:
    """The largest singular value, by power iteration."""
    gram = multiply(transpose(v), v)
    if not isinstance(gram, Mat):
        return math.sqrt(real(gram))
    x = [1.0 + 0.37 * k for k in range(gram.rows)]
    for _ in range(3000):
        y = [sum(real(g) * b for g, b in zip(gram.row(i), x, strict=True)) for i in range(gram.rows)]
        size = math.sqrt(sum(b * b for b in y))
        if size == 0:
            return 0.0
        y = [b / size for b in y]
        if max(abs(a - b) for a, b in zip(x, y, strict=True)) < 1e-15:
            break
        x = y
    return math.sqrt(size)


def pick(whole: Value, indices: tuple[object, ...]) -> Value:
    """An entry (or a row) of a value by indices that count from 1."""
    if not indices:
        return whole
    if not isinstance(whole, Mat):
        if isinstance(whole, Eye) and len(indices) == 2:
            return whole.scale if indices[0] == indices[1] else 0 * whole.scale
        if isinstance(whole, Ones):
            return whole.scale
        raise NotUnderstood("an index on a number")
    if len(indices) == 1 and isinstance(indices[0], int) and indices[0] > 10 and whole.cols > 1:
        indices = (indices[0] // 10, indices[0] % 10)
    if not all(isinstance(k, int) for k in indices):
        raise NotUnderstood("an index with no value")
    if len(indices) == 1:
        k = int(indices[0])  # type: ignore[call-overload]
        if whole.cols == 1 or whole.rows == 1:
            if not 1 <= k <= len(whole.data):
                raise DomainError("an index out of range")
            return whole.data[k - 1]
        if not 1 <= k <= whole.rows:
            raise DomainError("an index out of range")
        return Mat(1, whole.cols, whole.row(k - 1))
    i, j = int(indices[0]), int(indices[1])  # type: ignore[call-overload]
    if len(indices) > 2 or not (1 <= i <= whole.rows and 1 <= j <= whole.cols):
        raise DomainError("an index out of range")
    return whole.data[(i - 1) * whole.cols + j - 1]


def stack(cells: list[Value]) -> Mat:
    """A column of numbers, or a matrix whose rows are given as rows or columns."""
    if all(isinstance(c, Mat) for c in cells):
        return Mat(len(cells), len(cells[0].data), [x for c in cells for x in c.data])
    return Mat(len(cells), 1, cells)
