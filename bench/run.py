"""Run every benchmark, one after the other, then make the one table and plot: `python -m bench.run [NAME ...]`.

Each runs in a process of its own on one thread; one that fails does not stop the others.
"""

import os
import subprocess
import sys
from pathlib import Path

from bench import table

TOOLS = ("run", "chromium", "protocol", "table", "docstrings", "grading_class", "grading_peers", "grading_soak", "grading_nbgrader", "labs_table", "labs_trial", "__init__")
NAMES = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in TOOLS)


def main(wanted: list[str]) -> int:
    unknown = set(wanted) - set(NAMES)
    if unknown:
        print(f"expected names among {', '.join(NAMES)}, got {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    one_thread = os.environ | {"OMP_NUM_THREADS": "1"}
    failed = []
    for name in wanted or NAMES:
        print(f"== {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"bench.{name}"], env=one_thread).returncode:
            failed.append(name)
    table.main()
    if failed:
        print(f"not complete: {', '.join(failed)}", file=sys.stderr)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
