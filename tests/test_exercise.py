"""Reading an exercise folder: what it gives, what it hides, and how it complains."""

from pathlib import Path

import pytest

from glideslope.errors import DataError, ParseError
from glideslope.exercise import Text, course_dir, list_exercises, list_lessons, read_exercise

GOOD = """
kind = "code"
points = 2
function = "lift"
[title]
en = "Lift"
zh = "升力"
[hints]
en = ["a", "b", "c"]
zh = ["甲", "乙", "丙"]
[after]
en = "Done."
zh = "完成。"
[limits]
seconds = 1
"""


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "lessons" / "wings" / "exercises" / "lift"
    folder.mkdir(parents=True)
    (folder / "exercise.toml").write_text(GOOD, encoding="utf-8")
    (folder / "prompt.en.md").write_text("Write it.\n", encoding="utf-8")
    (folder / "prompt.zh.md").write_text("写出来。\n", encoding="utf-8")
    (folder / "starter.py").write_text("def lift(v):\n    raise NotImplementedError\n", encoding="utf-8")
    monkeypatch.setenv("GLIDESLOPE_COURSE_DIR", str(tmp_path))
    return folder


def change(folder: Path, old: str, new: str) -> Path:
    path = folder / "exercise.toml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    return path


def test_a_folder_becomes_an_exercise(course: Path) -> None:
    exercise = read_exercise("wings/lift")
    assert (exercise.name, exercise.kind, exercise.points, exercise.function) == ("wings/lift", "code", 2, "lift")
    assert exercise.title == Text("Lift", "升力")
    assert exercise.prompt == Text("Write it.", "写出来。")
    assert exercise.hints[2] == Text("c", "丙")
    assert exercise.limits.seconds == 1


def test_the_cell_is_the_starter_and_its_check(course: Path) -> None:
    wanted = 'def lift(v):\n    raise NotImplementedError\n\nfrom glideslope import check\ncheck("wings/lift", lift)'
    assert read_exercise("wings/lift").cell == wanted


def test_a_changed_file_is_read_again(course: Path) -> None:
    assert read_exercise("wings/lift").points == 2
    change(course, "points = 2", "points = 30")
    assert read_exercise("wings/lift").points == 30


def test_exercises_and_lessons_are_found_by_their_folders(course: Path) -> None:
    assert list_lessons() == ["wings"]
    assert [exercise.slug for exercise in list_exercises("wings")] == ["lift"]
    assert list_exercises("nowhere") == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('kind = "code"', 'kind = "essay"', "expected kind to be one of code, derivation, broken-line and got 'essay'; correct the field."),
        ("points = 2", "points = 0", "expected points to be a whole number above 0 and got 0; correct the field."),
        ("points = 2", "points = true", "expected points to be a whole number above 0 and got True; correct the field."),
        ('zh = "升力"', "", "expected title.zh to be a text that is not empty and got nothing; correct the field."),
        ('en = ["a", "b", "c"]', 'en = ["a"]', "expected hints.en to be a list of 3 texts and got ['a']; correct the field."),
        ('function = "lift"', 'function = "2lift"', "expected function to be the name of the function the learner writes and got '2lift'; correct the field."),
        ("seconds = 1", "seconds = -1", "expected limits.seconds to be a number above 0 and got -1; correct the field."),
        ("seconds = 1", "hours = 1", "the field limits.hours is not known; known are memory_mb, output_kb, seconds."),
        ("[after]\n", "[behind]\n", "the field behind is not known; known are after, function, hints, kind, limits, points, title."),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named_with_its_file(course: Path, old: str, new: str, message: str) -> None:
    path = change(course, old, new)
    with pytest.raises(ParseError) as caught:
        read_exercise("wings/lift")
    assert str(caught.value) == f"{path}: {message}"


def test_broken_toml_names_the_line(course: Path) -> None:
    path = change(course, "points = 2", "points =")
    with pytest.raises(ParseError) as caught:
        read_exercise("wings/lift")
    assert str(caught.value).startswith(f"{path} is not valid TOML:")
    assert "line 3" in str(caught.value)


def test_an_unknown_name_lists_what_there_is(course: Path) -> None:
    root = course_dir()
    with pytest.raises(DataError) as caught:
        read_exercise("wings/drag")
    assert str(caught.value) == f'found no exercise "wings/drag" in {root}; wings has lift.'


@pytest.mark.parametrize("name", ["wings", "../lift", "wings/../lift", "wings/lift/x", "Wings/lift", ""])
def test_a_name_cannot_leave_the_course(course: Path, name: str) -> None:
    with pytest.raises(DataError, match='expected an exercise named "lesson/slug" and got '):
        read_exercise(name)


def test_a_missing_prompt_is_named(course: Path) -> None:
    (course / "prompt.zh.md").unlink()
    with pytest.raises(DataError) as caught:
        read_exercise("wings/lift")
    assert (
        str(caught.value)
        == f"expected the file {course / 'prompt.zh.md'} and found none; every exercise of this kind needs it."
    )


def test_a_missing_course_says_how_to_name_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GLIDESLOPE_COURSE_DIR", str(tmp_path / "gone"))
    with pytest.raises(DataError, match=r"set GLIDESLOPE_COURSE_DIR to the folder that holds toc\.toml"):
        course_dir()


def test_the_box_of_a_derivation_holds_no_solution() -> None:
    exercise = read_exercise("softmax-cross-entropy/derive-a-minus-y")
    assert exercise.derivation is not None
    assert set(exercise.box) == {"start", "goal", "given"}
    assert not set(exercise.derivation.solution) & set(map(str, exercise.box.values()))


def test_the_box_of_a_broken_line_names_neither_the_row_nor_the_repair() -> None:
    exercise = read_exercise("softmax-cross-entropy/find-the-broken-line")
    assert [set(chain) for chain in exercise.box["chains"]] == [{"id", "rows"}] * 4
    shown = {row for chain in exercise.box["chains"] for row in chain["rows"]}
    assert not shown & {chain.repair for chain in exercise.chains}
