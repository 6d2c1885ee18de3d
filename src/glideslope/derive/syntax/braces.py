r"""A token, and what whole lists of them mean: `||x||` is a norm, `\nabla{f}(x)` is `\nabla f(x)`, `\mathbf{X, Z}` is two letters in bold."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = [
    "BRACED_GRADIENT", "SEVERAL", "Token", "bare_gradients", "closing", "double_bars", "each_in_its_font", "spanning"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    r"""One token: `kind` is num, unit, char, cmd, open, close, text, break, amp or quad; `glued` when no space came before."""

    kind: str
    text: str
    start: int
    end: int
    glued: bool = False


def closing(tokens: list[Token], position: int) -> int:
    """Index of the token that closes the group opened at `position` (len(tokens) when none does)."""
    depth = 0
    for here in range(position, len(tokens)):
        kind = tokens[here].kind
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth -= 1
            if depth == 0:
                return here
    return len(tokens)


def double_bars(tokens: list[Token]) -> list[Token]:
    """`||x||` is a norm, `|x||y|` is none: two bars side by side are one sign where no single bar stands open."""
    out: list[Token] = []
    single = [False]
    here = 0
    while here < len(tokens):
        token = tokens[here]
        if token.kind == "open":
            single.append(False)
        elif token.kind == "close" and len(single) > 1:
            single.pop()
        after = tokens[here + 1] if here + 1 < len(tokens) else None
        if token.text == "|" and after is not None and after.text == "|" and after.glued and not single[-1]:
            out.append(Token("cmd", "\\|", token.start, after.end, token.glued))
            here += 2
            continue
        if token.text == "|":
            single[-1] = not single[-1]
        out.append(token)
        here += 1
    return out


BRACED_GRADIENT = re.compile(r"\\nabla\b[^{}]{0,8}(?:\{[^{}]\})?\s*\{\s*(?:[A-Za-z]|\\[A-Za-z]+)\s*\}")


def bare_gradients(tokens: list[Token]) -> list[Token]:
    r"""`\nabla{f}(x)` is `\nabla f(x)`: braces around one letter after ∇ and its scripts mean nothing."""
    out: list[Token] = []
    here, after = 0, False
    while here < len(tokens):
        token = tokens[here]
        if after and token.text in ("^", "_"):
            stop = (
                closing(tokens, here + 1) if tokens[here + 1 : here + 2] and tokens[here + 1].text == "{" else here + 1
            )
            out.extend(tokens[here : stop + 1])
            here = stop + 1
            continue
        if after and token.text == "{" and closing(tokens, here) == here + 2:
            out.append(tokens[here + 1])
            here += 3
        else:
            out.append(token)
            here += 1
        after = token.text == "\\nabla"
    return out


#: several letters that share one font: `\mathbf{X, Z}`
SEVERAL = re.compile(r"\\(?:mathbf|mathcal|boldsymbol|bm|mathsf)\s*\{\s*[A-Za-z](?:\s*,\s*[A-Za-z])+\s*\}")


def each_in_its_font(tokens: list[Token]) -> list[Token]:
    r"""`p(\mathbf{X, Z})` is `p(\mathbf{X}, \mathbf{Z})`: a font that several letters share is that of each."""
    out: list[Token] = []
    here = 0
    while here < len(tokens):
        stop = closing(tokens, here + 1) if tokens[here + 1 : here + 2] and tokens[here + 1].text == "{" else here
        inner = tokens[here + 2 : stop]
        shared = tokens[here].text in ("\\mathbf", "\\mathcal", "\\mathsf") and any(t.text == "," for t in inner)
        if not shared or any(t.kind != "char" for t in inner):
            out.append(tokens[here])
            here += 1
            continue
        for letter in inner:
            first, last = tokens[here].start if letter is inner[0] else letter.start, letter.end
            out.extend([letter] if letter.text == "," else [
                Token("cmd", tokens[here].text, first, letter.start), Token("open", "{", letter.start, letter.start),
                Token(letter.kind, letter.text, letter.start, last), Token("close", "}", last, last)])  # fmt: skip
        here = stop + 1
    return out


def spanning(tokens: list[Token], start: int, end: int) -> list[Token]:
    """The same tokens, of which the first begins at `start` and the last ends at `end`."""
    if tokens:
        first, last = tokens[0], tokens[-1]
        tokens[0] = Token(first.kind, first.text, start, first.end, first.glued)
        tokens[-1] = Token(last.kind, last.text, tokens[-1].start, end, last.glued)
    return tokens
