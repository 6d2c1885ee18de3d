"""Grade one submission: every exercise of the assignment, the code in sandboxed children.

A crash of a child must repeat in a fresh sandbox before it counts; a failure of the machinery never counts.
The golden gate keeps everybody honest: no grading unless the reference earns everything and an empty answer nothing.
"""

import contextlib
import hashlib
import json
import re
import time
from functools import lru_cache
from typing import Any

from glideslope import __version__
from glideslope.errors import GlideslopeError
from glideslope.exercise import Exercise, list_exercises, read_exercise
from glideslope.grade.exam import draw_cases, examine, load_questions
from glideslope.grade.gradebook import Item
from glideslope.grade.judging import judge
from glideslope.grade.question import Question
from glideslope.grade.sandbox.at_once import NotAtOnceError, Part, asked_at_once
from glideslope.grade.sandbox.call import Answering
from glideslope.grade.sandbox.runner import Sandbox
from glideslope.grade.verdict import Verdict

__all__ = ["assess", "exercises_of", "golden_gate", "grader_hash"]


def exercises_of(assignment: str) -> list[Exercise]:
    """Return the exercises of a lesson, or the one named `lesson/slug`.

    Raises:
        GlideslopeError: there are none.
    """
    if "/" in assignment:
        return [read_exercise(assignment)]
    found = list_exercises(assignment)
    if not found:
        raise GlideslopeError(f"expected a lesson with exercises and got {assignment!r}; name a lesson or lesson/slug.")
    return found


def grader_hash(exercises: list[Exercise], secret: str) -> str:
    """Return a digest of all that decides a grade: the exercises' files and the secret that draws the inputs."""
    digest = hashlib.sha256(f"{__version__}\0{secret}".encode())
    for exercise in exercises:
        for path in (exercise.folder / "exercise.toml", exercise.check_path):
            if path.is_file():
                digest.update(f"{exercise.name}/{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def assess(
    sandbox: Sandbox,
    exercises: list[Exercise],
    learner: str,
    secret: str,
    sources: dict[str, str],
    answers: dict[str, Any],
    patience_s: float = 0.0,
) -> list[Item]:
    """Return one item a question; a missing exercise earns nothing.

    `patience_s` is how long to wait for all answers at once, if that is longer than usual, before asking one at a time.

    Raises:
        InfraError: the machinery failed; nothing about the learner is known.
    """
    seed = f"{secret}\0{learner}"
    written = [one for one in exercises if one.kind == "code" and sources.get(one.name, "").strip()]
    parts = [Part(one, sources[one.name], draw_cases(one, seed)) for one in written]
    verdicts = _quickly(sandbox, parts, patience_s)
    items: list[Item] = []
    for exercise in exercises:
        if exercise.kind != "code":
            items.append(_typed(exercise, answers.get(exercise.name)))
        elif exercise not in written:
            items += _nothing(exercise)
        else:
            verdict = verdicts.get(exercise.name) or _carefully(sandbox, exercise, sources[exercise.name], seed)
            items += _items(exercise, verdict)
    return items


def golden_gate(sandbox: Sandbox, exercises: list[Exercise], secret: str) -> float:
    """Refuse to grade unless the reference solutions earn everything and empty answers nothing; return the seconds their code took.

    Raises:
        GlideslopeError: a check or the sandbox is broken; the message names the exercise.
    """
    taken_s = 0.0
    for exercise in exercises:
        answers, sources = _reference(exercise)
        began_s = time.monotonic()
        best = assess(sandbox, [exercise], "reference", secret, sources, answers, exercise.limits.seconds)
        taken_s += time.monotonic() - began_s if exercise.kind == "code" else 0.0
        if any(item.earned != item.points for item in best):
            raise GlideslopeError(
                f"the reference solution of {exercise.name} does not earn full points ({best[0].message_en}); nothing is graded."
            )
        if any(item.earned for item in assess(sandbox, [exercise], "empty", secret, {}, {})):
            raise GlideslopeError(f"an empty answer to {exercise.name} earns points; nothing is graded.")
    return taken_s


def _reference(exercise: Exercise) -> tuple[dict[str, Any], dict[str, str]]:
    if exercise.kind == "code":
        return {}, {exercise.name: exercise.solution_path.read_text(encoding="utf-8")}
    if exercise.derivation is not None:
        return {exercise.name: {"lines": list(exercise.derivation.solution)}}, {}
    repairs = [{"chain": chain.id, "row": chain.broken, "repair": chain.repair} for chain in exercise.chains]
    return {exercise.name: {"answers": repairs}}, {}


def _quickly(sandbox: Sandbox, parts: list[Part], patience_s: float) -> dict[str, Verdict]:
    """Ask all that behaves in one exchange; from the first part that does not, the rest is left to the careful way.

    Sources that may change what others use (`np.exp = …`, `import sys`) are not put together with others.
    """
    if any(_REACHES.search(part.source) for part in parts):
        return {key: verdict for part in parts for key, verdict in _at_once(sandbox, [part], patience_s).items()}
    return _at_once(sandbox, parts, patience_s)


_REACHES = re.compile(
    r"\.\s*\w+\s*(?:[-+*/@%&|^]|//|\*\*|>>|<<)?=(?!=)|__\w+__|\b(?:builtins|ctypes|delattr|eval|exec|gc|globals|importlib|os|setattr|signal|sys|vars)\b"
)


def _at_once(sandbox: Sandbox, parts: list[Part], patience_s: float) -> dict[str, Verdict]:
    verdicts: dict[str, Verdict] = {}
    with contextlib.suppress(NotAtOnceError):
        if parts:
            with asked_at_once(sandbox, parts, patience_s) as openers:
                for part, opener in zip(parts, openers, strict=True):
                    verdicts[part.exercise.name] = examine(part.exercise, opener, hidden=True, cases=part.cases)
    return verdicts


def _carefully(sandbox: Sandbox, exercise: Exercise, source: str, seed: str) -> Verdict:
    """Ask one call at a time, and again in a fresh zygote when a child died, or ran out of time without computing.

    Only what repeats counts. A machine that stalls makes innocent programs late; a loop burns its time, so it is not asked twice.
    """

    def ask() -> Verdict:
        with Answering(lambda: sandbox.open(exercise, source), exercise.function) as opened:
            return examine(exercise, opened, seed=seed, hidden=True)

    before = sandbox.cpu_seconds
    verdict = ask()
    statuses = {outcome.status for outcome in verdict.questions}
    stalled = "timeout" in statuses and sandbox.cpu_seconds - before < exercise.limits.seconds / 20
    if "died" in statuses or stalled:
        sandbox.renew()
        verdict = ask()
    return verdict


def _items(exercise: Exercise, verdict: Verdict) -> list[Item]:
    questions = load_questions(exercise)
    worth = _worth(exercise, questions)
    return [
        Item(
            exercise.name,
            index,
            worth * question.points if outcome.passed else 0.0,
            worth * question.points,
            outcome.status,
            outcome.title.en,
            outcome.title.zh,
            outcome.message.en,
            outcome.message.zh,
        )
        for index, (question, outcome) in enumerate(zip(questions, verdict.questions, strict=True))
    ]


def _worth(exercise: Exercise, questions: tuple[Question, ...]) -> float:
    """Points of the exercise for one point of a question."""
    return exercise.points / sum(question.points for question in questions)


def _nothing(exercise: Exercise) -> list[Item]:
    questions = load_questions(exercise)
    worth = _worth(exercise, questions)
    return [
        Item(
            exercise.name,
            index,
            0.0,
            worth * question.points,
            "missing",
            question.title.en,
            question.title.zh,
            "Nothing was handed in.",
            "没有提交。",
        )
        for index, question in enumerate(questions)
    ]


def _typed(exercise: Exercise, answer: Any) -> Item:
    title, points = exercise.title, float(exercise.points)
    if answer is None:
        return Item(
            exercise.name, 0, 0.0, points, "missing", title.en, title.zh, "Nothing was handed in.", "没有提交。"
        )
    verdict = _judged(exercise.lesson, exercise.slug, json.dumps(answer, sort_keys=True))
    earned = points if verdict["passed"] else 0.0
    said = verdict["message"]
    return Item(exercise.name, 0, earned, points, verdict["status"], title.en, title.zh, said["en"], said["zh"])


@lru_cache(maxsize=1000)
def _judged(lesson: str, slug: str, answer: str) -> dict[str, Any]:
    """Judge a typed answer; a class hands in the same lines many times."""
    return judge(lesson, slug, json.loads(answer))
