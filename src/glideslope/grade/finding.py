"""Two ways an answer can fail: a fault of the call (it raised, looped, returned nothing plain), a finding about its value.

Both carry a `code`, so that shrinking keeps to the fault it started from, and a message in both languages.
"""

from dataclasses import dataclass
from typing import Any, Protocol

from glideslope.exercise import Text

__all__ = ["Call", "FaultError", "Finding"]


@dataclass(frozen=True)
class Finding:
    """What is wrong with a value, and what was wanted instead (None when the law itself says it)."""

    code: str
    message: Text
    got: Any = None
    wanted: Any = None
    wanted_words: str = ""
    part: str = ""


class FaultError(Exception):
    """The call gave no value to judge. Status: error, timeout, wrong (a value that is not plain), memory, output, died, infra."""

    def __init__(self, status: str, code: str, message: Text, got: str = "", wanted: str = "") -> None:
        super().__init__(message.en)
        self.status = status
        self.code = code
        self.message = message
        self.got = got
        self.wanted = wanted


class Call(Protocol):
    """The learner's function as the judge sees it: plain values in, a plain value out, or a fault."""

    function: str

    def __call__(self, *arguments: Any) -> Any:
        """Run the function on copies of the arguments."""
