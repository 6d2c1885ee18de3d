"""One table and one plot of all ratios measured: `python -m bench.table` reads results/*.json, writes README.md and ratios.svg."""

import json
from typing import Any

from bench.protocol import RESULTS, Row

OURS = {"ours": "C0", "numpy": "C0", "numba": "C1"}
OVER = "tab:red"
NO_PEERS = ("copyto", "numba, reused buffer")  # told in the row's own table


def main() -> None:
    results = ratios()
    (RESULTS / "README.md").write_text(markdown(results))
    plot([row for result in results.values() for row in result["rows"]])
    print(sentence(results))


def ratios() -> dict[str, dict[str, Any]]:
    """Return the results that hold ratios to a peer, with their rows read."""
    found = {}
    for path in sorted(RESULTS.glob("*.json")):
        result = json.loads(path.read_text())
        if isinstance(result.get("rows"), list) and "peer" in result["rows"][0]:
            found[path.stem] = result | {"rows": [Row(**row) for row in result["rows"]]}
    return found


def markdown(results: dict[str, dict[str, Any]]) -> str:
    lines = [
        "# What is measured, and against whom",
        "",
        sentence(results),
        "",
        "![Every ratio on a logarithmic axis, with its bar](ratios.svg)",
        "",
        "CPU time as a share of the peer's, one thread each, both measured in the same run; below 1 is faster.",
        "`numpy` is plain NumPy, `numba` the compiled twin (extra `[fast]`), `ours` whatever is installed. **Bold**: over its bar.",
    ]
    for slug, result in results.items():
        lines += [
            "",
            f"## [{result['title']}]({slug}.md)",
            "",
            "| task | peer | ours | of the peer's time | bar |",
            "|---|---|---|---|---|",
        ]
        for row in result["rows"]:
            lines += [_line(row, name) for name in row.ratios if name in OURS]
    return "\n".join(lines) + "\n"


def sentence(results: dict[str, dict[str, Any]]) -> str:
    """Count the rows that beat their peer and those that keep their bar: the sentence the project's README quotes."""
    rows = [row for result in results.values() for row in result["rows"]]
    best = [min(ratio for name, ratio in row.ratios.items() if name in OURS) for row in rows]
    red = [f"{row.task} ({name})" for row in rows for name in row.red if name in OURS]
    machine = next(iter(results.values()))["machine"]
    text = (
        f"On one thread of {machine.get('processor', 'this machine')}, {sum(ratio < 1 for ratio in best)} of {len(best)} tasks "
        f"take less time than with PyTorch or scikit-learn, half of them less than {sorted(best)[len(best) // 2]:.2f} of it"
    )
    return text + (f"; over their bar: {', '.join(red)}." if red else "; every bar is kept.")


def plot(rows: list[Row]) -> None:
    """Draw every ratio on a logarithmic axis, with its bar."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams |= {"svg.hashsalt": "glideslope", "svg.fonttype": "none", "font.size": 8}
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(8.5, 0.21 * len(rows) + 1), layout="constrained")
    for y, row in enumerate(reversed(rows)):
        for name, ratio in row.ratios.items():
            if name in NO_PEERS:
                continue
            bar, compiled = row.bars.get(name), name.startswith("numba")
            if name not in OURS:
                axes.plot(ratio, y, "|", color="0.55", markersize=5)
                continue
            axes.plot(ratio, y, "s" if compiled else "o", color=OVER if name in row.red else OURS[name], markersize=4.5)
            if bar is not None:
                axes.plot([bar, bar], [y - 0.36, y + 0.36], color=OURS[name], linewidth=1.2, alpha=0.6)
    axes.axvline(1, color="0.2", linewidth=0.8)
    axes.set_xscale("log")
    axes.set_xticks(TICKS, [f"{tick:g}" for tick in TICKS])
    axes.minorticks_off()
    axes.grid(axis="x", color="0.9", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.set_ylim(-0.7, len(rows) - 0.3)
    axes.set_yticks(range(len(rows)), [f"{row.task}  /  {row.peer}" for row in reversed(rows)])
    axes.tick_params(axis="y", length=0)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.set_xlabel("CPU time, as a share of the peer's: left of 1 is faster")
    axes.legend(handles=_legend(), loc="lower center", bbox_to_anchor=(0.3, 1.0), ncols=5, frameon=False)
    figure.savefig(RESULTS / "ratios.svg", metadata={"Date": None}, facecolor="white")
    plt.close(figure)


TICKS = (0.05, 0.1, 0.2, 0.5, 1, 2)


def _legend() -> list[Any]:
    from matplotlib.lines import Line2D

    return [
        Line2D([], [], marker="o", color="C0", linestyle="", label="ours"),
        Line2D([], [], marker="s", color="C1", linestyle="", label="ours, compiled"),
        Line2D([], [], marker="|", color="0.4", linestyle="", markersize=9, label="bar"),
        Line2D([], [], marker="o", color=OVER, linestyle="", label="over its bar"),
        Line2D([], [], marker="|", color="0.55", linestyle="", label="others"),
    ]


def _line(row: Row, name: str) -> str:
    bar = row.bars.get(name)
    ratio = f"**{row.ratios[name]:.2f}**" if name in row.red else f"{row.ratios[name]:.2f}"
    return f"| {row.task} | {row.peer} | {name} | {ratio} | {'' if bar is None else f'{bar:g}'} |"


if __name__ == "__main__":
    main()
