"""Cutting token lists: at separators, at relations, around differentials.

All cuts respect groups and environments; nothing here knows what a formula means.
"""

from __future__ import annotations

from glideslope.derive.syntax.names import RELATIONS
from glideslope.derive.syntax.tokens import Token, closing
from glideslope.derive.syntax.tree import Node
from glideslope.errors import ParseError

__all__ = [
    "bound_by",
    "differential",
    "has_relation",
    "integer",
    "norm_order",
    "running_letters",
    "skip_differential",
    "split",
    "split_order",
    "strip_brackets",
    "unprimed",
    "without_layout",
    "without_reasons",
]


def without_layout(tokens: list[Token]) -> list[Token]:
    """Drop alignment marks, line breaks and words outside environments; wide spaces everywhere."""
    kept: list[Token] = []
    depth = 0
    for token in tokens:
        depth += {"open": 1, "close": -1}.get(token.kind, 0) + {"\\begin": 1, "\\end": -1}.get(token.text, 0)
        label = token.kind == "text" and kept and kept[-1].text in ("_", "^")  # x_\text{new}
        if token.kind == "quad" or (depth == 0 and token.kind in ("amp", "text", "break") and not label):
            continue
        kept.append(token)
    return kept


def without_reasons(tokens: list[Token]) -> list[Token]:
    r"""Leave out what a line rests on: from `\because` to the end of its row, or of the brackets it opens."""
    out: list[Token] = []
    here = 0
    while here < len(tokens):
        if tokens[here].text != "\\because":
            out.append(tokens[here])
            here += 1
            continue
        opened = bool(out) and out[-1].text == "("
        stop = closing(tokens, here - 1) if opened else here
        depth = 0
        while not opened and stop < len(tokens) and not (depth == 0 and tokens[stop].kind == "break"):
            depth += {"open": 1, "close": -1}.get(tokens[stop].kind, 0) + {"\\begin": 1, "\\end": -1}.get(
                tokens[stop].text, 0
            )
            if depth < 0:
                break
            stop += 1
        if opened:
            out.pop()
        here = stop + 1 if opened else stop
    return out


def split(tokens: list[Token], separators: tuple[str, ...]) -> list[list[Token]]:
    """Cut at separators outside groups and environments."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        if token.kind == "open" or token.text == "\\begin":
            depth += 1
        elif token.kind == "close" or token.text == "\\end":
            depth -= 1
        elif depth == 0 and (token.text in separators or (token.kind == "break" and "\\\\" in separators)):
            parts.append([])
            continue
        parts[-1].append(token)
    return parts


def has_relation(tokens: list[Token]) -> bool:
    """Whether a relation stands outside all groups."""
    depth = 0
    for token in tokens:
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        if depth == 0 and token.text in RELATIONS:
            return True
    return False


def strip_brackets(tokens: list[Token]) -> list[Token]:
    """The tokens without the brackets around all of them."""
    while tokens and tokens[0].text in ("(", "{") and closing(tokens, 0) == len(tokens) - 1:
        tokens = tokens[1:-1]
    return tokens


def differential(tokens: list[Token]) -> str:
    """Tell whether tokens begin with ∂ ("p") or a differential d ("d")."""
    if not tokens:
        return ""
    if tokens[0].text == "\\partial":
        return "p"
    if tokens[0].text == "d" and (len(tokens) == 1 or tokens[1].text not in ("_", "(", "'", "+", "-", "=")):
        return "d"
    texts = [t.text for t in tokens[:4]]
    if (
        texts[:4] == ["\\mathrm", "{", "d", "}"]
        or texts[:2] == ["\\mathrm", "d"]
        or texts[:4] == ["{", "\\rm", "d", "}"]
    ):
        return "d"
    return ""


def skip_differential(tokens: list[Token], here: int) -> tuple[int, int]:
    """Position after ∂^n and its order n."""
    if tokens[here].text in ("\\mathrm", "{"):
        here += 2 if tokens[here + 1].text == "d" else 4
    else:
        here += 1
    if here < len(tokens) and tokens[here].text == "^":
        if here + 1 < len(tokens) and tokens[here + 1].text == "{":
            stop = closing(tokens, here + 1)
            return stop + 1, int(integer(tokens[here + 2 : stop]) or 1)
        if here + 1 < len(tokens) and tokens[here + 1].kind == "num":
            return here + 2, int(tokens[here + 1].text)
    return here, 1


def split_order(tokens: list[Token]) -> tuple[list[Token], int]:
    """Split x^2 below a second derivative into x and 2."""
    if len(tokens) >= 3 and tokens[-2].text == "^" and tokens[-1].kind == "num":
        return tokens[:-2], int(tokens[-1].text)
    if len(tokens) >= 5 and tokens[-4].text == "^" and tokens[-2].kind == "num" and tokens[-3].text == "{":
        return tokens[:-4], int(tokens[-2].text)
    return tokens, 1


def integer(tokens: list[Token]) -> str:
    """The digits of a small whole number, empty for anything else."""
    text = "".join(t.text for t in tokens)
    return text if text.isdigit() and len(text) < 3 else ""


def norm_order(tokens: list[Token]) -> str:
    """The order a norm's subscript names."""
    text = "".join(t.text for t in tokens).strip("{}")
    return {"F": "F", "\\mathrm{F}": "F", "\\mathrm{F": "F", "\\infty": "inf", "1": "1", "2": "2s"}.get(text, text)


def unprimed(tokens: list[Token]) -> list[Token]:
    """Join primes to the letter before them."""
    found: list[Token] = []
    for token in tokens:
        if token.text == "'" and found:
            last = found.pop()
            found.append(Token("primed", last.text + "'", last.start, token.end))
        else:
            found.append(token)
    return found


#: fonts of what a sum runs over, as names carry them
RUNNING_FONTS = {"\\mathbf": "b:", "\\mathcal": "cal:"}


def running_letters(tokens: list[Token], needed: bool = False) -> list[str]:
    r"""The letters a sum runs over, each with its font: `\mathbf{z}` is the z in bold."""
    named = unprimed(tokens)
    if needed and not named:
        raise ParseError("expected a summation index")
    found: list[str] = []
    while named:
        font = RUNNING_FONTS.get(named[0].text) if [t.text for t in named[1:4:2]] == ["{", "}"] else None
        token = named[0] if font is None else named[2]
        if token.kind not in ("char", "cmd", "primed") or token.text in ("(", ")"):
            raise ParseError(f"{token.text!r} cannot be a summation index at offset {token.start}")
        found.append((font or "") + token.text)
        named = named[1 if font is None else 4 :]
    return found


def bound_by(condition: Node) -> str:
    """The letter a condition such as j ≠ i or 1 ≤ i ≤ n binds: the first plain one."""
    for node in condition.args if condition.op == "and" else (condition,):
        sides = node.args if condition.op != "and" else (node.args[1], node.args[0])
        for side in sides:
            if side.op == "sym" and not side.args:
                return str(side.value)
    raise ParseError("a sum without an index")
