"""Read what a class hands in: `.py`, `.ipynb`, the page's export, folders and zips of them; refuse the rest with a sentence.

A submission becomes one canonical text: for each exercise the source of its cell with what it needs from cells above.
Nothing is executed here, and nothing outside the given paths is read or written.
"""

import ast
import calendar
import json
import os
import re
import stat
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

__all__ = ["HandedIn", "Raw", "Refused", "pack", "read_files", "read_submissions", "unpack", "without_magics"]

MAX_FILE_BYTES = 2 * 2**20
MAX_CELLS = 2000
MAX_LEARNER = 200
MAX_ZIP_FILES = 20_000
MAX_ZIP_BYTES = 512 * 2**20
MAX_RATIO = 200
SUFFIXES = (".py", ".ipynb", ".json")
_CHECK = re.compile(r"""\bcheck\(\s*["']([a-z0-9-]+/[a-z0-9-]+)["']""")
_IMPORT = re.compile(r"\s*from glideslope import\b")
_MAGIC = re.compile(r"^\s*[%!?].*$|^.*\?\s*$", re.MULTILINE)


@dataclass(frozen=True)
class HandedIn:
    """One learner's submission: source by exercise (code), answers by exercise (derivations, broken lines)."""

    learner: str
    origin: str
    handed_in_s: float
    sources: dict[str, str] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Refused:
    """A file that is not taken, and why."""

    origin: str
    reason: str


@dataclass(frozen=True)
class Raw:
    """The text of one file, and whose it is by its place."""

    learner: str
    origin: str
    handed_in_s: float
    suffix: str
    text: str


def read_submissions(paths: Iterable[Path], assignment: str) -> Iterator[HandedIn | Refused]:
    """Yield the submissions found at the paths, one a learner and file.

    The learner is the folder below the given one, else the file's name; the page's export names its learner itself.
    """
    for found in read_files(paths):
        yield found if isinstance(found, Refused) else _understand(found, assignment)


def read_files(paths: Iterable[Path], suffixes: tuple[str, ...] = SUFFIXES) -> Iterator[Raw | Refused]:
    """Yield the files found at the paths, folders and zips opened, as text; what is harmful or no text is refused."""
    for path in paths:
        if path.is_dir():
            home = os.path.realpath(path)
            for file in sorted(found for found in path.rglob("*") if found.suffix in suffixes and not found.is_dir()):
                yield _from_file(file, _learner(file.relative_to(path)), home)
        elif path.suffix == ".zip":
            yield from _from_zip(path, suffixes)
        elif path.is_file() and path.suffix in suffixes:
            yield _from_file(path, path.stem, os.path.realpath(path.parent))
        else:
            known = ", ".join(suffixes)
            yield Refused(str(path), f"expected a folder, a zip or a file ({known}), and found none there.")


def pack(handed_in: HandedIn) -> bytes:
    """Return the canonical bytes of a submission: equal content, equal bytes."""
    content = {"sources": handed_in.sources, "answers": handed_in.answers}
    return json.dumps(content, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")


def unpack(content: bytes) -> tuple[dict[str, str], dict[str, Any]]:
    """Return sources and answers from canonical bytes."""
    read = json.loads(content.decode("utf-8", "surrogatepass"))
    return read["sources"], read["answers"]


def _learner(path: PurePosixPath | Path) -> str:
    return path.parts[0] if len(path.parts) > 1 else path.stem


def _from_file(path: Path, learner: str, home: str) -> Raw | Refused:
    try:
        if not _is_inside(path, home):
            return Refused(str(path), "it is a link to a place outside the folder of submissions.")
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            return Refused(str(path), "it is no ordinary file.")
        if found.st_size > MAX_FILE_BYTES:
            return Refused(str(path), f"it has {found.st_size} bytes; at most {MAX_FILE_BYTES} are read.")
        return _from_bytes(path.read_bytes(), path.suffix, str(path), learner, found.st_mtime)
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
        reason = error.strerror if isinstance(error, OSError) else "its links lead in a circle"
        return Refused(str(path), f"it could not be read ({reason}).")


def _is_inside(path: Path, home: str) -> bool:
    """Whether a path leads to a place below home, once all links are followed."""
    return os.path.realpath(path).startswith(os.path.join(home, ""))


def _from_zip(path: Path, suffixes: tuple[str, ...]) -> Iterator[Raw | Refused]:
    try:
        with zipfile.ZipFile(path) as archive:
            refused = _zip_fault(archive.infolist())
            if refused:
                yield Refused(str(path), refused)
                return
            for info in archive.infolist():
                if not info.is_dir() and PurePosixPath(info.filename).suffix in suffixes:
                    yield _from_zip_member(archive, info, path)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError) as error:
        yield Refused(str(path), f"it is no zip that can be read ({error}).")


def _zip_fault(members: list[zipfile.ZipInfo]) -> str:
    total, packed = sum(info.file_size for info in members), sum(info.compress_size for info in members)
    if len(members) > MAX_ZIP_FILES:
        return f"it holds {len(members)} files; at most {MAX_ZIP_FILES} are read."
    if total > MAX_ZIP_BYTES or total > MAX_RATIO * max(packed, 1000):
        return f"it would grow from {packed} to {total} bytes, like a zip bomb."
    for info in members:
        place = PurePosixPath(info.filename.replace("\\", "/"))
        if place.is_absolute() or ".." in place.parts or ":" in info.filename:
            return f"its entry {info.filename!r} leads outside the archive."
        if stat.S_ISLNK(info.external_attr >> 16):
            return f"its entry {info.filename!r} is a link."
    return ""


def _from_zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path) -> Raw | Refused:
    place = PurePosixPath(info.filename.replace("\\", "/"))
    origin = f"{path}:{info.filename}"
    if info.file_size > MAX_FILE_BYTES:
        return Refused(origin, f"it has {info.file_size} bytes; at most {MAX_FILE_BYTES} are read.")
    with archive.open(info) as file:
        content = file.read(MAX_FILE_BYTES + 1)
    try:
        when = float(calendar.timegm((*info.date_time, 0, 0, 0)))  # a zip says no zone: read as UTC
    except ValueError:  # the 0th of month 0
        when = path.stat().st_mtime
    return _from_bytes(content[:MAX_FILE_BYTES], place.suffix, origin, _learner(place), when)


def _from_bytes(content: bytes, suffix: str, origin: str, learner: str, when: float) -> Raw | Refused:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Refused(origin, f"it is not UTF-8 text (byte {error.start}); save it again with that encoding.")
    if not learner.strip() or len(learner) > MAX_LEARNER:
        return Refused(origin, f"the learner's name has {len(learner)} characters; 1 to {MAX_LEARNER} are read.")
    return Raw(learner, origin, when, suffix, text)


def _understand(raw: Raw, assignment: str) -> HandedIn | Refused:
    if raw.suffix == ".py":
        return HandedIn(raw.learner, raw.origin, raw.handed_in_s, _sources([raw.text], assignment))
    try:
        read = json.loads(raw.text)
    except (ValueError, RecursionError) as error:
        return Refused(raw.origin, f"it is no valid JSON ({str(error)[:100]}).")
    if not isinstance(read, dict):
        return Refused(raw.origin, "expected a notebook or the page's export, and got another kind of JSON.")
    if raw.suffix == ".ipynb":
        return _from_notebook(read, raw, assignment)
    return _from_export(read, raw, assignment)


def _from_notebook(read: dict[str, Any], raw: Raw, assignment: str) -> HandedIn | Refused:
    cells = read.get("cells")
    if not isinstance(cells, list):
        return Refused(raw.origin, "expected a notebook of format 4 with a list of cells, and found none.")
    if len(cells) > MAX_CELLS:
        return Refused(raw.origin, f"it has {len(cells)} cells; at most {MAX_CELLS} are read.")
    texts = [_cell_text(cell) for cell in cells if isinstance(cell, dict) and cell.get("cell_type") == "code"]
    return HandedIn(raw.learner, raw.origin, raw.handed_in_s, _sources(texts, assignment))


def _cell_text(cell: dict[str, Any]) -> str:
    source = cell.get("source", "")
    text = "".join(map(str, source)) if isinstance(source, list) else str(source)
    return without_magics(text)


def without_magics(text: str) -> str:
    """Blank the lines that only IPython understands."""
    return _MAGIC.sub("", text)


def _from_export(read: dict[str, Any], raw: Raw, assignment: str) -> HandedIn | Refused:
    learner, lesson, cells, answers = (read.get(key) for key in ("learner", "lesson", "cells", "answers"))
    if not (isinstance(learner, str) and isinstance(lesson, str) and isinstance(cells, dict)):
        return Refused(raw.origin, 'expected the page\'s export with "learner", "lesson" and "cells".')
    learner = learner.strip()
    if not learner or len(learner) > MAX_LEARNER:
        return Refused(raw.origin, f"the learner's name has {len(learner)} characters; 1 to {MAX_LEARNER} are read.")
    if len(cells) > MAX_CELLS:
        return Refused(raw.origin, f"it has {len(cells)} cells; at most {MAX_CELLS} are read.")
    sources = _sources([str(text) for text in cells.values()], assignment)
    found = {f"{lesson}/{slug}": answer for slug, answer in answers.items()} if isinstance(answers, dict) else {}
    mine = {name: answer for name, answer in found.items() if _belongs(name, assignment)}
    return HandedIn(learner, raw.origin, raw.handed_in_s, sources, mine)


def _belongs(name: str, assignment: str) -> bool:
    return name == assignment or name.startswith(f"{assignment}/")


def _sources(cells: list[str], assignment: str) -> dict[str, str]:
    """Return, for each exercise that is checked in some cell, that cell with the definitions above it."""
    sources: dict[str, str] = {}
    above: list[_Definition] = []
    checked = [[name for name in dict.fromkeys(_CHECK.findall(cell)) if _belongs(name, assignment)] for cell in cells]
    last = max((place for place, names in enumerate(checked) if names), default=-1)
    for place, (cell, names) in enumerate(zip(cells[: last + 1], checked, strict=False)):
        for name in names:
            answer = _without_checks(cell)
            sources[name] = "\n".join([*_needed(answer, above), answer])
        if place < last:
            above += _definitions(cell)
    return sources


@dataclass(frozen=True)
class _Definition:
    """An import, a function or a class: the names it binds, and its place; what it reads and its text are seldom wanted."""

    binds: frozenset[str]
    node: ast.stmt
    body: list[ast.stmt]
    cell: str

    def reads(self) -> frozenset[str]:
        """Return the names it reads."""
        return _reads(self.node)

    def text(self) -> str:
        """Return its source."""
        return ast.unparse(self.node) if _shares_a_line(self.node, self.body) else _lines(self.cell, self.node)


def _needed(answer: str, above: list[_Definition]) -> list[str]:
    """The definitions above that the answer reads, and what those read in turn; a lesson's plots need more than a child has."""
    tree = _parse(answer) if above else None
    if tree is None:
        return []
    wanted, kept = _reads(tree), set[int]()
    while True:
        more = {
            place for place, one in enumerate(above) if place not in kept and ("*" in one.binds or one.binds & wanted)
        }
        if not more:
            return [above[place].text() for place in sorted(kept)]
        kept |= more
        wanted = wanted.union(*(above[place].reads() for place in more))


def _definitions(cell: str) -> list[_Definition]:
    """Return the imports, functions and classes of a cell, without running anything; a cell that does not parse gives none."""
    tree = _parse(cell)
    if tree is None:
        return []
    wanted = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)
    kept = [node for node in tree.body if isinstance(node, wanted) and not _is_ours(node)]
    return [_Definition(_binds(node), node, tree.body, cell) for node in kept]


def _parse(cell: str) -> ast.Module | None:
    try:
        return ast.parse(cell)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _binds(node: ast.stmt) -> frozenset[str]:
    if isinstance(node, ast.Import | ast.ImportFrom):
        return frozenset((alias.asname or alias.name).partition(".")[0] for alias in node.names)
    return frozenset([node.name]) if isinstance(node, ast.FunctionDef | ast.ClassDef) else frozenset()


def _reads(tree: ast.AST) -> frozenset[str]:
    """All names in a tree. `ast.walk` would say the same; it takes three times as long, a third of the time of taking in."""
    names, waiting = set[str](), [tree]
    while waiting:
        node = waiting.pop()
        if type(node) is ast.Name:
            names.add(node.id)
            continue
        for value in vars(node).values():
            if isinstance(value, ast.AST):
                waiting.append(value)
            elif type(value) is list:
                waiting += [one for one in value if isinstance(one, ast.AST)]
    return frozenset(names)


def _shares_a_line(node: ast.stmt, body: list[ast.stmt]) -> bool:
    return any(
        one is not node and one.lineno <= (node.end_lineno or 0) and (one.end_lineno or 0) >= _first(node)
        for one in body
    )


def _lines(cell: str, node: ast.stmt) -> str:
    return "\n".join(re.split("\r\n|[\n\r]", cell)[_first(node) - 1 : node.end_lineno])


def _first(node: ast.stmt) -> int:
    """The line a statement begins in, its decorators included."""
    return min([node.lineno, *(mark.lineno for mark in getattr(node, "decorator_list", ()))])


def _is_ours(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "glideslope"


def _without_checks(cell: str) -> str:
    """Blank the lines that import or call `check`: the answer stays on its own lines."""
    kept = [
        "" if ("glideslope" in line and _IMPORT.match(line)) or ("check" in line and _CHECK.search(line)) else line
        for line in cell.split("\n")
    ]
    return "\n".join(kept)
