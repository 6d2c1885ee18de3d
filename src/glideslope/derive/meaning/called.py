r"""What words call a matrix or a vector without a size: "Let $A$ and $B$ be invertible matrices", "a vector $v$".

Read as numbers, any two matrices would commute. The letter must be set as its kind is: a capital is a matrix, a small letter a vector.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from glideslope.derive.meaning.context import Context
from glideslope.derive.meaning.declare import hints_for
from glideslope.derive.meaning.listed import ends_of_list, words_at
from glideslope.derive.meaning.membership import commas
from glideslope.derive.source.chains import split_relations
from glideslope.derive.source.extract import Segment
from glideslope.derive.syntax.parser import parse_tokens
from glideslope.derive.syntax.tokens import Macros, tokenize
from glideslope.derive.syntax.tree import Node
from glideslope.errors import ParseError

__all__ = ["find_called"]

VECTOR, MATRIX, SQUARE = "vector", "matrix", "square matrix"
#: words that may stand between an article and its noun
_WORD = r"(?:(?!(?:of|in|for|to|with|by|from|on|that|which|whose|per|matri\w+|vectors?)\b)[A-Za-z][A-Za-z-]*,?\s+)"
_NOUN = r"(?:(?P<matrices>matrices)|(?P<matrix>matrix)|(?P<vectors>vectors)|(?P<vector>vector))"
#: … ⟨symmetric matrices⟩ A and B
_LEAD = re.compile(rf"(?:{_WORD}{{0,4}}){_NOUN}\s*\Z|(?P<zh>[一-鿿]{{0,6}}(?:矩阵|方阵|向量))\s*\Z", re.I)
#: A and B ⟨be invertible matrices⟩, x ⟨a vector⟩
_BE = re.compile(
    rf"\s*(?:,\s*)?(?:\b(?:be|is|are|denotes?|being)\b\s*)?(?:\b(?:an?|the|two|both|all|any|some|given|fixed)\b\s*)+(?:{_WORD}{{0,4}}){_NOUN}\b"
    rf"|\s*\b(?:be|are|denote)\b\s+(?:{_WORD}{{0,4}}){_NOUN.replace('?P<', '?P<s')}\b"
    r"|\s*(?:都|均|皆)?(?:是|为|表示)(?:一个|个)?(?P<zh>[一-鿿]{0,6}(?:矩阵|方阵|向量))",
    re.I,
)
#: A ⟨is invertible⟩
_TURNS = re.compile(r"\s*\b(?:be|is|are)\s+(?:invertible|non-?singular)\b|\s*(?:都|均)?(?:是)?可逆", re.I)
_SQUARE = re.compile(
    r"\b(?:square|invertible|non-?singular|(?:anti|skew-?)?symmetric|orthogonal|diagonal|(?:semi-?)?definite|covariance|correlation|rotation|Hessian|idempotent|permutation|identity)\b"
    r"|方阵|可逆|对称|正交|对角|正定|协方差|旋转",
    re.I,
)


def find_called(pieces: Sequence[Segment], context: Context, macros: Macros) -> None:
    """Take in what the words of a text call its letters, wherever they do."""
    for place, piece in enumerate(pieces):
        if piece.kind == "inline" and (words := _words(pieces, place)):
            for name, kind in _called(piece, words, context, macros):
                _give(name, kind, context)


def _words(pieces: Sequence[Segment], place: int) -> str:
    """The words around a plain inline formula that say what it is; empty when none do."""
    text = pieces[place].text
    if len(text) > 40 or any(mark in text for mark in ("=", "_", "(", "\\in", "\\sim")):
        return ""
    first, last = ends_of_list(pieces, place)
    lead = _LEAD.search(words_at(pieces, first - 1)[-80:])
    if lead is not None and (first == place or _many(lead)):
        return lead.group().lower()
    after = words_at(pieces, last + 1)[:120]
    beside = _BE.match(after)
    if beside is not None and (last == place or _many(beside)):
        return beside.group().lower()
    return "invertible matrix" if _TURNS.match(after) else ""


def _many(found: re.Match[str]) -> bool:
    """Whether the noun speaks of several: in Chinese it may."""
    groups = found.groupdict()
    return any(groups.get(key) for key in ("matrices", "vectors", "smatrices", "svectors", "zh"))


def _called(piece: Segment, words: str, context: Context, macros: Macros) -> Iterator[tuple[str, str]]:
    """(name, kind) for the letters of a formula that are set as the kind the words say."""
    kind = VECTOR if "vector" in words or "向量" in words else SQUARE if _SQUARE.search(words) else MATRIX
    try:
        parts = commas(split_relations(tokenize(piece.text, macros, piece.start))[0][0])
        nodes = [parse_tokens(part, hints_for(context)) for part in parts]
    except (ParseError, RecursionError, IndexError):
        return
    for node in nodes:
        if name := _letter(node, kind != VECTOR):
            yield name, kind


def _give(name: str, kind: str, context: Context) -> None:
    """Where nothing else is known of a name."""
    rank = 1 if kind == VECTOR else 2
    fact = context.known.get(name)
    if name in context.definitions or name in context.integers:
        return
    if fact is not None and (fact.shapes or fact.declared or fact.indexed or fact.rank not in (None, rank)):
        return
    fact = context.fact(name)
    fact.rank, fact.called = rank, True
    if kind == SQUARE:
        fact.structure.setdefault("square", 1.0)


def _letter(node: Node, matrix: bool) -> str:
    """The plain letter that a formula is, set as its kind is."""
    name = str(node.value) if node.op == "sym" and not node.args else ""
    letter = name.removeprefix("b:").lstrip("\\")
    plain = letter[:1].isalpha() and ":" not in letter
    return name if plain and letter[:1].isupper() == matrix else ""
