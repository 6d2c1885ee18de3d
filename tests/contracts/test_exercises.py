"""Every exercise of the course: complete in both languages, and its check proven able to fail."""

import ast
import re

import pytest

from glideslope.exercise import Exercise, list_exercises, list_lessons
from glideslope.grade.prove import prove

EXERCISES = [exercise for lesson in list_lessons() for exercise in list_exercises(lesson)]
CODE = [exercise for exercise in EXERCISES if exercise.kind == "code"]


def by_name(exercise: Exercise) -> str:
    return exercise.name


def test_there_are_exercises() -> None:
    assert len(EXERCISES) >= 6
    assert {exercise.kind for exercise in EXERCISES} == {"code", "derivation", "broken-line"}


@pytest.mark.slow
@pytest.mark.parametrize("exercise", EXERCISES, ids=by_name)
def test_the_check_is_proven_able_to_fail(exercise: Exercise) -> None:
    """Solutions pass, the starter fails politely, each mistake gets exactly its message, no mutant passes."""
    proof = prove(exercise)
    assert [f"{trial.kind} {trial.name}: {trial.detail}" for trial in proof.trials if not trial.right] == []
    assert proof.count("wrong") > 0


@pytest.mark.parametrize("exercise", EXERCISES, ids=by_name)
def test_both_languages_use_the_same_formulas_and_names(exercise: Exercise) -> None:
    for text in (exercise.prompt, *exercise.hints, exercise.after):
        for pattern in (r"\$[^$]+\$", r"`[^`]+`"):
            in_english, in_chinese = re.findall(pattern, text.en), re.findall(pattern, text.zh)
            latin = [code for code in in_chinese if code.isascii()]
            assert set(latin) <= set(in_english), text
            if pattern.startswith(r"\$"):
                assert sorted(in_english) == sorted(in_chinese), text


@pytest.mark.parametrize("exercise", EXERCISES, ids=by_name)
def test_chinese_is_chinese_and_plain_words_are_plain(exercise: Exercise) -> None:
    for text in (exercise.title, exercise.prompt, *exercise.hints, exercise.after):
        assert re.search(r"[\u4e00-\u9fff]", text.zh), text
        assert not re.search(r"[\u4e00-\u9fff]", text.en), text
        assert not re.search(r"\b(simply|obviously|just|note that|easy to see)\b", text.en, re.IGNORECASE), text
        assert not re.search(r"显然|易得|不难看出", text.zh), text


@pytest.mark.parametrize("exercise", CODE, ids=by_name)
def test_the_cell_is_short_and_defines_the_function(exercise: Exercise) -> None:
    assert len(exercise.cell.splitlines()) <= 25
    defined = [node.name for node in ast.parse(exercise.starter).body if isinstance(node, ast.FunctionDef)]
    assert exercise.function in defined


@pytest.mark.parametrize("exercise", CODE, ids=by_name)
def test_starter_and_solution_declare_the_same_function(exercise: Exercise) -> None:
    solution = exercise.solution_path.read_text(encoding="utf-8")
    headers = [
        re.findall(rf"^def {exercise.function}\(.*\):$", source, re.MULTILINE)
        for source in (exercise.starter, solution)
    ]
    assert headers[0] == headers[1] != []
