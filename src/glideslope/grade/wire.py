"""Plain values as bytes between the judge and a child: a strict binary format, never pickle.

One tag byte a value, lengths as 32-bit counts; decoding builds only the plain types of `plain` and refuses the rest.
A child is hostile: every length is checked against what is left before anything is allocated.
"""

import math
import socket
import struct
import time
from typing import Any

import numpy as np

from glideslope.errors import GlideslopeError
from glideslope.grade.plain import DTYPES, MAX_DEPTH, MAX_ITEMS

__all__ = ["WireError", "decode", "encode", "receive", "send"]

MAX_FRAME = 32 * 2**20
MAX_DIMENSIONS = 8


class WireError(GlideslopeError, ValueError):
    """Bytes that are no plain value, a frame that is too long, or a connection that ended."""


def encode(value: Any) -> bytes:
    """Return the bytes of a plain value.

    Example:
        >>> decode(encode({"z": [1, 2.5, None]}))
        {'z': [1, 2.5, None]}
    """
    parts: list[bytes] = []
    _write(value, parts)
    return b"".join(parts)


def decode(data: bytes) -> Any:
    """Return the plain value of bytes.

    Raises:
        WireError: the bytes are not exactly one plain value, or too deep, or too many.
    """
    reader = _Reader(data)
    value = reader.value(MAX_DEPTH + 2)
    if reader.position != len(data):
        raise WireError(f"expected one value and got {len(data) - reader.position} bytes more.")
    return value


def send(connection: socket.socket, value: Any) -> None:
    """Send one value as a frame."""
    data = encode(value)
    connection.sendall(struct.pack("<I", len(data)) + data)


def receive(connection: socket.socket, until_s: float | None = None) -> Any:
    """Receive one value.

    Args:
        connection: its own timeout applies to each piece.
        until_s: when the whole value must be here (monotonic clock); without it a sender may drip for ever.

    Raises:
        WireError: the frame is too long or damaged, or the other side closed.
        TimeoutError: it did not come in time.
    """
    data = bytearray(_piece(connection, None))
    while len(data) < 4:
        data += _piece(connection, until_s)
    (length,) = struct.unpack_from("<I", data)
    if length > MAX_FRAME:
        raise WireError(f"expected a frame of at most {MAX_FRAME} bytes and got one of {length}.")
    while len(data) < 4 + length:
        data += _piece(connection, until_s)
    if len(data) > 4 + length:
        raise WireError(f"expected one frame and got {len(data) - 4 - length} bytes more.")
    return decode(bytes(memoryview(data)[4:]))


def _piece(connection: socket.socket, until_s: float | None) -> bytes:
    if until_s is not None:
        left_s = until_s - time.monotonic()
        if left_s <= 0:
            raise TimeoutError
        connection.settimeout(left_s)
    piece = connection.recv(2**16)
    if not piece:
        raise WireError("the other side closed the connection.")
    return piece


def _write(value: Any, parts: list[bytes]) -> None:
    kind = type(value)
    if kind is str:
        data = value.encode("utf-8", "surrogatepass")
        parts.append(_HEAD(b"s", len(data)) + data)
    elif kind is np.ndarray:
        shape = value.shape
        parts.append(_SHAPED[len(shape)](b"a", _WHICH[value.dtype], len(shape), *shape) + value.tobytes())
    elif kind is dict:
        parts.append(_HEAD(b"m", len(value)))
        for key, item in value.items():
            _write(key, parts)
            _write(item, parts)
    elif kind in (list, tuple):
        parts.append(_HEAD(b"l", len(value)))
        for item in value:
            _write(item, parts)
    elif kind is float:
        parts.append(b"d" + _FLOAT.pack(value))
    elif kind is int:
        parts.append(b"i" + _INTEGER.pack(value))
    elif value is None or kind is bool:
        parts.append({None: b"N", True: b"T", False: b"F"}[value])
    else:
        raise WireError(f"expected a plain value and got {kind.__name__}.")


class _Reader:
    """Reads values from bytes and counts what it has built. Both sides wait for it, so it makes no bytes it need not make."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0
        self.items = MAX_ITEMS + 1000

    def value(self, depth: int) -> Any:
        self.items -= 1
        if depth < 0 or self.items < 0:
            raise WireError("expected a value of modest depth and size and got more.")
        tag = self.data[self._pass(1)]
        if tag == _TEXT:
            return self._text()
        if tag == _ARRAY:
            return self._array()
        if tag == _MAP:
            return {self._key(depth): self.value(depth - 1) for _ in range(self._count())}
        if tag == _LIST:
            return [self.value(depth - 1) for _ in range(self._count())]
        if tag == _NUMBER:
            return _FLOAT.unpack_from(self.data, self._pass(8))[0]
        if tag == _WHOLE:
            return _INTEGER.unpack_from(self.data, self._pass(8))[0]
        if tag in _CONSTANTS:
            return _CONSTANTS[tag]
        raise WireError(f"expected a value and got the tag {bytes([tag])!r}.")

    def _pass(self, count: int) -> int:
        """Go past the next bytes, which are there, and return where they begin."""
        begin = self.position
        self.position = begin + count
        if self.position > len(self.data):
            raise WireError(f"expected {count} bytes more and the frame ends.")
        return begin

    def _count(self) -> int:
        (count,) = _COUNT.unpack_from(self.data, self._pass(4))
        if count > len(self.data) - self.position:
            raise WireError(f"expected at most {len(self.data) - self.position} entries and got {count}.")
        return int(count)

    def _text(self) -> str:
        begin = self._pass(self._count())
        try:
            return self.data[begin : self.position].decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            raise WireError("expected text in UTF-8 and got other bytes.") from None

    def _key(self, depth: int) -> str:
        key = self.value(depth - 1)
        if type(key) is not str:
            raise WireError(f"expected a text as key and got {type(key).__name__}.")
        return key

    def _array(self) -> np.ndarray:
        begin = self._pass(2)
        which, dimensions = self.data[begin], self.data[begin + 1]
        if which >= len(DTYPES) or dimensions > MAX_DIMENSIONS:
            raise WireError(f"expected an array of a known type and got type {which} with {dimensions} axes.")
        shape = _SHAPES[dimensions](self.data, self._pass(4 * dimensions))
        dtype = _DTYPES[which]
        begin = self._pass(
            dtype.itemsize * math.prod(shape)
        )  # refuses sizes the frame does not hold, before allocating
        if dtype.kind == "b" and self.data[begin : self.position].strip(b"\x00\x01"):
            raise WireError("expected booleans and got other bytes.")
        return np.ndarray(shape, dtype, self.data, begin).copy()


_COUNT, _FLOAT, _INTEGER = (struct.Struct(one) for one in ("<I", "<d", "<q"))
_HEAD = struct.Struct("<cI").pack
_SHAPED = [struct.Struct(f"<cBB{axes}I").pack for axes in range(65)]  # as many axes as NumPy knows
_SHAPES = [struct.Struct(f"<{axes}I").unpack_from for axes in range(MAX_DIMENSIONS + 1)]
_DTYPES = [np.dtype(name) for name in DTYPES]
_WHICH = {dtype: which for which, dtype in enumerate(_DTYPES)}
_TEXT, _ARRAY, _MAP, _LIST, _NUMBER, _WHOLE = b"samldi"
_CONSTANTS = {ord("N"): None, ord("T"): True, ord("F"): False}
