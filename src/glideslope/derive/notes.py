r"""Annotations: comments that tell the checker what the prose does not.

`<!-- proof: skip reason -->`, `% proof: expect-fail reason`, `<!-- proof: shape x (n) -->`, `<!-- proof: let $x \in \mathbb{R}^n$ -->`.
They render to nothing; unknown or contradictory ones are problems with their line (see docs/annotations.md).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from glideslope.derive.judging.reasons import say
from glideslope.derive.judging.verdict import Finding
from glideslope.derive.meaning.context import Context
from glideslope.derive.meaning.declare import declare
from glideslope.derive.source.extract import Segment, Source
from glideslope.derive.syntax.tokens import Macros

__all__ = ["KEYWORDS", "Notes", "read_note"]

NOTE = re.compile(r"\A(?:<!--\s*proof:(?P<html>.*)-->|%\s*proof:(?P<myst>.*))\Z", re.DOTALL)
KEYWORDS = ("skip", "skip-section", "check", "expect-fail", "let", "assume", "layout", "function", "forget", "layers")
LAYOUTS = ("mixed", "numerator", "denominator")


@dataclass
class Notes:
    """The annotations in force."""

    skip: str | None = None
    sticky: bool = False
    expect_fail: str | None = None
    problems: list[str] = field(default_factory=list)

    def clear(self) -> None:
        """Forget what was meant for one display."""
        self.skip = self.expect_fail = None

    def expected(self, finding: Finding) -> Finding:
        """A failure that was announced is no finding; a step announced to fail that holds is one."""
        if finding.status in ("error", "ill-formed", "needs-assumption", "not-confirmed"):
            return replace(finding, status="skipped", reason=say("expected", detail=self.expect_fail or ""))
        return finding


def read_note(piece: Segment, notes: Notes, context: Context, macros: Macros, source: Source) -> None:
    """Take one comment in; comments of others are left alone."""
    match = NOTE.match(piece.text.strip())
    if match is None:
        return
    line = source.place(piece.start)[0]
    body = match.group("html") or match.group("myst") or ""
    for statement in filter(None, (s.strip() for s in re.split(r";|\n", body))):
        keyword, _, rest = statement.partition(" ")
        problem = _apply(keyword, rest.strip(), notes, context, macros, piece)
        if problem:
            notes.problems.append(f"line {line}: {problem}")


def _apply(keyword: str, rest: str, notes: Notes, context: Context, macros: Macros, piece: Segment) -> str | None:
    if keyword in ("skip", "skip-section"):
        if notes.expect_fail is not None:
            return "skip and expect-fail contradict each other; keep one"
        notes.skip, notes.sticky = rest or "no reason given", keyword == "skip-section"
    elif keyword == "check":
        notes.skip, notes.sticky = None, False
    elif keyword == "expect-fail":
        if notes.skip is not None:
            return "skip and expect-fail contradict each other; keep one"
        notes.expect_fail = rest or "no reason given"
    elif keyword in ("let", "assume"):
        return _let(rest, context, macros, piece)
    elif keyword == "layout":
        if rest not in LAYOUTS:
            return f"layout must be one of {', '.join(LAYOUTS)}, got {rest!r}"
        if context.numerator not in (None, rest):
            return f"layout {rest} contradicts layout {context.numerator} given before"
        context.numerator = rest
    elif keyword == "function":
        context.functions.update(name.strip("$ ") for name in rest.split(","))
    elif keyword == "layers":
        context.raised.update(name.strip("$ ") for name in rest.split(","))
    elif keyword == "forget":
        for name in rest.split(","):
            context.forget(name.strip("$ "))
    else:
        return f"unknown annotation {keyword!r}; known are {', '.join(KEYWORDS)}"
    return None


def _let(rest: str, context: Context, macros: Macros, piece: Segment) -> str | None:
    formulas = list(re.finditer(r"\$([^$]+)\$", rest))
    if not formulas:
        return "let needs a formula between dollars, as in: let $x \\in \\mathbb{R}^n$"
    for k, match in enumerate(formulas):
        stop = formulas[k + 1].start() if k + 1 < len(formulas) else len(rest)
        declare(match.group(1), piece.start, context, macros, "let ", rest[match.end() : stop])
    return None
