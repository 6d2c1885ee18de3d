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
STOP_SECONDS = 1.0
CONFINE_SECONDS = 5.0
_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "LD_BIND_NOW": "1",
}


class InfraError(GlideslopeError, OSError):
    """The machinery failed, not the learner: never counted against anybody."""


class Sandbox:
    """One zygote and its children, one at a time, and the root that can fork a fresh one.

    While the judge is busy with what a child answered, the zygote ends that one and has the next ready: confined, empty,
    waiting for its order. Nobody's code has run in it.
    """

    def __init__(self, mode: str) -> None:
        self.mode = mode
        self._cpu_seconds = 0.0
        self._ready: tuple[Limits, socket.socket] | None = None
        self._ending = False
        self._process: subprocess.Popen[bytes] | None = None
        self._root: socket.socket | None = None
        self._line: socket.socket | None = None

    def __enter__(self) -> "Sandbox":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start the root and its first zygote.

        Raises:
            InfraError: this machine does not permit the mode; the message says which step failed.
        """
        (self._root, far_root), (self._line, far_line) = socket.socketpair(), socket.socketpair()
        descriptors = far_root.fileno(), far_line.fileno()
        paths = os.pathsep.join(path for path in sys.path if path)
        command = [sys.executable, "-c", "from glideslope.grade.sandbox.zygote import main; main()"]
        with far_root, far_line:
            self._process = subprocess.Popen(
                [*command, *map(str, descriptors), self.mode],
                pass_fds=descriptors,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_ENVIRONMENT | {"PYTHONPATH": paths},
                start_new_session=True,
            )
        said = _said(self._line, START_SECONDS)
        if said != b"R":
            self.stop()
            raise InfraError(f"the sandbox mode {self.mode} did not start here: {said[1:].decode() or 'no answer'}.")

    def renew(self) -> None:
        """Take a fresh zygote: the root forks it when the old one has ended. A root that does not is replaced, too.

        Raises:
            InfraError: it does not start.
        """
        self._leave()
        self._line, far_line = socket.socketpair()
        try:
            with far_line:
                if self._root is not None:
                    socket.send_fds(self._root, [b"Z"], [far_line.fileno()])
            renewed = _said(self._line, STOP_SECONDS) == b"R"
        except OSError:
            renewed = False
        if not renewed:
            self.stop()
            self.start()

    def stop(self) -> None:
        """End the root, with it the zygote and every child.

        They end by themselves when their lines close, each after it has waited for its child, so that their CPU time is
        accounted for. A root that does not is killed, with all below it.
        """
        self._leave()
        if self._root is not None:
            self._root.close()
        if self._process is not None:
            try:
                ended_well = self._process.wait(timeout=STOP_SECONDS) == 0
            except subprocess.TimeoutExpired:
                ended_well = False
            if not ended_well:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()
        self._root = self._process = None

    def _leave(self) -> None:
        """Close the zygote's line: it ends by itself, with its child."""
        if self._ready is not None:
            self._ready[1].close()
        if self._line is not None:
            self._line.close()
        self._line = self._ready = None
        self._ending = False

    @property
    def cpu_seconds(self) -> float:
        """The CPU time of all children that have ended."""
        self._collect()
        return self._cpu_seconds

    @property
    def pid(self) -> int:
        """The process id of the root, which leads the group of all below it, for tests that kill them."""
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
                that takes silence for failure need not wait, and gets the one that is ready; the next is made ready then.
        """
        ours = self._fork(limits) if wait else self._take(limits)
        try:
            ours.settimeout(CONFINE_SECONDS)
            if wait and (said := ours.recv(1)) != b"C":
                reason = ours.recv(300).decode() if said == b"X" else "it ended"
                raise InfraError(f"a child could not be confined ({reason}); nothing was run.")
            yield ours
        except TimeoutError:
            raise InfraError("a child did not start in time.") from None
        finally:
            try:  # killed before its line closes: it would only wake up to leave
                if self._line is not None:
                    self._end(limits)
            finally:
                ours.close()
            if self._line is not None and not wait:
                self._ready = limits, self._fork(limits, b"Q")

    def _take(self, limits: Limits) -> socket.socket:
        """Return the line to the child that is ready, when it has these limits, else to a new one."""
        if self._ready is None or self._ready[0] != limits:
            return self._fork(limits, b"Q")
        (_, ours), self._ready = self._ready, None
        return ours

    def _fork(self, limits: Limits, how: bytes = b"F") -> socket.socket:
        """Order a child and return the line to it; one that was ready for something else is ended first."""
        if self._ready is not None:
            (_, unused), self._ready = self._ready, None
            with unused:
                self._end(limits)
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                self._order(how, limits, theirs)
        except InfraError:
            ours.close()
            raise
        return ours

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

    def _end(self, limits: Limits) -> None:
        """Have the child killed; how it ended is read later, so that the judge need not wait for it."""
        self._collect()
        self._order(b"K", limits)
        self._ending = True

    def _collect(self) -> None:
        """Read how the child ended that was killed last."""
        if not self._ending or self._line is None:
            return
        self._ending = False
        self._line.settimeout(CONFINE_SECONDS)
        try:
            data = self._line.recv(ENDED.size)
        except (TimeoutError, OSError):
            data = b""
        if len(data) != ENDED.size:
            raise InfraError("the zygote is gone.")
        self.signal, self.code, self.resident_bytes, cpu = ENDED.unpack(data)
        self._cpu_seconds += cpu


def _said(line: socket.socket, seconds: float) -> bytes:
    """What comes first over a line, or nothing when it does not come in time."""
    line.settimeout(seconds)
    try:
        return line.recv(1000)
    except TimeoutError:
        return b""
