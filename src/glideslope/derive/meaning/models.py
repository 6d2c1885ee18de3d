r"""A model: $y = X \beta + \varepsilon$ with a law of the error beside it. y is what has been observed, and the error is what is left of it.

The equation gives y its meaning where chance is spoken of. Where a likelihood or a sum of squares is differentiated, the data stay as they are
and $\varepsilon = y - X \beta$ changes with the parameters: the same equation says both.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from glideslope.derive.meaning.context import Definition
from glideslope.derive.reading.contents import reached
from glideslope.derive.syntax.parser import Hints, parse_tokens
from glideslope.derive.syntax.tree import Node, transform, walk
from glideslope.errors import ParseError

if TYPE_CHECKING:
    from glideslope.derive.meaning.context import Context
    from glideslope.derive.source.chains import Chain

__all__ = ["Model", "keep_model", "observed", "take_model"]


@dataclass(frozen=True)
class Model:
    """The equation of a model, and the letter that counts observations where it is said of each of them."""

    equation: Chain
    left: Node
    right: Node
    letter: str


def take_model(chains: Sequence[Chain], context: Context, hints: Hints, text: str) -> Model | None:
    """The model a display states, with a law for the last term of its equation; what its letters are is noted."""
    for equation, law in itertools.pairwise(chains):
        if equation.relations != ["="] or law.relations != ["dist"] or equation.named:
            continue
        try:
            left, right = (parse_tokens(m.tokens, hints) for m in equation.members)
            error = parse_tokens(law.members[0].tokens, hints)
        except (ParseError, RecursionError):
            continue
        last = right.args[-1] if right.op == "add" and right.value[-1] == 1 else None
        plain = last is not None and last.op == left.op == error.op == "sym" and last.value == error.value
        if last is None or not plain or context.definitions.get(str(left.value)):
            continue
        letter = ""
        if not left.args and not last.args and not _ranks(left, right, last, context):
            letter = str(error.args[0].value) if len(error.args) == 1 and error.args[0].op == "sym" else ""
            letter = letter if _counted(str(left.value), letter, text) else ""
        return Model(equation, left, right, letter)
    return None


def keep_model(model: Model, context: Context, text: str) -> None:
    """Its equation has been read: said of each observation where the text counts them, and solved for the error."""
    name = str(model.left.value)
    found = context.definitions.get(name)
    if not found or found[-1] is not context.latest:
        return
    left, right = model.left, model.right
    if model.letter:
        index = Node("sym", (), model.letter)
        members = {str(n.value) for n in walk(right) if n.op == "sym" and _counted(str(n.value), model.letter, text)}
        members.add(str(right.args[-1].value))

        def counted(node: Node) -> Node | None:
            return (
                replace(node, args=(index,)) if node.op == "sym" and not node.args and node.value in members else None
            )

        left, right = replace(left, args=(index,)), transform(right, counted)
        found[-1] = replace(found[-1], head=(index,), body=right)
        for member in (*members, name):
            fact = context.fact(member)
            fact.rank = 1 if fact.rank is None and not fact.shapes else fact.rank
    error = right.args[-1]
    rest = Node("add", (left, *right.args[:-1]), (1, *(-sign for sign in right.value[:-1])), right.start, right.end)
    context.models[name] = found[-1], Definition(str(error.value), error.args, rest, "symbol", context.section)


def observed(context: Context, sides: tuple[Node, ...]) -> Context | None:
    """The context in which the data a claim speaks of are given, and their errors what is left; None where it speaks of none."""
    found = [
        (name, error)
        for name, (meaning, error) in context.models.items()
        if context.definitions.get(name) == [meaning] and not context.definitions.get(error.name)
    ]
    if any(n.op == "opaque" for side in sides for n in walk(side)):
        return None  # it speaks of chance
    names = {str(n.value) for n in reached(sides, context) if n.op == "sym"} if found else set()
    other = context.fork()
    for name, error in found:
        if {name, error.name} & names:
            del other.definitions[name]
            other.define(error)
    return other if other.order > context.order else None


def _counted(name: str, letter: str, text: str) -> bool:
    """Whether the text writes $x_i$."""
    written = re.escape(name.split(" ")[-1].split(":")[-1])
    return bool(
        letter and re.search(rf"(?<![A-Za-z\\]){written}(?:_|\}}_)\{{?\s*{re.escape(letter)}(?![A-Za-z])", text)
    )


def _ranks(left: Node, right: Node, error: Node, context: Context) -> bool:
    """X β + ε with a capital X: a matrix times a column, or a matrix where the data and the error are capitals too."""
    whole = 2 if _upper(str(left.value)) and _upper(str(error.value)) else 1
    products = [t for t in right.args[:-1] if t.op == "mul" and all(f.op == "sym" for f in t.args)]
    if not any(_upper(str(f.value)) for t in products for f in t.args):
        return False
    for name in (str(left.value), str(error.value)):
        _rank(name, whole, context)
    for term in products:
        for k, factor in enumerate(term.args):
            if not factor.args:
                _rank(str(factor.value), whole if k == len(term.args) - 1 else 2, context)
    return True


def _rank(name: str, rank: int, context: Context) -> None:
    fact = context.fact(name)
    free = fact.rank is None and not fact.shapes and name not in context.definitions and name not in context.integers
    if free and (rank == 2) == _upper(name):
        fact.rank = rank


def _upper(name: str) -> bool:
    letter = name.split(":")[-1].split(" ")[-1]
    return letter[:1].isupper() or (letter[:1] == "\\" and letter[1:2].isupper())
