"""Generators: the traps that were met stay shut, and the shipped files can be made again."""

import numpy as np
import pytest

from glideslope.data import load, loading
from glideslope.errors import DataError
from glideslope.sim import make
from glideslope.sim.make import _write

pytest.importorskip("jsbsim", reason='install the extra: pip install "glideslope[sim]"')

from glideslope.sim.make import _jsbsim, c172_sorties
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
@pytest.mark.parametrize("flight", [17, 45])
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
def test_the_same_sortie_twice_is_bit_identical():
    one, two = c172_sorties.fly_sortie(16), c172_sorties.fly_sortie(16)
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
    for i, flight in enumerate(data.group_ids):
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
