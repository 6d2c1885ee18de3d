"""nbgrader in and out, with the real nbgrader: it accepts our export and gives the points we give; we grade its submissions.

`python -m bench.grading_nbgrader` makes a venv for nbgrader (or takes `--venv`); the result goes to bench/results/grading-nbgrader.json.
"""

import argparse
import contextlib
import json
import os
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from bench.grading_class import ENVIRONMENT, ROOT, SOURCE
from bench.grading_peers import make_venv
from bench.startup import machine
from glideslope.exercise import Exercise, list_exercises
from glideslope.grade.assess import assess
from glideslope.grade.gradebook import Gradebook
from glideslope.grade.grading import main as grade
from glideslope.grade.nbgrader_export import export_assignment
from glideslope.grade.nbgrader_format import read_notebook
from glideslope.grade.sandbox.probe import choose_mode
from glideslope.grade.sandbox.runner import Sandbox

RESULT = ROOT / "bench" / "results" / "grading-nbgrader.json"
NAME = "softmax"
SECRET = "a secret of the bench"  # nbgrader gives everybody the same inputs: ours are drawn for one name too


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--venv", type=Path, help="one that holds nbgrader already")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        programs = (options.venv / "bin") if options.venv else make_venv(Path(folder), "nbgrader==0.9.6", "numpy")
        told = compare(Path(folder), programs) | {"machine": machine()}
    RESULT.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n")
    print(json.dumps(told, indent=1, sort_keys=True))
    if told["points_differ"] or told["graded_by_us_differ"]:
        raise SystemExit("nbgrader and we do not give the same points")


def compare(folder: Path, programs: Path) -> dict:
    exercises = [exercise for exercise in list_exercises(SOURCE) if exercise.kind == "code"]
    students = {
        f"{exercise.slug}--{path.stem}": (exercise, path.read_text(encoding="utf-8"))
        for exercise in exercises
        for path in (exercise.solution_path, *exercise.alternative_paths, *exercise.wrong_paths)
    }
    source = export_assignment(list_exercises(SOURCE), folder, NAME, f"{SECRET}\0everybody")
    _run([programs / "nbgrader", "generate_assignment", NAME], programs, folder)
    released = json.loads((folder / "release" / NAME / f"{NAME}.ipynb").read_text(encoding="utf-8"))
    assert "BEGIN HIDDEN TESTS" not in json.dumps(released), "the release shows hidden tests"
    for student, (exercise, answer) in students.items():
        _hand_in(folder / "submitted" / student / NAME, released, exercise, answer)
    _run([programs / "nbgrader", "autograde", NAME], programs, folder)
    theirs = _theirs(folder / "gradebook.db")
    ours = _ours(students)
    again, converted = _graded_by_us(folder, source)
    differ = sorted(name for name in students if abs(theirs[name] - ours[name]) > 1e-9)
    return {
        "students": len(students),
        "full_points": sum(ours[name] == students[name][0].points for name in students),
        "points_differ": {name: [theirs[name], ours[name]] for name in differ},
        "graded_by_us_differ": {
            name: [again[name], theirs[name]] for name in sorted(students) if abs(again[name] - theirs[name]) > 1e-9
        },
        "tests_converted": converted,
        "tests": sum(cell.is_test for cell in read_notebook(source.read_text(encoding="utf-8"), "source").cells),
        "nbgrader": "0.9.6",
    }


def _hand_in(place: Path, released: dict, exercise: Exercise, answer: str) -> None:
    place.mkdir(parents=True)
    notebook = json.loads(json.dumps(released))
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == exercise.slug:
            cell["source"] = answer
    (place / f"{NAME}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def _run(line: list, programs: Path, folder: Path) -> None:
    environment = ENVIRONMENT | {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(list(map(str, line)), cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{line[1]} failed:\n{done.stdout[-1500:]}{done.stderr[-3000:]}")


def _theirs(database: Path) -> dict[str, float]:
    """Points of each student in the tests of the exercise they answered, as nbgrader's database has them.

    The other exercises' tests see the same kernel: a helper called `softmax` may answer one of them by accident.
    """
    with contextlib.closing(sqlite3.connect(database)) as opened:
        rows = opened.execute(
            "SELECT submitted_assignment.student_id, base_cell.name, grade.auto_score FROM grade "
            "JOIN base_cell ON base_cell.id = grade.cell_id "
            "JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id "
            "JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id"
        ).fetchall()
    return _own((student, cell, points or 0.0) for student, cell, points in rows)


def _own(rows: Iterable[tuple[str, str, float]]) -> dict[str, float]:
    """Sum, for each student, the points of the tests named after their exercise."""
    points: dict[str, float] = {}
    for student, cell, earned in rows:
        slug = student.partition("--")[0]
        points[student] = points.get(student, 0.0) + (earned if cell.rpartition("-")[0] == slug else 0.0)
    return points


def _ours(students: dict[str, tuple[Exercise, str]]) -> dict[str, float]:
    with Sandbox(choose_mode()) as sandbox:
        return {
            name: sum(
                item.earned for item in assess(sandbox, [exercise], "everybody", SECRET, {exercise.name: answer}, {})
            )
            for name, (exercise, answer) in students.items()
        }


def _graded_by_us(folder: Path, source: Path) -> tuple[dict[str, float], int]:
    """The same notebooks through `glideslope grade SOURCE.ipynb submitted/`."""
    book = folder / "ours.db"
    if grade([str(source), str(folder / "submitted"), "--gradebook", str(book), "--out", str(folder / "reports")]):
        raise SystemExit("our own grading of nbgrader's notebooks failed")
    opened = Gradebook(book)
    learners = {grade.submission: grade.learner for grade in opened.grades(NAME)}
    items = opened.items(1)
    opened.close()
    points = _own((learners[number], item.title_en.partition(" ")[0], item.earned) for number, item in items)
    titles = {item.title_en for _, item in items}
    return points, sum("forgeable" not in title for title in titles)


if __name__ == "__main__":
    main()
