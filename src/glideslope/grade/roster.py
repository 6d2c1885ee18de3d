"""The list of a class, read from a CSV file: who is enrolled, under which name, in which section.

The file needs a column `learner`; `name` and `section` are optional, others are ignored and said so.
A file with any mistake changes nothing: every mistake is told with its line, and the teacher corrects them in one go.
"""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from glideslope.errors import DataError, ParseError

__all__ = ["Enrolled", "Roster", "read_roster"]

MAX_BYTES = 8 * 2**20
MAX_TEXT = 200
MAX_TOLD = 20
COLUMNS = ("learner", "name", "section")
_FIRST = ("learner", "student", "id", "user", "username", "学号")
_NAMES = {
    "name": "name",
    "full name": "name",
    "姓名": "name",
    "section": "section",
    "group": "section",
    "班级": "section",
}


@dataclass(frozen=True)
class Enrolled:
    """One learner of the class."""

    learner: str
    name: str = ""
    section: str = ""


@dataclass(frozen=True)
class Roster:
    """The class, and the columns of the file that were not used."""

    learners: tuple[Enrolled, ...]
    ignored: tuple[str, ...] = ()


def read_roster(path: Path) -> Roster:
    """Read a roster: UTF-8 (with or without a mark), separated by commas, semicolons or tabs.

    Raises:
        DataError: the file cannot be read.
        ParseError: it is no roster; the message names each wrong line.
    """
    rows = _rows(path, _text(path))
    if not rows:
        raise ParseError(f"{path}: expected a line with the column names and found an empty file; write learner,name.")
    heads = [head.strip().lower() for head in rows[0][1]]
    places = _places(path, heads)
    learners: dict[str, Enrolled] = {}
    wrong: list[str] = []
    for line, row in rows[1:]:
        told, found = _enrolled(row, heads, places)
        if not told and found.learner in learners:
            told = f"{found.learner!r} is there twice"
        if told:
            wrong.append(f"line {line}: {told}")
        else:
            learners[found.learner] = found
    if wrong:
        more = f"; and {len(wrong) - MAX_TOLD} lines more" if len(wrong) > MAX_TOLD else ""
        raise ParseError(f"{path}: {'; '.join(wrong[:MAX_TOLD])}{more}. Nobody was enrolled; correct the file.")
    if not learners:
        raise ParseError(f"{path}: expected a learner below the column names and found none; nobody was enrolled.")
    ignored = tuple(head for place, head in enumerate(heads) if place not in places.values() and head)
    return Roster(tuple(learners.values()), ignored)


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(f"the roster {path} could not be read ({error.strerror}); check the path.") from None
    if len(content) > MAX_BYTES:
        raise ParseError(f"{path}: it has {len(content)} bytes; a roster of at most {MAX_BYTES} is read.")
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise ParseError(f'{path}: it is UTF-16, as a spreadsheet\'s "Unicode text"; save it as CSV UTF-8.')
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ParseError(f"{path}: line {line} is not UTF-8 text; save the file as CSV UTF-8.") from None


def _rows(path: Path, text: str) -> list[tuple[int, list[str]]]:
    if "\0" in text:
        raise ParseError(f"{path}: it holds bytes that are no text; save the roster as CSV UTF-8.")
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((reader.line_num, row))
    except csv.Error as error:
        raise ParseError(f"{path}: line {reader.line_num}: {error}; check its quotes.") from None
    return rows


def _places(path: Path, heads: list[str]) -> dict[str, int]:
    first = next((heads.index(head) for head in _FIRST if head in heads), None)
    if first is None:
        raise ParseError(
            f"{path}: expected a column named learner in the first line and got {', '.join(heads)[:MAX_TEXT]}; name it so."
        )
    places = {"learner": first}
    for place, head in enumerate(heads):
        if head in _NAMES and place != first:
            if _NAMES[head] in places:
                raise ParseError(f"{path}: two columns give the {_NAMES[head]}; keep one of them.")
            places[_NAMES[head]] = place
    return places


def _enrolled(row: list[str], heads: list[str], places: dict[str, int]) -> tuple[str, Enrolled]:
    if len(row) != len(heads):
        return f"expected {len(heads)} cells and got {len(row)}", Enrolled("")
    values = {name: row[place].strip() for name, place in places.items()}
    if not values["learner"]:
        return "the learner is empty", Enrolled("")
    for name, value in values.items():
        if len(value) > MAX_TEXT or any(ord(letter) < 32 for letter in value):
            return f"the {name} is longer than {MAX_TEXT} characters or holds control characters", Enrolled("")
    return "", Enrolled(**values)
