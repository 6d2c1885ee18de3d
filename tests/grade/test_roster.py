"""The roster: read from what spreadsheets write, refused with every wrong line named."""

from pathlib import Path

import pytest

from glideslope.errors import DataError, ParseError
from glideslope.grade.roster import Enrolled, read_roster


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "class.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    "content",
    [
        "learner,name,section\nada,Ada Okafor,A\nbo,李雷,\n",
        "\ufefflearner;name;section\r\nada;Ada Okafor;A\r\nbo;李雷;\r\n",
        "Section\tName\tStudent\nA\tAda Okafor\tada\n\n\t李雷\tbo\n",
        "学号,姓名,班级\nada,Ada Okafor,A\nbo,李雷,\n",
    ],
)
def test_each_dialect_gives_the_same_class(tmp_path: Path, content: str) -> None:
    found = read_roster(written(tmp_path, content))
    assert found.learners == (Enrolled("ada", "Ada Okafor", "A"), Enrolled("bo", "李雷", ""))
    assert found.ignored == ()


def test_columns_that_are_not_used_are_named(tmp_path: Path) -> None:
    assert read_roster(written(tmp_path, "learner,e-mail\nada,a@x\n")).ignored == ("e-mail",)


BAD = {
    "": "expected a line with the column names and found an empty file; write learner,name.",
    "name\nAda\n": "expected a column named learner in the first line and got name; name it so.",
    "learner\n": "expected a learner below the column names and found none; nobody was enrolled.",
    "learner,name\nada\n,Bo\nada2,x\nada2,y\n": "line 2: expected 2 cells and got 1; line 3: the learner is empty; "
    "line 5: 'ada2' is there twice. Nobody was enrolled; correct the file.",
    "learner\n"
    + "x" * 201
    + "\n": "line 2: the learner is longer than 200 characters or holds control characters. Nobody was enrolled; correct the file.",
    'learner,name\nada,"Bo\n': "line 2: unexpected end of data; check its quotes.",
    "learner,name,姓名\na,b,c\n": "two columns give the name; keep one of them.",
}


@pytest.mark.parametrize("content", BAD)
def test_each_mistake_is_said_with_its_line(tmp_path: Path, content: str) -> None:
    path = written(tmp_path, content)
    with pytest.raises(ParseError) as caught:
        read_roster(path)
    assert str(caught.value) == f"{path}: {BAD[content]}"


def test_many_mistakes_are_counted(tmp_path: Path) -> None:
    with pytest.raises(ParseError, match=r"; and 10 lines more\. Nobody was enrolled"):
        read_roster(written(tmp_path, "learner,name\n" + "ada\n" * 30))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("learner\nada\n".encode("utf-16"), "it is UTF-16"),
        ("learner,name\nada,Zo\xeb\n".encode("latin-1"), "line 2 is not UTF-8 text"),
        (b"learner\n\0\n", "it holds bytes that are no text"),
        (b"x" * (8 * 2**20 + 1), "a roster of at most 8388608 is read"),
    ],
)
def test_wrong_encodings_are_said(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(ParseError, match=message):
        read_roster(written(tmp_path, content))


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"could not be read \(No such file or directory\); check the path\."):
        read_roster(tmp_path / "gone.csv")
