"""Pictures of a model's answers: what was confused, what each threshold costs, where the border runs.

Each function draws into a matplotlib axes (a new one when `ax` is none) and returns it; matplotlib comes with the extra [plot].
Colours are those of the style in force (`plt.style.use("glideslope.figures")`), on light ground as on dark.
"""

from typing import Any

import numpy as np

from glideslope._checks import ArrayLike
from glideslope._typing import Float, ndarray
from glideslope.errors import MissingExtraError, ShapeError
from glideslope.learn._curves import roc_auc
from glideslope.learn._curves import roc_curve as _roc
from glideslope.learn._inputs import read_X
from glideslope.learn.metrics import calibration_curve, calibration_error
from glideslope.learn.metrics import confusion_matrix as _confusion

__all__ = ["calibration", "confusion_matrix", "decision_regions", "dendrogram", "elbow", "roc_curve"]


def confusion_matrix(y: ArrayLike, predicted: ArrayLike, classes: ArrayLike | None = None, ax: Any = None) -> Any:
    r"""Draw the confusion matrix: counts, shaded by the share of the true class.

    Args:
        y: True classes (n,).
        predicted: Predicted classes (n,).
        classes: Order of rows and columns.
        ax: Axes to draw into.

    Returns:
        The axes.

    Raises:
        MissingExtraError: matplotlib is not installed.

    Source: lesson what-learning-is.

    Example:
        >>> ax = confusion_matrix([0, 0, 1], [0, 1, 1])
        >>> ax.get_ylabel()
        'true class'
    """
    M = _confusion(y, predicted, classes)
    names = (
        np.unique(np.concatenate([np.asarray(y), np.asarray(predicted)])) if classes is None else np.asarray(classes)
    )
    ax = _axes(ax)
    share = M / np.maximum(M.sum(axis=1, keepdims=True), 1)
    shades = _shades(ax)
    ax.imshow(share, cmap=shades, vmin=0, vmax=1)
    for (i, j), count in np.ndenumerate(M):
        ax.text(j, i, str(count), ha="center", va="center", color=_legible(shades(share[i, j])))
    ax.set_xticks(range(len(names)), [str(name) for name in names])
    ax.set_yticks(range(len(names)), [str(name) for name in names])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    ax.set_xlabel("predicted class")
    ax.set_ylabel("true class")
    return ax


def roc_curve(y: ArrayLike, score: ArrayLike, ax: Any = None) -> Any:
    r"""Draw true alarms over false alarms for all thresholds.

    Args:
        y: Truth (n,): 0 or 1.
        score: The higher, the more likely 1 (n,).
        ax: Axes to draw into.

    Returns:
        The axes.

    Raises:
        MissingExtraError: matplotlib is not installed.

    Source: lesson what-learning-is.

    Example:
        >>> roc_curve([0, 1], [0.1, 0.9]).get_xlabel()
        'false-alarm rate'
    """
    fpr, tpr, _ = _roc(y, score)
    ax = _axes(ax)
    ax.plot(fpr, tpr, clip_on=False)
    ax.fill_between(fpr, tpr, color="C0", alpha=0.12, linewidth=0)
    ax.text(0.62, 0.25, f"area {roc_auc(y, score):.3f}", color="C0", ha="center")
    _diagonal(ax, "guess")
    ax.set_xlabel("false-alarm rate")
    ax.set_ylabel("true-alarm rate")
    return ax


def calibration(y: ArrayLike, probability: ArrayLike, bins: int = 10, ax: Any = None) -> Any:
    r"""Draw the share of times a confidence was right over that confidence.

    Args:
        y: True class numbers (n,).
        probability: As for `metrics.calibration_curve`.
        bins: Number of equal bins of [0, 1].
        ax: Axes to draw into.

    Returns:
        The axes.

    Raises:
        MissingExtraError: matplotlib is not installed.

    Source: [guo2017].

    Example:
        >>> calibration([0, 1], [0.1, 0.9]).get_ylabel()
        'share right'
    """
    confidence, right, _ = calibration_curve(y, probability, bins)
    ax = _axes(ax)
    _diagonal(ax, "calibrated")
    ax.plot(confidence, right, marker="o", clip_on=False)
    ax.vlines(confidence, np.minimum(confidence, right), np.maximum(confidence, right), color="C0", alpha=0.35)
    ax.text(0.97, 0.05, f"error {calibration_error(y, probability, bins):.3f}", color="C0", ha="right")
    ax.set_xlabel("confidence")
    ax.set_ylabel("share right")
    return ax


def decision_regions(model: Any, X: ArrayLike, y: ArrayLike, ax: Any = None, resolution: int = 200) -> Any:
    r"""Draw which class a fitted model gives to each point of a plane, with the samples on top.

    Args:
        model: A fitted classifier of two features.
        X: Samples (n, 2).
        y: Their classes (n,).
        ax: Axes to draw into.
        resolution: Grid points along each axis.

    Returns:
        The axes.

    Raises:
        ShapeError: X has another number of columns than two.
        MissingExtraError: matplotlib is not installed.

    Cost: resolution² predictions.
    Source: [bishop2006, section 4.3].

    Example:
        >>> from glideslope.learn import KNeighborsClassifier
        >>> X, y = [[0.0, 0.0], [1.0, 1.0]], [0, 1]
        >>> decision_regions(KNeighborsClassifier(1).fit(X, y), X, y).get_xlabel()
        'feature 0'
    """
    X, y = read_X(X, "decision_regions"), np.asarray(y)
    if X.shape[1] != 2:
        raise ShapeError(f"decision_regions expected X (n, 2) and got {X.shape}; choose two columns, or use PCA(2).")
    low, high = X.min(axis=0), X.max(axis=0)
    margin = 0.1 * np.where(high > low, high - low, 1)
    u, v = (np.linspace(low[i] - margin[i], high[i] + margin[i], resolution) for i in (0, 1))
    grid = np.stack(np.meshgrid(u, v), axis=-1).reshape(-1, 2)
    classes = np.unique(y)
    region = np.searchsorted(classes, model.predict(grid)).reshape(resolution, resolution)
    ax = _axes(ax)
    markers, ground = "os^Dv<>pPX", _palette(ax, len(classes))
    ax.pcolormesh(u, v, region, cmap=ground, vmin=-0.5, vmax=len(classes) - 0.5, shading="nearest", rasterized=True)
    for k, name in enumerate(classes):
        ax.scatter(*X[y == name].T, s=30, color=f"C{k}", edgecolor=ax.get_facecolor(), linewidth=0.6,
                   marker=markers[k % 10], label=str(name))  # fmt: skip
    ax.set_xlabel("feature 0")
    ax.set_ylabel("feature 1")
    ax.legend(loc="upper left", bbox_to_anchor=(1, 1), frameon=False)
    return ax


def elbow(k: ArrayLike, cost: ArrayLike, ax: Any = None) -> Any:
    r"""Draw the cost of k-means over the number of clusters.

    Args:
        k: Numbers of clusters (m,).
        cost: `inertia_` of each (m,).
        ax: Axes to draw into.

    Returns:
        The axes.

    Raises:
        MissingExtraError: matplotlib is not installed.

    Source: lesson k-means.

    Example:
        >>> elbow([1, 2, 3], [9.0, 2.0, 1.5]).get_xlabel()
        'number of clusters k'
    """
    ax = _axes(ax)
    ax.plot(np.asarray(k), np.asarray(cost), marker="o")
    ax.set_xlabel("number of clusters k")
    ax.set_ylabel("sum of squared distances")
    ax.set_ylim(bottom=0)
    return ax


def dendrogram(model: Any, ax: Any = None) -> Any:
    r"""Draw the tree of a fitted AgglomerativeClustering: each bridge joins two clusters at its height.

    Args:
        model: A fitted AgglomerativeClustering.
        ax: Axes to draw into.

    Returns:
        The axes.

    Raises:
        MissingExtraError: matplotlib is not installed.

    Cost: O(n) lines.
    Source: lesson k-means.

    Example:
        >>> from glideslope.learn import AgglomerativeClustering
        >>> dendrogram(AgglomerativeClustering().fit([[0.0], [1.0], [5.0]])).get_ylabel()
        'distance when joined'
    """
    Z = model.linkage_matrix_
    n = len(Z) + 1
    order = _leaves(Z, n)
    x, height = np.zeros(2 * n - 1), np.zeros(2 * n - 1)
    x[order] = np.arange(n)
    ax = _axes(ax)
    for i, (a, b, distance, _) in enumerate(Z):
        a, b = int(a), int(b)
        ax.plot(
            [x[a], x[a], x[b], x[b]],
            [height[a], distance, distance, height[b]],
            color="C0",
            linewidth=1.2,
            solid_joinstyle="miter",
        )
        x[n + i], height[n + i] = (x[a] + x[b]) / 2, distance
    ax.set_xticks(range(n) if n <= 60 else [], [str(leaf) for leaf in order] if n <= 60 else [])
    ax.tick_params(axis="x", length=0, labelrotation=90 if n > 12 else 0, labelsize="x-small" if n > 30 else "small")
    ax.set_ylim(bottom=0)
    ax.set_xlabel("sample")
    ax.set_ylabel("distance when joined")
    return ax


def _leaves(Z: Float[ndarray, "m 4"], n: int) -> list[int]:
    """Return the samples in an order in which no bridges cross."""
    order, todo = [], [2 * n - 2]
    while todo:
        node = todo.pop()
        if node < n:
            order.append(node)
        else:
            todo.extend((int(Z[node - n, 1]), int(Z[node - n, 0])))
    return order


def _diagonal(ax: Any, name: str) -> None:
    """Draw the line on which both axes agree, named along it, in a square from 0 to 1."""
    ax.plot([0, 1], [0, 1], linestyle=":", color="0.5")
    ax.text(0.3, 0.33, name, color="0.5", rotation=45, ha="center", va="bottom", rotation_mode="anchor")
    ax.set(xlim=(0, 1), ylim=(0, 1), aspect="equal")


def _shades(ax: Any) -> Any:
    """Return a colour map from the ground of the axes to the first colour of the style."""
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("shades", [ax.get_facecolor(), "C0"])


def _palette(ax: Any, n: int) -> Any:
    """Return the first n colours of the style, each mixed one to three with the ground."""
    from matplotlib.colors import ListedColormap, to_rgb

    ground = np.array(to_rgb(ax.get_facecolor()))
    return ListedColormap([0.25 * np.array(to_rgb(f"C{k}")) + 0.75 * ground for k in range(n)])


def _legible(ground: tuple[float, ...]) -> str:
    """Return black or white, whichever stands out from a ground colour (its luminance, by the sRGB weights)."""
    return "black" if np.dot(ground[:3], (0.2126, 0.7152, 0.0722)) > 0.45 else "white"


def _axes(ax: Any) -> Any:
    try:
        import matplotlib.pyplot as plt
    except ImportError:
        raise MissingExtraError('Plots need matplotlib: pip install "glideslope[plot]".') from None
    return plt.subplots(layout="constrained")[1] if ax is None else ax
