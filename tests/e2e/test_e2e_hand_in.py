"""Handing in: the page's file is what `glideslope grade` reads; the id is asked once; both languages; by keyboard."""

import json
from pathlib import Path

import pytest
from tests.e2e.course import LESSON

from glideslope.exercise import read_exercise

pytest.importorskip("sqlalchemy", reason='install the extra: pip install "glideslope[grade]"')

NAME = f"{LESSON}/stable-softmax"
CELL = "exercise-stable-softmax"
ANSWERS = [
    {"chain": chain.id, "row": chain.broken, "repair": chain.repair}
    for chain in read_exercise(f"{LESSON}/find-the-broken-line").chains
]


def _answer_on_the_page(course) -> None:
    """A right function, and broken lines as the page's own panel posts them."""
    right = read_exercise(NAME).solution_path.read_text(encoding="utf-8")
    course.write(CELL, f'{right}\n\nfrom glideslope import check\ncheck("{NAME}", softmax)')
    body = json.dumps({"answers": ANSWERS})
    status = course.page.evaluate(
        """([path, body]) => fetch(path, {method: "POST", body, headers: {"Content-Type": "application/json",
        "X-XSRFToken": document.cookie.match(/_xsrf=([^;]+)/)?.[1] ?? ""}}).then((answer) => answer.status)""",
        [f"../api/judge/{LESSON}/find-the-broken-line", body],
    )
    assert status == 200


def test_the_file_of_the_page_is_graded_for_real(open_page, tmp_path: Path):
    from glideslope.grade.gradebook import Gradebook
    from glideslope.grade.grading import main

    course = open_page()
    _answer_on_the_page(course)
    page = course.page
    page.locator(".hand-in button.primary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # an empty id is asked for again
    assert "Type your name" in page.locator("dialog [role=alert]").inner_text()
    page.keyboard.insert_text(" ada ")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == f"{LESSON}-ada.json"
    path = tmp_path / "handed-in.json"
    download.value.save_as(path)
    assert set(json.loads(path.read_text(encoding="utf-8"))) == {"learner", "lesson", "cells", "answers"}
    assert main([LESSON, str(path), "--gradebook", str(tmp_path / "g.db"), "--out", str(tmp_path / "reports")]) == 0
    book = Gradebook(tmp_path / "g.db")
    (grade,) = book.grades(LESSON)
    earned: dict[str, float] = {}
    for _, item in book.items(grade.run):
        earned[item.exercise] = earned.get(item.exercise, 0.0) + item.earned
    book.close()
    assert grade.learner == "ada"
    assert earned[NAME] == pytest.approx(read_exercise(NAME).points)  # a sum of thirds
    assert earned[f"{LESSON}/find-the-broken-line"] == 4.0
    assert earned[f"{LESSON}/gradient-a-minus-y"] == 0.0  # left as it was


def test_the_id_is_asked_once_and_kept_and_can_be_changed(open_page):
    course = open_page(f"zh/{LESSON}.html", width=390)
    page = course.page
    button = page.locator(".hand-in button.primary")
    assert button.inner_text() == "导出作业"
    button.click()
    page.locator("dialog input").fill("李雷")
    with page.expect_download():
        page.keyboard.press("Enter")
    assert "李雷" in page.locator(".hand-in [role=status]").inner_text()
    course.reload()
    with page.expect_download() as download:
        button.click()
    assert download.value.suggested_filename == f"{LESSON}-李雷.json"
    page.locator(".hand-in button.quiet").click()
    page.locator("dialog input").fill("韩梅梅")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert json.loads(Path(download.value.path()).read_text(encoding="utf-8"))["learner"] == "韩梅梅"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
