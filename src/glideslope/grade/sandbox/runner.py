"""The judge's end: keep a zygote, open a child for a question, call the learner's function in it.

`Sandbox.open` gives the `call` that the exam engine asks, so grading and self-check put the same questions.
Whatever the child does becomes a fault of the learner's, except failures of the machinery itself: those are `infra`.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from glideslope.errors import GlideslopeError
from glideslope.exercise import Exercise, Limits, Text
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
from glideslope.grade.sandbox.zygote import ENDED, ORDER
from glideslope.grade.wire import WireError, receive, send

__all__ = ["Answering", "InfraError", "Sandbox"]

START_SECONDS = 30.0
CONFINE_SECONDS = 5.0
_ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}


class InfraError(GlideslopeError, OSError):
    """The machinery failed, not the learner: never counted against anybody."""


class Sandbox:
    """One zygote and its children, one at a time."""

    def __init__(self, mode: str) -> None:
        self.mode = mode
        self.cpu_seconds = 0.0
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None

    def __enter__(self) -> "Sandbox":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start the zygote.

        Raises:
            InfraError: this machine does not permit the mode; the message says which step failed.
        """
        ours, theirs = socket.socketpair()
        paths = os.pathsep.join(path for path in sys.path if path)
        command = [sys.executable, "-c", "from glideslope.grade.sandbox.zygote import main; main()"]
        self._process = subprocess.Popen(
            [*command, str(theirs.fileno()), self.mode],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT | {"PYTHONPATH": paths},
            start_new_session=True,
        )
        theirs.close()
        ours.settimeout(START_SECONDS)
        self._line = ours
        try:
            said = ours.recv(1000)
        except TimeoutError:
            said = b""
        if said != b"R":
            self.stop()
            raise InfraError(f"the sandbox mode {self.mode} did not start here: {said[1:].decode() or 'no answer'}.")

    def stop(self) -> None:
        """End the zygote and with it every child."""
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._line = self._process = None

    @property
    def pid(self) -> int:
        """The process id of the zygote, for tests that kill it."""
        assert self._process is not None
        return self._process.pid

    @contextlib.contextmanager
    def open(self, exercise: Exercise, source: str) -> Iterator["SandboxedCall"]:
        """Fork a child, load the submission in it, and give the call; the child is killed afterwards.

        Raises:
            InfraError: the zygote is gone or does not answer.
        """
        with self.child(exercise.limits) as connection:
            yield SandboxedCall(connection, exercise, source)

    @contextlib.contextmanager
    def child(self, limits: Limits) -> Iterator[socket.socket]:
        """Fork one confined child and give the line to it."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                self._order(b"F", limits, theirs)
            ours.settimeout(CONFINE_SECONDS)
            if (said := ours.recv(1)) != b"C":
                reason = ours.recv(300).decode() if said == b"X" else "it ended"
                raise InfraError(f"a child could not be confined ({reason}); nothing was run.")
            yield ours
        except TimeoutError:
            raise InfraError("a child did not start in time.") from None
        finally:
            ours.close()
            if self._line is not None:
                self._reap(limits)

    def _order(self, what: bytes, limits: Limits, connection: socket.socket | None = None) -> None:
        if self._line is None:
            raise InfraError("the zygote is not running.")
        order = ORDER.pack(what, limits.seconds * 10, limits.memory_mb * 2**20)
        try:
            if connection is None:
                self._line.sendall(order)
            else:
                socket.send_fds(self._line, [order], [connection.fileno()])
        except OSError as error:
            raise InfraError(f"the zygote is gone: {error}.") from None

    def _reap(self, limits: Limits) -> None:
        """Have the child killed and read how it ended."""
        assert self._line is not None
        self._order(b"K", limits)
        self._line.settimeout(CONFINE_SECONDS)
        try:
            data = self._line.recv(ENDED.size)
        except (TimeoutError, OSError):
            data = b""
        if len(data) != ENDED.size:
            raise InfraError("the zygote is gone.")
        self.signal, self.code, self.resident_bytes, cpu = ENDED.unpack(data)
        self.cpu_seconds += cpu


class SandboxedCall:
    """The learner's function, called in a child: the judge sees plain values or faults."""

    def __init__(self, connection: socket.socket, exercise: Exercise, source: str) -> None:
        self.function = exercise.function
        self._connection = connection
        self._limits = exercise.limits
        self.names: tuple[str, ...] = ()
        self._source = source
        self._loaded = False
        self.load_fault: FaultError | None = None
        self.broken = False

    def __call__(self, *arguments: Any) -> Any:
        if not self._loaded:
            self._load(arguments)
        try:
            answer = self._exchange(list(arguments))
            if answer.get("is") == "value" and "value" in answer:
                return answer["value"]
            raise self._fault(answer, arguments)
        except FaultError as fault:
            self.broken = fault.status not in ("error", "wrong") or fault.code == "protocol"
            raise

    def _load(self, arguments: tuple[Any, ...]) -> None:
        order = {"source": self._source, "function": self.function, "output_bytes": self._limits.output_kb * 1024}
        try:
            answer = self._exchange(order)
            if answer.get("is") != "loaded":
                raise self._fault(answer, arguments)
        except FaultError as fault:
            self.load_fault = fault
            raise
        self._loaded = True

    def _exchange(self, message: Any) -> dict[str, Any]:
        self._connection.settimeout(self._limits.seconds)
        try:
            send(self._connection, message)
            answer = receive(self._connection)
        except TimeoutError:
            raise fault_timeout(self.function, self._limits.seconds) from None
        except (WireError, OSError) as error:
            raise FaultError("died", "died", _DIED, got=str(error)) from None
        return answer if isinstance(answer, dict) else {}

    def _fault(self, answer: dict[str, Any], arguments: tuple[Any, ...]) -> FaultError:
        kind, text, line, position = (answer.get(key) for key in ("kind", "text", "line", "position"))
        match answer.get("is"):
            case "raised" if isinstance(kind, str) and isinstance(text, str) and isinstance(line, int):
                if kind in ("MemoryError", "_ArrayMemoryError"):
                    return fault_limit("memory", self.function)
                if kind == "OutputLimitError":
                    return fault_limit("output", self.function)
                source = self._source.splitlines()[line - 1].strip() if 0 < line <= self._source.count("\n") + 1 else ""
                return fault_error(self.function, kind, text, line if source else 0, source.replace("`", "'")[:200])
            case "missing":
                return fault_missing(self.function)
            case "arguments":
                return fault_arguments(self.function, len(arguments))
            case "changed" if isinstance(position, int) and 0 <= position < len(arguments):
                return fault_changed(self.function, position, self.names, arguments[position], "changed")
            case "not plain":
                return fault_not_plain(self.function, Text(str(answer.get("en")), str(answer.get("zh"))))
        return FaultError("wrong", "protocol", _PROTOCOL)


_DIED = Text(
    "The program ended before it answered: it crashed, or left Python.",
    "程序还没有回答就结束了：它崩溃了，或者退出了 Python。",
)
_PROTOCOL = Text("The answer was not in the expected form.", "回答的形式不对。")


class Answering:
    """What `examine` needs: opens one submission's function for each question.

    A child serves question after question while all goes well; after one that ended badly (a loop, a crash, too much memory
    or output) the next question gets a fresh child, so that it costs its own question only.
    A submission that cannot even be loaded is not tried again.
    """

    def __init__(self, sandbox: Sandbox, exercise: Exercise, source: str) -> None:
        self._exercise = exercise
        self._open = lambda: sandbox.open(exercise, source)
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
                self._call = _Refusing(self._exercise.function, fault)
            elif self._call.broken:
                self._let_go()

    def _let_go(self) -> None:
        if self._held is not None:
            held, self._held, self._call = self._held, None, None
            held.__exit__(None, None, None)


class _Refusing:
    """A call that can only repeat why the submission did not load."""

    def __init__(self, function: str, fault: FaultError) -> None:
        self.function = function
        self.names: tuple[str, ...] = ()
        self._fault = fault

    def __call__(self, *_: Any) -> Any:
        raise self._fault
