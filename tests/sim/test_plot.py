"""Pictures hold what they were given: points where the numbers are, equal scales, words and units on the axes."""

import numpy as np
import pytest

from glideslope import sim
from glideslope.errors import ShapeError
from glideslope.sim import plot

matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def closed():
    yield
    matplotlib.pyplot.close("all")


@pytest.mark.slow
def test_a_trajectory_is_drawn_where_it_was_flown_with_body_axes_of_the_attitude():
    x = np.zeros((9, 13))
    x[:, 0], x[:, 2] = np.linspace(0, 8, 9), 3.0
    x[:, 6:10] = sim.quaternion_from_euler(0.0, 0.0, np.pi / 2)  # turned left: forward is north
    ax = plot.trajectory(x, attitudes=1)
    shadow, path, forward, left, up = (np.array(line.get_data_3d()) for line in ax.lines)
    assert np.allclose(path, x[:, :3].T)
    assert np.allclose(shadow[2], 0.0)
    for drawn, direction in ((forward, [0, 1, 0]), (left, [-1, 0, 0]), (up, [0, 0, 1])):
        along = drawn[:, 1] - drawn[:, 0]
        assert np.allclose(along / np.linalg.norm(along), direction)
    assert np.ptp(ax.get_xlim()) == pytest.approx(np.ptp(ax.get_zlim()))


def test_states_of_another_system_are_refused():
    with pytest.raises(ShapeError) as caught:
        plot.trajectory(np.zeros((5, 6)))
    assert (
        str(caught.value)
        == "trajectory expects states of QUADROTOR, (t, 13), and got (5, 6); pass what simulate returned."
    )


@pytest.mark.slow
def test_the_envelope_passes_through_the_stalls():
    speed = np.array([50.0, 60.0, 70.0, 100.0])
    load = speed**2 / 2500.0  # every stall at the same n/V²
    ax = plot.flight_envelope(speed, load, np.array([True, True, True, False]))
    curve = np.array(ax.lines[2].get_data())
    assert np.allclose(curve[1], curve[0] ** 2 / 2500.0)
    assert ax.texts[0].get_text() == "1 g: 50 kt"
    with pytest.raises(ShapeError, match="pass one of each for a sample"):
        plot.flight_envelope(speed, load[:2])


def test_a_scan_ends_on_the_walls_it_met():
    walls, pose = sim.box_walls(0.0, 0.0, 5.0, 4.0), np.array([1.0, 2.0, np.pi / 2])
    ax = plot.scan(pose, sim.lidar_scan(pose, walls, beams=4), walls)
    met = np.array(ax.lines[-1].get_data())
    assert np.allclose(
        met, [[1.0, 0.0, 1.0, 5.0], [4.0, 2.0, 0.0, 2.0]], atol=1e-12
    )  # ahead is north, then counter-clockwise
    assert ax.get_aspect() == 1.0
