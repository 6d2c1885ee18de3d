"""The long fuzz: `make soak`, or `GLIDESLOPE_FUZZ_MINUTES=5 python -m pytest -m soak tests/derive/test_fuzz_soak.py`.

Damages passages of real notes (see fuzzing.py for where more of them come from) until the time is up, then writes
`bench/results/fuzz.json`: how many texts, what failed with the seed that brings it back, the slowest.
With atheris installed (`pip install atheris`), a second part lets coverage guide the damage to the parser.
"""

import collections
import json
import os
import platform
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.derive.fuzzing import ROOT, Hang, checked, damage, notes, passage
from tests.derive.test_fuzz import GROWING, NOTES, _grown

pytestmark = pytest.mark.soak
MINUTES = float(os.environ.get("GLIDESLOPE_FUZZ_MINUTES", "30"))
RESULT = ROOT / "bench" / "results" / "fuzz.json"


def damaged(seed: int) -> str:
    """The text of a seed; `python -c "from tests.derive.test_fuzz_soak import damaged; print(damaged(7))"` shows it."""
    rng = random.Random(seed)
    return damage(passage(rng), rng)


def _failure(seed: int) -> tuple[str, float]:
    """What went wrong, empty when nothing did, and the processor time."""
    try:
        return "", checked(damaged(seed))[1]
    except Hang:
        return "took longer than 20 s", 20.0
    except Exception as error:
        return f"{type(error).__name__}: {str(error).splitlines()[0][:160] if str(error) else ''}", 0.0


def test_hours_of_damage_break_nothing() -> None:
    first = int(os.environ.get("GLIDESLOPE_FUZZ_SEED", "0"))
    failed: dict[str, list[int]] = collections.defaultdict(list)
    times: list[tuple[float, int]] = []
    seed, until = first, time.monotonic() + 60 * MINUTES
    while time.monotonic() < until:
        what, seconds = _failure(seed)
        times.append((seconds, seed))
        if what:
            failed[what].append(seed)
        seed += 1
    slowest = sorted(times, reverse=True)[:5]
    result = {
        "texts": seed - first,
        "first_seed": first,
        "notes": len(notes()),
        "minutes": MINUTES,
        "python": platform.python_version(),
        "failures": {what: {"count": len(seeds), "seeds": seeds[:10]} for what, seeds in sorted(failed.items())},
        "slowest": [{"seed": seed, "cpu_s": round(seconds, 3)} for seconds, seed in slowest],
        "median_cpu_s": round(sorted(times)[len(times) // 2][0], 5),
    }
    RESULT.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", "utf8")
    assert result["failures"] == {}


@pytest.mark.parametrize("name", ["prose", "one line", "displays", "braces"])
def test_ten_megabytes_are_read(name: str) -> None:
    report, _ = checked(f"{_grown(GROWING[name], 10_000_000)}\n\n{NOTES}", cpu_s=300)
    assert [v.status for v in report.verdicts][-2:] == ["holds", "error"]


ATHERIS = """
import sys, atheris
with atheris.instrument_imports(include=["glideslope.derive"]):
    from glideslope.derive.source.extract import read_source, segments
    from glideslope.derive.syntax.parser import parse
    from glideslope.errors import ParseError

def one(data):
    text = atheris.FuzzedDataProvider(data).ConsumeUnicodeNoSurrogates(400)
    try:
        parse(text)
    except ParseError:
        pass
    segments(read_source(text, "md"))

atheris.Setup(sys.argv, one)
atheris.Fuzz()
"""


def test_atheris_finds_no_crash_in_the_parser(tmp_path: Path) -> None:
    python = os.environ.get("GLIDESLOPE_ATHERIS_PYTHON", sys.executable)
    if subprocess.run([python, "-c", "import atheris"], capture_output=True).returncode:
        pytest.skip("atheris is not installed: pip install atheris")
    (tmp_path / "seeds").mkdir()
    for k in range(200):
        (tmp_path / "seeds" / str(k)).write_text(passage(random.Random(k), most=400))
    (tmp_path / "fuzz.py").write_text(ATHERIS)
    command = [python, "fuzz.py", "seeds", "-timeout=20", f"-max_total_time={int(30 * MINUTES)}", "-max_len=400"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    crashes = [path.read_bytes() for path in tmp_path.glob("*-*") if path.name.startswith(("crash", "timeout", "oom"))]
    assert crashes == [], done.stderr[-3000:]
    assert done.returncode == 0, done.stderr[-3000:]
