"""What grading costs: CPU a submission against nbgrader and otter-grader, the straight line, memory, Check, and the soak.

`python -m bench.grading` measures us; `--peers` also makes a venv for each peer and interleaves three rounds of the same six tests;
`--size N` sets the largest class (default 1,000); `--soak KILLS` kills workers, zygotes and judges at random over `--size` submissions.
CPU is user + system of the whole command with all its children, start-up and golden gate included. Results go to bench/results/grading.json.
"""

import argparse
import contextlib
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.startup import machine
from glideslope.exercise import Exercise, read_exercise
from glideslope.grade.gradebook import Gradebook
from glideslope.grade.prove import _function
from glideslope.grade.selfcheck import self_check

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "bench" / "results" / "grading.json"
SLUGS = ("stable-softmax", "gradient-a-minus-y")  # three questions each: the six tests of the peers below
HOSTILE = (
    "import os\nos._exit(0)",
    "while True:\n    pass",
    "import numpy as np\nx = np.ones(2**31)",
    "open('/etc/passwd')",
    "import os\nos.kill(-1, 9)",
)
ENVIRONMENT = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--size", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--soak", type=int, metavar="KILLS")
    options = parser.parse_args()
    kept = json.loads(RESULT.read_text()) if RESULT.exists() else {}
    kept["machine"] = machine() | {"load": os.getloadavg()[0]}
    with tempfile.TemporaryDirectory() as folder:
        course = small_course(Path(folder) / "course")
        if options.soak:
            kept["soak"] = soak(Path(folder), course, options.size, options.soak, options.jobs)
        else:
            kept["check"] = check_latency()
            kept["class"] = whole_class(Path(folder), course, options.size, options.jobs)
            if options.peers:
                kept["peers"] = peers(Path(folder), course)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n")
    print(json.dumps(kept, indent=1, sort_keys=True))


def small_course(folder: Path) -> Path:
    """A course of one lesson with two exercises: six questions."""
    for slug in SLUGS:
        source = read_exercise(f"softmax-cross-entropy/{slug}").folder
        shutil.copytree(source, folder / "lessons" / "bench" / "exercises" / slug)
    return folder


def answers(exercise: Exercise) -> list[str]:
    paths = [*[exercise.solution_path] * 6, *exercise.alternative_paths, *exercise.wrong_paths]
    return [path.read_text(encoding="utf-8") for path in paths]


def hand_in(folder: Path, count: int, hostile_share: float = 0.01, seed: int = 1) -> Path:
    """Write a class: right and wrong answers drawn by seed, one in a hundred hostile."""
    rng = random.Random(seed)
    exercises = [read_exercise(f"softmax-cross-entropy/{slug}") for slug in SLUGS]
    pools = [answers(exercise) for exercise in exercises]
    folder.mkdir()
    for learner in range(count):
        cells = []
        for exercise, pool in zip(exercises, pools, strict=True):
            body = rng.choice(HOSTILE) if rng.random() < hostile_share else rng.choice(pool)
            cells.append(
                f'{body}\n\nfrom glideslope import check\ncheck("bench/{exercise.slug}", {exercise.function})\n'
            )
        export = {"learner": f"learner-{learner:06d}", "lesson": "bench", "cells": dict(zip(SLUGS, cells, strict=True))}
        (folder / f"{learner:06d}.json").write_text(json.dumps(export), encoding="utf-8")
    return folder


def command(course: Path, book: Path, paths: list[Path], jobs: int) -> tuple[list[str], dict[str, str]]:
    line = [sys.executable, "-m", "glideslope.cli", "grade", "bench", *map(str, paths), "--gradebook", str(book)]
    python_path = os.pathsep.join([str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = ENVIRONMENT | {"GLIDESLOPE_COURSE_DIR": str(course), "PYTHONPATH": python_path}
    return [*line, "--out", str(book.with_suffix(".reports")), "--jobs", str(jobs)], environment


def costs(line: list[str], environment: dict[str, str] | None = None, folder: Path | None = None) -> dict[str, float]:
    """CPU and wall seconds of a command with all its children."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(line, env=environment or ENVIRONMENT, cwd=folder, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"{' '.join(line[:6])} … failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"cpu_s": cpu, "wall_s": time.perf_counter() - began, "largest_process_mb": after.ru_maxrss / 1024}


def whole_class(folder: Path, course: Path, size: int, jobs: int) -> dict[str, object]:
    """The straight line through three class sizes, its slope, and the memory of the largest process at each."""
    sizes = [max(size // 4, 10), max(size // 2, 20), max(size, 40)]
    rows = []
    for count in sizes:
        taken = hand_in(folder / f"class-{count}", count)
        book = folder / f"class-{count}.db"
        row = costs(*command(course, book, [taken], jobs))
        again = costs(*command(course, book, [taken], jobs))
        rows.append({"submissions": count, **row, "again_cpu_s": again["cpu_s"], **rows_of(book)})
    slope, intercept = statistics.linear_regression(sizes, [row["cpu_s"] for row in rows])
    wall_slope, _ = statistics.linear_regression(sizes, [row["wall_s"] for row in rows])
    return {
        "rows": rows,
        "jobs": jobs,
        "cpu_ms_a_submission": 1000 * slope,
        "start_cpu_s": intercept,
        "wall_s_for_10000": 10_000 * wall_slope,
        "wall_min_for_100000": 100_000 * wall_slope / 60,
        "correlation": statistics.correlation(sizes, [row["cpu_s"] for row in rows]),
    }


def rows_of(book: Path) -> dict[str, int]:
    with contextlib.closing(sqlite3.connect(book)) as database:
        return {
            f"{table}_rows": database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("result", "item")
        }


def check_latency(rounds: int = 15) -> dict[str, float]:
    """Milliseconds from the call of check to its verdict: right answers, and the slowest typical mistake."""
    right, wrong = [], []
    for slug in (*SLUGS, "cross-entropy-from-logits", "into-the-network"):
        exercise = read_exercise(f"softmax-cross-entropy/{slug}")
        for kept, paths in ((right, [exercise.solution_path]), (wrong, exercise.wrong_paths)):
            for path in paths:
                answer = _function(path.read_text(encoding="utf-8"), str(path), exercise.function)
                times = []
                for _ in range(rounds):
                    began = time.perf_counter()
                    self_check(exercise, answer)
                    times.append(1000 * (time.perf_counter() - began))
                kept.append(statistics.median(times))
    return {
        "right_ms_median": statistics.median(right),
        "wrong_ms_median": statistics.median(wrong),
        "slowest_ms": max(right + wrong),
    }


def soak(folder: Path, course: Path, size: int, kills: int, jobs: int) -> dict[str, object]:
    """Kill workers, zygotes and judges at random; the grades must equal those of a run in peace."""
    taken = hand_in(folder / "class", size)
    books = {name: folder / f"{name}.db" for name in ("clean", "rough")}
    for book in books.values():
        Path(f"{book}.secret").write_text("the secret of the soak run", encoding="utf-8")
    costs(*command(course, books["clean"], [taken], jobs))
    rng, done = random.Random(2), {"judge": 0, "worker": 0, "zygote": 0}
    line, environment = command(course, books["rough"], [taken], jobs)
    starts = 0
    while True:
        starts += 1
        judge = subprocess.Popen(line, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while judge.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                judge.wait(timeout=rng.uniform(0.2, 1.0))
            if sum(done.values()) < kills and judge.poll() is None and working(books["rough"]):
                kill_one(judge.pid, rng, done)
        if judge.returncode == 0:
            break
    grades = []
    for book in books.values():
        opened = Gradebook(book)
        grades.append([(grade.learner, grade.earned, grade.points) for grade in opened.grades("bench")])
        opened.close()
    return {
        "submissions": size,
        "kills": done,
        "starts": starts,
        "graded": len(grades[1]),
        "equal": grades[0] == grades[1],
    }


def working(book: Path) -> bool:
    with (
        contextlib.suppress(sqlite3.OperationalError),
        contextlib.closing(sqlite3.connect(f"file:{book}?mode=ro", uri=True)) as database,
    ):
        return bool(database.execute("SELECT count(*) FROM lease").fetchone()[0])
    return False


def kill_one(judge: int, rng: random.Random, done: dict[str, int]) -> None:
    """Kill the judge (rarely), one of its workers, or a zygote of theirs."""
    found = {"judge": [judge], "worker": [], "zygote": []}
    for process in descendants(judge):
        with contextlib.suppress(OSError):
            said = Path(f"/proc/{process}/cmdline").read_bytes()
            kind = "zygote" if b"zygote" in said else "worker" if b"spawn_main" in said else ""
            found.get(kind, []).append(process)
    if not found["worker"]:
        return  # still starting: there is nothing to lose yet
    kinds = [kind for kind in ("zygote", "worker", "judge") if found[kind]]
    kind = rng.choices(kinds, [{"zygote": 6, "worker": 3, "judge": 1}[kind] for kind in kinds])[0]
    with contextlib.suppress(ProcessLookupError):
        os.kill(rng.choice(found[kind]), signal.SIGKILL)
        done[kind] += 1


def descendants(process: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            children.setdefault(int(fields[1]), []).append(int(path.parent.name))
    found, waiting = [], [process]
    while waiting:
        for child in children.get(waiting.pop(), []):
            found.append(child)
            waiting.append(child)
    return found


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


def peers(folder: Path, course: Path, students: int = 4, rounds: int = 3) -> dict[str, object]:
    """CPU-seconds a submission: (class of n) − (class of 1), over n − 1; three rounds, interleaved, the smallest counts."""
    runners = {"glideslope": _ours(folder, course), "nbgrader": _nbgrader(folder), "otter": _otter(folder)}
    seconds: dict[str, list[float]] = {name: [] for name in runners}
    for number in range(rounds):
        for name, run in runners.items():
            few, many = (1, students) if name != "glideslope" else (100, 500)
            cpu = [run(f"{number}-{count}", count) for count in (few, many)]
            seconds[name].append((cpu[1] - cpu[0]) / (many - few))
    smallest = {name: min(values) for name, values in seconds.items()}
    times = {name: smallest[name] / smallest["glideslope"] for name in smallest}
    return {"cpu_s_a_submission": smallest, "rounds": seconds, "times_ours": times}


def _ours(folder: Path, course: Path):
    def run(label: str, count: int) -> float:
        taken = hand_in(folder / f"ours-{label}", count, hostile_share=0.0)
        return costs(*command(course, folder / f"ours-{label}.db", [taken], jobs=1))["cpu_s"]

    return run


def _venv(folder: Path, *packages: str) -> Path:
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


def _nbgrader(folder: Path):
    programs = _venv(folder, "nbgrader==0.9.6", "numpy")

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


def _otter(folder: Path):
    programs = _venv(folder, "otter-grader==7.0.0", "numpy", "ipykernel")

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


if __name__ == "__main__":
    main()
