"""What the learner says is right, brought into one of two forms for cross-entropy.

Class indices stay indices, with a weight per sample (class weight; 0 where ignored).
Soft or smoothed targets become rows t of class weights: t = w ⊙ ((1 − ε) y + ε / K).
"""

from typing import NamedTuple

import numpy as np

from glideslope._checks import ArrayLike, as_integers, as_real, choose, positive
from glideslope._typing import Float, Int, ndarray
from glideslope.errors import ShapeError
from glideslope.kernels.backend import rows
from glideslope.kernels.probabilities import as_rows, check_axis


class Targets(NamedTuple):
    """Checked targets of n samples: `labels` with `row_weight` (None: all 1), or `soft` rows."""

    labels: Int[ndarray, " n"] | None
    row_weight: Float[ndarray, " n"] | None
    soft: Float[ndarray, "n K"] | None
    total: float  # what the mean divides by
    shape: tuple[int, ...]  # of one loss per sample


class Options(NamedTuple):
    """The keyword arguments of the cross-entropies, unread."""

    axis: int
    weight: ArrayLike | None
    label_smoothing: float
    ignore_index: int | None
    reduction: str
    temperature: float


def read_targets(z: Float[ndarray, "*shape"], labels: ArrayLike, o: Options, where: str) -> Targets:
    """Check labels and options against the logits z and return the targets."""
    check_axis(z, o.axis, where)
    choose(o.reduction, ("mean", "sum", "none"), "reduction", where)
    if o.temperature != 1:
        positive(o.temperature, "temperature", where)
    if not 0 <= o.label_smoothing <= 1:
        raise ValueError(
            f"{where} expected label_smoothing between 0 and 1 and got {o.label_smoothing!r}; 0.1 is a usual value."
        )
    w = None if o.weight is None else _class_weights(o.weight, z.shape[o.axis], z.dtype, where)
    y = labels if type(labels) is ndarray else as_real(labels, "labels", where)
    if y.shape == z.shape:
        return _soft(y, z, w, o, where)
    return _hard(y, z, w, o, where)


def _hard(y: ndarray, z: ndarray, w: ndarray | None, o: Options, where: str) -> Targets:
    shape = _without(z.shape, o.axis)
    K = z.shape[o.axis]
    if y.shape != shape:
        raise ShapeError(
            f"{where} expected labels of shape {shape} (class indices) or {z.shape} (one row of targets per sample) "
            f"for logits of shape {z.shape} and got {y.shape}; check the class axis, here {o.axis}."
        )
    y = as_integers(y, "labels", where).reshape(-1).astype(np.intp, copy=False)
    keep = None if o.ignore_index is None else y != o.ignore_index
    if keep is not None:
        y = np.where(keep, y, 0)
    if not rows().labels_fit(y, K):
        bad = y[(y < 0) | (y >= K)][0]
        raise ValueError(
            f"{where} expected labels from 0 to {K - 1} for {K} classes and got {bad}; "
            f"renumber the classes, or pass ignore_index={bad} if it marks missing labels."
        )
    row_weight = None
    if w is not None or keep is not None:
        row_weight = np.ones(y.shape, z.dtype) if w is None else w[y]
        if keep is not None:
            row_weight[~keep] = 0
    if o.label_smoothing:
        t = _smooth_one_hot(y, keep, w, K, o.label_smoothing, z.dtype)
        return Targets(None, None, t, _total(y, row_weight), shape)
    return Targets(y, row_weight, None, _total(y, row_weight), shape)


def _total(y: ndarray, row_weight: ndarray | None) -> float:
    return float(len(y)) if row_weight is None else float(row_weight.sum(dtype=np.float64))


def _smooth_one_hot(
    y: ndarray, keep: ndarray | None, w: ndarray | None, K: int, epsilon: float, dtype: np.dtype
) -> Float[ndarray, "n K"]:
    t = np.full((len(y), K), epsilon / K, dtype)
    t[np.arange(len(y)), y] += 1 - epsilon
    if w is not None:
        t *= w
    if keep is not None:
        t[~keep] = 0
    return t


def _soft(y: ndarray, z: ndarray, w: ndarray | None, o: Options, where: str) -> Targets:
    y = as_real(y, "labels", where)
    if o.ignore_index is not None:
        raise ValueError(
            f"{where} expected integer labels together with ignore_index and got targets of shape {y.shape}; "
            f"leave ignore_index out and set the rows to ignore to zero."
        )
    if not (y >= 0).all():
        raise ValueError(
            f"{where} expected targets that are numbers of at least 0 and got {y[~(y >= 0)][0]}; "
            f"probabilities and counts are never negative or nan."
        )
    K = z.shape[o.axis]
    t = as_rows(y.astype(z.dtype, copy=False), o.axis)
    if o.label_smoothing:
        t = (1 - o.label_smoothing) * t + z.dtype.type(o.label_smoothing / K)
    return Targets(None, None, t if w is None else t * w, float(len(t)), _without(z.shape, o.axis))


def _class_weights(weight: ArrayLike, K: int, dtype: np.dtype, where: str) -> Float[ndarray, " K"]:
    w = as_real(weight, "weight", where)
    if w.shape != (K,):
        raise ShapeError(
            f"{where} expected weight of shape ({K},), one number per class, and got {w.shape}; "
            f"pass one weight for each of the {K} classes."
        )
    if not ((w >= 0) & np.isfinite(w)).all():
        raise ValueError(
            f"{where} expected class weights that are finite and at least 0 and got {w.tolist()}; "
            f"a weight says how often a sample counts."
        )
    return w.astype(dtype, copy=False)


def _without(shape: tuple[int, ...], axis: int) -> tuple[int, ...]:
    axis %= len(shape)
    return shape[:axis] + shape[axis + 1 :]
