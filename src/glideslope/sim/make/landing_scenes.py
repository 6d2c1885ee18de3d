"""Paint ten aerial-like scenes of 192 x 192 pixels with a map of what is where.

Meadow, forest, water, roof and gravel in random patches, sunlight and cloud shadow over all of it: colour changes in shadow, texture does not.
A place is safe when it is meadow or gravel. Run it with `python -m glideslope.sim.make landing_scenes`; a second.
"""

import numpy as np

from glideslope._typing import Float, Int, ndarray
from glideslope.sim.make.landing_pads import _enlarge

__all__ = ["SURFACES", "make", "paint"]

SCENES, SIZE = 10, 192
SURFACES = ("meadow", "forest", "water", "roof", "gravel")
# red, green, blue; strength of the fine texture; chance that a patch is of this kind
COLOUR = np.array([[0.42, 0.55, 0.25], [0.18, 0.36, 0.16], [0.15, 0.28, 0.42], [0.58, 0.33, 0.26], [0.60, 0.56, 0.50]])
ROUGHNESS = np.array([0.035, 0.16, 0.012, 0.06, 0.03])
ODDS = np.array([0.34, 0.24, 0.14, 0.10, 0.18])


def make() -> dict[str, ndarray]:
    """Return the arrays of the data set: images 0 to 255, maps of surfaces."""
    images, maps = zip(*(paint(np.random.default_rng([192, scene])) for scene in range(SCENES)), strict=True)
    image_bytes = np.rint(np.clip(np.array(images), 0, 1) * 63).astype(int) * 4
    return {
        "X": image_bytes,
        "group": np.arange(SCENES),
        "split": np.zeros(SCENES, dtype=int),
        "target_surface": np.array(maps),
    }


def paint(rng: np.random.Generator) -> tuple[Float[ndarray, "h w 3"], Int[ndarray, "h w"]]:
    """Return one image, red green blue 0 to 1, and the surface of each pixel."""
    surface = _patches(rng)
    image = COLOUR[surface] * (1.0 + 0.12 * _enlarge(rng.standard_normal((9, 9)), SIZE))[..., None]
    grain = rng.standard_normal((SIZE, SIZE)) * ROUGHNESS[surface]
    image = image * (1.0 + grain[..., None]) + grain[..., None] * 0.3
    shadow = _enlarge(rng.standard_normal((6, 6)), SIZE) > rng.uniform(0.4, 1.0)
    dark = np.array([0.48, 0.52, 0.60]) * rng.uniform(0.9, 1.1)  # a shadow is lit by the sky: bluer
    image = np.where(shadow[..., None], image * dark, image)
    return image + 0.012 * rng.standard_normal(image.shape), surface


def _patches(rng: np.random.Generator, count: int = 22) -> Int[ndarray, "h w"]:
    """Give each pixel the kind of the nearest of 22 random sites, with wavy borders."""
    sites, kinds = rng.uniform(0, SIZE, (count, 2)), rng.choice(len(SURFACES), count, p=ODDS)
    pixels = np.moveaxis(np.mgrid[:SIZE, :SIZE], 0, -1).astype(float)
    pixels += 9.0 * np.stack([_enlarge(rng.standard_normal((13, 13)), SIZE) for _ in range(2)], axis=-1)
    distance = ((pixels[:, :, None, :] - sites) ** 2).sum(axis=-1)
    return kinds[distance.argmin(axis=-1)]
