# ruff: noqa: N802, N815  units keep their case: N m, J, A s
r"""A two-link arm in a vertical plane, driven at both joints.

$M(q)\,\ddot q + C(q, \dot q)\,\dot q + g(q) + \text{friction} = \tau$; q₁ from the x axis, q₂ from the first link, both counter-clockwise.
The torque is linear in nine parameters, $\tau = Y(q, \dot q, \ddot q)\,\pi$: least squares identifies them from motion alone.
"""

from dataclasses import dataclass

import numpy as np

from glideslope._typing import Float, Shaped, ndarray
from glideslope.sim.system import Signal, System

__all__ = [
    "TWO_LINK_ARM",
    "TwoLinkArmParameters",
    "arm_energy_J",
    "arm_regressor",
    "arm_torque",
    "elbow_and_tip",
    "joint_angles",
]


@dataclass(frozen=True)
class TwoLinkArmParameters:
    """Lengths (m), masses (kg), distances joint to centre of mass (m), inertias about it (kg m²), viscous and dry friction."""

    length_m: tuple[float, float] = (0.4, 0.3)
    mass_kg: tuple[float, float] = (2.0, 1.2)
    centre_m: tuple[float, float] = (0.2, 0.15)
    inertia_kg_m2: tuple[float, float] = (0.03, 0.01)
    viscous_N_m_s: tuple[float, float] = (0.0, 0.0)
    coulomb_N_m: tuple[float, float] = (0.0, 0.0)
    g_m_s2: float = 9.81

    def base(self) -> Float[ndarray, " 9"]:
        """Return π: the combinations that motion can reveal, in the order of `arm_regressor`'s columns."""
        (m1, m2), (c1, c2), (i1, i2), l1 = self.mass_kg, self.centre_m, self.inertia_kg_m2, self.length_m[0]
        inertia = [i1 + m1 * c1**2 + m2 * l1**2, i2 + m2 * c2**2, m2 * l1 * c2]
        gravity = [(m1 * c1 + m2 * l1) * self.g_m_s2, m2 * c2 * self.g_m_s2]
        return np.array([*inertia, *gravity, *self.viscous_N_m_s, *self.coulomb_N_m])


def arm_dynamics(
    t: float, x: Shaped[ndarray, "*batch 4"], u: Shaped[ndarray, "*#batch 2"], p: TwoLinkArmParameters
) -> Shaped[ndarray, "*batch 4"]:
    """Return the derivative of (q₁, q₂, q₁', q₂') under the joint torques u."""
    q, qd = x[..., :2], x[..., 2:]
    still = arm_torque(q, qd, np.zeros_like(qd), p)
    a, b, d = p.base()[:3]
    cos = np.cos(q[..., 1])
    m11, m12, m22 = a + b + 2 * d * cos, b + d * cos, b
    r1, r2 = u[..., 0] - still[..., 0], u[..., 1] - still[..., 1]
    determinant = m11 * m22 - m12 * m12
    return np.stack(
        [qd[..., 0], qd[..., 1], (m22 * r1 - m12 * r2) / determinant, (m11 * r2 - m12 * r1) / determinant], axis=-1
    )


def arm_torque(
    q: Shaped[ndarray, "*batch 2"],
    qd: Shaped[ndarray, "*batch 2"],
    qdd: Shaped[ndarray, "*batch 2"],
    p: TwoLinkArmParameters = TwoLinkArmParameters(),
) -> Shaped[ndarray, "*batch 2"]:
    r"""Return the joint torques (N m) that produce the accelerations qdd: inverse dynamics, $\tau = Y\pi$.

    Example:
        >>> import numpy as np
        >>> arm_torque(np.zeros(2), np.zeros(2), np.zeros(2)).round(4).tolist()
        [10.3986, 1.7658]
    """
    return (arm_regressor(q, qd, qdd) @ p.base()[:, None])[..., 0]


def arm_regressor(
    q: Shaped[ndarray, "*batch 2"], qd: Shaped[ndarray, "*batch 2"], qdd: Shaped[ndarray, "*batch 2"]
) -> Shaped[ndarray, "*batch 2 9"]:
    r"""Return Y with $\tau = Y\pi$, π in the order of `TwoLinkArmParameters.base`.

    Columns: two inertias, the coupling $m_2 l_1 c_2$, two gravity moments, two viscous and two dry frictions.

    Example:
        >>> import numpy as np
        >>> arm_regressor(np.zeros(2), np.zeros(2), np.ones(2)).shape
        (2, 9)
    """
    q1, q2 = q[..., 0], q[..., 1]
    (v1, v2), (a1, a2) = (qd[..., 0], qd[..., 1]), (qdd[..., 0], qdd[..., 1])
    zero, cos2, sin2 = np.zeros_like(q1 * v1 * a1), np.cos(q2), np.sin(q2)
    first = [
        a1,
        a1 + a2,
        cos2 * (2 * a1 + a2) - sin2 * v2 * (2 * v1 + v2),
        np.cos(q1),
        np.cos(q1 + q2),
        v1,
        zero,
        np.sign(v1.real),
        zero,
    ]
    second = [zero, a1 + a2, cos2 * a1 + sin2 * v1 * v1, zero, np.cos(q1 + q2), zero, v2, zero, np.sign(v2.real)]
    rows = [np.stack([entry + zero for entry in row], axis=-1) for row in (first, second)]
    return np.stack(rows, axis=-2)


def elbow_and_tip(
    q: Float[ndarray, "*batch 2"], p: TwoLinkArmParameters = TwoLinkArmParameters()
) -> tuple[Float[ndarray, "*batch 2"], Float[ndarray, "*batch 2"]]:
    """Return the positions of elbow and tip in W (m): forward kinematics.

    Example:
        >>> import numpy as np
        >>> elbow_and_tip(np.array([0.0, np.pi / 2]))[1].round(12).tolist()
        [0.4, 0.3]
    """
    (l1, l2), q1, q12 = p.length_m, q[..., 0], q[..., 0] + q[..., 1]
    elbow = l1 * np.stack([np.cos(q1), np.sin(q1)], axis=-1)
    return elbow, elbow + l2 * np.stack([np.cos(q12), np.sin(q12)], axis=-1)


def joint_angles(
    tip_W_m: Float[ndarray, "*batch 2"], *, elbow_up: bool = False, p: TwoLinkArmParameters = TwoLinkArmParameters()
) -> Float[ndarray, "*batch 2"]:
    """Return the joint angles that reach a tip position: inverse kinematics, one of its two solutions.

    Args:
        tip_W_m: Where the tip is to be, (..., 2), in W.
        elbow_up: True bends the elbow clockwise (q₂ < 0), False counter-clockwise.
        p: The arm.

    Returns:
        q (..., 2) in rad.

    Raises:
        ValueError: A point is out of reach.

    Example:
        >>> import numpy as np
        >>> joint_angles(np.array([0.4, 0.3])).round(4).tolist()
        [0.0, 1.5708]
    """
    (l1, l2), (x, y) = p.length_m, np.moveaxis(tip_W_m, -1, 0)
    distance = np.hypot(x, y)
    if (distance > l1 + l2).any() or (distance < abs(l1 - l2)).any():
        raise ValueError(
            f"joint_angles reaches {abs(l1 - l2):g} to {l1 + l2:g} m and was asked for {distance.max():g} m; ask for a nearer point."
        )
    cos2 = np.clip((distance**2 - l1**2 - l2**2) / (2 * l1 * l2), -1.0, 1.0)
    q2 = np.arccos(cos2) * (-1.0 if elbow_up else 1.0)
    q1 = np.arctan2(y, x) - np.arctan2(l2 * np.sin(q2), l1 + l2 * np.cos(q2))
    return np.stack([q1, q2], axis=-1)


def arm_energy_J(
    x: Shaped[ndarray, "*batch 4"], p: TwoLinkArmParameters = TwoLinkArmParameters()
) -> Shaped[ndarray, "*batch"] | float:
    """Return kinetic plus potential energy in J, zero at rest along the x axis; constant without torque and friction.

    Example:
        >>> import numpy as np
        >>> float(arm_energy_J(np.zeros(4)))
        0.0
    """
    q1, q2, v1, v2 = np.moveaxis(x, -1, 0)
    a, b, d, g1, g2 = p.base()[:5]
    kinetic = 0.5 * a * v1**2 + 0.5 * b * (v1 + v2) ** 2 + d * np.cos(q2) * v1 * (v1 + v2)
    return kinetic + g1 * np.sin(q1) + g2 * np.sin(q1 + q2)


TWO_LINK_ARM = System(
    name="two-link arm",
    f=arm_dynamics,
    parameters=TwoLinkArmParameters(),
    states=(
        Signal("q_1", "rad", "W, from x axis, counter-clockwise", -40.0, 40.0),
        Signal("q_2", "rad", "link 1, counter-clockwise", -40.0, 40.0),
        Signal("qd_1", "rad/s", "W", -100.0, 100.0),
        Signal("qd_2", "rad/s", "link 1", -100.0, 100.0),
    ),
    inputs=(Signal("tau_1", "N m", "W"), Signal("tau_2", "N m", "link 1")),
    dt_max_s=0.02,
)
