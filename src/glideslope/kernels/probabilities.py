r"""Softmax and its logarithms: from scores to probabilities, without overflow.

The idea: exponentials make every score positive, dividing by their sum makes them a distribution,
and subtracting the maximum first changes nothing but keeps exp within range:
$a_i = e^{z_i} / \sum_j e^{z_j} = e^{z_i - m} / \sum_j e^{z_j - m}$ with $m = \max_j z_j$.
Use `log_softmax` and `logsumexp` where a logarithm follows: log(softmax) loses small probabilities to zero.
"""

import numpy as np

from glideslope._checks import ArrayLike, as_floats, positive
from glideslope._typing import Float, ndarray
from glideslope.errors import ShapeError
from glideslope.kernels.backend import rows

__all__ = ["log_softmax", "logsumexp", "softmax"]


def softmax(
    z: ArrayLike, *, axis: int = -1, temperature: float = 1.0, out: ndarray | None = None
) -> Float[ndarray, "*shape"]:
    r"""Turn scores into probabilities along one axis.

    $a_i = e^{z_i / T} / \sum_j e^{z_j / T}$

    Args:
        z: Logits of any shape, float32 or float64 (kept); −inf masks an entry: its probability is exactly 0.
        axis: The axis that sums to one.
        temperature: T > 0; large T flattens, small T sharpens.
        out: Array of the same shape and dtype to write into; `out=z` works in place.

    Returns:
        Probabilities, shape and dtype of `z`. A slice with only −inf, with +inf or with nan becomes nan.

    Raises:
        ShapeError: `z` has no axis, or an empty one, or `out` does not match.
        ValueError: `temperature` is not above zero.

    Accuracy: relative error of entry i at most 4 + |z_i − max z| units in the last place in float64 (NumPy backend).
    Cost: three passes over z, O(size) time; no memory beyond the result on contiguous last-axis input.
    Source: lesson softmax-cross-entropy.

    Example:
        >>> softmax([0.0, np.log(3.0)]).round(6)
        array([0.25, 0.75])
        >>> softmax([1e4, -np.inf, 1e4])
        array([0.5, 0. , 0.5])
    """
    z = as_floats(z, "z", "softmax")
    z = check_axis(_cool(z, temperature, "softmax"), axis, "softmax")
    out = check_out(out, z, "softmax")
    Z, A = as_rows(z, axis), as_rows(out, axis)
    direct = np.may_share_memory(A, out)  # else `as_rows` had to copy, and the result goes back at the end
    rows().softmax_rows(Z, A)
    if not direct:
        np.moveaxis(out, axis, -1)[...] = A.reshape(np.moveaxis(out, axis, -1).shape)
    return out


def log_softmax(z: ArrayLike, *, axis: int = -1, temperature: float = 1.0) -> Float[ndarray, "*shape"]:
    r"""Return the logarithm of softmax, exact where softmax itself underflows to zero.

    $\log a_i = z_i - \log \sum_j e^{z_j}$

    Args:
        z: Logits of any shape, float32 or float64 (kept); −inf masks an entry.
        axis: The axis whose exponentials sum to one.
        temperature: T > 0, divides z.

    Returns:
        Log-probabilities, shape and dtype of `z`, at most 0; −inf where z is −inf.

    Raises:
        ShapeError: `z` has no axis or an empty one.
        ValueError: `temperature` is not above zero.

    Accuracy: absolute error a few units in the last place of max(1, |z_i − max z|).
    Cost: O(size) time, one temporary of the size of z.
    Source: lesson softmax-cross-entropy.

    Example:
        >>> log_softmax([1000.0, 0.0])
        array([    0., -1000.])
    """
    z = check_axis(_cool(as_floats(z, "z", "log_softmax"), temperature, "log_softmax"), axis, "log_softmax")
    with np.errstate(invalid="ignore"):
        z = z - z.max(axis=axis, keepdims=True)  # first: z − lse would cancel when both are large
        return z - logsumexp(z, axis=axis, keepdims=True)


def logsumexp(z: ArrayLike, *, axis: int = -1, keepdims: bool = False) -> Float[ndarray, "*reduced"]:
    r"""Return the logarithm of a sum of exponentials, without overflow: a smooth maximum.

    $\operatorname{lse}(z) = m + \log \sum_j e^{z_j - m}$, $m = \max_j z_j$

    Args:
        z: Array of any shape, float32 or float64 (kept).
        axis: The axis to sum over.
        keepdims: Keep that axis with length one.

    Returns:
        Array without `axis`, between max z and max z + log K. A slice of −inf gives −inf, one with +inf gives +inf.

    Raises:
        ShapeError: `z` has no axis or an empty one.

    Accuracy: a few units in the last place of max(|m|, 1).
    Cost: O(size) time.
    Source: lesson softmax-cross-entropy.

    Example:
        >>> float(logsumexp([1000.0, 1000.0]) - 1000)  # log 2
        0.69314718...
    """
    z = check_axis(as_floats(z, "z", "logsumexp"), axis, "logsumexp")
    shape = np.delete(z.shape, axis)
    lse = rows().logsumexp_rows(as_rows(z, axis)).reshape(tuple(shape))
    return np.expand_dims(lse, axis) if keepdims else lse


def as_rows(z: Float[ndarray, "*shape"], axis: int) -> Float[ndarray, "n K"]:
    """Return z as a C-contiguous matrix whose rows run along `axis`: a view when possible, else a copy."""
    if z.ndim == 2 and axis in (-1, 1) and z.flags.c_contiguous:
        return z
    z = np.moveaxis(z, axis, -1)
    return np.ascontiguousarray(z).reshape(-1, z.shape[-1])


def _cool(z: ndarray, temperature: float, where: str) -> ndarray:
    return z if temperature == 1 else z * z.dtype.type(1 / positive(temperature, "temperature", where))


def check_axis(z: ndarray, axis: int, where: str) -> ndarray:
    if not -z.ndim <= axis < z.ndim:
        raise ShapeError(
            f"{where} expected an array with an axis {axis} and got shape {z.shape}; "
            f"pass at least a vector, or another axis."
        )
    if z.shape[axis] == 0:
        raise ShapeError(
            f"{where} expected at least one class along axis {axis} and got shape {z.shape}; "
            f"a sum over nothing has no logarithm, so check how the logits were made."
        )
    return z


def check_out(out: ndarray | None, z: ndarray, where: str) -> ndarray:
    if out is None:
        return np.empty(z.shape, z.dtype)
    if out.shape != z.shape or out.dtype != z.dtype:
        raise ShapeError(
            f"{where} expected out of shape {z.shape} and dtype {z.dtype} and got {out.shape}, {out.dtype}; "
            f"make it with np.empty_like(logits)."
        )
    if not out.flags.writeable:
        raise ValueError(f"{where} expected an out that can be written and got a read-only array; pass a copy.")
    return out
