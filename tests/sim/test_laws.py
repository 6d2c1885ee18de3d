"""Conservation laws and closed forms of each simulator: what must hold whatever the numbers."""

from dataclasses import replace

import numpy as np
import pytest

from glideslope import sim
from glideslope.sim import simulate

# RK4 at 5 ms leaves at most 3e-6 J over the second (the arm, fastest of them); a wrong sign anywhere leaves a tenth.
ENERGIES = [
    (sim.PENDULUM, sim.pendulum_energy_J, [2.5, 1.0]),
    (sim.CART_POLE, sim.cart_pole_energy_J, [0.1, 0.7, 0.3, -2.0]),
    (sim.PLANAR_QUADROTOR, sim.planar_quadrotor_energy_J, [0.0, 9.0, 0.4, 3.0, 5.0, 2.0]),
    (sim.TWO_LINK_ARM, sim.arm_energy_J, [0.3, -1.2, 1.0, 2.0]),
    (sim.QUADROTOR, sim.quadrotor_energy_J, [0, 0, 9, 1, 2, 3, 1, 0, 0, 0, 3.0, -2.0, 1.0]),
]


@pytest.mark.parametrize(("system", "energy", "x0"), ENERGIES, ids=[system.name for system, _, _ in ENERGIES])
def test_energy_is_conserved_without_inputs(system, energy, x0):
    x = simulate(system, np.array(x0, dtype=float), np.zeros(len(system.inputs)), 0.005, 200)
    E = energy(x)
    assert np.ptp(E) < 1e-5 * (np.abs(E).max() + 1.0)
    assert np.abs(x[-1] - x[0]).max() > 0.1  # it did move


def planar_power(x, u, p):
    lift = u.sum() * np.array([-np.sin(x[2]), np.cos(x[2])])
    return lift @ x[3:5] + p.arm_m * (u[1] - u[0]) * x[5]


def rotor_power(x, u, p):
    wrench = sim.mixer(p) @ u
    return wrench[0] * sim.rotation_matrix(x[6:10])[:, 2] @ x[3:6] + wrench[1:] @ x[10:]


# Parameters that differ from one another and from 1: with a mass of 1 kg nobody notices a division by it.
POWERS = [
    (
        sim.PENDULUM,
        sim.pendulum_energy_J,
        sim.PendulumParameters(mass_kg=0.7, length_m=0.6),
        lambda x, u, p: u[0] * x[1],
    ),
    (sim.CART_POLE, sim.cart_pole_energy_J, sim.CartPoleParameters(1.3, 0.2, 0.4), lambda x, u, p: u[0] * x[2]),
    (sim.PLANAR_QUADROTOR, sim.planar_quadrotor_energy_J, sim.PlanarQuadrotorParameters(0.8, 0.2, 0.3), planar_power),
    (sim.QUADROTOR, sim.quadrotor_energy_J, sim.QuadrotorParameters(1.7, 0.2, (0.3, 0.4, 0.6), 0.05), rotor_power),
    (sim.TWO_LINK_ARM, sim.arm_energy_J, sim.TwoLinkArmParameters(), lambda x, u, p: u @ x[2:]),
]


@pytest.mark.parametrize(("system", "energy", "p", "power"), POWERS, ids=[system.name for system, _, _, _ in POWERS])
def test_energy_grows_by_what_the_inputs_put_in(system, energy, p, power):
    """dE/dt = force times velocity and torque times rate: inputs enter with the right sign, masses and lengths where they belong."""
    rng = np.random.default_rng(0)
    x, u, h = rng.normal(size=len(system.states)), rng.uniform(0.5, 2.0, len(system.inputs)), 1e-6
    if system is sim.QUADROTOR:
        x[6:10] /= np.linalg.norm(x[6:10])
    dx = system.f(0.0, x, u, p)
    grows = (energy(x + h * dx, p) - energy(x - h * dx, p)) / (2 * h)
    assert grows == pytest.approx(power(x, u, p), rel=1e-6)  # central differences: h² and 1e-16/h


def test_drag_pulls_toward_the_wind():
    p = replace(sim.PLANAR_QUADROTOR.parameters, drag_N_s_m=0.25, wind_W_m_s=(3.0, -1.0))
    x = simulate(sim.PLANAR_QUADROTOR, np.array([0, 0, 0, -2.0, 1.0, 0]), np.full(2, p.hover_N), 0.01, 2000, p=p)
    t = np.arange(2001) * 0.01
    # level and in balance, the speed relaxes to the wind's with m/d = 2 s
    expected = np.array([3.0, -1.0]) + np.exp(-t / 2.0)[:, None] * np.array([-5.0, 2.0])
    assert np.allclose(x[:, 3:5], expected, atol=1e-9)


def test_friction_only_takes_energy():
    p = sim.PendulumParameters(friction_N_m_s=0.4)
    E = sim.pendulum_energy_J(simulate(sim.PENDULUM, np.array([2.0, 0.0]), np.zeros(1), 0.01, 500, p=p), p)
    assert (np.diff(E) <= 1e-9).all()
    assert E[-1] < 0.5 * E[0]


def test_small_swings_have_the_period_of_the_textbook():
    x = simulate(sim.PENDULUM, np.array([1e-4, 0.0]), np.zeros(1), 0.002, 900)
    crossings = np.flatnonzero((x[:-1, 0] < 0) & (x[1:, 0] >= 0))
    # one period is 2π sqrt(l/g) = 2.006 s; resolution of a crossing 2 ms
    assert abs((crossings[0] * 0.002) / 0.75 - 2 * np.pi * np.sqrt(1 / 9.81)) < 0.004


def test_a_quadrotor_in_free_fall_keeps_its_angular_momentum_in_the_world():
    x0 = np.zeros(13)
    x0[6], x0[10:] = 1.0, [4.0, 0.5, -2.0]
    x = simulate(sim.QUADROTOR, x0, np.zeros(4), 0.01, 150)
    J = np.array(sim.QUADROTOR.parameters.inertia_kg_m2)
    H_W = np.einsum("tij,tj->ti", sim.rotation_matrix(x[:, 6:10]), J * x[:, 10:])
    # rk4 at 0.01 s and 5 rad/s: (0.05)^4 x 1.5 s x 5/s / 120; the quaternion's length enters squared
    assert np.abs(H_W - H_W[0]).max() < 1e-6 * np.abs(H_W[0]).max()
    assert np.abs(x[-1, 10:] - x[0, 10:]).max() > 0.5  # while in the body it turns about


def test_the_quaternion_keeps_unit_length_to_the_order_of_the_method():
    x0 = np.zeros(13)
    x0[6], x0[10:] = 1.0, [3.0, 2.0, 1.0]
    for steps, bound in ((40, 1e-4), (160, 1e-6)):
        x = simulate(sim.QUADROTOR, x0, np.full(4, 2.0), 2.0 / steps, steps)
        assert np.abs(np.linalg.norm(x[:, 6:10], axis=1) - 1.0).max() < bound


@pytest.mark.parametrize(
    ("thrusts", "axis", "sign"),
    [((0, 1, 1, 0), 10, 1), ((0, 0, 1, 1), 11, 1), ((1, 0, 1, 0), 12, 1), ((1, 1, 1, 1), 5, 1)],
    ids=["left up rolls right", "rear up pitches nose down", "clockwise rotors yaw left", "all up climbs"],
)
def test_rotors_act_in_the_stated_directions(thrusts, axis, sign):
    """In FLU axes: +x is roll to the right, +y is nose down, +z is yaw to the left."""
    x = np.zeros(13)
    x[6] = 1.0
    dx = sim.QUADROTOR.f(0.0, x, 3.0 * np.array(thrusts, dtype=float), sim.QUADROTOR.parameters)
    assert np.sign(dx[axis]) == sign


def test_the_planar_quadrotor_is_a_slice_of_the_one_in_space():
    """Rolling about B's x axis moves the body in W's y-z plane, with -y to the right seen from behind."""
    p = sim.QuadrotorParameters(arm_m=0.15 * np.sqrt(2), inertia_kg_m2=(0.004, 0.004, 0.008), mass_kg=0.5)
    left, right = 2.9, 2.1
    x3 = np.zeros(13)
    x3[6] = 1.0
    space = simulate(sim.QUADROTOR, x3, np.array([right, left, left, right]) / 2, 0.005, 100, p=p)
    plane = simulate(sim.PLANAR_QUADROTOR, np.zeros(6), np.array([left, right]), 0.005, 100)
    assert np.allclose(-space[:, 1], plane[:, 0], atol=1e-9)
    assert np.allclose(space[:, 2], plane[:, 1], atol=1e-9)


def test_free_fall_is_a_parabola():
    x = simulate(sim.PLANAR_QUADROTOR, np.array([0, 100.0, 0.3, 4.0, 2.0, 1.0]), np.zeros(2), 0.01, 200)
    t = np.arange(201) * 0.01
    assert np.allclose(x[:, 0], 4.0 * t, atol=1e-12)
    assert np.allclose(x[:, 1], 100.0 + 2.0 * t - 0.5 * 9.81 * t**2, atol=1e-11)  # rk4 is exact for parabolas


def test_a_rocket_gains_the_speed_tsiolkovsky_gives():
    p = replace(sim.LANDER.parameters, g_m_s2=0.0)
    x = simulate(sim.LANDER, np.array([0, 0, 0, 0, 1000.0]), np.array([1800.0, 2400.0]), 0.1, 2000, p=p)
    speed = np.hypot(x[:, 2], x[:, 3])
    assert np.allclose(speed, p.exhaust_m_s * np.log(1000.0 / x[:, 4]), rtol=1e-9, atol=1e-9)


def test_an_empty_tank_gives_no_thrust():
    dx = sim.LANDER.f(0.0, np.array([0, 10.0, 0, 0, 600.0]), np.array([0.0, 3000.0]), sim.LANDER.parameters)
    assert dx.tolist() == [0.0, 0.0, 0.0, -1.62, 0.0]


def test_the_rover_drives_circles():
    p = sim.ROVER.parameters
    left, right = 0.9, 1.1
    rate, speed = (right - left) / p.track_m, (left + right) / 2
    steps = round(2 * np.pi / rate / 0.01)
    x = simulate(sim.ROVER, np.zeros(3), np.array([left, right]), 0.01, steps)
    centre_distance = np.hypot(x[:, 0], x[:, 1] - speed / rate)
    assert np.allclose(centre_distance, speed / rate, atol=1e-10)


def test_the_battery_answers_a_current_step_as_the_circuit_does():
    p, current = sim.BATTERY.parameters, 15.0
    t = np.arange(121.0)
    x = np.array([0.9, 0.0])
    stepped = [x := sim.battery_step(x, np.array(current), 1.0) if k else x for k in range(121)]
    assert np.allclose([s[1] for s in stepped], current * p.r1_ohm * (1 - np.exp(-t / p.tau_s)), rtol=1e-13)
    integrated = simulate(sim.BATTERY, np.array([0.9, 0.0]), np.array([current]), 1.0, 120)
    assert np.allclose(integrated, stepped, rtol=1e-7)


def test_a_battery_of_five_ampere_hours_gives_one_ampere_for_five_hours():
    x = sim.battery_step(np.array([1.0, 0.0]), np.array(1.0), 3600.0)
    assert x[0] == pytest.approx(0.8)
    assert simulate(sim.BATTERY, np.array([1.0, 0.0]), np.array([-2.0]), 1.0, 60)[-1, 0] == pytest.approx(
        1.0 + 120 / 18000
    )


def test_current_and_the_late_voltage_lower_the_terminal_voltage():
    p, charge = sim.BatteryParameters(r0_ohm=0.02), 0.7
    rest = sim.open_circuit_V(np.array(charge))
    assert sim.terminal_V(np.array([charge, 0.0]), np.array(0.0), p) == pytest.approx(rest)
    assert sim.terminal_V(np.array([charge, 0.3]), np.array(10.0), p) == pytest.approx(rest - 0.2 - 0.3)


def test_a_cell_is_full_at_four_volts_two_and_empty_at_three():
    assert sim.open_circuit_V(np.array(1.0), cells=1) == pytest.approx(4.2, abs=1e-6)
    assert sim.open_circuit_V(np.array(0.0), cells=4) == pytest.approx(4 * 3.0, abs=1e-4)
    assert sim.open_circuit_V(np.array(0.5), cells=1) == pytest.approx(3.86, abs=1e-3)


def test_open_circuit_voltage_rises_with_charge():
    assert (np.diff(sim.open_circuit_V(np.linspace(0, 1, 200))) > 0).all()


def test_the_regressor_is_linear_and_complete():
    rng = np.random.default_rng(2)
    q, qd, qdd = rng.normal(size=(3, 50, 2))
    p = sim.TwoLinkArmParameters(viscous_N_m_s=(0.3, 0.2), coulomb_N_m=(0.5, 0.1))
    tau = sim.arm_torque(q, qd, qdd, p)
    Y = sim.arm_regressor(q, qd, qdd).reshape(-1, 9)
    assert np.linalg.matrix_rank(Y) == 9
    assert np.allclose(np.linalg.lstsq(Y, tau.ravel(), rcond=None)[0], p.base())


def test_forward_and_inverse_dynamics_undo_each_other():
    rng = np.random.default_rng(3)
    x, tau = rng.normal(size=(20, 4)), rng.normal(size=(20, 2))
    qdd = sim.TWO_LINK_ARM.f(0.0, x, tau, sim.TWO_LINK_ARM.parameters)[:, 2:]
    assert np.allclose(sim.arm_torque(x[:, :2], x[:, 2:], qdd), tau, atol=1e-12)


@pytest.mark.parametrize("elbow_up", [False, True])
def test_inverse_kinematics_reaches_the_point(elbow_up):
    rng = np.random.default_rng(4)
    angle, radius = rng.uniform(0, 2 * np.pi, 100), rng.uniform(0.12, 0.69, 100)
    tip = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=-1)
    q = sim.joint_angles(tip, elbow_up=elbow_up)
    assert np.allclose(sim.elbow_and_tip(q)[1], tip, atol=1e-14)
    assert ((q[:, 1] < 0) == elbow_up).all()


def test_a_point_out_of_reach_is_refused():
    with pytest.raises(ValueError, match="joint_angles reaches") as caught:
        sim.joint_angles(np.array([0.8, 0.0]))
    assert str(caught.value) == "joint_angles reaches 0.1 to 0.7 m and was asked for 0.8 m; ask for a nearer point."


def test_degrees_are_caught_where_radians_are_meant():
    with pytest.raises(ValueError, match="pendulum starts with") as caught:
        simulate(sim.PENDULUM, np.array([90.0, 0.0]), np.zeros(1), 0.01, 1)
    assert str(caught.value) == "pendulum starts with theta = 90, outside [-40, 40] rad; check its unit (rad) and sign."


def test_knots_are_caught_where_metres_a_second_are_meant():
    with pytest.raises(ValueError, match="aeroplane starts with V = 95"):
        simulate(sim.AEROPLANE, np.array([95.0, 0.02, 0.0, 0.02, 0.0]), np.zeros(2), 0.01, 1)
    with pytest.raises(ValueError, match="level_trim knows speeds") as caught:
        sim.level_trim(95.0)
    assert (
        str(caught.value) == "level_trim knows speeds of 30 to 70 m/s and got 95; a speed in knots is 0.514 m/s each."
    )


def test_the_aeroplane_obeys_newton_in_the_world():
    """Velocity seen in W changes by thrust along the body, lift across the path, drag against it, and weight; at angles far from trim."""
    p, rng = sim.AEROPLANE.parameters, np.random.default_rng(7)
    for _ in range(20):
        V, alpha, q, theta = rng.uniform([35, -0.3, -1, -1], [65, 0.3, 1, 1])
        elevator, T = rng.uniform([-0.3, 500], [0.3, 3000])
        dx = sim.AEROPLANE.f(0.0, np.array([V, alpha, q, theta, 0.0]), np.array([elevator, T]), p)
        gamma, pressure, per_rate = theta - alpha, 0.5 * p.rho_kg_m3 * V**2 * p.wing_m2, p.chord_m / (2 * V)
        rates = np.array([1.0, alpha, q * per_rate, dx[1] * per_rate, elevator])
        CL = rates @ [p.CL0, p.CL_alpha, p.CL_q, p.CL_alphadot, p.CL_elevator]
        Cm = rates @ [p.Cm0, p.Cm_alpha, p.Cm_q, p.Cm_alphadot, p.Cm_elevator]
        along, across = np.array([np.cos(gamma), np.sin(gamma)]), np.array([-np.sin(gamma), np.cos(gamma)])
        force = T * np.array([np.cos(theta), np.sin(theta)]) + pressure * (
            CL * across - (p.CD0 + p.CD_CL2 * CL**2) * along
        )
        acceleration = dx[0] * along + V * (dx[3] - dx[1]) * across
        assert np.allclose(
            p.mass_kg * acceleration, force - np.array([0.0, p.mass_kg * p.g_m_s2]), rtol=1e-9, atol=1e-9
        )
        assert p.iyy_kg_m2 * dx[2] == pytest.approx(pressure * p.chord_m * Cm + T * p.thrust_arm_m, rel=1e-9)
        assert dx[4] == pytest.approx(V * np.sin(gamma))


def test_the_derivatives_of_the_aeroplane_have_the_signs_of_flight():
    """Trailing edge down pitches down, a gust from below pitches down, a pitch rate is damped, more thrust is more speed."""
    A, B = sim.jacobians(sim.AEROPLANE, *sim.level_trim(50.0))
    assert B[2, 0] < 0
    assert A[2, 1] < 0
    assert A[2, 2] < 0
    assert B[0, 1] > 0
