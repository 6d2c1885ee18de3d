"""The fork-server: NumPy loaded once, then one clean child for each submission.

Two processes: the root prepares itself and forks zygotes, a zygote forks children. A fresh zygote costs a fork, and no
learner's code has ever run in a process that it descends from: the root forks nothing but zygotes.
Both hold no learner's code, no checks and no secrets; a child inherits nothing but modules.

The root's line carries the lines of new zygotes. A zygote's line carries orders (`F` or, for a child that need not say it
is confined, `Q`, with the child's socket: fork; `K`: kill) and, after `K`, how the child ended.
"""

import array
import gc
import importlib
import os
import signal
import socket
import struct
import sys
from functools import lru_cache

import numpy as np

from glideslope.grade.sandbox.child import serve
from glideslope.grade.sandbox.confine import (
    Step,
    address_space,
    confinement,
    die_with_parent,
    enter_namespaces,
    fork_hidden,
)
from glideslope.grade.sandbox.holes import fill_holes
from glideslope.grade.sandbox.seccomp import Filter, filter_program
from glideslope.grade.wire import send

__all__ = ["PRELOADED", "main"]

PRELOADED = (
    "bisect", "cmath", "collections", "copy", "dataclasses", "datetime", "decimal", "enum", "fractions", "functools",
    "heapq", "itertools", "math", "numbers", "operator", "random", "re", "statistics", "string", "time", "typing",
    "numpy", "numpy.fft", "numpy.linalg", "numpy.ma", "numpy.polynomial", "numpy.random",
)  # fmt: skip
"""Modules a submission may import: the child has no files, so what is not loaded here cannot be loaded at all."""

REHEARSED = (
    "import numpy as np\n\ndef f(Z, Y):\n    E = np.exp(Z - Z.max(axis=1, keepdims=True))\n    return (E / E.sum(axis=1, keepdims=True) - Y) / len(Z)\n",
    "import numpy as np\n\ndef f(Z, Y):\n    return -np.sum(Y * np.log(np.abs(Z @ np.ones((3, 3))))) / Z.shape[0]\n",
    "def f(Z, Y):\n    return [[float(z) * y for z, y in zip(*rows)] for rows in zip(Z, Y)]\n",
    "def f(Z, Y):\n    raise ValueError\n",
)
"""Harmless programs that use what most answers use."""

ORDER = struct.Struct("<cdQ")
"""what to do, seconds of CPU, bytes of memory above the zygote's own"""
ENDED = struct.Struct("<iiQd")
"""signal, exit code, largest resident set in bytes, CPU seconds"""


def main() -> None:
    """Run as `python -c "…zygote.main()" DESCRIPTOR DESCRIPTOR MODE`, with the root's line and the first zygote's.

    Prepare, then fork a zygote for each line, one after the other, until the root's line closes.
    """
    orders, line = (socket.socket(fileno=int(descriptor)) for descriptor in sys.argv[1:3])
    mode = sys.argv[3]
    for name in PRELOADED:
        importlib.import_module(name)
    _rehearse()
    gc.collect()
    kept = fill_holes()
    base = address_space()
    try:
        program = Filter(filter_program())
        if mode == "warm":
            enter_namespaces()
    except OSError as error:
        line.sendall(b"E" + str(error).encode())
        return
    gc.freeze()  # children then copy fewer pages
    gc.set_threshold(10_000)  # and most answer before they would collect
    _serve_lines(orders, line, mode, base, program)
    del kept
    os._exit(0)  # at once: nothing is left to tidy up, and the judge waits


def _rehearse(rounds: int = 12) -> None:
    """Serve programs of ours: what Python works out on first use is then there before the fork, not after each."""
    order = [
        {"source": source, "function": "f", "output_bytes": 1000, "calls": [[np.ones((2, 3)), np.eye(3)[:2]]] * 3}
        for source in REHEARSED
    ]
    for _ in range(rounds):
        ours, theirs = socket.socketpair()
        with ours, theirs:
            send(ours, {"parts": order})
            ours.shutdown(socket.SHUT_WR)
            serve(theirs)


def _serve_lines(orders: socket.socket, line: socket.socket, mode: str, base: int, program: Filter) -> None:
    """Be the root: a zygote for this line, and for each that comes when it has ended."""
    while True:
        process = _fork(mode)
        if process == 0:
            die_with_parent()
            orders.close()
            line.sendall(b"R")
            _serve_orders(line, mode, base, program)
            os._exit(0)
        line.close()
        os.waitpid(process, 0)
        _, descriptor = _receive(orders)
        if descriptor is None:
            return
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, descriptor)


def _fork(mode: str) -> int:
    return fork_hidden() if mode == "warm" else os.fork()


def _receive(line: socket.socket) -> tuple[bytes, int | None]:
    """Take an order, and the descriptor that came with it; an order that is too short means that the line has closed."""
    data, ancillary, _flags, _address = line.recvmsg(ORDER.size, socket.CMSG_SPACE(4))
    descriptors = array.array("i")
    if ancillary:
        descriptors.frombytes(ancillary[0][2][:4])
    return data, descriptors[0] if descriptors else None


def _serve_orders(line: socket.socket, mode: str, base: int, program: Filter) -> None:
    while True:
        data, descriptor = _receive(line)
        if len(data) < ORDER.size or descriptor is None:
            return
        what, seconds, memory = ORDER.unpack(data)
        steps = _steps(seconds, base + memory, descriptor, program)
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, descriptor) as connection:
            process = _fork(mode)
            if process == 0:
                _become_child(connection, steps, greet=what == b"F")
        _end(line, process)


@lru_cache(maxsize=16)
def _steps(seconds: float, memory: int, keep: int, program: Filter) -> list[Step]:
    """The steps of a child's confinement: the same for nearly all."""
    return confinement(seconds=seconds, memory_bytes=memory, keep=keep, program=program)


def _become_child(connection: socket.socket, steps: list[Step], greet: bool) -> None:
    try:
        for call, arguments in steps:
            call(*arguments)
        if greet:
            connection.sendall(b"C")  # confined; without it the first answer says so
        serve(connection)
    except OSError as error:
        connection.sendall(b"X" + str(error).encode())
    finally:
        os._exit(0)


def _end(line: socket.socket, process: int) -> None:
    """Wait until the judge wants the child ended (it may have ended by itself); report how it went."""
    order = line.recv(ORDER.size)
    os.kill(process, signal.SIGKILL)  # its number is its own until it has been waited for
    _, status, usage = os.wait4(process, 0)
    if not order:
        os._exit(0)
    by_signal = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else 0
    line.sendall(ENDED.pack(by_signal, code, usage.ru_maxrss * 1024, usage.ru_utime + usage.ru_stime))
