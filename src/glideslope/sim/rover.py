r"""A rover with two driven wheels on one axle, and a lidar that sees the walls.

$\dot x = v\cos\psi$, $\dot y = v\sin\psi$, $\dot\psi = (v_r - v_l)/b$ with $v = (v_r + v_l)/2$: it rolls, it never slides sideways.
The lidar meets each wall exactly: a ray $s + r d$ and a segment $a + \lambda(b - a)$ are two linear equations.
"""

from dataclasses import dataclass

import numpy as np

from glideslope._typing import Float, Shaped, ndarray
from glideslope.sim.system import Signal, System

__all__ = ["ROVER", "RoverParameters", "box_walls", "lidar_scan", "rover_jacobians"]


@dataclass(frozen=True)
class RoverParameters:
    """Track between the wheels (m)."""

    track_m: float = 0.4


def rover_dynamics(
    t: float, x: Shaped[ndarray, "*batch 3"], u: Shaped[ndarray, "*#batch 2"], p: RoverParameters
) -> Shaped[ndarray, "*batch 3"]:
    """Return the derivative of (x, y, ψ) under the ground speeds of the left and the right wheel."""
    speed, psi = 0.5 * (u[..., 0] + u[..., 1]), x[..., 2]
    return np.stack([speed * np.cos(psi), speed * np.sin(psi), (u[..., 1] - u[..., 0]) / p.track_m + 0 * psi], axis=-1)


def rover_jacobians(
    x: Float[ndarray, " 3"], u: Float[ndarray, " 2"], p: RoverParameters = RoverParameters()
) -> tuple[Float[ndarray, "3 3"], Float[ndarray, "3 2"]]:
    """Return ∂f/∂x and ∂f/∂u, by hand, for filters.

    Example:
        >>> import numpy as np
        >>> rover_jacobians(np.zeros(3), np.ones(2))[0].tolist()
        [[0.0, 0.0, -0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]]
    """
    speed, cos, sin = 0.5 * (u[0] + u[1]), np.cos(x[2]), np.sin(x[2])
    A = np.array([[0.0, 0.0, -speed * sin], [0.0, 0.0, speed * cos], [0.0, 0.0, 0.0]])
    B = np.array([[cos / 2, cos / 2], [sin / 2, sin / 2], [-1.0 / p.track_m, 1.0 / p.track_m]])
    return A, B


def lidar_scan(
    pose_W: Float[ndarray, "*batch 3"], walls_W_m: Float[ndarray, "k 2 2"], beams: int = 36, range_max_m: float = 12.0
) -> Float[ndarray, "*batch beams"]:
    r"""Return the distance to the nearest wall along each beam, in m.

    The ray from s in direction d meets the wall from a to b at $r = \frac{(a - s) \times (b - a)}{d \times (b - a)}$ when
    $r \ge 0$ and $\lambda = \frac{(a - s) \times d}{d \times (b - a)} \in [0, 1]$.

    Args:
        pose_W: Position (m) and heading (rad) of the sensor, (..., 3).
        walls_W_m: Walls as pairs of end points, (k, 2, 2).
        beams: Number of beams; beam i points at heading + 2π i / beams, counter-clockwise.
        range_max_m: What a beam reads that meets nothing.

    Returns:
        Ranges (..., beams).

    Accuracy: rounding, 1e-15 of the distances.
    Cost: O(beams · k) for each pose.

    Example:
        >>> import numpy as np
        >>> lidar_scan(np.array([1.0, 2.0, 0.0]), box_walls(0.0, 0.0, 5.0, 4.0), beams=4).tolist()
        [4.0, 2.0, 1.0, 2.0]
    """
    bearing = pose_W[..., 2:3] + 2 * np.pi / beams * np.arange(beams)
    d = np.stack([np.cos(bearing), np.sin(bearing)], axis=-1)[..., None, :]
    a, along = walls_W_m[:, 0], walls_W_m[:, 1] - walls_W_m[:, 0]
    to_a = a - pose_W[..., None, None, :2]
    facing = _cross(d, along)
    with np.errstate(divide="ignore", invalid="ignore"):  # a beam parallel to a wall never meets it
        r, where = _cross(to_a, along) / facing, _cross(to_a, d) / facing
    # A beam through a corner must not slip between two walls: allow the rounding of one division.
    met = (np.abs(facing) > 1e-14) & (r >= 0.0) & (where >= -1e-12) & (where <= 1.0 + 1e-12)
    return np.minimum(np.where(met, r, range_max_m).min(axis=-1), range_max_m)


def box_walls(x0_m: float | int, y0_m: float | int, x1_m: float | int, y1_m: float | int) -> Float[ndarray, "4 2 2"]:
    """Return the four walls of a rectangle, from a lower left and an upper right corner.

    Example:
        >>> box_walls(0.0, 0.0, 5.0, 4.0).shape
        (4, 2, 2)
    """
    corners = np.array([[x0_m, y0_m], [x1_m, y0_m], [x1_m, y1_m], [x0_m, y1_m]], dtype=float)
    return np.stack([corners, np.roll(corners, -1, axis=0)], axis=1)


def _cross(a: ndarray, b: ndarray) -> ndarray:
    return a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]


ROVER = System(
    name="rover",
    f=rover_dynamics,
    parameters=RoverParameters(),
    states=(
        Signal("x_W", "m", "W, x east"),
        Signal("y_W", "m", "W, y north"),
        Signal("psi", "rad", "W, counter-clockwise from x", -100.0, 100.0),
    ),
    inputs=(Signal("v_left", "m/s", "ground"), Signal("v_right", "m/s", "ground")),
    dt_max_s=0.5,
)
