"""What runs inside a child: take the learner's source, then answer calls with plain values, until the line closes.

The child holds no checks, no expected values and no points; all it can say is "f(args) is this" or "it raised that".
"""

import builtins
import inspect
import io
import socket
import sys
import warnings
from typing import Any

import numpy as np

from glideslope.grade.faults import changed_arguments
from glideslope.grade.plain import NotPlainError, to_plain
from glideslope.grade.wire import WireError, receive, send

__all__ = ["serve"]

FILE = "<submission>"
MAX_TEXT = 300


class OutputLimitError(Exception):
    """More was printed than the exercise allows."""


class _Meter(io.TextIOBase):
    """Swallows what is printed and stops at a limit, which begins anew with each call."""

    def __init__(self, limit: int) -> None:
        self.limit = self.left = limit

    def write(self, text: str) -> int:
        self.left -= len(text)
        if self.left < 0:
            raise OutputLimitError
        return len(text)


def serve(connection: socket.socket) -> None:
    """Load one submission and answer calls; never raises."""
    try:
        order = receive(connection)
        names = _load(connection, order)
        while names is not None:
            send(connection, _answer(names.get(order["function"]), receive(connection)))
    except (WireError, OSError, MemoryError):
        return


def _load(connection: socket.socket, order: dict[str, Any]) -> dict[str, Any] | None:
    sys.stdout = sys.stderr = _Meter(order["output_bytes"])
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    names: dict[str, Any] = {"__name__": "__main__", "__builtins__": builtins}
    try:
        exec(compile(order["source"], FILE, "exec"), names)
    except BaseException as error:
        send(connection, _raised(error))
        return None
    send(connection, {"is": "loaded"})
    return names


def _answer(function: Any, arguments: list[Any]) -> dict[str, Any]:
    if not callable(function):
        return {"is": "missing"}
    given = [to_plain(argument) for argument in arguments]
    if not _fits(function, len(given)):
        return {"is": "arguments"}
    if isinstance(sys.stdout, _Meter):
        sys.stdout.left = sys.stdout.limit
    try:
        value = function(*given)
    except BaseException as error:
        return _raised(error)
    position = changed_arguments(tuple(arguments), tuple(given))
    if position is not None:
        return {"is": "changed", "position": position}
    try:
        return {"is": "value", "value": to_plain(value)}
    except NotPlainError as error:
        return {"is": "not plain", "en": error.text.en[:MAX_TEXT], "zh": error.text.zh[:MAX_TEXT]}


def _raised(error: BaseException) -> dict[str, Any]:
    try:
        text = str(error)[:MAX_TEXT]
    except Exception:
        text = ""
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == FILE:
            line = trace.tb_lineno
        trace = trace.tb_next
    if isinstance(error, SyntaxError) and error.filename == FILE:
        line = error.lineno or 0
    return {"is": "raised", "kind": type(error).__name__[:80], "text": text, "line": line}


def _fits(function: Any, count: int) -> bool:
    try:
        inspect.signature(function).bind(*range(count))
    except TypeError:
        return False
    except Exception:
        return True
    return True
