r"""A pinhole camera that looks at the ground, and landing pads for it to look at.

$(u, v) = (c + f\,X_C/Z_C,\; c + f\,Y_C/Z_C)$ with camera frame C: x right, y down in the image, z along the view.
`ground_points` inverts it for the plane z = 0; `render_pad` paints a pad by looking up each pixel's ray on the ground.
"""

from dataclasses import dataclass

import numpy as np

from glideslope._typing import Float, ndarray
from glideslope.sim.rotations import rotation_matrix

__all__ = ["Camera", "ground_points", "pad_brightness", "project", "render_pad"]


@dataclass(frozen=True)
class Camera:
    """Square image of `size_px` pixels, focal length in pixels, centre in the middle."""

    size_px: int = 32
    focal_px: float = 32.0

    @property
    def centre_px(self) -> float:
        """Coordinate of the image centre; pixel centres lie at whole numbers."""
        return (self.size_px - 1) / 2.0


def project(
    points_W_m: Float[ndarray, "n 3"],
    p_WC_W_m: Float[ndarray, " 3"],
    q_WC: Float[ndarray, " 4"],
    camera: Camera = Camera(),
) -> Float[ndarray, "n 2"]:
    r"""Return pixel coordinates (u, v) of world points.

    $X_C = R_{WC}^\top (X_W - p_{WC})$, then division by depth.

    Args:
        points_W_m: Points in the world, (n, 3), in m.
        p_WC_W_m: Position of the camera in W.
        q_WC: Attitude of the camera, from C to W; (0, 1, 0, 0) looks straight down.
        camera: Image size and focal length.

    Returns:
        Pixels (n, 2); NaN for points behind the camera.

    Example:
        >>> import numpy as np
        >>> project(np.zeros((1, 3)), np.array([0.0, 0.0, 10.0]), np.array([0.0, 1.0, 0.0, 0.0])).tolist()
        [[15.5, 15.5]]
    """
    X_C = (points_W_m - p_WC_W_m) @ rotation_matrix(q_WC)
    depth = np.where(X_C[:, 2] > 1e-9, X_C[:, 2], np.nan)
    return camera.centre_px + camera.focal_px * X_C[:, :2] / depth[:, None]


def ground_points(
    pixels: Float[ndarray, "*batch 2"],
    p_WC_W_m: Float[ndarray, " 3"],
    q_WC: Float[ndarray, " 4"],
    camera: Camera = Camera(),
) -> Float[ndarray, "*batch 2"]:
    """Return where the rays of pixels meet the ground z = 0, (..., 2) in m; NaN for rays that do not.

    Example:
        >>> import numpy as np
        >>> ground_points(np.array([31.5, 15.5]), np.array([0.0, 0.0, 10.0]), np.array([0.0, 1.0, 0.0, 0.0])).tolist()
        [5.0, 0.0]
    """
    rays_C = np.concatenate([(pixels - camera.centre_px) / camera.focal_px, np.ones_like(pixels[..., :1])], axis=-1)
    rays_W = rays_C @ rotation_matrix(q_WC).T
    falling = np.where(rays_W[..., 2:] < -1e-9, rays_W[..., 2:], np.nan)
    return p_WC_W_m[:2] - rays_W[..., :2] * (p_WC_W_m[2] / falling)


def pad_brightness(
    ground_m: Float[ndarray, "*batch 2"], mark: str, radius_m: float = 1.0, angle_rad: float = 0.0
) -> Float[ndarray, "*batch"] | float:
    """Return brightness of a pad around the origin: NaN off the pad, 0.25 on the disc, 0.95 on ring and mark.

    Args:
        ground_m: Points on the ground, (..., 2), in m.
        mark: "H", "X", or "disc" for a bright disc without ring and mark (a decoy).
        radius_m: Radius of the pad.
        angle_rad: Direction of the mark, counter-clockwise from x.

    Returns:
        Brightness from 0 to 1, (...).

    Raises:
        ValueError: The mark is none of the three.

    Example:
        >>> import numpy as np
        >>> pad_brightness(np.array([[0.0, 0.0], [0.0, 0.5], [3.0, 0.0]]), "H").tolist()
        [0.95, 0.25, nan]
    """
    if mark not in ("H", "X", "disc"):
        raise ValueError(f'pad_brightness paints "H", "X" and "disc", not {mark!r}; choose one of the three.')
    cos, sin = np.cos(angle_rad), np.sin(angle_rad)
    x = (cos * ground_m[..., 0] + sin * ground_m[..., 1]) / radius_m
    y = (-sin * ground_m[..., 0] + cos * ground_m[..., 1]) / radius_m
    r = np.hypot(x, y)
    if mark == "disc":
        white = r <= 1.0
    elif mark == "H":
        white = (np.abs(np.abs(x) - 0.35) < 0.09) & (np.abs(y) < 0.5) | (np.abs(y) < 0.09) & (np.abs(x) < 0.35)
    else:
        white = (np.minimum(np.abs(x - y), np.abs(x + y)) < 0.13) & (np.maximum(np.abs(x), np.abs(y)) < 0.5)
    white = white | ((r > 0.85) & (r <= 1.0))
    return np.where(r > 1.0, np.nan, np.where(white, 0.95, 0.25))


def render_pad(
    p_WC_W_m: Float[ndarray, " 3"],
    q_WC: Float[ndarray, " 4"],
    mark: str,
    ground: float | Float[ndarray, "h h"] = 0.5,
    camera: Camera = Camera(),
    *,
    radius_m: float = 1.0,
    angle_rad: float = 0.0,
    oversample: int = 3,
) -> Float[ndarray, "h h"]:
    """Return the image of a pad at the origin, brightness 0 to 1, averaged over `oversample`² rays a pixel.

    Example:
        >>> import numpy as np
        >>> render_pad(np.array([0.0, 0.0, 4.0]), np.array([0.0, 1.0, 0.0, 0.0]), "H").shape
        (32, 32)
    """
    n = camera.size_px
    fine = (np.arange(n * oversample) + 0.5) / oversample - 0.5
    pixels = np.stack(np.meshgrid(fine, fine), axis=-1)
    pad = np.asarray(pad_brightness(ground_points(pixels, p_WC_W_m, q_WC, camera), mark, radius_m, angle_rad))
    blocks = pad.reshape(n, oversample, n, oversample)
    cover = np.isfinite(blocks).mean(axis=(1, 3))
    light = np.where(np.isfinite(blocks), blocks, 0.0).mean(axis=(1, 3))
    return light + (1.0 - cover) * ground
