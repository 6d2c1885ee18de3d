"""Birds ahead: geometry holds between the channels, strikes are rare and mean what they say, a flight is a group."""

import numpy as np
import pytest

from glideslope.sim import bird_tracks
from glideslope.sim.birds import BIRD_CHANNELS, NOISE, STRIKE_M, _echo, _encounters


@pytest.fixture(scope="module")
def tracks():
    return bird_tracks(np.random.default_rng(0), flights=200)


def test_one_look_in_a_hundred_is_a_strike(tracks):
    assert 0.005 < tracks.y.mean() < 0.02  # 200 flights: the share itself spreads by 0.001
    assert (tracks.miss_m[tracks.y == 1] < STRIKE_M).all()


def test_clutter_never_strikes():
    assert bird_tracks(np.random.default_rng(1), 20, birds=0.0).y.sum() == 0


def test_looks_at_an_object_share_flight_and_answer(tracks):
    for target in np.unique(tracks.target)[:500]:
        rows = tracks.target == target
        assert len(np.unique(tracks.flight[rows])) == len(np.unique(tracks.y[rows])) == 1
        assert rows.sum() <= 4


def test_range_falls_at_the_closing_speed(tracks):
    rows = np.flatnonzero(np.diff(tracks.target) == 0)
    near = tracks.X[rows, 0] < 300  # the closing speed itself changes as an object goes by
    fall = (tracks.X[rows, 0] - tracks.X[rows + 1, 0])[~near]
    mean_closing = 0.5 * (tracks.X[rows, 1] + tracks.X[rows + 1, 1])[~near]
    error = fall - 2.0 * mean_closing
    assert abs(np.median(error)) < 0.5
    assert error.std() < 4 * np.hypot(np.sqrt(2) * NOISE[0], np.sqrt(2) * NOISE[1])


def test_the_miss_distance_follows_from_range_and_bearing_rate():
    """|r x v| / |v| from the noise-free look equals R² |rate| over the relative speed."""
    rng = np.random.default_rng(2)
    r, v = _encounters(rng, np.ones(500, dtype=bool), 60.0)
    distance, closing, rate, _ = _echo(r, v, np.zeros(500)).T
    miss = np.abs(r[:, 0] * v[:, 1] - r[:, 1] * v[:, 0]) / np.hypot(*v.T)
    across = distance * np.radians(rate)
    assert np.allclose(distance * np.abs(across) / np.hypot(closing, across), miss)


def test_an_object_ahead_closes_and_one_to_the_left_drifts_left():
    """Flying at 60 m/s past a still object 500 m ahead and 100 m to the left: its bearing grows to the left."""
    (look,) = _echo(np.array([[500.0, 100.0]]), np.array([[-60.0, 0.0]]), np.zeros(1))
    distance, closing, rate, echo = look
    assert distance == pytest.approx(509.9, abs=0.1)
    assert closing == pytest.approx(60.0 * 500.0 / 509.9, abs=0.1)
    assert rate == pytest.approx(np.degrees(60.0 * 100.0 / 509.9**2), rel=1e-4)
    assert echo == pytest.approx(240.0 - 40.0 * np.log10(509.9), abs=1e-3)


def test_half_the_range_is_twelve_decibels_more():
    still = np.array([[-1.0, 0.0]])
    far, near = (_echo(np.array([[r, 0.0]]), still, np.zeros(1))[0, 3] for r in (800.0, 400.0))
    assert near - far == pytest.approx(40 * np.log10(2))


def test_a_shower_lifts_the_clutter_alone():
    dry, wet = (bird_tracks(np.random.default_rng(3), 100, rain_dB=rain) for rain in (0.0, 8.0))
    column = BIRD_CHANNELS.index("echo_dB")
    assert np.array_equal(dry.y, wet.y)
    assert np.allclose(np.unique((wet.X - dry.X)[:, column].round(9)), [0.0, 8.0])


def test_the_same_seed_gives_the_same_tracks(tracks):
    again = bird_tracks(np.random.default_rng(0), flights=200)
    assert np.array_equal(tracks.X, again.X)
