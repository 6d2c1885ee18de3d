"""`glideslope new lesson SLUG`: the folder of a lesson that already passes the contracts, to be written over line by line.

What is laid down stands in `course/new-lesson/`: both languages, a checked derivation, a figure, an exercise with its mistakes.
"""

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

from glideslope.book.execute import run_lesson, save_outputs
from glideslope.book.lesson import read_lesson
from glideslope.errors import GlideslopeError
from glideslope.exercise import course_dir

__all__ = ["main", "new_lesson"]

_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def main(arguments: Sequence[str]) -> int:
    """Run `glideslope new`."""
    parser = argparse.ArgumentParser(
        prog="glideslope new", description="Begin a lesson: a folder that passes the contracts from its first minute."
    )
    parser.add_argument("kind", choices=["lesson"], help="what to begin")
    parser.add_argument("slug", help="permanent name in addresses and progress: small letters, digits and hyphens")
    parser.add_argument("--minutes", type=int, default=60, help="time to study (default 60)")
    options = parser.parse_args(arguments)
    folder = new_lesson(options.slug, options.minutes)
    print(
        f"{folder}\n\nA lesson stands on the map once it is finished. Then add to {course_dir() / 'toc.toml'}, in its leg:\n\n{_entry(options.slug, options.minutes)}"
    )
    print(
        f"Check it as you write:  glideslope proof --strict {folder}\n                        glideslope check --prove {options.slug}/mean-square\nHow a lesson is made:   docs/lessons.md"
    )
    return 0


def new_lesson(slug: str, minutes: int) -> Path:
    """Write the folder, run its cells once, return it.

    Raises:
        GlideslopeError: the slug cannot stand in an address, or the folder is there already.
    """
    if not _SLUG.fullmatch(slug):
        raise GlideslopeError(
            f"expected a slug of small letters, digits and hyphens such as 'k-means', got {slug!r}; choose another."
        )
    if not 5 <= minutes <= 240:
        raise GlideslopeError(f"expected between 5 and 240 minutes to study, got {minutes}; split a longer lesson.")
    folder = course_dir() / "lessons" / slug
    if folder.exists():
        raise GlideslopeError(f"the folder {folder} is there already; choose another slug or write on in it.")
    template = course_dir() / "new-lesson"
    for source in sorted(template.rglob("*")):
        if source.is_file() and "__pycache__" not in source.parts:
            target = folder / source.relative_to(template)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(
                source.read_text("utf8").replace("{{slug}}", slug).replace("{{minutes}}", str(minutes)), "utf8"
            )
    lesson = read_lesson(folder / "lesson.en.md")
    save_outputs(lesson, run_lesson(lesson))
    return folder


def _entry(slug: str, minutes: int) -> str:
    return f"""[[legs.lessons]]
slug = "{slug}"
title = {{ en = "…", zh = "…" }}
summary = {{ en = "…", zh = "…" }}
minutes = {minutes}
prerequisites = []
"""
