"""The gradebook: nothing twice, nothing lost, nothing overwritten."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from glideslope.errors import DataError, GlideslopeError
from glideslope.grade import gradebook as gradebook_module
from glideslope.grade.gradebook import Gradebook, Item
from glideslope.grade.tables import metadata


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Gradebook]:
    opened = Gradebook(tmp_path / "grades.db")
    yield opened
    opened.close()


def items(earned: float, points: float = 2.0) -> list[Item]:
    return [Item("a/b", 0, earned, points, "ok" if earned else "wrong", "Title", "题目", "Right.", "正确。")]


def hand_in(book: Gradebook, learner: str, content: bytes, when: float = 1.0) -> bool:
    return book.add_submission("a", learner, content, "here", when)


def grade_all(book: Gradebook, run: int, earned: float) -> int:
    claimed = book.claim(run, "w")
    book.finish(run, "warm", [(pending, items(earned)) for pending in claimed])
    return len(claimed)


def test_the_migrations_make_exactly_the_declared_tables(book: Gradebook) -> None:
    with book.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_same_bytes_are_taken_once_for_each_learner(book: Gradebook) -> None:
    assert hand_in(book, "ada", b"x")
    assert not hand_in(book, "ada", b"x")
    assert hand_in(book, "bo", b"x")
    assert hand_in(book, "ada", b"y")


def test_grading_again_adds_nothing(book: Gradebook) -> None:
    hand_in(book, "ada", b"x")
    run = book.open_run("a", "hash")
    assert grade_all(book, run, 2.0) == 1
    assert book.open_run("a", "hash") == run
    assert grade_all(book, run, 0.0) == 0
    assert [(grade.learner, grade.earned) for grade in book.grades("a")] == [("ada", 2.0)]


def test_a_result_that_is_there_stays(book: Gradebook) -> None:
    """Two workers graded the same submission after a lease ran out: the first one counts."""
    hand_in(book, "ada", b"x")
    run = book.open_run("a", "hash")
    (pending,) = book.claim(run, "w")
    book.finish(run, "warm", [(pending, items(2.0))])
    book.finish(run, "warm", [(pending, items(0.0))])
    assert [item.earned for _, item in book.items(run)] == [2.0]


def test_claims_do_not_overlap_and_leases_run_out(book: Gradebook, monkeypatch: pytest.MonkeyPatch) -> None:
    for learner in "abcdef":
        hand_in(book, learner, b"x")
    run = book.open_run("a", "hash")
    first, second = book.claim(run, "one", 4), book.claim(run, "two", 4)
    assert [len(first), len(second)] == [4, 2]
    assert not {pending.id for pending in first} & {pending.id for pending in second}
    now = gradebook_module.time.time()
    monkeypatch.setattr(gradebook_module.time, "time", lambda: now + 1000)
    assert len(book.claim(run, "three")) == 6


def test_the_leases_of_the_dead_are_released_at_once(book: Gradebook) -> None:
    hand_in(book, "ada", b"x")
    run = book.open_run("a", "hash")
    book.claim(run, "dead")
    assert book.workers(run) == ["dead"]
    assert book.claim(run, "living") == []
    book.release(run, ["dead"])
    assert len(book.claim(run, "living")) == 1


def test_a_new_grader_makes_a_new_run_and_the_newest_counts(book: Gradebook) -> None:
    hand_in(book, "ada", b"x")
    for grader, earned in (("old", 0.0), ("new", 2.0)):
        grade_all(book, book.open_run("a", grader), earned)
    assert [grade.earned for grade in book.grades("a")] == [2.0]


def test_the_newest_submission_counts(book: Gradebook) -> None:
    run = book.open_run("a", "hash")
    for when, content, earned in ((1.0, b"x", 2.0), (2.0, b"y", 0.0)):
        hand_in(book, "ada", content, when)
        grade_all(book, run, earned)
    assert [grade.earned for grade in book.grades("a")] == [0.0]


def test_an_override_needs_who_and_why_and_is_only_added(book: Gradebook) -> None:
    hand_in(book, "ada", b"x")
    grade_all(book, book.open_run("a", "hash"), 0.0)
    book.override("a", "ada", 1.0, "Dr. Lift", "handed in by mail")
    book.override("a", "ada", 1.5, "Dr. Lift", "a second look")
    (grade,) = book.grades("a")
    assert (grade.earned, grade.overridden) == (1.5, "Dr. Lift: a second look")
    assert len(book.export_learner("ada")["override"]) == 2
    for earned, who, why in ((1.0, "", "x"), (1.0, "x", " "), (3.0, "x", "y"), (-1.0, "x", "y")):
        with pytest.raises(GlideslopeError):
            book.override("a", "ada", earned, who, why)
    with pytest.raises(GlideslopeError, match="of a graded learner of a"):
        book.override("a", "nobody", 1.0, "x", "y")


def test_one_learners_data_is_exported_and_erased(book: Gradebook) -> None:
    hand_in(book, "ada", b"only hers")
    hand_in(book, "ada", b"shared")
    hand_in(book, "bo", b"shared")
    grade_all(book, book.open_run("a", "hash"), 2.0)
    digests = [row["sha256"] for row in book.export_learner("ada")["submission"]]
    assert [len(rows) for rows in book.export_learner("ada").values()] == [2, 2, 2, 0]
    assert book.erase_learner("ada") == 2
    assert not any(book.export_learner("ada").values())
    assert [grade.learner for grade in book.grades("a")] == ["bo"]
    with pytest.raises(DataError, match="is gone"):
        book.content(digests[0])
    assert book.content(digests[1]) == b"shared"


def test_a_damaged_blob_is_noticed(book: Gradebook) -> None:
    hand_in(book, "ada", b"x")
    (path,) = [path for path in book.blobs.rglob("*") if path.is_file()]
    path.write_bytes(b"z")
    with pytest.raises(DataError, match=r"is damaged; hand the submission in again to restore it\."):
        book.content(path.name)


def test_a_gradebook_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"cannot be opened: .*; check the path, its rights and the free space\."):
        Gradebook(tmp_path / "nowhere" / "grades.db")
