"""Plain values: all that a learner's function may take and return.

None, bool, int, float, str, lists, tuples (read as lists), dictionaries with text keys, and arrays of six types.
Exact types only: a subclass could lie about `==`, so anything else is named and refused, never compared.
"""

import sys
from typing import Any

import numpy as np

from glideslope.errors import GlideslopeError
from glideslope.exercise import Text

__all__ = ["DTYPES", "NotPlainError", "to_plain"]

DTYPES = ("float64", "float32", "int64", "int32", "bool", "complex128")
_NATIVE = frozenset(map(np.dtype, DTYPES))
MAX_DEPTH = 8
MAX_ITEMS = 100_000
MAX_BYTES = 16 * 2**20


class NotPlainError(GlideslopeError, TypeError):
    """A value that is none of the plain ones; `text` says in both languages what it is."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def to_plain(value: Any) -> Any:
    """Return a plain copy of `value`: exact built-in types and base arrays.

    Raises:
        NotPlainError: something in it is not plain, too deep or too large.
    """
    return _plain(value, MAX_DEPTH, [MAX_ITEMS])


def _plain(value: Any, depth: int, left: list[int]) -> Any:
    left[0] -= 1
    if depth < 0 or left[0] < 0:
        raise NotPlainError(Text("a structure that is too deep or too large", "嵌套过深或过大的结构"))
    kind = type(value)
    if value is None or kind in (bool, float, str):
        return value
    if kind is int:
        if not -(2**63) <= value < 2**63:
            raise NotPlainError(Text("a whole number beyond 64 bits", "超出 64 位的整数"))
        return value
    if kind in (list, tuple):
        return [_plain(item, depth - 1, left) for item in value]
    if kind is dict:
        return {_key(key): _plain(item, depth - 1, left) for key, item in value.items()}
    if kind is np.ndarray:
        return _array(value)
    if isinstance(value, np.generic) and kind.__module__ == "numpy":
        return _scalar(value)
    raise NotPlainError(_name(value))


def _array(value: np.ndarray) -> np.ndarray:
    if value.size * value.itemsize > MAX_BYTES:
        raise NotPlainError(
            Text(f"an array of shape {value.shape}, which is too large", f"形状为 {value.shape} 的数组，过大")
        )
    if value.dtype in _NATIVE:  # nearly every array; a dtype's name is slow to make
        return np.array(value, order="C")
    if value.dtype.kind in "iu" and value.dtype.name not in DTYPES:
        value = value.astype(np.int64)
    if value.dtype.name == "float16":
        value = value.astype(np.float32)
    if value.dtype.name not in DTYPES:
        raise NotPlainError(Text(f"an array of dtype {value.dtype}", f"dtype 为 {value.dtype} 的数组"))
    return np.array(value, dtype=value.dtype.newbyteorder("="), order="C")


def _scalar(value: np.generic) -> Any:
    plain = value.item()
    if type(plain) in (bool, int, float, str):
        return plain
    if type(plain) is complex:
        return np.array(plain)
    raise NotPlainError(_name(value))


def _key(key: Any) -> str:
    if type(key) is not str:
        raise NotPlainError(
            Text(f"a dictionary with a key of type {type(key).__name__}", f"键类型为 {type(key).__name__} 的字典")
        )
    return key


def _name(value: Any) -> Text:
    kind = type(value)
    if callable(value) and hasattr(value, "__name__"):
        return Text(f"the function `{value.__name__}` itself", f"函数 `{value.__name__}` 本身")
    room = kind.__module__.partition(".")[0]
    name = kind.__name__ if room in ("builtins", "__main__") else f"{room} {kind.__name__}"
    if room == "torch" and "torch" in sys.modules:
        return Text(f"a {name} (call .numpy() on it)", f"{name}（请先调用 .numpy()）")
    return Text(f"{'an' if name[0] in 'aeiou' else 'a'} {name}", name)
