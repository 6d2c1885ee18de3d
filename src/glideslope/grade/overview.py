"""A class as the reports see it: one learner after another, with grade and judged questions, never all of them at once.

Whoever is on the roster appears, also with nothing handed in; whoever handed in appears, also when not on the roster.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from glideslope.grade.gradebook import Grade, Gradebook, Item
from glideslope.grade.roster import Enrolled

__all__ = ["Row", "each_learner"]

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One learner: the entry of the roster, the grade (None: nothing is judged), the questions judged for it."""

    enrolled: Enrolled
    grade: Grade | None
    items: tuple[Item, ...]
    on_roster: bool


def each_learner(book: Gradebook, assignment: str) -> Iterator[Row]:
    """Yield every learner of an assignment in the order of their keys."""
    grades = {grade.learner: grade for grade in book.grades(assignment)}
    roster = {one.learner: one for one in book.enrolled()}
    everybody = sorted(grades.keys() | roster.keys())
    for start in range(0, len(everybody), AT_ONCE):
        some = everybody[start : start + AT_ONCE]
        items = _items(book, [grades[learner] for learner in some if learner in grades])
        for learner in some:
            grade = grades.get(learner)
            found = tuple(items[grade.run, grade.submission]) if grade else ()
            yield Row(roster.get(learner, Enrolled(learner)), grade, found, learner in roster)


def _items(book: Gradebook, grades: list[Grade]) -> dict[tuple[int, int], list[Item]]:
    found: dict[tuple[int, int], list[Item]] = defaultdict(list)
    for run in {grade.run for grade in grades}:
        for submission, item in book.items(run, [grade.submission for grade in grades if grade.run == run]):
            found[run, submission].append(item)
    return found
