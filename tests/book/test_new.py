"""A lesson begun by command passes the contracts before a word of it is written."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from glideslope.book.new import _entry, main, new_lesson
from glideslope.errors import GlideslopeError
from glideslope.exercise import course_dir

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course of its own, whose only lesson is the new one."""
    for name in ("refs.bib", "notation.toml", "index.en.md", "index.zh.md"):
        shutil.copy(course_dir() / name, tmp_path)
    shutil.copytree(course_dir() / "new-lesson", tmp_path / "new-lesson")
    monkeypatch.setenv("GLIDESLOPE_COURSE_DIR", str(tmp_path))
    return tmp_path


@pytest.mark.slow
def test_a_new_lesson_passes_the_contracts_of_every_lesson(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lesson", "level-flight", "--minutes", "45"]) == 0
    assert 'slug = "level-flight"' in capsys.readouterr().out
    (course / "toc.toml").write_text(
        '[[legs]]\ntitle = { en = "Leg", zh = "航段" }\n\n' + _entry("level-flight", 45), "utf8"
    )
    contracts = ["tests/contracts/test_lessons.py", "tests/contracts/test_exercises.py"]
    # What is said of this course alone: it has the flagship, and exercises of every kind.
    others = [
        "--deselect",
        f"{contracts[0]}::test_the_map_lists_at_least_the_flagship",
        "--deselect",
        f"{contracts[1]}::test_there_are_exercises",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *contracts, *others],
        cwd=ROOT,
        env={**os.environ, "GLIDESLOPE_COURSE_DIR": str(course)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    assert " passed" in done.stdout


@pytest.mark.parametrize("slug", ["Level", "level flight", "../up", "", "-a", "高度"])
def test_a_slug_that_cannot_stand_in_an_address_is_refused(course: Path, slug: str) -> None:
    with pytest.raises(GlideslopeError, match="expected a slug of small letters"):
        new_lesson(slug, 60)
    assert not (course / "lessons").exists()


def test_an_existing_folder_is_left_alone(course: Path) -> None:
    (course / "lessons" / "mine").mkdir(parents=True)
    with pytest.raises(GlideslopeError, match="is there already"):
        new_lesson("mine", 60)
    assert list((course / "lessons" / "mine").iterdir()) == []
