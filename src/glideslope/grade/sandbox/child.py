"""What runs inside a child: take the learner's sources, then answer calls with plain values, until the line closes.

The order names the parts of a submission (a source, its function, the calls to make at once); after the answers to those, single calls follow.
The child holds no checks, no expected values and no points; all it can say is "f(args) is this" or "it raised that".
"""

import builtins
import inspect
import io
import socket
import sys
import types
import warnings
from typing import Any, final

import numpy as np

from glideslope.grade.faults import changed_arguments
from glideslope.grade.plain import NotPlainError, to_plain
from glideslope.grade.wire import WireError, receive, send

__all__ = ["serve"]

FILE = "<submission>"
_IGNORE_ALL = [("ignore", None, Warning, None, 0)]
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
    """Load a submission's parts and answer calls; never raises.

    It takes `{"parts": [{"source", "function", "output_bytes", "calls": [[arguments], …]}, …]}` and sends a list with one
    `{"is": "loaded", "answers": […]}` or `{"is": "raised", …}` a part; then it answers `{"part", "arguments"}`, one at a time.
    """
    try:
        parts = [_Part(order) for order in receive(connection)["parts"]]
        send(connection, [part.begin() for part in parts])
        while True:
            message = receive(connection)
            send(connection, parts[message["part"]].answer(message["arguments"]))
    except (WireError, OSError, MemoryError):
        return


@final
class _Part:
    """One exercise's source with names of its own, and a meter for what it prints."""

    def __init__(self, order: dict[str, Any]) -> None:
        self.order = order
        self.meter = _Meter(order["output_bytes"])
        self.names: dict[str, Any] = {"__name__": "__main__", "__builtins__": builtins}

    def begin(self) -> dict[str, Any]:
        """Run the source, then the calls that are known already."""
        self._settle()
        try:
            exec(compile(self.order["source"], FILE, "exec"), self.names)
        except BaseException as error:
            return _raised(error)
        return {"is": "loaded", "answers": [self.answer(arguments) for arguments in self.order["calls"]]}

    def answer(self, arguments: list[Any]) -> dict[str, Any]:
        """Call the function once."""
        self._settle()
        return _answer(self.names.get(self.order["function"]), arguments)

    def _settle(self) -> None:
        """Undo what another part may have set by accident; who does it on purpose harms only themselves."""
        self.meter.left = self.meter.limit
        sys.stdout = sys.stderr = self.meter
        if warnings.filters[:1] != _IGNORE_ALL:  # a new entry makes Python forget what it knows of warnings
            warnings.simplefilter("ignore")
        np.seterr(all="ignore")


def _answer(function: Any, arguments: list[Any]) -> dict[str, Any]:
    if not callable(function):
        return {"is": "missing"}
    given = [argument.copy() if type(argument) is np.ndarray else to_plain(argument) for argument in arguments]
    if not _fits(function, len(given)):
        return {"is": "arguments"}
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
    if type(function) is types.FunctionType and not function.__dict__:  # as inspect would say, a hundred times cheaper
        code, optional = function.__code__, len(function.__defaults__ or ())
        named = code.co_kwonlyargcount == len(function.__kwdefaults__ or ())
        most = code.co_argcount if not code.co_flags & inspect.CO_VARARGS else count
        return named and code.co_argcount - optional <= count <= most
    try:
        inspect.signature(function).bind(*range(count))
    except TypeError:
        return False
    except Exception:
        return True
    return True
