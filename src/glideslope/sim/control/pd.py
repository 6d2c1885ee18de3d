r"""Proportional-derivative control: push back against the error and against its growth.

$u = u_0 + K_p (x^* - x) + K_d (\dot x^* - \dot x)$. For a quadrotor two of them are nested: position asks for a tilt, tilt asks for a torque.
Needs no model, forgives much; it has no answer to a steady push without an integral.
"""

import numpy as np

from glideslope._typing import Float, Shaped, ndarray
from glideslope.sim.planar_quadrotor import PLANAR_QUADROTOR, PlanarQuadrotorParameters

__all__ = ["planar_quadrotor_pd", "planar_quadrotor_tilt"]


def planar_quadrotor_pd(
    x: Float[ndarray, "*batch 6"],
    target_W_m: Float[ndarray, " 2"],
    p: PlanarQuadrotorParameters = PLANAR_QUADROTOR.parameters,
) -> Float[ndarray, "*batch 2"]:
    r"""Return rotor thrusts that fly a planar quadrotor to a point from any attitude.

    The wanted acceleration a of the position loop asks for the thrust $m\,|a + g|$ along a + g; the tilt loop turns the body there.
    Only the part of the wanted force along the body's own axis is applied, and never downwards.

    Args:
        x: State, (..., 6).
        target_W_m: Where to hover (x, z).
        p: The quadrotor.

    Returns:
        Thrusts (..., 2) in N, within the rotors' limits.

    Example:
        >>> import numpy as np
        >>> planar_quadrotor_pd(np.zeros(6), np.zeros(2)).tolist()
        [2.4525, 2.4525]
    """
    wanted = 3.0 * np.clip(target_W_m - x[..., :2], -2.0, 2.0) - 3.2 * x[..., 3:5]
    wanted[..., 1] = np.clip(wanted[..., 1] + p.g_m_s2, 0.2 * p.g_m_s2, 2.0 * p.g_m_s2)
    wanted[..., 0] = np.clip(wanted[..., 0], -p.g_m_s2, p.g_m_s2)
    theta = x[..., 2]
    along = -np.sin(theta) * wanted[..., 0] + np.cos(theta) * wanted[..., 1]
    return planar_quadrotor_tilt(x, np.arctan2(-wanted[..., 0], wanted[..., 1]), p.mass_kg * np.maximum(along, 0.0), p)


def planar_quadrotor_tilt(
    x: Float[ndarray, "*batch 6"],
    tilt_rad: Shaped[ndarray, "*batch"] | float,
    lift_N: Shaped[ndarray, "*batch"] | float,
    p: PlanarQuadrotorParameters = PLANAR_QUADROTOR.parameters,
) -> Float[ndarray, "*batch 2"]:
    r"""Return rotor thrusts that turn a planar quadrotor to a tilt and pull with a lift: what a pilot's stick commands.

    $\ddot\theta^* = 120\,(\theta^* - \theta) - 18\,\dot\theta$, the short way round; both rotors stay within their limits, the torque first.

    Args:
        x: State, (..., 6).
        tilt_rad: Wanted tilt, counter-clockwise: a positive one flies to the left.
        lift_N: Wanted sum of the thrusts.
        p: The quadrotor.

    Returns:
        Thrusts (..., 2) in N, left and right.

    Example:
        >>> import numpy as np
        >>> left, right = planar_quadrotor_tilt(np.zeros(6), 0.1, 4.905)
        >>> bool(right > left)
        True
    """
    tilt_error = tilt_rad - x[..., 2]
    tilt_error = np.arctan2(np.sin(tilt_error), np.cos(tilt_error))
    half_turn = 0.5 * p.inertia_kg_m2 / p.arm_m * (120.0 * tilt_error - 18.0 * x[..., 5])
    # torque first: without the right attitude thrust pushes the wrong way
    half_turn = np.clip(half_turn, -0.5 * p.thrust_max_N, 0.5 * p.thrust_max_N)
    half_lift = np.clip(0.5 * lift_N, np.abs(half_turn), p.thrust_max_N - np.abs(half_turn))
    return np.stack([half_lift - half_turn, half_lift + half_turn], axis=-1)
