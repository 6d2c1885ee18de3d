"""`glideslope build`: the static site, or the notebooks alone."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from glideslope.book.build import Site, build_notebooks, build_site

__all__ = ["main"]


def main(arguments: Sequence[str]) -> int:
    """Run `glideslope build`."""
    parser = argparse.ArgumentParser(prog="glideslope build", description="Write the static site: pages in both languages, figures to grab, outputs, search, notebooks.")
    parser.add_argument("out", nargs="?", type=Path, default=Path("site"), help="folder to write to (default: site)")
    parser.add_argument("--notebooks", action="store_true", help="write only the executed notebooks, one a lesson and language")
    options = parser.parse_args(arguments)
    site = Site(options.out.resolve())
    written = build_notebooks(site) if options.notebooks else build_site(site)
    print(written)
    return 0
