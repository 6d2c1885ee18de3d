"""Write values the way a learner would type them: `softmax([[710, 0]])`, four digits, no `array(...)`."""

from typing import Any

import numpy as np

__all__ = ["show", "show_call", "show_pair", "show_shape"]

MAX_CHARACTERS = 400
MAX_ITEMS = MAX_CHARACTERS // 3 + 1  # an item takes three characters or more: what follows would be cut anyway


def show(value: Any, digits: int = 4) -> str:
    """Return `value` in a line: numbers to `digits`, arrays as nested lists, shortened when long.

    Example:
        >>> show(np.array([[1.0, 0.25], [np.nan, -3.0]]))
        '[[1, 0.25], [nan, -3]]'
    """
    return _short(_write(value, digits))


def show_call(function: str, arguments: tuple[Any, ...]) -> str:
    """Return the call as it would be typed."""
    return f"{function}({_short(', '.join(_write(argument, 6) for argument in arguments))})"


def show_pair(got: Any, wanted: Any) -> tuple[str, str]:
    """Return both values with as many digits as it takes to see that they differ."""
    for digits in (4, 8, 17):
        pair = show(got, digits), show(wanted, digits)
        if pair[0] != pair[1]:
            break
    return pair


def show_shape(value: Any) -> str:
    """Return the shape of an array, or "one number" for a scalar."""
    return str(np.shape(value))


def _write(value: Any, digits: int) -> str:
    if isinstance(value, np.ndarray):
        value = value[:MAX_ITEMS].tolist() if value.ndim else value.item()
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_write(item, digits) for item in value[:MAX_ITEMS]) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {_write(item, digits)}" for key, item in value.items()) + "}"
    if isinstance(value, float):
        return f"{value + 0.0:.{digits}g}"
    return repr(value)


def _short(line: str) -> str:
    return line if len(line) <= MAX_CHARACTERS else line[: MAX_CHARACTERS - 2] + " …"
