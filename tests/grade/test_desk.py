"""The teacher's desk: each word of `glideslope gradebook`, from the file to what is printed."""

import csv
import io
import json
from pathlib import Path

import pytest

from glideslope.errors import GlideslopeError
from glideslope.grade.desk import main
from glideslope.grade.gradebook import Gradebook, Item
from glideslope.grade.grading import main as grade_main
from glideslope.grade.reports import write_reports


@pytest.fixture
def where(tmp_path: Path) -> str:
    """A gradebook with two graded learners and a roster that knows one of them."""
    path = tmp_path / "g.db"
    book = Gradebook(path)
    for learner, when in (("ada", 0.0), ("=bo", 90_000.0)):
        book.add_submission("a", learner, learner.encode(), "here", when)
    run = book.open_run("a", "hash")
    said = [
        Item("a/b", n, earned, 2.0, "ok" if earned else "wrong", "Rows", "各行", "No.", "不对。")
        for n, earned in enumerate((2.0, 0.0))
    ]
    book.finish(run, "warm", [(pending, said) for pending in book.claim(run, "w")])
    book.close()
    (tmp_path / "class.csv").write_text(
        "learner,name,section,mail\nada,Ada Okafor,A,x\ncy,李雷,B,y\n", encoding="utf-8"
    )
    return str(path)


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_wide_table_shows_roster_lateness_and_who_is_missing(
    where: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([where, "roster", str(tmp_path / "class.csv")]) == 0
    assert main([where, "due", "a", "1970-01-01T00:00", "--grace", "0", "--percent", "20", "--cap", "30"]) == 0
    said = capsys.readouterr().out
    assert "2 learners read: 2 new, 0 changed\ncolumns not used: mail\n" in said
    assert "a is due 1970-01-01 00:00 UTC; 0 minutes of grace, then 20 % a day begun, at most 30 %" in said
    main([where, "csv", "a"])
    rows = table(capsys.readouterr().out)
    assert [
        (row["learner"], row["name"], row["state"], row["earned"], row["judged"], row["late_days"]) for row in rows
    ] == [
        ("'=bo", "", "judged", "1.4", "2", "2"),
        ("ada", "Ada Okafor", "judged", "2", "2", "0"),
        ("cy", "李雷", "nothing judged", "0", "", ""),
    ]
    assert [row["a/b"] for row in rows] == ["2", "2", ""]


def test_the_long_table_has_a_row_a_question_and_goes_to_a_file(where: str, tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    main([where, "csv", "a", "--long", "--out", str(path)])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = table(path.read_text(encoding="utf-8-sig"))
    assert [(row["learner"], row["question"], row["earned"], row["status"]) for row in rows] == [
        ("'=bo", "1", "2", "ok"), ("'=bo", "2", "0", "wrong"), ("ada", "1", "2", "ok"), ("ada", "2", "0", "wrong"),
    ]  # fmt: skip


def test_an_extension_and_an_override(where: str, capsys: pytest.CaptureFixture[str]) -> None:
    main([where, "due", "a", "1970-01-01"])
    main([where, "due", "a", "1970-02-01", "--learner", "=bo"])
    assert main([where, "override", "a", "ada", "3", "--who", "Dr. Lift", "--why", "a second look"]) == 0
    capsys.readouterr()
    main([where, "csv", "a"])
    rows = {row["learner"]: row for row in table(capsys.readouterr().out)}
    assert rows["'=bo"]["earned"] == "2"
    assert (rows["ada"]["earned"], rows["ada"]["overridden"]) == ("3", "Dr. Lift: a second look")


def test_one_learners_data_goes_out_and_away(where: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = Gradebook(where)
    write_reports(book, "a", tmp_path / "out")
    main([where, "export", "ada", "--out", str(tmp_path / "ada.json")])
    found = json.loads((tmp_path / "ada.json").read_text(encoding="utf-8"))
    assert (found["submission"][0]["content"], len(found["item"])) == ("ada", 2)
    with pytest.raises(GlideslopeError, match=r"erasing cannot be undone; say --confirm ada"):
        main([where, "erase", "ada"])
    assert main([where, "erase", "ada", "--confirm", "ada"]) == 0
    assert "1 submissions of ada erased" in capsys.readouterr().out
    for word in (["export", "ada"], ["erase", "ada", "--confirm", "ada"]):
        with pytest.raises(GlideslopeError, match="nothing is stored about 'ada'"):
            main([where, *word])
    kept = tmp_path / "out" / "learners" / "notes.html"
    kept.write_text("a file of the teacher's", encoding="utf-8")
    write_reports(book, "a", tmp_path / "out")
    book.close()
    assert not (tmp_path / "out" / "learners" / "ada.html").exists()
    assert kept.exists()


def test_an_assignment_for_nbgrader_is_written(where: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([where, "nbgrader", "softmax-cross-entropy", str(tmp_path / "course")])
    assert (tmp_path / "course" / "source" / "softmax-cross-entropy" / "softmax-cross-entropy.ipynb").is_file()
    assert "to be graded by a person there: softmax-cross-entropy/derive-a-minus-y" in capsys.readouterr().out


def test_a_gradebook_that_is_not_there_is_said_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(
        GlideslopeError, match=r"expected a gradebook and found no file .*gone\.db; `glideslope grade` makes one\."
    ):
        main([str(tmp_path / "gone.db"), "csv", "a"])
    assert not (tmp_path / "gone.db").exists()


def test_no_jobs_is_refused() -> None:
    with pytest.raises(GlideslopeError, match=r"expected --jobs to be 1 or more and got 0; leave it out for one\."):
        grade_main(["softmax-cross-entropy", "--jobs", "0"])
