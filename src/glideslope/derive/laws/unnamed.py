r"""Variables of which the text names no law: $F_Y(y) = F_X(g^{-1}(y))$ is true of every law of X.

Such a variable gets a law by lot, one with a density and one with masses; a claim has to hold with both, unless the text says which it means
or the claim takes slopes, which only a law with a density has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from glideslope.derive.laws.chance import form_of, key_of
from glideslope.derive.laws.stated import Stated
from glideslope.derive.meaning.context import Context
from glideslope.derive.reading.contents import reached
from glideslope.derive.syntax.tree import Node, walk

__all__ = ["kind_words", "kinds_for", "unnamed"]

#: what a law by lot is made of
PARAMETERS = ("place", "width", "lean")
SMOOTH = re.compile(r"\bcontinuous(?:\]\([^)\s]*\))?,? \[?random|\bdensit(?:y|ies)\b|连续型?随机|密度", re.I)
STEPPED = re.compile(r"\bdiscrete(?:\]\([^)\s]*\))?,? \[?random|\bmass functions?\b|离散型?随机|概率质量", re.I)


def kind_words(text: str) -> str:
    """Which kind of law a text speaks of; empty when both or neither."""
    found = [kind for kind, said in (("continuous", SMOOTH), ("discrete", STEPPED)) if said.search(text)]
    return found[0] if len(found) == 1 else ""


def kinds_for(sides: tuple[Node, ...], context: Context) -> tuple[str, ...]:
    """The kinds of law a claim has to hold with."""
    if any(_is_slope(n) for side in sides for n in walk(side)):
        return ("continuous",)
    return (context.kind_of_law,) if context.kind_of_law else ("continuous", "discrete")


def _is_slope(node: Node) -> bool:
    name = node.value[0] if isinstance(node.value, tuple) else node.value
    primed = node.op == "call" and str(name).endswith("'")
    return node.op in ("deriv", "grad") or primed or (node.op == "big" and node.value.kind == "int")


def unnamed(sides: tuple[Node, ...], kind: str, context: Context) -> dict[str, Stated]:
    """Laws by lot for the variables that a claim asks for a distribution function, or for the chance of an inequality."""
    names = {str(n.value) for node in reached(sides, context) for n in _varying(node, context)}
    if not names:
        return {}
    names |= {n for node in reached(sides, context) for n in _capital(node)}
    made = tuple(Node("sym", (), name) for name in names if name in context.definitions)  # Z = X + Y
    names |= {str(n.value) for n in reached(made, context) if _is_capital(n)}
    found = {}
    for name in sorted(names):
        key = key_of(name, ())
        if name in context.definitions or key in context.laws or key in context.moments or context.rank(name):
            continue
        parameters = tuple(Node("sym", (), f"◦{what} {name}") for what in PARAMETERS)
        found[key] = Stated(name, (), f"{kind} by lot", parameters)
    return found


def _varying(node: Node, context: Context) -> Iterator[Node]:
    """Capitals that a formula treats as variables with a law."""
    if node.op == "call" and isinstance(node.value, tuple) and node.value[1] == 1:
        if str(node.value[0]).rstrip("'") in ("F", "f") and _is_capital(node.args[-1]):
            yield node.args[-1]
        return
    form = form_of(node, context) if node.op == "opaque" else None
    if form is None or form.kind != "density" or form.given:
        return
    for event in form.args:
        for part in walk(event):
            if part.op == "rel" and (part.value != "=" or part.args[0].op != "sym"):
                yield from (n for n in walk(part) if _is_capital(n))


def _capital(node: Node) -> Iterator[str]:
    """… and the others that stand in an event, or in a definition the claim rests on."""
    if node.op == "rel" or (node.op == "call" and len(node.args) == 1):
        yield from (str(n.value) for n in walk(node) if _is_capital(n))


def _is_capital(node: Node) -> bool:
    name = str(node.value)
    return node.op == "sym" and not node.args and len(name) == 1 and name.isupper()
