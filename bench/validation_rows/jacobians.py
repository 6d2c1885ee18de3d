"""Every Jacobian written by hand against the complex step, which subtracts nothing and so loses no digit."""

import numpy as np

from bench.validation_rows import Row
from glideslope import sim
from glideslope.sim import control

H = 1e-30


def complex_step(f, x):
    """∂f/∂x by Im f(x + i h e)/h."""
    return np.column_stack([f(x + 1j * H * e).imag / H for e in np.eye(len(x))])


def hover():
    p = sim.PlanarQuadrotorParameters(drag_N_s_m=0.25, wind_W_m_s=(3.0, -1.0))
    A, B = sim.hover_jacobians(p)
    exact = sim.jacobians(sim.PLANAR_QUADROTOR, np.zeros(6), np.full(2, p.hover_N), p)
    return float(max(np.abs(A - exact[0]).max(), np.abs(B - exact[1]).max()))


def rover():
    rng, worst = np.random.default_rng(0), 0.0
    for x, u in zip(rng.normal(size=(200, 3)) * 3, rng.normal(size=(200, 2)), strict=True):
        for hand, exact in zip(sim.rover_jacobians(x, u), sim.jacobians(sim.ROVER, x, u), strict=True):
            worst = max(worst, np.abs(hand - exact).max())
    return float(worst)


def beacons():
    rng, worst = np.random.default_rng(1), 0.0
    for pose, places in zip(rng.normal(size=(200, 3)) * 3, rng.normal(size=(200, 4, 2)) * 5, strict=True):
        ranges = lambda z, b=places: np.sqrt(((z[:2] - b) ** 2).sum(axis=1))  # noqa: E731
        worst = max(worst, np.abs(control.beacon_ranges(pose, places)[1] - complex_step(ranges, pose)).max())
    return float(worst)


def attitude_rate():
    """∂(½ q ⊗ (0, ω))/∂q is a matrix of ω alone: the rate is linear in the quaternion, and in ω."""
    rng, worst = np.random.default_rng(2), 0.0
    for q, w in zip(rng.normal(size=(100, 4)), rng.normal(size=(100, 3)), strict=True):
        left = 0.5 * np.array([[0, *-w], [w[0], 0, w[2], -w[1]], [w[1], -w[2], 0, w[0]], [w[2], w[1], -w[0], 0]])
        worst = max(
            worst, np.abs(complex_step(lambda z, w=w: sim.quaternion_rate(z, w.astype(complex)), q) - left).max()
        )
    return float(worst)


def differences(system, spread, centre, inputs):
    """`jacobians` itself against a Richardson-extrapolated central difference."""
    rng, worst = np.random.default_rng(4), 0.0
    for _ in range(20):
        x, u = centre + spread * rng.standard_normal(len(centre)), inputs * rng.uniform(0.5, 1.5, len(inputs))
        A, _ = sim.jacobians(system, x, u)
        slope = lambda h, x=x, u=u: np.column_stack(  # noqa: E731
            [
                (system.f(0.0, x + h * e, u, system.parameters) - system.f(0.0, x - h * e, u, system.parameters))
                / (2 * h)
                for e in np.eye(len(x))
            ]
        )
        worst = max(worst, np.abs(A - (4 * slope(5e-4) - slope(1e-3)) / 3).max() / np.abs(A).max())
    return float(worst)


def all_systems():
    centre, thrust = sim.level_trim(50.0, 500.0)
    attitude = np.concatenate([np.zeros(6), [1.0], np.zeros(6)])
    return max(
        differences(sim.PENDULUM, 1.0, np.zeros(2), np.ones(1)),
        differences(sim.CART_POLE, 1.0, np.zeros(4), np.ones(1)),
        differences(sim.PLANAR_QUADROTOR, 1.0, np.zeros(6), np.full(2, 2.0)),
        differences(sim.QUADROTOR, 0.5, attitude, np.full(4, 2.0)),
        differences(sim.TWO_LINK_ARM, 1.0, np.zeros(4), np.ones(2)),
        differences(sim.ROVER, 1.0, np.zeros(3), np.ones(2)),
        differences(sim.AEROPLANE, 0.02, centre, thrust),
    )


ROWS = (
    Row("Jacobians of the planar quadrotor at hover, by hand", "complex step", "entry", 1e-13, hover),
    Row("Jacobians of the rover, by hand, 200 states", "complex step", "entry", 1e-13, rover),
    Row("Jacobian of the beacon ranges, by hand, 200 poses", "complex step", "entry", 1e-13, beacons),
    Row("matrix of the quaternion's rate, by hand", "complex step", "entry", 1e-13, attitude_rate),
    Row("`jacobians` of seven systems, 20 states each", "central differences, extrapolated", "relative", 1e-9, all_systems),
)  # fmt: skip
