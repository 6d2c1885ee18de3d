# ruff: noqa: N802  units keep their case: N m, J, A s
r"""A cart on a rail with a pole to balance: a force moves the cart, the pole falls by itself.

$(M + m)\,\ddot p + m l\,(\ddot\theta\cos\theta - \dot\theta^2\sin\theta) = F$ and $l\,\ddot\theta + \ddot p\cos\theta = g\sin\theta$,
θ = 0 upright, positive when the pole leans toward +x. The length l is the whole length to the point mass, not half of it.
"""

from dataclasses import dataclass

import numpy as np

from glideslope._typing import Shaped, ndarray
from glideslope.sim.system import Signal, System

__all__ = ["CART_POLE", "CartPoleParameters", "cart_pole_energy_J"]


@dataclass(frozen=True)
class CartPoleParameters:
    """Masses of cart and pole tip (kg), pole length (m), gravity (m/s²)."""

    cart_kg: float = 1.0
    pole_kg: float = 0.1
    length_m: float = 0.5
    g_m_s2: float = 9.81


def cart_pole_dynamics(
    t: float, x: Shaped[ndarray, "*batch 4"], u: Shaped[ndarray, "*#batch 1"], p: CartPoleParameters
) -> Shaped[ndarray, "*batch 4"]:
    """Return the derivative of (position, θ, velocity, θ') under the force u."""
    theta, velocity, theta_dot = x[..., 1], x[..., 2], x[..., 3]
    sin, cos = np.sin(theta), np.cos(theta)
    # eliminate θ'' from the first equation by the second
    force = u[..., 0] + p.pole_kg * sin * (p.length_m * theta_dot**2 - p.g_m_s2 * cos)
    acceleration = force / (p.cart_kg + p.pole_kg * sin**2)
    theta_ddot = (p.g_m_s2 * sin - acceleration * cos) / p.length_m
    return np.stack([velocity, theta_dot, acceleration, theta_ddot], axis=-1)


def cart_pole_energy_J(
    x: Shaped[ndarray, "*batch 4"], p: CartPoleParameters = CartPoleParameters()
) -> Shaped[ndarray, "*batch"] | float:
    r"""Return kinetic plus potential energy in J, zero with everything at rest and the pole level; constant when no force acts.

    Example:
        >>> import numpy as np
        >>> round(float(cart_pole_energy_J(np.zeros(4))), 4)
        0.4905
    """
    theta, velocity, theta_dot = x[..., 1], x[..., 2], x[..., 3]
    tip_x = velocity + p.length_m * theta_dot * np.cos(theta)
    tip_z = -p.length_m * theta_dot * np.sin(theta)
    kinetic = 0.5 * p.cart_kg * velocity**2 + 0.5 * p.pole_kg * (tip_x**2 + tip_z**2)
    return kinetic + p.pole_kg * p.g_m_s2 * p.length_m * np.cos(theta)


CART_POLE = System(
    name="cart-pole",
    f=cart_pole_dynamics,
    parameters=CartPoleParameters(),
    states=(
        Signal("p_W", "m", "W, x right"),
        Signal("theta", "rad", "W, from upright toward +x", -40.0, 40.0),
        Signal("v_W", "m/s", "W, x right"),
        Signal("theta_dot", "rad/s", "W", -200.0, 200.0),
    ),
    inputs=(Signal("F_W", "N", "W, x right"),),
    dt_max_s=0.1,
)
