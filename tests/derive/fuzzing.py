"""Random damage to real notes, and a clock that ends what hangs: shared by the short fuzz tests and the long one.

The notes are our own; `GLIDESLOPE_CORPUS` (a folder of JSON lines with `text`) adds notes by others, `GLIDESLOPE_ERRATA` a file of errata.
"""

import json
import os
import random
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from glideslope.derive import Report, check_document
from glideslope.derive.report import STATUSES

ROOT = Path(__file__).resolve().parents[2]
TOKENS = ["\\frac", "{", "}", "_", "^", "$", "$$", "\\\\", "&", "=", "\\sum_{j}", "\\partial", "\\left(", "\\right)", "\\begin{aligned}", "\\end{align}", "(", ")", "|",
          "\\mathbf{x}", "^\\top", "^{-1}", "\\ne", "\\in", "\\mathbb{R}^n", "9^{9^{9}}", "\\sum_{i=1}^{10^9}", "\\int_0^1", "\\dots", "!", "\\text{", "if ", "\n\n", "# H\n",
          "<!-- proof: ", "-->", "```", "\\[", "\\]", "0", "1e999", "\\infty", "\x00", "\u2028", "\ufeff", "\r", "𝑥", "设", "，", "\\newcommand{\\q}{\\q \\q}", "\\q", "'"]  # fmt: skip


class Hang(BaseException):
    """Not an Exception: nothing in the checker may catch it."""


@lru_cache(1)
def notes() -> tuple[str, ...]:
    """The texts to be damaged, in a fixed order."""
    ours = sorted([*(ROOT / "tests" / "cases" / "derivations").glob("*.md"), *(ROOT / "course").rglob("lesson.*.md")])
    found = [path.read_text("utf8") for path in ours]
    if folder := os.environ.get("GLIDESLOPE_CORPUS"):
        found += [
            json.loads(line)["text"]
            for path in sorted(Path(folder).glob("*.jsonl"))
            for line in path.read_text("utf8").splitlines()
        ]
    if path := os.environ.get("GLIDESLOPE_ERRATA"):
        cases = [json.loads(line) for line in Path(path).read_text("utf8").splitlines()]
        found += [
            f"{case['context']}\n\n$$\n{case[form]}\n$$\n"
            for case in cases
            for form in ("wrong", "right")
            if case[form]
        ]
    return tuple(found)


def passage(rng: random.Random, most: int = 1200) -> str:
    """A few paragraphs of some note."""
    text = rng.choice(notes())
    start = rng.randrange(max(1, len(text) - most))
    begin = text.rfind("\n\n", 0, start) + 1
    return text[begin : begin + rng.randrange(most // 4, most)]


def damage(text: str, rng: random.Random) -> str:
    """A few random edits."""
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        text = rng.choice(EDITS)(text, rng)
    return text


def _place(text: str, rng: random.Random) -> int:
    """Mostly inside a formula, where damage tells."""
    places = [match.start() for match in re.finditer(r"[\\$_^={}]", text)]
    return rng.choice(places) if places and rng.random() < 0.8 else rng.randrange(len(text) + 1)


def _insert(text: str, rng: random.Random) -> str:
    place = _place(text, rng)
    return text[:place] + rng.choice(TOKENS) * rng.choice((1, 1, 1, 2, 40)) + text[place:]


def _delete(text: str, rng: random.Random) -> str:
    place = _place(text, rng)
    return text[:place] + text[place + rng.choice((1, 1, 2, 5, 40)) :]


def _replace(text: str, rng: random.Random) -> str:
    place = _place(text, rng)
    return text[:place] + rng.choice(TOKENS) + text[place + 1 :]


def _repeat(text: str, rng: random.Random) -> str:
    place, size = _place(text, rng), rng.randrange(1, 60)
    return text[: place + size] + text[place : place + size] * rng.choice((1, 2, 6)) + text[place + size :]


def _move(text: str, rng: random.Random) -> str:
    place, size = _place(text, rng), rng.randrange(1, 60)
    piece, rest = text[place : place + size], text[:place] + text[place + size :]
    target = _place(rest, rng)
    return rest[:target] + piece + rest[target:]


def _cut(text: str, rng: random.Random) -> str:
    return text[: _place(text, rng)]


def _misread(text: str, rng: random.Random) -> str:
    """As a wrong encoding leaves it."""
    place = _place(text, rng)
    return text[:place] + text[place:].encode("utf8").decode(rng.choice(("latin-1", "gb18030")), errors="replace")


def _line_ends(text: str, rng: random.Random) -> str:
    return text.replace("\n", rng.choice(("\r\n", "\r", "\n\r")))


EDITS: tuple[Callable[[str, random.Random], str], ...] = (
    _insert,
    _insert,
    _insert,
    _delete,
    _delete,
    _replace,
    _replace,
    _repeat,
    _move,
    _cut,
    _misread,
    _line_ends,
)


@contextmanager
def clock(cpu_s: float) -> Iterator[None]:
    """End what takes more processor time than this; a busy machine does not count against the checker."""

    def ring(*_: object) -> None:
        raise Hang

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, cpu_s)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def checked(text: str, cpu_s: float = 20.0, **options: object) -> tuple[Report, float]:
    """The report and the processor time it took; raises what must not happen."""
    began = time.process_time()
    with clock(cpu_s):
        report = check_document(text, path="notes.md", seconds=0.0, **options)  # type: ignore[arg-type]
    assert_sound(report, text)
    return report, time.process_time() - began


def unsound(report: Report, text: str) -> list[str]:
    """What is wrong with a report, in words; empty when nothing is."""
    try:
        assert_sound(report, text)
    except AssertionError as error:
        return [str(error) or "a report that is not sound"]
    return []


def assert_sound(report: Report, text: str) -> None:
    """What is true of every report, whatever the text."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = plain.count("\n") + 1
    for verdict in report.verdicts:
        assert verdict.status in STATUSES
        assert 1 <= verdict.line <= lines
        assert plain[verdict.span.start : verdict.span.end] == verdict.latex
        assert verdict.reason["en"]
        assert verdict.reason["zh"]
        # Our own defects are caught and said; here they are findings.
        assert "the checker failed on it" not in verdict.reason["en"], verdict.reason["en"]
        for repair in verdict.repairs:
            assert plain[repair.start : repair.end] == repair.old
    assert sum(report.counts.values()) == len(report.verdicts)
