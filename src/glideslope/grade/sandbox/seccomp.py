"""The allowlist of system calls, as a filter the kernel runs: memory, time, the open connection, and leaving.

No files can be opened, no processes or threads started, no sockets made, nobody signalled, no memory made executable.
Whatever is not on the list fails with EPERM, so that a learner's mistake is still an exception and not a crash.
The filter is classic BPF, assembled here: load the number, find it among the listed ones by halves, allow or refuse.
Halves, because the kernel runs the filter once for each call there is whenever a child puts it in force.
"""

import ctypes
import os
import struct
from typing import final

__all__ = ["ALLOWED", "EXECUTABLE_CHECKED", "Filter", "filter_program"]

# numbers from the kernel's tables: x86_64, aarch64 (None: the call does not exist there)
ALLOWED: dict[str, tuple[int | None, int | None]] = {
    "read": (0, 63),
    "write": (1, 64),
    "close": (3, 57),
    "fstat": (5, 80),
    "poll": (7, None),
    "ppoll": (271, 73),
    "lseek": (8, 62),
    "munmap": (11, 215),
    "brk": (12, 214),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132),
    "recvfrom": (45, 207),
    "sendto": (44, 206),
    "sched_yield": (24, 124),
    "getpid": (39, 172),
    "gettid": (186, 178),
    "getuid": (102, 174),
    "geteuid": (107, 175),
    "getrusage": (98, 165),
    "times": (100, 153),
    "gettimeofday": (96, 169),
    "time": (201, None),
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "clock_nanosleep": (230, 115),
    "nanosleep": (35, 101),
    "restart_syscall": (219, 128),
    "futex": (202, 98),
    "getrandom": (318, 278),
    "sched_getaffinity": (204, 123),
    "exit": (60, 93),
    "exit_group": (231, 94),
}
EXECUTABLE_CHECKED: dict[str, tuple[int, int]] = {"mmap": (9, 222), "mprotect": (10, 226)}

_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_LOAD, _JUMP_EQUAL, _JUMP_SET, _JUMP_GREATER, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_EPERM = 1
_PROT_EXEC = 4
_NUMBER, _ARCHITECTURE, _THIRD_ARGUMENT = 0, 4, 32  # offsets in struct seccomp_data


def filter_program(machine: str = "") -> bytes:
    """Return the BPF program for a machine (default: this one).

    Raises:
        OSError: the machine has no table here.
    """
    machine = machine or os.uname().machine
    if machine not in _ARCHITECTURES:
        raise OSError(f"expected x86_64 or aarch64 and got {machine}; the sandbox has no list of calls for it.")
    column, token = _ARCHITECTURES[machine]
    allowed = {number: _PLAIN for pair in ALLOWED.values() if (number := pair[column]) is not None}
    checked = {pair[column]: _NOT_EXECUTABLE for pair in EXECUTABLE_CHECKED.values()}
    rows = [
        _op(_LOAD, 0, 0, _ARCHITECTURE),
        _op(_JUMP_EQUAL, 1, 0, token),
        _op(_RETURN, 0, 0, _KILL),  # another ABI would read other numbers
        _op(_LOAD, 0, 0, _NUMBER),
        _op(_JUMP_GREATER, 0, 1, 0x40000000),  # the x32 numbers
        _op(_RETURN, 0, 0, _ERRNO | _EPERM),
        *_among(sorted((allowed | checked).items())),
    ]
    return b"".join(rows)


def _among(numbers: list[tuple[int, list[bytes]]]) -> list[bytes]:
    """Rows that jump to what follows a number, or refuse when it is none of these."""
    if len(numbers) > _FEW:
        middle = len(numbers) // 2
        below, above = _among(numbers[:middle]), _among(numbers[middle:])
        return [_op(_JUMP_GREATER, len(below), 0, numbers[middle][0]), *below, *above]
    rows: list[bytes] = []
    for number, then in numbers:
        rows += [_op(_JUMP_EQUAL, 0, len(then), number), *then]
    return [*rows, _op(_RETURN, 0, 0, _ERRNO | _EPERM)]


def _op(code: int, when_true: int, when_false: int, operand: int) -> bytes:
    return struct.pack("<HBBI", code, when_true, when_false, operand)


_FEW = 4
_PLAIN = [_op(_RETURN, 0, 0, _ALLOW)]
_NOT_EXECUTABLE = [  # allowed when the new memory is not executable
    _op(_LOAD, 0, 0, _THIRD_ARGUMENT),
    _op(_JUMP_SET, 0, 1, _PROT_EXEC),
    _op(_RETURN, 0, 0, _ERRNO | _EPERM),
    _op(_RETURN, 0, 0, _ALLOW),
]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("rows", ctypes.c_void_p)]


@final
class Filter:
    """A program laid out in memory as the kernel reads it: made once, put in force after each fork, for ever.

    `calls` are the arguments of `prctl` that do so: no new privileges, then the filter.
    """

    def __init__(self, program: bytes) -> None:
        self._buffer = ctypes.create_string_buffer(program, len(program))
        self._described = ctypes.pointer(_Program(len(program) // 8, ctypes.addressof(self._buffer)))
        self.calls = ((_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0), (_SET_SECCOMP, _MODE_FILTER, self._described, 0, 0))


_SET_NO_NEW_PRIVILEGES, _SET_SECCOMP, _MODE_FILTER = 38, 22, 2
