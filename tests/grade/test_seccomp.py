"""The filter, run by a small BPF machine: exactly the listed calls pass, on both architectures."""

import struct

import pytest

from glideslope.grade.sandbox.seccomp import ALLOWED, EXECUTABLE_CHECKED, filter_program

TOKENS = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
ALLOW, EPERM, KILL = 0x7FFF0000, 0x00050001, 0x80000000


def decide(program: bytes, number: int, token: int, third: int = 0) -> int:
    """What the program says to a system call."""
    return run(program, number, token, third)[0]


def run(program: bytes, number: int, token: int, third: int = 0) -> tuple[int, int]:
    """Run the program on a system call as the kernel would; return the answer and how many rows it took."""
    data = struct.pack("<IIQ6Q", number, token, 0, 0, 0, third, 0, 0, 0)
    rows = list(struct.iter_unpack("<HBBI", program))
    accumulator = place = count = 0
    while True:
        code, when_true, when_false, operand = rows[place]
        place, count = place + 1, count + 1
        if code == 0x20:
            (accumulator,) = struct.unpack_from("<I", data, operand)
        elif code == 0x06:
            return int(operand), count
        else:
            holds = {0x15: accumulator == operand, 0x35: accumulator >= operand, 0x45: bool(accumulator & operand)}[
                code
            ]
            place += when_true if holds else when_false


@pytest.mark.parametrize("machine", TOKENS)
def test_exactly_the_listed_calls_pass(machine: str) -> None:
    column = list(TOKENS).index(machine)
    program = filter_program(machine)
    listed = {pair[column] for pair in (*ALLOWED.values(), *EXECUTABLE_CHECKED.values())}
    passed = {number for number in range(600) if decide(program, number, TOKENS[machine]) == ALLOW}
    assert passed == listed - {None}
    assert decide(program, 0x40000000, TOKENS[machine]) == EPERM


@pytest.mark.parametrize("machine", TOKENS)
@pytest.mark.parametrize("name", EXECUTABLE_CHECKED)
def test_memory_cannot_become_executable(machine: str, name: str) -> None:
    number = EXECUTABLE_CHECKED[name][list(TOKENS).index(machine)]
    program = filter_program(machine)
    assert [decide(program, number, TOKENS[machine], protection) for protection in (3, 4, 7)] == [ALLOW, EPERM, EPERM]


@pytest.mark.parametrize("machine", TOKENS)
def test_a_call_is_found_in_few_rows(machine: str) -> None:
    """By halves: the kernel runs the program once for each call there is whenever a child puts it in force."""
    program, token = filter_program(machine), TOKENS[machine]
    assert max(run(program, number, token)[1] for number in range(600)) <= 18


def test_another_abi_is_killed() -> None:
    assert decide(filter_program("x86_64"), 0, 0x40000003) == KILL


def test_an_unknown_machine_has_no_filter() -> None:
    with pytest.raises(
        OSError, match="expected x86_64 or aarch64 and got riscv64; the sandbox has no list of calls for it"
    ):
        filter_program("riscv64")


@pytest.mark.parametrize(
    "name", ["open", "openat", "socket", "clone", "fork", "execve", "kill", "ptrace", "ioctl", "prctl"]
)
def test_the_dangerous_are_not_listed(name: str) -> None:
    assert name not in ALLOWED
