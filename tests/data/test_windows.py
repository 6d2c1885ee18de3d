"""Window features: equal to the loop, and blind to other flights."""

import numpy as np
import pytest

from glideslope.data import window_features
from glideslope.errors import ShapeError


def test_windows_equal_a_plain_loop():
    rng = np.random.default_rng(3)
    X, group = rng.normal(size=(60, 2)) + 1000.0, np.repeat([4, 7, 9], 20)
    F = window_features(X, group, length=10)
    for t in range(60):
        seen = X[max(t - 9, 20 * (t // 20)) : t + 1]
        # variances of differences of squares: 1e-12 of the squared spread, so 1e-6 of the spread when it vanishes
        assert np.allclose(F[t], np.r_[seen.mean(0), seen.std(0)], atol=1e-6)


def test_the_future_and_other_flights_change_nothing():
    rng = np.random.default_rng(3)
    X, group = rng.normal(size=(40, 2)), np.repeat([0, 1], 20)
    before = window_features(X, group)
    X[30:] += 5.0
    after = window_features(X, group)
    assert np.allclose(before[:30], after[:30], atol=1e-12)
    assert not np.allclose(before[30:], after[30:])


def test_a_group_of_another_length_is_refused():
    with pytest.raises(ShapeError) as caught:
        window_features(np.zeros((3, 1)), np.zeros(2, dtype=int))
    assert str(caught.value) == "window_features expected a group for each of the 3 rows and got 2; pass data.group."
