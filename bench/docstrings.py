"""Keep the figures in docstrings equal to the measured ones: `python -m bench.docstrings` rewrites them, `--check` only looks.

A module of the library says in its docstring `Speed: 0.11 of scikit-learn's time on LinearRegression 200k×50.`
The task names a row of results/*.json and the rest of the line is written from it, so a figure cannot go stale.
"""

import re
import sys
from pathlib import Path

from bench.protocol import Row
from bench.table import OURS, ratios

LIBRARY = Path(__file__).parents[1] / "src" / "glideslope"
ROOMS = ("kernels", "learn")
LINE = re.compile(r"^Speed: .* on (?P<task>.+)\.$", re.MULTILINE)
PEERS = {"sklearn": "scikit-learn", "torch eager": "PyTorch"}


def main(arguments: list[str]) -> int:
    rows = {row.task: row for slug in ("kernels", "learn", "mlp") for row in ratios()[slug]["rows"]}
    stale, told = [], set()
    for path in sorted(path for room in ROOMS for path in (LIBRARY / room).glob("*.py")):
        text = path.read_text()
        told |= {match["task"] for match in LINE.finditer(text)}
        unknown = [match["task"] for match in LINE.finditer(text) if match["task"] not in rows]
        if unknown:
            print(
                f"{path.name} tells of {unknown[0]!r}, which no result holds; measure it or mend its name",
                file=sys.stderr,
            )
            return 1
        true = LINE.sub(lambda match: sentence(rows[match["task"]]), text)
        if true != text:
            stale.append(path.name)
            if "--check" not in arguments:
                path.write_text(true)
    print(f"{'stale' if '--check' in arguments else 'rewritten'}: {', '.join(stale) or 'none'}")
    untold = [task for task in rows if task not in told]
    if untold:
        print(f"no docstring tells of: {'; '.join(untold)}", file=sys.stderr)
    return int(bool(untold) or ("--check" in arguments and bool(stale)))


def sentence(row: Row) -> str:
    """Say what a row measured, to two digits: one figure, or one for each backend."""
    told = {name: ratio for name, ratio in row.ratios.items() if name in OURS}
    figures = [f"{ratio:.2g}" if name == "ours" else f"{ratio:.2g} ({name})" for name, ratio in told.items()]
    return f"Speed: {' or '.join(figures)} of {PEERS[row.peer]}'s time on {row.task}."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
