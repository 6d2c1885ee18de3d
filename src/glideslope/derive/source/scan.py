r"""Where the pieces of a text begin and end: formulas, code, comments, headings, in one pass over the text.

One pattern finds the openers; each closer is looked up, never searched for twice: positions are collected once, and a kind of closer
that does not come again is remembered. So time grows with the length, whatever is left open. An opener without its closer is prose.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

__all__ = ["Piece", "Scanner"]


@dataclass(frozen=True, slots=True)
class Piece:
    """What was found: its kind, where it starts and ends, where its inside does, and a name that goes with it.

    The name is that of the environment or section, the info string of a fence, the label after a display, the hashes of a heading.
    """

    kind: str
    start: int
    end: int
    inside: tuple[int, int] = (0, 0)
    name: str = ""


OPENER = re.compile(
    r"""(?P<front>\A---\n)
      |(?P<note><!--)
      |(?P<remark>^%[ \t]*proof:)
      |(?P<fence>^[ \t]*(?:`{3,}|~{3,}|:{3,}))
      |(?P<code>(?<!`)`+)
      |(?P<comment>(?<!\\)%)
      |(?P<dollars>(?<!\\)\$\$)
      |(?P<bracket>\\\[)
      |(?P<paren>\\\()
      |\\begin\{(?P<env>[A-Za-z]+)\*?\}
      |(?P<inline>(?<![\\$])\$(?!\$))
      |^[ ]{0,3}(?P<hashes>\#{1,6})[ \t]+[^\n]*
      |\\(?P<section>chapter|(?:sub)*section)\*?\{""",
    re.VERBOSE | re.MULTILINE,
)
FRONT = re.compile(r"\A---\n.*?\n---[ \t]*(?=\n|\Z)", re.DOTALL)
INLINE = re.compile(r"\$((?:[^$\\\n]|\\.|\n(?![ \t]*\n))+?)\$(?!\d)", re.DOTALL)
MATH_FENCE = re.compile(r"(`{3,}|:{3,})[ ]*\{math\}")
FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
LABEL = re.compile(r"[ \t]*\(([-\w:.]+)\)")
#: two dollars, a formula and two dollars between words on one line
AMONG_WORDS = re.compile(r"[^\W\d_]{2}[ \t,(*]*\$\$[^$\n]+\$\$[ \t,.;:)*]*[^\W\d_]{2}")
#: … and a display on lines of its own
ALONE = re.compile(r"^[ \t>*+-]*\$\$(?:[^$\n]+\$\$)?[ \t.,;]*$", re.MULTILINE)
SINGLE = re.compile(r"\$\$|\\\$|\$|\\\(")
VERBATIM = {"verbatim", "lstlisting", "minted", "comment"}


class _Closers:
    """Closers of one kind by name: (start, end) in order, collected at the first request."""

    def __init__(self, collect: Callable[[], Iterator[tuple[str, int, int]]]) -> None:
        self._collect = collect
        self._places: dict[str, tuple[list[int], list[int]]] | None = None

    def after(self, name: str, place: int) -> tuple[int, int] | None:
        """The first closer of that name which starts at `place` or later."""
        if self._places is None:
            self._places = {}
            for key, start, end in self._collect():
                starts, ends = self._places.setdefault(key, ([], []))
                starts.append(start)
                ends.append(end)
        starts, ends = self._places.get(name, ([], []))
        k = bisect.bisect_left(starts, place)
        return (starts[k], ends[k]) if k < len(starts) else None


class Scanner:
    """A text with what is known of its closers.

    Args:
        text: the whole text.
        tex: whether a per cent sign opens a comment.

    Example:
        >>> Scanner("a $b$ c").next(0)
        Piece(kind='inline', start=2, end=5, inside=(3, 4), name='')
    """

    def __init__(self, text: str, tex: bool = False) -> None:
        self.text = text
        self.tex = tex
        #: whether two dollars enclose the formulas among the words too, as kramdown has it: then no formula has one dollar
        self.doubled = (
            AMONG_WORDS.search(text) is not None
            and ALONE.search(text) is not None
            and not {"$", "\\("} & set(SINGLE.findall(text))
        )
        self._find = {
            "front": self._front, "note": self._until, "remark": self._remark, "fence": self._fence, "code": self._code,
            "comment": self._comment, "dollars": self._dollars, "bracket": self._until, "paren": self._until, "env": self._env,
            "inline": self._inline, "hashes": self._heading, "section": self._heading,
        }  # fmt: skip
        self._next: dict[str, tuple[int, int]] = {}  # closer -> (asked from, found at or −1)
        self._environments = _Closers(self._ends_of_environments)
        self._runs = _Closers(self._runs_of_ticks)
        self._fences = _Closers(self._ends_of_fences)
        self._math_fences = _Closers(self._ends_of_math_fences)

    def next(self, start: int) -> Piece | None:
        """The first piece that begins at `start` or later; what is passed over is prose."""
        while opener := OPENER.search(self.text, start):
            found = self._find[opener.lastgroup or ""](opener)
            if found is not None:
                return found
            start = opener.start() + 1
        return None

    def _seek(self, closer: str, place: int) -> int:
        """`text.find`, with the last answer remembered; dollars after a backslash close nothing."""
        asked, found = self._next.get(closer, (len(self.text) + 1, -1))
        if place < asked or 0 <= found < place:
            found = self.text.find(closer, place)
            while closer == "$$" and found > 0 and self.text[found - 1] == "\\":
                found = self.text.find(closer, found + 1)
            self._next[closer] = place, found
        return found

    # -- closers, collected in one pass each ------------------------------------------------------------------------

    def _ends_of_environments(self) -> Iterator[tuple[str, int, int]]:
        for match in re.finditer(r"\\end\{([A-Za-z]+)\*?\}", self.text):
            yield match.group(1), match.start(), match.end()

    def _runs_of_ticks(self) -> Iterator[tuple[str, int, int]]:
        for match in re.finditer("`+", self.text):
            yield match.group(), match.start(), match.end()

    def _ends_of_fences(self) -> Iterator[tuple[str, int, int]]:
        """A line of ticks ends every fence opened by as many of them or fewer."""
        for match in re.finditer(r"^[ \t]*([`~]{3,})[ \t]*$", self.text, re.MULTILINE):
            ticks = match.group(1)
            for count in range(3, len(ticks) - len(ticks.lstrip(ticks[0])) + 1):
                yield f"{ticks[0]}{count}", match.start(), match.end()

    def _ends_of_math_fences(self) -> Iterator[tuple[str, int, int]]:
        for match in re.finditer(r"^(`{3,}|:{3,})[ \t]*$", self.text, re.MULTILINE):
            yield f"{match.group(1)[0]}{len(match.group(1))}", match.start(), match.end()

    # -- one opener each --------------------------------------------------------------------------------------------

    def _front(self, opener: re.Match[str]) -> Piece | None:
        match = FRONT.match(self.text)
        return Piece("front", 0, match.end()) if match else None

    def _remark(self, opener: re.Match[str]) -> Piece:
        return Piece("note", opener.start(), self.line_end(opener.end()))

    def _comment(self, opener: re.Match[str]) -> Piece | None:
        return Piece("comment", opener.start(), self.line_end(opener.end())) if self.tex else None

    def _heading(self, opener: re.Match[str]) -> Piece | None:
        if opener.group("hashes"):
            return Piece("heading", opener.start(), opener.end(), name=opener.group("hashes"))
        brace, line = self._seek("}", opener.end()), self._seek("\n", opener.end())
        if brace < 0 or 0 <= line < brace:
            return None
        return Piece("heading", opener.start(), brace + 1, name=opener.group("section"))

    def _until(self, opener: re.Match[str]) -> Piece | None:
        """A note, a display in brackets or a formula in parentheses: up to the closer, whatever lies between."""
        kind = opener.lastgroup or ""
        closer = {"note": "-->", "bracket": "\\]", "paren": "\\)"}[kind]
        stop = self._seek(closer, opener.end())
        return Piece(kind, opener.start(), stop + len(closer), (opener.end(), stop)) if stop >= 0 else None

    def _dollars(self, opener: re.Match[str]) -> Piece | None:
        stop = self._seek("$$", opener.end())
        if stop < 0:
            return None
        if self.doubled and self._among_words(opener.start(), stop + 2):
            return Piece("inline", opener.start(), stop + 2, (opener.end(), stop))
        label = LABEL.match(self.text, stop + 2)
        end, name = (label.end(), label.group(1)) if label else (stop + 2, "")
        return Piece("dollars", opener.start(), end, (opener.end(), stop), name)

    def _among_words(self, start: int, end: int) -> bool:
        """Whether a formula on one line shares it with words; the mark of a list and a full stop are none."""
        before = self.text[self.text.rfind("\n", 0, start) + 1 : start]
        after = self.text[end : self.line_end(end)]
        if "\n" in self.text[start:end]:
            return False
        return re.fullmatch(r"[\s>*+\d.()-]*", before) is None or after.strip(" \t.,;:!?*)") != ""

    def _inline(self, opener: re.Match[str]) -> Piece | None:
        match = INLINE.match(self.text, opener.start())
        return Piece("inline", match.start(), match.end(), match.span(1)) if match else None

    def _env(self, opener: re.Match[str]) -> Piece | None:
        name = opener.group("env")
        if name in VERBATIM and opener.group() == f"\\begin{{{name}}}":
            closer = f"\\end{{{name}}}"
            stop = self._seek(closer, opener.end())
            if stop >= 0:
                return Piece("verbatim", opener.start(), stop + len(closer))
        found = self._environments.after(name, opener.end())
        return Piece("env", opener.start(), found[1], (opener.start(), found[1]), name) if found else None

    def _code(self, opener: re.Match[str]) -> Piece | None:
        ticks = opener.group()
        found = self._runs.after(ticks, opener.end())
        return Piece("code", opener.start(), found[1]) if found else None

    def _fence(self, opener: re.Match[str]) -> Piece | None:
        """A fence, else code that begins a line."""
        text, start = self.text, opener.start()
        if (match := MATH_FENCE.match(text, start)) is not None:
            found = self._math_fences.after(f"{text[start]}{len(match.group(1))}", match.end())
            if found is not None:
                return Piece("mathfence", start, found[1], (match.end(), found[0]))
        match = FENCE.match(text, start)
        line = self.line_end(opener.end()) + 1
        if match is not None and line <= len(text):
            tick = match.group(1)[0]
            for count in range(len(match.group(1)), 2, -1):
                found = self._fences.after(f"{tick}{count}", line)
                if found is not None:
                    info = text[match.start(1) + count : line - 1]
                    return Piece("fence", start, found[1], (line, found[0]), info)
        return self._code(opener) if text[start] == "`" else None

    def line_end(self, place: int) -> int:
        """Where the line ends that holds a place."""
        end = self._seek("\n", place)
        return end if end >= 0 else len(self.text)
