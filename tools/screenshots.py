"""Remake the pictures of the README from a running course: `python -m tools.screenshots ADDRESS-WITH-TOKEN`."""

import sys
from pathlib import Path
from urllib.parse import urlsplit

from bench.chromium import FLAGS, chromium
from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
VIEWS = {"lesson": ("[data-cell=explore-softmax-bars], [data-explorable=softmax-bars]", -70), "derivation": ("#eq-dC-dz", -150)}


def main(address: str) -> None:
    """Take each view in each language."""
    parts = urlsplit(address)
    base = f"{parts.scheme}://{parts.netloc}{parts.path.split('learn/')[0]}learn"
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for language in ("en", "zh"):
            for scheme in ("light",):
                context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme=scheme)
                page = context.new_page()
                page.goto(f"{base}/{language}/softmax-cross-entropy.html?{parts.query}")
                page.wait_for_selector("html[data-ready]")
                for name, (selector, above) in VIEWS.items():
                    page.evaluate("([s, y]) => scrollTo(0, document.querySelector(s).getBoundingClientRect().top + scrollY + y)", [selector, above])
                    page.wait_for_timeout(1500)
                    page.screenshot(path=IMAGES / f"{name}-{language}-{scheme}.png")
                context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
