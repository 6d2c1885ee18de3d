r"""Which names carry the number of a layer above them: in a text with $z^l = W^l a^{l-1}$ no l is a power."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["exampled", "numbered"]

LAYERED = re.compile(
    r"(\\(?:mathbf|boldsymbol|bm|vec|hat|tilde|bar)\s*\{?\s*)?(\\[a-zA-Z]+|[A-Za-z])\s*\}?\s*(?:_\{?\w+\}?)?\^\s*\{?\s*(l|L|\\ell)\s*([+-]\s*1)?\s*\}?(?![a-zA-Z])"
)
BOLD = ("mathbf", "boldsymbol", "bm", "vec")


def numbered(texts: Iterable[str]) -> set[str]:
    """Names with a raised l, where l − 1 stands above one too or several names have it."""
    found = [match for text in texts for match in LAYERED.finditer(text)]
    if not any(m.group(4) for m in found) and len({m.group(2) for m in found}) < 2:
        return set()
    return {_font(m.group(1) or "") + m.group(2) for m in found}


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
