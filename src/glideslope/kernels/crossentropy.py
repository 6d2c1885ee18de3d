r"""Softmax cross-entropy from logits: the loss of every classifier in this course, and its gradient.

With $a = \mathrm{softmax}(z)$ and target weights $t$: $C = -\sum_j t_j \log a_j$ and
$\partial C / \partial z_i = a_i \sum_j t_j - t_i$, which is the familiar $a_i - t_i$ when the targets sum to one.
Use it on raw scores: taking the softmax first and its logarithm afterwards loses small probabilities.

Speed: 0.43 (numpy) or 0.19 (numba) of PyTorch's time on cross-entropy 128×10.
Speed: 0.2 (numpy) or 0.11 (numba) of PyTorch's time on cross-entropy 1024×10.
Speed: 0.12 (numpy) or 0.097 (numba) of PyTorch's time on cross-entropy 65536×10.
Speed: 0.55 (numpy) or 0.32 (numba) of PyTorch's time on cross-entropy 4096×1000.
Speed: 0.23 (numpy) or 0.12 (numba) of PyTorch's time on cross-entropy 1024×32768.
Speed: 0.21 (numpy) or 0.13 (numba) of PyTorch's time on cross-entropy 256×128256.
"""

import numpy as np

from glideslope._checks import ArrayLike, as_floats
from glideslope._typing import Float, ndarray
from glideslope.kernels._targets import Options, Targets, read_targets
from glideslope.kernels.backend import rows
from glideslope.kernels.probabilities import as_rows, check_out

__all__ = ["cross_entropy", "cross_entropy_with_gradient"]


def cross_entropy(
    logits: ArrayLike,
    labels: ArrayLike,
    *,
    axis: int = -1,
    weight: ArrayLike | None = None,
    label_smoothing: float = 0.0,
    ignore_index: int | None = None,
    reduction: str = "mean",
    temperature: float = 1.0,
) -> Float[ndarray, "*losses"] | np.floating:
    r"""Return the cross-entropy between targets and the softmax of logits.

    $C = -\sum_j t_j \log \mathrm{softmax}(z / T)_j$ with $t_j = w_j\,((1 - \varepsilon)\,y_j + \varepsilon / K)$

    Args:
        logits: Scores z, any shape, float32 or float64 (kept); −inf masks a class.
        labels: Integer class indices (shape of logits without `axis`), or one-hot / soft targets y (shape of logits).
        axis: The class axis.
        weight: One weight w per class, shape (K,), at least 0.
        label_smoothing: ε in [0, 1].
        ignore_index: An integer label whose samples count for nothing; default none.
        reduction: "mean" over samples (integer labels: divided by the sum of their class weights), "sum" or "none".
        temperature: T > 0.

    Returns:
        A scalar, or one loss per sample for "none". The mean of no samples is nan.

    Raises:
        ShapeError: labels, weight or axis do not fit the logits; the message names both shapes.
        ValueError: a label is out of range, a target or weight is negative, or an option is unknown.
        TypeError: class indices are not integers.

    Accuracy: as `log_softmax`; the reduction is summed in float64.
    Cost: two passes over the logits; soft or smoothed targets need temporaries of their size.
    Source: lesson softmax-cross-entropy.

    Example:
        >>> float(cross_entropy([[0.0, 0.0]], [1]))  # log 2
        0.69314718...
    """
    z = as_floats(logits, "logits", "cross_entropy")
    options = Options(axis, weight, label_smoothing, ignore_index, reduction, temperature)
    targets = read_targets(z, labels, options, "cross_entropy")
    Z = as_rows(z, axis)
    if temperature != 1:
        Z = Z * Z.dtype.type(1 / temperature)
    lse = rows().logsumexp_rows(Z)
    if targets.soft is None:
        with np.errstate(invalid="ignore"):  # all classes masked: −inf − (−inf) is nan
            losses = lse - Z[np.arange(len(Z)), targets.labels]
        if targets.row_weight is not None:
            losses = _zero_safe(targets.row_weight, losses)
    else:
        losses = _soft_losses(Z, lse, targets.soft)
    return _reduce(losses, targets, reduction)


def cross_entropy_with_gradient(
    logits: ArrayLike,
    labels: ArrayLike,
    *,
    axis: int = -1,
    weight: ArrayLike | None = None,
    label_smoothing: float = 0.0,
    ignore_index: int | None = None,
    reduction: str = "mean",
    temperature: float = 1.0,
    out: ndarray | None = None,
) -> tuple[Float[ndarray, "*losses"] | np.floating, Float[ndarray, "*shape"]]:
    r"""Return the cross-entropy and its gradient with respect to the logits, in one pass.

    $\partial C / \partial z_i = (a_i \sum_j t_j - t_i) / T$ with the target weights $t$ of `cross_entropy`

    Args:
        logits: As for `cross_entropy`; left untouched unless `out=logits`.
        labels: As for `cross_entropy`.
        axis: The class axis.
        weight: One weight per class, shape (K,).
        label_smoothing: ε in [0, 1].
        ignore_index: An integer label whose samples get loss 0 and gradient 0.
        reduction: "mean", "sum" or "none"; for "none" row i of the gradient belongs to loss i.
        temperature: T > 0.
        out: Array for the gradient; pass the logits themselves to overwrite them.

    Returns:
        (loss, gradient): loss as `cross_entropy`, gradient of the logits' shape and dtype. It sums to 0 along `axis`.

    Raises:
        ShapeError: labels, weight, axis or out do not fit the logits.
        ValueError: a label is out of range, a target or weight is negative, or an option is unknown.
        TypeError: class indices are not integers.

    Accuracy: N·max|Δgradient| within 3e-6 of float64 for float32 logits of ordinary size.
    Cost: memory traffic; bench/results/kernels.md holds the ratios to PyTorch. Integer labels on the last axis need
        no temporary of the size of the logits.
    Source: lesson softmax-cross-entropy.

    Example:
        >>> loss, gradient = cross_entropy_with_gradient([[0.0, 0.0]], [1])
        >>> gradient
        array([[ 0.5, -0.5]])
    """
    where = "cross_entropy_with_gradient"
    z = as_floats(logits, "logits", where)
    options = Options(axis, weight, label_smoothing, ignore_index, reduction, temperature)
    targets = read_targets(z, labels, options, where)
    out = check_out(out, z, where)
    Z, G = as_rows(z, axis), as_rows(out, axis)
    if temperature != 1:
        Z = np.multiply(Z, Z.dtype.type(1 / temperature), out=G)
    scale = 1 / temperature / ((targets.total or 1) if reduction == "mean" else 1)
    if targets.soft is None:
        losses = rows().cross_entropy_rows(Z, targets.labels, G, scale, targets.row_weight)
    else:
        losses = soft_rows(Z, targets.soft, G, scale)
    if G is not out and not np.may_share_memory(G, out):  # `as_rows` had to copy
        _write_back(G, out, axis)
    return _reduce(losses, targets, reduction), out


def _write_back(G: Float[ndarray, "n K"], out: Float[ndarray, "*shape"], axis: int) -> None:
    """Copy rows of gradients into an array whose classes lie along another axis."""
    back = np.moveaxis(out, axis, -1)
    back[...] = G.reshape(back.shape)


def soft_rows(
    Z: Float[ndarray, "n K"], t: Float[ndarray, "n K"], G: Float[ndarray, "n K"], scale: float
) -> Float[ndarray, " n"]:
    """Write scale · (a Σ_j t_j − t) into G (which may be Z) and return the losses."""
    losses = _soft_losses(Z, rows().logsumexp_rows(Z), t)
    rows().softmax_rows(Z, G)
    total = t.sum(axis=1, keepdims=True)
    np.multiply(G, total, out=G, where=total != 0)  # a row without targets has gradient 0, even where a is nan
    G[total[:, 0] == 0] = 0
    G -= t
    G *= G.dtype.type(scale)
    return losses


def _soft_losses(Z: Float[ndarray, "n K"], lse: Float[ndarray, " n"], t: Float[ndarray, "n K"]) -> Float[ndarray, " n"]:
    """Return Σ_j t_j (lse − z_j) of each row; a masked class (z = −inf) that is no target adds 0."""
    with np.errstate(invalid="ignore"):
        return _zero_safe(t, lse[:, None] - Z).sum(axis=1)


def _zero_safe(t: ndarray, surprise: ndarray) -> ndarray:
    """Return t · surprise with 0 · ∞ = 0, the limit of t log t."""
    with np.errstate(invalid="ignore"):
        return np.where(t == 0, t, t * surprise)


def _reduce(losses: Float[ndarray, " n"], targets: Targets, reduction: str) -> Float[ndarray, "*losses"] | np.floating:
    if reduction == "none":
        return losses.reshape(targets.shape)
    total = losses.sum(dtype=np.float64)
    if reduction == "mean":
        total = total / targets.total if targets.total else np.nan
    return losses.dtype.type(total)
