"""Generators: the traps that were met stay shut, and the shipped files can be made again."""

import os
import subprocess
import sys

import numpy as np
import pytest

from glideslope.data import load, loading
from glideslope.errors import DataError
from glideslope.sim import make
from glideslope.sim.make import _write

pytest.importorskip("jsbsim", reason='install the extra: pip install "glideslope[sim]"')

from glideslope.sim.make import _jsbsim, c172_flighttest, c172_sorties, c172_stall
from glideslope.sim.make._pilot import angle_difference_deg


def test_the_wind_blows_after_the_trim():
    """`do_simple_trim` zeroes the wind; set before the trim it read 2e-13 fps."""
    fdm = _jsbsim.open_aircraft(_jsbsim.Start(wind_north_kt=20.0, wind_east_kt=-5.0))
    fdm.run()
    assert fdm["atmosphere/total-wind-north-fps"] * _jsbsim.KT_PER_FPS == pytest.approx(20.0)
    assert fdm["atmosphere/total-wind-east-fps"] * _jsbsim.KT_PER_FPS == pytest.approx(-5.0)


@pytest.mark.parametrize(("control", "rate", "sign"), [("aileron", "p", 1), ("elevator", "q", -1), ("rudder", "r", -1)])
def test_controls_have_the_signs_the_card_states(control, rate, sign):
    fdm = _jsbsim.open_aircraft(_jsbsim.Start())
    fdm[f"fcs/{control}-cmd-norm"] += 0.2
    for _ in range(30):
        fdm.run()
    assert np.sign(fdm[f"velocities/{rate}-rad_sec"]) == sign


def test_opening_an_aircraft_prints_nothing(capfd):
    _jsbsim.open_aircraft(_jsbsim.Start(aircraft="c172r"))
    assert capfd.readouterr().out == ""


def test_an_impossible_trim_is_one_sentence():
    with pytest.raises(DataError) as caught:
        _jsbsim.open_aircraft(_jsbsim.Start(speed_kt=300.0))
    assert str(caught.value) == (
        "JSBSim found no trim for c172p at 3000 ft and 300 kt; choose a speed the model can hold in level flight."
    )


@pytest.mark.slow
@pytest.mark.parametrize("flight", [37, 45])  # the shortest of the test flights and of the 172R: three seconds each
def test_a_sortie_made_again_agrees_with_the_shipped_one(flight):
    """Median within one stored step for each channel.

    A closed loop in turbulence is chaotic enough to amplify a last-digit difference of another machine's libm;
    the bulk of a flight stays, and a changed generator moves every sample by its noise, several steps.
    """
    X, y, facts = c172_sorties.fly_sortie(flight)
    shipped = load("c172_sorties").keep([flight])
    steps = np.abs(X - shipped.X) / np.array([channel.scale for channel in shipped.channels])
    assert (np.median(steps, axis=0) <= 1.0).all()
    assert (y == shipped.y).mean() > 0.99
    stored = np.array([shipped.groups[name][0] for name in c172_sorties.FACTS])
    assert np.allclose(facts, stored, rtol=1e-6)  # stored as float32


@pytest.mark.slow
def test_the_same_episode_twice_is_bit_identical():
    one, two = c172_stall.fly_episode(7), c172_stall.fly_episode(7)
    assert all(np.array_equal(a, b) for a, b in zip(one, two, strict=True))


def test_every_flight_ends_on_approach_and_shows_all_phases():
    data = load("c172_sorties")
    for flight in data.group_ids:
        phases = data.y[data.group == flight]
        assert phases[-1] == data.classes.index("approach")
        assert set(phases) == set(range(5))


def test_the_log_obeys_the_wind_triangle():
    """Ground velocity minus wind, over true airspeed, is the sortie's speed scale inverted: the wind in the card is the wind that blew."""
    data = load("c172_sorties")
    scale = []
    for flight in data.group_ids:
        one = data.keep([flight])
        air_north = one["gps_north_kt"] - one.groups["wind_north_kt"][0]
        air_east = one["gps_east_kt"] - one.groups["wind_east_kt"][0]
        level = np.abs(one["vs_fpm"]) < 200
        scale.append(np.median(one["tas_kt"][level] / np.hypot(air_north, air_east)[level]))
    error = np.array(scale) - data.groups["speed_scale"]
    calm = data.groups["turbulence"] <= 2
    # gusts of 2 kt (calm) and 4 kt with 12 s of memory, averaged over 600 s of 90 kt
    assert np.abs(error[calm]).max() < 0.01
    assert np.abs(error[~calm]).max() < 0.03
    assert error.std() < 0.006  # the scales themselves spread by 0.015


def test_angles_differ_on_the_shorter_way_round():
    assert angle_difference_deg(10.0, 350.0) == 20.0
    assert angle_difference_deg(350.0, 10.0) == -20.0


def test_an_unknown_generator_names_those_there_are():
    with pytest.raises(DataError, match="There is no generator 'c172'; there are c172_sorties"):
        make.make("c172")


def test_writing_notes_the_hash_and_refuses_nonsense(tmp_path, monkeypatch):
    card = (loading.FILES / "c172_sorties.toml").read_text()
    (tmp_path / "c172_sorties.toml").write_text(card)
    X = np.zeros((4, 22))
    path = _write.write("c172_sorties", {"X": X, "group": np.arange(4), "facts": np.ones((4, 7))}, tmp_path)
    assert (tmp_path / "SHA256SUMS").read_text().endswith(f"  {path.name}\n")
    monkeypatch.setattr(loading, "FILES", tmp_path)
    loading._read.cache_clear()
    assert len(load("c172_sorties")) == 4
    loading._read.cache_clear()
    with pytest.raises(DataError, match="NaN or infinity"):
        _write.write("c172_sorties", {"X": X, "facts": np.array([np.nan])}, tmp_path)


@pytest.mark.slow
def test_the_command_makes_the_small_sets_again(tmp_path):
    """Elementary functions differ in the last digit between machines: a stored step may flip, one in ten thousand."""
    small = ("lidar_rooms", "uav_battery", "landing_pads", "landing_scenes")
    environment = {name: value for name, value in os.environ.items() if name != "GLIDESLOPE_CHECK_SHAPES"}
    command = [sys.executable, "-m", "glideslope.sim.make", *small, "--into", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True, env=environment)
    assert len((tmp_path / "SHA256SUMS").read_text().splitlines()) == len(small)
    for name in small:
        with np.load(tmp_path / f"{name}.npz") as made, np.load(loading.FILES / f"{name}.npz") as shipped:
            assert set(made.files) == set(shipped.files)
            for key in made.files:
                assert (
                    np.isclose(made[key].astype(float), shipped[key].astype(float), rtol=1e-6, atol=0.0).mean() > 0.999
                )


@pytest.mark.slow
def test_a_flight_test_made_again_agrees_in_calm_air():
    """Open loop in still air nothing amplifies rounding: within a step of storage."""
    X, truth, _ = c172_flighttest.fly_episode(4, c172_flighttest.EPISODES[4])
    shipped = load("c172_flighttest").keep([4])
    steps = np.abs(X - shipped.X) / np.array([channel.scale for channel in shipped.channels])
    assert steps.max() <= 1.0
    assert np.allclose(truth[:, 1], shipped.targets["M_N_m"], atol=0.5)


@pytest.mark.slow
def test_a_stall_made_again_agrees():
    X, y, weight = c172_stall.fly_episode(3)
    shipped = load("c172_stall").keep([3])
    steps = np.abs(X - shipped.X) / np.array([channel.scale for channel in shipped.channels])
    assert np.median(steps) <= 1.0
    assert np.array_equal(y, shipped.y)
    assert weight == pytest.approx(shipped.groups["weight_lb"][0], rel=1e-6)


def test_a_stall_label_means_what_the_card_says():
    """Positive rows are the last 2 s before the end of an episode that stalls; the vane passes 15 degrees soon after."""
    data = load("c172_stall")
    for episode in data.group_ids[:60]:
        one = data.keep([episode])
        ahead = np.flatnonzero(one.y)
        assert len(ahead) in (0, 10)
        if len(ahead):
            assert ahead[-1] == len(one) - 1
            assert one["alpha_deg"][-1] > 10.0


def test_remaining_time_counts_down_to_the_end_of_each_flight():
    data = load("uav_battery")
    for flight in data.group_ids[::20]:
        one = data.keep([flight])
        assert np.array_equal(one.targets["remaining_s"], np.arange(len(one), 0, -1))
        assert one["voltage_V"][-30:].mean() < one["voltage_V"][:30].mean()


def test_pads_lie_where_their_targets_say():
    """A decoy is the brightest thing around its stated centre."""
    data = load("landing_pads")
    discs = np.flatnonzero((data.y == 3) & (data.targets["radius_px"] > 4))
    v, u = np.mgrid[:32, :32]
    brighter = []
    for i in discs:
        distance = np.hypot(u - data.targets["centre_px"][i, 0], v - data.targets["centre_px"][i, 1])
        radius = data.targets["radius_px"][i]
        brighter.append(
            data.X[i][distance < 0.7 * radius].mean()
            > data.X[i][(distance > 1.4 * radius) & (distance < 2 * radius)].mean()
        )
    assert np.mean(brighter) > 0.95  # shadows darken a few


def test_scans_see_the_room_they_are_in():
    """The stated pose and the room's walls give the stored ranges back, within noise, but for lost beams."""
    from glideslope.sim import lidar_scan
    from glideslope.sim.make.lidar_rooms import ROOMS

    data = load("lidar_rooms").part("test")
    for room, walls in enumerate(ROOMS.values()):
        rows = np.flatnonzero(data.y == room)[:50]
        error = np.abs(lidar_scan(data.targets["pose_W"][rows].astype(float), walls) - data.X[rows])
        assert np.median(error) < 0.03
        assert (error < 0.1).mean() > 0.97
