"""Classes made for measuring: a small course of the softmax exercises, and any number of learners, right, wrong and hostile.

Everything is drawn from a seed, so that two runs grade the same class.
"""

import json
import os
import random
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

from glideslope.exercise import Exercise, read_exercise

ROOT = Path(__file__).resolve().parents[1]
SOURCE = "softmax-cross-entropy"
SIX_TESTS = ("stable-softmax", "gradient-a-minus-y")  # three questions each: the six tests the peers are given too
ALL_KINDS = (*SIX_TESTS, "derive-a-minus-y", "find-the-broken-line")
HOSTILE = (
    "import os\nos._exit(0)",
    "while True:\n    pass",
    "import numpy as np\nx = np.ones(2**31)",
    "open('/etc/passwd')",
    "import os\nos.kill(-1, 9)",
)
ENVIRONMENT = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def small_course(folder: Path, slugs: tuple[str, ...] = SIX_TESTS) -> Path:
    """A course of one lesson, `bench`, with some of the softmax exercises."""
    for slug in slugs:
        shutil.copytree(read_exercise(f"{SOURCE}/{slug}").folder, folder / "lessons" / "bench" / "exercises" / slug)
    return folder


def hand_in(
    folder: Path,
    count: int,
    *,
    slugs: tuple[str, ...] = SIX_TESTS,
    hostile_share: float = 0.01,
    right: bool = False,
    seed: int = 1,
) -> Path:
    """Write a class of `count` exports: right and wrong answers drawn by seed (all right on demand), one learner in a hundred hostile."""
    rng = random.Random(seed)
    exercises = [read_exercise(f"{SOURCE}/{slug}") for slug in slugs]
    pools = [_answers(exercise)[: 1 if right else None] for exercise in exercises]
    folder.mkdir()
    for learner in range(count):
        attack = rng.choice(HOSTILE) if rng.random() < hostile_share else ""
        chosen = {exercise.slug: rng.choice(pool) for exercise, pool in zip(exercises, pools, strict=True)}
        cells, answers = {}, {}
        for exercise in exercises:
            if exercise.kind == "code":
                check = f'from glideslope import check\ncheck("bench/{exercise.slug}", {exercise.function})\n'
                cells[exercise.slug] = f"{attack or chosen[exercise.slug]}\n\n{check}"
                attack = ""  # one cell of a hostile learner is enough
            else:
                answers[exercise.slug] = chosen[exercise.slug]
        export = {"learner": f"learner-{learner:06d}", "lesson": "bench", "cells": cells, "answers": answers}
        (folder / f"{learner:06d}.json").write_text(json.dumps(export), encoding="utf-8")
    return folder


def _answers(exercise: Exercise) -> list[object]:
    if exercise.kind == "code":
        paths = [*[exercise.solution_path] * 6, *exercise.alternative_paths, *exercise.wrong_paths]
        return [path.read_text(encoding="utf-8") for path in paths]
    if exercise.derivation is not None:
        wrong = [list(way.rows) for way in exercise.derivation.wrong]
        return [{"lines": rows} for rows in (list(exercise.derivation.solution), *wrong)]
    repairs = [{"chain": chain.id, "row": chain.broken, "repair": chain.repair} for chain in exercise.chains]
    return [{"answers": repairs}, {"answers": repairs[:1]}]


def command(course: Path, book: Path, paths: list[Path], jobs: int) -> tuple[list[str], dict[str, str]]:
    """The command line that grades the class, and its environment."""
    line = [sys.executable, "-m", "glideslope.cli", "grade", "bench", *map(str, paths), "--gradebook", str(book)]
    python_path = os.pathsep.join([str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = ENVIRONMENT | {"GLIDESLOPE_COURSE_DIR": str(course), "PYTHONPATH": python_path}
    return [*line, "--out", str(book.with_suffix(".reports")), "--jobs", str(jobs)], environment


def costs(line: list[str], environment: dict[str, str] | None = None, folder: Path | None = None) -> dict[str, float]:
    """CPU (user + system, all children) and wall seconds of a command, and its largest process in MB.

    `machine_cpu_s` is the control: how long the machine's processors were busy meanwhile, whoever kept them so. It cannot miss
    a process that nobody waited for; on a quiet machine it is a little more than the sum, and never less.
    """
    busy_s = machine_busy_s()
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    program = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)\n"
        "sys.exit(done.returncode)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *line],
        env=environment or ENVIRONMENT,
        cwd=folder,
        capture_output=True,
        text=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"{' '.join(line[:6])} … failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    largest_kb = float(done.stderr.split()[-1])
    return {"cpu_s": cpu, "wall_s": time.perf_counter() - began, "largest_process_mb": largest_kb / 1024, "machine_cpu_s": machine_busy_s() - busy_s}  # fmt: skip


def machine_busy_s() -> float:
    """Seconds that the machine's processors have worked since it started: all of /proc/stat but idle, waiting and stolen time."""
    with open("/proc/stat", encoding="ascii") as file:
        user, nice, system, _idle, _waiting, interrupts, soft, *_ = map(int, file.readline().split()[1:])
    return (user + nice + system + interrupts + soft) / os.sysconf("SC_CLK_TCK")
