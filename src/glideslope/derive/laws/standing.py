r"""Letters that stand for a value of a variable: k in $P(X = k)$, t in $P(X > t)$ and $F_X(t)$, p in $Q_X(p)$.

As a number by lot k would hardly ever be a value that X takes, and t often one where the law has ended: what a text says of them it says of values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from glideslope.derive.laws.chance import form_of, key_of
from glideslope.derive.laws.stated import Stated
from glideslope.derive.laws.transforms import TRANSFORMS
from glideslope.derive.meaning.context import Context
from glideslope.derive.syntax.names import LETTER
from glideslope.derive.syntax.tree import Node, walk

__all__ = ["standing"]


def standing(
    sides: tuple[Node, ...], laws: dict[str, Stated], parameters: set[str], context: Context
) -> tuple[dict[str, Node], set[str]]:
    """The letters of a claim that stand for values, each with its variable, and those for parts of the probability; none with a meaning of its own."""
    values: dict[str, Node] = {}
    parts: set[str] = set()
    asked = [found for side in sides for node in walk(side) for found in _asked(node, laws, context)]
    for variable, place in sorted(
        asked, key=lambda found: found[1].op != "sym"
    ):  # y of F_Y(y) is one of Y, not √y of X
        mine = {name for name in _letters(place) - parameters if _open(name, laws, context)}
        if variable is None:
            parts |= mine
        else:
            values.update(dict.fromkeys(mine - set(values), variable))
    return values, parts


def _asked(node: Node, laws: dict[str, Stated], context: Context) -> Iterator[tuple[Node | None, Node]]:
    """(variable, value) where a formula asks for a law at a value; no variable where it asks for a quantile."""
    called = node.args[0] if node.op == "inverse" else node
    if called.op == "call" and isinstance(called.value, tuple):
        name, under = str(called.value[0]).rstrip("'"), called.args[-1]
        if name in TRANSFORMS and name != "M" and len(called.args) == 2 and _varies(under, laws, context):
            yield None if name == "Q" or node.op == "inverse" else under, called.args[0]
        return
    form = form_of(node, context) if node.op == "opaque" else None
    if form is None or form.kind != "density":
        return
    for event in (*form.args, *form.given):
        for part in walk(event):
            if part.op == "rel":
                varying = [side for side in part.args if any(_varies(n, laws, context) for n in walk(side))]
                if len(varying) == 1:
                    other = part.args[1] if varying[0] is part.args[0] else part.args[0]
                    backwards = other.op == "inverse" and other.args[0].args[0].op == "sym"
                    if backwards:  # X = g^{-1}(y): y is a value of g(X)
                        called = other.args[0]
                        yield replace(called, args=(varying[0], *called.args[1:])), called.args[0]
                    else:
                        yield varying[0], other


def _varies(node: Node, laws: dict[str, Stated], context: Context) -> bool:
    """A capital with a law, or with a definition that may rest on one."""
    name = str(node.value)
    capital = node.op == "sym" and not node.args and name.split(":")[-1].isupper()
    return capital and (key_of(name, ()) in laws or name in context.definitions)


def _letters(node: Node) -> set[str]:
    return {str(n.value) for n in walk(node) if n.op == "sym" and not n.args and LETTER.match(str(n.value))}


def _open(name: str, laws: dict[str, Stated], context: Context) -> bool:
    """Whether the text says nothing of a letter that would tell what number it is."""
    if key_of(name, ()) in laws or name in context.definitions or name in context.integers:
        return False
    fact = context.known.get(name)
    bounded = fact is not None and (fact.low is not None or fact.high is not None or fact.choices or fact.integer)
    return not bounded and not context.rank(name) and name not in ("e", "\\pi")
