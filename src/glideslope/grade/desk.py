"""`glideslope gradebook BOOK …`: the teacher's desk: roster, deadlines, overrides, tables, one learner's data.

Grading itself is `glideslope grade`; everything here changes or reads the gradebook and runs no learner's code.
"""

import argparse
import contextlib
import json
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from glideslope.errors import GlideslopeError
from glideslope.grade.assess import exercises_of
from glideslope.grade.csv_tables import LongTable, WideTable
from glideslope.grade.gradebook import Gradebook
from glideslope.grade.late import LatePolicy, parse_time
from glideslope.grade.nbgrader_export import export_assignment
from glideslope.grade.overview import each_learner
from glideslope.grade.roster import read_roster

__all__ = ["main"]


def main(arguments: Sequence[str]) -> int:
    """Run the command; 0 when it is done."""
    options = _parser().parse_args(list(arguments))
    if (
        "://" not in options.gradebook
        and not Path(options.gradebook).is_file()
        and options.what not in ("roster", "nbgrader")
    ):
        raise GlideslopeError(
            f"expected a gradebook and found no file {options.gradebook}; `glideslope grade` makes one."
        )
    book = Gradebook(options.gradebook)
    try:
        _ACTIONS[options.what](book, options)
    finally:
        book.close()
    return 0


def _roster(book: Gradebook, options: argparse.Namespace) -> None:
    read = read_roster(options.file)
    new, changed = book.enrol(read.learners)
    print(f"{len(read.learners)} learners read: {new} new, {changed} changed")
    if read.ignored:
        print(f"columns not used: {', '.join(read.ignored)}")


def _due(book: Gradebook, options: argparse.Namespace) -> None:
    late = LatePolicy(parse_time(options.time), 60 * options.grace, options.percent, options.cap)
    book.set_policy(options.assignment, late, options.learner)
    when = datetime.fromtimestamp(late.due_s, UTC).strftime("%Y-%m-%d %H:%M UTC")
    print(
        f"{options.assignment}{f' for {options.learner}' if options.learner else ''} is due {when}; {options.grace:g} minutes of grace, "
        f"then {late.percent_a_day:g} % a day begun, at most {late.cap_percent:g} %"
    )


def _override(book: Gradebook, options: argparse.Namespace) -> None:
    book.override(options.assignment, options.learner, options.points, options.who, options.why)
    print(
        f"{options.learner} now has {options.points:g} in {options.assignment}; run `glideslope grade` to write the reports again"
    )


def _csv(book: Gradebook, options: argparse.Namespace) -> None:
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.suppress(BrokenPipeError))  # `… | head` has seen enough
        file = sys.stdout
        if options.out is not None:
            file = stack.enter_context(options.out.open("w", newline="", encoding="utf-8-sig"))
        table = LongTable(file) if options.long else WideTable(file, book.exercises(options.assignment))
        for row in each_learner(book, options.assignment):
            table.add(row)


def _export(book: Gradebook, options: argparse.Namespace) -> None:
    found = book.export_learner(options.learner)
    if not any(found.values()):
        raise GlideslopeError(f"nothing is stored about {options.learner!r}; check the name with `gradebook … csv`.")
    text = json.dumps(found, ensure_ascii=False, indent=1)
    if options.out is None:
        print(text)
    else:
        options.out.write_text(text + "\n", encoding="utf-8")


def _erase(book: Gradebook, options: argparse.Namespace) -> None:
    if options.confirm != options.learner:
        raise GlideslopeError(
            f"erasing cannot be undone; say --confirm {options.learner} to erase all that is stored about {options.learner!r}."
        )
    if not any(book.export_learner(options.learner).values()):
        raise GlideslopeError(f"nothing is stored about {options.learner!r}; nothing was erased.")
    count = book.erase_learner(options.learner)
    print(
        f"{count} submissions of {options.learner} erased, with results, overrides and the roster's entry. "
        "Reports, copies and backups elsewhere are yours to delete; `glideslope grade ASSIGNMENT` writes the reports anew without them."
    )


def _nbgrader(_book: Gradebook, options: argparse.Namespace) -> None:
    exercises = exercises_of(options.assignment)
    path = export_assignment(exercises, options.folder, options.assignment.replace("/", "-"), options.seed)
    by_hand = [exercise.name for exercise in exercises if exercise.kind != "code"]
    print(f"{path} is written; hand out what `nbgrader generate_assignment` makes of it")
    if by_hand:
        print(f"to be graded by a person there: {', '.join(by_hand)}")


_ACTIONS: dict[str, Callable[[Gradebook, argparse.Namespace], None]] = {
    "roster": _roster,
    "due": _due,
    "override": _override,
    "csv": _csv,
    "export": _export,
    "erase": _erase,
    "nbgrader": _nbgrader,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="glideslope gradebook", description="Roster, deadlines, tables, one learner's data."
    )
    parser.add_argument("gradebook", help="a file (SQLite) or a database URL")
    words = parser.add_subparsers(dest="what", required=True)
    roster = words.add_parser("roster", help="enrol the learners of a CSV file: learner, name, section")
    roster.add_argument("file", type=Path)
    due = words.add_parser("due", help="set the deadline of an assignment, or one learner's extension")
    due.add_argument("assignment")
    due.add_argument("time", help="such as 2026-11-22T18:00+01:00")
    due.add_argument("--grace", type=float, default=15, help="minutes without deduction; default 15")
    due.add_argument("--percent", type=float, default=10, help="deducted for each day begun; default 10")
    due.add_argument("--cap", type=float, default=50, help="most that is deducted, in percent; default 50")
    due.add_argument("--learner", default="", help="for this learner only")
    override = words.add_parser("override", help="change one grade by hand")
    override.add_argument("assignment")
    override.add_argument("learner")
    override.add_argument("points", type=float)
    override.add_argument("--who", required=True)
    override.add_argument("--why", required=True)
    table = words.add_parser("csv", help="write the grades, a row a learner")
    table.add_argument("assignment")
    table.add_argument("--long", action="store_true", help="a row a question")
    export = words.add_parser("export", help="write all that is stored about one learner, as JSON")
    erase = words.add_parser("erase", help="delete all that is stored about one learner")
    erase.add_argument("learner")
    erase.add_argument("--confirm", default="", metavar="LEARNER", help="the learner's key again")
    export.add_argument("learner")
    nbgrader = words.add_parser("nbgrader", help="write an assignment for nbgrader (schema 3)")
    nbgrader.add_argument("assignment", help="a lesson, or lesson/slug")
    nbgrader.add_argument("folder", type=Path, help="a course folder of nbgrader")
    nbgrader.add_argument(
        "--seed", default="nbgrader", help="draws the inputs of the tests, the same ones for everybody"
    )
    for word in (table, export):
        word.add_argument("--out", type=Path, help="a file; default the terminal")
    return parser
