r"""Named blocks are found before a text is read, for $X_1$ is a name of its own from its first use on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from glideslope.derive.meaning.context import Context
from glideslope.derive.meaning.declare import declare, hints_for
from glideslope.derive.meaning.partitions import Equation, label_blocks
from glideslope.derive.source.chains import Chain, chains_of
from glideslope.derive.source.extract import Segment
from glideslope.derive.syntax.parser import parse_tokens
from glideslope.derive.syntax.tokens import Macros
from glideslope.errors import ParseError

__all__ = ["find_blocks"]


def find_blocks(pieces: Sequence[Segment], text: str, context: Context, macros: Macros) -> None:
    """Declare what displays give a shape, and label the blocks that arrays are put together of."""
    equations: list[Equation] = []
    hints = None
    for piece, chain in _chains(pieces, macros):
        if piece.kind == "display" and chain.relations[-1:] == ["in"]:
            start, end = chain.members[0].start, chain.members[-1].end
            declare(text[start:end], start, context, macros, shapes_only=True)
        if chain.relations[:1] in (["="], [":="]) and len(chain.members) < 4:
            hints = hints or hints_for(context, macros)
            try:
                sides = [parse_tokens(m.tokens, hints) for m in chain.members[:2]]
            except (ParseError, RecursionError):
                continue
            equations.append(Equation(*sides))
    label_blocks(equations, text, context)


def _chains(pieces: Sequence[Segment], macros: Macros) -> Iterator[tuple[Segment, Chain]]:
    """The chains of the formulas that hold a matrix, and of the displays that declare a shape."""
    for piece in pieces:
        if piece.kind not in ("inline", "display") or "_" not in piece.text:
            continue
        shaped = piece.kind == "display" and "\\in" in piece.text and "\\mathbb{R}^" in piece.text
        if not shaped and "matrix}" not in piece.text:
            continue
        try:
            yield from ((piece, chain) for chain in chains_of(piece.text, macros, piece.start))
        except (ParseError, RecursionError, IndexError):
            continue
