"""One real server with real kernels, one Chromium, and a page that fails its test when it complains or leaves the house.

Browser tests are mandatory where CI=true; elsewhere they are skipped with a sentence when something is missing.
`GLIDESLOPE_E2E_URL` (an address with its token) takes a server that runs already, while working on the reader.
"""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from tests.e2e.course import LESSON, Course


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, needs: Any) -> Iterator[str]:
    """The address, with its token, of a fresh course."""
    if running := os.environ.get("GLIDESLOPE_E2E_URL"):
        yield running
        return
    pytest.importorskip("jupyter_server")
    import glideslope

    if not (Path(glideslope.__file__).parent / "_built" / "site" / "index.html").exists():
        needs("browser tests need the built pages: pip install . in the repository builds them")
    folder = tmp_path_factory.mktemp("learner")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "glideslope.cli", "learn", "--no-browser", "--port", str(port)]
    environment = {**os.environ, "GLIDESLOPE_DATA_DIR": str(folder), "PYTHONUNBUFFERED": "1"}
    # The tests' own backend for figures is not the learner's.
    environment.pop("MPLBACKEND", None)
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        yield _address(process)
    finally:
        process.terminate()
        process.wait(30)
        process.stdout.close()


def _address(process: subprocess.Popen) -> str:
    said = []
    for line in process.stdout:
        said.append(line)
        if found := re.search(r"http://\S+token=\w+", line):
            return found[0]
    raise AssertionError("the server ended before it said its address:\n" + "".join(said))


@pytest.fixture
def open_page(browser, server) -> Iterator:
    """Opens pages of the course; at the end none may have failed, complained (but of what was meant) or asked abroad."""
    contexts, complaints = [], []
    host = urlsplit(server).netloc

    def watch(page) -> None:
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: _foreign(request.url, host, complaints))

    def open_(path: str = f"en/{LESSON}.html", width: int = 1280, height: int = 900, **context) -> Course:
        made = browser.new_context(viewport={"width": width, "height": height}, **context)
        contexts.append(made)
        made.set_default_timeout(20_000)
        page = made.new_page()
        watch(page)
        return Course(page, server).open(path)

    open_.meant = []
    yield open_
    for context in contexts:
        context.close()
    # A request's failure is reported when the browser gets to it, also after the page has said its sentence.
    assert [text for text in complaints if not any(meant in text for meant in open_.meant)] == []


def _foreign(url: str, host: str, complaints: list[str]) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("data", "blob", "about") and parts.netloc != host:
        complaints.append(f"a request left for {url}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One server, one browser, one learner: these tests share a worker."""
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.fspath).parents:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.xdist_group("e2e"))
