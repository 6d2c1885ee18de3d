"""Self-check: bad answers of every sort become sentences, never tracebacks."""

import contextlib
import signal
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from glideslope.exercise import Text, read_exercise
from glideslope.grade.missing import missing_verdict
from glideslope.grade.selfcheck import check
from glideslope.grade.verdict import MIME, Verdict

NAME = "softmax-cross-entropy/stable-softmax"


def softmax(Z: np.ndarray) -> np.ndarray:
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def test_a_right_answer_passes_and_says_what_was_shown() -> None:
    verdict = check(NAME, softmax)
    assert verdict.passed
    assert verdict.status == "ok"
    assert verdict.json()["after"] == read_exercise(NAME).after.json()


def test_the_smallest_failing_input_is_shown() -> None:
    def naive(Z: np.ndarray) -> np.ndarray:
        return np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)

    verdict = check(NAME, naive)
    assert [question.passed for question in verdict.questions] == [True, True, False]
    shown = verdict.questions[2].counterexample
    assert shown is not None
    assert (shown.call, shown.got) == ("softmax([[710, 0]])", "[[nan, 0]]")
    assert "after" not in verdict.json()


def raises(Z: np.ndarray) -> Any:
    return Z[0, 0, 0]


def stops(Z: np.ndarray) -> Any:
    raise SystemExit(0)


def recurses(Z: np.ndarray) -> Any:
    return recurses(Z)


def of_two(Z: np.ndarray, y: np.ndarray) -> Any:
    return Z


def returns_itself(Z: np.ndarray) -> Any:
    return returns_itself


def changes(Z: np.ndarray) -> Any:
    Z[0, 0] = 7
    return softmax(Z)


def line_of(function: Any) -> int:
    """The line of the body of a one-line function."""
    return function.__code__.co_firstlineno + 1


class UnprintableError(Exception):
    def __str__(self) -> str:
        raise RuntimeError


def raises_unprintable(Z: np.ndarray) -> Any:
    raise UnprintableError


@pytest.mark.parametrize(
    ("answer", "status", "en"),
    [
        (None, "error", f'Expected the function `softmax` and got nothing; write `check("{NAME}", softmax)`, without parentheses after softmax.'),
        (np.eye(2), "error", f'Expected the function `softmax` and got a value of type ndarray; write `check("{NAME}", softmax)`, without parentheses after softmax.'),
        (of_two, "error", "`softmax` is called with 1 argument and its `def` line does not take that many; put the first line back."),
        (raises, "error", f"`softmax` stops with IndexError in line {line_of(raises)} (`return Z[0, 0, 0]`): too many indices for array: array is 2-dimensional, but 3 were indexed."),
        (stops, "error", f"`softmax` stops with SystemExit in line {line_of(stops)} (`raise SystemExit(0)`): 0. Return a value instead of leaving Python."),
        (recurses, "error", f"`softmax` stops with RecursionError in line {line_of(recurses)} (`return recurses(Z)`): maximum recursion depth exceeded. It calls itself without end: which input stops the recursion?"),
        (raises_unprintable, "error", f"`softmax` stops with UnprintableError in line {line_of(raises_unprintable)} (`raise UnprintableError`)."),
        (returns_itself, "wrong", "`softmax` returns the function `returns_itself` itself; return numbers, lists or NumPy arrays."),
        (changes, "wrong", "`softmax` changes its input `Z`: work on a copy, or write `Z = Z - …` instead of `Z -= …`."),
        (lambda Z: Z.sum(), "wrong", "The shape is wrong: shape () instead of (1, 2)."),
        (lambda Z: Z * np.nan, "wrong", "It returns nan where a number exists."),
        (lambda Z: "softmax", "wrong", "It returns a text, but numbers are wanted."),
    ],
    ids=["nothing", "array", "arguments", "raises", "exit", "recursion", "unprintable", "function", "mutation", "shape", "nan", "text"],
)  # fmt: skip
def test_a_mistake_becomes_a_sentence(answer: Any, status: str, en: str) -> None:
    verdict = check(NAME, answer)
    assert (verdict.status, verdict.message.en) == (status, en)
    assert not verdict.passed


def test_an_unknown_exercise_is_said() -> None:
    assert check("softmax-cross-entropy/nothing", softmax).message.en.startswith(
        'found no exercise "softmax-cross-entropy/nothing"'
    )


def test_an_exercise_for_the_box_is_not_answered_with_a_function() -> None:
    assert check("softmax-cross-entropy/derive-a-minus-y", softmax).message.en == (
        "This exercise is answered in its box on the page, not with a function."
    )


@pytest.fixture
def short_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A copy of the exercise that stops a call after 0.1 s."""
    source = read_exercise(NAME).folder
    folder = tmp_path / "lessons" / "softmax-cross-entropy" / "exercises" / "stable-softmax"
    folder.mkdir(parents=True)
    for path in source.glob("*.*"):
        folder.joinpath(path.name).write_text(
            path.read_text(encoding="utf-8").replace("seconds = 2", "seconds = 0.1"), encoding="utf-8"
        )
    monkeypatch.setenv("GLIDESLOPE_COURSE_DIR", str(tmp_path))
    return NAME


@pytest.mark.slow
def test_an_endless_loop_is_stopped_even_when_it_catches_everything(short_limit: str) -> None:
    def loops(Z: np.ndarray) -> Any:
        while True:
            with contextlib.suppress(Exception):
                time.monotonic()

    verdict = check(short_limit, loops)
    assert verdict.status == "timeout"
    assert verdict.message == Text(
        "`softmax` was still running after 0.1 s and was stopped: is there a loop that never ends?",
        "`softmax` 运行了 0.1 秒还没有结束，已被停止：是不是有一个循环永远不会结束？",
    )
    assert len(verdict.questions) == 1


def test_the_alarm_of_others_is_left_as_it_was() -> None:
    before = signal.getsignal(signal.SIGALRM)
    check(NAME, softmax)
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_an_interrupt_is_a_verdict() -> None:
    def interrupted(Z: np.ndarray) -> Any:
        raise KeyboardInterrupt

    verdict = check(NAME, interrupted)
    assert (verdict.status, verdict.message.en) == ("timeout", "You stopped `softmax` while it was running.")


def test_checking_works_outside_the_main_thread() -> None:
    verdicts: list[Verdict] = []
    thread = threading.Thread(target=lambda: verdicts.append(check(NAME, softmax)))
    thread.start()
    thread.join()
    assert verdicts[0].passed


def test_prints_are_shown_but_not_without_end(capsys: pytest.CaptureFixture[str]) -> None:
    def talks(Z: np.ndarray) -> Any:
        print("x" * 300)
        return softmax(Z)

    assert check(NAME, talks).passed
    assert 300 <= len(capsys.readouterr().out) <= 2100


def test_the_check_is_the_same_for_one_seed_and_differs_between_seeds() -> None:
    def seen(seed: str) -> list[Any]:
        inputs: list[Any] = []

        def watch(Z: np.ndarray) -> Any:
            inputs.append(Z.tolist())
            return softmax(Z)

        check(NAME, watch, seed=seed)
        return inputs

    assert seen("a") == seen("a") != seen("b")


def test_a_verdict_shows_itself_in_three_ways() -> None:
    bundle = check(NAME, lambda Z: "<script>")._repr_mimebundle_()
    assert set(bundle) == {MIME, "text/html", "text/plain"}
    assert "It returns a text, but numbers are wanted." in bundle["text/html"]
    assert "&lt;script&gt;" in bundle["text/html"]
    assert "<script>" not in bundle["text/html"]
    assert "它返回了文本" in bundle["text/plain"]


def test_a_deleted_cell_is_answered_by_name() -> None:
    verdict = missing_verdict(f'check("{NAME}", softmax)', "softmax")
    assert verdict is not None
    assert verdict.json() == {
        "exercise": NAME,
        "passed": False,
        "status": "error",
        "message": {
            "en": "There is no `softmax` to check: run the cell that defines it, or press Reset to get its first lines back.",
            "zh": "没有可以检查的 `softmax`：请先运行定义它的单元格，或者按“还原”找回开头几行。",
        },
    }
    assert missing_verdict(f'check("{NAME}", softmax)', "other") is None
    assert missing_verdict("softmax(Z)", "softmax") is None
