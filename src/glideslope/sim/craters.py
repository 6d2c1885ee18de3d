# ruff: noqa: N815  units keep their case: N m, J, A s
r"""A map of craters, and what a lander's camera sees of it: an unordered set of (u, v, diameter).

Detections come through a pinhole camera with unknown attitude within bounds; some craters are missed, some are false.
The relations between detections hold the position: no single one does. Made at run time, nothing is shipped.
"""

from dataclasses import dataclass

import numpy as np

from glideslope._typing import Bool, Float, ndarray
from glideslope.sim.camera import Camera, project
from glideslope.sim.rotations import quaternion_from_euler, quaternion_product

__all__ = ["CraterViews", "crater_map", "crater_views"]


@dataclass(frozen=True)
class CraterViews:
    """Detections (n, k, 3): u, v, diameter in pixels; which are present (n, k); true positions (n, 3) in m."""

    detections: Float[ndarray, "n k 3"]
    present: Bool[ndarray, "n k"]
    position_W_m: Float[ndarray, "n 3"]


def crater_map(count: int, size_m: float, rng: np.random.Generator) -> Float[ndarray, "c 3"]:
    r"""Draw craters (x, y, diameter) on a square; diameters follow $N(>D) \propto D^{-2}$ between 2 and 12 m.

    Example:
        >>> import numpy as np
        >>> crater_map(30, 100.0, np.random.default_rng(0)).shape
        (30, 3)
    """
    low, high, u = 2.0, 12.0, rng.random(count)
    diameter = low / np.sqrt(1.0 - u * (1.0 - (low / high) ** 2))
    return np.column_stack([rng.uniform(0, size_m, (count, 2)), diameter])


def crater_views(
    craters: Float[ndarray, "c 3"],
    count: int,
    rng: np.random.Generator,
    *,
    size_m: float = 100.0,
    most: int = 16,
    tilt_rad: float = 0.26,
    yaw_rad: float = 0.26,
    missed: float = 0.15,
    false: float = 1.5,
) -> CraterViews:
    """Look at the map from `count` random places 40 to 70 m up.

    Args:
        craters: The map, (c, 3).
        count: Number of views.
        rng: Source of randomness.
        size_m: Side of the map; positions are drawn from its middle 80 %.
        most: Most detections kept in a view, the largest first, then shuffled.
        tilt_rad: Largest roll and pitch.
        yaw_rad: Largest yaw; π for an unknown heading.
        missed: Share of craters not detected.
        false: Mean number of false detections, Poisson.

    Returns:
        `CraterViews`; absent detections are zero.

    Example:
        >>> import numpy as np
        >>> rng = np.random.default_rng(0)
        >>> crater_views(crater_map(40, 100.0, rng), 5, rng).detections.shape
        (5, 16, 3)
    """
    camera = Camera(size_px=256, focal_px=220.0)
    detections, present = np.zeros((count, most, 3)), np.zeros((count, most), dtype=bool)
    position = np.column_stack([rng.uniform(0.1 * size_m, 0.9 * size_m, (count, 2)), rng.uniform(40, 70, count)])
    for i in range(count):
        roll, pitch = rng.uniform(-tilt_rad, tilt_rad, 2)
        q_WC = quaternion_product(
            quaternion_from_euler(roll, pitch, rng.uniform(-yaw_rad, yaw_rad)), np.array([0.0, 1.0, 0.0, 0.0])
        )
        seen = _detect(craters, position[i], q_WC, camera, missed, false, rng)
        seen = seen[np.argsort(-seen[:, 2])][:most]
        detections[i, : len(seen)] = rng.permutation(seen)
        present[i, : len(seen)] = True
    return CraterViews(detections, present, position)


def _detect(
    craters: ndarray,
    position: ndarray,
    q_WC: ndarray,
    camera: Camera,
    missed: float,
    false: float,
    rng: np.random.Generator,
) -> Float[ndarray, "k 3"]:
    centre = np.column_stack([craters[:, :2], np.zeros(len(craters))])
    pixel = project(centre, position, q_WC, camera)
    distance = np.linalg.norm(centre - position, axis=1)
    seen = np.column_stack([pixel, camera.focal_px * craters[:, 2] / distance])
    inside = ((pixel >= 0) & (pixel <= camera.size_px - 1)).all(axis=1) & (rng.random(len(craters)) >= missed)
    seen = seen[inside] + rng.standard_normal((inside.sum(), 3)) * [0.5, 0.5, 0.7]
    ghosts = rng.poisson(false)
    return np.concatenate(
        [seen, np.column_stack([rng.uniform(0, camera.size_px, (ghosts, 2)), rng.uniform(7, 40, ghosts)])]
    )
