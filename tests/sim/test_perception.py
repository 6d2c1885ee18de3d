"""Lidar, camera, pads, craters, sensors: exact where geometry is exact, statistical where it is noise."""

import numpy as np
import pytest

from glideslope import sim
from glideslope.sim import box_walls, lidar_scan

DOWN = np.array([0.0, 1.0, 0.0, 0.0])


def test_the_lidar_is_exact_in_a_square():
    """In a room around the sensor the range is the smaller of the two wall distances along the ray."""
    rng = np.random.default_rng(0)
    for x, y, heading in rng.uniform([-0.9, -0.9, 0], [0.9, 0.9, 6.28], (50, 3)):
        scan = lidar_scan(np.array([x, y, heading]), box_walls(-1, -1, 1, 1), beams=36)
        angle = heading + 2 * np.pi / 36 * np.arange(36)
        c, s = np.cos(angle), np.sin(angle)
        exact = np.minimum((np.sign(c) - x) / c, (np.sign(s) - y) / s)
        assert np.abs(scan - exact).max() < 1e-13


def test_turning_the_rover_by_one_beam_shifts_the_scan():
    walls = box_walls(0, 0, 4, 3)
    one = lidar_scan(np.array([1.0, 1.0, 0.3]), walls)
    other = lidar_scan(np.array([1.0, 1.0, 0.3 + 2 * np.pi / 36]), walls)
    assert np.allclose(np.roll(one, -1), other, atol=1e-12)


def test_a_beam_through_a_corner_does_not_escape():
    scan = lidar_scan(np.array([0.0, 0.0, np.pi / 4]), box_walls(-1, -1, 1, 1), beams=4)
    assert np.allclose(scan, np.sqrt(2), atol=1e-12)


def test_an_open_field_reads_the_largest_range():
    assert (lidar_scan(np.zeros(3), np.array([[[-1.0, -1.0], [-1.0, -2.0]]]), beams=4) == 12.0).sum() == 4


def test_projecting_and_looking_up_the_ground_undo_each_other():
    rng = np.random.default_rng(1)
    q = sim.quaternion_product(sim.quaternion_from_euler(0.2, -0.3, 1.0), DOWN)
    position, pixels = np.array([1.0, -2.0, 6.0]), rng.uniform(0, 31, (40, 2))
    ground = sim.ground_points(pixels, position, q)
    assert np.allclose(sim.project(np.column_stack([ground, np.zeros(40)]), position, q), pixels, atol=1e-11)


def test_the_image_moves_against_the_camera():
    """Looking down with x right in the image: fly to +x and the pad moves left; fly to +y and it moves down."""
    assert sim.project(np.zeros((1, 3)), np.array([1.0, 0.0, 8.0]), DOWN)[0, 0] < 15.5
    assert sim.project(np.zeros((1, 3)), np.array([0.0, 1.0, 8.0]), DOWN)[0, 1] > 15.5


def test_a_point_behind_the_camera_has_no_pixel():
    assert np.isnan(sim.project(np.array([[0.0, 0.0, 9.0]]), np.array([0.0, 0.0, 5.0]), DOWN)).all()


@pytest.mark.parametrize("mark", ["H", "X", "disc"])
def test_the_centre_of_a_painted_pad_lies_where_its_centre_projects(mark):
    position = np.array([0.6, -0.4, 6.0])
    image = sim.render_pad(position, DOWN, mark, ground=0.0, oversample=5)
    v, u = np.mgrid[:32, :32]
    centroid = np.array([(u * image).sum(), (v * image).sum()]) / image.sum()
    # seen straight from above a symmetric mark's centroid is its centre; pixels leave a twentieth
    assert np.abs(centroid - sim.project(np.zeros((1, 3)), position, DOWN)[0]).max() < 0.05


def test_an_unknown_mark_is_refused():
    with pytest.raises(ValueError, match="pad_brightness paints") as caught:
        sim.pad_brightness(np.zeros(2), "T")
    assert str(caught.value) == 'pad_brightness paints "H", "X" and "disc", not \'T\'; choose one of the three.'


def test_detections_of_craters_lie_where_the_map_says():
    rng = np.random.default_rng(3)
    craters = sim.crater_map(60, 100.0, rng)
    views = sim.crater_views(craters, 20, rng, tilt_rad=0.0, yaw_rad=0.0, missed=0.0, false=0.0)
    for i in range(20):
        seen = views.detections[i][views.present[i]]
        ground = sim.ground_points(seen[:, :2], views.position_W_m[i], DOWN, sim.Camera(256, 220.0))
        nearest = np.abs(ground[:, None] - craters[None, :, :2]).max(-1).min(1)
        assert nearest.max() < 1.0  # 0.5 px of noise is 0.16 m at 70 m, four times over


def test_large_craters_are_rare_as_the_law_says():
    diameter = sim.crater_map(20_000, 100.0, np.random.default_rng(4))[:, 2]
    assert diameter.min() >= 2.0
    assert diameter.max() <= 12.0
    # share above 4 m of a power law -2 cut at 12 m: (1/16 - 1/144) / (1/4 - 1/144) = 0.2286; sampling error 0.003
    assert abs((diameter > 4.0).mean() - 0.2286) < 0.012


def test_sensor_errors_have_the_stated_sizes():
    rng = np.random.default_rng(5)
    reading = sim.measure(np.zeros(20_000), sim.Sensor(noise=0.2, bias=1.5, dropout=0.1), 0.01, rng)
    assert abs(np.nanmean(reading) - 1.5) < 0.01
    assert abs(np.nanstd(reading) - 0.2) < 0.005
    assert abs(np.isnan(reading).mean() - 0.1) < 0.01


def test_a_bias_walks_as_the_root_of_time():
    rng = np.random.default_rng(6)
    end = sim.measure(np.zeros((101, 4000)), sim.Sensor(walk_per_sqrt_s=0.3), 0.04, rng)[-1]
    assert abs(end.std() - 0.3 * np.sqrt(101 * 0.04)) < 0.02


def test_a_delay_shifts_and_nothing_else():
    truth = np.random.default_rng(7).normal(size=(50, 3))
    late = sim.measure(truth, sim.Sensor(delay_s=0.2), 0.1, np.random.default_rng(8))
    assert np.array_equal(late[2:], truth[:-2])


def test_an_impossible_sensor_is_refused():
    with pytest.raises(
        ValueError, match=r"measure expects noise, walk and delay of at least 0 and dropout in \[0, 1\]"
    ):
        sim.measure(np.zeros(3), sim.Sensor(dropout=1.5), 0.1, np.random.default_rng(0))


def test_sine_trajectories_differentiate_into_each_other():
    t, q, qd, qdd = sim.sine_trajectory(np.random.default_rng(9), dt_s=0.001)
    # central differences of harmonics up to 2.5 rad/s: h² w³ / 6
    assert np.allclose(np.gradient(q, 0.001, axis=0)[1:-1], qd[1:-1], atol=1e-5)
    assert np.allclose(np.gradient(qd, 0.001, axis=0)[1:-1], qdd[1:-1], atol=1e-5)
    assert len(t) == len(q)
