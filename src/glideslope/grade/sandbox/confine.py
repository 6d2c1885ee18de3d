"""Shut the doors: namespaces with an empty root for the zygote; limits, identity and the filter for each child.

Two modes. `warm` needs namespaces: no files, no network, no other processes are even visible.
`seccomp` needs none, and works in an unprivileged container: the filter alone refuses them.
Everything here fails closed: a step that does not succeed raises, and nothing is graded.
"""

import ctypes
import os
import resource
import signal
from collections.abc import Callable
from typing import Any

from glideslope.grade.sandbox.seccomp import Filter

__all__ = ["MODES", "Step", "address_space", "confinement", "die_with_parent", "enter_namespaces", "fork_hidden"]

Step = tuple[Callable[..., Any], tuple[Any, ...]]
"""A call and its arguments; one that fails raises OSError."""

MODES = ("warm", "seccomp")
_USER, _MOUNT, _NET, _IPC, _UTS, _PID = 0x10000000, 0x00020000, 0x40000000, 0x08000000, 0x04000000, 0x20000000
_DIE_WITH_PARENT, _DUMPABLE = 1, 4
_REC_PRIVATE = 0x4000 | 0x40000
_READ_ONLY_EMPTY = 1 | 2 | 4 | 8  # rdonly, nosuid, nodev, noexec
_DETACH = 2
_NOBODY = 65534
_CLONE = {"x86_64": 56, "aarch64": 220}
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
_THIS_PROCESS = (ctypes.c_uint32 * 2)(0x20080522, 0)  # version 3 of the call, 0: the caller; made once, a type is dear
_NO_CAPABILITIES = (ctypes.c_uint32 * 6)()
_LIBC = ctypes.CDLL(None, use_errno=True)


def enter_namespaces() -> None:
    """Leave this process's view of the machine: own user, mount, net, ipc and uts namespaces, and an empty root.

    Modules must be loaded before: there are no files afterwards.

    Raises:
        OSError: a step is not permitted here.
    """
    user, group = os.getuid(), os.getgid()
    _must(_LIBC.unshare(_USER | _MOUNT | _NET | _IPC | _UTS), "unshare")
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{_NOBODY} {user} 1")
    _write("/proc/self/gid_map", f"{_NOBODY} {group} 1")
    _must(_LIBC.mount(None, b"/", None, ctypes.c_ulong(_REC_PRIVATE), None), "mount private")
    _must(_LIBC.mount(b"none", b"/tmp", b"tmpfs", ctypes.c_ulong(_READ_ONLY_EMPTY), b"size=4k"), "mount an empty root")
    os.chdir("/tmp")
    _must(_LIBC.syscall(_PIVOT_ROOT[os.uname().machine], b".", b"."), "pivot_root")
    _must(_LIBC.umount2(b".", _DETACH), "umount the old root")
    os.chdir("/")


def fork_hidden() -> int:
    """Fork into a pid namespace of the child's own, where it cannot even name another process.

    `unshare` allows one new pid namespace a process, hence the bare system call; this process has a single thread.
    """
    process = _LIBC.syscall(_CLONE[os.uname().machine], _PID | signal.SIGCHLD, 0, 0, 0, 0)
    if process < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"clone: {os.strerror(number)}")
    return int(process)


def address_space() -> int:
    """Return the bytes of address space this process uses; /proc must be readable."""
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[0]) * resource.getpagesize()


def confinement(*, seconds: float, memory_bytes: int, keep: int, program: Filter) -> list[Step]:
    """Return what confines a child: descriptors, limits, identity, the filter, in the order to be called. There is no way back.

    It is made before the fork, so that a child calls one thing after the other and touches little of the memory it would have to copy.

    Args:
        seconds: CPU time before the kernel kills the process (rounded up).
        memory_bytes: largest address space.
        keep: the only descriptor to stay open beside 0, 1 and 2, which lead to /dev/null.
        program: the seccomp filter, laid out once by the zygote.
    """
    limits = (
        (resource.RLIMIT_CPU, int(seconds) + 1),
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, keep + 1),
    )
    nobody = (_NOBODY, _NOBODY, _NOBODY)
    identity: list[Step] = [(os.setgroups, ([],)), (os.setresgid, nobody), (os.setresuid, nobody)]
    return [
        (os.closerange, (3, keep)),
        (os.closerange, (keep + 1, 1024)),
        *((resource.setrlimit, (kind, (value, value))) for kind, value in limits),
        *(identity if os.geteuid() == 0 else []),
        (
            _CAPSET,
            (_THIS_PROCESS, _NO_CAPABILITIES),
        ),  # inside its user namespace even nobody would start with every one
        (_PRCTL, (_DUMPABLE, 0, 0, 0, 0)),
        (_PRCTL, (_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)),
        *((_PRCTL, call) for call in program.calls),
    ]


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent ends: nothing is left behind."""
    _PRCTL(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)


def _write(path: str, content: str) -> None:
    descriptor = os.open(path, os.O_WRONLY)
    try:
        os.write(descriptor, content.encode())
    finally:
        os.close(descriptor)


def _must(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def _checked(result: Any, function: Any, _arguments: Any) -> Any:
    _must(result, function.__name__)
    return result


_PRCTL, _CAPSET = _LIBC.prctl, _LIBC.capset  # found once, before any fork: a name is dear to look up
_PRCTL.errcheck = _CAPSET.errcheck = _checked
