"""Reports: what learners wrote is text there, never code."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from glideslope.grade.gradebook import Gradebook, Item
from glideslope.grade.reports import csv_cell, write_reports

EVIL = '=HYPERLINK("x")<script>alert(1)</script>'


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    book = Gradebook(tmp_path / "grades.db")
    for learner in (EVIL, "../../outside", "Ada", "李雷"):
        book.add_submission("a", learner, b"x", "here", 1.0)
    run = book.open_run("a", "hash")
    for pending in book.claim(run, "w"):
        earned = 2.0 if pending.learner == "Ada" else 0.0
        said = "Right." if earned else f"stops with Error: {EVIL}"
        book.finish(run, "warm", [(pending, [Item("a/b", 0, earned, 2.0, "ok", "Rows", "各行", said, said)])])
    yield write_reports(book, "a", tmp_path / "reports")
    book.close()


def test_every_learner_has_a_page_inside_the_folder(folder: Path) -> None:
    pages = sorted(path.name for path in (folder / "learners").iterdir())
    assert len(pages) == 4
    assert {"Ada.html", "李雷.html"} <= set(pages)
    assert all(path.resolve().is_relative_to(folder.resolve()) for path in folder.rglob("*"))


def test_markup_of_a_learner_is_shown_as_text(folder: Path) -> None:
    for path in folder.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert "<script" not in page
        assert "default-src 'none'" in page


def test_formulas_are_neutralised_in_both_tables(folder: Path) -> None:
    for name in ("grades.csv", "questions.csv"):
        with (folder / name).open(encoding="utf-8") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [cell for cell in cells if cell[:1] in "=+@" and cell]


def test_the_class_page_tells_the_middle_and_who_needs_help(folder: Path) -> None:
    page = (folder / "class.html").read_text(encoding="utf-8")
    assert "4 learners, median 0%" in page
    assert "4 人，中位数 0%" in page
    assert "李雷" in page
    assert 'aria-label="0–10 %: 3; 90–100 %: 1"' in page


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "|x", "%x"])
def test_each_way_into_a_formula_is_closed(text: str) -> None:
    assert csv_cell(text) == f"'{text}"
