"""The fork-server: NumPy loaded once, then one clean child for each question.

It holds no learner's code, no checks and no secrets; a child inherits nothing but modules.
Its one line carries orders (`F` with the child's socket: fork; `K`: kill) and, when a child has ended, how it ended.
"""

import array
import gc
import importlib
import os
import select
import socket
import struct
import sys

from glideslope.grade.sandbox.child import serve
from glideslope.grade.sandbox.confine import (
    address_space,
    confine_child,
    die_with_parent,
    enter_namespaces,
    fork_hidden,
)
from glideslope.grade.sandbox.seccomp import filter_program

__all__ = ["PRELOADED", "main"]

PRELOADED = (
    "bisect", "cmath", "collections", "copy", "dataclasses", "datetime", "decimal", "enum", "fractions", "functools",
    "heapq", "itertools", "math", "numbers", "operator", "random", "re", "statistics", "string", "time", "typing",
    "numpy", "numpy.fft", "numpy.linalg", "numpy.ma", "numpy.polynomial", "numpy.random",
)  # fmt: skip
"""Modules a submission may import: the child has no files, so what is not loaded here cannot be loaded at all."""

ORDER = struct.Struct("<cdQ")
"""what to do, seconds of CPU, bytes of memory above the zygote's own"""
ENDED = struct.Struct("<iiQd")
"""signal, exit code, largest resident set in bytes, CPU seconds"""


def main() -> None:
    """Run as `python -c "…zygote.main()" DESCRIPTOR MODE`: prepare, say ready, fork on demand until the line closes."""
    line = socket.socket(fileno=int(sys.argv[1]))
    mode = sys.argv[2]
    for name in PRELOADED:
        importlib.import_module(name)
    base = address_space()
    try:
        program = filter_program()
        if mode == "warm":
            enter_namespaces()
    except OSError as error:
        line.sendall(b"E" + str(error).encode())
        return
    gc.collect()
    gc.freeze()  # children then copy fewer pages
    if mode == "warm" and (process := os.fork()):
        line.close()
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) and 1)
    die_with_parent()
    line.sendall(b"R")
    _serve_orders(line, mode, base, program)


def _serve_orders(line: socket.socket, mode: str, base: int, program: bytes) -> None:
    while True:
        data, ancillary, _flags, _address = line.recvmsg(ORDER.size, socket.CMSG_SPACE(4))
        if len(data) < ORDER.size:
            return
        what, seconds, memory = ORDER.unpack(data)
        if what != b"F":
            continue  # a late K for a child that has ended
        descriptors = array.array("i")
        descriptors.frombytes(ancillary[0][2][:4])
        process = fork_hidden() if mode == "warm" else os.fork()
        if process == 0:
            _become_child(descriptors[0], line, seconds, base + memory, program)
        os.close(descriptors[0])
        _watch(line, process)


def _become_child(descriptor: int, line: socket.socket, seconds: float, memory: int, program: bytes) -> None:
    connection = socket.socket(fileno=descriptor)
    try:
        line.close()
        confine_child(seconds=seconds, memory_bytes=memory, keep=descriptor, program=program)
        connection.sendall(b"C")  # confined: the judge sends nothing before this byte
        serve(connection)
    except OSError as error:
        connection.sendall(b"X" + str(error).encode())
    finally:
        os._exit(0)


def _watch(line: socket.socket, process: int) -> None:
    """Wait until the child ends or the judge wants it ended; report how it went."""
    ended = os.pidfd_open(process)
    try:
        ready, _, _ = select.select([line.fileno(), ended], [], [])
        if ended not in ready:
            order = line.recv(ORDER.size)
            os.kill(process, 9)
            if not order:
                os._exit(0)
        _, status, usage = os.wait4(process, 0)
    finally:
        os.close(ended)
    signal = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else 0
    line.sendall(ENDED.pack(signal, code, usage.ru_maxrss * 1024, usage.ru_utime + usage.ru_stime))
