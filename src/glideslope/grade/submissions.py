"""Read what a class hands in: `.py`, `.ipynb`, the page's export, folders and zips of them; refuse the rest with a sentence.

A submission becomes one canonical text: for each exercise the source of its cell with what it needs from cells above.
Nothing is executed here, and nothing outside the given paths is read or written.
"""

import ast
import json
import re
import stat
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

__all__ = ["HandedIn", "Refused", "pack", "read_submissions", "unpack"]

MAX_FILE_BYTES = 2 * 2**20
MAX_CELLS = 2000
MAX_ZIP_FILES = 20_000
MAX_ZIP_BYTES = 512 * 2**20
MAX_RATIO = 200
SUFFIXES = (".py", ".ipynb", ".json")
_CHECK = re.compile(r"""\bcheck\(\s*["']([a-z0-9-]+/[a-z0-9-]+)["']""")
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


def read_submissions(paths: Iterable[Path], assignment: str) -> Iterator[HandedIn | Refused]:
    """Yield the submissions found at the paths, one a learner and file.

    The learner is the folder below the given one, else the file's name; the page's export names its learner itself.
    """
    for path in paths:
        if path.is_dir():
            for file in sorted(found for found in path.rglob("*") if found.suffix in SUFFIXES and found.is_file()):
                yield _from_file(file, _learner(file.relative_to(path)), assignment, root=path)
        elif path.suffix == ".zip":
            yield from _from_zip(path, assignment)
        elif path.is_file():
            yield _from_file(path, path.stem, assignment, root=path.parent)
        else:
            yield Refused(str(path), "expected a folder, a zip, a notebook or a .py file, and found none there.")


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


def _from_file(path: Path, learner: str, assignment: str, root: Path) -> HandedIn | Refused:
    try:
        if not path.resolve().is_relative_to(root.resolve()):
            return Refused(str(path), "it is a link to a place outside the folder of submissions.")
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            return Refused(str(path), f"it has {size} bytes; at most {MAX_FILE_BYTES} are read.")
        return _from_bytes(path.read_bytes(), path.suffix, str(path), learner, assignment, path.stat().st_mtime)
    except OSError as error:
        return Refused(str(path), f"it could not be read ({error.strerror}).")


def _from_zip(path: Path, assignment: str) -> Iterator[HandedIn | Refused]:
    try:
        with zipfile.ZipFile(path) as archive:
            refused = _zip_fault(archive.infolist())
            if refused:
                yield Refused(str(path), refused)
                return
            for info in archive.infolist():
                yield from _from_zip_member(archive, info, path, assignment)
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


def _from_zip_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path, assignment: str
) -> Iterator[HandedIn | Refused]:
    place = PurePosixPath(info.filename.replace("\\", "/"))
    if info.is_dir() or place.suffix not in SUFFIXES:
        return
    origin = f"{path}:{info.filename}"
    if info.file_size > MAX_FILE_BYTES:
        yield Refused(origin, f"it has {info.file_size} bytes; at most {MAX_FILE_BYTES} are read.")
        return
    with archive.open(info) as file:
        content = file.read(MAX_FILE_BYTES + 1)
    yield _from_bytes(content[:MAX_FILE_BYTES], place.suffix, origin, _learner(place), assignment, path.stat().st_mtime)


def _from_bytes(
    content: bytes, suffix: str, origin: str, learner: str, assignment: str, when: float
) -> HandedIn | Refused:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Refused(origin, f"it is not UTF-8 text (byte {error.start}); save it again with that encoding.")
    if suffix == ".py":
        return HandedIn(learner, origin, when, _sources([text], assignment))
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as error:
        return Refused(origin, f"it is no valid JSON ({str(error)[:100]}).")
    if not isinstance(read, dict):
        return Refused(origin, "expected a notebook or the page's export, and got another kind of JSON.")
    return (
        _from_notebook(read, origin, learner, assignment, when)
        if suffix == ".ipynb"
        else _from_export(read, origin, assignment, when)
    )


def _from_notebook(read: dict[str, Any], origin: str, learner: str, assignment: str, when: float) -> HandedIn | Refused:
    cells = read.get("cells")
    if not isinstance(cells, list):
        return Refused(origin, "expected a notebook of format 4 with a list of cells, and found none.")
    if len(cells) > MAX_CELLS:
        return Refused(origin, f"it has {len(cells)} cells; at most {MAX_CELLS} are read.")
    texts = [_cell_text(cell) for cell in cells if isinstance(cell, dict) and cell.get("cell_type") == "code"]
    return HandedIn(learner, origin, when, _sources(texts, assignment))


def _cell_text(cell: dict[str, Any]) -> str:
    source = cell.get("source", "")
    text = "".join(map(str, source)) if isinstance(source, list) else str(source)
    return _MAGIC.sub("", text)


def _from_export(read: dict[str, Any], origin: str, assignment: str, when: float) -> HandedIn | Refused:
    learner, lesson, cells, answers = (read.get(key) for key in ("learner", "lesson", "cells", "answers"))
    if not (isinstance(learner, str) and learner.strip() and isinstance(lesson, str) and isinstance(cells, dict)):
        return Refused(origin, 'expected the page\'s export with "learner", "lesson" and "cells".')
    sources = _sources([str(text) for text in cells.values()], assignment)
    found = {f"{lesson}/{slug}": answer for slug, answer in answers.items()} if isinstance(answers, dict) else {}
    return HandedIn(
        learner, origin, when, sources, {name: answer for name, answer in found.items() if _belongs(name, assignment)}
    )


def _belongs(name: str, assignment: str) -> bool:
    return name == assignment or name.startswith(f"{assignment}/")


def _sources(cells: list[str], assignment: str) -> dict[str, str]:
    """Return, for each exercise that is checked in some cell, that cell with the definitions above it."""
    sources: dict[str, str] = {}
    above: list[str] = []
    for cell in cells:
        names = [name for name in dict.fromkeys(_CHECK.findall(cell)) if _belongs(name, assignment)]
        for name in names:
            sources[name] = "\n".join([*above, _without_checks(cell)])
        above += _definitions(cell)
    return sources


def _definitions(cell: str) -> list[str]:
    """Return the imports, functions and classes of a cell, without running anything; a cell that does not parse gives none."""
    try:
        tree = ast.parse(cell)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    wanted = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)
    kept = [node for node in tree.body if isinstance(node, wanted) and not _is_ours(node)]
    return [ast.get_source_segment(cell, node) or "" for node in kept]


def _is_ours(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "glideslope"


def _without_checks(cell: str) -> str:
    """Blank the lines that import or call `check`: the answer stays on its own lines."""
    kept = [
        "" if _CHECK.search(line) or re.match(r"\s*from glideslope import\b", line) else line
        for line in cell.split("\n")
    ]
    return "\n".join(kept)
