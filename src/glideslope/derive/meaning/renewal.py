r"""A letter gets a new meaning: "Let $s = a - b$" where s was something else before, "Define $f(x) = x^3$" in a later section.

The words right before a formula say that it introduces; what was known of the letter by a formula then ends.
Without such words an equation in a later section that contradicts the old formula leaves the letter without any.
"Let $u \in \mathbb{R}$" in a later section may free the letter or recall its kind: no alarm rests on it from there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glideslope.derive.meaning.define import defines, head_of
from glideslope.derive.reading.contents import reached
from glideslope.derive.syntax.tree import Node, canonical, walk

if TYPE_CHECKING:
    from glideslope.derive.meaning.context import Context, Definition

__all__ = ["contradicted", "declared_anew", "forget_function", "renew", "unsettled"]

INTRODUCES = re.compile(
    r"(?:\b(?:let|define|redefine|consider|introduce)(?:\s+(?:now|again|also|instead|then|us|the|a|an|new|function|quantity|scalar))*"
    r"|(?:现在|重新|再)?(?:[令设]|定义|考虑)(?:函数|新的)?)[\s,:，：]*(?:[*_`$]|\\\[|\\begin\{[a-z]+\*?\}|\\label\{[^}]*\}|&)*\s*\Z",
    re.I,
)
CONSIDERS = re.compile(r"\bconsider\b[^.;]*\Z|考虑[^。；]*\Z", re.I)
ALTERS = re.compile(r"\b(?:distort|deform|stretch|squeez|modif|perturb)\w*\b[^.;]*\Z|(?:拉伸|扭曲|修改)[^。；]*\Z", re.I)
#: how far words are looked back at
NEAR = 80


def renew(left: Node, right: Node, context: Context, before: str) -> bool:
    """Forget what a letter was, where the words introduce it anew by another formula."""
    if not INTRODUCES.search(before[-NEAR:]) and not ALTERS.search(before[-NEAR:]):
        return False
    held = _held(left, context)
    if not held or right.op == "num" or _own(left, right) or defines(left, right, context):
        return False
    here = any(d.section == context.section for d in held)
    same = any(canonical(d.body) == canonical(right) for d in held)
    if same and here:
        return False
    if not same and (here or CONSIDERS.search(before[-NEAR:])):
        context.renewed.add(held[0].name)  # `consider f(x) = g(x)` may be an equation to solve
    _forget(held, context)
    return True


def contradicted(left: Node, right: Node, context: Context) -> None:
    """Forget what a letter was in an earlier section, where an equation says otherwise."""
    held = _held(left, context)
    if held and right.op != "num" and not _own(left, right) and all(d.section != context.section for d in held):
        _forget(held, context)


def forget_function(name: str, context: Context) -> None:
    r"""`f : \mathbb{R}^n \to \mathbb{R}` introduces a function: what f was in an earlier section it is no longer."""
    held = [d for d in context.definitions.get(name, ()) if d.kind == "call"]
    if held and all(d.section != context.section for d in held):
        _forget(held, context)


def declared_anew(name: str, context: Context, before: str) -> None:
    """Doubt what a letter was in an earlier section, where the words introduce it anew by its kind alone."""
    held = [d for d in context.definitions.get(name, ()) if not d.head]
    if held and INTRODUCES.search(before[-NEAR:]) and all(d.section != context.section for d in held):
        context.renewed.add(name)


def unsettled(sides: tuple[Node, ...], context: Context) -> str:
    """A letter on which a claim rests whose meaning may have changed."""
    for node in reached(sides, context):
        name = node.value[0] if isinstance(node.value, tuple) else str(node.value)
        if node.op in ("sym", "call") and name.rstrip("'") in context.renewed:
            return name
    return ""


def _own(left: Node, right: Node) -> bool:
    name = left.value
    return any(n.op == left.op and n.value == name for n in walk(right))


def _held(left: Node, context: Context) -> list[Definition]:
    """The definitions of a plain letter, or of a function of plain letters."""
    head = head_of(left)
    if head is None or head[2] == "opaque" or (head[2] == "symbol" and head[1]):
        return []
    name, arguments, kind = head
    if any(a.op != "sym" or a.args for a in arguments):
        return []
    found = [d for d in context.definitions.get(name, ()) if d.kind == kind and len(d.head) == len(arguments)]
    return [d for d in found if all(h.op == "sym" and not h.args for h in d.head)]


def _forget(held: list[Definition], context: Context) -> None:
    name = held[0].name
    kept = [d for d in context.definitions[name] if d not in held]
    context.definitions.pop(name)
    if kept:
        context.definitions[name] = kept
