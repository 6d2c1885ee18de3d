r"""Which names carry the number of a layer, or a moment, above them: in a text with $z^l = W^l a^{l-1}$ no l is a power.

Nobody differentiates by a power: beside $\\frac{\\partial L}{\\partial W^1}$ neither W^1 nor W^2 is one, and beside $\\frac{\\partial L}{\\partial a_j^t}$ no t above an entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["exampled", "numbered"]

LAYERED = re.compile(
    r"(\\(?:mathbf|boldsymbol|bm|vec|hat|tilde|bar)\s*\{?\s*)?(\\[a-zA-Z]+|[A-Za-z])\s*\}?\s*(?:_\{?\w+\}?)?\^\s*\{?\s*(l|L|\\ell)\s*([+-]\s*1)?\s*\}?(?![a-zA-Z])"
)
BOLD = ("mathbf", "boldsymbol", "bm", "vec")


NAME = r"(?:\\(?:mathbf|boldsymbol|bm|hat|tilde|bar)\s*\{?\s*)?(?:\\[a-zA-Z]+|[A-Za-z])\s*\}?"
BELOW = r"(?:_\s*(?:\{[^{}]*\}|\w)\s*)"
BY = re.compile(rf"\\partial\s*\{{?\s*{NAME}\s*{BELOW}?\^\s*\{{?\s*(1|[a-zA-Z])\s*(?:[-+]\s*1\s*)?\}}?(?![a-zA-Z0-9])")
ABOVE = r"\^\s*\{?\s*%s\s*(?:[-+]\s*1\s*)?\}?(?![a-zA-Z0-9])"
PARTS = re.compile(r"(\\(?:mathbf|boldsymbol|bm|hat|tilde|bar)\s*\{?\s*)?(\\[a-zA-Z]+|[A-Za-z])")


def numbered(texts: Iterable[str]) -> set[str]:
    """Names with a raised l, where l − 1 stands above one too or several names have it; `W^` where numbers above W are marks."""
    held = list(texts)
    found = [match for text in held for match in LAYERED.finditer(text)]
    if not any(m.group(4) for m in found) and len({m.group(2) for m in found}) < 2:
        found = []
    names = {_font(m.group(1) or "") + m.group(2) for m in found}
    for mark in {m.group(1) for text in held if "partial" in text for m in BY.finditer(text)}:
        names |= _marked(held, mark)
    return names


def _marked(texts: list[str], mark: str) -> set[str]:
    """The names with a mark above by which the text differentiates something: with a letter those that are entries or differentiated."""
    if mark in "Td" or mark.isupper():
        return set()
    entry = rf"(?P<d>\\partial\s*\{{?\s*)?(?P<n>{NAME})\s*(?P<b>{BELOW})?{ABOVE % mark}\s*(?P<a>{BELOW})?"
    names = set()
    for match in (m for text in texts for m in re.finditer(entry, text)):
        parts = PARTS.match(match.group("n"))
        if parts is not None and (mark == "1" or any(match.group(g) for g in "dba")):
            names.add(_font(parts.group(1) or "") + parts.group(2) + ("^" if mark == "1" else ""))
    return names


MEMBER = re.compile(r"(?<![A-Za-z\\{_^])([a-z])\s*(?:_\s*(?:\{[^{}]*\}|\w)\s*)?\^\s*\{\s*\(\s*[a-zA-Z]\s*\)\s*\}")
ENTRY = re.compile(r"(?<![A-Za-z\\])([a-z])\s*_\s*(?:\{[^{}]*\}|\w)(?!\s*\^)")


def exampled(texts: Iterable[str]) -> set[str]:
    r"""Letters with the number of an example in brackets above, $x^{(i)}$, and none below alone: bare, x is any one of them."""
    held = list(texts)
    entries = {name for text in held for name in ENTRY.findall(text)}
    return {name for text in held if "^" in text for name in MEMBER.findall(text)} - entries


def _font(command: str) -> str:
    word = command.strip("\\ {")
    return "b:" if word in BOLD else word + " " if word else ""
