"""Draw one group of a data set, so that a reader sees the numbers before a model does.

Telemetry becomes strips over time with the classes as coloured ribbons; images become a montage; scans become outlines.
matplotlib (extra `plot`) is imported inside the functions: loading data must not cost a plotting library.
"""

from typing import Any

import numpy as np

from glideslope.errors import DataError, MissingExtraError

__all__ = ["draw", "require_pyplot"]

# Okabe and Ito's palette: told apart by colour-blind readers, and by their greys.
COLOURS = ("#0072B2", "#999999", "#E69F00", "#56B4E9", "#009E73", "#D55E00", "#CC79A7")


def draw(dataset: Any, group: int | None = None, lang: str = "en") -> Any:
    """Return a matplotlib figure of one group; the first one when `group` is None."""
    group = int(dataset.group_ids[0]) if group is None else group
    if group not in dataset.group_ids:
        raise DataError(
            f"{dataset.name} has no group {group} to plot; its group_ids hold the {len(dataset.group_ids)} it has."
        )
    kinds = {"strips": _strips, "images": _montage, "scans": _scans}
    return kinds[dataset.card.get("plot", "strips")](dataset, group, lang, require_pyplot())


def require_pyplot() -> Any:
    """Import matplotlib's pyplot or say how to install it."""
    try:
        from matplotlib import pyplot
    except ImportError:
        raise MissingExtraError(
            'Plots need matplotlib: run `pip install "glideslope[plot]"`, then call plot again.'
        ) from None
    return pyplot


def _strips(dataset: Any, group: int, lang: str, pyplot: Any) -> Any:
    """Stack the channels the card asks for, over time, with the classes as ribbons behind them."""
    rows = dataset.group == group
    wanted = [
        name for name in dataset.card.get("strips", ()) if name in dataset.channel_names
    ] or dataset.channel_names[:6]
    step_s = 1.0 / dataset.card.get("rate_hz", 1.0)
    time_s = np.arange(rows.sum()) * step_s
    size = (8, 1.2 * len(wanted) + 0.8)
    figure, axes = pyplot.subplots(len(wanted), 1, sharex=True, figsize=size, squeeze=False, layout="constrained")
    for axis, name in zip(axes[:, 0], wanted, strict=True):
        axis.plot(time_s, dataset[name][rows], color=pyplot.rcParams["text.color"], linewidth=0.8)
        axis.set_ylabel(name.replace("_", "\n", 1), fontsize=8)
        if len(dataset.y):
            _ribbons(axis, time_s, dataset.y[rows], step_s)
    axes[-1, 0].set_xlabel({"en": "time, s", "zh": "时间, s"}[lang])
    if len(dataset.y):
        patches = [pyplot.Rectangle((0, 0), 1, 1, color=COLOURS[k], alpha=0.35) for k in range(len(dataset.classes))]
        figure.legend(
            patches, _class_names(dataset, lang), loc="outside upper center", ncols=len(patches), frameon=False
        )
    return figure


def _ribbons(axis: Any, time_s: Any, y: Any, step_s: float) -> None:
    starts = np.flatnonzero(np.r_[True, y[1:] != y[:-1]])
    for start, stop in zip(starts, np.r_[starts[1:], len(y)], strict=True):
        axis.axvspan(time_s[start], time_s[stop - 1] + step_s, color=COLOURS[y[start]], alpha=0.35, linewidth=0)


def _class_names(dataset: Any, lang: str) -> tuple[str, ...]:
    return tuple(dataset.card.get("classes_zh", dataset.classes)) if lang == "zh" else dataset.classes


def _montage(dataset: Any, group: int, lang: str, pyplot: Any) -> Any:
    """Show the first images of the group, with their classes."""
    rows = np.flatnonzero(dataset.group == group)[:32]
    if "surface" in dataset.targets:
        return _scene(dataset, int(rows[0]), lang, pyplot)
    columns = min(8, len(rows))
    figure, axes = pyplot.subplots(
        -(-len(rows) // columns), columns, figsize=(columns * 1.1, 1.25 * -(-len(rows) // columns)), squeeze=False
    )
    for axis in axes.flat:
        axis.axis("off")
    for axis, row in zip(axes.flat, rows, strict=False):
        axis.imshow(dataset.X[row], cmap="gray" if dataset.X.ndim == 3 else None, vmin=0, vmax=255)
        if len(dataset.y):
            axis.set_title(_class_names(dataset, lang)[dataset.y[row]], fontsize=7)
    return figure


def _scene(dataset: Any, row: int, lang: str, pyplot: Any) -> Any:
    """Show a picture of the ground beside the map of what lies there."""
    surface = dataset.targets["surface"][row]
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(8, 4), layout="constrained")
    left.imshow(dataset.X[row])
    kinds = [COLOURS[k] for k in (4, 2, 0, 5, 1)]  # meadow green, forest orange, water blue, roofs red, gravel grey
    colours = np.array([[int(colour[i : i + 2], 16) for i in (1, 3, 5)] for colour in kinds], dtype=np.uint8)
    right.imshow(colours[surface])
    for axis in (left, right):
        axis.axis("off")
    if dataset.card.get("surfaces"):
        names = dataset.card["surfaces_zh" if lang == "zh" else "surfaces"]
        patches = [pyplot.Rectangle((0, 0), 1, 1, color=colour) for colour in kinds]
        figure.legend(patches, names, loc="outside lower center", ncols=len(patches), frameon=False)
    return figure


def _scans(dataset: Any, group: int, lang: str, pyplot: Any) -> Any:
    """Draw up to eight scans of the group as outlines around the sensor."""
    rows = np.flatnonzero(dataset.group == group)[:8]
    bearing = np.linspace(0.0, 2.0 * np.pi, dataset.X.shape[1], endpoint=False)
    figure, axes = pyplot.subplots(2, 4, figsize=(8, 4.4), squeeze=False)
    for axis, row in zip(axes.flat, rows, strict=False):
        range_m = np.append(dataset.X[row], dataset.X[row, 0])
        closed = np.append(bearing, bearing[0])
        axis.plot(
            range_m * np.cos(closed), range_m * np.sin(closed), ".-", color=COLOURS[0], markersize=3, linewidth=0.6
        )
        axis.plot(0.0, 0.0, "+", color=pyplot.rcParams["text.color"])
        axis.set_aspect("equal")
        axis.set_title(_class_names(dataset, lang)[dataset.y[row]], fontsize=8)
    figure.supxlabel({"en": "metres, sensor at the cross", "zh": "单位: m, 十字处为传感器"}[lang], fontsize=8)
    return figure
