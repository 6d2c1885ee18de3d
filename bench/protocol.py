"""How everything here is measured: ratios of CPU time, candidates interleaved, correctness asserted in the same run.

All candidates run in one process on one thread each, in rounds A B C … C B A; the first call of a batch is discarded
(of tasks over 0.1 s: only the first of all), and each time is divided by the peer's of the same round.
A ratio is the median over at least 21 rounds (5 for tasks over a second).
A result is a JSON file and a Markdown table per script, written anew after each row; `bench.table` makes one table and
one plot of all of them.

Set OMP_NUM_THREADS=1 before Python starts; `measure` refuses to run without it (`python -m bench.run` sets it).
BENCH_ROUNDS=5 gives a quick look; the table says how many rounds it rests on.
"""

import gc
import json
import os
import platform
import statistics
import sys
import time
import tomllib
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, field
from pathlib import Path

RESULTS = Path(os.environ.get("BENCH_RESULTS") or Path(__file__).parent / "results")
NOTES = Path(__file__).parent / "notes.toml"


@dataclass
class Row:
    """One task: the ratio of each candidate to the peer, and the bar it should stay under."""

    task: str
    peer: str
    ratios: dict[str, float]
    bars: dict[str, float] = field(default_factory=dict)
    peer_ms: float = 0.0  # for reading only; ratios are what is claimed
    rounds: int = 0
    spread: dict[str, float] = field(default_factory=dict)  # (p75 − p25) / median of each candidate's ratios
    note: str = ""

    @property
    def red(self) -> list[str]:
        return [name for name, bar in self.bars.items() if self.ratios.get(name, float("inf")) > bar]


def measure(
    task: str,
    candidates: dict[str, Callable[[], object]],
    check: Callable[[dict[str, object]], None],
    *,
    bars: dict[str, float] | None = None,
    rounds: int | None = None,
    note: str = "",
    within: dict[str, Callable[[], AbstractContextManager[object]]] | None = None,
) -> Row:
    """Time the candidates; the first one is the peer. `check` gets all their answers and asserts that they agree.

    `within` names a context to enter around each batch of a candidate, such as the backend it is to use.
    """
    enter = {name: (within or {}).get(name, nullcontext) for name in candidates}
    if os.environ.get("OMP_NUM_THREADS") != "1":
        raise SystemExit("Set OMP_NUM_THREADS=1 first: all candidates are compared on one thread.")
    answers, once, repeats = {}, 0.0, {}
    for name, call in candidates.items():
        with enter[name]():
            answers[name] = call()
            once = max(once, _cpu(call, 1))
            repeats[name] = _repeats(call)
    check(answers)
    rounds = int(os.environ.get("BENCH_ROUNDS", 0)) or rounds or (5 if once > 1 else 21)
    times: dict[str, list[float]] = {name: [] for name in candidates}
    gc.collect()
    gc.disable()
    try:
        for name in [*candidates, *reversed(candidates)] * ((rounds + 1) // 2):
            with enter[name]():
                if once < 0.1:  # refills the caches after the candidate before; beyond that nobody would notice
                    candidates[name]()
                times[name].append(_cpu(candidates[name], repeats[name]))
    finally:
        gc.enable()
    peer = next(iter(candidates))
    # each time over the peer's of the same round: what slows the machine for a while slows both
    ratios = {name: [a / b for a, b in zip(t, times[peer], strict=True)] for name, t in times.items() if name != peer}
    row = Row(
        task,
        peer,
        {name: round(statistics.median(r), 4) for name, r in ratios.items()},
        bars or {},
        round(1e3 * statistics.median(times[peer]), 4),
        len(times[peer]),
        {name: _spread(r) for name, r in ratios.items()},
        note,
    )
    print(_line(row), flush=True)
    return row


def save(slug: str, title: str, rows: list[Row], remarks: str = "", extra: dict[str, object] | None = None) -> None:
    """Write `results/<slug>.json` and `results/<slug>.md`."""
    RESULTS.mkdir(exist_ok=True)
    result = {"title": title, "machine": machine(), "rows": [asdict(row) for row in rows], "extra": extra or {}}
    (RESULTS / f"{slug}.json").write_text(json.dumps(result, indent=1) + "\n")
    names = list(dict.fromkeys(name for row in rows for name in row.ratios))
    lines = [
        f"# {title}",
        "",
        "Ratios of CPU time to the peer, one thread each; below 1 is faster. **Bold**: over its bar.",
        "",
    ]
    lines += ["| task | peer (ms) | " + " | ".join(names) + " | note |", "|---|---|" + "---|" * (len(names) + 1)]
    for row in rows:
        cells = [_cell(row, name) for name in names]
        lines.append(f"| {row.task} | {row.peer} ({row.peer_ms:.3g}) | " + " | ".join(cells) + f" | {row.note} |")
    lines += [
        "",
        *_explained(rows),
        remarks.strip(),
        "",
        f"Measured with {', '.join(f'{k} {v}' for k, v in machine().items())}.",
    ]
    (RESULTS / f"{slug}.md").write_text("\n".join(lines) + "\n")


def tabulate(
    slug: str,
    title: str,
    tasks: dict[str, Callable[[], Row]],
    facts: dict[str, Callable[[], object]],
    remarks: Callable[[dict[str, object]], str],
    wanted: list[str] | None = None,
) -> None:
    """Measure the tasks and facts whose name holds one of the `wanted` words (default: all), saving after each.

    What is not measured keeps its stored row; a task that fails says so and does not stop the others.
    """
    rows, extra = stored(slug)
    failed = []

    def chosen(name: str) -> bool:
        return not wanted or any(word.lower() in name.lower() for word in wanted)

    for name, job in [*tasks.items(), *facts.items()]:
        if not chosen(name):
            continue
        try:
            if name in tasks:
                rows[name] = job()
                assert rows[name].task == name, f"the task is listed as {name!r} and measured as {rows[name].task!r}"
            else:
                extra[name] = job()
                print(f"{name}: {extra[name]}", flush=True)
        except Exception:
            traceback.print_exc()
            failed.append(name)
            rows.pop(name, None)  # a figure that cannot be measured any more is not kept
        ordered = [rows[task] for task in tasks if task in rows]
        known = {fact: extra[fact] for fact in facts if fact in extra}
        save(slug, title, ordered, remarks(known), known)
    if failed:
        raise SystemExit(f"{slug}: not measured: {', '.join(failed)}")


def stored(slug: str) -> tuple[dict[str, Row], dict[str, object]]:
    """Return the rows and facts of an earlier run."""
    path = RESULTS / f"{slug}.json"
    if not path.exists():
        return {}, {}
    result = json.loads(path.read_text())
    return {row["task"]: Row(**row) for row in result["rows"]}, result["extra"]


def machine() -> dict[str, str]:
    """Name the processor and the versions of everything that was timed."""
    versions = {"python": platform.python_version(), "processor": _processor(), "cores": str(os.cpu_count())}
    for name in ("numpy", "scipy", "sklearn", "torch", "jax", "numba"):
        if name in sys.modules:
            versions[name] = sys.modules[name].__version__
    return versions


def _explained(rows: list[Row]) -> list[str]:
    """Return a paragraph for each row that bench/notes.toml speaks of: what a row over its bar was seen to cost, and why."""
    notes = tomllib.loads(NOTES.read_text()) if NOTES.exists() else {}
    return [line for row in rows if row.task in notes for line in (f"**{row.task}**. {notes[row.task].strip()}", "")]


def _repeats(call: Callable[[], object]) -> int:
    once = _cpu(call, 1)
    return 1 if once > 2e-3 else max(1, int(2e-3 / max(once, 1e-7)))


def _cpu(call: Callable[[], object], repeats: int) -> float:
    start = time.process_time_ns()
    for _ in range(repeats):
        call()
    return (time.process_time_ns() - start) / repeats / 1e9


def _spread(values: list[float]) -> float:
    low, middle, high = statistics.quantiles(values, n=4)
    return round((high - low) / middle, 3)


def _cell(row: Row, name: str) -> str:
    if name not in row.ratios:
        return ""
    bar = row.bars.get(name)
    text = f"{row.ratios[name]:.3g}" + (f" (≤ {bar:g})" if bar else "")
    return f"**{text}**" if name in row.red else text


def _line(row: Row) -> str:
    return f"{row.task}: {row.peer} {row.peer_ms:.3g} ms; " + ", ".join(f"{n} {_cell(row, n)}" for n in row.ratios)


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor()
