# ruff: noqa: N802, N815  units keep their case: N m, J, A s
r"""A point mass on a massless rod, hinged at the origin of a vertical plane.

$m l^2 \ddot\theta = -m g l \sin\theta - b \dot\theta + \tau$; θ = 0 hangs down, positive counter-clockwise.
The smallest non-linear system with an energy: use it to test integrators and first controllers.
"""

from dataclasses import dataclass

import numpy as np

from glideslope._typing import Shaped, ndarray
from glideslope.sim.system import Signal, System

__all__ = ["PENDULUM", "PendulumParameters", "pendulum_energy_J"]


@dataclass(frozen=True)
class PendulumParameters:
    """Mass (kg), rod length (m), viscous friction (N m s/rad), gravity (m/s²)."""

    mass_kg: float = 1.0
    length_m: float = 1.0
    friction_N_m_s: float = 0.0
    g_m_s2: float = 9.81


def pendulum_dynamics(
    t: float, x: Shaped[ndarray, "*batch 2"], u: Shaped[ndarray, "*#batch 1"], p: PendulumParameters
) -> Shaped[ndarray, "*batch 2"]:
    """Return (θ', θ'') of state (θ, θ') under the torque u."""
    theta, theta_dot = x[..., 0], x[..., 1]
    inertia = p.mass_kg * p.length_m**2
    torque = u[..., 0] - p.friction_N_m_s * theta_dot - p.mass_kg * p.g_m_s2 * p.length_m * np.sin(theta)
    return np.stack([theta_dot, torque / inertia], axis=-1)


def pendulum_energy_J(
    x: Shaped[ndarray, "*batch 2"], p: PendulumParameters = PendulumParameters()
) -> Shaped[ndarray, "*batch"] | float:
    r"""Return $\tfrac12 m l^2 \dot\theta^2 + m g l (1 - \cos\theta)$ in J, zero at rest below; constant when friction and torque are.

    Example:
        >>> import numpy as np
        >>> float(pendulum_energy_J(np.array([np.pi, 0.0])))
        19.62
    """
    kinetic = 0.5 * p.mass_kg * (p.length_m * x[..., 1]) ** 2
    return kinetic + p.mass_kg * p.g_m_s2 * p.length_m * (1.0 - np.cos(x[..., 0]))


PENDULUM = System(
    name="pendulum",
    f=pendulum_dynamics,
    parameters=PendulumParameters(),
    states=(Signal("theta", "rad", "W", -40.0, 40.0), Signal("theta_dot", "rad/s", "W", -200.0, 200.0)),
    inputs=(Signal("tau", "N m", "W"),),
    dt_max_s=0.2,
)
