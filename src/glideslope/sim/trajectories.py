r"""Smooth motions to excite a robot arm: sums of sines, with velocities and accelerations in closed form.

$q(t) = \sum_k a_k \sin(k\omega t + \varphi_k)$: periodic, band-limited, rich enough to identify every parameter.
Made at run time; use one set of them to train and others to test.
"""

import numpy as np

from glideslope._typing import Float, ndarray

__all__ = ["sine_trajectory"]


def sine_trajectory(
    rng: np.random.Generator,
    *,
    joints: int = 2,
    duration_s: float = 10.0,
    dt_s: float = 0.02,
    amplitude_rad: float = 1.0,
    harmonics: int = 4,
) -> tuple[Float[ndarray, " t"], Float[ndarray, "t j"], Float[ndarray, "t j"], Float[ndarray, "t j"]]:
    """Return times (t,) and positions, velocities, accelerations (t, joints) of one random motion.

    Args:
        rng: Source of randomness.
        joints: Number of joints.
        duration_s: Length, one period of the first harmonic.
        dt_s: Sampling time.
        amplitude_rad: Standard deviation of the motion of each joint.
        harmonics: Number of sines.

    Returns:
        t, q, q', q'' in s and rad.

    Example:
        >>> import numpy as np
        >>> t, q, qd, qdd = sine_trajectory(np.random.default_rng(0))
        >>> q.shape
        (500, 2)
    """
    t = np.arange(round(duration_s / dt_s)) * dt_s
    omega = 2 * np.pi / duration_s * np.arange(1, harmonics + 1)
    weight = rng.standard_normal((harmonics, joints))
    weight *= amplitude_rad * np.sqrt(2.0) / np.linalg.norm(weight, axis=0)
    phase = omega[:, None, None] * t[:, None] + rng.uniform(0, 2 * np.pi, (harmonics, 1, joints))
    a, w = weight[:, None, :], omega[:, None, None]
    return t, (a * np.sin(phase)).sum(0), (a * w * np.cos(phase)).sum(0), -(a * w**2 * np.sin(phase)).sum(0)
