"""Arrays that are used again.

A training step makes the same temporaries as the step before it; asking the system for fresh memory each time costs
page faults (up to half of the time of a large element-wise operation). `empty` hands out an array it gave before
as soon as nobody else holds it. "Nobody" is exact: Python counts the references to every object, and a view of an
array holds a reference to it. Use it inside operations; never keep a list of the arrays elsewhere.
"""

import sys
from collections.abc import Sequence
from typing import Any

import numpy as np

from glideslope._typing import ndarray

__all__ = ["clear_buffers", "empty", "empty_like"]

SMALLEST_BYTES = 1 << 14  # below 16 KiB malloc is as fast as the search
LARGEST_TOTAL_BYTES = 1 << 28  # idle arrays are dropped above 256 MiB

_pool: dict[tuple[tuple[int, ...], Any], list[ndarray]] = {}
_total_bytes = 0


def empty(shape: tuple[int, ...], dtype: Any = np.float64) -> ndarray:
    """Return an uninitialised array, an idle one of the same shape and dtype if there is one.

    Args:
        shape: the shape.
        dtype: the element type, float64 by default.

    Returns:
        A C-contiguous array with arbitrary content.

    Cost: a dictionary look-up and a scan of the arrays of that shape.

    Example:
        >>> a = empty((100, 100))
        >>> address = a.ctypes.data
        >>> del a
        >>> empty((100, 100)).ctypes.data == address
        True
    """
    key = (shape, dtype)
    shelf = _pool.get(key)
    if shelf is None:
        fresh = np.empty(shape, dtype)
        if fresh.nbytes >= SMALLEST_BYTES:
            _keep(key, fresh)
        return fresh
    idle = _first_idle(shelf)
    if idle is None:
        idle = np.empty(shape, dtype)
        _keep(key, idle)
    return idle


def empty_like(x: ndarray, dtype: Any = None) -> ndarray:
    """Return an idle or new array with the shape, dtype and memory order of `x`.

    Example:
        >>> empty_like(np.zeros((3, 4)).T).strides
        (8, 32)
    """
    if x.flags.c_contiguous:
        return empty(x.shape, dtype or x.dtype)
    order = _memory_order(x.strides)
    inner = empty(tuple(x.shape[axis] for axis in order), dtype or x.dtype)
    return inner.transpose(np.argsort(order))


def clear_buffers() -> int:
    """Forget all arrays kept for reuse and return how many bytes that frees.

    Example:
        >>> _ = empty((1000, 1000)); clear_buffers() >= 8_000_000
        True
    """
    global _total_bytes
    freed, _total_bytes = _total_bytes, 0
    _pool.clear()
    return freed


def _first_idle(shelf: list[ndarray]) -> ndarray | None:
    for array in shelf:
        if sys.getrefcount(array) == _HELD_BY_SHELF_ONLY:
            return array
    return None


def _keep(key: tuple[tuple[int, ...], Any], array: ndarray) -> None:
    global _total_bytes
    if _total_bytes + array.nbytes > LARGEST_TOTAL_BYTES:
        _drop_idle()
    if _total_bytes + array.nbytes <= LARGEST_TOTAL_BYTES:
        _pool.setdefault(key, []).append(array)
        _total_bytes += array.nbytes


def _drop_idle() -> None:
    """Arrays in use stay known, so that they can be handed out again later."""
    global _total_bytes
    for key, shelf in list(_pool.items()):
        while (idle := _first_idle(shelf)) is not None:
            position = next(i for i, array in enumerate(shelf) if array is idle)
            _total_bytes -= shelf.pop(position).nbytes
        if not shelf:
            del _pool[key]


def _memory_order(strides: Sequence[int]) -> list[int]:
    return sorted(range(len(strides)), key=lambda axis: -abs(strides[axis]))


def _calibrate() -> int:
    """The count an idle array has inside the loop of `_first_idle` (it differs between versions of Python)."""
    for array in [np.empty(1)]:
        return sys.getrefcount(array)
    raise AssertionError


_HELD_BY_SHELF_ONLY = _calibrate()
