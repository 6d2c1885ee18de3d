"""A verdict: what the judge says, once as JSON for the page, once as HTML for Jupyter, once as plain text.

It is a value that shows itself, never a traceback. Both languages travel together and the page chooses.
The shape is the one of docs/page.md, "A verdict".
"""

import html
import re
from dataclasses import dataclass
from typing import Any

from glideslope.exercise import Text

__all__ = ["MIME", "Counterexample", "Line", "Outcome", "Verdict"]

MIME = "application/vnd.glideslope.verdict+json"
STATUSES = ("ok", "wrong", "error", "timeout")


@dataclass(frozen=True)
class Counterexample:
    """The smallest input found that shows the fault, ready to be typed: the call, what came, what was wanted."""

    call: str
    got: str
    wanted: str

    def json(self) -> dict[str, str]:
        """Return the form the page reads."""
        return {"call": self.call, "got": self.got, "wanted": self.wanted}


@dataclass(frozen=True)
class Outcome:
    """What became of one question of a code exercise."""

    title: Text
    passed: bool
    message: Text
    counterexample: Counterexample | None = None
    status: str = "ok"
    code: str = ""
    points: float = 0.0

    def json(self) -> dict[str, Any]:
        """Return the form the page reads; points and codes stay with the judge."""
        shown = {"title": self.title.json(), "passed": self.passed, "message": self.message.json()}
        return shown | ({"counterexample": self.counterexample.json()} if self.counterexample else {})


@dataclass(frozen=True)
class Line:
    """What became of one line of a derivation."""

    latex: str
    status: str
    message: Text
    counterexample: str = ""
    repair: str = ""

    def json(self) -> dict[str, Any]:
        """Return the form the page reads."""
        shown: dict[str, Any] = {"latex": self.latex, "status": self.status, "message": self.message.json()}
        extra = {"counterexample": self.counterexample, "repair": self.repair}
        return shown | {key: value for key, value in extra.items() if value}


@dataclass(frozen=True)
class Verdict:
    """What the judge says about one answer.

    Example:
        >>> print(Verdict("a/b", "wrong", Text("The sign is wrong.", "符号错了。")))
        ✗ The sign is wrong.
          符号错了。
    """

    exercise: str
    status: str
    message: Text
    questions: tuple[Outcome, ...] = ()
    lines: tuple[Line, ...] = ()
    after: Text | None = None

    @property
    def passed(self) -> bool:
        """Whether every question was answered rightly."""
        return self.status == "ok"

    def json(self) -> dict[str, Any]:
        """Return the form of docs/page.md."""
        shown: dict[str, Any] = {
            "exercise": self.exercise,
            "passed": self.passed,
            "status": self.status,
            "message": self.message.json(),
        }
        if self.questions:
            shown["questions"] = [question.json() for question in self.questions]
        if self.lines:
            shown["lines"] = [line.json() for line in self.lines]
        if self.passed and self.after is not None:
            shown["after"] = self.after.json()
        return shown

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {MIME: self.json(), "text/html": self.html(), "text/plain": str(self)}

    def html(self) -> str:
        """Return the verdict for notebooks, in both languages."""
        mark = f'<div class="glideslope-verdict" data-status="{self.status}">'
        parts = [_both("p", self.message, f"{self._sign} ")]
        parts += [_question(outcome) for outcome in self.questions if not outcome.passed]
        parts += [
            f"<p>{'✓' if line.status in _GOOD_LINES else '✗'} <code>{html.escape(line.latex)}</code></p>{_both('p', line.message)}"
            for line in self.lines
        ]
        if self.passed and self.after is not None:
            parts.append(_both("p", self.after))
        return mark + "".join(parts) + "</div>"

    def __str__(self) -> str:
        rows = [f"{self._sign} {self.message.en}", f"  {self.message.zh}"]
        for outcome in self.questions:
            rows.append(f"  {'✓' if outcome.passed else '✗'} {outcome.title.en} · {outcome.title.zh}")
            if outcome.counterexample is not None:
                shown = outcome.counterexample
                rows += [f"      {shown.call}", f"      got    {shown.got}", f"      wanted {shown.wanted}"]
        for line in self.lines:
            rows += [f"  {'✓' if line.status in _GOOD_LINES else '✗'} {line.latex}", f"      {line.message.en}"]
            rows.append(f"      {line.message.zh}")
        if self.passed and self.after is not None:
            rows += [f"  {self.after.en}", f"  {self.after.zh}"]
        return "\n".join(row.rstrip() for row in rows)

    __repr__ = __str__

    @property
    def _sign(self) -> str:
        return "✓" if self.passed else "✗"


_GOOD_LINES = ("holds", "goal")


def _question(outcome: Outcome) -> str:
    shown = _both("p", outcome.message, "✗ ")
    if outcome.counterexample is not None:
        example = outcome.counterexample
        shown += (
            f"<pre>{html.escape(example.call)}\n"
            f"got    {html.escape(example.got)}\nwanted {html.escape(example.wanted)}</pre>"
        )
    return shown


def _both(tag: str, text: Text, before: str = "") -> str:
    return "".join(
        f'<{tag} lang="{language}">{before}{_inline(sentence)}</{tag}>'
        for language, sentence in (("en", text.en), ("zh-Hans", text.zh))
    )


def _inline(sentence: str) -> str:
    """Escape, then set `code`; inline $…$ stays as it is and is typeset by whoever shows it."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(sentence, quote=False))
