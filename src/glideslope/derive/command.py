"""`glideslope proof FILE…`: the checker at the command line.

Exit codes: 0 nothing found, 1 findings (with `--strict` also what was not confirmed or not understood), 2 wrong usage or unreadable input.
The coverage line is always shown: how many steps were decided, and how many were not.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from glideslope.derive import cache, formats
from glideslope.derive.annotate import annotate
from glideslope.derive.document import check_document
from glideslope.derive.report import Report
from glideslope.errors import ParseError

__all__ = ["main"]

SUFFIXES = (".md", ".ipynb", ".tex", ".markdown", ".myst")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = _parser()
    try:
        options = parser.parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0) and 2
    try:
        paths = _files(options.files)
    except FileNotFoundError as error:
        print(f"glideslope proof: {error}", file=sys.stderr)
        return 2
    if options.annotate:
        return _annotate(paths)
    if options.watch:
        from glideslope.derive.watch import watch

        return watch(paths, lambda: _run(paths, options))
    return _run(paths, options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="glideslope proof", description="Check the derivations of notebooks, Markdown and LaTeX files, step by step.",
                                     epilog="exit codes: 0 nothing found, 1 findings, 2 wrong usage or unreadable input")  # fmt: skip
    parser.add_argument("files", nargs="+", metavar="FILE", help="files, folders or globs; - reads standard input")
    parser.add_argument("--strict", action="store_true", help="steps not confirmed or not understood fail too")
    parser.add_argument(
        "--format", choices=sorted(formats.FORMATS), default="text", help="form of the report (default: text)"
    )
    parser.add_argument(
        "--input", choices=("md", "tex", "ipynb"), help="format of the input, when the name does not tell"
    )
    parser.add_argument("--explain", action="store_true", help="say for every step what it rests on")
    parser.add_argument(
        "--annotate", action="store_true", help="propose annotations for what the text leaves unsaid, and stop"
    )
    parser.add_argument("--lang", choices=("en", "zh"), default="en", help="language of the reasons")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="colours in the terminal")
    parser.add_argument("-j", "--jobs", type=int, default=1, metavar="N", help="files checked at the same time")
    parser.add_argument("--no-cache", action="store_true", help="check files anew even when they have not changed")
    parser.add_argument("--watch", action="store_true", help="check again whenever a file changes")
    return parser


def _files(names: Sequence[str]) -> list[str]:
    """Expand folders and globs, in a stable order.

    Raises:
        FileNotFoundError: naming what does not exist.
    """
    found: list[str] = []
    for name in names:
        path = Path(name)
        if name == "-" or path.is_file():
            found.append(name)
        elif path.is_dir():
            found.extend(
                str(p)
                for p in sorted(path.rglob("*"))
                if p.suffix in SUFFIXES and not any(q.startswith(".") for q in p.parts[len(path.parts) :])
            )
        else:
            matches = (
                sorted(str(p) for p in Path().glob(name))
                if any(c in name for c in "*?[") and not path.is_absolute()
                else []
            )
            if not matches:
                raise FileNotFoundError(f"expected a file, a folder or a glob, found nothing at {name}; check the path")
            found.extend(m for m in matches if Path(m).is_file())
    return list(dict.fromkeys(found))


def _run(paths: list[str], options: argparse.Namespace) -> int:
    reports: list[Report] = []
    code = 0
    jobs = [(path, options.input, not options.no_cache) for path in paths]
    progress = len(paths) > 3 and sys.stderr.isatty()
    if options.jobs > 1 and len(jobs) > 1:
        with ProcessPoolExecutor(options.jobs) as pool:
            results = list(pool.map(_check, jobs))
    else:
        results = []
        for number, job in enumerate(jobs):
            if progress:
                print(f"\r{number + 1}/{len(jobs)} {job[0][-60:]:60}", end="", file=sys.stderr)
            results.append(_check(job))
        if progress:
            print("\r" + " " * 78 + "\r", end="", file=sys.stderr)
    for path, (report, problem) in zip(paths, results, strict=True):
        if problem:
            print(f"glideslope proof: {path}: {problem}", file=sys.stderr)
            code = 2
        if report is not None:
            reports.append(report)
    color = options.color == "always" or (options.color == "auto" and sys.stdout.isatty())
    print(formats.FORMATS[options.format](reports, formats.Style(options.lang, color, options.explain, options.strict)))
    if code == 0 and not all(report.passes(options.strict) and not report.notes for report in reports):
        code = 1
    return code


def _check(job: tuple[str, str | None, bool]) -> tuple[Report | None, str]:
    path, kind, cached = job
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        return None, f"cannot be read ({error.strerror}); check that it exists and that you may read it"
    text = _decode(data)
    key = cache.key(data, path, kind)
    if cached and path != "-" and (held := cache.load(key)) is not None:
        return held, ""
    try:
        report = check_document(text, path=None if path == "-" else path, format=kind)
    except ParseError as error:
        return None, str(error)
    if cached and path != "-":
        cache.store(key, report)
    return report, ""


def _decode(data: bytes) -> str:
    for encoding in (
        "utf-8-sig",
        "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8",
        "gb18030",
        "latin-1",
    ):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", errors="replace")


def _annotate(paths: list[str]) -> int:
    for path in paths:
        try:
            text = _decode(Path(path).read_bytes() if path != "-" else sys.stdin.buffer.read())
            proposals = annotate(text, path=path)
        except (OSError, ParseError) as error:
            print(f"glideslope proof: {path}: {error}", file=sys.stderr)
            return 2
        print(f"{path}: {len(proposals)} proposed")
        for line, note in proposals:
            print(f"  line {line}: {note}")
    return 0
