"""The checker and the judge as the browser calls them: text in, JSON out, standard library only.

`glideslope.book.browser` packs this file, the room `derive` and the judge of lines into a zip; Pyodide runs it in a worker.
`check` reads notes and tells of each display as it goes; `judge` answers an exercise from the task its page carries.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from glideslope.derive import Verdict
from glideslope.derive.document import Reader
from glideslope.derive.source.extract import Segment, read_source
from glideslope.errors import GlideslopeError
from glideslope.exercise import Chain, Derivation, Exercise, Limits, Text, Waypoint
from glideslope.grade.broken_line import judge_repairs
from glideslope.grade.lines import judge_rows

__all__ = ["check", "judge"]


def check(text: str, form: str, tell: Callable[[str], None]) -> str:
    """Check a text and return the report as JSON.

    Args:
        text: Markdown, LaTeX or a notebook.
        form: `md`, `tex` or `ipynb`; empty to guess from the text.
        tell: called after each display with the JSON list of its verdicts.

    Returns:
        `{"report": …}`, or `{"refused": sentence}` for a notebook that is none.

    Example:
        >>> json.loads(check("$$1 + 1 = 2$$", "md", lambda part: None))["report"]["counts"]["holds"]
        1
    """
    tex = form == "tex" or (not form and "\\begin{document}" in text)
    try:
        source = read_source(text, form or None)
        return _dump({"report": _Telling(source, tex, tell=tell).report().to_json()})
    except GlideslopeError as refusal:
        return _dump({"refused": str(refusal)})


class _Telling(Reader):
    """A reader that tells of each display once it is judged."""

    def __init__(self, *arguments: Any, tell: Callable[[str], None]) -> None:
        super().__init__(*arguments)
        self._tell = tell

    def display(self, piece: Segment) -> list[Verdict]:
        verdicts = super().display(piece)
        self._tell(_dump([verdict.to_json() for verdict in verdicts]))
        return verdicts


def judge(task: str, answer: str) -> str:
    """Judge an answer to a derivation or to broken lines; the shapes are those of docs/page.md.

    Args:
        task: JSON of `glideslope.book.browser.task_of`.
        answer: JSON, `{"lines": […]}` or `{"answers": […]}`.
    """
    about, asked = json.loads(task), json.loads(answer)
    exercise = _exercise(about)
    if exercise.kind == "derivation":
        return _dump(judge_rows(exercise, asked["lines"]).json())
    return _dump(judge_repairs(exercise, asked["answers"]).json())


_EMPTY = Text("", "")


def _exercise(about: dict[str, Any]) -> Exercise:
    """The exercise without what a page may not hold: solutions, repairs and hints are empty."""
    bare = Exercise(
        about["lesson"], about["slug"], about["kind"], 0, _EMPTY, _EMPTY, (_EMPTY,) * 3, Text(**about["after"]), Limits(), Path()
    )  # fmt: skip
    if about["kind"] == "derivation":
        waypoints = tuple(Waypoint(tuple(point["any"]), Text(**point["message"])) for point in about["waypoints"])
        task = Derivation(about["start"], about["goal"], tuple(about["given"]), about["context"], waypoints, (), (), ())
        return replace(bare, derivation=task)
    chains = tuple(Chain(c["id"], tuple(c["rows"]), c["broken"], "", Text(**c["reason"])) for c in about["chains"])
    return replace(bare, given=tuple(about["given"]), context=about["context"], chains=chains)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
