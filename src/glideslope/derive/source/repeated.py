r"""A factor written n times: \overbrace{A \cdots A}^{n \text{ times}} is A^n, and x + \dots + x below such a brace is n x."""

from __future__ import annotations

import re

from glideslope.derive.syntax.tokens import Token, tokenize

__all__ = ["repeated"]

TIMES = re.compile(r"times|copies|factors|terms|次|个", re.I)
NUMBER = re.compile(r"\$([^$]+)\$|\b(\d+)\b")


def repeated(held: list[Token], label: list[Token]) -> list[Token]:
    """The power or the multiple that a brace with a count stands for; empty when it is none."""
    count = _count(label)
    inner = held[1:-1] if held and held[0].text == "{" else held
    places = [k for k, token in enumerate(inner) if token.text == "\\dots"]
    if not count or len(places) != 1:
        return []
    before, after = inner[: places[0]], inner[places[0] + 1 :]
    sign = "+" if before and before[-1].text == "+" else ""
    if sign:
        if not after or after[0].text != "+":
            return []
        before, after = before[:-1], after[1:]
    last = [t.text for t in after]
    terms = _terms(before, len(last), sign) if last else []
    if not terms or any(term != last for term in terms):
        return []
    start, end = held[0].start, held[-1].end
    place = start if sign else end
    number = [_at("{", "open", place), *(Token(t.kind, t.text, place, place) for t in count), _at("}", "close", place)]
    factor = [_at("(", "open", start), *after, _at(")", "close", end)]
    return [*number, *factor] if sign else [*factor, _at("^", "char", end), *number]


def _at(text: str, kind: str, place: int) -> Token:
    return Token(kind, text, place, place)


def _count(label: list[Token]) -> list[Token]:
    """n in `n \text{ times}` and in `\text{$n$ times}`."""
    words = "".join(t.text for t in label if t.kind == "text")
    if not TIMES.search(words):
        return []
    rest = [t for t in label if t.kind not in ("text", "quad", "open", "close")]
    found = NUMBER.search(words)
    if found and not rest:
        return tokenize(found.group(1) or found.group(2))
    return rest


def _terms(tokens: list[Token], width: int, sign: str) -> list[list[str]]:
    """The copies before the dots, signs between them left out; empty when they are not of that width."""
    texts = [t.text for t in tokens]
    step = width + bool(sign)
    if (len(texts) + bool(sign)) % step:
        return []
    pieces = [texts[k : k + step] for k in range(0, len(texts), step)]
    if sign and any(piece[width:] not in ([], ["+"]) for piece in pieces):
        return []
    return [piece[:width] for piece in pieces]
