# ruff: noqa: N815  units keep their case: N m, J, A s
r"""A point-mass lander over flat ground: thrust costs mass, mass gives agility.

$\dot p = v$, $\dot v = F/m - (0, g)$, $\dot m = -|F|/c$ with exhaust speed c; x right, z up, lunar gravity by default.
With constant exhaust speed and no gravity Tsiolkovsky's $\Delta v = c \ln(m_0/m_1)$ is exact, which tests it.
"""

from dataclasses import dataclass

import numpy as np

from glideslope._typing import Shaped, ndarray
from glideslope.sim.system import Signal, System

__all__ = ["LANDER", "LanderParameters"]


@dataclass(frozen=True)
class LanderParameters:
    """Exhaust speed (m/s), gravity (m/s²), mass without fuel (kg), largest thrust (N)."""

    exhaust_m_s: float = 3000.0
    g_m_s2: float = 1.62
    dry_kg: float = 600.0
    thrust_max_N: float = 4000.0


def lander_dynamics(
    t: float, x: Shaped[ndarray, "*batch 5"], u: Shaped[ndarray, "*#batch 2"], p: LanderParameters
) -> Shaped[ndarray, "*batch 5"]:
    """Return the derivative of (x, z, x', z', m) under the thrust vector u in W; an empty tank gives no thrust."""
    mass = x[..., 4]
    force = u * (mass.real > p.dry_kg)[..., None]
    magnitude = np.sqrt(force[..., 0] ** 2 + force[..., 1] ** 2)
    dx = np.empty_like(x, dtype=np.result_type(x, u))
    dx[..., 0:2] = x[..., 2:4]
    dx[..., 2] = force[..., 0] / mass
    dx[..., 3] = force[..., 1] / mass - p.g_m_s2
    dx[..., 4] = -magnitude / p.exhaust_m_s
    return dx


LANDER = System(
    name="point-mass lander",
    f=lander_dynamics,
    parameters=LanderParameters(),
    states=(
        Signal("x_W", "m", "W, x right"),
        Signal("z_W", "m", "W, z up"),
        Signal("vx_W", "m/s", "W, x right"),
        Signal("vz_W", "m/s", "W, z up"),
        Signal("mass", "kg", "none", 1.0),
    ),
    inputs=(Signal("Fx_W", "N", "W, x right"), Signal("Fz_W", "N", "W, z up")),
    dt_max_s=2.0,
)
