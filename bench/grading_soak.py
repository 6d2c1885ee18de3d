"""The soak: kill workers, zygotes and judges at random while a class is graded; the grades must equal those of a run in peace.

`python -m bench.grading_soak --size 10000 --kills 100`; the result goes to bench/results/grading-soak.json.
It judges correctness, so it may run on a busy machine at low priority (`nice -n 19`).
"""

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path

from bench.grading_class import ALL_KINDS, ROOT, command, costs, hand_in, small_course
from bench.startup import machine
from glideslope.grade.gradebook import Gradebook

RESULT = ROOT / "bench" / "results" / "grading-soak.json"
SECRET = "the secret of the soak run"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument(
        "--folder", type=Path, help="keep the class and its gradebooks here; a clean run found there is used again"
    )
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = options.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        told = soak(folder, options.size, options.kills, options.jobs)
    told["machine"] = machine()
    RESULT.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n")
    print(json.dumps(told, indent=1, sort_keys=True))
    faults = {key: told[key] for key in ("grades_differ", "questions_differ", "infra_charged", "missing") if told[key]}
    if faults or sum(told["kills"].values()) < options.kills:
        raise SystemExit(f"the soak failed: {faults or 'too few kills'}")


def soak(folder: Path, size: int, kills: int, jobs: int) -> dict:
    """Grade the class in peace, then with kills; compare every grade and every question."""
    course, taken = folder / "course", folder / "class"
    if not taken.exists():
        small_course(course, ALL_KINDS)
        hand_in(taken, size, slugs=ALL_KINDS)
    books = {name: folder / f"{name}.db" for name in ("clean", "rough")}
    for book in books.values():
        Path(f"{book}.secret").write_text(SECRET, encoding="utf-8")
    began = time.monotonic()
    if not books["clean"].exists() or _count(books["clean"], "result") < size:
        costs(*command(course, books["clean"], [taken], jobs))
    peace_s = time.monotonic() - began
    print(f"in peace: {peace_s:.0f} s", flush=True)
    _copy_ungraded(books["clean"], books["rough"])
    done, starts = _with_kills(course, books["rough"], size, kills, jobs)
    found = {name: _all_of(book) for name, book in books.items()}
    grades = [found[name][0] for name in books]
    items = [found[name][1] for name in books]
    return {
        "submissions": size,
        "kills": done,
        "judge_starts": starts,
        "graded": len(grades[1]),
        "missing": size - len(grades[1]),
        "grades_differ": sum(one != other for one, other in zip(*grades, strict=True)),
        "questions": len(items[1]),
        "questions_differ": sum(one != other for one, other in zip(*items, strict=True)),
        "infra_charged": sum(status == "infra" for *_, status in items[1]),
        "in_peace_s": round(peace_s),
        "with_kills_s": round(time.monotonic() - began - peace_s),
    }


def _copy_ungraded(clean: Path, rough: Path) -> None:
    """The same submissions in a second gradebook, nothing judged: taking in ten thousand files again would test nothing more."""
    with contextlib.closing(sqlite3.connect(clean)) as source, contextlib.closing(sqlite3.connect(rough)) as target:
        source.backup(target)
        for table in ("item", "result", "lease", "run"):
            target.execute(f"DELETE FROM {table}")
        target.commit()
    shutil.copytree(clean.with_suffix(".blobs"), rough.with_suffix(".blobs"), dirs_exist_ok=True)


def _with_kills(course: Path, book: Path, size: int, kills: int, jobs: int) -> tuple[dict[str, int], int]:
    """Start the command, and start it again, until it ends well."""
    rng, done, starts = random.Random(2), {"judge": 0, "worker": 0, "zygote": 0}, 0
    step = 0.9 * size / kills  # submissions between two kills, on average
    due = 0.0
    line, environment = command(course, book, [], jobs)
    while True:
        starts += 1
        judge = subprocess.Popen(line, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while judge.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                judge.wait(timeout=rng.uniform(0.05, 0.3))
            if sum(done.values()) < kills and judge.poll() is None and _working(book):
                graded = _count(book, "result")
                if graded >= due and _kill_one(judge.pid, course, rng, done):
                    due = graded + rng.uniform(0, 2 * step)
        print(f"{done} after {starts} starts, {_count(book, 'result')} graded", flush=True)
        if judge.returncode == 0:
            return done, starts


def _count(book: Path, table: str) -> int:
    with contextlib.closing(sqlite3.connect(f"file:{book}?mode=ro", uri=True)) as database:
        return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _working(book: Path) -> bool:
    with contextlib.suppress(sqlite3.OperationalError):
        return bool(_count(book, "lease"))
    return False


def _kill_one(judge: int, course: Path, rng: random.Random, done: dict[str, int]) -> bool:
    """Kill the judge (rarely), a worker (also one whose judge has died), or a zygote of theirs; all are ours by their course."""
    workers = [process for process in _with_word(f"GLIDESLOPE_COURSE_DIR={course}", "environ") if process != judge]
    workers = [process for process in workers if process in _with_word("spawn_main", "cmdline")]
    zygotes = [child for worker in workers for child in _descendants(worker)]
    if not workers:
        return False  # still starting: there is nothing to lose yet
    found = {"judge": [judge], "worker": workers, "zygote": zygotes}
    kinds = [kind for kind in ("zygote", "worker", "judge") if found[kind]]
    kind = rng.choices(kinds, [{"zygote": 8, "worker": 2, "judge": 1}[kind] for kind in kinds])[0]
    with contextlib.suppress(ProcessLookupError):
        os.kill(rng.choice(found[kind]), signal.SIGKILL)
        done[kind] += 1
        return True
    return False


def _with_word(word: str, where: str) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if word.encode() in (path / where).read_bytes():
                found.append(int(path.name))
    return found


def _descendants(process: int) -> list[int]:
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


def _all_of(book: Path) -> tuple[list, list]:
    opened = Gradebook(book)
    grades = [(grade.learner, grade.earned, grade.points) for grade in opened.grades("bench")]
    opened.close()
    with contextlib.closing(sqlite3.connect(book)) as database:
        items = database.execute(
            "SELECT learner, exercise, question, item.earned, status FROM item JOIN submission ON submission.id = item.submission "
            "ORDER BY learner, exercise, question"
        ).fetchall()
    return grades, items


if __name__ == "__main__":
    main()
