"""Attacks on the sandbox: each succeeds outside (positive control) and fails inside, in every mode of this machine."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.grade.attacks import ALL, EXHAUSTING, FORGED
from tests.grade.modes import must_work

from glideslope.exercise import Exercise, Limits, read_exercise
from glideslope.grade.finding import FaultError
from glideslope.grade.sandbox.call import SandboxedCall
from glideslope.grade.sandbox.confine import MODES
from glideslope.grade.sandbox.probe import choose_mode
from glideslope.grade.sandbox.runner import InfraError, Sandbox
from glideslope.grade.wire import WireError, receive, send

pytestmark = pytest.mark.slow

EXERCISE = replace(read_exercise("softmax-cross-entropy/stable-softmax"), function="f", limits=Limits(1.0, 256, 64))


@pytest.fixture(scope="module", params=MODES)
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    with Sandbox(must_work(request.param)) as opened:
        yield opened


def inside(sandbox: Sandbox, source: str, exercise: Exercise = EXERCISE) -> Any:
    with sandbox.open(exercise, source) as call:
        return call()


def outside(source: str, descriptors: tuple[int, ...] = ()) -> Any:
    """Run the attack in an ordinary process, over the same protocol; one that ends without an answer is {"is": "gone"}."""
    ours, theirs = socket.socketpair()
    program = "import socket, sys; from glideslope.grade.sandbox.child import serve; serve(socket.socket(fileno=int(sys.argv[1])))"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen(
        [sys.executable, "-c", program, str(theirs.fileno())], pass_fds=[theirs.fileno(), *descriptors], env=environment
    ) as process:
        theirs.close()
        ours.settimeout(20)
        try:
            send(ours, {"parts": [{"source": source, "function": "f", "output_bytes": 10**6, "calls": [[]]}]})
            (answer,) = receive(ours)
        except WireError:
            answer = {"is": "gone"}
        finally:
            ours.close()
            process.wait(timeout=20)
    return answer["answers"][0] if answer["is"] == "loaded" else answer


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """What an attack aims at: a file, a process, an open port, a terminal."""
    folder: Path = tmp_path_factory.mktemp("outside")
    victim = folder / "victim"
    listener = socket.create_server(("127.0.0.1", 0))
    terminal = os.openpty()
    os.set_inheritable(terminal[1], True)
    yield {
        "TARGET_FILE": str(EXERCISE.check_path),
        "TARGET_PID": str(os.getpid()),
        "TARGET_PORT": str(listener.getsockname()[1]),
        "TARGET_VICTIM": str(victim),
        "TARGET_FD": str(terminal[1]),
        "TARGET_LIBRARY": str(folder),
    }
    listener.close()
    for descriptor in terminal:
        os.close(descriptor)


def aimed(source: str, world: dict[str, str]) -> str:
    for name, value in world.items():
        source = source.replace(name, value)
    Path(world["TARGET_VICTIM"]).write_text("alive", encoding="utf-8")
    (Path(world["TARGET_LIBRARY"]) / "attack.py").unlink(missing_ok=True)
    return source


def test_a_right_program_is_answered_inside(sandbox: Sandbox) -> None:
    """The positive control of the sandbox itself: a mute child would contain everything."""
    source = "import numpy as np\nimport math, random, statistics\ndef f():\n    return [float(np.linalg.norm([3.0, 4.0])), math.sqrt(4)]"
    assert inside(sandbox, source) == [5.0, 2.0]


def inside_ready(sandbox: Sandbox, source: str) -> Any:
    """The same in a child that was forked and confined before its source was known, as nearly all submissions are asked."""
    with sandbox.child(EXERCISE.limits, wait=False):
        pass  # from now on one is ready
    with sandbox.child(EXERCISE.limits, wait=False) as connection:
        return SandboxedCall(connection, EXERCISE, source)()


def test_a_right_program_is_answered_by_a_child_that_was_ready(sandbox: Sandbox) -> None:
    assert inside_ready(sandbox, "def f():\n    return 7") == 7


@pytest.mark.parametrize("how", [inside, inside_ready])
@pytest.mark.parametrize("name", ALL)
def test_an_attack_is_contained(sandbox: Sandbox, world: dict[str, str], name: str, how: Callable[..., Any]) -> None:
    try:
        result = how(sandbox, aimed(ALL[name], world))
    except FaultError:
        result = None
    assert not result
    assert Path(world["TARGET_VICTIM"]).read_text(encoding="utf-8") == "alive"
    assert not (Path(world["TARGET_LIBRARY"]) / "attack.py").exists()


NOT_HERE = {  # need a right or a kernel feature that a machine may lack; elsewhere they are seen to succeed
    "mount", "change the root by call", "become root", "a kernel program", "an io_uring", "watch user faults",
    "a new user namespace", "trace a process", "take a descriptor of another", "read another's memory",
}  # fmt: skip


@pytest.mark.parametrize("name", ALL)
def test_the_same_attack_succeeds_outside(world: dict[str, str], name: str) -> None:
    answer = outside(aimed(ALL[name], world), (int(world["TARGET_FD"]),))
    if answer["is"] == "gone":  # it became another program: what that one did is the proof
        assert not Path(world["TARGET_VICTIM"]).exists()
        return
    if name in NOT_HERE and not answer.get("value"):
        pytest.skip(f"this machine does not permit it outside either: {answer}")
    assert answer["is"] == "value", answer
    assert answer["value"], answer


@pytest.mark.parametrize("name", EXHAUSTING)
def test_a_hungry_program_costs_its_own_question_only(sandbox: Sandbox, name: str) -> None:
    source, status = EXHAUSTING[name]
    with pytest.raises(FaultError) as caught:
        inside(sandbox, source)
    assert caught.value.status in {status, "timeout" if name == "a list without end" else status}
    assert inside(sandbox, "def f():\n    return 7") == 7


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_value_never_reaches_a_comparison(sandbox: Sandbox, name: str) -> None:
    with pytest.raises(FaultError) as caught:
        inside(sandbox, FORGED[name])
    assert caught.value.code == "not plain"


FRAMES = {
    "a length of 4 GB": "b'\\xff\\xff\\xff\\xff'",
    "a pickle": "__import__('pickle').dumps({'is': 'value', 'value': 1})",
    "an unknown tag": "b'\\1\\0\\0\\0Z'",
    "nothing but a header": "b'\\x10\\0\\0\\0'",
    "an array larger than its bytes": "b'\\x0a\\0\\0\\0a\\0\\1\\xff\\xff\\xff\\xff\\0\\0\\0'",
    "deep nesting": "b'\\xf4\\1\\0\\0' + b'l\\1\\0\\0\\0' * 100",
    "a verdict": "__import__('struct').pack('<I', 15) + b'm\\1\\0\\0\\0s\\5\\0\\0\\0score'",
}


@pytest.mark.parametrize("name", FRAMES)
def test_a_forged_frame_is_a_fault_of_its_sender(sandbox: Sandbox, name: str) -> None:
    """The child finds its own socket and writes to it behind the protocol's back."""
    source = f"import os\ndef f():\n    data = {FRAMES[name]}\n    for fd in range(3, 64):\n        try:\n            os.write(fd, data)\n        except OSError:\n            pass\n    os._exit(0)"
    with pytest.raises(FaultError) as caught:
        inside(sandbox, source)
    assert caught.value.status in ("died", "wrong", "timeout")


def test_an_answer_that_drips_is_late(sandbox: Sandbox) -> None:
    """A byte now and then would keep a judge waiting for ever, if only each piece had its time."""
    source = "import os, time\ndef f():\n    for fd in range(3, 64):\n        try:\n            os.write(fd, b'\\0\\0\\1\\0')\n            break\n        except OSError:\n            pass\n    while True:\n        os.write(fd, b'\\0')\n        time.sleep(0.05)"
    began = time.monotonic()
    with pytest.raises(FaultError) as caught:
        inside(sandbox, source)
    assert caught.value.status == "timeout"
    assert time.monotonic() - began < 10 * EXERCISE.limits.seconds


def test_a_forged_score_on_standard_output_is_ignored(sandbox: Sandbox) -> None:
    source = "import os\nos.write(1, b'{\"score\": 100}')\nprint('score: 100')\ndef f():\n    return 3"
    assert inside(sandbox, source) == 3


def test_nothing_is_left_for_the_next(sandbox: Sandbox) -> None:
    """Changed modules, left objects and open descriptors end with the child."""
    poison = "import numpy as np, builtins\nnp.exp = lambda x: 0\nbuiltins.secret = 'previous learner'\ndef f():\n    return 1"
    assert inside(sandbox, poison) == 1
    look = "import builtins, numpy as np, gc\ndef f():\n    return [hasattr(builtins, 'secret'), float(np.exp(0.0)), any('previous learner' in str(o)[:50] for o in gc.get_objects() if type(o) is str)]"
    assert inside(sandbox, look) == [False, 1.0, False]


def test_the_child_holds_no_checks_and_no_secrets(sandbox: Sandbox) -> None:
    source = "import sys, os\ndef f():\n    return [sorted(n for n in sys.modules if '_glideslope_check' in n or n.endswith(('.exam', '.gradebook'))), sorted(os.environ)]"
    modules, environment = inside(sandbox, source)
    assert modules == []
    assert not [name for name in environment if "SECRET" in name or "TOKEN" in name or "GLIDESLOPE" in name]


def test_a_killed_zygote_is_infra_and_never_the_learners(sandbox: Sandbox) -> None:
    with Sandbox(sandbox.mode) as doomed:
        os.killpg(doomed.pid, 9)
        with pytest.raises(InfraError):
            inside(doomed, "def f():\n    return 1")


def test_below_the_floor_nothing_is_graded() -> None:
    with pytest.raises(Exception, match="expected the floor to be one of warm, seccomp and got 'none'"):
        choose_mode("none")
