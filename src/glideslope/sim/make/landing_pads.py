"""Render 1500 small images of the ground with a landing pad, a decoy, or nothing on it.

32 x 32 pixels from a camera that looks down with up to 25 degrees of tilt; texture, shadow, wear, blur and noise.
Run it with `python -m glideslope.sim.make landing_pads`; a quarter of a minute. `render(count, seed)` makes more, at any size.
"""

import numpy as np

from glideslope._typing import Float, ndarray
from glideslope.sim.camera import Camera, ground_points, project, render_pad
from glideslope.sim.rotations import quaternion_from_euler, quaternion_product

__all__ = ["CLASSES", "make", "render"]

CLASSES = ("none", "H", "X", "disc")
SHEET, IMAGES, TRAIN_SHEETS, LEVELS = 50, 1500, 24, 32
CAMERA = Camera(size_px=32, focal_px=32.0)
LOOKING_DOWN = np.array([0.0, 1.0, 0.0, 0.0])


def make() -> dict[str, ndarray]:
    """Return the arrays of the data set: grey levels 0 to 255 in 32 steps, class, centre and radius in pixels."""
    arrays = render(IMAGES, seed=7)
    sheets = np.arange(IMAGES // SHEET)
    return {**arrays, "group": np.arange(IMAGES) // SHEET, "split": (sheets >= TRAIN_SHEETS).astype(int)}


def render(count: int, seed: int, camera: Camera = CAMERA) -> dict[str, ndarray]:
    """Render `count` images; centre and radius are -1 where there is no mark."""
    rng = np.random.default_rng([32, seed])
    y = rng.integers(0, len(CLASSES), count)
    images, centres, radii = zip(*(_one(CLASSES[k], camera, rng) for k in y), strict=True)
    steps = np.rint(np.clip(np.array(images), 0, 1) * (LEVELS - 1)) * (256 // LEVELS)
    return {"X": steps.astype(int), "y": y, "target_centre_px": np.array(centres), "target_radius_px": np.array(radii)}


def _one(
    mark: str, camera: Camera, rng: np.random.Generator
) -> tuple[Float[ndarray, "h h"], tuple[float, float], float]:
    height, tilt = rng.uniform(3.0, 8.0), np.radians(rng.uniform(-25, 25, 2))
    q_WC = quaternion_product(quaternion_from_euler(tilt[0], tilt[1], rng.uniform(0, 2 * np.pi)), LOOKING_DOWN)
    aim = ground_points(rng.uniform(0.2, 0.8, 2) * (camera.size_px - 1), np.array([0.0, 0.0, height]), q_WC, camera)
    position = np.array([-aim[0], -aim[1], height])  # the pad lies at the origin, so the camera moves
    image = _texture(camera.size_px, rng)
    centre, radius = (-1.0, -1.0), -1.0
    if mark != "none":
        image = render_pad(position, q_WC, mark, image, camera, angle_rad=rng.uniform(0, 2 * np.pi))
        centre_px = project(np.zeros((1, 3)), position, q_WC, camera)[0]
        rim = project(np.array([[np.cos(a), np.sin(a), 0.0] for a in np.linspace(0, 6, 13)]), position, q_WC, camera)
        centre, radius = (float(centre_px[0]), float(centre_px[1])), float(np.mean(np.hypot(*(rim - centre_px).T)))
    return _weather(image, rng), centre, radius


def _texture(size: int, rng: np.random.Generator) -> Float[ndarray, "h h"]:
    """Ground: noise at three scales around a random brightness."""
    ground = np.full((size, size), rng.uniform(0.2, 0.75))
    for cells, strength in ((4, 0.12), (8, 0.08), (16, 0.06)):
        coarse = rng.standard_normal((cells + 1, cells + 1))
        ground += strength * rng.uniform(0.3, 1.0) * _enlarge(coarse, size)
    return ground


def _enlarge(coarse: Float[ndarray, "c c"], size: int) -> Float[ndarray, "h h"]:
    """Interpolate a coarse grid linearly."""
    at = np.linspace(0, len(coarse) - 1.001, size)
    i, f = at.astype(int), at % 1.0
    rows = coarse[i] * (1 - f)[:, None] + coarse[i + 1] * f[:, None]
    return rows[:, i] * (1 - f) + rows[:, i + 1] * f


def _weather(image: Float[ndarray, "h h"], rng: np.random.Generator) -> Float[ndarray, "h h"]:
    """Lay a shadow edge, wear, one pixel of blur, light and noise over the image."""
    size = len(image)
    v, u = np.mgrid[:size, :size] - size / 2
    direction, offset = rng.uniform(0, 2 * np.pi), rng.uniform(-0.5, 0.5) * size
    if rng.random() < 0.5:
        image = np.where(u * np.cos(direction) + v * np.sin(direction) > offset, image * rng.uniform(0.45, 0.8), image)
    image = image * (1.0 - rng.uniform(0, 0.35) * (rng.random((size, size)) < 0.15))
    if rng.random() < 0.5:
        padded = np.pad(image, 1, mode="edge")
        image = np.sum([padded[i : i + size, j : j + size] for i in range(3) for j in range(3)], axis=0) / 9.0
    return image * rng.uniform(0.75, 1.1) + rng.uniform(0.01, 0.04) * rng.standard_normal((size, size))
