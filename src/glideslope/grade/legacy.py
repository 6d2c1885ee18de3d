"""Grade an assignment of nbgrader in the sandbox: its own tests, each converted where it can be, and said to be forgeable where not.

A test that only calls the learner's functions is run here, by the judge, with stand-ins that call into the sandbox: what comes
back is plain data, nothing the learner wrote can touch the verdict. A conversion counts only when it is proven on the teacher's own
solution: it must pass it and must fail an empty answer. Every other test runs inside the learner's process: contained, and forgeable.
"""

import ast
import builtins
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from glideslope.errors import GlideslopeError
from glideslope.exercise import Exercise, Limits, Text
from glideslope.grade.finding import FaultError
from glideslope.grade.gradebook import Item
from glideslope.grade.nbgrader_format import Cell, Notebook
from glideslope.grade.sandbox.call import SandboxedCall
from glideslope.grade.sandbox.runner import Sandbox

__all__ = ["FORGEABLE", "Assignment", "assess_notebook", "prepare"]

LIMITS = Limits(seconds=10.0, memory_mb=512, output_kb=256)
MAX_RESTARTS = 5
FORGEABLE = Text(" (legacy test, forgeable)", "（旧式测试，可伪造）")
_RUN = "_glideslope_run"
_PRELUDE = f"""
def {_RUN}(what, text, *given):
    names = globals()
    if what == "call":
        function = names.get(text)
        return ["missing"] if not callable(function) else ["value", function(*given)]
    exec(compile(text, "<cell>", "exec"), names)
    return ["done"]
"""


@dataclass(frozen=True)
class Assignment:
    """An assignment of nbgrader, and which of its tests the judge can run itself."""

    name: str
    notebook: Notebook
    converted: frozenset[str]


def prepare(name: str, source: Notebook, sandbox: Sandbox) -> Assignment:
    """Find out which tests can be converted, on the teacher's solution and on an empty answer.

    Raises:
        GlideslopeError: there are no tests, or the teacher's own solution does not earn all points; nothing is graded.
    """
    if not source.tests:
        raise GlideslopeError(
            f"{name}: expected autograder tests and found none; give the source version of the notebook."
        )
    candidates = frozenset(cell.grade_id for cell in source.tests if _calls_only(cell.source))
    empty = Notebook(tuple(cell for cell in source.cells if not cell.solution))
    trial = Assignment(name, source, candidates)
    best, worst = (assess_notebook(sandbox, trial, handed) for handed in (source, empty))
    proven = {
        cell.grade_id
        for cell, high, low in zip(source.tests, best, worst, strict=True)
        if cell.grade_id in candidates and high.earned == high.points and not low.earned
    }
    assignment = Assignment(name, source, frozenset(proven))
    for cell, item in zip(source.tests, assess_notebook(sandbox, assignment, source), strict=True):
        if item.earned != item.points:
            raise GlideslopeError(
                f"{name}: the solution in the notebook does not pass its own test {cell.grade_id} ({item.message_en}); nothing is graded."
            )
    return assignment


def assess_notebook(sandbox: Sandbox, assignment: Assignment, handed_in: Notebook) -> list[Item]:
    """Return one item a test. The learner's cells run in their order; the tests are the teacher's, whatever the learner left of them."""
    tests = {cell.grade_id: cell for cell in assignment.notebook.tests}
    steps = [cell for cell in _merged(assignment.notebook, handed_in) if cell.kind == "code"]
    outcomes: dict[str, tuple[str, Text]] = {}
    spoilt: set[int] = set()
    for _ in range(MAX_RESTARTS + 1):
        with sandbox.open(_exercise(assignment), _PRELUDE) as call:
            broken = _walk(call, steps, assignment.converted, outcomes, spoilt)
        if broken is None:
            break
        spoilt.add(broken)  # a loop or a crash: once more without that cell, in a fresh child
    return [
        _item(assignment, index, cell, *outcomes.get(grade_id, ("timeout", _LEFT)))
        for index, (grade_id, cell) in enumerate(tests.items())
    ]


_LEFT = Text("It was not reached: too many cells before it never ended.", "没有轮到它：前面有太多单元格一直没有结束。")
_RIGHT = Text("Right.", "正确。")


def _walk(
    call: SandboxedCall,
    steps: list[Cell],
    converted: frozenset[str],
    outcomes: dict[str, tuple[str, Text]],
    spoilt: set[int],
) -> int | None:
    """Run the cells; return the place of one after which the child is of no use."""
    for place, cell in enumerate(steps):
        if place in spoilt or (cell.is_test and cell.grade_id in outcomes):
            continue
        try:
            if cell.is_test and cell.grade_id in converted:
                outcomes[cell.grade_id] = _converted(call, cell.source)
            else:
                call("run", cell.source)
                if cell.is_test:
                    outcomes[cell.grade_id] = ("ok", _RIGHT)
        except FaultError as fault:
            if cell.is_test:
                outcomes[cell.grade_id] = (fault.status, _said(fault))
        if call.broken:
            return place
    return None


def _merged(source: Notebook, handed_in: Notebook) -> Iterator[Cell]:
    """The learner's cells with the teacher's locked cells and tests put back, as nbgrader does; a deleted test returns at its end."""
    kept = {cell.grade_id: cell for cell in source.cells if cell.grade_id and (cell.locked or cell.is_test)}
    seen = set()
    for cell in handed_in.cells:
        if cell.grade_id in kept:
            seen.add(cell.grade_id)
            yield kept[cell.grade_id]
        elif not cell.is_test:
            yield cell
    yield from (cell for grade_id, cell in kept.items() if grade_id not in seen)


def _converted(call: SandboxedCall, test: str) -> tuple[str, Text]:
    """Run a test here; the learner's names are stand-ins that call into the sandbox."""
    faults: list[FaultError] = []

    def stand_in(name: str) -> Any:
        def asked(*arguments: Any) -> Any:
            try:
                answer = call("call", name, *arguments)
            except FaultError as fault:
                faults.append(fault)
                raise
            if not isinstance(answer, list) or answer[:1] != ["value"]:
                raise NameError(name)
            return answer[1]

        return asked

    names: dict[str, Any] = {"np": np, "numpy": np, **{name: stand_in(name) for name in _free_names(test)}}
    try:
        with _alarm(LIMITS.seconds), np.errstate(all="ignore"):
            exec(compile(test, "<test>", "exec"), names)
    except FaultError as fault:
        return fault.status, _said(fault)
    except NameError:
        return "missing", Text("The function is not there.", "没有找到这个函数。")
    except Exception:
        return (faults[-1].status, _said(faults[-1])) if faults else ("wrong", _said(None))
    return "ok", _RIGHT


def _calls_only(test: str) -> bool:
    """Whether every name that is the learner's is only called with positional arguments, or handed to who calls it."""
    try:
        tree = ast.parse(test)
    except (SyntaxError, ValueError, RecursionError):
        return False
    names, called = set(_free_names(test)), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom) and not _numpy(node):
            return False
        if isinstance(node, ast.Call):
            called |= {id(argument) for argument in node.args}  # handed to a function of the teacher's, which calls it
            if isinstance(node.func, ast.Name) and node.func.id in names:
                if node.keywords or any(isinstance(argument, ast.Starred) for argument in node.args):
                    return False
                called.add(id(node.func))
    used = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in names]
    return bool(used) and all(id(node) in called for node in used)


def _numpy(node: ast.Import | ast.ImportFrom) -> bool:
    modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
    return all(module.partition(".")[0] == "numpy" for module in modules)


def _free_names(test: str) -> list[str]:
    """Names that are read and nowhere bound in the test: the learner's."""
    bound, read = {"np", "numpy"}, dict[str, None]()
    for node in ast.walk(ast.parse(test)):
        if isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Load):
                read[node.id] = None
            else:
                bound.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            bound.add(node.name)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            bound |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
    return [name for name in read if name not in bound and not hasattr(builtins, name)]


def _said(fault: FaultError | None) -> Text:
    if fault is not None and fault.code.startswith("error "):
        kind = fault.code.removeprefix("error ")
        if kind != "AssertionError" and isinstance(getattr(builtins, kind, None), type):
            return Text(f"It stops with {kind}.", f"运行中出错：{kind}。")
    elif fault is not None and fault.status in ("timeout", "died", "memory", "output"):
        return fault.message
    return Text("The test does not hold.", "测试没有通过。")


def _item(assignment: Assignment, index: int, cell: Cell, status: str, message: Text) -> Item:
    mark = Text("", "") if cell.grade_id in assignment.converted else FORGEABLE
    earned = cell.points if status == "ok" else 0.0
    return Item(
        assignment.name, index, earned, cell.points, status,
        cell.grade_id + mark.en, cell.grade_id + mark.zh, message.en, message.zh,
    )  # fmt: skip


def _exercise(assignment: Assignment) -> Exercise:
    """What the sandbox needs to know: the function to call and its limits."""
    empty = Text("", "")
    return Exercise(
        "nbgrader",
        assignment.name,
        "code",
        1,
        empty,
        empty,
        (empty, empty, empty),
        empty,
        LIMITS,
        Path(),
        function=_RUN,
    )


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """End a test that a hostile value keeps busy; only a main thread can be woken so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        with suppress(ValueError):
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
