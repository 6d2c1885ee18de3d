"""Bad input is one sentence that says what was expected, what came and what to do."""

import builtins
import sys

import numpy as np
import pytest

from glideslope import sim
from glideslope.errors import MissingExtraError, ShapeError
from glideslope.sim import simulate

PLANE, HOVER = sim.PLANAR_QUADROTOR, np.full(2, 2.4525)


def test_an_unknown_method_names_those_there_are():
    with pytest.raises(ValueError, match="simulate knows the methods") as caught:
        simulate(PLANE, np.zeros(6), HOVER, 0.01, 1, method="rk45")
    assert (
        str(caught.value) == "simulate knows the methods euler and rk4 and got 'rk45'; use one of them, or `adaptive`."
    )


@pytest.mark.parametrize(
    "u", [np.zeros(3), 1.0, np.zeros((7, 2)), [np.zeros(2)] * 4], ids=["3 inputs", "number", "7 of 5", "list of 4"]
)
def test_inputs_of_the_wrong_shape_are_named(u):
    with pytest.raises(ShapeError) as caught:
        simulate(PLANE, np.zeros(6), u, 0.01, 5)
    assert str(caught.value) == (
        f"planar quadrotor has 2 inputs (F_left, F_right) and got u of shape {np.shape(u)}; "
        "give (2,), one for each of the 5 steps, or a function u(t, x)."
    )


def test_inputs_that_could_be_times_or_members_are_refused_and_both_readings_can_be_asked_for():
    x0, u = np.zeros((4, 6)), np.tile(HOVER, (4, 1)) * np.linspace(0.9, 1.1, 4)[:, None]
    with pytest.raises(ShapeError, match="which could mean either") as caught:
        simulate(PLANE, x0, u, 0.01, 4)
    assert "give (4, 1, 2) for one input a step, or (1, 4, 2) for one a member" in str(caught.value)
    by_time, by_member = simulate(PLANE, x0, u[:, None], 0.01, 4)[-1], simulate(PLANE, x0, u[None], 0.01, 4)[-1]
    assert np.ptp(by_time, axis=0).max() == 0.0  # every member saw the same
    assert (np.diff(by_member[:, 4]) > 0).all()  # more thrust climbs faster
    assert np.array_equal(by_time, simulate(PLANE, x0, list(u), 0.01, 4)[-1])


def test_a_state_past_the_lower_end_is_seen_beside_a_larger_one():
    """A mass of -3 kg hides behind one of 1000 kg when only the largest is looked at."""
    x0 = np.array([[0.0, 0, 0, 0, 1000.0], [0.0, 0, 0, 0, -3.0]])
    with pytest.raises(ValueError, match=r"point-mass lander starts with mass = -3, outside \[1, inf\] kg"):
        simulate(sim.LANDER, x0, np.zeros(2), 0.1, 1)


def test_a_state_that_is_no_number_is_refused_at_the_start():
    with pytest.raises(ValueError, match="planar quadrotor starts with theta = nan"):
        simulate(PLANE, np.array([0, 0, np.nan, 0, 0, 0]), HOVER, 0.01, 1)


@pytest.mark.parametrize("dt_s", [0.0, -0.01, np.nan])
def test_a_sampling_time_that_is_none_is_refused(dt_s):
    with pytest.raises(ValueError, match="measure expects a sampling time above 0 s"):
        sim.measure(np.zeros(4), sim.Sensor(delay_s=0.1), dt_s, np.random.default_rng(0))


@pytest.mark.parametrize(
    ("package", "call", "line"),
    [
        (
            "jsbsim",
            lambda: __import__("glideslope.sim.make._jsbsim", fromlist=["x"]).require_jsbsim(),
            "glideslope[sim]",
        ),
        ("gymnasium", lambda: __import__("glideslope.sim.envs", fromlist=["x"]).make_env("lander"), "glideslope[rl]"),
        ("matplotlib", lambda: sim_plot().scan(np.zeros(3), np.ones(4)), "glideslope[plot]"),
    ],
)
def test_a_missing_extra_gives_its_install_line(package, call, line, monkeypatch):
    real = builtins.__import__

    def absent(name, *arguments, **options):
        if name.split(".")[0] == package:
            raise ImportError(name)
        return real(name, *arguments, **options)

    monkeypatch.delitem(
        sys.modules, "glideslope.sim.envs", raising=False
    )  # it imports Gymnasium when it is loaded, and another test may have
    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(MissingExtraError, match="pip install") as caught:
        call()
    assert f'pip install "{line}"' in str(caught.value)


def sim_plot():
    from glideslope.sim import plot

    return plot
