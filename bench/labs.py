"""The reference experiments of the labs: what simple and learned methods reach on Glideslope's own data.

`python -m bench.labs` runs all of them, `python -m bench.labs phases wind` some, `python -m bench.labs --table` only writes the table;
results go to bench/results/labs.json, the table beside the trial's figures to bench/results/labs.md.
Every experiment has its baseline without learning and, where there is one, its test under a shift. These are the figures lessons may state.
"""

import importlib
import json
import os
import platform
import sys
import time
from pathlib import Path

from bench.labs_table import write_table

RESULT = Path(__file__).parent / "results" / "labs.json"
NAMES = (
    "phases",
    "birds",
    "regimes",
    "obstacles",
    "wind",
    "derivatives",
    "aeroplane",
    "stall",
    "rooms",
    "landing",
    "pads",
    "arm",
    "battery",
    "faults",
    "craters",
    "tracks",
    "kinematics",
    "grid",
    "control",
    "speed",
)
SEEDS = (0, 1, 2, 3, 4)  # a module with a SEEDS of its own takes those: three where a seed costs minutes


def main(wanted=None):
    wanted = sys.argv[1:] if wanted is None else wanted
    names = [name for name in wanted if name != "--table"]
    unknown = set(names) - set(NAMES)
    if unknown:
        sys.exit(f"expected names among {', '.join(NAMES)}, got {', '.join(sorted(unknown))}")
    for name in names or (() if "--table" in wanted else NAMES):
        began = time.perf_counter()
        module = importlib.import_module(f"bench.labs_experiments.{name}")
        figures = module.experiment(getattr(module, "SEEDS", SEEDS))
        keep(name, {"figures": figures, "seconds": round(time.perf_counter() - began, 1)})
        print(f"== {name}\n{json.dumps(figures, indent=1)}", flush=True)
        write_table(json.loads(RESULT.read_text()), NAMES)
    write_table(json.loads(RESULT.read_text()), NAMES)


def keep(name, result):
    """Read the file anew before writing: two runs may be under way."""
    kept = json.loads(RESULT.read_text()) if RESULT.exists() else {}
    kept["machine"] = {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.system()}
    kept[name] = result
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(kept, indent=1) + "\n")


if __name__ == "__main__":
    main()
