"""The learner's function as the judge sees it: called in a child, it gives plain values or faults.

`SandboxedCall` asks one call at a time; `Answering` gives the exam engine a fresh child after each bad end, so that a loop,
a crash or a hungry call costs its own question only. `read_answer` turns what a child said into a value or a fault.
"""

import contextlib
import socket
import time
from collections.abc import Callable, Iterator
from typing import Any, final

from glideslope.exercise import Exercise, Text
from glideslope.grade.faults import (
    fault_arguments,
    fault_changed,
    fault_error,
    fault_limit,
    fault_missing,
    fault_not_plain,
    fault_timeout,
)
from glideslope.grade.finding import FaultError
from glideslope.grade.question import Question
from glideslope.grade.wire import WireError, receive, send

__all__ = ["Answering", "SandboxedCall", "died", "order_of", "read_answer"]


def order_of(exercise: Exercise, source: str, calls: list[list[Any]]) -> dict[str, Any]:
    """Return one part of a child's order: the source, its function, and the calls to make at once."""
    return {
        "source": source,
        "function": exercise.function,
        "output_bytes": exercise.limits.output_kb * 1024,
        "calls": calls,
    }


@final
class SandboxedCall:
    """The learner's function, called in a child, one call at a time."""

    def __init__(self, connection: socket.socket, exercise: Exercise, source: str) -> None:
        self.function = exercise.function
        self._connection = connection
        self._exercise = exercise
        self.names: tuple[str, ...] = ()
        self._source = source
        self._loaded = False
        self.load_fault: FaultError | None = None
        self.broken = False

    def __call__(self, *arguments: Any) -> Any:
        """Call the function; a fault of the program is a FaultError."""
        if not self._loaded:
            self._load(arguments)
        try:
            answer = self._exchange({"part": 0, "arguments": list(arguments)})
            return read_answer(answer, self.function, self._source, self.names, arguments)
        except FaultError as fault:
            self.broken = fault.status not in ("error", "wrong") or fault.code == "protocol"
            raise

    def _load(self, arguments: tuple[Any, ...]) -> None:
        try:
            answer = self._exchange({"parts": [order_of(self._exercise, self._source, [])]})
            loaded = answer[0] if isinstance(answer, list) and len(answer) == 1 else None
            if loaded != {"is": "loaded", "answers": []}:
                read_answer(loaded if _raised(loaded) else None, self.function, self._source, (), arguments)
        except FaultError as fault:
            self.load_fault = fault
            raise
        self._loaded = True

    def _exchange(self, message: Any) -> Any:
        seconds = self._exercise.limits.seconds
        self._connection.settimeout(seconds)
        try:
            send(self._connection, message)
            return receive(self._connection, until_s=time.monotonic() + seconds)
        except TimeoutError:
            raise fault_timeout(self.function, seconds) from None
        except (WireError, OSError) as error:
            raise died(error) from None


def read_answer(answer: Any, function: str, source: str, names: tuple[str, ...], arguments: tuple[Any, ...]) -> Any:
    """Return the value a child answered.

    Raises:
        FaultError: it answered something else; the sentence is the judge's own.
    """
    if not isinstance(answer, dict):
        raise FaultError("wrong", "protocol", _PROTOCOL)
    position = answer.get("position")
    match answer.get("is"):
        case "value" if "value" in answer:
            return answer["value"]
        case "raised" if _raised(answer):
            raise _error(answer, function, source)
        case "missing":
            raise fault_missing(function)
        case "arguments":
            raise fault_arguments(function, len(arguments))
        case "changed" if isinstance(position, int) and 0 <= position < len(arguments):
            raise fault_changed(function, position, names, arguments[position], "changed")
        case "not plain":
            raise fault_not_plain(function, Text(str(answer.get("en")), str(answer.get("zh"))))
    raise FaultError("wrong", "protocol", _PROTOCOL)


def _raised(answer: Any) -> bool:
    kinds = {"kind": str, "text": str, "line": int}
    return (
        isinstance(answer, dict)
        and answer.get("is") == "raised"
        and all(isinstance(answer.get(key), kind) for key, kind in kinds.items())
    )


def _error(answer: dict[str, Any], function: str, source: str) -> FaultError:
    kind, line, rows = answer["kind"], answer["line"], source.splitlines()
    if kind in ("MemoryError", "_ArrayMemoryError"):
        return fault_limit("memory", function)
    if kind == "OutputLimitError":
        return fault_limit("output", function)
    row = rows[line - 1].strip().replace("`", "'")[:200] if 0 < line <= len(rows) else ""
    return fault_error(function, kind, answer["text"], line if row else 0, row)


def died(error: Exception) -> FaultError:
    """Return the fault of a child that ended before it answered."""
    return FaultError("died", "died", _DIED, got=str(error))


_DIED = Text(
    "The program ended before it answered: it crashed, or left Python.",
    "程序还没有回答就结束了：它崩溃了，或者退出了 Python。",
)
_PROTOCOL = Text("The answer was not in the expected form.", "回答的形式不对。")


@final
class Answering:
    """What `examine` needs: opens one submission's function for each question.

    A child serves question after question while all goes well; after one that ended badly (a loop, a crash, too much memory
    or output) the next question gets a fresh child, so that it costs its own question only.
    A submission that cannot even be loaded is not tried again.
    """

    def __init__(self, opened: Callable[[], contextlib.AbstractContextManager[SandboxedCall]], function: str) -> None:
        self._open = opened
        self._function = function
        self._held: contextlib.AbstractContextManager[SandboxedCall] | None = None
        self._call: SandboxedCall | _Refusing | None = None

    def __enter__(self) -> "Answering":
        return self

    def __exit__(self, *_: object) -> None:
        self._let_go()

    @contextlib.contextmanager
    def __call__(self, question: Question) -> Iterator[Any]:
        """Give the call for one question."""
        if self._call is None:
            self._held = self._open()
            self._call = self._held.__enter__()
        self._call.names = tuple(question.inputs.kinds)
        yield self._call
        if isinstance(self._call, SandboxedCall):
            if self._call.load_fault is not None:
                fault = self._call.load_fault
                self._let_go()
                self._call = _Refusing(self._function, fault)
            elif self._call.broken:
                self._let_go()

    def _let_go(self) -> None:
        if self._held is not None:
            held, self._held, self._call = self._held, None, None
            held.__exit__(None, None, None)


@final
class _Refusing:
    """A call that can only repeat why the submission did not load."""

    def __init__(self, function: str, fault: FaultError) -> None:
        self.function = function
        self.names: tuple[str, ...] = ()
        self._fault = fault

    def __call__(self, *_: Any) -> Any:
        raise self._fault
