"""`glideslope grade` with its gradebook on a PostgreSQL server: two judges, the grades that SQLite keeps, nothing twice."""

from pathlib import Path

import pytest
from tests.grade.modes import first_working_mode
from tests.grade.postgresql import server

from glideslope.exercise import read_exercise
from glideslope.grade.gradebook import Grade, Gradebook
from glideslope.grade.grading import main

NAME = "softmax-cross-entropy/stable-softmax"
SECRET = "a secret for tests only"


def graded(where: str, folder: Path, jobs: int) -> list[Grade]:
    secret = folder.with_name("secret")
    secret.write_text(SECRET, encoding="utf-8")
    options = ["--secret", str(secret), "--floor", first_working_mode(), "--jobs", str(jobs)]
    assert main([NAME, str(folder), "--gradebook", where, "--out", f"{folder}.reports", *options]) == 0
    book = Gradebook(where)
    try:
        return book.grades(NAME)
    finally:
        book.close()


@pytest.mark.slow
def test_two_judges_on_postgresql_give_the_grades_of_one_on_sqlite(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    exercise = read_exercise(NAME)
    folder = tmp_path / "class"
    folder.mkdir()
    for path in (exercise.solution_path, *exercise.alternative_paths, *exercise.wrong_paths):
        source = path.read_text(encoding="utf-8") + f'\n\nfrom glideslope import check\ncheck("{NAME}", softmax)\n'
        (folder / f"{path.stem}.py").write_text(source, encoding="utf-8")
    with server() as started:
        where = started.new_database()
        here, there = graded(str(tmp_path / "g.db"), folder, 1), graded(where, folder, 2)
        assert [(g.learner, g.earned) for g in there] == [(g.learner, g.earned) for g in here]
        assert len({g.earned for g in there}) > 1
        assert graded(where, folder, 2) == there
