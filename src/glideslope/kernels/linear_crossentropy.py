r"""A linear layer and its cross-entropy together, without ever holding the N × K logits.

The idea: with many classes the logits are the largest array of the whole model, and each is needed once.
Take a few rows of X at a time, make their logits $Z = XW + b$, turn them into gradients G in place, and add up
$\partial X = G W^\top,\; \partial W = X^\top G,\; \partial b = \sum_n G_n$ before the next rows overwrite them.
Use it for the last layer of a model with thousands of classes, such as the words of a language.

Speed: 0.68 (numpy) or 0.68 (numba) of PyTorch's time on linear + cross-entropy 2048×512×32768.
"""

import importlib.util
from typing import Any

import numpy as np

from glideslope._checks import ArrayLike, as_floats, choose
from glideslope._typing import Float, ndarray
from glideslope.errors import ShapeError
from glideslope.kernels._targets import Options, Targets, read_targets
from glideslope.kernels.backend import rows
from glideslope.kernels.crossentropy import soft_rows

__all__ = ["linear_cross_entropy"]


def linear_cross_entropy(
    X: ArrayLike,
    W: ArrayLike,
    labels: ArrayLike,
    b: ArrayLike | None = None,
    *,
    weight: ArrayLike | None = None,
    label_smoothing: float = 0.0,
    ignore_index: int | None = None,
    reduction: str = "mean",
    temperature: float = 1.0,
    chunk: int = 256,
) -> tuple[np.floating, Float[ndarray, "n d"], Float[ndarray, "d K"], Float[ndarray, " K"]]:
    r"""Return the cross-entropy of a linear layer and its gradients, a few rows at a time.

    $C = \mathrm{cross\_entropy}(XW + b, y)$ with $\partial C/\partial W = X^\top G$, $G = \partial C/\partial Z$

    Args:
        X: Inputs (n, d), float32 or float64; W and b follow its dtype.
        W: Weights (d, K).
        labels: Class indices (n,) or targets (n, K), as for `cross_entropy`.
        b: Bias (K,), or none.
        weight: One weight per class, shape (K,).
        label_smoothing: ε in [0, 1]; soft and smoothed targets hold an (n, K) array themselves.
        ignore_index: An integer label whose samples count for nothing.
        reduction: "mean" or "sum".
        temperature: T > 0.
        chunk: Rows of logits held at once.

    Returns:
        (loss, dX, dW, db), shaped like X, W and b; db is returned even when b is none.

    Raises:
        ShapeError: X, W, b or labels do not fit; the message names the shapes.
        ValueError: as `cross_entropy`.

    Accuracy: as `cross_entropy_with_gradient` on the full logits, up to the order of summation over rows.
    Cost: 6 n d K operations, memory for `chunk` rows of logits besides the results;
        ratios to PyTorch in bench/results/kernels.md. SciPy's BLAS, when installed, adds dW up without a temporary.
    Source: lesson softmax-cross-entropy.

    Example:
        >>> X, W = np.ones((2, 3)), np.zeros((3, 4))
        >>> loss, dX, dW, db = linear_cross_entropy(X, W, [0, 1])
        >>> db
        array([-0.25, -0.25,  0.25,  0.25])
    """
    where = "linear_cross_entropy"
    choose(reduction, ("mean", "sum"), "reduction", where)
    X = np.ascontiguousarray(as_floats(X, "X", where))
    W = np.ascontiguousarray(as_floats(W, "W", where, dtype=X.dtype))
    _check(X, W, b, where)
    logits = np.broadcast_to(X.dtype.type(0), (len(X), W.shape[1]))  # the shape alone: no memory
    options = Options(-1, weight, label_smoothing, ignore_index, reduction, temperature)
    targets = read_targets(logits, labels, options, where)
    scale = 1 / temperature / ((targets.total or 1) if reduction == "mean" else 1)
    bias = None if b is None else as_floats(b, "b", where, dtype=X.dtype)
    total, dX, dW, db = _by_chunks(X, W, bias, targets, scale, temperature, chunk)
    if reduction == "mean":
        total = total / targets.total if targets.total else np.nan
    return X.dtype.type(total), dX, dW, db


def _by_chunks(
    X: Float[ndarray, "n d"],
    W: Float[ndarray, "d K"],
    bias: Float[ndarray, " K"] | None,
    targets: Targets,
    scale: float,
    temperature: float,
    chunk: int,
) -> tuple[Any, Float[ndarray, "n d"], Float[ndarray, "d K"], Float[ndarray, " K"]]:
    """Sum of the losses and the gradients, `chunk` rows of logits at a time."""
    n, K = len(X), W.shape[1]
    dX, dW, db = np.empty_like(X), np.zeros_like(W), np.zeros(K, X.dtype)
    buffer = np.empty((min(chunk, n), K), X.dtype)
    total = 0.0
    for start in range(0, n, chunk):
        part = slice(start, start + chunk)
        G = np.matmul(X[part], W, out=buffer[: len(X[part])])
        if bias is not None:
            G += bias
        total += _gradient_in_place(G, _rows_of(targets, part), scale, temperature)
        np.matmul(G, W.T, out=dX[part])
        _add_product(X[part], G, dW)
        db += G.sum(axis=0)
    return total, dX, dW, db


def _gradient_in_place(G: Float[ndarray, "m K"], targets: Targets, scale: float, temperature: float) -> float:
    """Turn logits into gradients and return the sum of their losses."""
    if temperature != 1:
        G *= G.dtype.type(1 / temperature)
    if targets.soft is not None:
        return float(soft_rows(G, targets.soft, G, scale).sum(dtype=np.float64))
    losses = rows().cross_entropy_rows(G, targets.labels, G, scale, targets.row_weight)
    return float(losses.sum(dtype=np.float64))


def _rows_of(targets: Targets, part: slice) -> Targets:
    def cut(array: ndarray | None) -> ndarray | None:
        return None if array is None else array[part]

    return targets._replace(labels=cut(targets.labels), row_weight=cut(targets.row_weight), soft=cut(targets.soft))


def _add_product(X: Float[ndarray, "m d"], G: Float[ndarray, "m K"], dW: Float[ndarray, "d K"]) -> None:
    """Add Xᵀ G to dW."""
    if _has_scipy():
        from scipy.linalg import blas

        gemm = blas.sgemm if dW.dtype == np.float32 else blas.dgemm
        gemm(1.0, G.T, X.T, beta=1.0, c=dW.T, trans_b=True, overwrite_c=True)  # BLAS counts columns first
        return
    for start in range(0, dW.shape[1], 4096):  # a temporary of d × 4096, not d × K
        columns = slice(start, start + 4096)
        dW[:, columns] += X.T @ G[:, columns]


def _has_scipy() -> bool:
    return importlib.util.find_spec("scipy") is not None


def _check(X: ndarray, W: ndarray, b: ArrayLike | None, where: str) -> None:
    if X.ndim != 2 or W.ndim != 2 or X.shape[1] != W.shape[0]:
        raise ShapeError(
            f"{where} expected X (n, d) and W (d, K) and got {X.shape} and {W.shape}; "
            f"transpose W if it is stored as (K, d)."
        )
    if b is not None and np.shape(b) != W.shape[1:]:
        raise ShapeError(
            f"{where} expected b of shape {W.shape[1:]}, one number per class, and got {np.shape(b)}; "
            f"pass b.reshape(-1) if it is a column."
        )
