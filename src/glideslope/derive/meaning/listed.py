r"""Letters in a row, each in a formula of its own: "$A$, $B$ and $C$". What words say of the row they say of each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from glideslope.derive.source.extract import Segment

__all__ = ["ends_of_list", "words_at"]

#: what stands between the letters of a list, and a letter of one
BETWEEN = re.compile(r"\A\s*(?:,|，|、)?\s*(?:and|or|和|与|及|以及)?\s*\Z")
LISTED = re.compile(r"\A(?:[A-Za-z0-9 {}_]|\\(?!in\b|sim\b|dots\b|ldots\b|to\b|le|ge|ne|pm|text)[a-zA-Z]+)+(?:\\in\b.*)?\Z", re.S)
#: how far a list is followed to each side, so that a long one costs no more than its length
REACH = 12


def ends_of_list(pieces: Sequence[Segment], place: int) -> tuple[int, int]:
    """The places of the first and the last letter of the list in which the formula at a place stands; the place itself where it stands alone."""
    first = last = place
    while first > place - REACH and _joined(pieces, first - 2):
        first -= 2
    while last < place + REACH and _joined(pieces, last):
        last += 2
    return first, last


def words_at(pieces: Sequence[Segment], place: int) -> str:
    """The words at a place; none where a formula stands there."""
    return pieces[place].text if 0 <= place < len(pieces) and pieces[place].kind == "prose" else ""


def _joined(pieces: Sequence[Segment], place: int) -> bool:
    """Whether the letter at a place and the next one belong to one list."""
    if place < 0 or place + 2 >= len(pieces):
        return False
    one, words, other = pieces[place : place + 3]
    return (
        one.kind == other.kind == "inline"
        and words.kind == "prose"
        and BETWEEN.match(words.text) is not None
        and all(LISTED.match(piece.text) for piece in (one, other))
    )
