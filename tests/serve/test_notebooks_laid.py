"""Notebooks laid out for JupyterLab follow the course until the learner writes in them."""

from pathlib import Path

import pytest

pytest.importorskip("jupyter_server")

from glideslope.serve import app


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    notebooks = tmp_path / "site" / "notebooks"
    notebooks.mkdir(parents=True)
    (notebooks / "a.ipynb").write_text("first edition")
    monkeypatch.setattr(app, "SITE", tmp_path / "site")
    monkeypatch.setenv("GLIDESLOPE_DATA_DIR", str(tmp_path / "data"))
    return notebooks


def test_a_notebook_follows_the_course_until_the_learner_writes_in_it(site: Path) -> None:
    laid = app.work_dir() / "notebooks" / "a.ipynb"
    assert laid.read_text() == "first edition"
    (site / "a.ipynb").write_text("second edition")
    app.work_dir()
    assert laid.read_text() == "second edition"
    laid.write_text("second edition, and my own notes")
    (site / "a.ipynb").write_text("third edition")
    app.work_dir()
    assert laid.read_text() == "second edition, and my own notes"


@pytest.mark.parametrize("damage", ["", "{", "[1]", "\x00"])
def test_a_damaged_record_costs_nobody_a_notebook(site: Path, damage: str) -> None:
    laid = app.work_dir() / "notebooks" / "a.ipynb"
    (laid.parent / ".laid.json").write_text(damage)
    (site / "a.ipynb").write_text("second edition")
    app.work_dir()
    assert laid.read_text() == "first edition"
