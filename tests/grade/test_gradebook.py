"""The gradebook, in SQLite and in PostgreSQL: nothing twice, nothing lost, nothing overwritten."""

import contextlib
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event
from tests.grade.postgresql import Server, server

from glideslope.errors import DataError, GlideslopeError
from glideslope.grade import gradebook as gradebook_module
from glideslope.grade.database import BUSY_SECONDS
from glideslope.grade.gradebook import Gradebook, Item
from glideslope.grade.late import LatePolicy
from glideslope.grade.roster import Enrolled
from glideslope.grade.tables import metadata


@pytest.fixture(scope="module")
def postgresql() -> Iterator[Server]:
    with server() as started:
        yield started


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A new gradebook's address in either database."""
    monkeypatch.chdir(tmp_path)  # beside a database with a server, blobs are kept where one works
    if request.param == "sqlite":
        return str(tmp_path / "grades.db")
    return str(request.getfixturevalue("postgresql").new_database())


@pytest.fixture
def book(where: str) -> Iterator[Gradebook]:
    opened = Gradebook(where)
    yield opened
    opened.close()


in_sqlite = pytest.mark.parametrize("where", ["sqlite"], indirect=True)


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
    assert [len(rows) for rows in book.export_learner("ada").values()] == [2, 2, 2, 0, 0, 0]
    assert book.erase_learner("ada") == 2
    assert not any(book.export_learner("ada").values())
    assert [grade.learner for grade in book.grades("a")] == ["bo"]
    with pytest.raises(DataError, match="is gone"):
        book.content(digests[0])
    assert book.content(digests[1]) == b"shared"


def test_a_damaged_blob_is_noticed(book: Gradebook) -> None:
    hand_in(book, "ada", b"x")
    (path,) = [path for path in book.blobs.folder.rglob("*") if path.is_file()]
    path.write_bytes(b"z")
    with pytest.raises(DataError, match=r"is damaged; hand the submission in again to restore it\."):
        book.content(path.name)


def test_a_gradebook_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"cannot be opened: .*; check the path, its rights and the free space\."):
        Gradebook(tmp_path / "nowhere" / "grades.db")


def test_a_database_that_does_not_answer_is_named_without_its_password() -> None:
    with pytest.raises(
        DataError, match=r"postgresql\+psycopg://ada:\*\*\*@.* cannot be opened: .* check that the server runs"
    ):
        Gradebook("postgresql://ada:secret@/grades?host=/nowhere")


@pytest.mark.parametrize("url", ["mysql://ada:secret@here/grades", "postgresql://here", "://"])
def test_another_address_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(DataError, match=r"a gradebook is a path or postgresql://USER@HOST/DATABASE") as refused:
        Gradebook(url)
    assert "secret" not in str(refused.value)


def test_texts_that_a_database_refuses_are_stored_readably(book: Gradebook) -> None:
    """PostgreSQL knows no NUL, and half a surrogate pair has no UTF-8: a learner's answer may hold both."""
    hand_in(book, "ada", b"x")
    run = book.open_run("a", "hash")
    odd = Item("a/b", 0, 0.0, 2.0, "wrong", "Title", "题目", "expected 'a', got 'a\0\ud800'", "不是 'a\0'")
    book.finish(run, "warm", [(pending, [odd]) for pending in book.claim(run, "w")])
    ((_, kept),) = book.items(run)
    assert (kept.message_en, kept.message_zh) == ("expected 'a', got 'a␀?'", "不是 'a␀'")


@pytest.mark.slow
def test_workers_that_claim_at_once_never_share(where: str) -> None:
    """The lease decides, not the look before it: two may see the same submission free."""
    books = [Gradebook(where) for _ in range(6)]
    for number in range(60):
        hand_in(books[0], f"{number}", f"{number}".encode())
    run = books[0].open_run("a", "hash")
    ready = threading.Barrier(6, timeout=30)

    def claimed_by(book: Gradebook) -> list[int]:
        ready.wait()
        mine: list[int] = []
        while batch := book.claim(run, str(id(book)), 3):
            mine.extend(pending.id for pending in batch)
        book.close()
        return mine

    with ThreadPoolExecutor(6) as pool:
        shares = list(pool.map(claimed_by, books))
    assert sorted(number for share in shares for number in share) == list(range(1, 61))


@in_sqlite
def test_a_new_file_that_another_is_writing_is_waited_for(where: str) -> None:
    """SQLite refuses the write-ahead log at once, whatever the timeout, while another holds the file."""
    with contextlib.closing(sqlite3.connect(where, isolation_level=None, check_same_thread=False)) as other:
        other.execute("CREATE TABLE begun (x)")
        other.execute("BEGIN IMMEDIATE")
        done = threading.Timer(0.1, other.execute, ["ROLLBACK"])
        done.start()
        Gradebook(where).close()
        done.join()


@pytest.mark.slow
def test_a_gradebook_opened_by_several_for_the_first_time_is_made_once(where: str) -> None:
    program = f"from glideslope.grade.gradebook import Gradebook; Gradebook({where!r}).close()"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    judges = [
        subprocess.Popen([sys.executable, "-c", program], env=environment, stderr=subprocess.PIPE) for _ in range(4)
    ]
    assert [(judge.communicate()[1].decode()[-500:], judge.returncode) for judge in judges] == [("", 0)] * 4


DAY = 86_400.0
LATE = LatePolicy(due_s=100.0, grace_s=10.0, percent_a_day=25.0, cap_percent=50.0)


def graded_at(book: Gradebook, when: float, earned: float) -> None:
    hand_in(book, "ada", f"{when}".encode(), when)
    grade_all(book, book.open_run("a", "hash"), earned)


def test_a_late_submission_pays_for_each_day_begun(book: Gradebook) -> None:
    graded_at(book, 100 + 1.5 * DAY, 2.0)
    book.set_policy("a", LATE)
    (grade,) = book.grades("a")
    assert (grade.earned, grade.judged, grade.late_days) == (1.0, 2.0, 2)


def test_within_the_grace_nothing_is_lost(book: Gradebook) -> None:
    graded_at(book, 110.0, 2.0)
    book.set_policy("a", LATE)
    assert [grade.earned for grade in book.grades("a")] == [2.0]


def test_a_late_submission_never_lowers_a_grade(book: Gradebook) -> None:
    book.set_policy("a", LATE)
    graded_at(book, 50.0, 1.6)
    graded_at(book, 200.0, 2.0)  # worth 1.5 after its deduction
    assert [(grade.earned, grade.late_days) for grade in book.grades("a")] == [(1.6, 0)]


def test_a_late_submission_counts_when_it_is_worth_more(book: Gradebook) -> None:
    book.set_policy("a", LATE)
    graded_at(book, 40.0, 2.0)
    graded_at(book, 50.0, 1.0)  # on time, the newest counts, also when it is worse
    graded_at(book, 200.0, 2.0)
    graded_at(book, 300.0, 0.0)
    assert [(grade.earned, grade.late_days) for grade in book.grades("a")] == [(1.5, 1)]


def test_an_extension_is_for_one_learner_and_the_newest_deadline_counts(book: Gradebook) -> None:
    graded_at(book, 200.0, 2.0)
    book.set_policy("a", LATE)
    book.set_policy("a", LatePolicy(due_s=250.0), "ada")
    assert [grade.earned for grade in book.grades("a")] == [2.0]
    book.set_policy("a", LATE, "ada")
    assert [grade.earned for grade in book.grades("a")] == [1.5]
    assert book.policy("a", "bo") == LATE


def test_an_override_is_final(book: Gradebook) -> None:
    graded_at(book, 200.0, 2.0)
    book.set_policy("a", LATE)
    book.override("a", "ada", 2.0, "Dr. Lift", "the server was down")
    assert [grade.earned for grade in book.grades("a")] == [2.0]


def test_the_roster_is_corrected_not_doubled(book: Gradebook) -> None:
    assert book.enrol([Enrolled("ada", "Ada"), Enrolled("bo")]) == (2, 0)
    assert book.enrol([Enrolled("ada", "Ada Okafor"), Enrolled("bo"), Enrolled("cy")]) == (1, 1)
    assert [one.name for one in book.enrolled()] == ["Ada Okafor", "", ""]


@in_sqlite
def test_what_is_erased_is_in_no_file(book: Gradebook, tmp_path: Path) -> None:
    name = "Ada Lovelace-Okafor"
    for learner in (name, "bo"):
        hand_in(book, learner, f"of {learner}".encode())
    grade_all(book, book.open_run("a", "hash"), 2.0)
    book.enrol([Enrolled(name, name), Enrolled("bo")])
    book.set_policy("a", LATE, name)
    book.override("a", name, 1.0, "Dr. Lift", "because")

    def found() -> list[str]:
        return [path.name for path in tmp_path.rglob("*") if path.is_file() and name.encode() in path.read_bytes()]

    assert found()
    book.erase_learner(name)
    assert found() == []
    assert [grade.learner for grade in book.grades("a")] == ["bo"]


def test_the_export_holds_what_was_handed_in(book: Gradebook) -> None:
    hand_in(book, "ada", "那一行".encode())
    assert book.export_learner("ada")["submission"][0]["content"] == "那一行"


def test_a_submission_erased_while_it_is_graded_is_passed_over(book: Gradebook) -> None:
    for learner in ("ada", "bo"):
        hand_in(book, learner, learner.encode())
    run = book.open_run("a", "hash")
    claimed = book.claim(run, "w")
    book.erase_learner("ada")
    book.finish(run, "warm", [(pending, items(2.0)) for pending in claimed])
    assert [(grade.learner, grade.earned) for grade in book.grades("a")] == [("bo", 2.0)]
    assert book.progress(run) == (1, 1)


def test_a_clock_that_jumps_ahead_grades_twice_and_keeps_one(book: Gradebook, monkeypatch: pytest.MonkeyPatch) -> None:
    hand_in(book, "ada", b"x")
    run, now = book.open_run("a", "hash"), gradebook_module.time.time()
    first = book.claim(run, "one")
    monkeypatch.setattr(gradebook_module.time, "time", lambda: now + 1e6)
    second = book.claim(run, "two")
    assert first == second
    for claimed in (first, second):
        book.finish(run, "warm", [(pending, items(2.0)) for pending in claimed])
    assert len(book.items(run)) == 1
    assert book.workers(run) == []


def test_a_clock_that_is_set_back_holds_nothing_up(book: Gradebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lease made by a clock that was hours ahead would otherwise wait for those hours."""
    hand_in(book, "ada", b"x")
    run, now = book.open_run("a", "hash"), gradebook_module.time.time()
    monkeypatch.setattr(gradebook_module.time, "time", lambda: now + 1e6)
    book.claim(run, "elsewhere")
    monkeypatch.setattr(gradebook_module.time, "time", lambda: now)
    assert len(book.claim(run, "here")) == 1


def test_claims_go_on_behind_the_last_one_and_come_back(book: Gradebook) -> None:
    for learner in "abcd":
        hand_in(book, learner, learner.encode())
    run = book.open_run("a", "hash")
    first = book.claim(run, "w", 2)
    rest = book.claim(run, "w", 2, after=first[-1].id)
    assert [p.learner for p in (*first, *rest)] == list("abcd")
    book.release(run, ["w"])
    assert [p.learner for p in book.claim(run, "w", 4, after=rest[-1].id)] == list("abcd")


@in_sqlite
def test_a_locked_gradebook_says_who_to_close(book: Gradebook) -> None:
    hand_in(book, "ada", b"x")
    with contextlib.closing(sqlite3.connect(str(book.url.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        event.listen(
            book.engine, "checkout", lambda raw, *_: raw.execute("PRAGMA busy_timeout=20")
        )  # the test does not wait
        message = (
            rf"has been in use by another program for {BUSY_SECONDS} s; close that one and run again, nothing is lost\."
        )
        with pytest.raises(DataError, match=message):
            book.open_run("a", "hash")
        other.execute("ROLLBACK")
    assert book.open_run("a", "hash") == 1


@in_sqlite
def test_a_full_disk_says_so_and_keeps_what_was_graded(book: Gradebook) -> None:
    """SQLite's own limit on pages stands in for the disk: it fails in the same way, with the same words."""
    for number in range(40):
        hand_in(book, f"learner {number}", f"{number}".encode())
    run = book.open_run("a", "hash")
    first = book.claim(run, "w", 2)
    book.finish(run, "warm", [(pending, items(2.0)) for pending in first])
    rest = book.claim(run, "w", 100)

    def full(raw: sqlite3.Connection, *_: object) -> None:
        raw.execute(f"PRAGMA max_page_count={raw.execute('PRAGMA page_count').fetchone()[0]}")

    event.listen(book.engine, "checkout", full)
    long = [Item("a/b", n, 1.0, 1.0, "ok", "x" * 2000, "x", "x", "x") for n in range(20)]
    with pytest.raises(
        DataError, match=r"could not be written \(database or disk is full\); free some space and run again"
    ):
        book.finish(run, "warm", [(pending, long) for pending in rest])
    event.remove(book.engine, "checkout", full)
    event.listen(book.engine, "checkout", lambda raw, *_: raw.execute("PRAGMA max_page_count=1000000"))
    assert book.progress(run) == (2, 40)
    book.finish(run, "warm", [(pending, long) for pending in rest])
    assert book.progress(run) == (40, 40)


@pytest.mark.slow
def test_a_blob_that_does_not_fit_leaves_nothing_half_written(tmp_path: Path) -> None:
    """The kernel refuses the file's growth, as a full disk would: in a process of its own, because the limit is for good."""
    program = f"""
import resource, signal, sys
from pathlib import Path
from glideslope.errors import DataError
from glideslope.grade.blobs import Blobs
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    Blobs(Path({str(tmp_path / "blobs")!r})).add([b"small", b"x" * 5000])
except DataError as error:
    print(error)
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True)
    assert done.stdout.endswith("(File too large); free some space and run again.\n"), done.stderr
    assert [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()] == []
