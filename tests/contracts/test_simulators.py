"""What every simulator of `glideslope.sim` owes: purity, batches, words, orders, laws."""

import numpy as np
import pytest

from glideslope import sim
from glideslope.sim import integrators
from glideslope.sim.system import System, jacobians, simulate

SYSTEMS = {name: getattr(sim, name) for name in sim.__all__ if isinstance(getattr(sim, name), System)}
every_system = pytest.mark.parametrize("system", SYSTEMS.values(), ids=SYSTEMS)


def an_operating_point(system, rng, batch=()):
    """A state and an input inside each signal's range, away from singular places."""
    if system is sim.AEROPLANE:
        x, u = sim.level_trim(50.0, 500.0)
        spread_x, spread_u = np.array([2.0, 0.02, 0.05, 0.05, 10.0]), np.array([0.01, 100.0])
        return x + spread_x * rng.standard_normal((*batch, 5)), u + spread_u * rng.standard_normal((*batch, 2))
    x = rng.uniform(-0.8, 0.8, (*batch, len(system.states)))
    if system is sim.QUADROTOR:
        x[..., 6:10] /= np.linalg.norm(x[..., 6:10], axis=-1, keepdims=True)
    if system is sim.LANDER:
        x[..., 4] = rng.uniform(900, 1100, batch)
    if system is sim.BATTERY:
        x[..., 0] = rng.uniform(0.5, 0.9, batch)
    return x, rng.uniform(0.5, 3.0, (*batch, len(system.inputs)))


@every_system
def test_each_state_and_input_has_name_unit_and_frame(system):
    for signal in (*system.states, *system.inputs):
        assert signal.name
        assert signal.unit
        assert signal.frame


@every_system
def test_dynamics_are_pure(system):
    x, u = an_operating_point(system, np.random.default_rng(1), (3,))
    before_x, before_u = x.copy(), u.copy()
    first = system.f(0.0, x, u, system.parameters)
    second = system.f(0.0, x, u, system.parameters)
    assert np.array_equal(first, second)
    assert np.array_equal(x, before_x)
    assert np.array_equal(u, before_u)


@every_system
def test_dynamics_do_not_depend_on_time(system):
    x, u = an_operating_point(system, np.random.default_rng(2))
    assert np.array_equal(system.f(0.0, x, u, system.parameters), system.f(7.0, x, u, system.parameters))


@every_system
def test_a_batch_equals_a_loop(system):
    x, u = an_operating_point(system, np.random.default_rng(3), (2, 5))
    together = system.f(0.0, x, u, system.parameters)
    assert together.shape == x.shape
    alone = np.array([[system.f(0.0, x[i, j], u[i, j], system.parameters) for j in range(5)] for i in range(2)])
    # the same operations in another order of vectorisation: a few units in the last place
    assert np.allclose(together, alone, rtol=1e-13, atol=1e-13)


@every_system
def test_a_trajectory_is_the_same_alone_and_in_a_batch(system):
    x, u = an_operating_point(system, np.random.default_rng(4), (3,))
    dt_s = system.dt_max_s / 20
    together = simulate(system, x, u, dt_s, 20)
    for i in range(3):
        assert np.allclose(together[:, i], simulate(system, x[i], u[i], dt_s, 20), rtol=1e-11, atol=1e-11)


@every_system
def test_jacobians_agree_with_central_differences(system):
    x, u = an_operating_point(system, np.random.default_rng(5))
    A, B = jacobians(system, x, u)
    for J, z, f in (
        (A, x, lambda z: system.f(0.0, z, u, system.parameters)),
        (B, u, lambda z: system.f(0.0, x, z, system.parameters)),
    ):
        h = 1e-6 * np.maximum(np.abs(z), 1.0)
        columns = [(f(z + h[i] * e) - f(z - h[i] * e)) / (2 * h[i]) for i, e in enumerate(np.eye(len(z)))]
        # central differences: h² of curvature and 1e-16/h of rounding
        assert np.allclose(J, np.array(columns).T, rtol=1e-5, atol=1e-5 * max(1.0, np.abs(J).max()))


@pytest.mark.slow
@every_system
@pytest.mark.parametrize("method", ["euler", "rk4"])
def test_the_error_shrinks_with_the_stated_order(system, method):
    x, u = an_operating_point(system, np.random.default_rng(6))
    span, n = (system.dt_max_s * 2, 16) if method == "rk4" else (system.dt_max_s, 32)
    exact = simulate(system, x, u, span / 256, 256)[-1]
    errors = np.array(
        [np.linalg.norm(simulate(system, x, u, span / k, k, method=method)[-1] - exact) for k in (n, 2 * n)]
    )
    if errors[0] < 1e-11 * np.linalg.norm(exact):
        assert method == "rk4"  # exact to rounding: nothing left to measure
    else:
        # halving the step leaves the next term of the error: up to a third of an order at these steps
        assert abs(np.log2(errors[0] / errors[1]) - integrators.ORDERS[method]) < 0.35


@every_system
def test_a_wrong_number_of_states_is_named(system):
    with pytest.raises(sim.system.ShapeError) as caught:
        simulate(system, np.zeros(len(system.states) + 1), np.zeros(len(system.inputs)), 0.001, 1)
    names = ", ".join(signal.name for signal in system.states)
    assert str(caught.value) == (
        f"{system.name} has {len(system.states)} states ({names}) and got x0 of shape ({len(system.states) + 1},); "
        "give one number for each."
    )


@every_system
def test_a_step_past_the_stated_range_is_refused(system):
    x, u = an_operating_point(system, np.random.default_rng(7))
    with pytest.raises(ValueError, match="expects a time step in") as caught:
        simulate(system, x, u, 2 * system.dt_max_s, 1)
    assert str(caught.value) == (
        f"{system.name} expects a time step in (0, {system.dt_max_s:g}] s and got {2 * system.dt_max_s:g} s; take a shorter one."
    )


@every_system
def test_non_finite_states_are_named_with_their_time(system):
    x, u = an_operating_point(system, np.random.default_rng(8))
    dt_s = system.dt_max_s / 10
    inputs = [u] * 3 + [np.full_like(u, np.nan)] + [u] * 2
    with pytest.raises(ValueError, match="left the finite numbers") as caught:
        simulate(system, x, inputs, dt_s, 6)
    assert str(caught.value) == (
        f"{system.name} left the finite numbers at step 4 (t = {4 * dt_s:g} s); check the inputs or take a shorter step than {dt_s:g} s."
    )


def test_every_system_is_found():
    assert set(SYSTEMS) == {
        "AEROPLANE", "BATTERY", "CART_POLE", "LANDER", "PENDULUM", "PLANAR_QUADROTOR", "QUADROTOR", "ROVER", "TWO_LINK_ARM",
    }  # fmt: skip
