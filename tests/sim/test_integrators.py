"""Integrators: measured orders, and the adaptive one keeps its tolerance."""

import numpy as np
import pytest

from glideslope.sim import PENDULUM, adaptive
from glideslope.sim.integrators import ORDERS, STEPS, dormand_prince_step


def oscillator(t, x, u, p):
    return np.array([x[1], -x[0]])


def error_after_one_second(step, n):
    x = np.array([1.0, 0.0])
    for k in range(n):
        x = step(k / n, x, 1.0 / n)
    return np.linalg.norm(x - [np.cos(1.0), -np.sin(1.0)])


@pytest.mark.parametrize("method", ["euler", "rk4", "adaptive"])
def test_the_measured_order_is_the_stated_one(method):
    if method == "adaptive":

        def step(t, x, h):
            return dormand_prince_step(oscillator, t, x, lambda t, x: None, None, h, oscillator(t, x, None, None))[0]
    else:

        def step(t, x, h):
            return STEPS[method](oscillator, t, x, np.zeros(0), None, h)

    n = np.array([8, 16, 32])
    errors = [error_after_one_second(step, k) for k in n]
    slope = -np.polyfit(np.log(n), np.log(errors), 1)[0]
    assert abs(slope - ORDERS[method]) < 0.15


def test_the_error_estimate_of_the_pair_has_order_five():
    """The local difference of a 5th and a 4th order result shrinks as h to the 5."""
    sizes = [
        np.linalg.norm(
            dormand_prince_step(
                oscillator, 0.0, np.array([1.0, 0.2]), lambda t, x: None, None, h, np.array([0.2, -1.0])
            )[1]
        )
        for h in (0.2, 0.1)
    ]
    assert abs(np.log2(sizes[0] / sizes[1]) - 5) < 0.2


@pytest.mark.parametrize("rtol", [1e-5, 1e-8, 1e-11])
def test_adaptive_meets_its_tolerance(rtol):
    t, x = adaptive(oscillator, np.array([1.0, 0.0]), None, None, 10.0, rtol=rtol, atol=rtol)
    assert t[-1] == 10.0
    # the global error grows with the number of steps, never past ten times their sum
    assert np.linalg.norm(x[-1] - [np.cos(10.0), -np.sin(10.0)]) < 10 * len(t) * rtol


def test_adaptive_takes_short_steps_only_where_needed():
    t, _ = adaptive(lambda t, x, u, p: -50.0 * (x - np.cos(t)), np.array([5.0]), None, None, 3.0, rtol=1e-6)
    steps = np.diff(t)
    assert steps[:5].max() < 0.3 * steps[-10:-1].max()


def test_adaptive_says_where_a_solution_blows_up():
    with pytest.raises(ValueError, match="adaptive stopped at t = 1 s with a step of"):
        adaptive(lambda t, x, u, p: x**2, np.array([1.0]), None, None, 2.0)


def test_adaptive_accepts_a_policy():
    _, x = adaptive(PENDULUM.f, np.array([0.3, 0.0]), lambda t, x: -5.0 * x[1:], PENDULUM.parameters, 20.0)
    assert np.abs(x[-1]).max() < 1e-3
