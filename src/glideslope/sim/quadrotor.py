# ruff: noqa: N802  units keep their case: N m, J, A s
r"""A quadrotor in space: a rigid body with four rotors that push along its z axis.

$\dot p = v$, $m\dot v = R_{WB}\,(0, 0, \sum F_i) - (0, 0, m g)$, $\dot q = \tfrac12 q \otimes (0, \omega)$,
$J\dot\omega = M u - \omega \times J\omega$. World W: x east, y north, z up; body B: x forward, y left, z up.
Rotors sit at front right, front left, rear left, rear right; the first and the third turn clockwise seen from above.
"""

from dataclasses import dataclass

import numpy as np

from glideslope._typing import Float, Shaped, ndarray
from glideslope.sim.rotations import quaternion_rate, rotation_matrix
from glideslope.sim.system import Signal, System

__all__ = ["QUADROTOR", "QuadrotorParameters", "mixer", "quadrotor_energy_J"]


@dataclass(frozen=True)
class QuadrotorParameters:
    """Mass (kg), arm from centre to rotor (m), principal inertia (kg m²), yaw torque per thrust (m), gravity (m/s²)."""

    mass_kg: float = 0.8
    arm_m: float = 0.18
    inertia_kg_m2: tuple[float, float, float] = (0.006, 0.006, 0.011)
    torque_per_thrust_m: float = 0.016
    g_m_s2: float = 9.81


def mixer(p: QuadrotorParameters = QuadrotorParameters()) -> Float[ndarray, "4 4"]:
    r"""Return the matrix from the four thrusts (N) to total thrust (N) and torque about B's axes (N m).

    A rotor at (x, y) pushes up: torque about x is y F, about y it is -x F. A rotor that turns clockwise drags the body
    counter-clockwise: torque about z is +c F.

    Example:
        >>> import numpy as np
        >>> mixer() @ np.full(4, 2.0)
        array([8., 0., 0., 0.])
    """
    d = p.arm_m / np.sqrt(2.0)
    x, y = np.array([d, d, -d, -d]), np.array([-d, d, d, -d])
    spin = np.array([1.0, -1.0, 1.0, -1.0])
    return np.stack([np.ones(4), y, -x, p.torque_per_thrust_m * spin])


def quadrotor_dynamics(
    t: float, x: Shaped[ndarray, "*batch 13"], u: Shaped[ndarray, "*#batch 4"], p: QuadrotorParameters
) -> Shaped[ndarray, "*batch 13"]:
    """Return the derivative of (p_W, v_W, q_WB, w_WB_B) under four thrusts in N."""
    velocity, q_WB, w_WB_B = x[..., 3:6], x[..., 6:10], x[..., 10:13]
    wrench = u @ mixer(p).T
    J = np.asarray(p.inertia_kg_m2)
    dx = np.empty_like(x, dtype=np.result_type(x, u))
    dx[..., 0:3] = velocity
    dx[..., 3:6] = rotation_matrix(q_WB)[..., :, 2] * (wrench[..., :1] / p.mass_kg)
    dx[..., 5] -= p.g_m_s2
    dx[..., 6:10] = quaternion_rate(q_WB, w_WB_B)
    dx[..., 10:13] = (wrench[..., 1:] - np.cross(w_WB_B, J * w_WB_B)) / J
    return dx


def quadrotor_energy_J(
    x: Shaped[ndarray, "*batch 13"], p: QuadrotorParameters = QuadrotorParameters()
) -> Shaped[ndarray, "*batch"] | float:
    r"""Return $\tfrac12 m v^2 + \tfrac12 \omega^\top J \omega + m g z$ in J; constant with the rotors off.

    Example:
        >>> import numpy as np
        >>> float(quadrotor_energy_J(np.eye(13)[3]))
        0.4
    """
    kinetic = 0.5 * p.mass_kg * (x[..., 3:6] ** 2).sum(-1) + 0.5 * (np.asarray(p.inertia_kg_m2) * x[..., 10:] ** 2).sum(
        -1
    )
    return kinetic + p.mass_kg * p.g_m_s2 * x[..., 2]


QUADROTOR = System(
    name="quadrotor",
    f=quadrotor_dynamics,
    parameters=QuadrotorParameters(),
    states=(
        *(Signal(f"p_W_{axis}", "m", "W: x east, y north, z up") for axis in "xyz"),
        *(Signal(f"v_W_{axis}", "m/s", "W: x east, y north, z up", -150.0, 150.0) for axis in "xyz"),
        *(Signal(f"q_WB_{part}", "1", "from B to W, unit quaternion", -1.001, 1.001) for part in "wxyz"),
        *(Signal(f"w_WB_B_{axis}", "rad/s", "B: x forward, y left, z up", -100.0, 100.0) for axis in "xyz"),
    ),
    inputs=tuple(Signal(f"F_{i}", "N", "B, z up", 0.0) for i in range(1, 5)),
    dt_max_s=0.05,
)
