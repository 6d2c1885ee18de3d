"""Closed forms and conservation laws: what must hold whatever the numbers, with the errors that the step length leaves."""

from dataclasses import replace
from functools import cache

import numpy as np

from bench.validation_rows import Row
from glideslope import sim

STILL = {
    "pendulum": (sim.PENDULUM, sim.pendulum_energy_J, [2.5, 1.0]),
    "cart-pole": (sim.CART_POLE, sim.cart_pole_energy_J, [0.1, 0.7, 0.3, -2.0]),
    "planar quadrotor": (sim.PLANAR_QUADROTOR, sim.planar_quadrotor_energy_J, [0.0, 9.0, 0.4, 3.0, 5.0, 2.0]),
    "two-link arm": (sim.TWO_LINK_ARM, sim.arm_energy_J, [0.3, -1.2, 1.0, 2.0]),
    "quadrotor": (sim.QUADROTOR, sim.quadrotor_energy_J, [0, 0, 9, 1, 2, 3, 1, 0, 0, 0, 3.0, -2.0, 1.0]),
}


def energy_drift(name):
    """Relative to the largest energy plus 1 J, over 2 s at 1 ms, no inputs."""
    system, energy, x0 = STILL[name]
    E = energy(sim.simulate(system, np.array(x0, dtype=float), np.zeros(len(system.inputs)), 0.001, 2000))
    return float(np.ptp(E) / (np.abs(E).max() + 1.0))


@cache
def tumbling():
    """5 s at 2 ms under four equal thrusts, which make no torque: three different inertias turn the axis about."""
    x0 = np.zeros(13)
    x0[6], x0[10:] = 1.0, [4.0, 0.5, -2.0]
    p = replace(sim.QUADROTOR.parameters, inertia_kg_m2=(0.006, 0.008, 0.011))
    return sim.simulate(sim.QUADROTOR, x0, np.full(4, 2.0), 0.002, 2500, p=p), p


def angular_momentum_drift():
    x, p = tumbling()
    H_W = np.einsum("tij,tj->ti", sim.rotation_matrix(x[:, 6:10]), np.array(p.inertia_kg_m2) * x[:, 10:])
    return float(np.abs(H_W - H_W[0]).max() / np.linalg.norm(H_W[0]))


def arm_momentum():
    """Without gravity the angular momentum of the arm about its base changes by the first joint's torque alone; here there is none."""
    p = sim.TwoLinkArmParameters(g_m_s2=0.0)
    torque = np.column_stack([np.zeros(2000), 0.05 * np.sin(np.arange(2000) / 300)])
    _, q2, v1, v2 = sim.simulate(sim.TWO_LINK_ARM, np.array([0.3, 0.8, 0.4, -0.6]), torque, 0.001, 2000, p=p).T
    a, b, d = p.base()[:3]
    H = (a + b + 2 * d * np.cos(q2)) * v1 + (b + d * np.cos(q2)) * v2
    return float(np.ptp(H) / np.abs(H).max())


def unit_quaternions():
    x, _ = tumbling()
    return float(np.abs(np.linalg.norm(x[:, 6:10], axis=1) - 1.0).max())


def orthogonality():
    q = np.random.default_rng(0).normal(size=(10_000, 4))
    R = sim.rotation_matrix(q / np.linalg.norm(q, axis=1, keepdims=True))
    return float(max(np.abs(R @ R.swapaxes(1, 2) - np.eye(3)).max(), np.abs(np.linalg.det(R) - 1.0).max()))


def attitudes():
    from scipy.spatial.transform import Rotation

    worst = 0.0
    for roll, pitch, yaw in np.random.default_rng(2).uniform([-3, -1.5, -3], [3, 1.5, 3], (200, 3)):
        ours = sim.rotation_matrix(sim.quaternion_from_euler(roll, pitch, yaw))
        worst = max(worst, np.abs(ours - Rotation.from_euler("ZYX", [yaw, pitch, roll]).as_matrix()).max())
    return float(worst)


def pendulum_period():
    """A swing of 143 degrees to either side: T = 2π sqrt(l/g) / agm(1, cos(θ₀/2))."""
    theta0, dt_s = 2.5, 0.001
    x = sim.simulate(sim.PENDULUM, np.array([theta0, 0.0]), np.zeros(1), dt_s, 5000)[:, 0]
    k = int(np.flatnonzero((x[:-1] > 0) & (x[1:] <= 0))[0])
    window = np.arange(k - 2, k + 4)
    quarter = np.polynomial.Polynomial.fit(x[window], window * dt_s, 5)(0.0)  # time as a function of the angle, at zero
    a, b = 1.0, np.cos(theta0 / 2)
    for _ in range(8):
        a, b = (a + b) / 2, np.sqrt(a * b)
    return float(abs(4 * quarter / (2 * np.pi * np.sqrt(1 / 9.81) / a) - 1))


def free_fall():
    x = sim.simulate(sim.PLANAR_QUADROTOR, np.array([0, 100.0, 0.3, 4.0, 2.0, 1.0]), np.zeros(2), 0.01, 200)
    t = np.arange(201) * 0.01
    return float(np.abs(x[:, :2] - np.column_stack([4.0 * t, 100.0 + 2.0 * t - 0.5 * 9.81 * t**2])).max())


def rocket():
    p = replace(sim.LANDER.parameters, g_m_s2=0.0)
    x = sim.simulate(sim.LANDER, np.array([0, 0, 0, 0, 1000.0]), np.array([1800.0, 2400.0]), 0.1, 2000, p=p)
    return float(np.abs(np.hypot(x[1:, 2], x[1:, 3]) / (p.exhaust_m_s * np.log(1000.0 / x[1:, 4])) - 1).max())


def rover_circle():
    p, left, right = sim.ROVER.parameters, 0.9, 1.1
    rate, speed = (right - left) / p.track_m, (left + right) / 2
    x = sim.simulate(sim.ROVER, np.zeros(3), np.array([left, right]), 0.01, round(2 * np.pi / rate / 0.01))
    return float(np.abs(np.hypot(x[:, 0], x[:, 1] - speed / rate) - speed / rate).max())


def battery_charge_up():
    p, current, x, worst = sim.BATTERY.parameters, 15.0, np.array([0.9, 0.0]), 0.0
    for k in range(1, 121):
        x = sim.battery_step(x, np.array(current), 1.0)
        worst = max(worst, abs(x[1] / (current * p.r1_ohm * (1 - np.exp(-k / p.tau_s))) - 1))
    return float(worst)


def lidar_in_a_square(half=2.0):
    """Off the centre, so that the four walls differ: the nearest of the distances along the ray to x = ±2 and y = ±2."""
    place = np.array([0.7, -1.1])
    heading = np.random.default_rng(5).uniform(0, 2 * np.pi, 2000)
    ray = np.column_stack([np.cos(heading), np.sin(heading)])
    expected = ((half * np.sign(ray) - place) / ray).min(axis=1)
    pose = np.column_stack([np.tile(place, (2000, 1)), heading])
    return float(np.abs(sim.lidar_scan(pose, sim.box_walls(-half, -half, half, half), 1)[:, 0] - expected).max())


def plane_in_space():
    """A quadrotor in space that only rolls is the planar one: -y to the right, seen from behind."""
    p = sim.QuadrotorParameters(arm_m=0.15 * np.sqrt(2), inertia_kg_m2=(0.004, 0.004, 0.008), mass_kg=0.5)
    x3, (left, right) = np.zeros(13), (2.6, 2.4)
    x3[6] = 1.0
    space = sim.simulate(sim.QUADROTOR, x3, np.array([right, left, left, right]) / 2, 0.001, 500, p=p)
    plane = sim.simulate(sim.PLANAR_QUADROTOR, np.zeros(6), np.array([left, right]), 0.001, 500)
    return float(np.abs(np.column_stack([-space[:, 1] - plane[:, 0], space[:, 2] - plane[:, 1]])).max())


ROWS = (
    *(Row(f"energy of the {name}, 2 s at 1 ms, no inputs", "conservation", "relative", 1e-6, lambda name=name: energy_drift(name)) for name in STILL),
    Row("angular momentum of a tumbling quadrotor in W, 5 s at 2 ms", "conservation", "relative", 1e-9, angular_momentum_drift),
    Row("angular momentum of the arm without gravity, second joint driven, 2 s", "conservation", "relative", 1e-9, arm_momentum),
    Row("length of the quaternion, 5 s of tumbling at 2 ms", "1", "1", 1e-10, unit_quaternions),
    Row("rotation matrices of 10,000 unit quaternions", "orthogonality, determinant 1", "1", 1e-14, orthogonality),
    Row("rotation matrices of 200 attitudes", "SciPy", "1", 1e-14, attitudes, ("scipy",)),
    Row("planar quadrotor inside the one in space", "each other", "m", 1e-12, plane_in_space),
    Row("period of a pendulum swinging 143 degrees to either side", "elliptic integral", "relative", 1e-10, pendulum_period),
    Row("free fall", "parabola", "m", 1e-11, free_fall),
    Row("rocket without gravity", "Tsiolkovsky", "relative", 1e-9, rocket),
    Row("rover with unequal wheels", "circle", "m", 1e-10, rover_circle),
    Row("battery under a current step", "circuit", "relative", 1e-13, battery_charge_up),
    Row("lidar in a square, 2000 headings", "closed form", "m", 1e-13, lidar_in_a_square),
)  # fmt: skip
