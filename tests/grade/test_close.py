"""The comparator, with NumPy's own as the oracle: short cuts change no answer."""

import itertools
from typing import Any

import numpy as np
import pytest

from glideslope.grade.close import close

NAN, INF = float("nan"), float("inf")
EDGE = 1.0 + 1e-7 + 1e-9  # exactly at the tolerance around 1, as far as doubles can say
NUMBERS = (0.0, -0.0, 1.0, 1.0 + 1e-12, EDGE, np.nextafter(EDGE, 2), 2.0, INF, -INF, NAN)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_it_agrees_with_numpy_on_every_pair_of_arrays(dtype: type) -> None:
    near = close()
    pairs = [np.array(pair, dtype) for pair in itertools.product(NUMBERS, repeat=2)]
    for got, wanted in itertools.product(pairs, pairs):
        with np.errstate(all="ignore"):
            oracle = np.allclose(got, wanted, rtol=1e-7, atol=1e-9, equal_nan=True)
        assert near(got, wanted) == oracle, (got, wanted)


@pytest.mark.parametrize(
    ("got", "wanted", "right"),
    [
        (np.zeros((0, 3)), np.zeros((0, 3)), True),
        (np.array(2.0), np.array(2.0), True),
        (np.array([1, 2]), np.array([1.0, 2.0]), True),
        (np.array([1.0, 2.0]), np.array([1, 3]), False),
        (np.array([1j]), np.array([1j]), True),
        ([1.0, 2.0], np.array([1.0, 2.0]), True),
        (1.0, 1.5, False),
    ],
)
def test_other_kinds_are_computed_with(got: Any, wanted: Any, right: bool) -> None:
    assert close()(got, wanted) is right


def test_a_first_entry_within_the_tolerance_decides_nothing() -> None:
    assert not close()(np.array([1.0, 5.0]), np.array([1.0, 6.0]))
    assert close(atol=2.0)(np.array([1.0, 5.0]), np.array([2.0, 6.0]))


def test_short_floats_are_rounded_as_numpy_rounds_them() -> None:
    """In float32 this difference is just within the tolerance, in double it is just beyond."""
    got, wanted = np.array([1.370725393295288], np.float32), np.array([1.3693560361862183], np.float32)
    assert np.allclose(got, wanted, rtol=1e-3, atol=1e-9)
    assert close(rtol=1e-3)(got, wanted)
    assert not close(rtol=1e-3)(got.astype(float), wanted.astype(float))
