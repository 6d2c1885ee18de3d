"""The judge's end: keep a zygote, have it fork children, learn how they ended.

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

from glideslope.errors import GlideslopeError
from glideslope.exercise import Exercise, Limits
from glideslope.grade.sandbox.call import SandboxedCall
from glideslope.grade.sandbox.zygote import ENDED, ORDER

__all__ = ["InfraError", "Sandbox"]

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
    def open(self, exercise: Exercise, source: str) -> Iterator[SandboxedCall]:
        """Fork a child, load the submission in it, and give the call; the child is killed afterwards.

        Raises:
            InfraError: the zygote is gone or does not answer.
        """
        with self.child(exercise.limits) as connection:
            yield SandboxedCall(connection, exercise, source)

    @contextlib.contextmanager
    def child(self, limits: Limits, *, wait: bool = True) -> Iterator[socket.socket]:
        """Fork one confined child and give the line to it.

        Args:
            limits: of the child; ten calls' seconds of CPU time.
            wait: until the child says that it is confined. It reads its first order only then, so a caller
                that takes silence for failure need not wait.
        """
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                self._order(b"F" if wait else b"Q", limits, theirs)
            ours.settimeout(CONFINE_SECONDS)
            if wait and (said := ours.recv(1)) != b"C":
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
