"""Asking at once: the same verdicts as asking with care, for everything that behaves; nothing is decided for what does not."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.grade.modes import must_work

from glideslope.exercise import Exercise, Limits, list_exercises, read_exercise
from glideslope.grade import assess as assess_module
from glideslope.grade.assess import assess
from glideslope.grade.exam import draw_cases, examine, load_questions
from glideslope.grade.inputs import Case
from glideslope.grade.sandbox import at_once
from glideslope.grade.sandbox.at_once import NotAtOnceError, Part, asked_at_once
from glideslope.grade.sandbox.call import Answering
from glideslope.grade.sandbox.confine import MODES
from glideslope.grade.sandbox.runner import Sandbox
from glideslope.grade.verdict import Verdict

pytestmark = pytest.mark.slow

CODE = [exercise for exercise in list_exercises("softmax-cross-entropy") if exercise.kind == "code"]
SOFTMAX = read_exercise("softmax-cross-entropy/stable-softmax")
GRADIENT = read_exercise("softmax-cross-entropy/gradient-a-minus-y")
SECRET = "a secret for tests only"


@pytest.fixture(scope="module", params=MODES)
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    with Sandbox(must_work(request.param)) as opened:
        yield opened


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine must not turn these into tests of the careful way."""
    monkeypatch.setattr(at_once, "PATIENCE_S", 20.0)


def quickly(sandbox: Sandbox, exercise: Exercise, source: str, seed: str = "seed") -> Verdict:
    part = Part(exercise, source, draw_cases(exercise, seed))
    with asked_at_once(sandbox, [part]) as (opener,):
        return examine(exercise, opener, hidden=True, cases=part.cases)


def carefully(sandbox: Sandbox, exercise: Exercise, source: str, seed: str = "seed") -> Verdict:
    with Answering(lambda: sandbox.open(exercise, source), exercise.function) as opened:
        return examine(exercise, opened, seed=seed, hidden=True)


@pytest.mark.parametrize("exercise", CODE, ids=lambda exercise: exercise.slug)
def test_both_ways_say_the_same_of_every_answer(sandbox: Sandbox, exercise: Exercise) -> None:
    for path in (exercise.solution_path, *exercise.alternative_paths, *exercise.wrong_paths):
        source = path.read_text(encoding="utf-8")
        assert quickly(sandbox, exercise, source) == carefully(sandbox, exercise, source), path.name


ODD = {
    "does not parse": "def softmax(Z:",
    "raises while loading": "1 / 0",
    "raises": "def softmax(Z):\n    return {}[0]",
    "is not there": "x = 1",
    "takes no argument": "def softmax():\n    return 1",
    "takes two": "def softmax(Z, y):\n    return 1",
    "takes only names": "def softmax(*, Z):\n    return 1",
    "takes any": "def softmax(*all):\n    return 1",
    "takes one and an optional one": "def softmax(Z, axis=1):\n    return Z",
    "is wrapped": "import functools\ndef two(a, b):\n    return a\n@functools.wraps(two)\ndef softmax(*all):\n    return 1",
    "is a class": "class softmax:\n    def __init__(self, Z):\n        pass",
    "is partial": "import functools\nsoftmax = functools.partial(max, 1)",
    "changes its input": "def softmax(Z):\n    Z -= 1\n    return Z",
    "is not plain": "def softmax(Z):\n    return object()",
    "exits": "import sys\ndef softmax(Z):\n    sys.exit(0)",
}


@pytest.mark.parametrize("name", ODD)
def test_both_ways_say_the_same_of_odd_programs(sandbox: Sandbox, name: str) -> None:
    assert quickly(sandbox, SOFTMAX, ODD[name]) == carefully(sandbox, SOFTMAX, ODD[name])


BAD = {
    "leaves": "import os\ndef softmax(Z):\n    os._exit(0)",
    "takes 4 GB": "import numpy as np\ndef softmax(Z):\n    return np.ones(2**29)",
    "prints without end": "def softmax(Z):\n    while True:\n        print('x' * 10**4)",
    "writes a frame": "import os\ndef softmax(Z):\n    for fd in range(3, 64):\n        try:\n            os.write(fd, b'\\1\\0\\0\\0T')\n        except OSError:\n            pass\n    os._exit(0)",
    "writes another list": "import os\ndef softmax(Z):\n    for fd in range(3, 64):\n        try:\n            os.write(fd, b'\\5\\0\\0\\0l\\0\\0\\0\\0')\n        except OSError:\n            pass\n    os._exit(0)",
}


@pytest.mark.parametrize("name", BAD)
def test_what_ends_badly_is_not_decided_at_once(sandbox: Sandbox, name: str) -> None:
    with pytest.raises(NotAtOnceError):
        quickly(sandbox, SOFTMAX, BAD[name])
    items = assess(sandbox, [SOFTMAX], "ada", SECRET, {SOFTMAX.name: BAD[name]}, {})
    assert sum(item.earned for item in items) == 0


def test_a_loop_is_given_up_and_asked_with_care(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at_once, "PATIENCE_S", 0.2)
    with pytest.raises(NotAtOnceError):
        quickly(sandbox, SOFTMAX, "while True:\n    pass")


def test_who_grades_may_be_more_patient(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reference solutions that take long must not send everybody the careful way."""
    given: list[float] = []
    real = at_once._exchange
    monkeypatch.setattr(at_once, "_exchange", lambda *told: given.append(told[-1]) or real(*told))
    monkeypatch.setattr(at_once, "PATIENCE_S", 0.5)
    for patience_s in (0.0, 30.0):
        assess(sandbox, [SOFTMAX], "ada", SECRET, {SOFTMAX.name: "x = 1"}, {}, patience_s)
    assert given == [0.5, 30.0]


def test_a_law_may_call_again_with_other_arguments(sandbox: Sandbox) -> None:
    """The shift by c was not foreseen: the child is asked for it while it is still there."""
    question = load_questions(SOFTMAX)[1]
    calls = []

    def judge(call: Any, case: Case, inputs: Any) -> None:
        (Z,) = case.arguments()
        calls.append((call(Z), call(Z + 3.0), call(Z)))

    part = Part(SOFTMAX, SOFTMAX.solution_path.read_text(encoding="utf-8"), draw_cases(SOFTMAX, "seed"))
    with asked_at_once(sandbox, [part]) as (opener,), opener(question) as call:
        for case in part.cases[0]:
            replace(question, judge=judge).judge(call, case, question.inputs)
    assert len(calls) == len(part.cases[0])
    for plain, shifted, again in calls:
        assert np.allclose(plain, shifted)
        assert np.array_equal(plain, again)


def test_one_exercise_that_ends_badly_costs_no_other_its_points(sandbox: Sandbox) -> None:
    right = GRADIENT.solution_path.read_text(encoding="utf-8")
    sources = {SOFTMAX.name: BAD["takes 4 GB"], GRADIENT.name: right}
    items = assess(sandbox, [SOFTMAX, GRADIENT], "ada", SECRET, sources, {})
    assert sum(item.earned for item in items if item.exercise == SOFTMAX.name) == 0
    assert sum(item.earned for item in items if item.exercise == GRADIENT.name) == pytest.approx(GRADIENT.points)


POISON = {
    "a changed NumPy": "import numpy as np\nnp.exp = lambda x: x * 0\n",
    "errors that raise": "import numpy as np\nnp.seterr(all='raise')\n",
    "a changed built-in": "import builtins\nbuiltins.len = lambda x: 0\n",
    "a recursion limit": "import sys\nsys.setrecursionlimit(60)\n",
}


@pytest.mark.parametrize("name", POISON)
def test_what_one_exercise_changes_does_not_reach_the_next(sandbox: Sandbox, name: str) -> None:
    sources = {exercise.name: exercise.solution_path.read_text(encoding="utf-8") for exercise in (SOFTMAX, GRADIENT)}
    sources[SOFTMAX.name] += POISON[name]
    items = assess(sandbox, [SOFTMAX, GRADIENT], "ada", SECRET, sources, {})
    assert sum(item.earned for item in items if item.exercise == GRADIENT.name) == pytest.approx(GRADIENT.points)


def test_an_honest_submission_costs_one_fork(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    forks = []
    real = sandbox.child
    monkeypatch.setattr(sandbox, "child", lambda limits, *, wait=True: forks.append(wait) or real(limits, wait=wait))
    sources = {exercise.name: exercise.solution_path.read_text(encoding="utf-8") for exercise in CODE}
    items = assess(sandbox, CODE, "ada", SECRET, sources, {})
    assert all(item.earned == item.points for item in items)
    assert forks == [False]


def test_the_strictest_limits_hold_for_all() -> None:
    found = at_once._together([Limits(2.0, 512, 64), Limits(1.0, 600, 64)])
    assert (found.seconds, found.memory_mb) == (1.0, 512)


def test_equal_typed_answers_are_judged_once(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    exercise = read_exercise("softmax-cross-entropy/find-the-broken-line")
    asked = []
    real = assess_module.judge
    monkeypatch.setattr(assess_module, "judge", lambda *given: asked.append(1) or real(*given))
    answer = {"answers": [{"chain": exercise.chains[0].id, "row": 2, "repair": "= 7 + 4 x"}]}
    one, other = (
        assess(sandbox, [exercise], learner, SECRET, {}, {exercise.name: answer}) for learner in ("ada", "bo")
    )
    assert one == other
    assert len(asked) == 1
    assess_module._judged.cache_clear()
