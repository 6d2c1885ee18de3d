"""Reports: what learners wrote is text there, never code."""

import csv
import os
import subprocess
import sys
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


def test_both_languages_are_inside_and_one_is_shown(folder: Path) -> None:
    page = (folder / "learners" / "Ada.html").read_text(encoding="utf-8")
    assert '<span lang="en">Rows</span><span lang="zh-Hans">各行</span>' in page
    assert 'id="en" checked>' in page
    assert 'id="zh">' in page


def test_learners_who_differ_in_case_only_have_a_page_each(tmp_path: Path) -> None:
    book = Gradebook(tmp_path / "grades.db")
    for learner in ("ada", "Ada", "ADA"):
        book.add_submission("a", learner, learner.encode(), "here", 1.0)
    run = book.open_run("a", "hash")
    book.finish(run, "warm", [(p, [Item("a/b", 0, 1.0, 2.0, "ok", "T", "题", "", "")]) for p in book.claim(run, "w")])
    write_reports(book, "a", tmp_path / "out")
    book.close()
    names = {path.name.lower() for path in (tmp_path / "out" / "learners").iterdir()}
    assert len(names) == 3


@pytest.mark.slow
def test_a_disk_too_full_for_reports_says_that_the_grades_are_safe(tmp_path: Path) -> None:
    """The kernel refuses a file's growth, as a full disk would; in a process of its own, because the limit is for good."""
    book = Gradebook(tmp_path / "grades.db")
    book.add_submission("a", "ada", b"x", "here", 1.0)
    run = book.open_run("a", "hash")
    book.finish(run, "warm", [(p, [Item("a/b", 0, 1.0, 2.0, "ok", "T", "题", "", "")]) for p in book.claim(run, "w")])
    book.close()
    program = f"""
import resource, signal
from pathlib import Path
from glideslope.errors import DataError
from glideslope.grade.gradebook import Gradebook
from glideslope.grade.reports import write_reports
book = Gradebook({str(tmp_path / "grades.db")!r})
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
(Path({str(tmp_path)!r}) / "out" / "learners").mkdir(parents=True)
book.grades("a")
import glideslope.grade.reports as reports
real = reports.learner_page
def page(*given):
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
    return real(*given)
reports.learner_page = page
try:
    write_reports(book, "a", Path({str(tmp_path / "out")!r}))
except DataError as error:
    print(error)
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True)
    assert "(File too large); the grades are safe in the gradebook, free some space" in done.stdout, done.stderr
