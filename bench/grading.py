"""What grading costs: CPU a submission against nbgrader and otter-grader, the straight line to 100,000, memory, Check.

`python -m bench.grading` measures everything, about ten minutes on two idle cores; `--only line` (or check, honest, peers) one part.
CPU is user + system of the whole command with all its children; beside it stands how long the machine was busy. Peers run the same six tests in venvs of their own, interleaved
with us, and the least of three rounds counts. Each part is saved to bench/results/grading.{json,md} as soon as it is measured.
`python -m bench.grading_soak` kills processes at random; `python -m bench.grading_nbgrader` compares points with the real nbgrader.
"""

import argparse
import contextlib
import json
import math
import os
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.grading_class import ROOT, SIX_TESTS, SOURCE, command, costs, hand_in, small_course
from bench.grading_peers import make_venv, nbgrader, otter
from bench.startup import machine
from glideslope.exercise import read_exercise
from glideslope.grade.prove import _function
from glideslope.grade.selfcheck import self_check

RESULT = ROOT / "bench" / "results" / "grading.json"
PARTS = ("check", "honest", "line", "peers")
CHECKED = (*SIX_TESTS, "cross-entropy-from-logits", "into-the-network")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=PARTS, action="append")
    parser.add_argument("--size", type=int, default=10_000, help="largest class; default 10,000")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--venvs", type=Path, help="folder with venv-nbgrader and venv-otter, made before")
    options = parser.parse_args()
    kept = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        course = small_course(folder / "course")
        for part in options.only or PARTS:
            began = time.monotonic()
            kept[part] = _measure(part, folder, course, options)
            kept[part] |= {"machine": machine(), "load_before": round(os.getloadavg()[2], 2)}
            _save(kept)
            print(f"{part}: {time.monotonic() - began:.0f} s", flush=True)
    print(RESULT.with_suffix(".md").read_text(encoding="utf-8"))


def _measure(part: str, folder: Path, course: Path, options: argparse.Namespace) -> dict[str, Any]:
    if part == "check":
        return check_latency()
    if part == "honest":
        return honest_cost(folder, course)
    if part == "line":
        return straight_line(folder, course, options.size, options.jobs)
    return peers(folder, course, options.rounds, options.venvs)


def check_latency(rounds: int = 15) -> dict[str, Any]:
    """Milliseconds from the call of check to its verdict: right answers, and every typical mistake."""
    right, wrong = [], []
    for slug in CHECKED:
        exercise = read_exercise(f"{SOURCE}/{slug}")
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


def honest_cost(folder: Path, course: Path, rounds: int = 3) -> dict[str, Any]:
    """CPU a submission of a class without attacks, half of it mistaken."""
    few, many = 200, 1200
    classes = {count: hand_in(folder / f"honest-{count}", count, hostile_share=0.0) for count in (few, many)}
    found = [
        [
            costs(*command(course, folder / f"honest-{count}-{number}.db", [taken], 1))
            for count, taken in classes.items()
        ]
        for number in range(rounds)
    ]
    told: dict[str, Any] = {}
    for key in ("cpu", "machine_cpu"):
        seconds = [[row[f"{key}_s"] for row in pair] for pair in found]
        told |= {f"{key}_ms_a_submission": 1000 * slope(seconds, few, many), f"rounds_{key}_s": seconds}
    return told


def slope(cpu_s: list[list[float]], few: int, many: int) -> float:
    """CPU-seconds a submission: (least cost of the large class) − (least cost of the small one), so that starting is not counted.

    The least of each over the rounds, not the least difference: noise only ever adds.
    """
    low, high = (min(column) for column in zip(*cpu_s, strict=True))
    return (high - low) / (many - few)


def straight_line(folder: Path, course: Path, size: int, jobs: int) -> dict[str, Any]:
    """Three class sizes with one hostile learner in a hundred: time, memory of the largest process, rows; then once more."""
    sizes, rows = [size // 4, size // 2, size], []
    for count in sizes:
        taken, book = hand_in(folder / f"class-{count}", count), folder / f"class-{count}.db"
        row = costs(*command(course, book, [taken], jobs))
        before = _rows(book)
        again = costs(*command(course, book, [taken], jobs))
        rows.append(
            {
                "submissions": count,
                **row,
                "again_cpu_s": again["cpu_s"],
                **before,
                "rows_added_again": _rows(book) != before,
            }
        )
        print(
            f"  {count}: {row['wall_s']:.1f} s, {row['cpu_s']:.1f} CPU-s (machine busy {row['machine_cpu_s']:.1f} s), {row['largest_process_mb']:.0f} MB",
            flush=True,
        )
    wall_s = statistics.linear_regression(sizes, [row["wall_s"] for row in rows])
    cpu_s = statistics.linear_regression(sizes, [row["cpu_s"] for row in rows])
    return {
        "rows": rows,
        "jobs": jobs,
        "cpu_ms_a_submission": 1000 * cpu_s.slope,
        "wall_s_of_the_largest": rows[-1]["wall_s"],
        "wall_s_for_100000": wall_s.intercept + 100_000 * wall_s.slope,
        "correlation": statistics.correlation(sizes, [row["wall_s"] for row in rows]),
        "memory_growth": rows[-1]["largest_process_mb"] / rows[0]["largest_process_mb"],
    }


def _rows(book: Path) -> dict[str, int]:
    with contextlib.closing(sqlite3.connect(book)) as database:
        return {
            f"{table}_rows": database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("result", "item")
        }


def peers(folder: Path, course: Path, rounds: int, venvs: Path | None) -> dict[str, Any]:
    """CPU-seconds a submission, all answers right: the slope between two class sizes, rounds interleaved."""

    def programs(name: str, *packages: str) -> Path:
        return venvs / f"venv-{name}" / "bin" if venvs else make_venv(folder, *packages)

    runners = {
        "glideslope": (_ours(folder, course), 200, 1200),
        "nbgrader": (nbgrader(folder, programs("nbgrader", "nbgrader==0.9.6", "numpy")), 1, 5),
        "otter": (otter(folder, programs("otter", "otter-grader==7.0.0", "numpy", "ipykernel")), 1, 4),
    }
    seconds: dict[str, list[float]] = {name: [] for name in runners}
    for number in range(rounds):
        for name, (run, few, many) in runners.items():
            cpu = [run(f"{number}-{count}", count) for count in (few, many)]
            seconds[name].append((cpu[1] - cpu[0]) / (many - few))
        print(f"  { ({name: round(values[-1], 4) for name, values in seconds.items()}) }", flush=True)
    smallest = {name: min(values) for name, values in seconds.items()}
    times = {name: smallest[name] / smallest["glideslope"] for name in smallest}
    return {"cpu_s_a_submission": smallest, "rounds": seconds, "times_ours": times}


def _ours(folder: Path, course: Path) -> Any:
    def run(label: str, count: int) -> float:
        taken = hand_in(folder / f"ours-{label}", count, hostile_share=0.0, right=True)
        return costs(*command(course, folder / f"ours-{label}.db", [taken], jobs=1))["cpu_s"]

    return run


def _save(kept: dict[str, Any]) -> None:
    RESULT.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    lines = ["# What grading costs", "", "| figure | bar | measured | |", "|---|---|---|---|"]
    lines += [
        f"| {what} | {sign} {bar:g} {unit} | {value:.3g} {unit} | {'met' if (value <= bar) == (sign == '≤') else '**missed**'} |"
        for what, sign, bar, unit, value in _figures(kept)
    ]
    rows = kept.get("line", {}).get("rows", [])
    lines += [
        "",
        "| class, 1 % hostile | wall s | CPU s | machine busy s | largest process MB | graded again, CPU s | rows added |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row['submissions']} | {row['wall_s']:.1f} | {row['cpu_s']:.1f} | {row.get('machine_cpu_s', math.nan):.1f} | {row['largest_process_mb']:.0f} | {row['again_cpu_s']:.1f} | {'some' if row['rows_added_again'] else 0} |"
        for row in rows
    ]
    measured = "; ".join(
        f"{part}: {', '.join(map(str, kept[part]['machine'].values()))}, 15-minute load {kept[part]['load_before']}"
        for part in PARTS
        if part in kept
    )
    lines += ["", "CPU is user + system of the whole command with all its children; “machine busy” is the control: all processors by /proc/stat, whoever used them. The class of 100,000 is extrapolated from the line through the three.", "", f"Measured on {measured}."]  # fmt: skip
    RESULT.with_suffix(".md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _figures(kept: dict[str, Any]) -> list[tuple[str, str, float, str, float]]:
    found: list[tuple[str, str, float, str, float]] = []
    if "peers" in kept:
        times = kept["peers"]["times_ours"]
        found += [
            ("nbgrader's CPU over ours", "≥", 100, "×", times["nbgrader"]),
            ("otter-grader's CPU over ours", "≥", 150, "×", times["otter"]),
        ]
    if "honest" in kept:
        found.append(
            ("a six-test submission, half the class mistaken", "≤", 10, "CPU-ms", kept["honest"]["cpu_ms_a_submission"])
        )
        if "machine_cpu_ms_a_submission" in kept["honest"]:
            control = kept["honest"]["machine_cpu_ms_a_submission"]
            found.append(("the same by the machine's busy time (the control)", "≤", 10, "CPU-ms", control))
    if "line" in kept:
        line = kept["line"]
        largest = line["rows"][-1]["submissions"]
        found += [
            (f"{largest:,} submissions, 1 % hostile, {line['jobs']} jobs", "≤", 90, "s", line["wall_s_of_the_largest"]),
            ("100,000 submissions, extrapolated", "≤", 15, "min", line["wall_s_for_100000"] / 60),
            ("largest process, largest class over a quarter of it", "≤", 1.2, "×", line["memory_growth"]),
        ]
    if "check" in kept:
        found.append(("self-check, the slowest answer", "≤", 100, "ms", kept["check"]["slowest_ms"]))
    return found


if __name__ == "__main__":
    main()
