r"""What words between formulas introduce: a spectrum, rows and columns, unit vectors.

"Let $w_j$ be the $j$-th row of $W$" says it with three formulas; each is read with the words and formulas beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from glideslope.derive.meaning.basis import introduce_basis, may_be_basis, says_basis
from glideslope.derive.meaning.context import Context
from glideslope.derive.meaning.curvature import introduce_curvature, speaks_of_curvature
from glideslope.derive.meaning.declare import hints_for
from glideslope.derive.meaning.define import define
from glideslope.derive.meaning.listed import ends_of_list, words_at
from glideslope.derive.meaning.membership import commas
from glideslope.derive.meaning.rows import introduce_rows, speaks_of_rows
from glideslope.derive.meaning.shaped import declare_spoken
from glideslope.derive.meaning.smallness import note_small
from glideslope.derive.meaning.spectra import introduce
from glideslope.derive.source.chains import split_relations
from glideslope.derive.source.extract import Segment
from glideslope.derive.syntax.parser import parse_tokens
from glideslope.derive.syntax.tokens import Macros, tokenize
from glideslope.derive.syntax.tree import Node, walk_values
from glideslope.errors import ParseError

__all__ = ["around", "leading", "read_passage"]

SENTENCE = re.compile(r"[.!?](?:\s|\Z)|[。！？]")
#: characters of words between formulas that are read as one passage
LONGEST = 2000


def around(pieces: Sequence[Segment], place: int) -> tuple[str, str]:
    """The words before and after a formula; of a list of letters ("Let $X$ and $Y$ be …") those around all of it."""
    first, last = ends_of_list(pieces, place)
    return words_at(pieces, first - 1), words_at(pieces, last + 1)


def read_passage(pieces: Sequence[Segment], place: int, context: Context, macros: Macros) -> None:
    """Take in what the inline formula at a place, with those beside it, is said to be."""
    _spectrum(pieces, place, context, macros)
    _rows(pieces, place, context, macros)
    declare_spoken(pieces, place, context, macros)
    _put_for(pieces, place, context, macros)
    _note(pieces, place, context, macros)
    before, after = words_at(pieces, place - 1), words_at(pieces, place + 1)
    if speaks_of_curvature(before, after):
        introduce_curvature(pieces, place, before, after, context)
    if may_be_basis(pieces[place].text):
        _basis(pieces, place, context, macros)


def _note(pieces: Sequence[Segment], place: int, context: Context, macros: Macros) -> None:
    """ "For small $\\theta$": what vanishes."""
    before, after = words_at(pieces, place - 1), words_at(pieces, place + 1)
    note_small(pieces[place].text, pieces[place].start, before, after, context, macros)


#: … ⟨by the precision matrix⟩ P
PUT_FOR = re.compile(
    r"\b(?:substitut|replac|abbreviat|denot|writ)\w*(?:\s+(?:the|our|its|whole|term|factor|expression|quantity|matrix|vector)\b)*\s*\Z",
    re.I,
)
FOR_WHICH = re.compile(r"\s*(?:by|with|as)\s+(?:(?:the|a|an|its|our)\s+)?(?:[A-Za-z-]+\s+){0,3}", re.I)


def _put_for(pieces: Sequence[Segment], place: int, context: Context, macros: Macros) -> None:
    """ "Substituting $V^{-1}$ by the precision matrix $P$": P is short for it, where nothing is said of P yet."""
    if place < 3 or pieces[place - 2].kind != "inline" or not FOR_WHICH.fullmatch(words_at(pieces, place - 1)[:90]):
        return
    whole, letter = _whole(pieces[place - 2], context, macros), _whole(pieces[place], context, macros)
    if not PUT_FOR.search(words_at(pieces, place - 3)[-60:]) or whole is None or letter is None:
        return
    if letter.op == "sym" and not letter.args and whole.op not in ("sym", "num", "rel", "tuple"):
        name, used = str(letter.value), {str(n.value) for n in walk_values(whole)}
        fact = context.known.get(name)
        if name not in context.definitions and name not in used and not (fact is not None and fact.shapes):
            define(letter, whole, context)


def _whole(piece: Segment, context: Context, macros: Macros) -> Node | None:
    """A formula without relations."""
    parts, relations = split_relations(tokenize(piece.text, macros, piece.start))
    try:
        return parse_tokens(parts[0], hints_for(context)) if not relations and len(piece.text) < 80 else None
    except (ParseError, RecursionError, IndexError):
        return None


def _spectrum(pieces: Sequence[Segment], place: int, context: Context, macros: Macros) -> None:
    """ "The eigenvalues of $A$ are $\\lambda_1, \\dots, \\lambda_n$": this formula and the one before it, with the words around them."""
    after = words_at(pieces, place + 1)
    if place < 2 or pieces[place - 1].kind != "prose" or pieces[place - 2].kind != "inline" or len(after) > 10**4:
        return
    words = words_at(pieces, place - 3)[-60:], pieces[place - 1].text, after[:20]
    if any(word in "".join(words) for word in ("value", "特征值", "奇异值")):
        first, second = (leading(pieces[k], context, macros) for k in (place - 2, place))
        introduce(words, first, second, context)


def _basis(pieces: Sequence[Segment], place: int, context: Context, macros: Macros) -> None:
    """ "Let $e_i$ be the $i$-th standard basis vector": the words may stand behind another formula."""
    following = pieces[place + 1 : place + 5]
    words = "".join(p.text[:200] if p.kind == "prose" else "⟨⟩" for p in following if p.kind != "display")
    if says_basis(words_at(pieces, place - 1), SENTENCE.split(words)[0]):
        introduce_basis(leading(pieces[place], context, macros), context)


def _rows(pieces: Sequence[Segment], place: int, context: Context, macros: Macros) -> None:
    """ "Let $w_j$ be the $j$-th row of $W$": the last of some formulas between words, with the words before it."""
    start = place
    while start > 0 and pieces[start - 1].kind in ("prose", "inline") and start > place - 8:
        start -= 1
    words = [p.text for p in pieces[start:place] if p.kind == "prose"]
    if not words or sum(map(len, words)) > LONGEST or not speaks_of_rows(words[-3:]):
        return
    passage = "".join(p.text if p.kind == "prose" else f"⟨{k}⟩" for k, p in enumerate(pieces[start : place + 1], start))
    introduce_rows(SENTENCE.split(passage)[-1], lambda k: leading(pieces[k], context, macros), context)


def leading(piece: Segment, context: Context, macros: Macros) -> Node | None:
    """What an inline formula begins with: A of A ∈ ℝⁿˣⁿ, λ_1 of λ_1, …, λ_n."""
    parts = split_relations(tokenize(piece.text, macros, piece.start))[0]
    try:
        return parse_tokens(commas(parts[0])[0], hints_for(context))
    except (ParseError, RecursionError, IndexError):
        return None
