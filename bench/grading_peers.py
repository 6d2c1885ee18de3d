"""The peers: nbgrader and otter-grader, each in a venv of its own, on an assignment of the same six tests.

A peer's cost is CPU-seconds a submission: (a class of n) − (a class of 1), over n − 1, so that its start is not counted. A run in
which a right answer does not get all its points does not count.
"""

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from bench.grading_class import ENVIRONMENT, costs

__all__ = ["SOLUTION", "TESTS", "make_venv", "nbgrader", "otter"]

SOLUTION = """import numpy as np

def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)

def gradient(Z, Y):
    return (softmax(Z) - Y) / len(Z)
"""
TESTS = (
    "Z = np.random.default_rng(1).normal(size=(3, 4)); E = np.exp(Z); assert np.allclose(softmax(Z), E / E.sum(1, keepdims=True))",
    "assert np.allclose(softmax(np.random.default_rng(2).normal(size=(8, 5))).sum(axis=1), 1)",
    "assert np.allclose(softmax(np.array([[1000.0, 0.0]])), [[1, 0]])",
    "Z = np.array([[3.0, 1.0, -3.0]]); assert np.allclose(gradient(Z, np.eye(3)[:1]), softmax(Z) - np.eye(3)[:1])",
    "assert np.allclose(gradient(np.zeros((2, 2)), np.eye(2)).sum(axis=1), 0)",
    "assert np.isfinite(gradient(np.array([[1000.0, 0.0]]), np.array([[0.0, 1.0]]))).all()",
)


def make_venv(folder: Path, *packages: str) -> Path:
    """Make a venv with the packages; return the folder of its programs."""
    place = folder / f"venv-{packages[0].partition('=')[0]}"
    uv = shutil.which("uv") or str(Path(sys.executable).with_name("uv"))
    subprocess.run([uv, "venv", "-q", "--python", sys.executable, str(place)], check=True)
    subprocess.run([uv, "pip", "install", "-q", "--python", str(place / "bin" / "python"), *packages], check=True)
    return place / "bin"


def _cell(source: str, **metadata: object) -> dict[str, object]:
    return {
        "cell_type": "code",
        "id": f"c{abs(hash(source)) % 10**9}",
        "source": source,
        "metadata": metadata,
        "outputs": [],
        "execution_count": None,
    }


def _notebook(cells: list[dict[str, object]]) -> str:
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return json.dumps({"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5})


def nbgrader(folder: Path, programs: Path) -> Callable[[str, int], float]:
    """Return what grades a class of a size and returns its CPU-seconds."""

    def run(label: str, count: int) -> float:
        place = folder / f"nbgrader-{label}"
        graded = {
            "schema_version": 3,
            "locked": False,
            "solution": True,
            "grade": False,
            "task": False,
            "grade_id": "answer",
        }
        cells = [_cell(f"### BEGIN SOLUTION\n{SOLUTION}### END SOLUTION", nbgrader=graded)]
        for number, test in enumerate(TESTS):
            mark = {
                "schema_version": 3,
                "locked": True,
                "solution": False,
                "grade": True,
                "task": False,
                "grade_id": f"t{number}",
                "points": 1,
            }
            cells.append(_cell(test, nbgrader=mark))
        source = place / "source" / "ps1"
        source.mkdir(parents=True)
        (source / "ps1.ipynb").write_text(_notebook(cells))
        environment = ENVIRONMENT | {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
        costs([str(programs / "nbgrader"), "generate_assignment", "ps1"], environment, place)
        released = json.loads((place / "release" / "ps1" / "ps1.ipynb").read_text())
        released["cells"][0]["source"] = SOLUTION
        for student in range(count):
            handed = place / "submitted" / f"s{student}" / "ps1"
            handed.mkdir(parents=True)
            (handed / "ps1.ipynb").write_text(json.dumps(released))
        cpu = costs([str(programs / "nbgrader"), "autograde", "ps1"], environment, place)["cpu_s"]
        with contextlib.closing(sqlite3.connect(place / "gradebook.db")) as database:
            right = database.execute("SELECT count(*) FROM grade WHERE auto_score = 1").fetchone()[0]
        if right != count * len(TESTS):
            raise SystemExit(f"nbgrader gave {right} points of {count * len(TESTS)}: its run does not count")
        return cpu

    return run


def otter(folder: Path, programs: Path) -> Callable[[str, int], float]:
    """Return what grades a class of a size and returns its CPU-seconds."""

    def run(label: str, count: int) -> float:
        place = folder / f"otter-{label}"
        tests = place / "tests"
        tests.mkdir(parents=True)
        for number, test in enumerate(TESTS):
            case = "".join(f">>> {line}\n" for line in test.split("; "))
            suite = [
                {
                    "cases": [{"code": case, "hidden": False, "locked": False}],
                    "scored": True,
                    "type": "doctest",
                    "setup": "",
                    "teardown": "",
                }
            ]
            (tests / f"q{number}.py").write_text(
                f"OK_FORMAT = True\ntest = {{'name': 'q{number}', 'points': 1, 'suites': {suite!r}}}\n"
            )
        environment = ENVIRONMENT | {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
        costs([str(programs / "otter"), "generate", "-t", "tests", "--no-environment"], environment, place)
        (place / "ps1.ipynb").write_text(_notebook([_cell(SOLUTION)]))
        total = 0.0
        (archive,) = place.glob("*autograder*.zip")
        for student in range(count):
            out = place / f"s{student}"
            out.mkdir()
            total += costs(
                [str(programs / "otter"), "run", "ps1.ipynb", "-a", archive.name, "-o", out.name], environment, place
            )["cpu_s"]
            scores = json.loads((out / "results.json").read_text())["tests"]
            right = sum(test.get("score", 0) for test in scores)
            if right != len(TESTS):
                raise SystemExit(f"otter gave {right} points of {len(TESTS)}: its run does not count")
        return total

    return run
