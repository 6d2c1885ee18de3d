"""What makes the sandbox quick must change nothing else: the child that is ready, the rehearsed zygote, the filled heap, the accounts."""

import contextlib
import gc
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bench.grading_class import costs
from tests.grade.modes import must_work

from glideslope.exercise import Limits, read_exercise
from glideslope.grade.assess import assess
from glideslope.grade.grading import _few_collections
from glideslope.grade.sandbox import confine, zygote
from glideslope.grade.sandbox.confine import MODES, Step
from glideslope.grade.sandbox.runner import InfraError, Sandbox
from glideslope.grade.wire import WireError, receive, send

pytestmark = pytest.mark.slow

SOFTMAX = read_exercise("softmax-cross-entropy/stable-softmax")
LIMITS = Limits(1.0, 256, 64)


@pytest.fixture(scope="module", params=MODES)
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    with Sandbox(must_work(request.param)) as opened:
        yield opened


def said(sandbox: Sandbox, source: str, limits: Limits = LIMITS) -> Any:
    """What f() answers in a child that was made ready before its source was known."""
    with sandbox.child(limits, wait=False) as connection:
        connection.settimeout(20)
        try:
            send(connection, {"parts": [{"source": source, "function": "f", "output_bytes": 1000, "calls": [[]]}]})
            (answer,) = receive(connection)
        except (WireError, OSError):
            return "gone"
    return answer["answers"][0].get("value", answer["answers"][0]["is"]) if answer["is"] == "loaded" else answer["kind"]


def forks(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Note every order to the zygote from now on."""
    orders: list[bytes] = []
    real = sandbox._order

    def noted(what: bytes, *given: Any) -> None:
        orders.append(what)
        real(what, *given)

    monkeypatch.setattr(sandbox, "_order", noted)
    return orders


def test_the_next_child_is_made_ready_while_the_judge_works(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    said(sandbox, "def f():\n    return 1")
    orders = forks(sandbox, monkeypatch)
    assert said(sandbox, "def f():\n    return 2") == 2
    assert orders == [b"K", b"Q"]  # nothing was forked before the answer; after it one child ends and one begins


def test_a_child_that_was_ready_knows_nothing_of_the_one_before(sandbox: Sandbox) -> None:
    said(sandbox, "def f():\n    return 1")
    poison = "import builtins, numpy as np\nnp.exp = lambda x: 0\nbuiltins.secret = 'previous learner'\ndef f():\n    return 1"
    assert said(sandbox, poison) == 1
    look = (
        "import builtins, gc, numpy as np\ndef f():\n    texts = [o for o in gc.get_objects() if type(o) is str]\n"
        "    return [hasattr(builtins, 'secret'), float(np.exp(0.0)), any('previous learner' in o[:50] for o in texts)]"
    )
    assert said(sandbox, look) == [False, 1.0, False]


def test_a_child_that_was_ready_is_never_used_with_other_limits(sandbox: Sandbox) -> None:
    """250 MB fit into 256 and not into 64, whatever the child before was allowed."""
    hungry = "import numpy as np\ndef f():\n    return float(np.ones(2**24).sum())"
    assert said(sandbox, hungry) == 2.0**24
    assert said(sandbox, hungry, Limits(1.0, 64, 64)) == "raised"
    assert said(sandbox, hungry) == 2.0**24


def test_a_careful_question_gets_a_child_of_its_own(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    said(sandbox, "def f():\n    return 1")
    orders = forks(sandbox, monkeypatch)
    with sandbox.open(SOFTMAX, SOFTMAX.solution_path.read_text(encoding="utf-8")):
        pass
    assert orders == [b"K", b"F", b"K"]  # the one that was ready ends unused


def test_a_ready_child_that_dies_costs_nobody(sandbox: Sandbox) -> None:
    said(sandbox, "def f():\n    return 1", SOFTMAX.limits)
    for process in youngest(sandbox.pid):
        os.kill(process, signal.SIGKILL)
    sources = {SOFTMAX.name: SOFTMAX.solution_path.read_text(encoding="utf-8")}
    with contextlib.suppress(InfraError):  # in the mode without namespaces the youngest may be the zygote itself
        items = assess(sandbox, [SOFTMAX], "ada", "a secret for tests only", sources, {})
        assert all(item.earned == item.points for item in items)


def youngest(process: int) -> list[int]:
    """The processes below one that have no children of their own."""
    below = [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    return [leaf for one in below for leaf in youngest(one)] or [process]


@pytest.mark.parametrize("mode", MODES)
def test_the_time_of_every_child_is_accounted_for(mode: str) -> None:
    """What a child has burnt is among the times of our children once the sandbox is stopped."""
    burn = "import time\ndef f():\n    while time.process_time() < 0.8:\n        pass\n    return 1"
    sandbox = Sandbox(must_work(mode))
    sandbox.start()
    before = _spent()
    assert said(sandbox, burn, Limits(2.0, 256, 64)) == 1
    burnt = sandbox.cpu_seconds
    sandbox.stop()
    assert 0.8 <= burnt <= _spent() - before + 0.02  # the zygote's own start alone takes less than half of that


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("mode", MODES)
def test_a_zygote_that_does_not_end_by_itself_is_killed(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("glideslope.grade.sandbox.runner.STOP_SECONDS", 0.05)
    sandbox = Sandbox(must_work(mode))
    sandbox.start()
    group = sandbox.pid
    for process in youngest(group):
        os.kill(process, signal.SIGSTOP)
    assert living(group)
    sandbox.stop()
    until = time.monotonic() + 10  # a process that was killed leaves when the kernel comes to it
    while living(group) and time.monotonic() < until:
        time.sleep(0.01)
    assert living(group) == []


def living(group: int) -> list[int]:
    """The processes of a group; who has died and was not yet waited for by its parent does not count."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, of = path.read_text().rpartition(")")[2].split()[:3]
        except (FileNotFoundError, ProcessLookupError):  # gone meanwhile
            continue
        if int(of) == group and state not in "ZX":
            found.append(int(path.parent.name))
    return found


HOLES = """
from glideslope.grade.sandbox.holes import fill_holes

def pages(size):
    return len({id(one) >> 12 for one in [bytes(size - 33) for _ in range(100)]})

kept = {size: [bytes(size - 33) for _ in range(20_000)] for size in (64, 256)}
for size in kept:
    kept[size] = [one for place, one in enumerate(kept[size]) if place % 40]  # a hole here and there
scattered = {size: pages(size) for size in kept}
filling = fill_holes()
print([[scattered[size], pages(size)] for size in kept])
"""


def test_after_filling_new_objects_lie_together() -> None:
    """100 objects lay in nearly as many pages; packed, 64 bytes each fill 2 pages and 256 each fill 7, plus one or two at the edges."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run([sys.executable, "-c", HOLES], env=environment, capture_output=True, text=True, check=True)
    for scattered, packed in eval(done.stdout):
        assert 10 * packed <= scattered


def test_seldom_collecting_ends_with_the_command() -> None:
    before = gc.get_threshold()
    with _few_collections():
        assert gc.get_threshold()[0] > before[0]
        assert gc.get_freeze_count() > 0
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0


def test_the_control_sees_what_the_sum_sees() -> None:
    """A command's CPU is never more than what the machine worked meanwhile (ticks of 10 ms, one a processor)."""
    burn = "import time\nwhile time.process_time() < 0.3:\n    pass"
    found = costs([sys.executable, "-c", f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {burn!r}])"])
    assert found["cpu_s"] >= 0.3
    assert found["machine_cpu_s"] >= found["cpu_s"] - 0.01 * (os.cpu_count() or 1) - 0.02


def test_a_fresh_zygote_comes_from_the_same_root_and_has_served_nobody(sandbox: Sandbox) -> None:
    poison = "import builtins, numpy as np\nnp.exp = lambda x: 0\nbuiltins.secret = 'previous learner'\ndef f():\n    return 1"
    assert said(sandbox, poison) == 1
    root, (before,) = sandbox.pid, children(sandbox.pid)
    sandbox.renew()
    (after,) = children(sandbox.pid)
    assert sandbox.pid == root
    assert after != before
    assert not Path(f"/proc/{before}").exists()
    assert said(sandbox, "import builtins, numpy as np\ndef f():\n    return [hasattr(builtins, 'secret'), float(np.exp(0.0))]") == [False, 1.0]  # fmt: skip


def children(process: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


@pytest.mark.parametrize("victim", ["zygote", "root", "a zygote that does not end"])
def test_a_fresh_zygote_comes_whatever_became_of_the_old(sandbox: Sandbox, victim: str, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr("glideslope.grade.sandbox.runner.STOP_SECONDS", 0.2)
    with Sandbox(sandbox.mode) as doomed:
        said(doomed, "def f():\n    return 1")
        (zygote,) = children(doomed.pid)
        if victim == "a zygote that does not end":
            os.kill(zygote, signal.SIGSTOP)
        else:
            os.kill(zygote if victim == "zygote" else doomed.pid, signal.SIGKILL)
        doomed.renew()
        assert said(doomed, "def f():\n    return 2") == 2
        group = doomed.pid
    assert living(group) == []


def test_a_death_costs_no_second_start_of_numpy(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that leaves Python is asked again in a fresh zygote, and that is a fork."""
    started: list[int] = []
    real = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda *given, **named: started.append(1) or real(*given, **named))
    items = assess(sandbox, [SOFTMAX], "ada", "a secret for tests only", {SOFTMAX.name: "import os\nos._exit(0)"}, {})
    assert {item.status for item in items} == {"died"}
    assert started == []


FAILING: dict[str, Step] = {
    "a call of Python's": (os.close, (10**6,)),
    "a call of the C library's": (confine._PRCTL, (10**6, 0, 0, 0, 0)),
}


@pytest.mark.parametrize("step", FAILING)
def test_a_step_of_the_confinement_that_fails_runs_nothing(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The child leaves with the reason; the order that waits for it is not read."""
    monkeypatch.setattr(os, "_exit", sys.exit)
    served: list[int] = []
    monkeypatch.setattr(zygote, "serve", lambda _: served.append(1))
    ours, theirs = socket.socketpair()
    with ours, theirs:
        with pytest.raises(SystemExit):
            zygote._become_child(theirs, [FAILING[step]], greet=True)
        assert ours.recv(1) == b"X"
    assert served == []


def test_a_confinement_that_succeeds_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control of the test above."""
    monkeypatch.setattr(os, "_exit", sys.exit)
    served: list[int] = []
    monkeypatch.setattr(zygote, "serve", lambda _: served.append(1))
    ours, theirs = socket.socketpair()
    with ours, theirs, pytest.raises(SystemExit):
        zygote._become_child(theirs, [(os.getpid, ())], greet=True)
    assert served == [1]
