r"""Examples beside a matrix of data: next to $X \in \mathbb{R}^{m \times n}$ most authors write $x_i$ for its $i$-th row, fewer for its $i$-th column.

Nobody says so. A claim that speaks of both is tried with the one and with the other; where it holds with neither, the text has left something unsaid.
"""

from __future__ import annotations

from glideslope.derive.judging.compare import Question
from glideslope.derive.meaning.context import Context, Definition
from glideslope.derive.reading.contents import reached
from glideslope.derive.syntax.tree import Node

__all__ = ["by_lines", "unsaid_lines"]

KINDS = {"rows": "row", "columns": "col"}


def by_lines(question: Question, context: Context, scope: str) -> Context | None:
    """The context in which small letters with an index are the rows, or the columns, of the matrix with their capital; None where there are none."""
    found = _lines(question, context)
    if not found or (scope == "columns" and any(_entries(question, name, context) for name in found)):
        return None
    other = context.fork()
    for name, matrix in found.items():
        letter = Node("sym", (), "i")
        body = Node("slice", (Node("sym", (), matrix), letter), KINDS[scope])
        other.define(Definition(name, (letter,), body, "symbol", context.section))
    return other


def unsaid_lines(question: Question, context: Context) -> str:
    """A letter that may be a line of a matrix beside it, though the text does not say so; empty where there is none."""
    return next(iter(_lines(question, context)), "")


def _lines(question: Question, context: Context) -> dict[str, str]:
    """Names with one index beside a declared matrix of their capital: {x: X}."""
    nodes = [n for n in reached((question.left, question.right), context) if n.op == "sym"]
    names = dict.fromkeys(context.resolve(str(n.value), len(n.args)) for n in nodes)
    matrices = {_letter(m): m for m in names if _is_matrix(m, context)}
    found: dict[str, str] = {}
    for node in nodes:
        name = str(node.value)
        letter = _letter(name)
        entry = len(node.args) != 1 or (node.args[0].op == "num" and node.args[0].value > 9)  # a_{12} is one of A
        if not entry and letter.islower() and letter.upper() in matrices and not _known(name, context):
            found[name] = matrices[letter.upper()]
    return found


def _letter(name: str) -> str:
    plain = name.removeprefix("b:")
    return plain if len(plain) == 1 and plain.isalpha() else ""


def _is_matrix(name: str, context: Context) -> bool:
    fact = context.known.get(name)
    return bool(_letter(name)[:1].isupper() and fact is not None and fact.declared) and context.rank(name) == 2


def _known(name: str, context: Context) -> bool:
    """Whether the text says of the letter alone what it is: its entries are no lines of a matrix."""
    fact = context.known.get(context.resolve(name, 1)) or context.known.get(name)
    alone = fact is not None and any(not shape.head for shape in fact.shapes)
    return alone or context.resolve(name, 1) in context.definitions or name in context.integers


def _entries(question: Question, name: str, context: Context) -> bool:
    nodes = reached((question.left, question.right), context)
    return any(n.op == "sym" and n.value == name and len(n.args) > 1 for n in nodes)
