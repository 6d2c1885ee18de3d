"""nbgrader's notebooks, cell metadata schema 3: what marks a cell as an answer, a test, or text not to be changed.

Read strictly and written completely, so that `nbgrader autograde` accepts what we write and we refuse what we would misread.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

from glideslope.errors import ParseError

__all__ = ["Cell", "Notebook", "graded_cell", "read_notebook", "write_notebook"]

SCHEMA = 3
_FLAGS = ("grade", "solution", "locked", "task")
_GRADE_ID = re.compile(r"[a-zA-Z0-9_\-]+")


@dataclass(frozen=True)
class Cell:
    """One cell: its kind (`code`, `markdown`), its text, and what nbgrader's metadata say of it."""

    kind: str
    source: str
    grade_id: str = ""
    points: float = 0.0
    grade: bool = False
    solution: bool = False
    locked: bool = False

    @property
    def is_test(self) -> bool:
        """Whether it is an autograder's test."""
        return self.kind == "code" and self.grade and not self.solution

    @property
    def is_manual(self) -> bool:
        """Whether a person grades it."""
        return self.grade and self.solution


@dataclass(frozen=True)
class Notebook:
    """The cells of a notebook, in their order."""

    cells: tuple[Cell, ...]

    @property
    def tests(self) -> tuple[Cell, ...]:
        """The autograder's tests."""
        return tuple(cell for cell in self.cells if cell.is_test)


def graded_cell(
    kind: str, source: str, grade_id: str, *, points: float | None = None, solution: bool = False, locked: bool = False
) -> dict[str, Any]:
    """Return a cell with complete metadata; with points it is graded."""
    mark: dict[str, Any] = {
        "schema_version": SCHEMA,
        "grade_id": grade_id,
        "grade": points is not None,
        "solution": solution,
        "locked": locked,
        "task": False,
        "cell_type": kind,
    }
    if points is not None:
        mark["points"] = points
    cell: dict[str, Any] = {"cell_type": kind, "id": grade_id[-64:], "metadata": {"nbgrader": mark}, "source": source}
    return cell | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def write_notebook(cells: list[dict[str, Any]]) -> str:
    """Return the notebook's text."""
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    content = {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def read_notebook(text: str, name: str) -> Notebook:
    """Read a notebook of nbgrader.

    Raises:
        ParseError: it is no notebook of format 4, or its metadata are not of schema 3; the message names the cell.
    """
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ParseError(f"{name} is no valid JSON ({str(error)[:100]}); save the notebook again.") from None
    cells = content.get("cells") if isinstance(content, dict) else None
    if not isinstance(cells, list) or content.get("nbformat") != 4:
        raise ParseError(f"{name}: expected a notebook of format 4 and got another; open and save it in Jupyter.")
    read = tuple(_cell(cell, f"{name}, cell {number}") for number, cell in enumerate(cells, 1))
    ids = [cell.grade_id for cell in read if cell.grade_id]
    twice = next((grade_id for grade_id in ids if ids.count(grade_id) > 1), None)
    if twice is not None:
        raise ParseError(f"{name}: the grade id {twice!r} is there twice; rename one of the cells.")
    return Notebook(read)


def _cell(cell: Any, where: str) -> Cell:
    if not isinstance(cell, dict) or not isinstance(cell.get("metadata", {}), dict):
        raise ParseError(f"{where}: expected a cell with metadata and got another kind of JSON.")
    source = cell.get("source", "")
    text = "".join(map(str, source)) if isinstance(source, list) else str(source)
    kind, mark = str(cell.get("cell_type")), cell.get("metadata", {}).get("nbgrader")
    if mark is None:
        return Cell(kind, text)
    if not isinstance(mark, dict) or mark.get("schema_version") != SCHEMA:
        got = mark.get("schema_version", 0) if isinstance(mark, dict) else mark
        raise ParseError(f"{where}: expected nbgrader's schema {SCHEMA} and got {got!r}; run `nbgrader update` on it.")
    flags = {name: mark.get(name, False) for name in _FLAGS}
    if not all(isinstance(value, bool) for value in flags.values()):
        raise ParseError(
            f"{where}: expected grade, solution, locked and task to be true or false; correct the metadata."
        )
    if not any(flags.values()):
        return Cell(kind, text)
    grade_id, points = mark.get("grade_id"), mark.get("points", 0)
    if not isinstance(grade_id, str) or not _GRADE_ID.fullmatch(grade_id):
        raise ParseError(f"{where}: expected a grade id of letters, digits, - and _ and got {grade_id!r}; correct it.")
    counts = flags["grade"] or flags["task"]
    if counts and (isinstance(points, bool) or not isinstance(points, int | float) or not 0 <= points < 1e6):
        raise ParseError(f"{where}: expected points of 0 or more and got {points!r}; correct them.")
    graded = {"grade": counts, "solution": flags["solution"] or flags["task"], "locked": flags["locked"]}
    return Cell(kind, text, grade_id, float(points) if counts else 0.0, **graded)
