"""Marks point at what changed and change nothing else."""

import re

import pytest

from glideslope.book import read_course, read_lesson
from glideslope.book.changes import mark_changes
from glideslope.book.formulas import rows_of

ROWS = [
    (before.right, after.right)
    for waypoint in read_course().waypoints
    for equation in read_lesson(waypoint.lesson_file("en")).equations
    for before, after in zip(rows_of(equation.latex), rows_of(equation.latex)[1:], strict=False)
]


def _unmarked(latex: str) -> str:
    before = None
    while before != latex:
        before, latex = (
            latex,
            re.sub(r"\\htmlClass\{changed\}\{((?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*)\}", r"\1", latex),
        )
    return latex


@pytest.mark.parametrize(("before", "after"), ROWS)
def test_taking_the_marks_away_gives_the_row_back(before: str, after: str) -> None:
    assert _unmarked(mark_changes(before, after)) == after


@pytest.mark.parametrize(("_", "row"), ROWS)
def test_an_unchanged_row_carries_no_mark(_: str, row: str) -> None:
    assert mark_changes(row, row) == row


def test_most_rows_of_the_course_carry_a_mark_and_no_mark_holds_a_whole_row() -> None:
    marked = [mark_changes(before, after) for before, after in ROWS]
    assert sum("htmlClass" in row for row in marked) / len(marked) > 0.3
    assert not [row for row in marked if re.fullmatch(r"=\s*\\htmlClass\{changed\}\{[^{}]*\}", row)]


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("= a + b", "= a + c", r"= a + \htmlClass{changed}{c}"),
        ("= a x_i", "= a x_{j}", r"= a \htmlClass{changed}{x_{j}}"),
        (r"= (x + y)^2", r"= (x + z)^2", r"= (x + \htmlClass{changed}{z})^2"),
        (r"= \sqrt{n} u", r"= \sqrt{m} u", r"= \htmlClass{changed}{\sqrt{m}} u"),
        ("= a", "= x + y + z", "= x + y + z"),
        ("= a {b", "= a {c", "= a {c"),
    ],
)
def test_the_mark_is_as_small_as_the_change(before: str, after: str, wanted: str) -> None:
    assert mark_changes(before, after) == wanted
