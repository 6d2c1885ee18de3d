r"""The logistic function and its loss: two classes, one score.

$\sigma(z) = 1 / (1 + e^{-z})$ is softmax over the scores (0, z), and the loss of a label $y \in [0, 1]$ is
$C = -y \log \sigma(z) - (1 - y) \log(1 - \sigma(z)) = \log(1 + e^{-|z|}) + \max(z, 0) - y z$, with $dC/dz = \sigma(z) - y$.
Use it for yes-or-no questions and for labels that may hold together (one sigmoid each).
"""

import numpy as np

from glideslope._checks import ArrayLike, as_floats, as_real, choose
from glideslope._typing import Float, ndarray
from glideslope.errors import ShapeError
from glideslope.kernels.backend import rows
from glideslope.kernels.probabilities import check_out

__all__ = ["binary_cross_entropy", "binary_cross_entropy_with_gradient", "sigmoid"]


def sigmoid(z: ArrayLike, *, out: ndarray | None = None) -> Float[ndarray, "*shape"]:
    r"""Map scores to probabilities between 0 and 1.

    $\sigma(z) = 1 / (1 + e^{-z})$

    Args:
        z: Scores of any shape, float32 or float64 (kept).
        out: Array to write into; `out=z` works in place.

    Returns:
        Probabilities of the shape of `z`; 0 at −inf, 1 at +inf.

    Raises:
        ShapeError: `out` does not match.

    Accuracy: relative error of a few units in the last place on both sides of zero; no overflow.
    Cost: one exponential per entry.
    Source: [bishop2006, section 4.3].

    Example:
        >>> sigmoid([-1000.0, 0.0, 1000.0])
        array([0. , 0.5, 1. ])
    """
    z = as_floats(z, "z", "sigmoid")
    out = check_out(out, z, "sigmoid")
    if out.flags.c_contiguous and z.flags.c_contiguous:
        rows().sigmoid_flat(z.reshape(-1), out.reshape(-1))
    else:
        flat = np.empty(z.size, z.dtype)
        rows().sigmoid_flat(np.ascontiguousarray(z).reshape(-1), flat)
        out[...] = flat.reshape(z.shape)
    return out


def binary_cross_entropy(
    logits: ArrayLike, labels: ArrayLike, *, weight: ArrayLike | None = None, reduction: str = "mean"
) -> Float[ndarray, "*losses"] | np.floating:
    r"""Return the cross-entropy of yes-or-no labels from logits.

    $C = \log(1 + e^{-|z|}) + \max(z, 0) - y z$

    Args:
        logits: Scores z of any shape, float32 or float64 (kept).
        labels: y in [0, 1] of the same shape: booleans, integers or probabilities.
        weight: Weight per entry, broadcast against the logits, at least 0. The mean still divides by their number.
        reduction: "mean", "sum" or "none".

    Returns:
        A scalar, or one loss per entry for "none". The mean of no entries is nan.

    Raises:
        ShapeError: labels or weight do not fit the logits.
        ValueError: a label lies outside [0, 1], a weight is negative, or the reduction is unknown.

    Accuracy: a few units in the last place of max(1, |z|).
    Cost: O(size) time, temporaries of the size of the logits.
    Source: [bishop2006, section 4.3].

    Example:
        >>> float(binary_cross_entropy([0.0], [1]))
        0.69314718...
    """
    z, y, w = _read(logits, labels, weight, reduction, "binary_cross_entropy")
    return _reduce(_losses(z, y, w), reduction)


def binary_cross_entropy_with_gradient(
    logits: ArrayLike,
    labels: ArrayLike,
    *,
    weight: ArrayLike | None = None,
    reduction: str = "mean",
    out: ndarray | None = None,
) -> tuple[Float[ndarray, "*losses"] | np.floating, Float[ndarray, "*shape"]]:
    r"""Return the binary cross-entropy and its gradient with respect to the logits.

    $dC / dz = w\,(\sigma(z) - y)$, divided by the number of entries for the mean

    Args:
        logits: As for `binary_cross_entropy`; left untouched unless `out=logits`.
        labels: As for `binary_cross_entropy`.
        weight: As for `binary_cross_entropy`.
        reduction: "mean", "sum" or "none".
        out: Array for the gradient.

    Returns:
        (loss, gradient); the gradient has the shape and dtype of the logits.

    Raises:
        ShapeError: labels, weight or out do not fit the logits.
        ValueError: a label lies outside [0, 1], a weight is negative, or the reduction is unknown.

    Accuracy: as `sigmoid`.
    Cost: O(size) time, temporaries of the size of the logits.
    Source: [bishop2006, section 4.3].

    Example:
        >>> binary_cross_entropy_with_gradient([0.0], [1])[1]
        array([-0.5])
    """
    where = "binary_cross_entropy_with_gradient"
    z, y, w = _read(logits, labels, weight, reduction, where)
    loss = _reduce(_losses(z, y, w), reduction)
    out = sigmoid(z, out=check_out(out, z, where))
    out -= y
    if w is not None:
        out *= w
    if reduction == "mean":
        out *= z.dtype.type(1 / max(z.size, 1))
    return loss, out


def _losses(z: ndarray, y: ndarray, w: ndarray | None) -> Float[ndarray, "*shape"]:
    with np.errstate(invalid="ignore"):
        wrong_way = np.where(y == 0, np.maximum(z, 0), np.where(y == 1, np.maximum(-z, 0), np.maximum(z, 0) - y * z))
        losses = np.log1p(np.exp(-np.abs(z))) + wrong_way
    return losses if w is None else losses * w


def _reduce(losses: ndarray, reduction: str) -> Float[ndarray, "*losses"] | np.floating:
    if reduction == "none":
        return losses
    total = losses.sum(dtype=np.float64)
    if reduction == "mean":
        total = total / losses.size if losses.size else np.nan
    return losses.dtype.type(total)


def _read(
    logits: ArrayLike, labels: ArrayLike, weight: ArrayLike | None, reduction: str, where: str
) -> tuple[ndarray, ndarray, ndarray | None]:
    choose(reduction, ("mean", "sum", "none"), "reduction", where)
    z, y = as_floats(logits, "logits", where), as_real(labels, "labels", where)
    if y.shape != z.shape:
        raise ShapeError(
            f"{where} expected labels of shape {z.shape}, the shape of the logits, and got {y.shape}; "
            f"reshape one of the two, e.g. logits.squeeze()."
        )
    if not ((y >= 0) & (y <= 1)).all():
        raise ValueError(
            f"{where} expected labels between 0 and 1 and got {y[~((y >= 0) & (y <= 1))][0]}; "
            f"code the two classes as 0 and 1."
        )
    w = None if weight is None else as_floats(weight, "weight", where, dtype=z.dtype)
    if w is not None and np.broadcast_shapes(w.shape, z.shape) != z.shape:
        raise ShapeError(
            f"{where} expected a weight that broadcasts to {z.shape} and got {w.shape}; pass one weight per entry."
        )
    if w is not None and not (w >= 0).all():
        raise ValueError(f"{where} expected weights of at least 0 and got {w[~(w >= 0)][0]}; drop or mend that entry.")
    return z, y.astype(z.dtype, copy=False), w
