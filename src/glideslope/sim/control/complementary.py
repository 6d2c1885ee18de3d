r"""Complementary filter: an attitude from a gyroscope that drifts and an accelerometer that trembles.

$\hat\theta_k = a\,(\hat\theta_{k-1} + \omega_k h) + (1 - a)\,\theta^{acc}_k$ with $a = \tau/(\tau + h)$: fast motion from the one, slow from the other.
One parameter, one line; a Kalman filter with constant gain.
"""

import numpy as np

from glideslope._typing import Float, ndarray
from glideslope.errors import ShapeError

__all__ = ["complementary_filter"]


def complementary_filter(
    rate_rad_s: Float[ndarray, " t"], angle_rad: Float[ndarray, " t"], dt_s: float, tau_s: float
) -> Float[ndarray, " t"]:
    """Return the fused angle.

    Args:
        rate_rad_s: Gyroscope, (t,).
        angle_rad: Angle from the accelerometer, (t,).
        dt_s: Sampling time.
        tau_s: Seconds for which the gyroscope is trusted.

    Returns:
        Angles (t,), starting at the first measured angle.

    Raises:
        ShapeError: The two signals differ in length.

    Accuracy: a gyroscope bias b leaves a steady error of tau b.
    Cost: O(t).

    Example:
        >>> import numpy as np
        >>> complementary_filter(np.zeros(3), np.array([0.0, 1.0, 1.0]), dt_s=1.0, tau_s=1.0).tolist()
        [0.0, 0.5, 0.75]
    """
    if len(rate_rad_s) != len(angle_rad):
        raise ShapeError(
            f"complementary_filter got {len(rate_rad_s)} rates and {len(angle_rad)} angles; give one of each for every sample."
        )
    keep, fused = tau_s / (tau_s + dt_s), np.array(angle_rad, dtype=float)
    for k in range(1, len(fused)):
        fused[k] = keep * (fused[k - 1] + rate_rad_s[k] * dt_s) + (1.0 - keep) * angle_rad[k]
    return fused
