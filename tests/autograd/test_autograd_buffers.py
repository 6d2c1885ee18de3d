"""Arrays are handed out again exactly when nobody holds them."""

import numpy as np
import pytest

from glideslope.autograd import buffers
from glideslope.autograd.buffers import clear_buffers, empty, empty_like

SHAPE = (64, 64)  # 32 KiB, above the smallest size kept


@pytest.fixture(autouse=True)
def _fresh_pool() -> None:
    clear_buffers()


def test_an_array_in_use_is_never_handed_out() -> None:
    a, b = empty(SHAPE), empty(SHAPE)
    assert not np.shares_memory(a, b)


def test_a_view_keeps_its_array_in_use() -> None:
    a = empty(SHAPE)
    view = a.reshape(-1)[::2].T
    del a
    assert not np.shares_memory(empty(SHAPE), view)


def test_a_dropped_array_comes_back() -> None:
    a = empty(SHAPE)
    address = a.ctypes.data
    del a
    assert empty(SHAPE).ctypes.data == address


def test_dtypes_do_not_mix() -> None:
    a = empty(SHAPE, np.float64)
    del a
    assert empty(SHAPE, np.float32).dtype == np.float32


def test_small_arrays_are_not_kept() -> None:
    a = empty((2, 2))
    del a
    assert clear_buffers() == 0


def test_idle_arrays_are_dropped_above_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buffers, "LARGEST_TOTAL_BYTES", 3 * 64 * 64 * 8)
    held = [empty(SHAPE) for _ in range(2)]
    for rows in range(64, 74):  # ten different shapes, each dropped at once
        empty((rows, 64))
    assert all(not np.shares_memory(held[0], empty(SHAPE)) for _ in range(3))
    assert clear_buffers() <= 3 * 64 * 64 * 8


def test_memory_order_is_kept() -> None:
    x = np.zeros((10, 20, 30, 40)).transpose(2, 0, 3, 1)
    assert empty_like(x).strides == x.strides
    assert empty_like(x, np.float32).dtype == np.float32
