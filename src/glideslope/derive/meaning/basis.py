r"""Unit vectors: "the standard basis vectors $e_1, \dots, e_n$" makes $e_i^\top y = y_i$ a claim like any other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glideslope.derive.evaluation.numbers import DomainError
from glideslope.derive.evaluation.scope import Bind, Scope
from glideslope.derive.evaluation.values import Mat, Value
from glideslope.derive.meaning.context import Context, Definition
from glideslope.derive.syntax.tree import Node

if TYPE_CHECKING:
    from glideslope.derive.evaluation.evaluate import Evaluator

__all__ = ["basis_vector", "introduce_basis", "may_be_basis", "says_basis"]

WORDS = re.compile(
    r"\b(?:standard|canonical|natural|Euclidean|coordinate)\s+(?:unit\s+|basis\s+)?(?:basis|unit|vectors?)\b"
    r"|\b(?:unit|basis)\s+vectors?\b|标准基|自然基|单位(?:坐标)?向量|基向量", re.I)  # fmt: skip
NAMES = ("e", "b:e")


STARTS = ("e_", "\\mathbf{e}_", "\\mathbf e_", "\\boldsymbol{e}_", "\\bm{e}_", "\\vec{e}_")


def may_be_basis(text: str) -> bool:
    """Whether a formula begins with e_i."""
    return text.lstrip("{ ").startswith(STARTS)


def says_basis(before: str, after: str) -> bool:
    """Whether the words beside a formula speak of basis vectors."""
    return bool(WORDS.search(before[-60:]) or WORDS.search(after[:60]))


def introduce_basis(node: Node | None, context: Context) -> None:
    """Define e_i as the i-th unit vector."""
    if node is None or node.op != "sym" or str(node.value) not in NAMES or len(node.args) != 1:
        return
    name = str(node.value)
    if name in context.definitions:
        return
    fact = context.fact(name)
    if not fact.shapes:
        fact.rank, fact.family = 1, 1
    fact.structure.pop("unit", None)
    letter = Node("sym", (), "i")
    context.define(Definition(name, (letter,), Node("basis", (letter,), name), "symbol", context.section))


def basis_vector(e: Evaluator, node: Node, bind: Bind, scope: Scope) -> Value:
    """The unit vector with a number, as long as the vectors of its name are."""
    name, k = str(node.value), e.whole(node.args[0], bind, scope)
    fact = e.context.known.get(name)
    if fact is None or not fact.shapes:
        e.unknown.add(name)  # a claim may need unit vectors of two lengths
    n = e.slot_size(name, (k,), 1, scope)
    if not 1 <= k <= n:
        raise DomainError("an index out of range")
    return Mat(n, 1, [1.0 if i == k else 0.0 for i in range(1, n + 1)])
