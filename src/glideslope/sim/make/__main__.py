"""The command `python -m glideslope.sim.make NAME [NAME ...]`: generate, pack, write, note the hash."""

import argparse
from pathlib import Path

from glideslope.data.loading import FILES
from glideslope.sim.make import NAMES, make
from glideslope.sim.make._write import write


def main() -> None:
    """Generate the named sets, all of them when none is named."""
    parser = argparse.ArgumentParser(
        prog="python -m glideslope.sim.make", description="Generate the shipped data sets."
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"any of {', '.join(NAMES)}; all by default")
    parser.add_argument("--into", type=Path, default=FILES, help="folder to write to (default: the installed package)")
    arguments = parser.parse_args()
    for name in arguments.names or NAMES:
        path = write(name, make(name), arguments.into)
        print(f"{path}  {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
