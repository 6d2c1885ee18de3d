"""What the browser needs to check formulas without a server: Python itself, our checker as a zip, the exercises' tasks.

All of it lies in the site's folder `runtime/` and is fetched only when somebody asks for a verdict.
Pyodide comes from the locked npm package while the wheel is built; the rest is written by every `glideslope build`.
"""

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

from glideslope.exercise import Exercise, list_exercises

__all__ = ["PYODIDE", "pack_checker", "task_of", "write_pyodide", "write_runtime"]

#: name in the npm package: name on the site. Old web servers do not know `.mjs`, and a module needs its type.
PYODIDE = {
    "pyodide.asm.mjs": "pyodide.asm.js",
    "pyodide.asm.wasm": "pyodide.asm.wasm",
    "python_stdlib.zip": "python_stdlib.zip",
}
PACKAGE = Path(__file__).resolve().parents[1]
MODULES = ("__init__.py", "errors.py", "exercise.py", "grade/browser.py", "grade/broken_line.py", "grade/latex.py", "grade/lines.py", "grade/verdict.py")  # fmt: skip
# At the command line or in a terminal only.
LEFT_OUT = {"command.py", "cache.py", "watch.py", "formats.py", "mutate.py", "annotate.py"}
# A fixed date, so that the same sources give the same bytes.
DATE = (2026, 1, 1, 0, 0, 0)


def write_pyodide(package: Path, runtime: Path) -> None:
    """Copy the npm package's core to a site's `runtime/`, with a lock file that names no package: nothing else is ever fetched."""
    runtime.mkdir(parents=True, exist_ok=True)
    for name, target in PYODIDE.items():
        shutil.copyfile(package / name, runtime / target)
    lock = json.loads((package / "pyodide-lock.json").read_text("utf8"))
    (runtime / "pyodide-lock.json").write_text(json.dumps({"info": lock["info"], "packages": {}}), "utf8")


def write_runtime(source: Path, runtime: Path, lessons: list[str]) -> bool:
    """Write a site's `runtime/`; return whether Pyodide was found in `source`, the one that came with the package."""
    found = all((source / name).is_file() for name in PYODIDE.values())
    if found and source.resolve() != runtime.resolve():
        shutil.rmtree(runtime, ignore_errors=True)
        shutil.copytree(source, runtime)
    runtime.mkdir(parents=True, exist_ok=True)
    pack_checker(runtime / "glideslope.zip")
    shutil.rmtree(runtime / "exercises", ignore_errors=True)
    (runtime / "exercises").mkdir()
    for lesson in lessons:
        tasks = {about.slug: task_of(about) for about in list_exercises(lesson) if about.kind != "code"}
        (runtime / "exercises" / f"{lesson}.json").write_text(json.dumps(tasks, ensure_ascii=False), "utf8")
    return found


def pack_checker(path: Path) -> None:
    """Pack the checker and the judge of lines; `glideslope.grade` is left empty, since its own words need NumPy."""
    derive = sorted(
        file.relative_to(PACKAGE).as_posix() for file in (PACKAGE / "derive").rglob("*.py") if file.name not in LEFT_OUT
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name in (*MODULES, *derive):
            _add(archive, f"glideslope/{name}", (PACKAGE / name).read_bytes())
        _add(archive, "glideslope/grade/__init__.py", b'"""The judge of lines alone."""\n')


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, DATE), content, zipfile.ZIP_DEFLATED, 9)


def task_of(about: Exercise) -> dict[str, Any]:
    """What a judge in the browser must know of a derivation or of broken lines; no solution and no repair is in it.

    The rows that are broken are: whoever judges on the reader's own computer has to know them there.
    """
    common = {"lesson": about.lesson, "slug": about.slug, "kind": about.kind, "after": about.after.json()}
    if about.derivation is not None:
        task = about.derivation
        waypoints = [{"any": list(point.any), "message": point.message.json()} for point in task.waypoints]
        return {
            **common,
            "start": task.start,
            "goal": task.goal,
            "given": list(task.given),
            "context": task.context,
            "waypoints": waypoints,
        }
    chains = [{"id": c.id, "rows": list(c.rows), "broken": c.broken, "reason": c.reason.json()} for c in about.chains]
    return {**common, "given": list(about.given), "context": about.context, "chains": chains}
