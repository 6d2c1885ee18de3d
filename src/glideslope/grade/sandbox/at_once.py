"""Ask all that can be foreseen in one exchange: every exercise of a submission, every case of every question, in one child.

The inputs are drawn before the child starts, so a submission that behaves costs one fork and one message instead of one a call.
It decides nothing about one that does not: a loop, a crash, a hungry call or a strange answer raises `NotAtOnceError`,
and the exercise is asked again the careful way, one call at a time, where only that is counted.
"""

import contextlib
import socket
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, final

import numpy as np

from glideslope.exercise import Exercise, Limits
from glideslope.grade.finding import FaultError
from glideslope.grade.inputs import Case
from glideslope.grade.question import Question
from glideslope.grade.sandbox.call import order_of, read_answer
from glideslope.grade.sandbox.runner import Sandbox
from glideslope.grade.wire import WireError, receive, send

__all__ = ["Foreseen", "NotAtOnceError", "Part", "asked_at_once"]

PATIENCE_S = 0.1
"""Least wall time for the whole exchange. It decides only which way a submission is asked, never what it earns.

What behaves takes 5 to 20 ms. A loop burns this beside its limit, hence so little; who grades gives more when the reference
solutions take long.
"""


class NotAtOnceError(Exception):
    """The quick way learned nothing that counts; ask the careful way."""


@dataclass(frozen=True)
class Part:
    """One exercise of a submission, with the cases of each question."""

    exercise: Exercise
    source: str
    cases: tuple[tuple[Case, ...], ...]


@contextlib.contextmanager
def asked_at_once(sandbox: Sandbox, parts: Sequence[Part], patience_s: float = 0.0) -> Iterator[list["Foreseen"]]:
    """Load the parts in one child, make all foreseen calls, and give an opener a part.

    Args:
        sandbox: where the child is forked.
        parts: the exercises of one submission.
        patience_s: how long to wait for the child, if that is longer than usual.

    Raises:
        NotAtOnceError: the child did not answer well and in time.
        InfraError: the zygote is gone.
    """
    calls = [[list(case.values.values()) for cases in part.cases for case in cases] for part in parts]  # read only
    order = {"parts": [order_of(part.exercise, part.source, made) for part, made in zip(parts, calls, strict=True)]}
    with sandbox.child(_together([part.exercise.limits for part in parts]), wait=False) as connection:
        patience_s = max(patience_s, PATIENCE_S)
        answers = _exchange(connection, order, patience_s)
        if not isinstance(answers, list) or len(answers) != len(parts):
            raise NotAtOnceError
        yield [
            Foreseen(connection, patience_s, index, part, made, answer)
            for index, (part, made, answer) in enumerate(zip(parts, calls, answers, strict=True))
        ]


def _together(limits: list[Limits]) -> Limits:
    """The strictest of each: who needs more is asked alone."""
    return replace(
        limits[0], seconds=min(item.seconds for item in limits), memory_mb=min(item.memory_mb for item in limits)
    )


def _exchange(connection: socket.socket, message: Any, patience_s: float) -> Any:
    connection.settimeout(patience_s)
    try:
        send(connection, message)
        return receive(connection, until_s=time.monotonic() + patience_s)
    except (WireError, OSError):
        raise NotAtOnceError from None


@final
class Foreseen:
    """Opens one part's function for each question, in their order; foreseen calls are answered already."""

    def __init__(
        self, connection: socket.socket, patience_s: float, index: int, part: Part, made: list[list[Any]], answer: Any
    ) -> None:
        self.part = part
        said = answer.get("answers") if isinstance(answer, dict) and answer.get("is") == "loaded" else None
        self.loaded = isinstance(said, list) and len(said) == len(made)
        pairs = iter(zip(made, said if self.loaded and said is not None else [answer] * len(made), strict=True))
        self._known = deque(list(islice(pairs, len(cases))) for cases in part.cases)
        self._connection, self._patience_s, self._index = connection, patience_s, index

    @contextlib.contextmanager
    def __call__(self, question: Question) -> Iterator["_ForeseenCall"]:
        """Give the call for the next question."""
        yield _ForeseenCall(self, self._known.popleft(), tuple(question.inputs.kinds))

    def live(self, arguments: tuple[Any, ...]) -> Any:
        """Make a call that was not foreseen: a law may call more than once."""
        if not self.loaded:
            raise NotAtOnceError
        return _exchange(self._connection, {"part": self._index, "arguments": list(arguments)}, self._patience_s)


@final
class _ForeseenCall:
    """The function in one question: what was foreseen is looked up, the rest is asked."""

    def __init__(self, opener: Foreseen, known: list[tuple[list[Any], Any]], names: tuple[str, ...]) -> None:
        self.function = opener.part.exercise.function
        self._opener, self._known, self._names = opener, known, names

    def __call__(self, *arguments: Any) -> Any:
        place = next((place for place, (made, _) in enumerate(self._known) if _same(made, arguments)), None)
        answer = self._opener.live(arguments) if place is None else self._known.pop(place)[1]
        try:
            return read_answer(answer, self.function, self._opener.part.source, self._names, arguments)
        except FaultError as fault:
            if fault.status not in ("error", "wrong") or fault.code == "protocol":
                raise NotAtOnceError from None
            raise


def _same(made: list[Any], arguments: tuple[Any, ...]) -> bool:
    return len(made) == len(arguments) and all(map(_equal, made, arguments))


def _equal(one: Any, other: Any) -> bool:
    """Equal to the bit: −0 is not 0, nan is itself."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        return one.shape == other.shape and one.dtype == other.dtype and one.tobytes() == other.tobytes()
    return bool(one == other)
