"""What all tests share: shapes in annotations are checked, random things are seeded, the course is the repository's."""

import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ["GLIDESLOPE_CHECK_SHAPES"] = "1"
os.environ.setdefault("GLIDESLOPE_COURSE_DIR", str(Path(__file__).resolve().parents[1] / "course"))
os.environ.setdefault("MPLBACKEND", "agg")

import numpy as np
import pytest
from bench.chromium import FLAGS, chromium
from jaxtyping import install_import_hook

_hook = install_import_hook(
    ["glideslope.kernels", "glideslope.learn", "glideslope.autograd", "glideslope.nn", "glideslope.sim"],
    "beartype.beartype",
)


@pytest.fixture(autouse=True)
def same_draws_in_any_order(request: pytest.FixtureRequest) -> None:
    """A module's `RNG` starts anew for each test, from the test's own name: what a test draws never depends on which ran before it."""
    if isinstance(getattr(request.module, "RNG", None), np.random.Generator):
        request.module.RNG = np.random.default_rng(zlib.crc32(request.node.nodeid.encode()))


@pytest.fixture(scope="session")
def needs() -> Any:
    """Skips with a sentence where a tool is missing; on CI a missing tool is a failure."""

    def skip(sentence: str) -> None:
        if os.environ.get("CI") == "true":
            pytest.fail(sentence)
        pytest.skip(sentence)

    return skip


@pytest.fixture(scope="session")
def browser(needs: Any) -> Iterator[Any]:
    """Debian's Chromium, never a downloaded one; one for all browser tests of a process, as Playwright wants it."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        needs("browser tests need Playwright: pip install playwright")
    path = chromium()
    if path is None:
        needs("browser tests need Chromium: on Debian and Ubuntu, apt-get install chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()
