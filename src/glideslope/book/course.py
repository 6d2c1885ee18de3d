"""The order of everything: `course/toc.toml`, read.

A course is a list of legs, a leg a list of waypoints (lessons or labs) with their prerequisites.
Slugs are permanent; order lives here and nowhere else.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from glideslope.errors import ParseError
from glideslope.exercise import course_dir

__all__ = ["LANGUAGES", "Course", "Leg", "Waypoint", "read_course"]

LANGUAGES = ("en", "zh")


@dataclass(frozen=True)
class Waypoint:
    """One lesson on the map."""

    slug: str
    title: dict[str, str]
    summary: dict[str, str]
    prerequisites: tuple[str, ...]
    minutes: int
    folder: Path

    def lesson_file(self, language: str) -> Path:
        """Path of the lesson's text in one language."""
        return self.folder / f"lesson.{language}.md"


@dataclass(frozen=True)
class Leg:
    """A chapter: neighbouring waypoints under one title."""

    title: dict[str, str]
    waypoints: tuple[Waypoint, ...]


@dataclass(frozen=True)
class Course:
    """The whole route."""

    root: Path
    legs: tuple[Leg, ...]

    @property
    def waypoints(self) -> tuple[Waypoint, ...]:
        """All waypoints in order."""
        return tuple(waypoint for leg in self.legs for waypoint in leg.waypoints)


def read_course(root: Path | None = None) -> Course:
    """Read `toc.toml` under `root` (the shipped course by default)."""
    root = root or course_dir()
    path = root / "toc.toml"
    table = tomllib.loads(path.read_text("utf8"))
    legs = tuple(
        Leg(leg["title"], tuple(_waypoint(entry, root, path) for entry in leg["lessons"])) for leg in table["legs"]
    )
    return Course(root, legs)


def _waypoint(entry: dict, root: Path, path: Path) -> Waypoint:
    missing = {"slug", "title", "summary", "minutes"} - set(entry)
    if missing:
        raise ParseError(f"{path}: the lesson {entry.get('slug', '?')} lacks {', '.join(sorted(missing))}; add it.")
    kind = "lessons" if (root / "lessons" / entry["slug"]).is_dir() else "labs"
    return Waypoint(
        entry["slug"],
        entry["title"],
        entry["summary"],
        tuple(entry.get("prerequisites", ())),
        int(entry["minutes"]),
        root / kind / entry["slug"],
    )
