"""Grade one submission: every exercise of the assignment, the code in sandboxed children.

A crash of a child must repeat in a fresh sandbox before it counts; a failure of the machinery never counts.
The golden gate keeps everybody honest: no grading unless the reference earns everything and an empty answer nothing.
"""

import hashlib
from collections.abc import Callable
from typing import Any

from glideslope import __version__
from glideslope.errors import GlideslopeError
from glideslope.exercise import Exercise, list_exercises, read_exercise
from glideslope.grade.exam import examine, load_questions
from glideslope.grade.gradebook import Item
from glideslope.grade.judging import judge
from glideslope.grade.sandbox.runner import Answering, Sandbox
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
) -> list[Item]:
    """Return one item a question; a missing exercise earns nothing.

    Raises:
        InfraError: the machinery failed; nothing about the learner is known.
    """
    items: list[Item] = []
    for exercise in exercises:
        if exercise.kind == "code":
            seed = f"{secret}\0{learner}"
            items += _code(sandbox, exercise, sources.get(exercise.name, ""), seed)
        else:
            items.append(_typed(exercise, answers.get(exercise.name)))
    return items


def golden_gate(sandbox: Sandbox, exercises: list[Exercise], secret: str) -> None:
    """Refuse to grade unless the reference solutions earn everything and empty answers nothing.

    Raises:
        GlideslopeError: a check or the sandbox is broken; the message names the exercise.
    """
    for exercise in exercises:
        answers, sources = _reference(exercise)
        best = assess(sandbox, [exercise], "reference", secret, sources, answers)
        if any(item.earned != item.points for item in best):
            raise GlideslopeError(
                f"the reference solution of {exercise.name} does not earn full points ({best[0].message_en}); nothing is graded."
            )
        if any(item.earned for item in assess(sandbox, [exercise], "empty", secret, {}, {})):
            raise GlideslopeError(f"an empty answer to {exercise.name} earns points; nothing is graded.")


def _reference(exercise: Exercise) -> tuple[dict[str, Any], dict[str, str]]:
    if exercise.kind == "code":
        return {}, {exercise.name: exercise.solution_path.read_text(encoding="utf-8")}
    if exercise.derivation is not None:
        return {exercise.name: {"lines": list(exercise.derivation.solution)}}, {}
    repairs = [{"chain": chain.id, "row": chain.broken, "repair": chain.repair} for chain in exercise.chains]
    return {exercise.name: {"answers": repairs}}, {}


def _code(sandbox: Sandbox, exercise: Exercise, source: str, seed: str) -> list[Item]:
    if not source.strip():
        return _nothing(exercise)

    def ask() -> Verdict:
        with Answering(sandbox, exercise, source) as opened:
            return examine(exercise, opened, seed=seed, hidden=True)

    verdict = _repeated(ask, sandbox, exercise.limits.seconds)
    questions = load_questions(exercise)
    worth = exercise.points / sum(question.points for question in questions)
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


def _repeated(ask: Callable[[], Verdict], sandbox: Sandbox, seconds: float) -> Verdict:
    """Ask again in a fresh zygote when a child died, or ran out of time without computing: only what repeats counts.

    A machine that stalls makes innocent programs late; a loop burns its time, so it is not asked twice.
    """
    before = sandbox.cpu_seconds
    verdict = ask()
    statuses = {outcome.status for outcome in verdict.questions}
    stalled = "timeout" in statuses and sandbox.cpu_seconds - before < seconds / 20
    if "died" in statuses or stalled:
        sandbox.stop()
        sandbox.start()
        verdict = ask()
    return verdict


def _nothing(exercise: Exercise) -> list[Item]:
    questions = load_questions(exercise)
    worth = exercise.points / sum(question.points for question in questions)
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
    verdict = judge(exercise.lesson, exercise.slug, answer)
    earned = points if verdict["passed"] else 0.0
    said = verdict["message"]
    return Item(exercise.name, 0, earned, points, verdict["status"], title.en, title.zh, said["en"], said["zh"])
