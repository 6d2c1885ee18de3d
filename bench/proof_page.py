"""The checker in the browser: how long Python takes to load, how long a line takes after that, and what is sent over the wire.

    python -m bench.proof_page        writes results/proof_page.json

A real Chromium on the built site behind Python's own web server. Lines are those of our softmax derivation, each with its context:
all of it is read anew, as the page does. Needs Playwright and Chromium, and the built pages.
"""

import gzip
import json
import os
import statistics
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from bench.chromium import FLAGS, chromium

ROOT = Path(__file__).resolve().parents[1]
CONTEXT = "Let $z, y \\in \\mathbb{R}^K$ with $\\sum_j y_j = 1$, and\n\n$$\na_i = \\frac{e^{z_i}}{\\sum_k e^{z_k}}\n$$\n\n$$\nC = -\\sum_j y_j \\ln a_j\n$$\n\n"
LINES = {
    "holds": r"\frac{\partial C}{\partial z_i} = a_i - y_i",
    "holds, by the chain rule": r"\frac{\partial C}{\partial z_i} = \sum_j \frac{\partial C}{\partial a_j} \frac{\partial a_j}{\partial z_i}",
    "fails, with a repair": r"\frac{\partial C}{\partial z_i} = a_i + y_i",
    "fails, an index bound twice": r"\frac{\partial C}{\partial z_i} = \frac{\partial C}{\partial a_j} \frac{\partial a_j}{\partial z_i}",
}


class Quiet(SimpleHTTPRequestHandler):
    """Says nothing."""

    def log_message(self, *_):
        pass


def measured(browser, address, rounds=5):
    """Seconds to load and to answer, in a fresh browser without a cache."""
    context = browser.new_context()
    context.set_default_timeout(120_000)
    page = context.new_page()
    page.goto(f"{address}/en/proof.html")
    page.locator("#proof-text").wait_for()

    def check(text):
        page.locator("#proof-text").fill(text)
        began = time.perf_counter()
        page.locator("#proof-text").press("Control+Enter")
        page.locator(".proof-verdict").wait_for()
        return time.perf_counter() - began

    load = check("$$1 + 1 = 2$$")
    lines = {
        name: [check(f"{CONTEXT}$$\n{latex}\n$$\n{' ' * k}") for k in range(rounds)] for name, latex in LINES.items()
    }
    context.close()
    return load, {name: statistics.median(took) for name, took in lines.items()}


def sizes(site):
    """Bytes of what the page fetches on demand, plain and compressed."""
    files = [*(site / "runtime").glob("*.*"), site / "assets" / "proof-worker.js"]
    return {path.name: [path.stat().st_size, len(gzip.compress(path.read_bytes(), 9))] for path in sorted(files)}


def main():
    from playwright.sync_api import sync_playwright

    site = ROOT / "src" / "glideslope" / "_built" / "site"
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    load_before = os.getloadavg()[0]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        runs = [measured(browser, f"http://127.0.0.1:{server.server_port}") for _ in range(3)]
        version = browser.version
        browser.close()
    server.shutdown()
    found = sizes(site)
    result = {
        "browser": f"Chromium {version}",
        "cores": os.cpu_count(),
        "load_of_other_work": round(load_before, 1),
        "first_verdict_s": round(statistics.median(load for load, _ in runs), 2),
        "line_s": {name: round(statistics.median(lines[name] for _, lines in runs), 3) for name in LINES},
        "line_bar_s": 0.5,
        "bytes_on_demand": sum(plain for plain, _ in found.values()),
        "bytes_on_demand_gzipped": sum(small for _, small in found.values()),
        "files": found,
    }
    (ROOT / "bench" / "results" / "proof_page.json").write_text(json.dumps(result, indent=1) + "\n", "utf8")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
