"""How long a learner waits: the page, a cell's output, a verdict, a line of a derivation; and what comes over the wire.

Run: python -m bench.page (needs Chromium and the built pages). Every figure is the median of five fresh visits:
an empty browser cache, and no Python running for the lesson. Results go to bench/results/page.json.
"""

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.chromium import FLAGS, chromium
from bench.protocol import machine

RESULT = Path(__file__).parent / "results" / "page.json"
RUNS = int(os.environ.get("BENCH_ROUNDS", 5))
LESSON = "softmax-cross-entropy"
BARS = {
    "page interactive, s": 1.5,
    "first cell output (Python started), s": 2.0,
    "later cell output, s": 0.3,
    "check, s": 0.2,
    "derivation line, s": 0.2,
    "first page over the wire, kB": 400,
}
SOFTMAX = f"""import numpy as np

def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)

from glideslope import check
check("{LESSON}/stable-softmax", softmax)"""
LINES = [
    r"\frac{\partial C}{\partial z_i} = \sum_j \frac{\partial C}{\partial a_j} \frac{\partial a_j}{\partial z_i}",
    r"= -\sum_j \frac{y_j}{a_j} \frac{\partial a_j}{\partial z_i}",
    r"= -\frac{y_i}{a_i} a_i (1 - a_i) + \sum_{j \ne i} \frac{y_j}{a_j} a_j a_i",
    r"= a_i \sum_j y_j - y_i",
    r"= a_i - y_i",
]


def main() -> None:
    from playwright.sync_api import sync_playwright

    path = chromium()
    if path is None:
        sys.exit("expected Chromium and found none; on Debian and Ubuntu: apt-get install chromium")
    seen: dict[str, list[float]] = defaultdict(list)
    parts: dict[str, float] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for _ in range(RUNS):
            # A fresh server and a fresh learner each time: nothing is warm but the disk.
            with _server() as address:
                parts = _visit(browser, address, seen)
        browser.close()
    figures = {
        name: {"median": round(statistics.median(seen[name]), 3), "bar": bar, "runs": [round(x, 3) for x in seen[name]]}
        for name, bar in BARS.items()
    }
    result = {"title": "What a learner waits for", "machine": machine(), "figures": figures, "kB by kind": parts}
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=1) + "\n")
    for name, figure in figures.items():
        print(
            f"{'over ' if figure['median'] > figure['bar'] else 'within'}  {name}: {figure['median']:g} (bar {figure['bar']:g})",
            flush=True,
        )


@contextmanager
def _server() -> Iterator[str]:
    if running := os.environ.get("GLIDESLOPE_E2E_URL"):
        yield running
        return
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "glideslope.cli", "learn", "--no-browser"]
        process = subprocess.Popen(
            command,
            env={**os.environ, "GLIDESLOPE_DATA_DIR": folder, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            assert process.stdout is not None
            yield next(found[0] for line in process.stdout if (found := re.search(r"http://\S+token=\w+", line)))
        finally:
            process.terminate()
            process.wait(30)


def _visit(browser: Any, address: str, seen: dict[str, list[float]]) -> dict[str, float]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address)  # signs in, on another page
    page.wait_for_selector("html[data-ready=yes]")
    # The visit that is timed has the cookie and nothing in the cache.
    timed = context.new_page()
    session = context.new_cdp_session(timed)
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    kinds: dict[str, str] = {}
    received: dict[str, float] = defaultdict(float)
    session.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    session.on(
        "Network.loadingFinished",
        lambda event: _add(received, kinds.get(event["requestId"], "?"), event["encodedDataLength"]),
    )
    timed.goto(address.replace("index.html", f"en/{LESSON}.html").split("?")[0])
    timed.wait_for_selector("html[data-ready=yes]")
    seen["page interactive, s"].append(
        timed.evaluate("performance.getEntriesByName('glideslope:ready')[0].startTime") / 1e3
    )
    timed.wait_for_load_state("networkidle")
    seen["first page over the wire, kB"].append(sum(received.values()) / 1e3)
    parts = {kind: round(size / 1e3, 1) for kind, size in sorted(received.items())}
    _cells(timed, seen)
    _check(timed, seen)
    _derive(timed, seen)
    context.close()
    return parts


def _add(received: dict[str, float], kind: str, size: float) -> None:
    received[kind] += size


def _cells(page: Any, seen: dict[str, list[float]]) -> None:
    seen["first cell output (Python started), s"].append(_write_and_run(page, "setup", "print(6 * 7)"))
    seen["later cell output, s"].append(_write_and_run(page, "setup", "print(6 * 8)"))


def _write_and_run(page: Any, name: str, source: str) -> float:
    cell = page.locator(f'[data-cell="{name}"]')
    cell.scroll_into_view_if_needed()
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(source)
    # As for a learner, Python begins to start with the first keystroke; the clock starts with the run.
    page.evaluate(_WAIT_FOR_RUN, name)
    began = time.perf_counter()
    page.keyboard.press("Control+Enter")
    page.wait_for_function("window.ran === true", polling=10, timeout=60_000)
    return time.perf_counter() - began


_WAIT_FOR_RUN = """name => {
  window.ran = false;
  const cell = document.querySelector(`[data-cell="${name}"]`);
  const observer = new MutationObserver(() => {
    if (cell.dataset.state === 'running') window.running = true;
    if (window.running && (cell.dataset.state === 'done' || cell.dataset.state === 'failed')) {
      window.running = false; window.ran = true; observer.disconnect();
    }
  });
  observer.observe(cell, { attributes: true, attributeFilter: ['data-state'] });
}"""


def _check(page: Any, seen: dict[str, list[float]]) -> None:
    _write_and_run(page, "exercise-stable-softmax", SOFTMAX)  # the first one imports the judge
    seen["check, s"].append(_write_and_run(page, "exercise-stable-softmax", SOFTMAX))


def _derive(page: Any, seen: dict[str, list[float]]) -> None:
    box = page.locator("#exercise-derive-a-minus-y")
    box.scroll_into_view_if_needed()
    box.locator("math-field").wait_for()
    box.get_by_role("button", name="Type LaTeX").click()
    while box.locator(".line").count() > 0:
        box.locator(".line-buttons button").last.click()
        box.locator("button.primary:not(:disabled)").wait_for()
        page.wait_for_timeout(100)
    times = []
    for k, line in enumerate(LINES):
        box.locator("input.latex").fill(line)
        began = time.perf_counter()
        box.locator("input.latex").press("Enter")
        page.wait_for_function(
            f"document.querySelectorAll('#exercise-derive-a-minus-y .line').length === {k + 1}", polling=10
        )
        times.append(time.perf_counter() - began)
    seen["derivation line, s"].append(max(times))


if __name__ == "__main__":
    main()
