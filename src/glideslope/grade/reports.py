"""What teacher and learners get: a page for each learner, a page for the class, and the grades as CSV, wide and long.

No hidden input, expected value or secret is in any of them. Learners are read a few hundred at a time, so that a class of a
hundred thousand needs little more memory than one of a hundred.
"""

import hashlib
import re
from contextlib import ExitStack
from pathlib import Path

from glideslope.errors import DataError, GlideslopeError
from glideslope.exercise import Text, read_exercise
from glideslope.grade.csv_tables import LongTable, WideTable, csv_cell
from glideslope.grade.gradebook import Gradebook
from glideslope.grade.overview import Row, each_learner
from glideslope.grade.pages import Asked, ClassFacts, class_page, learner_page

__all__ = ["csv_cell", "write_reports"]

LOW = 0.5


def write_reports(book: Gradebook, assignment: str, folder: Path, language: str = "en") -> Path:
    """Write all reports of an assignment and return their folder; pages of learners who are gone are removed.

    Args:
        book: the gradebook.
        assignment: a lesson, or lesson/slug.
        folder: made when it is not there.
        language: the one pages open in, `en` or `zh`; both are inside.

    Raises:
        DataError: the folder cannot be written.
    """
    try:
        (folder / "learners").mkdir(parents=True, exist_ok=True)
        _write(book, assignment, folder, language)
    except OSError as error:
        if isinstance(error, GlideslopeError):
            raise
        raise DataError(
            f"the reports could not be written to {folder} ({error.strerror}); the grades are safe in the gradebook, "
            "free some space and run the same command without submissions."
        ) from None
    return folder


def _write(book: Gradebook, assignment: str, folder: Path, language: str) -> None:
    exercises = book.exercises(assignment)
    titles = {name: _title(name) for name in exercises}
    facts, written, taken = ClassFacts(), set[str](), set[str]()
    with ExitStack() as stack:
        files = [
            stack.enter_context((folder / name).open("w", newline="", encoding="utf-8-sig"))
            for name in ("grades.csv", "questions.csv")
        ]
        tables = (WideTable(files[0], exercises), LongTable(files[1]))
        anybody = bool(book.enrolled())
        for row in each_learner(book, assignment):
            for table in tables:
                table.add(row)
            name = f"{_file_name(row.enrolled.learner, taken)}.html"
            _count(facts, row, f"learners/{name}", anybody)
            if row.grade is not None:
                page = learner_page(assignment, _who(row), row.grade, row.items, titles, language)
                with open(f"{folder}/learners/{name}", "w", encoding="utf-8") as file:
                    file.write(page)
                written.add(name)
    (folder / "class.html").write_text(class_page(assignment, facts, titles, language), encoding="utf-8")
    _remove_stale(folder / "learners", written)


def _count(facts: ClassFacts, row: Row, link: str, roster: bool) -> None:
    grade, who = row.grade, _who(row)
    if grade is None:
        facts.absent.append(who)
        return
    share = grade.earned / grade.points if grade.points else 0.0
    facts.shares.append(share)
    if share < LOW:
        facts.low.append((who, link, share))
    if grade.late_days and not grade.overridden:
        facts.late.append((who, link, grade.late_days))
    if roster and not row.on_roster:
        facts.strangers.append((who, link))
    for item in row.items:
        key = (item.exercise, item.question)
        asked = facts.asked.setdefault(key, Asked(*key, Text(item.title_en, item.title_zh)))
        asked.count += 1
        asked.right += item.earned > 0
        if not item.earned:
            said = Text(item.message_en, item.message_zh)
            asked.faults[said] = asked.faults.get(said, 0) + 1


def _who(row: Row) -> str:
    return f"{row.enrolled.name} ({row.enrolled.learner})" if row.enrolled.name else row.enrolled.learner


def _title(name: str) -> Text:
    try:
        return read_exercise(name).title
    except GlideslopeError:  # graded once, renamed or removed since
        return Text(name, name)


def _remove_stale(folder: Path, written: set[str]) -> None:
    """Remove pages of ours that were not written now: an erased learner's page must not stay behind."""
    for path in folder.glob("*.html"):
        if path.name not in written and b'content="glideslope"' in path.read_bytes()[:400]:
            path.unlink()


def _file_name(learner: str, taken: set[str]) -> str:
    """Return a file name that is safe and not taken, also where case does not count; note it as taken."""
    safe = re.sub(r"[^\w.-]", "_", learner).strip(".") or "learner"
    if safe == learner and len(safe.encode()) < 100 and safe.lower() not in taken:
        taken.add(safe.lower())
        return safe
    return f"{safe[:40]}-{hashlib.sha256(learner.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
