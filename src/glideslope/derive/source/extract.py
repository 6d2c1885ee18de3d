r"""Find the mathematics in a notebook, Markdown, MyST or LaTeX text, with the place of every piece.

A document becomes a run of segments in reading order: headings, prose, inline formulas, displays, annotations.
Code, front matter and verbatim text are left out; offsets count in `Source.text`, lines in the file itself.
"""

from __future__ import annotations

import bisect
import json
import re
from dataclasses import dataclass, field

from glideslope.derive.source.scan import Piece, Scanner
from glideslope.errors import ParseError

__all__ = ["ALIGNED", "Segment", "Source", "read_source", "segments"]

ALIGNED = {
    "align", "aligned", "eqnarray", "alignat", "alignedat", "flalign", "gather", "gathered", "split", "multline", "equation",
    "displaymath", "math", "multlined", "IEEEeqnarray", "dmath", "subequations", "empheq",
}  # fmt: skip


@dataclass(frozen=True)
class Source:
    """A text with the lines of the file it came from."""

    text: str
    lines: tuple[int, ...] = ()
    cells: tuple[int, ...] = ()
    starts: list[int] = field(default_factory=list)

    def place(self, offset: int) -> tuple[int, int, int | None]:
        """(line in the file from 1, column from 1, notebook cell or None) of an offset."""
        row = bisect.bisect_right(self.starts, offset) - 1
        line = self.lines[row] if self.lines else row + 1
        return line, offset - self.starts[row] + 1, self.cells[row] if self.cells else None


@dataclass(frozen=True, slots=True)
class Segment:
    """One piece: `kind` is heading, prose, inline, display or note; `text` its content from `start` to `end`."""

    kind: str
    text: str
    start: int
    end: int
    level: int = 0
    label: str | None = None
    block: int = -1


def read_source(text: str, format: str | None = None, path: str | None = None) -> Source:
    """Prepare a text for extraction; `format` is ipynb, md or tex, else guessed from the path and the content."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if format is None:
        format = "ipynb" if (path or "").endswith(".ipynb") else "tex" if (path or "").endswith(".tex") else None
    if format == "ipynb" or (format is None and path is None and text.lstrip()[:1] == "{" and '"cells"' in text):
        return _notebook(text)
    return _source(text)


def _source(text: str, lines: tuple[int, ...] = (), cells: tuple[int, ...] = ()) -> Source:
    starts = [0] + [match.end() for match in re.finditer("\n", text)]
    return Source(text, lines, cells, starts)


def _notebook(text: str) -> Source:
    """Join the Markdown cells; each of their lines remembers its line in the file."""
    try:
        notebook = json.loads(text)
        cells = notebook["cells"] if "cells" in notebook else notebook["worksheets"][0]["cells"]
        if not isinstance(cells, list):
            raise TypeError
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        raise ParseError("expected a Jupyter notebook (JSON with a list of cells), found something else") from None
    strings = [(match.start(), match.group()) for match in re.finditer(r'"(?:[^"\\]|\\.)*"', text)]
    newline = [match.start() for match in re.finditer("\n", text)]
    position = 0
    pieces: list[str] = []
    lines: list[int] = []
    numbers: list[int] = []
    for number, cell in enumerate(cells):
        if not isinstance(cell, dict) or cell.get("cell_type") != "markdown":
            continue
        source = cell.get("source", "")
        parts = source if isinstance(source, list) else [source]
        for part in (p for p in parts if isinstance(p, str)):
            here = position
            while here < len(strings) and json.loads(strings[here][1], strict=False) != part:
                here += 1
            if here < len(strings):
                position = here + 1
                line = bisect.bisect_right(newline, strings[here][0]) + 1
            else:
                line = lines[-1] if lines else 1
            rows = part.split("\n")
            pieces.append(part)
            for _ in rows[:-1] if part.endswith("\n") else rows:
                lines.append(line)
                numbers.append(number)
            if part is parts[-1]:
                filler = "\n" if part.endswith("\n") else "\n\n"
                pieces.append(filler)
                lines.append(line)
                numbers.append(number)
    joined = "".join(pieces)
    missing = joined.count("\n") + 1 - len(lines)
    lines.extend([lines[-1] if lines else 1] * max(missing, 0))
    numbers.extend([numbers[-1] if numbers else 0] * max(missing, 0))
    return _source(joined, tuple(lines), tuple(numbers))


LEVELS = {"chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4}
#: MyST directives that hold no prose
CLOSED = ("{code", "{raw", "{literalinclude", "{image", "{figure", "{mermaid", "{toctree", "{bibliography")


def segments(source: Source, tex: bool = False) -> list[Segment]:
    """Cut a text into segments, in order."""
    text = source.text
    found: list[Segment] = []
    position = block = 0
    start = 0
    if tex and (begin := text.find("\\begin{document}")) >= 0:
        start = position = begin + len("\\begin{document}")
    scanner = Scanner(text, tex)
    ends: set[int] = set()  # where the admonitions that were entered end
    while piece := scanner.next(start):
        if piece.start in ends:  # the end of one opens none
            start = scanner.line_end(piece.start)
            continue
        if piece.kind == "env" and piece.name not in ALIGNED:
            start = piece.start + len("\\begin{") + len(piece.name)  # look inside theorem, proof, document …
            continue
        if position < piece.start:
            found.append(Segment("prose", text[position : piece.start], position, piece.start))
        segment = _segment(piece, text, block)
        if segment is not None:
            found.append(segment)
            block += segment.kind == "display"
        start = position = piece.end
        if piece.kind == "fence" and (info := piece.name.strip()).startswith("{") and not info.startswith(CLOSED):
            start = position = piece.inside[0]  # prose inside a MyST admonition
            ends.add(piece.inside[1])
    if position < len(text):
        found.append(Segment("prose", text[position:], position, len(text)))
    return found


def _segment(piece: Piece, text: str, block: int) -> Segment | None:
    begin, end = piece.inside
    body = text[begin:end]
    if piece.kind == "note":
        return Segment("note", text[piece.start : piece.end], piece.start, piece.end)
    if piece.kind == "heading":
        level = len(piece.name) if piece.name.startswith("#") else LEVELS.get(piece.name, 5)
        return Segment("heading", text[piece.start : piece.end], piece.start, piece.end, level)
    if piece.kind in ("inline", "paren"):
        return Segment("inline", body, begin, end)
    if piece.kind in ("dollars", "bracket", "env"):
        label = piece.name if piece.kind == "dollars" else ""
        return Segment("display", body, begin, end, 0, label or _label(body), block)
    if piece.kind == "mathfence":
        options = re.match(r"(?:[ \t]*\n(?::[^\n]*\n)*)", body)
        skip = options.end() if options else 0
        found = re.search(r":label:\s*(\S+)", body[:skip])
        body = body[skip:]
        return Segment("display", body, begin + skip, end, 0, found.group(1) if found else _label(body), block)
    return None


def _label(body: str) -> str | None:
    found = re.search(r"\\label\{([^}]*)\}", body)
    return found.group(1) if found else None
