"""Grading a class for real: the command, hostile answers among honest ones, kills in between, the same result twice."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.grade.modes import first_working_mode

from glideslope.errors import DataError, GlideslopeError
from glideslope.exercise import Exercise, Limits, read_exercise
from glideslope.grade import assess as assess_module
from glideslope.grade import grading as grading_module
from glideslope.grade.assess import assess, golden_gate
from glideslope.grade.gradebook import Gradebook
from glideslope.grade.grading import grade, main, take_in
from glideslope.grade.sandbox.at_once import NotAtOnceError
from glideslope.grade.sandbox.runner import InfraError, Sandbox

pytestmark = pytest.mark.slow

NAME = "softmax-cross-entropy/stable-softmax"
CHECK = f'\n\nfrom glideslope import check\ncheck("{NAME}", softmax)\n'
SECRET = "a secret for tests only"
HOSTILE = {
    "hostile_exit": "import os\ndef softmax(Z):\n    os._exit(0)",
    "hostile_loop": "def softmax(Z):\n    while True:\n        pass",
    "hostile_kill": "import os\ndef softmax(Z):\n    os.kill(os.getppid(), 9)",
    "hostile_empty": "",
    "hostile_syntax": "def softmax(Z:",
}


@pytest.fixture(scope="module")
def mode() -> str:
    return first_working_mode()


@pytest.fixture(scope="module")
def exercise() -> Exercise:
    return read_exercise(NAME)


@pytest.fixture(scope="module")
def classroom(tmp_path_factory: pytest.TempPathFactory, exercise: Exercise) -> Path:
    folder = tmp_path_factory.mktemp("class")
    honest = {
        path.stem: path.read_text(encoding="utf-8")
        for path in (exercise.solution_path, *exercise.alternative_paths, *exercise.wrong_paths)
    }
    for learner, source in {**honest, **HOSTILE}.items():
        (folder / f"{learner}.py").write_text(source + CHECK, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory, exercise: Exercise) -> Path:
    """Two submissions: where the sandbox is started again and again, more would only be slower."""
    folder = tmp_path_factory.mktemp("few")
    for learner, path in {"ada": exercise.solution_path, "bo": exercise.wrong_paths[0]}.items():
        (folder / f"{learner}.py").write_text(path.read_text(encoding="utf-8") + CHECK, encoding="utf-8")
    return folder


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Gradebook]:
    opened = Gradebook(tmp_path / "grades.db")
    yield opened
    opened.close()


def test_the_command_grades_a_class_and_again_adds_nothing(
    mode: str, classroom: Path, tmp_path: Path, exercise: Exercise, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [
        NAME,
        str(classroom),
        "--gradebook",
        str(tmp_path / "g.db"),
        "--out",
        str(tmp_path / "out"),
        "--floor",
        mode,
    ]
    assert main(arguments) == 0
    book = Gradebook(tmp_path / "g.db")
    earned = {grade.learner: grade.earned for grade in book.grades(NAME)}
    right = {"solution", *(path.stem for path in exercise.alternative_paths)}
    assert {learner for learner, points in earned.items() if points == exercise.points} == right
    assert {learner: earned[learner] for learner in HOSTILE} == dict.fromkeys(HOSTILE, 0.0)
    rows = book.items(1)
    assert main(arguments) == 0
    assert book.items(1) == rows
    book.close()
    assert "0 new submissions taken in, 0 files refused" in capsys.readouterr().out
    assert len(list((tmp_path / "out" / "learners").iterdir())) == len(earned)


def test_hidden_inputs_are_in_no_report(mode: str, classroom: Path, tmp_path: Path) -> None:
    main([NAME, str(classroom), "--gradebook", str(tmp_path / "g.db"), "--out", str(tmp_path / "out"), "--floor", mode])
    written = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert "softmax([[" not in written
    assert (tmp_path / "g.db.secret").stat().st_mode & 0o077 == 0


def test_inputs_differ_between_learners_and_repeat_for_one(
    mode: str, exercise: Exercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds: list[str] = []
    real = assess_module.draw_cases

    def note(exercise: Exercise, seed: str) -> object:
        seeds.append(seed)
        return real(exercise, seed)

    monkeypatch.setattr(assess_module, "draw_cases", note)
    source = {NAME: exercise.solution_path.read_text(encoding="utf-8")}
    with Sandbox(mode) as sandbox:
        for learner in ("ada", "ada", "bo"):
            assess(sandbox, [exercise], learner, SECRET, source, {})
    assert seeds[0] == seeds[1] != seeds[2]
    assert all(SECRET in seed for seed in seeds)


LEAKS = {
    "by an exception's text": "raise ValueError(str(Z.tolist()))",
    "by an exception's name": "raise type('E' + repr(float(Z[0, 0])), (Exception,), {})",
    "by a type's name": "return type('T' + repr(float(Z[0, 0])), (), {})()",
    "by a shape": "return np.zeros(int(abs(Z[0, 0]) * 1e4) % 9973)",
    "by a factor": "E = np.exp(Z - Z.max(1, keepdims=True)); return E / E.sum(1, keepdims=True) * float(Z[0, 0])",
    "by a text": "return str(Z.tolist())",
}


@pytest.mark.parametrize("way", LEAKS)
def test_a_hidden_input_cannot_be_written_into_the_feedback(mode: str, exercise: Exercise, way: str) -> None:
    """Two seeds, two inputs, one sentence."""
    source = f"import numpy as np\ndef softmax(Z):\n    {LEAKS[way]}\n"
    with Sandbox(mode) as sandbox:
        told = [
            {
                (item.status, item.message_en, item.message_zh)
                for item in assess(sandbox, [exercise], learner, SECRET, {NAME: source}, {})[1:2]
            }
            for learner in ("ada", "bo")
        ]
    assert told[0] == told[1]
    assert not [message for _, message, _ in told[0] if any(digit.isdigit() for digit in message)]


def test_a_loop_in_one_question_costs_that_question_only(mode: str, exercise: Exercise) -> None:
    source = (
        exercise.solution_path.read_text(encoding="utf-8")
        + "\n\nright = softmax\n\n\ndef softmax(Z):\n    while abs(Z).max() > 500:\n        pass\n    return right(Z)\n"
    )
    with Sandbox(mode) as sandbox:
        items = assess(sandbox, [exercise], "ada", SECRET, {NAME: source}, {})
    assert [item.status for item in items] == ["ok", "ok", "timeout"]
    assert sum(item.earned for item in items) == exercise.points / 2


def test_after_a_loop_the_next_question_gets_a_fresh_child(mode: str, exercise: Exercise) -> None:
    source = exercise.solution_path.read_text(encoding="utf-8") + (
        "\n\nright = softmax\n\n\ndef softmax(Z):\n    while len(Z) < 5 and abs(Z).max() < 500:\n        pass\n    return right(Z)\n"
    )
    with Sandbox(mode) as sandbox:
        items = assess(sandbox, [exercise], "ada", SECRET, {NAME: source}, {})
    assert [item.status for item in items] == ["timeout", "ok", "ok"]


def test_a_submission_that_does_not_load_is_tried_once(mode: str, exercise: Exercise) -> None:
    with Sandbox(mode) as sandbox:
        forks: list[bool] = []
        real = sandbox.child

        def counted(limits: Limits, *, wait: bool = True) -> object:
            forks.append(wait)
            return real(limits, wait=wait)

        sandbox.child = counted  # type: ignore[method-assign, assignment]
        items = assess(sandbox, [exercise], "ada", SECRET, {NAME: "while True:\n    pass"}, {})
    assert [item.status for item in items] == ["timeout"] * 3
    assert forks == [False, True]  # once at once, once with care


def test_a_gate_that_does_not_hold_stops_everything(
    mode: str, exercise: Exercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Sandbox(mode) as sandbox:
        golden_gate(sandbox, [exercise], SECRET)
        monkeypatch.setattr(assess_module, "_reference", lambda exercise: ({}, {NAME: "def softmax(Z):\n    return Z"}))
        with pytest.raises(GlideslopeError, match="does not earn full points"):
            golden_gate(sandbox, [exercise], SECRET)


def test_workers_are_as_patient_as_the_reference_needs(
    mode: str, exercise: Exercise, book: Gradebook, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """And never more than a question may take: the gate may have met a busy moment."""
    jobs: list[grading_module.Job] = []
    gate_s = 0.1
    monkeypatch.setattr(grading_module, "golden_gate", lambda *_: gate_s)
    monkeypatch.setattr(grading_module, "work", lambda job, report: jobs.append(job))
    grading_module.grade(book, str(tmp_path / "grades.db"), NAME, SECRET, mode)
    gate_s = 100.0
    grading_module.grade(book, str(tmp_path / "grades.db"), NAME, SECRET, mode)
    assert [job.patience_s for job in jobs] == pytest.approx([0.1 * grading_module.PATIENCE, exercise.limits.seconds])


def test_the_gate_tells_how_long_code_takes(mode: str, exercise: Exercise) -> None:
    typed = read_exercise("softmax-cross-entropy/find-the-broken-line")
    with Sandbox(mode) as sandbox:
        assert golden_gate(sandbox, [typed], SECRET) == 0.0
        assert golden_gate(sandbox, [exercise], SECRET) > 0.0


def test_a_death_counts_only_when_it_repeats(mode: str, exercise: Exercise, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first child is killed from outside: the answer is right and must earn its points."""
    with Sandbox(mode) as sandbox:
        asked: list[int] = []
        real = assess_module.examine

        def examine_once_killed(*arguments: object, **options: object) -> object:
            if "cases" in options:
                raise NotAtOnceError  # the quick way decides nothing about a child that died
            verdict = real(*arguments, **options)  # type: ignore[arg-type]
            asked.append(1)
            if len(asked) > 1:
                return verdict
            dead = [
                type(outcome)(outcome.title, False, outcome.message, status="died") for outcome in verdict.questions
            ]
            return type(verdict)(verdict.exercise, "error", verdict.message, tuple(dead))

        monkeypatch.setattr(assess_module, "examine", examine_once_killed)
        items = assess(
            sandbox, [exercise], "ada", SECRET, {NAME: exercise.solution_path.read_text(encoding="utf-8")}, {}
        )
    assert len(asked) == 2
    assert sum(item.earned for item in items) == exercise.points


def test_a_stalled_machine_charges_nobody(mode: str, exercise: Exercise, monkeypatch: pytest.MonkeyPatch) -> None:
    """A timeout in which nothing was computed is asked again; a loop, which burns its time, is not."""
    asked: list[int] = []
    real = assess_module.examine

    def late_once(*arguments: object, **options: object) -> object:
        if "cases" in options:
            raise NotAtOnceError
        verdict = real(*arguments, **options)  # type: ignore[arg-type]
        asked.append(1)
        if len(asked) > 1:
            return verdict
        late = [type(outcome)(outcome.title, False, outcome.message, status="timeout") for outcome in verdict.questions]
        return type(verdict)(verdict.exercise, "timeout", verdict.message, tuple(late))

    monkeypatch.setattr(assess_module, "examine", late_once)
    with Sandbox(mode) as sandbox:
        source = {NAME: exercise.solution_path.read_text(encoding="utf-8")}
        assert sum(item.earned for item in assess(sandbox, [exercise], "ada", SECRET, source, {})) == exercise.points
        assert len(asked) == 2
        assess(sandbox, [exercise], "bo", SECRET, {NAME: "while True:\n    pass"}, {})
    assert len(asked) == 3


def test_machinery_that_fails_charges_nobody(
    mode: str, few: Path, book: Gradebook, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    take_in(book, NAME, [few])
    _, total = book.progress(book.open_run(NAME, "nothing"))

    def broken(*_: object) -> object:
        raise InfraError("out of order")

    with monkeypatch.context() as patch:
        patch.setattr("glideslope.grade.grading.assess", broken)
        assert grade(book, str(tmp_path / "grades.db"), NAME, SECRET, mode) == total
    assert book.grades(NAME) == []
    assert grade(book, str(tmp_path / "grades.db"), NAME, SECRET, mode) == 0


def test_a_zygote_that_dies_while_it_starts_is_started_again(
    mode: str, few: Path, book: Gradebook, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Killed in the first question and twice while it starts anew: the worker goes on, and everybody is graded."""
    take_in(book, NAME, [few])
    run = book.open_run(NAME, "hash")
    real_start, real_assess, starts = Sandbox.start, grading_module.assess, [1]

    def start(sandbox: Sandbox) -> None:
        starts.append(1)
        if len(starts) in (3, 4):
            raise InfraError("killed while it starts")
        real_start(sandbox)

    def killed_once(sandbox: Sandbox, *given: Any) -> Any:
        if len(starts) == 2:
            os.killpg(sandbox.pid, signal.SIGKILL)
        return real_assess(sandbox, *given)

    monkeypatch.setattr(Sandbox, "start", start)
    monkeypatch.setattr(grading_module, "assess", killed_once)
    grading_module.work(grading_module.Job(str(tmp_path / "grades.db"), run, NAME, SECRET, mode))
    assert len(starts) == 5
    assert book.progress(run) == (2, 2)


def test_a_worker_ends_when_its_judge_has_died(mode: str, few: Path, book: Gradebook, tmp_path: Path) -> None:
    take_in(book, NAME, [few])
    run = book.open_run(NAME, "hash")
    job = grading_module.Job(str(tmp_path / "grades.db"), run, NAME, SECRET, mode)
    grading_module.work(job, wanted=lambda: False)
    assert book.progress(run) == (0, 2)
    assert book.workers(run) == []


def test_a_secret_that_cannot_be_written_leaves_no_half_of_one(tmp_path: Path) -> None:
    with pytest.raises(
        DataError, match=r"the secret could not be written to .* \(No such file or directory\); nothing was graded\."
    ):
        grading_module._secret(tmp_path / "gone" / "secret")
    first = grading_module._secret(tmp_path / "secret")
    assert grading_module._secret(tmp_path / "secret") == first
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_a_submission_whose_blob_is_gone_is_left_and_the_others_go_on(
    mode: str, few: Path, book: Gradebook, tmp_path: Path
) -> None:
    take_in(book, NAME, [few])
    next(path for path in sorted(book.blobs.folder.rglob("*")) if path.is_file()).unlink()
    assert grade(book, str(tmp_path / "grades.db"), NAME, SECRET, mode) == 1


def test_killed_workers_lose_nothing_and_grades_come_out_equal(mode: str, classroom: Path, tmp_path: Path) -> None:
    """A small version of the soak: kill -9 the judge and all its children several times, then finish in peace."""
    clean, rough = (tmp_path / name for name in ("clean.db", "rough.db"))
    for path in (clean, rough):
        path.with_name(f"{path.name}.secret").write_text(SECRET, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "glideslope.cli",
        "grade",
        NAME,
        str(classroom),
        "--out",
        str(tmp_path / "out"),
        "--floor",
        mode,
    ]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    kills = 0
    while kills < 3:
        process = subprocess.Popen(
            [*command, "--gradebook", str(rough)],
            env=environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _wait_for_work(rough, process)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        kills += 1
    for path in (clean, rough):
        assert (
            subprocess.run(
                [*command, "--gradebook", str(path)], env=environment, check=False, stdout=subprocess.DEVNULL
            ).returncode
            == 0
        )
    books = [Gradebook(path) for path in (clean, rough)]
    grades = [[(grade.learner, grade.earned, grade.points) for grade in book.grades(NAME)] for book in books]
    assert grades[0] == grades[1]
    assert len(grades[0]) == len(list(classroom.iterdir()))
    for book in books:
        book.close()


def _wait_for_work(path: Path, process: subprocess.Popen[bytes]) -> None:
    """Wait until a worker has claimed submissions (or the command has ended): that is when a kill hurts most."""
    while process.poll() is None:
        with (
            contextlib.suppress(sqlite3.OperationalError),
            contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database,
        ):
            if database.execute("SELECT count(*) FROM lease").fetchone()[0]:
                return
