"""Find out which sandbox modes this machine allows, by trying: one right program must pass, a few attacks must fail.

A mode counts only when both controls come out as they must; a mute child would make every attack look contained.
"""

import time
from dataclasses import dataclass
from functools import lru_cache

from glideslope.errors import GlideslopeError
from glideslope.exercise import Limits
from glideslope.grade.sandbox.confine import MODES
from glideslope.grade.sandbox.runner import InfraError, Sandbox
from glideslope.grade.wire import WireError, receive, send

__all__ = ["Probe", "choose_mode", "probe"]

CONTROL = "import numpy as np\n\ndef f():\n    return float(np.arange(5.0) @ np.ones(5))\n"
ATTACKS = {
    "open a file": "def f():\n    return len(open('/etc/passwd').read())\n",
    "open a socket": "import socket\n\ndef f():\n    return socket.socket().fileno()\n",
    "start a process": "import os\n\ndef f():\n    return os.fork() + 1\n",
    "list files": "import os\n\ndef f():\n    return len(os.listdir('/'))\n",
}


@dataclass(frozen=True)
class Probe:
    """Whether a mode works here, and if not, why."""

    mode: str
    works: bool
    reason: str = ""


@lru_cache(maxsize=4)
def probe(mode: str) -> Probe:
    """Try one mode."""
    try:
        with Sandbox(mode) as sandbox:
            if _answer(sandbox, CONTROL) != {"is": "value", "value": 10.0}:
                return Probe(mode, False, "a right program gave no right answer")
            for name, source in ATTACKS.items():
                if _answer(sandbox, source).get("is") == "value":
                    return Probe(mode, False, f"the attempt to {name} succeeded")
    except (InfraError, OSError) as error:
        return Probe(mode, False, str(error))
    return Probe(mode, True)


def choose_mode(floor: str = "seccomp") -> str:
    """Return the strongest mode that works here and is not below the floor.

    Raises:
        GlideslopeError: none works; the message says what each lacked, and grading does not start.
    """
    if floor not in MODES:
        raise GlideslopeError(f"expected the floor to be one of {', '.join(MODES)} and got {floor!r}; choose one.")
    tried = [probe(mode) for mode in MODES[: MODES.index(floor) + 1]]
    for result in tried:
        if result.works:
            return result.mode
    reasons = "; ".join(f"{result.mode}: {result.reason}" for result in tried)
    raise GlideslopeError(
        f"no sandbox mode at or above {floor} works on this machine ({reasons}); nothing is graded without one."
    )


def _answer(sandbox: Sandbox, source: str) -> dict:
    with sandbox.child(Limits()) as connection:
        connection.settimeout(Limits().seconds)
        try:
            part = {"source": source, "function": "f", "output_bytes": 1000, "calls": [[]]}
            send(connection, {"parts": [part]})
            answer = receive(connection, until_s=time.monotonic() + Limits().seconds)
        except (WireError, OSError):
            return {}
    match answer:
        case [{"is": "loaded", "answers": [dict() as said]}] | [dict() as said]:
            return said
    return {}
