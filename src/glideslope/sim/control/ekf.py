r"""Extended Kalman filter: the same two steps for a curved world, with tangents in place of matrices.

$m^- = g(m, u)$, $P^- = G P G^\top + Q$ with $G = \partial g/\partial x$ at m; $y$ is compared with $h(m^-)$ and $H = \partial h/\partial x$.
Good while the belief is narrow compared with the curvature; a wide one makes it overconfident.
"""

from collections.abc import Callable

import numpy as np

from glideslope._typing import Float, ndarray
from glideslope.sim.control.kalman import Belief, correct_with
from glideslope.sim.integrators import rk4_step
from glideslope.sim.rover import ROVER, RoverParameters, rover_jacobians

__all__ = ["beacon_ranges", "ekf_correct", "ekf_predict_rover"]


def ekf_predict_rover(
    belief: Belief,
    u_m_s: Float[ndarray, " 2"],
    dt_s: float,
    wheel_noise_m_s: float,
    p: RoverParameters = ROVER.parameters,
) -> Belief:
    r"""Drive the belief of a rover's pose one step; wheel speeds carry white noise of the given standard deviation.

    $G = I + A h + \tfrac12 A^2 h^2$ with $A = \partial f/\partial x$; noise enters through $B h$.

    Example:
        >>> import numpy as np
        >>> ekf_predict_rover(Belief(np.zeros(3), np.zeros((3, 3))), np.ones(2), 1.0, 0.1).mean.tolist()
        [1.0, 0.0, 0.0]
    """
    A, B = rover_jacobians(belief.mean, u_m_s, p)
    G = np.eye(3) + A * dt_s + 0.5 * A @ A * dt_s**2
    mean = rk4_step(ROVER.f, 0.0, belief.mean, u_m_s, p, dt_s)
    return Belief(mean, G @ belief.covariance @ G.T + wheel_noise_m_s**2 * dt_s**2 * B @ B.T)


def ekf_correct(
    belief: Belief, y: Float[ndarray, " m"], h: Callable[[ndarray], tuple[ndarray, ndarray]], R: Float[ndarray, "m m"]
) -> Belief:
    """Take in y = h(x) + noise; `h` returns the prediction and its Jacobian. NaN in y: the measurement was lost.

    Example:
        >>> import numpy as np
        >>> prior = Belief(np.array([3.0, 4.0, 0.0]), np.eye(3))
        >>> after = ekf_correct(prior, np.array([5.0]), lambda x: beacon_ranges(x, np.zeros((1, 2))), np.eye(1))
        >>> after.mean.tolist()
        [3.0, 4.0, 0.0]
    """
    expected, H = h(belief.mean)
    return correct_with(belief, y - expected, H, R)


def beacon_ranges(
    pose_W: Float[ndarray, " 3"], beacons_W_m: Float[ndarray, "k 2"]
) -> tuple[Float[ndarray, " k"], Float[ndarray, "k 3"]]:
    """Return distances from a pose (x, y, heading) to beacons, and the Jacobian with respect to the pose.

    Example:
        >>> import numpy as np
        >>> beacon_ranges(np.array([3.0, 4.0, 0.0]), np.zeros((1, 2)))[1].tolist()
        [[0.6, 0.8, 0.0]]
    """
    away = pose_W[:2] - beacons_W_m
    distance = np.sqrt((away**2).sum(axis=1))
    return distance, np.column_stack([away / distance[:, None], np.zeros(len(away))])
