r"""Bars inside the brackets of a function: in $\mathrm{E}[\,|X| \mid Y]$ two enclose a value, one separates what is given.

A bar where an operand has to follow opens a value and the next one of its kind closes it; all others separate.
Two that are left make a value too, for nothing is given twice: $\mathrm{E}[a |X|]$.
"""

from __future__ import annotations

from dataclasses import replace

from glideslope.derive.syntax.cuts import split
from glideslope.derive.syntax.names import FUNCTIONS, RELATIONS
from glideslope.derive.syntax.tokens import Token
from glideslope.errors import ParseError

__all__ = ["arguments", "separates"]

BARS = ("|", "\\|")
CUTS = (",", ";", *BARS)
SIGNS = frozenset(
    [
        "+",
        "-",
        "*",
        "/",
        ",",
        ";",
        ":",
        "^",
        "_",
        "\\cdot",
        "\\times",
        "\\pm",
        "\\mp",
        "\\cap",
        "\\cup",
        "\\sum",
        "\\prod",
        "\\sup",
        "\\inf",
    ]
) | set(RELATIONS)


def separates(tokens: list[Token]) -> bool:
    """Whether a bar in an argument separates."""
    return any(t.text in BARS for t in tokens) and "|" in arguments(tokens)[1]


def arguments(tokens: list[Token]) -> tuple[list[list[Token]], str]:
    """The arguments between commas and bars, and the marks between them, `,` or `|`.

    Raises:
        ParseError: where bars can be paired in no way.
    """
    marked = _paired(tokens)
    marks, depth = "", 0
    for token in marked:
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        if depth == 0 and token.kind not in ("open", "close") and token.text in CUTS:
            marks += "|" if token.text in BARS else ","
    kept = [[replace(t, kind="cmd") if t.text in BARS else t for t in part] for part in split(marked, CUTS)]
    return [part for part in kept if part], marks


def _paired(tokens: list[Token]) -> list[Token]:
    """Bars around a value as brackets."""
    found, opened, left = list(tokens), list[int](), list[int]()
    depth, awaited = 0, True
    for k, token in enumerate(tokens):
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        if depth or token.kind == "close" or token.text not in BARS:
            awaited = token.kind == "open" or token.text in SIGNS or token.text.lstrip("\\") in FUNCTIONS
        elif awaited and any(t.text == token.text for t in tokens[k + 2 :]):
            opened.append(k)
        elif opened and tokens[opened[-1]].text == token.text:
            _enclose(found, opened.pop(), k)
        else:
            left.append(k)
            awaited = True
    if len(left) == 2 and not opened and tokens[left[0]].text == tokens[left[1]].text:
        _enclose(found, *left)
    elif len(left) > 1 or opened:
        raise ParseError("bars that make no pairs")
    return found


def _enclose(tokens: list[Token], start: int, stop: int) -> None:
    tokens[start] = replace(tokens[start], kind="open")
    tokens[stop] = replace(tokens[stop], kind="close")
