"""Pictures of things that fly and drive: a path in space with its attitudes, the speeds and load factors flown, a scan in its room.

Each function draws into matplotlib axes (new ones when `ax` is none) and returns them; matplotlib comes with the extra [plot].
The ink is the style's text colour, so that a dark style needs nothing else.
"""

from typing import Any

import numpy as np

from glideslope._typing import Float, Shaped, ndarray
from glideslope.data.plotting import COLOURS, require_pyplot
from glideslope.errors import ShapeError
from glideslope.sim.rotations import rotation_matrix

__all__ = ["flight_envelope", "scan", "trajectory"]

AXES_OF_B = ((COLOURS[5], "x forward"), (COLOURS[4], "y left"), (COLOURS[0], "z up"))  # Okabe–Ito


def trajectory(x: Shaped[ndarray, "..."], attitudes: int = 8, ax: Any = None) -> Any:
    """Draw the path of a quadrotor in space, its shadow on the ground, and its body axes at equal times.

    Args:
        x: States of `QUADROTOR` over time, (t, 13), as `simulate` returns them.
        attitudes: How many times to draw the axes of B.
        ax: Three-dimensional axes to draw into.

    Returns:
        The axes: east, north, up in m, equal scales.

    Raises:
        ShapeError: x has not 13 columns.
        MissingExtraError: matplotlib is not installed.

    Example:
        >>> x = np.zeros((20, 13)); x[:, 6] = 1.0; x[:, 0] = np.linspace(0, 5, 20)
        >>> trajectory(x).get_zlabel()
        'up, m'
    """
    if x.ndim != 2 or x.shape[1] != 13:
        raise ShapeError(
            f"trajectory expects states of QUADROTOR, (t, 13), and got {x.shape}; pass what simulate returned."
        )
    ax = ax or require_pyplot().figure(figsize=(6, 5)).add_subplot(projection="3d")
    place = x[:, :3]
    span = max(float(np.ptp(place, axis=0).max()), 0.5)
    low, ink = place.min(axis=0), _ink()
    ground = np.full(len(place), min(low[2], 0.0))
    ax.plot(place[:, 0], place[:, 1], ground, color=ink, alpha=0.25, linewidth=1)
    ax.plot(*place.T, color=ink, linewidth=1.4)
    for k in np.linspace(0, len(x) - 1, attitudes).astype(int):
        for axis, (colour, name) in zip(rotation_matrix(x[k, 6:10]).T, AXES_OF_B, strict=True):
            ax.plot(
                *np.column_stack([place[k], place[k] + 0.09 * span * axis]),
                color=colour,
                linewidth=2,
                label=name if k == 0 else None,
            )
    middle = 0.5 * (place.max(axis=0) + low)
    for which, centre, name in zip("xyz", middle, ("east, m", "north, m", "up, m"), strict=True):
        getattr(ax, f"set_{which}lim")(centre - 0.55 * span, centre + 0.55 * span)
        getattr(ax, f"set_{which}label")(name)
    for axis in (ax.xaxis, ax.yaxis, ax.zaxis):
        axis.pane.set_alpha(0.0)  # grey walls would stay grey in the dark
        axis._axinfo["grid"].update(color=(0.5, 0.5, 0.5, 0.35), linewidth=0.6)  # matplotlib has no public name for it
    ax.set_box_aspect((1, 1, 1))
    ax.legend(loc="upper left", frameon=False, fontsize=8)
    return ax


def flight_envelope(
    ias_kt: Shaped[ndarray, "..."],
    nz_g: Shaped[ndarray, "..."],
    stalls: Shaped[ndarray, "..."] | None = None,
    ax: Any = None,
) -> Any:
    r"""Draw load factor over airspeed, where the wing gave up, and the parabola $n \\propto V^2$ below which it holds.

    The parabola passes through the middle of n/V² among the stalls: one number for all weights and flaps, so it is no sharp border.

    Args:
        ias_kt: Indicated airspeeds, (n,).
        nz_g: Load factors, (n,).
        stalls: Which samples are the last before a stall, (n,) of bool.
        ax: Axes to draw into.

    Returns:
        The axes.

    Raises:
        ShapeError: The arrays differ in length.
        MissingExtraError: matplotlib is not installed.

    Example:
        >>> flight_envelope(np.array([50.0, 90.0]), np.array([1.0, 1.5])).get_xlabel()
        'indicated airspeed, kt'
    """
    if ias_kt.shape != nz_g.shape or (stalls is not None and stalls.shape != nz_g.shape):
        raise ShapeError(
            f"flight_envelope got {ias_kt.shape} airspeeds and {nz_g.shape} load factors; pass one of each for a sample."
        )
    ax = ax or require_pyplot().subplots(figsize=(6, 4))[1]
    ax.plot(ias_kt, nz_g, ".", color=COLOURS[1], markersize=2, alpha=0.4)
    if stalls is not None and stalls.any():
        ax.plot(ias_kt[stalls], nz_g[stalls], ".", color=COLOURS[5], markersize=5)
        ratio = float(np.median(nz_g[stalls] / ias_kt[stalls] ** 2))
        speed = np.linspace(0.0, float(ias_kt.max()), 100)
        ax.plot(speed, ratio * speed**2, color=_ink(), linewidth=1.2)
        ax.text(1.02 * ratio**-0.5, 0.2, f"1 g: {ratio**-0.5:.0f} kt", fontsize=9)
        ax.text(0.03, 0.93, "about to stall", color=COLOURS[5], transform=ax.transAxes, fontsize=9)
    ax.axhline(1.0, color=_ink(), linewidth=0.6, alpha=0.5)
    ax.set(
        xlabel="indicated airspeed, kt",
        ylabel="load factor, g",
        xlim=(0.7 * float(ias_kt.min()), None),
        ylim=(0.0, 1.15 * float(nz_g.max())),
    )
    return ax


def scan(
    pose_W: Float[ndarray, " 3"],
    range_m: Float[ndarray, " beams"],
    walls_W_m: Shaped[ndarray, "k 2 2"] | None = None,
    ax: Any = None,
) -> Any:
    """Draw a lidar scan where it was taken: beams, the points they met, the walls, and which way the sensor faces.

    Args:
        pose_W: Position (m) and heading (rad) of the sensor.
        range_m: Ranges; beam i points at heading + 2π i / beams, counter-clockwise.
        walls_W_m: Walls as pairs of end points.
        ax: Axes to draw into.

    Returns:
        The axes, equal scales.

    Raises:
        MissingExtraError: matplotlib is not installed.

    Example:
        >>> scan(np.zeros(3), np.ones(4)).get_xlabel()
        'x, m'
    """
    ax = ax or require_pyplot().subplots(figsize=(5, 4))[1]
    angle = pose_W[2] + 2 * np.pi / len(range_m) * np.arange(len(range_m))
    met = pose_W[:2] + range_m[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    for point in met:
        ax.plot(*np.column_stack([pose_W[:2], point]), color=COLOURS[3], linewidth=0.6, alpha=0.7)
    for wall in walls_W_m if walls_W_m is not None else ():
        ax.plot(*wall.T, color=_ink(), linewidth=2.0, solid_capstyle="round")
    ax.plot(*met.T, "o", color=COLOURS[0], markersize=3.5)
    ahead = 0.6 * np.array([np.cos(pose_W[2]), np.sin(pose_W[2])])
    ax.annotate(
        "", pose_W[:2] + ahead, pose_W[:2], arrowprops={"arrowstyle": "-|>", "color": COLOURS[5], "linewidth": 2}
    )
    ax.set(xlabel="x, m", ylabel="y, m", aspect="equal")
    return ax


def _ink() -> str:
    return str(require_pyplot().rcParams["text.color"])
