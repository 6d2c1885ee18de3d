"""The command `glideslope`: each word hands over to the room that knows it, and only then loads that room."""

import importlib
import sys
from collections.abc import Sequence

from glideslope import __version__
from glideslope.errors import GlideslopeError

__all__ = ["main"]

# word: the module whose `main(arguments)` does it, the extra it needs, what it does
COMMANDS = {
    "learn": ("glideslope.serve.command", "course", "open the course in the browser"),
    "proof": ("glideslope.derive.command", "", "check the formulas of notes: .ipynb, .md, .tex"),
    "check": ("glideslope.grade.prove", "", "prove that every exercise's checks can fail"),
    "grade": ("glideslope.grade.grading", "grade", "grade submissions of a class"),
    "new": ("glideslope.book.new", "course", "begin a lesson that passes the contracts"),
    "gradebook": ("glideslope.grade.desk", "grade", "roster, deadlines, tables, one learner's data"),
    "build": ("glideslope.book.command", "course", "write the static site or the notebooks"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code (0 well, 1 findings, 2 usage or unreadable input)."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    if arguments[:1] == ["--version"]:
        print(f"glideslope {__version__}")
        return 0
    if not arguments or arguments[0] in ("-h", "--help"):
        print(_help())
        return 0
    word, rest = arguments[0], arguments[1:]
    if word not in COMMANDS:
        print(f"glideslope: expected one of {', '.join(COMMANDS)}, got '{word}'; `glideslope --help` says what each does.", file=sys.stderr)
        return 2
    module, extra, _ = COMMANDS[word]
    try:
        return importlib.import_module(module).main(rest) or 0
    except GlideslopeError as error:
        print(f"glideslope {word}: {error}", file=sys.stderr)
        return 2
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("glideslope"):
            raise
        print(f"glideslope {word}: needs the package '{error.name}', which is not installed; run: pip install \"glideslope[{extra}]\"", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _help() -> str:
    lines = "\n".join(f"  {word:<9} {what}" for word, (_, _, what) in COMMANDS.items())
    return f"glideslope {__version__}: machine learning for aircraft and robots\n\nusage: glideslope COMMAND ...\n\n{lines}\n\n`glideslope COMMAND --help` says more."


if __name__ == "__main__":
    sys.exit(main())
