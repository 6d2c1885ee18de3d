"""Put an exercise's questions to a function and make a verdict of the answers.

    check.py  ->  questions  ->  cases from a seed  ->  call  ->  finding  ->  smallest failing case  ->  verdict

`call` is the only thing that differs between the page (the learner's own kernel) and grading (a sandboxed child).
"""

import hashlib
import importlib.util
import itertools
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from functools import lru_cache

import numpy as np

from glideslope.errors import ParseError
from glideslope.exercise import Exercise, Text
from glideslope.grade.finding import Call, FaultError, Finding
from glideslope.grade.hidden import hidden_message
from glideslope.grade.inputs import Case
from glideslope.grade.question import Equal, Question
from glideslope.grade.show import show, show_call, show_pair
from glideslope.grade.verdict import Counterexample, Outcome, Verdict

__all__ = ["Cases", "Opener", "draw_cases", "examine", "load_questions"]

Opener = Callable[[Question], AbstractContextManager[Call]]
"""Opens a call for one question: in the sandbox, one forked child."""
Cases = tuple[tuple[Case, ...], ...]
"""The cases of each question of an exercise."""

MAX_MOVES = 400
PATIENCE_S = 0.07
_STOPPING = {"unwritten", "timeout", "interrupted", "arguments"}
ALL_RIGHT = Text("Right: every question is answered.", "正确：所有问题都答对了。")


def examine(
    exercise: Exercise,
    opened: Opener,
    *,
    seed: str = "",
    hidden: bool = False,
    patience_s: float = PATIENCE_S,
    cases: Cases | None = None,
) -> Verdict:
    """Ask every question of a code exercise.

    Args:
        exercise: of kind code.
        opened: opens the learner's function for one question.
        seed: decides the drawn inputs, together with the exercise and the question.
        hidden: grading: ask all questions even after a timeout, and show no inputs.
        patience_s: CPU time for making counterexamples smaller, all questions together; a tenth of it is left to each.
        cases: what `draw_cases` gave for this seed, when it has been called already.
    """
    outcomes: list[Outcome] = []
    until = time.process_time() + patience_s
    for index, question in enumerate(load_questions(exercise)):
        drawn = _draw(exercise, index, question, seed) if cases is None else cases[index]
        left_s = max(until - time.process_time(), patience_s / 10)
        with opened(question) as call:
            outcomes.append(_ask(question, call, drawn, None if hidden else left_s))
        if outcomes[-1].code in _STOPPING and not hidden:
            break
    return _verdict(exercise, tuple(outcomes))


def draw_cases(exercise: Exercise, seed: str) -> Cases:
    """Return the cases of every question: its examples and what the seed draws."""
    return tuple(
        tuple(_draw(exercise, index, question, seed)) for index, question in enumerate(load_questions(exercise))
    )


def _draw(exercise: Exercise, index: int, question: Question, seed: str) -> Iterator[Case]:
    return question.cases(np.random.default_rng(_entropy(seed, exercise.name, index)))


def load_questions(exercise: Exercise) -> tuple[Question, ...]:
    """Return the questions declared in the exercise's check.py.

    Raises:
        ParseError: check.py declares no `QUESTIONS`.
    """
    path = f"{exercise.folder}/check.py"  # asked for each question of each learner, and a path object is dear
    return _load(path, os.stat(path).st_mtime_ns)


@lru_cache(maxsize=256)
def _load(path: str, _stamp: int) -> tuple[Question, ...]:
    name = f"_glideslope_check_{hashlib.sha256(path.encode()).hexdigest()[:12]}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    questions = getattr(module, "QUESTIONS", None)
    if not isinstance(questions, tuple) or not questions or not all(isinstance(item, Question) for item in questions):
        raise ParseError(
            f"{path}: expected QUESTIONS to be a tuple of question(...) and got {type(questions).__name__}."
        )
    return questions


def _entropy(seed: str, name: str, index: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed}\0{name}\0{index}".encode()).digest()[:16], "big")


def _ask(question: Question, call: Call, cases: Iterable[Case], patience_s: float | None) -> Outcome:
    with np.errstate(all="ignore"):  # infinities and nan are judged, not warned of
        for case in cases:
            fault = _fault(question, call, case)
            if fault is None:
                continue
            if patience_s is not None and fault.code not in _STOPPING:
                case, fault = _smallest(question, call, case, fault, time.process_time() + patience_s)
            return _failed(question, call.function, case, fault, patience_s is None)
    return Outcome(question.title, True, Text("Right.", "正确。"), points=question.points)


Fault = Finding | FaultError


def _fault(question: Question, call: Call, case: Case) -> Fault | None:
    try:
        return question.judge(call, case, question.inputs)
    except FaultError as fault:
        return fault


def _smallest(question: Question, call: Call, case: Case, fault: Fault, until: float) -> tuple[Case, Fault]:
    """Walk to the smallest case that fails in the same way; a move that fails differently is not taken."""
    left = MAX_MOVES
    moved = True
    while moved and left > 0:
        moved = False
        for smaller in _limited(question.inputs.simpler(case), left):
            left = left - 1 if time.process_time() < until else 0
            found = _fault(question, call, smaller)
            if found is not None and found.code in _STOPPING:
                return case, fault
            if found is not None and found.code == fault.code:
                case, fault, moved = smaller, found, True
                break
    return case, fault


def _limited(cases: Iterator[Case], count: int) -> Iterator[Case]:
    return itertools.islice(cases, count)


def _failed(question: Question, function: str, case: Case, fault: Fault, hidden: bool) -> Outcome:
    status = fault.status if isinstance(fault, FaultError) else "wrong"
    example = None if hidden or fault.code in _STOPPING else _counterexample(question, function, case, fault)
    message = hidden_message(fault) if hidden else fault.message
    return Outcome(question.title, False, message, example, status, fault.code)


def _counterexample(question: Question, function: str, case: Case, fault: Fault) -> Counterexample:
    call = show_call(function, case.arguments())
    if isinstance(fault, FaultError):
        wanted = show(question.judge.wanted(case)) if isinstance(question.judge, Equal) else ""
        return Counterexample(call, fault.got, fault.wanted or wanted)
    if fault.wanted_words:
        return Counterexample(call, show(fault.got), fault.wanted_words)
    before = f"{fault.part} = " if fault.part else ""
    got, wanted = show_pair(fault.got, fault.wanted)
    return Counterexample(call, before + got, before + wanted)


def _verdict(exercise: Exercise, outcomes: tuple[Outcome, ...]) -> Verdict:
    failed = next((outcome for outcome in outcomes if not outcome.passed), None)
    if failed is None:
        return Verdict(exercise.name, "ok", ALL_RIGHT, outcomes, after=exercise.after)
    status = failed.status if failed.status in ("wrong", "error", "timeout") else "error"
    return Verdict(exercise.name, status, failed.message, outcomes)
