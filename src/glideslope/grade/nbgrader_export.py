"""Write an assignment for nbgrader: answers between its marks, a hidden test for each question, the same points.

A test carries what the judge would draw for a seed, the exercise's check.py and a small stand-in for the words it is written
with, so that it runs in any kernel with NumPy. It runs in the learner's own process, as all of nbgrader's tests: it can be forged.
Derivations and broken lines become cells that a person grades.
"""

from pathlib import Path
from typing import Any

import numpy as np

from glideslope.errors import DataError
from glideslope.exercise import Exercise
from glideslope.grade.exam import draw_cases, load_questions
from glideslope.grade.inputs import Case
from glideslope.grade.nbgrader_format import graded_cell, write_notebook

__all__ = ["export_assignment", "notebook_of"]


def export_assignment(exercises: list[Exercise], folder: Path, name: str, seed: str) -> Path:
    """Write `source/<name>/<name>.ipynb` below a course of nbgrader; return its path.

    Raises:
        DataError: the folder cannot be written.
    """
    path = folder / "source" / name / f"{name}.ipynb"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(notebook_of(exercises, seed), encoding="utf-8")
    except OSError as error:
        raise DataError(f"the notebook could not be written to {path} ({error.strerror}); check the folder.") from None
    return path


def notebook_of(exercises: list[Exercise], seed: str) -> str:
    """Return the source version of the notebook: solutions and hidden tests included."""
    cells: list[dict[str, Any]] = []
    for exercise in exercises:
        cells.append(graded_cell("markdown", _task(exercise), f"{exercise.slug}-task", locked=True))
        if exercise.kind == "code":
            cells.append(graded_cell("code", _answer(exercise), exercise.slug, solution=True))
            cells += _tests(exercise, seed)
        else:
            text = "### BEGIN SOLUTION\n" + _worked(exercise) + "\n### END SOLUTION"
            cells.append(graded_cell("markdown", text, exercise.slug, points=float(exercise.points), solution=True))
    return write_notebook(cells)


def _task(exercise: Exercise) -> str:
    title, prompt = exercise.title, exercise.prompt
    return f"## {title.en} · {title.zh}\n\n{prompt.en}\n\n{prompt.zh}"


def _answer(exercise: Exercise) -> str:
    solution = exercise.solution_path.read_text(encoding="utf-8").strip("\n")
    return f"### BEGIN SOLUTION\n{solution}\n### END SOLUTION"


def _worked(exercise: Exercise) -> str:
    if exercise.derivation is not None:
        return "\n\n".join(f"$${row}$$" for row in exercise.derivation.solution)
    return "\n\n".join(f"{chain.id}, {chain.broken}: $${chain.repair}$$" for chain in exercise.chains)


def _tests(exercise: Exercise, seed: str) -> list[dict[str, Any]]:
    check = exercise.check_path.read_text(encoding="utf-8")
    questions = load_questions(exercise)
    worth = exercise.points / sum(question.points for question in questions)
    found = []
    for index, (question, cases) in enumerate(zip(questions, draw_cases(exercise, seed), strict=True)):
        source = (
            f"# {question.title.en} · {question.title.zh}\n### BEGIN HIDDEN TESTS\n"
            f"_names = {{}}\nexec({_STAND_IN!r}, _names)\nexec({_without_import(check)!r}, _names)\n"
            f'_names["ask"](_names["QUESTIONS"][{index}], {exercise.function}, {[_written(case) for case in cases]!r})\n'
            "### END HIDDEN TESTS"
        )
        points = worth * question.points
        found.append(graded_cell("code", source, f"{exercise.slug}-{index + 1}", points=points, locked=True))
    return found


def _without_import(check: str) -> str:
    return "\n".join(line for line in check.split("\n") if not line.startswith("from glideslope.grade import"))


def _written(case: Case) -> list[Any]:
    """The arguments of a case as literals; an array is its dtype, its shape and its numbers."""
    return [
        (value.dtype.name, value.shape, value.ravel().tolist()) if isinstance(value, np.ndarray) else (value,)
        for value in case.arguments()
    ]


# The words of check.py in a kernel without Glideslope. Points and feedback are nbgrader's there: only right or wrong is said.
_STAND_IN = """
import numpy as np

def close(rtol=1e-7, atol=1e-9):
    return lambda got, wanted: bool(np.allclose(got, wanted, rtol=rtol, atol=atol, equal_nan=True))

def equal(reference, *mistakes, rtol=1e-7, atol=1e-9, parts=()):
    near = close(rtol, atol)
    def same(got, wanted):
        got, wanted = np.asarray(got), np.asarray(wanted)
        return got.dtype.kind in "fiubc" and got.shape == wanted.shape and near(got, wanted)
    def judge(call, arguments):
        wanted = reference(*arguments())
        got = call(*arguments())
        if not parts:
            return same(got, wanted)
        return isinstance(got, (list, tuple)) and len(got) == len(parts) and all(map(same, got, wanted))
    return judge

def law(check, en, zh, *, wanted):
    return lambda call, arguments: bool(check(call, *arguments()))

def mistake(*ignored):
    return None

def question(en, zh, inputs, judge, **options):
    return en, judge

def inputs(*ignored, **kinds):
    return None

floats = labels = number = one_hot = probabilities = inputs

def ask(question, answer, cases):
    title, judge = question
    for case in cases:
        def arguments():
            return [np.array(a[2], dtype=a[0]).reshape(a[1]) if len(a) == 3 else a[0] for a in case]
        def call(*given):
            before = [np.copy(value) for value in given]
            value = answer(*given)
            for old, new in zip(before, given):
                assert np.array_equal(old, new, equal_nan=True), "an input was changed"
            return value
        with np.errstate(all="ignore"):
            assert judge(call, arguments), title
"""
