r"""Events put together: $P(A \cup B)$, $P(B \setminus (A \cap B))$, $P((A \cup B)^c)$, $P(\emptyset)$, $P(\Omega)$.

$\cap$ binds before $\cup$ and $\setminus$, which go from left to right.
"""

from __future__ import annotations

from collections.abc import Callable

from glideslope.derive.syntax.tokens import Token, closing
from glideslope.derive.syntax.tree import Node

__all__ = ["read_event", "speaks_of_sets"]

EMPTY = ("\\emptyset", "\\varnothing")
JOINED = {"\\cup": "or", "\\setminus": "minus", "\\cap": "and"}


def speaks_of_sets(tokens: list[Token]) -> bool:
    """Whether an argument is an event put together of others, or the surest or the emptiest of all."""
    if [t.text for t in tokens] == ["\\Omega"]:
        return True
    return any(t.text in ("\\cup", "\\setminus", *EMPTY) for t in tokens)


def read_event(tokens: list[Token], leaf: Callable[[list[Token]], Node]) -> Node:
    """The tree of an event; `leaf` reads what is not put together."""
    start, end = (tokens[0].start, tokens[-1].end) if tokens else (0, 0)
    for signs in (("\\cup", "\\setminus"), ("\\cap",)):
        cut = _last(tokens, signs)
        if cut:
            sides = (read_event(tokens[:cut], leaf), read_event(tokens[cut + 1 :], leaf))
            return Node("event", sides, JOINED[tokens[cut].text], start, end)
    inner = _complemented(tokens)
    if inner:
        return Node("event", (read_event(inner, leaf),), "not", start, end)
    if tokens and tokens[0].text in ("(", "[") and closing(tokens, 0) == len(tokens) - 1:
        return read_event(tokens[1:-1], leaf)
    texts = [t.text for t in tokens]
    if texts == ["\\Omega"] or (len(texts) == 1 and texts[0] in EMPTY):
        return Node("event", (), "all" if texts == ["\\Omega"] else "none", start, end)
    return leaf(tokens)


def _last(tokens: list[Token], signs: tuple[str, ...]) -> int:
    """The place of the last of some signs outside of brackets, 0 where there is none."""
    depth, found = 0, 0
    for k, token in enumerate(tokens):
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        if depth == 0 and token.text in signs:
            found = k
    return found


def _complemented(tokens: list[Token]) -> list[Token]:
    r"""A of $A^c$ and $A^\mathrm{c}$, what stands in the brackets of $(A \cup B)^c$; empty for anything else."""
    places = [k for k, t in enumerate(tokens) if t.text == "^"]
    if not places or "".join(t.text for t in tokens[places[-1] + 1 :]).strip("{}") not in (
        "c",
        "C",
        "\\mathrm{c",
        "\\complement",
    ):
        return []
    return tokens[: places[-1]]
