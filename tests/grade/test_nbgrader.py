"""nbgrader in and out, without nbgrader: notebooks that its schema accepts, its tests in our sandbox, forgery where it is said."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.grade.modes import first_working_mode

from glideslope.errors import GlideslopeError, ParseError
from glideslope.exercise import list_exercises
from glideslope.grade.assess import assess
from glideslope.grade.gradebook import Gradebook
from glideslope.grade.grading import main
from glideslope.grade.legacy import FORGEABLE, Assignment, assess_notebook, prepare
from glideslope.grade.nbgrader_export import notebook_of
from glideslope.grade.nbgrader_format import Notebook, graded_cell, read_notebook, write_notebook
from glideslope.grade.sandbox.runner import Sandbox

LESSON = "softmax-cross-entropy"
SOLUTION = "import numpy as np\n\ndef double(x):\n    return 2 * np.asarray(x)\n\nseven = 7"
TESTS = {
    "called": "assert np.allclose(double(np.ones(3)), [2, 2, 2])",
    "called-in-a-loop": "for n in range(3):\n    assert double(n) == 2 * n",
    "handed-on": "assert list(map(double, [1, 2])) == [2, 4]",
    "a-variable": "assert seven == 7",
    "an-attribute": "assert double.__name__ == 'double'",
    "true-of-nothing": "assert 1 == 1",
}
CONVERTED = {"called", "called-in-a-loop", "handed-on"}


def assignment_text(tests: dict[str, str] = TESTS, solution: str = SOLUTION) -> str:
    cells = [graded_cell("code", solution, "answer", solution=True)]
    cells += [graded_cell("code", source, name, points=2, locked=True) for name, source in tests.items()]
    return write_notebook(cells)


def handed_in(*sources: str) -> Notebook:
    cells = [graded_cell("code", source, f"answer{n or ''}", solution=True) for n, source in enumerate(sources)]
    return read_notebook(write_notebook(cells), "handed in")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(first_working_mode()) as opened:
        yield opened


@pytest.fixture(scope="module")
def assignment(sandbox: Sandbox) -> Assignment:
    return prepare("ps1", read_notebook(assignment_text(), "ps1"), sandbox)


def test_our_export_is_a_notebook_of_schema_3() -> None:
    nbformat = pytest.importorskip("nbformat")
    exercises = list_exercises(LESSON)
    text = notebook_of(exercises, "seed")
    nbformat.validate(nbformat.reads(text, as_version=4))
    notebook = read_notebook(text, "export")
    points = sum(cell.points for cell in notebook.cells)
    assert points == pytest.approx(sum(exercise.points for exercise in exercises))
    manual = {cell.grade_id for cell in notebook.cells if cell.is_manual}
    assert manual == {exercise.slug for exercise in exercises if exercise.kind != "code"}
    assert all(cell.locked for cell in notebook.tests)
    for cell in json.loads(text)["cells"]:
        mark = cell["metadata"]["nbgrader"]
        assert set(mark) - {"points"} == {
            "schema_version",
            "grade_id",
            "grade",
            "solution",
            "locked",
            "task",
            "cell_type",
        }
        assert ("points" in mark) == mark["grade"]


def test_a_release_would_show_no_answer_and_no_test() -> None:
    """nbgrader cuts what stands between its marks: each solution and each test does, whole."""
    for cell in read_notebook(notebook_of(list_exercises(LESSON), "seed"), "export").cells:
        lines = [line for line in cell.source.split("\n") if line]
        if cell.solution:
            assert (lines[0], lines[-1]) == ("### BEGIN SOLUTION", "### END SOLUTION")
        if cell.is_test:
            assert (lines[1], lines[-1]) == ("### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS")
            assert lines[0].startswith("# ")


@pytest.mark.slow
def test_the_exports_own_tests_give_our_points(sandbox: Sandbox) -> None:
    """Each answer of each exercise, by the exported test in its own kernel's way and by our judge."""
    for exercise in list_exercises(LESSON):
        if exercise.kind != "code":
            continue
        source = read_notebook(notebook_of([exercise], f"{'s' * 20}\0ada"), "export")  # the inputs of ada
        as_they_are = Assignment("export", source, frozenset())
        for path in (exercise.solution_path, *exercise.alternative_paths, *exercise.wrong_paths):
            answer = path.read_text(encoding="utf-8")
            theirs = sum(item.earned for item in assess_notebook(sandbox, as_they_are, handed_in(answer)))
            ours = sum(
                item.earned for item in assess(sandbox, [exercise], "ada", "s" * 20, {exercise.name: answer}, {})
            )
            assert theirs == pytest.approx(ours), path


def test_what_only_calls_the_answer_is_converted_and_the_rest_is_said_to_be_forgeable(
    sandbox: Sandbox, assignment: Assignment
) -> None:
    assert assignment.converted == CONVERTED
    items = assess_notebook(sandbox, assignment, read_notebook(assignment_text(), "ps1"))
    assert [item.earned for item in items] == [2.0] * 6
    marked = {item.title_en.partition(" ")[0] for item in items if item.title_en.endswith(FORGEABLE.en)}
    assert marked == set(TESTS) - CONVERTED
    assert all(item.title_zh.endswith(FORGEABLE.zh) == item.title_en.endswith(FORGEABLE.en) for item in items)


def test_a_test_that_an_empty_answer_passes_is_not_converted(sandbox: Sandbox) -> None:
    """It only calls the answer, as far as one can read, but its call is never reached: here it would prove nothing."""
    tests = {"called": TESTS["called"], "never-reached": "assert 1 == 1 or double(1) == 2"}
    assert prepare("ps1", read_notebook(assignment_text(tests), "ps1"), sandbox).converted == {"called"}


FORGERIES = {
    "an equal to everything": "class Liar:\n    def __eq__(self, other):\n        return True\ndef double(x):\n    return Liar()",
    "a changed NumPy": "import numpy as np\nnp.allclose = lambda *a, **k: True\ndef double(x):\n    return 0",
    "a changed assert": "import builtins\nbuiltins.compile = lambda *a: 'pass'\nbuiltins.exec = lambda *a: None\ndef double(x):\n    return 0",
    "an early exit": "import os\ndef double(x):\n    os._exit(0)",
    "an early exit with success": "import sys\ndef double(x):\n    sys.exit(0)",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", FORGERIES)
def test_a_converted_test_cannot_be_forged_so(sandbox: Sandbox, assignment: Assignment, name: str) -> None:
    items = assess_notebook(sandbox, assignment, handed_in(FORGERIES[name]))
    assert [item.earned for item in items if not item.title_en.endswith(FORGEABLE.en)] == [0.0] * 3


def test_a_legacy_test_can_be_forged_and_that_is_why_it_is_said(sandbox: Sandbox, assignment: Assignment) -> None:
    """The positive control of the warning: the same forgery earns points where the test runs in the learner's process."""
    source = "seven = type('Liar', (), {'__eq__': lambda self, other: True})()\ndef double(x):\n    return 0\ndouble.__name__ = 'double'"
    earned = {
        item.title_en.partition(" ")[0]: item.earned for item in assess_notebook(sandbox, assignment, handed_in(source))
    }
    assert earned == {
        "called": 0,
        "called-in-a-loop": 0,
        "handed-on": 0,
        "a-variable": 2,
        "an-attribute": 2,
        "true-of-nothing": 2,
    }


def test_changed_and_deleted_tests_of_a_learner_do_not_count(sandbox: Sandbox, assignment: Assignment) -> None:
    cells = [graded_cell("code", "def double(x):\n    return 0", "answer", solution=True)]
    cells += [
        graded_cell("code", "pass", "called", points=200, locked=True),
        graded_cell("code", "pass", "mine", points=200),
    ]
    items = assess_notebook(sandbox, assignment, read_notebook(write_notebook(cells), "x"))
    assert [item.points for item in items] == [2.0] * 6
    assert items[0].earned == 0


def test_a_cell_that_fails_does_not_stop_the_next_and_magics_are_left_out(
    sandbox: Sandbox, assignment: Assignment
) -> None:
    items = assess_notebook(sandbox, assignment, handed_in("1 / 0", SOLUTION))
    assert [item.earned for item in items] == [2.0] * 6


@pytest.mark.slow
def test_a_crash_costs_its_own_cell_only(sandbox: Sandbox, assignment: Assignment) -> None:
    items = assess_notebook(sandbox, assignment, handed_in("import os\nos._exit(0)", SOLUTION))
    assert [item.earned for item in items] == [2.0] * 6


def test_a_solution_that_fails_its_own_test_stops_everything(sandbox: Sandbox) -> None:
    wrong = read_notebook(assignment_text(solution="def double(x):\n    return x"), "ps1")
    with pytest.raises(GlideslopeError, match="the solution in the notebook does not pass its own test called"):
        prepare("ps1", wrong, sandbox)
    with pytest.raises(GlideslopeError, match="expected autograder tests and found none; give the source version"):
        prepare("ps1", handed_in("x = 1"), sandbox)


@pytest.mark.slow
def test_the_command_grades_a_folder_of_submissions(
    sandbox: Sandbox, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "ps1.ipynb"
    source.write_text(assignment_text(), encoding="utf-8")
    for learner, answer in {"ada": SOLUTION, "bo": "%matplotlib inline\ndef double(x):\n    return 3 * x"}.items():
        place = tmp_path / "submitted" / learner / "ps1"
        place.mkdir(parents=True)
        (place / "ps1.ipynb").write_text(assignment_text(solution=answer), encoding="utf-8")
    (tmp_path / "submitted" / "cy").mkdir()
    (tmp_path / "submitted" / "cy" / "ps1.ipynb").write_text("{}", encoding="utf-8")
    arguments = [
        str(source),
        str(tmp_path / "submitted"),
        "--gradebook",
        str(tmp_path / "g.db"),
        "--out",
        str(tmp_path / "out"),
    ]
    for _ in range(2):
        assert main(arguments) == 0
    said = capsys.readouterr().out
    assert "2 new submissions taken in, 1 files refused" in said
    assert "0 new submissions taken in" in said
    assert "3 of 6 tests converted" in said
    book = Gradebook(tmp_path / "g.db")
    assert {grade.learner: grade.earned for grade in book.grades("ps1")} == {"ada": 12.0, "bo": 4.0}
    assert len(book.items(1)) == 12
    book.close()
    assert "forgeable" in (tmp_path / "out" / "learners" / "ada.html").read_text(encoding="utf-8")


def changed(**marks: Any) -> str:
    cell = graded_cell("code", "assert f()", "t1", points=1, locked=True)
    cell["metadata"]["nbgrader"] |= marks
    return write_notebook([cell])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "{",
            "ps1 is no valid JSON (Expecting property name enclosed in double quotes: line 1 column 2 (char 1)); save the notebook again.",
        ),
        (
            '{"cells": [], "nbformat": 3}',
            "ps1: expected a notebook of format 4 and got another; open and save it in Jupyter.",
        ),
        ('{"cells": [1], "nbformat": 4}', "ps1, cell 1: expected a cell with metadata and got another kind of JSON."),
        (
            changed(schema_version=2),
            "ps1, cell 1: expected nbgrader's schema 3 and got 2; run `nbgrader update` on it.",
        ),
        (
            changed(grade_id="a b"),
            "ps1, cell 1: expected a grade id of letters, digits, - and _ and got 'a b'; correct it.",
        ),
        (changed(points=-1), "ps1, cell 1: expected points of 0 or more and got -1; correct them."),
        (changed(points=True), "ps1, cell 1: expected points of 0 or more and got True; correct them."),
        (
            changed(locked="yes"),
            "ps1, cell 1: expected grade, solution, locked and task to be true or false; correct the metadata.",
        ),
        (
            write_notebook([graded_cell("code", "1", "t1", locked=True)] * 2),
            "ps1: the grade id 't1' is there twice; rename one of the cells.",
        ),
    ],
)
def test_each_fault_of_a_notebook_is_said(text: str, message: str) -> None:
    with pytest.raises(ParseError) as caught:
        read_notebook(text, "ps1")
    assert str(caught.value) == message
