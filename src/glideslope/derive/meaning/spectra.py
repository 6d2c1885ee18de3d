r"""Eigenvalues and singular values that words introduce: "let $\lambda_1, \dots, \lambda_n$ be the eigenvalues of $A$".

The words become a definition, so that $\operatorname{tr} A = \sum_i \lambda_i$ is a claim like any other.
Values are sorted, the largest first; a sample with complex eigenvalues is thrown away, for the notes this reads speak of real ones.
"""

from __future__ import annotations

import itertools
import math
import re
from typing import TYPE_CHECKING

from glideslope.derive.evaluation.numbers import DomainError, Dual, real
from glideslope.derive.evaluation.scope import Bind, NotUnderstood, Scope
from glideslope.derive.evaluation.values import Mat, ShapeClash, Value, multiply, transpose
from glideslope.derive.meaning.context import Definition
from glideslope.derive.syntax.tree import Node

if TYPE_CHECKING:
    from glideslope.derive.evaluation.evaluate import Evaluator
    from glideslope.derive.meaning.context import Context

__all__ = ["SPECTRAL", "eigenvalues", "introduce", "singular_values", "spectral"]

#: the calls that stand for one value of a spectrum
SPECTRAL = ("eigenvalue", "singularvalue")
OF = re.compile(
    r"\b(eigen|singular )values?\s+of\s+(?:(?:the|a|an|its)\s+)?(?:[a-z]+\s+)?(?:matri(?:x|ces)\s*)?\Z", re.I
)
ARE = re.compile(r"\A\s*(?:are|be|,|:|as|by|\(|denoted(?:\s+by)?)\W*(?:denoted\s+by\W*)?\Z", re.I)
BE = re.compile(
    r"\A[\s,]*(?:be|are|denote|is|being)?\s*(?:the|its)?\s*(?:(?!not\b)[a-z]+\s+){0,2}(eigen|singular )values?\s+of\s+"
    r"(?:the\s+|a\s+)?(?:[a-z]+\s+)?(?:matrix\s*)?\Z", re.I)  # fmt: skip
OF_ZH = re.compile(r"\A\s*的(特征|奇异)值(?:分别)?(?:为|是|记作|记为)?\s*\Z")
BE_ZH = re.compile(r"\A\s*(?:是|为)(?:矩阵)?\s*\Z")
VALUE_ZH = re.compile(r"\A\s*的(特征|奇异)值")


def introduce(words: tuple[str, str, str], first: Node | None, second: Node | None, context: Context) -> bool:
    """Take in two formulas with the words before, between and after them; True when they tell of a spectrum."""
    before, between, after = words
    if found := OF.search(before):
        pair = (second, first) if ARE.match(between) else None
    elif found := BE.match(between):
        pair = first, second
    elif found := OF_ZH.match(between):
        pair = second, first
    elif (found := VALUE_ZH.match(after)) and BE_ZH.match(between):
        pair = first, second
    else:
        return False
    if pair is None or pair[0] is None or pair[1] is None:
        return False
    singular = found.group(1).strip().lower() in ("singular", "奇异")
    return _define(pair[0], pair[1], SPECTRAL[singular], context)


def _define(values: Node, matrix: Node, kind: str, context: Context) -> bool:
    name = str(values.value)
    if values.op != "sym" or len(values.args) != 1 or matrix.op != "sym" or matrix.args or name in context.definitions:
        return False
    letter = Node("sym", (), "i")
    fact = context.fact(str(matrix.value))
    if fact.rank is None and not fact.shapes:
        fact.rank = 2
    entry = Node("sym", (letter, letter), matrix.value)  # its index tells how many values there are
    body = Node("call", (matrix, letter, entry), kind)
    context.define(Definition(name, (letter,), body, "symbol", context.section))
    return True


def spectral(e: Evaluator, node: Node, bind: Bind, scope: Scope) -> Value:
    """The value with the number the second argument says."""
    whole, k = e.eval(node.args[0], bind, scope), e.whole(node.args[1], bind, scope)
    if not isinstance(whole, Mat):
        raise NotUnderstood("the spectrum of a number")
    found = (eigenvalues if node.value == SPECTRAL[0] else singular_values)(whole)
    if not 1 <= k <= len(found):
        raise DomainError("an index out of range")
    return found[k - 1]


def eigenvalues(a: Mat) -> list[float]:
    """The real eigenvalues, the largest first.

    Raises:
        ShapeClash: of something not square.
        DomainError: where one is complex, or two are too close to tell apart.
    """
    if a.rows != a.cols:
        raise ShapeClash("an eigenvalue of something not square")
    if any(isinstance(x, Dual) or (isinstance(x, complex) and x.imag) for x in a.data):
        raise NotUnderstood("the slope of an eigenvalue")
    n, data = a.rows, [real(x) for x in a.data]
    if all(abs(data[i * n + j] - data[j * n + i]) <= 1e-12 for i in range(n) for j in range(i)):
        return sorted(_jacobi(data, n), reverse=True)
    roots = _roots(_characteristic(a))
    scale = max(abs(r) for r in roots) or 1.0
    if any(abs(r.imag) > 1e-7 * scale for r in roots):
        raise DomainError("complex eigenvalues")
    found = sorted((r.real for r in roots), reverse=True)
    if any(p - q < 1e-3 * scale for p, q in itertools.pairwise(found)):
        raise DomainError("eigenvalues too close to tell apart")
    return found


def singular_values(a: Mat) -> list[float]:
    """The singular values, the largest first."""
    gram = multiply(transpose(a), a) if a.rows >= a.cols else multiply(a, transpose(a))
    assert isinstance(gram, Mat)
    return [math.sqrt(max(x, 0.0)) for x in eigenvalues(gram)]


def _jacobi(data: list[float], n: int) -> list[float]:
    """Rotations that turn a symmetric matrix diagonal."""
    a = [data[i * n : (i + 1) * n] for i in range(n)]
    for _ in range(60):
        p, q = max(
            ((i, j) for i in range(n) for j in range(i + 1, n)), key=lambda t: abs(a[t[0]][t[1]]), default=(0, 0)
        )
        if p == q or abs(a[p][q]) < 1e-15:
            break
        angle = 0.5 * math.atan2(2 * a[p][q], a[p][p] - a[q][q])
        c, s = math.cos(angle), math.sin(angle)
        for k in range(n):
            a[k][p], a[k][q] = c * a[k][p] + s * a[k][q], c * a[k][q] - s * a[k][p]
        a[p], a[q] = ([c * x + s * y for x, y in zip(a[p], a[q], strict=True)],
                      [c * y - s * x for x, y in zip(a[p], a[q], strict=True)])  # fmt: skip
    return [a[i][i] for i in range(n)]


def _characteristic(a: Mat) -> list[float]:
    """Coefficients of det(λI − A), the highest power first, by the traces of Faddeev and LeVerrier."""
    n = a.rows
    coefficients, m = [1.0], Mat(n, n, [0.0] * (n * n))
    for k in range(1, n + 1):
        shifted = [x + (coefficients[-1] if i % (n + 1) == 0 else 0.0) for i, x in enumerate(m.data)]
        m = multiply(a, Mat(n, n, shifted))
        coefficients.append(-real(sum(m.data[:: n + 1])) / k)
    return coefficients


def _roots(coefficients: list[float]) -> list[complex]:
    """All roots at once, by the iteration of Durand and Kerner."""
    n = len(coefficients) - 1
    bound = 1 + max(abs(c) for c in coefficients)
    roots = [complex(0.4, 0.9) ** k * min(bound, 2.0) for k in range(n)]
    for _ in range(200):
        moved = 0.0
        for i, r in enumerate(roots):
            value, others = complex(0), complex(1)
            for c in coefficients:
                value = value * r + c
            for j, s in enumerate(roots):
                others *= r - s if j != i else 1
            step = value / others if others else complex(1e-3)
            roots[i] = r - step
            moved = max(moved, abs(step))
        if moved < 1e-14 * bound:
            break
    return roots
