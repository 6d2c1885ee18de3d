"""How everything here is measured: ratios of CPU time, candidates interleaved, correctness asserted in the same run.

All candidates run in one process on one thread each, in rounds A B C … C B A; the first call of each batch is discarded,
and the median over at least 21 rounds (5 for tasks over a second) is compared with the peer's median of the same run.
A result is a JSON file and a Markdown table per script; `python -m bench.protocol` draws all of them as one plot.

Set OMP_NUM_THREADS=1 before Python starts; `measure` refuses to run without it.
BENCH_ROUNDS=5 gives a quick look; the table says how many rounds it rests on.
"""

import gc
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, field
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass
class Row:
    """One task: the ratio of each candidate to the peer, and the bar it should stay under."""

    task: str
    peer: str
    ratios: dict[str, float]
    bars: dict[str, float] = field(default_factory=dict)
    peer_ms: float = 0.0  # for reading only; ratios are what is claimed
    rounds: int = 0
    spread: dict[str, float] = field(default_factory=dict)  # (p75 − p25) / median of each candidate's times
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
    order = [*candidates, *reversed(candidates)]
    gc.collect()
    gc.disable()
    for _ in range((rounds + 1) // 2):
        for name in order:
            with enter[name]():
                if once < 1:
                    candidates[name]()  # refills the caches after the candidate before; not counted
                times[name].append(_cpu(candidates[name], repeats[name]))
    gc.enable()
    median = {name: statistics.median(t) for name, t in times.items()}
    peer = next(iter(candidates))
    quartiles = {name: statistics.quantiles(t, n=4) for name, t in times.items()}
    row = Row(
        task,
        peer,
        {name: round(m / median[peer], 4) for name, m in median.items() if name != peer},
        bars or {},
        round(1e3 * median[peer], 4),
        len(times[peer]),
        {name: round((q[2] - q[0]) / median[name], 3) for name, q in quartiles.items()},
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
    lines += ["", remarks.strip(), "", "Measured with " + ", ".join(f"{k} {v}" for k, v in machine().items()) + "."]
    (RESULTS / f"{slug}.md").write_text("\n".join(lines) + "\n")


def machine() -> dict[str, str]:
    """Name the processor and the versions of everything that was timed."""
    versions = {"python": platform.python_version(), "processor": _processor(), "cores": str(os.cpu_count())}
    for name in ("numpy", "scipy", "sklearn", "torch", "jax", "numba"):
        if name in sys.modules:
            versions[name] = sys.modules[name].__version__
    return versions


def plot(path: Path = RESULTS / "ratios.svg") -> None:
    """Draw every stored ratio on a logarithmic axis, with its bar."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "glideslope"
    import matplotlib.pyplot as plt

    results = [json.loads(p.read_text()) for p in sorted(RESULTS.glob("*.json"))]
    rows = [row for result in results if "rows" in result for row in result["rows"] if row["ratios"]]
    fig, ax = plt.subplots(figsize=(8, 0.26 * len(rows) + 1.2), layout="constrained")
    markers = "osD^vP*X<>"
    for i, row in enumerate(reversed(rows)):
        for k, (name, ratio) in enumerate(row["ratios"].items()):
            bar = row["bars"].get(name)
            colour = "C0" if bar is None or ratio <= bar else "C3"
            ax.plot(ratio, i, markers[k % 10], color=colour, markersize=5)
            if bar is not None:
                ax.plot([bar, bar], [i - 0.35, i + 0.35], color="grey", linewidth=1)
    ax.axvline(1, color="black", linewidth=0.8)
    ax.set_xscale("log")
    ax.set_yticks(range(len(rows)), [f"{row['task']} / {row['peer']}" for row in reversed(rows)], fontsize=7)
    ax.set_xlabel("CPU time, ratio to the peer (left of 1: faster; grey: bar; red: over its bar)")
    fig.savefig(path, metadata={"Date": None})


def _repeats(call: Callable[[], object]) -> int:
    once = _cpu(call, 1)
    return 1 if once > 2e-3 else max(1, int(2e-3 / max(once, 1e-7)))


def _cpu(call: Callable[[], object], repeats: int) -> float:
    start = time.process_time_ns()
    for _ in range(repeats):
        call()
    return (time.process_time_ns() - start) / repeats / 1e9


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


if __name__ == "__main__":
    plot()
