"""How long a newcomer waits, and what it costs: cold `make learn`, the server's first answer, memory, the site's build.

`python -m bench.startup` measures on the installed tree; `--cold` clones the repository into an empty folder, times `make learn` there,
and takes the server's figures from that installation: it has what a newcomer has, and no JupyterLab beside it.
Results go to bench/results/startup.json; times are wall-clock, because waiting is.
"""

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "bench" / "results" / "startup.json"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cold", action="store_true", help="also clone and time `make learn` from nothing")
    options = parser.parse_args()
    kept = json.loads(RESULT.read_text()) if RESULT.exists() else {}
    kept.update(machine=machine(), **site(), **(cold() if options.cold else server(sys.executable)))
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n")
    print(json.dumps(kept, indent=1, sort_keys=True))


def machine() -> dict[str, object]:
    model = (
        re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
        if Path("/proc/cpuinfo").exists()
        else None
    )
    return {
        "cpu": model[1] if model else platform.processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": platform.platform(terse=True),
    }


def server(python: str, rounds: int = 5) -> dict[str, object]:
    """Seconds from the command to the first page, and the memory of server and one kernel in MB."""
    waits, memory = [], {}
    for k in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            began = time.perf_counter()
            process = start(
                [python, "-m", "glideslope.cli", "learn", "--no-browser", "--port", str(9100 + k)], folder
            )
            address, token = listen(process)
            fetch(f"{address}learn/en/index.html", token)
            waits.append(time.perf_counter() - began)
            if k == rounds - 1:
                memory = {"server": resident(process.pid)}
                fetch(f"{address}api/kernels", token, b'{"name": "python3"}')
                time.sleep(5)  # nobody listens to the kernel, so nothing says when it is ready
                memory["server and one kernel"] = sum(resident(pid) for pid in (process.pid, *children(process.pid)))
            process.terminate()
            process.communicate()
    return {"first page, s": round(statistics.median(waits), 2), "memory, MB": memory}


def site() -> dict[str, float]:
    """Seconds to build the site of both languages with kept outputs, and with all cells run."""
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder) / "course"
        shutil.copytree(ROOT / "course", course)
        environment = {**os.environ, "GLIDESLOPE_COURSE_DIR": str(course)}
        command = [sys.executable, "-m", "glideslope.cli", "build", str(Path(folder) / "site")]
        kept = timed(command, environment)
        for outputs in course.glob("lessons/*/outputs.json"):
            outputs.unlink()
        return {"site with kept outputs, s": kept, "site with all cells run, s": timed(command, environment)}


def cold() -> dict[str, object]:
    """Seconds of `make learn` in an empty clone until the address is printed, with warm package caches, and of a second run; then its server."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["git", "clone", "-q", str(ROOT), folder + "/clone"], check=True)
        times = []
        for port in (9200, 9201):
            began = time.perf_counter()
            process = start(["make", "learn", f"ARGS=--no-browser --port {port}"], folder, folder + "/clone")
            listen(process)
            times.append(round(time.perf_counter() - began, 1))
            for pid in children(process.pid):
                os.kill(pid, 15)
            process.communicate()
        installed = server(f"{folder}/clone/.venv/bin/python")
        return {"cold make learn, s": times[0], "second make learn, s": times[1], **installed}


def timed(command: list[str], environment: dict[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return round(time.perf_counter() - began, 1)


def start(command: list[str], folder: str, where: str | None = None) -> subprocess.Popen[str]:
    environment = {**os.environ, "GLIDESLOPE_DATA_DIR": folder + "/data"}
    return subprocess.Popen(
        command, env=environment, cwd=where, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def listen(process: subprocess.Popen[str]) -> tuple[str, str]:
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        found = re.search(r"(http://\S+?)learn/index\.html\?token=(\w+)", line)
        if found:
            return found[1], found[2]
    raise SystemExit(f"the server stopped:\n{said}")


def fetch(address: str, token: str, body: bytes | None = None) -> bytes:
    request = urllib.request.Request(address, data=body, headers={"Authorization": f"token {token}"})
    for _ in range(200):
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.read()
        except urllib.error.URLError:
            time.sleep(0.02)
    raise SystemExit(f"{address} did not answer")


def resident(pid: int) -> float:
    """Proportional set size in MB: shared pages are counted once."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = re.search(r"^Pss:\s+(\d+) kB", rollup, re.M)
    assert found is not None
    return round(int(found[1]) / 1024, 1)


def children(pid: int) -> list[int]:
    direct = [
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    ]
    return [descendant for child in direct for descendant in (child, *children(child))]


if __name__ == "__main__":
    main()
