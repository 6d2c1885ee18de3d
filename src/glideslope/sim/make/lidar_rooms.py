"""Scan four rooms with a rover's lidar from random places and headings, then again after furniture has moved in.

36 beams, 2 cm of noise, one beam in a hundred lost. The heading is unknown: the same place looks different after a turn.
Run it with `python -m glideslope.sim.make lidar_rooms`; seconds.
"""

import numpy as np

from glideslope._typing import Float, ndarray
from glideslope.sim.rover import box_walls, lidar_scan

__all__ = ["ROOMS", "make"]

BEAMS, NOISE_M, LOST, RANGE_M, CLEARANCE_M = 36, 0.02, 0.01, 12.0, 0.3
COUNTS = (3000, 1000, 1000)  # train, test, changed


def _walls(*pieces: Float[ndarray, "_ 2 2"]) -> Float[ndarray, "k 2 2"]:
    return np.concatenate(pieces)


def _polyline(*corners: tuple[float | int, float | int]) -> Float[ndarray, "k 2 2"]:
    points = np.array(corners, dtype=float)
    return np.stack([points[:-1], points[1:]], axis=1)


# Equal floor area within a tenth: size alone must not tell the rooms apart.
ROOMS = {
    "office": _walls(box_walls(0, 0, 8.0, 5.0), box_walls(2.0, 3.6, 3.4, 5.0)),
    "lab": _walls(box_walls(0, 0, 6.6, 6.2), box_walls(2.8, 2.6, 3.8, 3.6)),
    "corner": _polyline((0, 0), (8.0, 0), (8.0, 3.2), (4.2, 3.2), (4.2, 7.0), (0, 7.0), (0, 0)),
    "hall": _walls(box_walls(0, 0, 10.0, 4.0), _polyline((5.0, 0.0), (5.0, 1.3)), _polyline((5.0, 2.7), (5.0, 4.0))),
}


def make() -> dict[str, ndarray]:
    """Return the arrays of the data set, ranges in m, before integer packing."""
    rng = np.random.default_rng(36)
    scans, rooms, poses, groups = [], [], [], []
    for split, count in enumerate(COUNTS):
        for room, walls in enumerate(ROOMS.values()):
            furnished = walls if split < 2 else _walls(walls, *_furniture(walls, rng))
            pose = _free_poses(furnished, count // len(ROOMS), rng)
            scans.append(_noisy_scan(pose, furnished, rng))
            poses.append(pose)
            rooms.append(np.full(len(pose), room))
            groups.append(np.full(len(pose), split * len(ROOMS) + room))
    pose = np.concatenate(poses)
    return {
        "X": np.concatenate(scans),
        "y": np.concatenate(rooms),
        "group": np.concatenate(groups),
        "split": np.repeat(np.arange(len(COUNTS)), len(ROOMS)),
        "target_pose_W": pose,
    }


def _noisy_scan(
    pose_W: Float[ndarray, "n 3"], walls: Float[ndarray, "k 2 2"], rng: np.random.Generator
) -> Float[ndarray, "n b"]:
    scan = lidar_scan(pose_W, walls, BEAMS, RANGE_M) + NOISE_M * rng.standard_normal((len(pose_W), BEAMS))
    scan[rng.random(scan.shape) < LOST] = RANGE_M
    return np.clip(scan, 0.0, RANGE_M)


def _free_poses(walls: Float[ndarray, "k 2 2"], count: int, rng: np.random.Generator) -> Float[ndarray, "n 3"]:
    """Draw places inside the room and at least 30 cm from everything, by rejection."""
    low, high = walls.min(axis=(0, 1)), walls.max(axis=(0, 1))
    kept: list[ndarray] = []
    while sum(map(len, kept)) < count:
        pose = np.column_stack([rng.uniform(low, high, (4 * count, 2)), rng.uniform(0, 2 * np.pi, 4 * count)])
        clear = lidar_scan(pose, walls, BEAMS, RANGE_M).min(axis=1) > CLEARANCE_M
        kept.append(pose[clear & _inside(pose, walls)])
    return np.concatenate(kept)[:count]


def _inside(pose_W: Float[ndarray, "n 3"], walls: Float[ndarray, "k 2 2"]) -> ndarray:
    """A place is inside when a ray to the east crosses an odd number of walls, free-standing walls and boxes counted as they are."""
    x, y = pose_W[:, :1], pose_W[:, 1:2]
    (x0, y0), (x1, y1) = walls[:, 0].T, walls[:, 1].T
    spans = (y0 > y) != (y1 > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        crossing = x0 + (y - y0) / (y1 - y0) * (x1 - x0)
    closed = np.array(
        [
            np.isclose(walls[:, 1], start).all(1).any() and np.isclose(walls[:, 0], end).all(1).any()
            for start, end in walls
        ]
    )
    return ((spans & (crossing > x) & closed).sum(axis=1) % 2) == 1


def _furniture(walls: Float[ndarray, "k 2 2"], rng: np.random.Generator) -> list[Float[ndarray, "4 2 2"]]:
    """Put three boxes of 30 to 80 cm where there is room."""
    places = _free_poses(walls, 3, rng)[:, :2]
    sizes = rng.uniform(0.3, 0.8, (3, 2))
    return [box_walls(*(place - size / 2), *(place + size / 2)) for place, size in zip(places, sizes, strict=True)]
