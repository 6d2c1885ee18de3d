r"""What stands below an E: the variables it averages over, their law, or both; a mere label is neither.

$\mathbb{E}_x$, $\mathbb{E}_q$, $\mathbb{E}_{q(x)}$, $\mathbb{E}_{x \sim q(x \mid z)}$.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glideslope.derive.syntax.names import ACCENTS, DENSITIES, LETTER
from glideslope.derive.syntax.tree import Binder, Node, walk

if TYPE_CHECKING:
    from glideslope.derive.syntax.parser import Parser

__all__ = ["Below", "averaged_over", "bare_mean", "over_members"]

MEMBERS = re.compile(r"(?:bb:|rm:)?E_\{([ij])\}\Z")


class Below(NamedTuple):
    """The measure, the variables averaged over (none: all that vary) and what they are conditioned on, by name."""

    measure: str
    over: tuple[str, ...] = ()
    given: tuple[str, ...] = ()


def averaged_over(under: str) -> Below | None:
    """Read the tokens below an E, joined by blanks; None where they are a label."""
    texts = under.split()
    over: list[str] = []
    if "\\sim" in texts:
        cut = texts.index("\\sim")
        over, texts = _letters(texts[:cut]), texts[cut + 1 :]
        if not over:
            return None
    elif texts and (texts[0] not in DENSITIES or len(texts) == 1):
        if texts[0] in DENSITIES:  # E_q: over all that varies
            return Below(DENSITIES[texts[0]])
        over = _letters(texts)
        return Below("p", tuple(over)) if over else None
    if not texts or texts[0] not in DENSITIES:
        return None
    measure, rest = DENSITIES[texts[0]], texts[1:]
    if rest[:1] == ["_"]:
        stop = rest.index("}") + 1 if rest[1:2] == ["{"] else 2
        measure, rest = measure + "_" + "".join(rest[1:stop]).strip("{}"), rest[stop:]
    if not rest:
        return Below(measure, tuple(over))
    if rest[0] != "(" or rest[-1] != ")":
        return None
    inner = rest[1:-1]
    bar = inner.index("|") if "|" in inner else len(inner)
    over = over or _letters(inner[:bar])
    given = _letters(inner[bar + 1 :])
    if not over or (bar < len(inner) and not given):
        return None
    return Below(measure, tuple(over), tuple(given))


def _letters(texts: list[str]) -> list[str]:
    """x , y as names; empty when it is anything else."""
    names: list[str] = []
    bold = ""
    if len(texts) in (2, 4) and texts[0] in ACCENTS:  # θ̂
        inner = "".join(texts[1:]).strip("{}")
        return [f"{ACCENTS[texts[0]]} {inner}"] if LETTER.match(inner) else []
    for text in texts:
        if text == ",":
            continue
        if text in ("\\mathbf", "{", "}"):
            bold = "b:" if text == "\\mathbf" else bold
            continue
        if not LETTER.match(text):
            return []
        names.append(bold + text)
        bold = ""
    return names


def over_members(name: str, body: Node) -> Node | None:
    r"""$\mathbb{E}_i[\nabla f_i(x)]$: an example is drawn, each as likely as any other, so this is the mean over all i; None where i numbers nothing."""
    found = MEMBERS.match(name)
    if found is None or not any(_carries(n, found.group(1)) for n in walk(body)):
        return None
    total = Node("big", (body,), Binder("sum", (found.group(1),), False, False), body.start, body.end)
    return Node("frac", (total, Node("count", (total,), None, body.start, body.end)), None, body.start, body.end)


def bare_mean(p: Parser, name: str, under: str) -> Node | None:
    r"""$\mathbb{E}_i \nabla f_i(x)$, without brackets; None where no slope follows."""
    if name not in ("E", "bb:E", "rm:E") or under not in ("i", "j") or p.peek() not in ("\\nabla", "\\partial"):
        return None
    mean = over_members(name + "_{" + under + "}", p.product())
    if mean is None:
        raise p.error("an expectation without brackets")
    return mean


def _carries(node: Node, letter: str) -> bool:
    if node.op == "call":
        indices = node.args[len(node.args) - node.value[1] :] if isinstance(node.value, tuple) else ()
    else:
        indices = node.args if node.op == "sym" else ()
    return any(a.op == "sym" and a.value == letter for a in indices)
