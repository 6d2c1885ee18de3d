r"""Find the mathematics in a notebook, Markdown, MyST or LaTeX text, with the place of every piece.

A document becomes a run of segments in reading order: headings, prose, inline formulas, displays, annotations.
Code, front matter and verbatim text are left out; offsets count in `Source.text`, lines in the file itself.
"""

from __future__ import annotations

import bisect
import json
import re
from dataclasses import dataclass, field

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


SCANNER = re.compile(
    r"""(?P<front>\A---\n.*?\n---[ \t]*(?=\n|\Z))
      |(?P<note><!--.*?-->|^%[ \t]*proof:[^\n]*)
      |(?P<mathfence>^(?P<mf>`{3,}|:{3,})[ ]*\{math\}(?P<mathbody>.*?)^(?P=mf)[ \t]*$)
      |(?P<fence>^(?P<indent>[ \t]*)(?P<tick>`{3,}|~{3,})(?P<info>[^\n]*)\n(?P<fencebody>.*?)^[ \t]*(?P=tick)[`~]*[ \t]*$)
      |(?P<verbatim>\\begin\{(?P<vname>verbatim|lstlisting|minted|comment)\}.*?\\end\{(?P=vname)\})
      |(?P<code>(?<!`)(?P<ct>`+)(?!`).+?(?<!`)(?P=ct)(?!`))
      |(?P<comment>(?<!\\)%[^\n]*)
      |(?P<dollars>(?<!\\)\$\$(?P<dbody>.*?)(?<!\\)\$\$(?P<dlabel>[ \t]*\(([-\w:.]+)\))?)
      |(?P<bracket>\\\[(?P<bbody>.*?)\\\])
      |(?P<env>\\begin\{(?P<ename>[A-Za-z]+)\*?\}(?P<ebody>.*?)\\end\{(?P=ename)\*?\})
      |(?P<paren>\\\((?P<pbody>.*?)\\\))
      |(?P<inline>(?<![\\$])\$(?!\$)(?P<ibody>(?:[^$\\\n]|\\.|\n(?![ \t]*\n))+?)\$(?!\d))
      |(?P<heading>^[ ]{0,3}(?P<hashes>\#{1,6})[ \t]+[^\n]*|\\(?P<section>chapter|(?:sub)*section)\*?\{[^\n]*?\})""",
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
LEVELS = {"chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4}


def segments(source: Source, tex: bool = False) -> list[Segment]:
    """Cut a text into segments, in order."""
    text = source.text
    found: list[Segment] = []
    position = block = 0
    start = 0
    if tex and (begin := text.find("\\begin{document}")) >= 0:
        start = position = begin + len("\\begin{document}")
    while match := SCANNER.search(text, start):
        kind = match.lastgroup or ""
        kind = next(k for k in ("front", "note", "mathfence", "fence", "verbatim", "code", "comment", "dollars", "bracket", "env", "paren",
                                "inline", "heading") if match.group(k) is not None)  # fmt: skip
        if kind == "comment" and not tex:
            start = match.start() + 1
            continue
        if kind == "env" and (match.group("ename") not in ALIGNED):
            start = (
                match.start() + len("\\begin{") + len(match.group("ename"))
            )  # look inside theorem, proof, document …
            continue
        if position < match.start():
            found.append(Segment("prose", text[position : match.start()], position, match.start()))
        segment = _segment(kind, match, block)
        if segment is not None:
            found.append(segment)
            block += segment.kind == "display"
        start = position = match.end()
        if kind == "fence" and match.group("info").strip().startswith("{") and segment is None:
            inside = _admonition(match)
            if inside is not None:  # prose inside a MyST admonition
                start, position = inside
    if position < len(text):
        found.append(Segment("prose", text[position:], position, len(text)))
    return found


def _admonition(match: re.Match[str]) -> tuple[int, int] | None:
    name = match.group("info").strip()
    if name.startswith(
        ("{code", "{raw", "{literalinclude", "{image", "{figure", "{mermaid", "{toctree", "{bibliography")
    ):
        return None
    return match.start("fencebody"), match.start("fencebody")


def _segment(kind: str, match: re.Match[str], block: int) -> Segment | None:
    if kind == "note":
        return Segment("note", match.group(), match.start(), match.end())
    if kind == "heading":
        level = len(match.group("hashes")) if match.group("hashes") else LEVELS.get(match.group("section"), 5)
        return Segment("heading", match.group(), match.start(), match.end(), level)
    if kind in ("inline", "paren"):
        group = "ibody" if kind == "inline" else "pbody"
        return Segment("inline", match.group(group), match.start(group), match.end(group))
    if kind in ("dollars", "bracket", "mathfence"):
        group = {"dollars": "dbody", "bracket": "bbody", "mathfence": "mathbody"}[kind]
        body, begin, label = match.group(group), match.start(group), None
        if kind == "dollars" and match.group("dlabel"):
            label = match.group("dlabel").strip(" \t()")
        if kind == "mathfence":
            options = re.match(r"(?:[ \t]*\n(?::[^\n]*\n)*)", body)
            skip = options.end() if options else 0
            found = re.search(r":label:\s*(\S+)", body[:skip])
            label = found.group(1) if found else None
            body, begin = body[skip:], begin + skip
        return Segment("display", body, begin, match.end(group), 0, label or _label(body), block)
    if kind == "env":
        return Segment("display", match.group(), match.start(), match.end(), 0, _label(match.group()), block)
    return None


def _label(body: str) -> str | None:
    found = re.search(r"\\label\{([^}]*)\}", body)
    return found.group(1) if found else None
