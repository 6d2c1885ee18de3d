"""The grades as CSV: wide (a row a learner) for the registrar, long (a row a question) for statistics.

Both are UTF-8 with a mark, so that spreadsheets show names as they are, and no cell can run as a formula.
"""

import csv
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import IO, final

from glideslope.grade.overview import Row

__all__ = ["LongTable", "WideTable", "csv_cell"]

LONG = ("learner", "name", "section", "exercise", "question", "title", "earned", "points", "status", "message")
WIDE = ("learner", "name", "section", "state", "earned", "points", "judged", "late_days", "overridden")


def csv_cell(value: object) -> str:
    """Return a CSV cell that no spreadsheet takes for a formula.

    Example:
        >>> csv_cell("=cmd()"), csv_cell("Ada"), csv_cell(-0.5)
        ("'=cmd()", 'Ada', '-0.5')
    """
    if isinstance(value, int | float):
        return f"{round(value, 6):.12g}"
    return _text_cell(str(value))


@lru_cache(maxsize=1000)
def _text_cell(value: str) -> str:
    """Titles and sentences are the same few for the whole class."""
    text = value.replace("\0", "")
    return f"'{text}" if text.lstrip(" \ufeff\xa0")[:1] in _STARTS else text


_STARTS = tuple("=+-@\t\r\n|%＝＋－＠")


@final
class WideTable:
    """A row a learner: the grade, and the points of each exercise as judged, before lateness and overrides."""

    def __init__(self, file: IO[str], exercises: Sequence[str]) -> None:
        self._exercises = exercises
        self._writer = csv.writer(file)
        self._writer.writerow([*WIDE, *map(csv_cell, exercises)])

    def add(self, row: Row) -> None:
        """Write one learner."""
        grade, enrolled = row.grade, row.enrolled
        who = (enrolled.learner, enrolled.name, enrolled.section)
        if grade is None:
            cells: Iterable[object] = (*who, "nothing judged", 0, "", "", "", "", *("" for _ in self._exercises))
        else:
            state = "judged"
            points = {name: 0.0 for name in self._exercises}
            for item in row.items:
                points[item.exercise] += item.earned
            cells = (*who, state, grade.earned, grade.points, grade.judged, grade.late_days, grade.overridden, *points.values())  # fmt: skip
        self._writer.writerow(map(csv_cell, cells))


@final
class LongTable:
    """A row a question."""

    def __init__(self, file: IO[str]) -> None:
        self._writer = csv.writer(file)
        self._writer.writerow(LONG)

    def add(self, row: Row) -> None:
        """Write one learner's questions."""
        for item in row.items:
            who = (row.enrolled.learner, row.enrolled.name, row.enrolled.section)
            cells = (*who, item.exercise, item.question + 1, item.title_en, item.earned, item.points, item.status, item.message_en)  # fmt: skip
            self._writer.writerow(map(csv_cell, cells))
