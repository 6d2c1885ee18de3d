"""Notebooks read well in plain Jupyter: sources by name, equations by number, no role left raw."""

import json
import re
from pathlib import Path

import pytest

from glideslope.book import read_course, read_lesson
from glideslope.book.notebooks import write_notebook

COURSE = read_course()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("slug", [waypoint.slug for waypoint in COURSE.waypoints])
def test_no_role_is_left_raw_and_every_number_has_its_equation(slug: str, language: str, tmp_path: Path) -> None:
    waypoint = next(waypoint for waypoint in COURSE.waypoints if waypoint.slug == slug)
    lesson = read_lesson(waypoint.lesson_file(language))
    cells = json.loads(write_notebook(lesson, {}, tmp_path / "lesson.ipynb").read_text("utf8"))["cells"]
    prose = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    assert re.findall(r"\{(?:eq|cite|ref|numref|doc)[:\w]*\}`", prose) == []
    assert re.findall(r"\$\$\s*\([\w-]+\)|^\([\w-]+\)=", prose, re.M) == []
    numbers = [int(n) for n in re.findall(r"\\tag\{(\d+)\}", prose)]
    assert numbers == list(range(1, len(numbers) + 1))
    labels = [equation.label for equation in lesson.equations if equation.label]
    assert len(numbers) == len(labels)
    if labels and f"{{eq}}`{labels[0]}`" in lesson.text:
        assert "(1)" in prose
    first = re.search(r"\{cite\}`([^`,]+)", lesson.text)
    assert first is not None
    year = re.search(r"\d{4}$", first[1])
    assert year is not None
    assert re.search(rf"[(\[][A-Z][^)\]]* {year[0]}[)\]]", prose)
