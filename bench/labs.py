"""The reference experiments of the labs: what simple and learned methods reach on Glideslope's own data.

`python -m bench.labs` runs all of them, `python -m bench.labs phases wind` some; results go to bench/results/labs.json.
Every experiment has its baseline without learning and, where there is one, its test under a shift. These are the figures lessons may state.
"""

import importlib
import json
import os
import platform
import sys
import time
from pathlib import Path

RESULT = Path(__file__).parent / "results" / "labs.json"
NAMES = (
    "phases",
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
    "control",
    "speed",
)
SEEDS = (0, 1, 2)


def main(wanted=None):
    wanted = sys.argv[1:] if wanted is None else wanted
    unknown = set(wanted) - set(NAMES)
    if unknown:
        sys.exit(f"expected names among {', '.join(NAMES)}, got {', '.join(sorted(unknown))}")
    kept = json.loads(RESULT.read_text()) if RESULT.exists() else {}
    kept["machine"] = {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.system()}
    for name in wanted or NAMES:
        began = time.perf_counter()
        figures = importlib.import_module(f"bench.labs_experiments.{name}").experiment(SEEDS)
        kept[name] = {"figures": figures, "seconds": round(time.perf_counter() - began, 1)}
        print(f"== {name}\n{json.dumps(figures, indent=1)}", flush=True)
        RESULT.parent.mkdir(exist_ok=True)
        RESULT.write_text(json.dumps(kept, indent=1) + "\n")


if __name__ == "__main__":
    main()
