"""Check an answer in the learner's own kernel: instant, specific, unprotected, worth nothing.

`check("lesson/slug", function)` returns a verdict that shows itself; a learner's mistake never becomes a traceback.
An endless loop is stopped by the exercise's time limit, or by the learner's interrupt.
"""

import inspect
import io
import linecache
import signal
import sys
import threading
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from types import FrameType
from typing import Any

import numpy as np

from glideslope.errors import GlideslopeError
from glideslope.exercise import Exercise, Text, read_exercise
from glideslope.grade.exam import PATIENCE_S, examine
from glideslope.grade.faults import (
    changed_arguments,
    fault_arguments,
    fault_changed,
    fault_error,
    fault_interrupted,
    fault_not_plain,
    fault_timeout,
)
from glideslope.grade.missing import name_missing_functions
from glideslope.grade.plain import NotPlainError, to_plain
from glideslope.grade.question import Question
from glideslope.grade.verdict import Verdict

__all__ = ["check", "self_check"]

MAX_PRINTED = 2000


def check(name: str, answer: Any = None, *, seed: str = "") -> Verdict:
    """Judge the answer to the exercise `lesson/slug` and return a verdict that shows itself.

    Args:
        name: the exercise.
        answer: the function the learner wrote.
        seed: decides the drawn inputs.

    Example:
        >>> check("softmax-cross-entropy/stable-softmax", "softmax").status
        'error'
    """
    try:
        exercise = read_exercise(name)
    except GlideslopeError as error:
        message = str(error)
        return Verdict(str(name), "error", Text(message, f"找不到这道题：{message}"))
    return self_check(exercise, answer, seed=seed)


def self_check(exercise: Exercise, answer: Any, *, seed: str = "", patience_s: float = PATIENCE_S) -> Verdict:
    """Judge the answer to an exercise that has been read."""
    if exercise.kind != "code":
        return Verdict(exercise.name, "error", _NOT_CODE)
    if not callable(answer):
        return Verdict(exercise.name, "error", _not_a_function(exercise, answer))
    printed = io.StringIO()
    with _stop_after(exercise.limits.seconds) as clock:
        call_of = _opener(exercise, answer, clock, printed)
        verdict = examine(exercise, call_of, seed=seed, patience_s=patience_s)
    if printed.tell():
        sys.stdout.write(printed.getvalue()[:MAX_PRINTED].rstrip("\n") + "\n")
    return verdict


_NOT_CODE = Text(
    "This exercise is answered in its box on the page, not with a function.", "这道题在页面的答题框里作答，不需要函数。"
)


def _not_a_function(exercise: Exercise, answer: Any) -> Text:
    name, kind = exercise.function, type(answer).__name__
    return Text(
        f"Expected the function `{name}` and got {'nothing' if answer is None else f'a value of type {kind}'}; "
        f'write `check("{exercise.name}", {name})`, without parentheses after {name}.',
        f"这里需要函数 `{name}`，却得到了{'空值' if answer is None else f' {kind} 类型的值'}；"
        f'请写 `check("{exercise.name}", {name})`，{name} 后面不加括号。',
    )


def _opener(exercise: Exercise, answer: Callable[..., Any], clock: "_Clock", printed: io.StringIO) -> Any:
    @contextmanager
    def opened(question: Question) -> Iterator[_LocalCall]:
        yield _LocalCall(exercise, answer, tuple(question.inputs.kinds), clock, printed)

    return opened


class _LocalCall:
    """The learner's function, called in this process on copies, with a clock and without its output."""

    def __init__(
        self,
        exercise: Exercise,
        answer: Callable[..., Any],
        names: tuple[str, ...],
        clock: "_Clock",
        printed: io.StringIO,
    ) -> None:
        self.function = exercise.function
        self._answer = answer
        self._names = names
        self._clock = clock
        self._printed = printed

    def __call__(self, *arguments: Any) -> Any:
        given = tuple(to_plain(argument) for argument in arguments)
        if not _fits(self._answer, len(given)):
            raise fault_arguments(self.function, len(given))
        value = self._run(given)
        position = changed_arguments(arguments, given)
        if position is not None:
            raise fault_changed(self.function, position, self._names, arguments[position], given[position])
        try:
            return to_plain(value)
        except NotPlainError as error:
            raise fault_not_plain(self.function, error.text) from None

    def _run(self, given: tuple[Any, ...]) -> Any:
        lines = self._printed if self._printed.tell() < MAX_PRINTED else io.StringIO()
        try:
            with warnings.catch_warnings(), np.errstate(all="ignore"), redirect_stdout(lines), self._clock.running():
                warnings.simplefilter("ignore")
                return self._answer(*given)
        except _TimeUpError:
            raise fault_timeout(self.function, self._clock.seconds) from None
        except KeyboardInterrupt:
            raise fault_interrupted(self.function) from None
        except (Exception, SystemExit, GeneratorExit) as error:
            raise fault_error(
                self.function, type(error).__name__, _words(error), *_place(error, self._answer)
            ) from None


def _fits(answer: Callable[..., Any], count: int) -> bool:
    try:
        inspect.signature(answer).bind(*range(count))
    except TypeError:
        return False
    except ValueError:  # a built-in without a signature: let the call itself tell
        return True
    return True


def _words(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # a learner's own exception class may fail to print itself
        return ""


def _place(error: BaseException, answer: Callable[..., Any]) -> tuple[int, str]:
    """Return line and source of the last frame that lies in the file of the learner's function."""
    code = getattr(answer, "__code__", None)
    if code is None:
        return 0, ""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == code.co_filename]
    if not frames or frames[-1].lineno is None:
        return 0, ""
    return frames[-1].lineno, linecache.getline(code.co_filename, frames[-1].lineno).strip().replace("`", "'")


class _TimeUpError(BaseException):
    """Raised by the alarm; a BaseException, so that `except Exception` in the learner's loop does not swallow it."""


class _Clock:
    """A time limit for each call. Where no alarm exists (Windows, other threads) the learner's interrupt remains."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.armed = threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer")

    @contextmanager
    def running(self) -> Iterator[None]:
        if self.armed:  # it repeats, for a loop that catches everything
            signal.setitimer(signal.ITIMER_REAL, self.seconds, 0.2)
        try:
            yield
        finally:
            if self.armed:
                signal.setitimer(signal.ITIMER_REAL, 0)


@contextmanager
def _stop_after(seconds: float) -> Iterator[_Clock]:
    clock = _Clock(seconds)
    if not clock.armed:
        yield clock
        return

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise _TimeUpError

    before = signal.signal(signal.SIGALRM, ring)
    try:
        yield clock
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


name_missing_functions()
