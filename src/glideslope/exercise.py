"""Read an exercise: a folder with a task in two languages, a starter, a solution and a judge.

The folder is the registration: `course/lessons/<lesson>/exercises/<slug>/exercise.toml` is all it takes.
`read_exercise("lesson/slug")` returns a frozen `Exercise`; what the learner may see leaves it through `Exercise.box`
and `Exercise.cell`, never the solution. The fields are written down in docs/exercises.md.
"""

import os
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from glideslope.errors import DataError, ParseError

__all__ = [
    "Chain",
    "Derivation",
    "Exercise",
    "Limits",
    "Text",
    "Waypoint",
    "WrongRows",
    "course_dir",
    "list_exercises",
    "list_lessons",
    "read_exercise",
]

KINDS = ("code", "derivation", "broken-line")
LANGUAGES = ("en", "zh")
LINE_STATUSES = ("error", "ill-formed", "needs-assumption", "jump", "not-understood")


@dataclass(frozen=True)
class Text:
    """A sentence in both languages.

    Example:
        >>> Text("thrust", "推力").json()
        {'en': 'thrust', 'zh': '推力'}
    """

    en: str
    zh: str

    def json(self) -> dict[str, str]:
        """Return the form that pages and verdicts carry."""
        return {"en": self.en, "zh": self.zh}


@dataclass(frozen=True)
class Limits:
    """What one question may cost: seconds of run time, megabytes of memory, kilobytes of printed output."""

    seconds: float = 2.0
    memory_mb: int = 512
    output_kb: int = 64


@dataclass(frozen=True)
class Waypoint:
    """A place every way to the goal must pass: some row holds one of the patterns `any` (index letters are free)."""

    any: tuple[str, ...]
    message: Text


@dataclass(frozen=True)
class WrongRows:
    """An attempt that must be refused: its row number `row` (1-based) must receive `status`."""

    rows: tuple[str, ...]
    row: int
    status: str


@dataclass(frozen=True)
class Derivation:
    """A derivation to write: from `start` to `goal`, using `given`, past every waypoint.

    `context` is a sentence of Markdown with the shapes the checker needs ("Let $z, y \\in \\mathbb{R}^n$.").
    `solution` is one accepted way, row by row; `alternatives` are other ones; `wrong` ones must be refused.
    """

    start: str
    goal: str
    given: tuple[str, ...]
    context: str
    waypoints: tuple[Waypoint, ...]
    solution: tuple[str, ...]
    alternatives: tuple[tuple[str, ...], ...]
    wrong: tuple[WrongRows, ...]


@dataclass(frozen=True)
class Chain:
    """A derivation with one real mistake: `broken` is the 1-based row, `repair` the row as it should read."""

    id: str
    rows: tuple[str, ...]
    broken: int
    repair: str
    reason: Text


@dataclass(frozen=True)
class Exercise:
    """One exercise, as its folder says it.

    Example:
        >>> exercise = read_exercise("softmax-cross-entropy/stable-softmax")
        >>> exercise.kind, exercise.function
        ('code', 'softmax')
    """

    lesson: str
    slug: str
    kind: str
    points: int
    title: Text
    prompt: Text
    hints: tuple[Text, Text, Text]
    after: Text
    limits: Limits
    folder: Path
    function: str = ""
    starter: str = ""
    derivation: Derivation | None = None
    given: tuple[str, ...] = ()
    context: str = ""
    chains: tuple[Chain, ...] = ()

    @property
    def name(self) -> str:
        """`lesson/slug`, the key in addresses, progress and gradebook."""
        return f"{self.lesson}/{self.slug}"

    @property
    def cell(self) -> str:
        """The source of the lesson's cell: the starter, then its check (empty unless the kind is code)."""
        if self.kind != "code":
            return ""
        return f'{self.starter}\n\nfrom glideslope import check\ncheck("{self.name}", {self.function})'

    @property
    def box(self) -> dict[str, Any]:
        """The JSON the page may hold: start, goal and given, or the chains; never a solution."""
        if self.derivation is not None:
            return {"start": self.derivation.start, "goal": self.derivation.goal, "given": list(self.derivation.given)}
        return {"chains": [{"id": chain.id, "rows": list(chain.rows)} for chain in self.chains]} if self.chains else {}

    @property
    def solution_path(self) -> Path:
        """The reference solution of a code exercise."""
        return self.folder / "solution.py"

    @property
    def check_path(self) -> Path:
        """What the judge asks and compares, for a code exercise."""
        return self.folder / "check.py"

    @property
    def wrong_paths(self) -> tuple[Path, ...]:
        """Typical mistakes; the first line of each states the message it must receive."""
        return tuple(sorted(self.folder.glob("wrong/*.py")))

    @property
    def alternative_paths(self) -> tuple[Path, ...]:
        """Right answers that look different from the solution; each must pass."""
        return tuple(sorted(self.folder.glob("alternatives/*.py")))


def course_dir() -> Path:
    """Return the folder of the course: `GLIDESLOPE_COURSE_DIR`, else the installed one, else the repository's.

    Raises:
        DataError: no such folder exists.
    """
    package = Path(__file__).resolve().parent
    chosen = os.environ.get("GLIDESLOPE_COURSE_DIR")
    candidates = [Path(chosen)] if chosen else [package / "_course", package.parents[1] / "course"]
    for folder in candidates:
        if folder.is_dir():
            return folder
    raise DataError(
        f"expected the course in {' or '.join(map(str, candidates))} and found no such folder; "
        f"set GLIDESLOPE_COURSE_DIR to the folder that holds toc.toml, or install glideslope again."
    )


def list_lessons() -> list[str]:
    """Return the slugs of all lessons and labs that have exercises, in alphabetical order."""
    return sorted(path.parent.name for room in ("lessons", "labs") for path in course_dir().glob(f"{room}/*/exercises"))


def list_exercises(lesson: str) -> list[Exercise]:
    """Return all exercises of a lesson or lab, in alphabetical order of their slugs (the lesson orders them)."""
    folders = [folder for room in ("lessons", "labs") for folder in course_dir().glob(f"{room}/{lesson}/exercises/*")]
    return [read_exercise(f"{lesson}/{folder.name}") for folder in sorted(folders) if (folder / _TOML).is_file()]


def read_exercise(name: str) -> Exercise:
    """Read the exercise `lesson/slug`.

    Raises:
        DataError: there is no such exercise, or one of its files is missing.
        ParseError: a field is missing or has the wrong form; the message names the file and the field.
    """
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*", str(name)):
        raise DataError(f'expected an exercise named "lesson/slug" and got {name!r}; copy the name from the lesson.')
    lesson, slug = name.split("/")
    folder = _find(lesson, slug)
    stamps = tuple(sorted((path.name, path.stat().st_mtime_ns) for path in folder.iterdir() if path.is_file()))
    return _read(lesson, slug, folder, stamps)


_TOML = "exercise.toml"


def _find(lesson: str, slug: str) -> Path:
    root = course_dir()
    for room in ("lessons", "labs"):
        folder = root / room / lesson / "exercises" / slug
        if (folder / _TOML).is_file():
            return folder
    known = sorted(path.parent.name for path in root.glob(f"*/{lesson}/exercises/*/{_TOML}"))
    raise DataError(
        f'found no exercise "{lesson}/{slug}" in {root}; '
        + (f"{lesson} has {', '.join(known)}." if known else f'there is no lesson "{lesson}" with exercises.')
    )


@lru_cache(maxsize=256)
def _read(lesson: str, slug: str, folder: Path, _stamps: tuple[tuple[str, int], ...]) -> Exercise:
    path = folder / _TOML
    try:
        table = _Table(tomllib.loads(path.read_text(encoding="utf-8")), path)
    except tomllib.TOMLDecodeError as error:
        raise ParseError(f"{path} is not valid TOML: {error}; correct that line.") from None
    kind = table.string("kind")
    if kind not in KINDS:
        raise table.wrong("kind", f"one of {', '.join(KINDS)}", kind)
    table.refuse_unknown({"kind", "points", "title", "hints", "after", "limits", *_FIELDS[kind]})
    hints = table.child("hints")
    ladders = [hints.strings(language, count=3) for language in LANGUAGES]
    return Exercise(
        lesson=lesson,
        slug=slug,
        kind=kind,
        points=table.count("points"),
        title=table.text("title"),
        prompt=Text(*(_prose(folder / f"prompt.{language}.md") for language in LANGUAGES)),
        hints=tuple(Text(en, zh) for en, zh in zip(*ladders, strict=True)),  # type: ignore[arg-type]
        after=table.text("after"),
        limits=_limits(table),
        folder=folder,
        function=_function(table) if kind == "code" else "",
        starter=_prose(folder / "starter.py") if kind == "code" else "",
        derivation=_derivation(table.child("derivation")) if kind == "derivation" else None,
        given=table.strings("given") if kind == "broken-line" else (),
        context=table.string("context") if kind == "broken-line" else "",
        chains=_chains(table) if kind == "broken-line" else (),
    )


_FIELDS = {"code": {"function"}, "derivation": {"derivation"}, "broken-line": {"given", "context", "chains"}}


def _prose(path: Path) -> str:
    if not path.is_file():
        raise DataError(f"expected the file {path} and found none; every exercise of this kind needs it.")
    content = path.read_text(encoding="utf-8").strip("\n")
    if not content:
        raise DataError(f"expected {path} to hold something and found it empty; write it or delete the exercise.")
    return content


def _function(table: "_Table") -> str:
    name = table.string("function")
    if not name.isidentifier():
        raise table.wrong("function", "the name of the function the learner writes", name)
    return name


def _limits(table: "_Table") -> Limits:
    if "limits" not in table.values:
        return Limits()
    child = table.child("limits")
    child.refuse_unknown({"seconds", "memory_mb", "output_kb"})
    for key, value in child.values.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            raise child.wrong(key, "a number above 0", value)
    return Limits(**child.values)


def _derivation(table: "_Table") -> Derivation:
    table.refuse_unknown({"start", "goal", "given", "context", "waypoints", "solution", "alternatives", "wrong"})
    waypoints = [Waypoint(child.strings("any"), child.text("message")) for child in table.children("waypoints")]
    alternatives = [child.strings("rows") for child in table.children("alternatives")]
    return Derivation(
        start=table.string("start"),
        goal=table.string("goal"),
        given=table.strings("given"),
        context=table.string("context"),
        waypoints=tuple(waypoints),
        solution=table.strings("solution"),
        alternatives=tuple(alternatives),
        wrong=tuple(_wrong_rows(child) for child in table.children("wrong")),
    )


def _wrong_rows(table: "_Table") -> WrongRows:
    rows, row, status = table.strings("rows"), table.count("row"), table.string("status")
    if row > len(rows):
        raise table.wrong("row", f"at most {len(rows)}, the number of rows", row)
    if status not in LINE_STATUSES:
        raise table.wrong("status", f"one of {', '.join(LINE_STATUSES)}", status)
    return WrongRows(rows, row, status)


def _chains(table: "_Table") -> tuple[Chain, ...]:
    children = table.children("chains")
    if not children:
        raise table.wrong("chains", "at least one [[chains]] table", None)
    return tuple(_chain(child) for child in children)


def _chain(table: "_Table") -> Chain:
    table.refuse_unknown({"id", "rows", "broken", "repair", "reason"})
    rows, broken = table.strings("rows"), table.count("broken")
    if not 2 <= broken <= len(rows):
        raise table.wrong(
            "broken", f"a row between 2 and {len(rows)} (the first row is where the chain starts)", broken
        )
    return Chain(table.string("id"), rows, broken, table.string("repair"), table.text("reason"))


@dataclass(frozen=True)
class _Table:
    """A TOML table that knows where it stands, so that each complaint names the file and the field."""

    values: dict[str, Any]
    path: Path
    where: str = ""

    def wrong(self, key: str, expected: str, got: Any) -> ParseError:
        came = "nothing" if got is None else repr(got)
        return ParseError(
            f"{self.path}: expected {self.where}{key} to be {expected} and got {came}; correct the field."
        )

    def refuse_unknown(self, known: set[str]) -> None:
        unknown = sorted(set(self.values) - known)
        if unknown:
            raise ParseError(
                f"{self.path}: the field {self.where}{unknown[0]} is not known; known are {', '.join(sorted(known))}."
            )

    def string(self, key: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, "a text that is not empty", value)
        return value.strip()

    def count(self, key: str) -> int:
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise self.wrong(key, "a whole number above 0", value)
        return value

    def strings(self, key: str, *, count: int | None = None) -> tuple[str, ...]:
        value = self.values.get(key)
        expected = "a list of texts" if count is None else f"a list of {count} texts"
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise self.wrong(key, expected, value)
        if count is not None and len(value) != count:
            raise self.wrong(key, expected, value)
        return tuple(item.strip() for item in value)

    def child(self, key: str) -> "_Table":
        value = self.values.get(key)
        if not isinstance(value, dict):
            raise self.wrong(key, f"a table [{self.where}{key}]", value)
        return _Table(value, self.path, f"{self.where}{key}.")

    def children(self, key: str) -> list["_Table"]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.wrong(key, f"tables [[{self.where}{key}]]", value)
        return [_Table(item, self.path, f"{self.where}{key}[{index}].") for index, item in enumerate(value)]

    def text(self, key: str) -> Text:
        child = self.child(key)
        child.refuse_unknown(set(LANGUAGES))
        return Text(*(child.string(language) for language in LANGUAGES))
