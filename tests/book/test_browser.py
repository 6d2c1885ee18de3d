"""What the browser gets: a checker that needs the standard library alone, and tasks that hold no answer."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from glideslope.book.browser import pack_checker, task_of, write_pyodide, write_runtime
from glideslope.exercise import Exercise, list_exercises, list_lessons
from glideslope.grade import judge as judge_here
from glideslope.grade.browser import judge as judge_there

LINES = [about for lesson in list_lessons() for about in list_exercises(lesson) if about.kind != "code"]
ALONE = """
import sys
sys.path.insert(0, sys.argv[1])
from glideslope.grade.browser import check
print(check("$$1 + 1 = 3$$", "md", lambda part: None))
outside = {name.split(".")[0] for name in sys.modules} - set(sys.stdlib_module_names) - {"glideslope", "__main__", "__mp_main__"}
assert not outside, outside
"""


@pytest.mark.slow
def test_the_packed_checker_runs_on_the_bare_standard_library(tmp_path: Path) -> None:
    pack_checker(tmp_path / "glideslope.zip")
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", ALONE, str(tmp_path / "glideslope.zip")], capture_output=True, text=True
    )
    assert done.stderr == ""
    assert json.loads(done.stdout)["report"]["counts"]["error"] == 1


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        pack_checker(tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert "glideslope/derive/document.py" in archive.namelist()
        assert "glideslope/grade/judging.py" not in archive.namelist()


def _answers(about: Exercise) -> list[dict]:
    """Right and wrong answers that the exercise's own folder holds."""
    if about.derivation is not None:
        task = about.derivation
        rows = [task.solution, *task.alternatives, *(wrong.rows for wrong in task.wrong)]
        return [{"lines": list(lines)} for lines in rows]
    right = [{"chain": chain.id, "row": chain.broken, "repair": chain.repair} for chain in about.chains]
    return [
        {"answers": right},
        {"answers": right[:1]},
        {"answers": [{**right[0], "row": 1}]},
        {"answers": [{**right[0], "repair": "= 0"}]},
    ]


@pytest.mark.slow
@pytest.mark.parametrize("about", LINES, ids=lambda about: about.name)
def test_the_browser_gives_the_verdicts_of_the_server(about: Exercise) -> None:
    passed = []
    for answer in _answers(about):
        there = json.loads(judge_there(json.dumps(task_of(about)), json.dumps(answer)))
        assert there == judge_here(about.lesson, about.slug, answer)
        passed.append(there["passed"])
    assert True in passed
    assert False in passed


@pytest.mark.parametrize("about", LINES, ids=lambda about: about.name)
def test_a_task_holds_no_answer(about: Exercise) -> None:
    # What the judge takes as known is in every task, and may be the very line that was broken.
    text = json.dumps({name: value for name, value in task_of(about).items() if name not in ("given", "context")})
    rows = about.derivation.solution if about.derivation is not None else tuple(chain.repair for chain in about.chains)
    shown = json.dumps(about.box)
    # A row may be part of what the page shows anyway, such as the goal.
    assert [
        row for row in rows if json.dumps(row)[1:-1] in text and json.dumps(row)[1:-1].lstrip("= ") not in shown
    ] == []


def test_pyodide_is_copied_under_names_every_web_server_knows_and_fetches_no_package(tmp_path: Path) -> None:
    package = tmp_path / "pyodide"
    package.mkdir()
    for name in ("pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"):
        (package / name).write_text(name)
    (package / "pyodide-lock.json").write_text(
        json.dumps({"info": {"python": "3"}, "packages": {"numpy": {"file_name": "n.whl"}}})
    )
    write_pyodide(package, tmp_path / "wheel")
    assert not list((tmp_path / "wheel").glob("*.mjs"))
    assert json.loads((tmp_path / "wheel" / "pyodide-lock.json").read_text()) == {
        "info": {"python": "3"},
        "packages": {},
    }
    assert write_runtime(tmp_path / "wheel", tmp_path / "site", [])
    assert (tmp_path / "site" / "pyodide.asm.js").read_text() == "pyodide.asm.mjs"
    assert not write_runtime(tmp_path / "nothing", tmp_path / "other", [])
    assert (tmp_path / "other" / "glideslope.zip").exists()
