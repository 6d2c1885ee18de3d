r"""A light aeroplane in its plane of symmetry: short period and phugoid from one set of derivatives.

$m\dot V = T\cos\alpha - D - m g\sin\gamma$, $m V(\dot\alpha - q) = -L - T\sin\alpha + m g\cos\gamma$, $I_y\dot q = M$, $\dot\theta = q$,
$\dot h = V\sin\gamma$ with $\gamma = \theta - \alpha$. The derivatives were regressed, without noise, on flights of JSBSim's Cessna 172P model
near 95 kt (`python -m bench.labs aeroplane`): a model of a model, good for small motions around that speed.
"""

from dataclasses import dataclass

import numpy as np

from glideslope._typing import Float, Shaped, ndarray
from glideslope.sim.system import Signal, System, jacobians

__all__ = ["AEROPLANE", "AeroplaneParameters", "aeroplane_modes", "level_trim"]


@dataclass(frozen=True)
class AeroplaneParameters:
    """Mass, geometry and derivatives (1/rad, rates made dimensionless by c/2V) about the centre of gravity."""

    mass_kg: float = 934.4
    iyy_kg_m2: float = 1887.7
    wing_m2: float = 16.165
    chord_m: float = 1.4935
    rho_kg_m3: float = 1.1212
    thrust_arm_m: float = 0.245
    g_m_s2: float = 9.80665
    CL0: float = 0.2500
    CL_alpha: float = 5.333
    CL_q: float = 3.769
    CL_alphadot: float = 1.870
    CL_elevator: float = 0.4320
    CD0: float = 0.02985
    CD_CL2: float = 0.07869
    Cm0: float = 0.1103
    Cm_alpha: float = -2.120
    Cm_q: float = -9.975
    Cm_alphadot: float = -10.04
    Cm_elevator: float = -1.409


def aeroplane_dynamics(
    t: float, x: Shaped[ndarray, "*batch 5"], u: Shaped[ndarray, "*#batch 2"], p: AeroplaneParameters
) -> Shaped[ndarray, "*batch 5"]:
    """Return the derivative of (V, α, q, θ, h) under elevator (rad, nose down positive) and thrust (N)."""
    V, alpha, q, theta = (x[..., i] for i in range(4))
    elevator, thrust, gamma = u[..., 0], u[..., 1], theta - alpha
    area_force, per_rate = 0.5 * p.rho_kg_m3 * V**2 * p.wing_m2, p.chord_m / (2 * V)
    CL = p.CL0 + p.CL_alpha * alpha + p.CL_q * q * per_rate + p.CL_elevator * elevator
    # lift depends on α' and α' on lift: one linear equation, solved
    push = q + (p.mass_kg * p.g_m_s2 * np.cos(gamma) - area_force * CL - thrust * np.sin(alpha)) / (p.mass_kg * V)
    alphadot = push / (1.0 + area_force * p.CL_alphadot * per_rate / (p.mass_kg * V))
    CL = CL + p.CL_alphadot * alphadot * per_rate
    drag = area_force * (p.CD0 + p.CD_CL2 * CL**2)
    Cm = p.Cm0 + p.Cm_alpha * alpha + (p.Cm_q * q + p.Cm_alphadot * alphadot) * per_rate + p.Cm_elevator * elevator
    dx = np.empty_like(x, dtype=np.result_type(x, u))
    dx[..., 0] = (thrust * np.cos(alpha) - drag) / p.mass_kg - p.g_m_s2 * np.sin(gamma)
    dx[..., 1] = alphadot
    dx[..., 2] = (area_force * p.chord_m * Cm + thrust * p.thrust_arm_m) / p.iyy_kg_m2
    dx[..., 3] = q
    dx[..., 4] = V * np.sin(gamma)
    return dx


def level_trim(
    speed_m_s: float, altitude_m: float = 0.0, p: AeroplaneParameters = AeroplaneParameters()
) -> tuple[Float[ndarray, " 5"], Float[ndarray, " 2"]]:
    """Return state and inputs of steady level flight, by Newton's method on angle of attack, elevator and thrust.

    Args:
        speed_m_s: True airspeed, 30 to 70 m/s.
        altitude_m: Altitude to put into the state; the air density is the parameters'.
        p: The aeroplane.

    Returns:
        x (5,) and u (2,) with f(x, u) = 0.

    Raises:
        ValueError: The speed is outside the range the derivatives were made for.

    Example:
        >>> x, u = level_trim(50.0)
        >>> bool(abs(AEROPLANE.f(0.0, x, u, AEROPLANE.parameters)).max() < 1e-10)
        True
    """
    if not 30.0 <= speed_m_s <= 70.0:
        raise ValueError(
            f"level_trim knows speeds of 30 to 70 m/s and got {speed_m_s:g}; a speed in knots is 0.514 m/s each."
        )
    z = np.array([0.02, 0.05, 1000.0])
    for _ in range(12):
        x, u = np.array([speed_m_s, z[0], 0.0, z[0], altitude_m]), z[1:]
        residual = aeroplane_dynamics(0.0, x, u, p)[:3]
        A, B = jacobians(AEROPLANE, x, u, p)
        z = z - np.linalg.solve(np.column_stack([A[:3, 1] + A[:3, 3], B[:3]]), residual)
    return np.array([speed_m_s, z[0], 0.0, z[0], altitude_m]), z[1:]


def aeroplane_modes(speed_m_s: float, p: AeroplaneParameters = AeroplaneParameters()) -> dict[str, tuple[float, float]]:
    """Return natural frequency (rad/s) and damping ratio of short period and phugoid at a speed.

    Example:
        >>> modes = aeroplane_modes(50.0)
        >>> modes["short period"][0] > 10 * modes["phugoid"][0]
        True
    """
    A, _ = jacobians(AEROPLANE, *level_trim(speed_m_s, p=p), p)
    eigenvalues = np.linalg.eigvals(A[:4, :4])
    pairs = sorted((s for s in eigenvalues if s.imag >= 0), key=abs, reverse=True)
    return {
        name: (float(abs(s)), float(-s.real / abs(s)))
        for name, s in (("short period", pairs[0]), ("phugoid", pairs[-1]))
    }


AEROPLANE = System(
    name="aeroplane",
    f=aeroplane_dynamics,
    parameters=AeroplaneParameters(),
    states=(
        Signal("V", "m/s", "air", 20.0, 90.0),
        Signal("alpha", "rad", "air to B, nose up", -0.35, 0.35),
        Signal("q", "rad/s", "B, nose up", -3.0, 3.0),
        Signal("theta", "rad", "W to B, nose up", -1.6, 1.6),
        Signal("h_W", "m", "W, up", -500.0, 10_000.0),
    ),
    inputs=(Signal("elevator", "rad", "B, trailing edge down"), Signal("T", "N", "B, forward")),
    dt_max_s=0.2,
)
