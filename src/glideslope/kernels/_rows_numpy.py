"""The arithmetic of softmax and cross-entropy on the rows of a matrix, in plain NumPy.

For a row z of Z (n, K):  m = max z,  s = Σ_j exp(z_j − m),  lse = m + log s,  a_j = exp(z_j − m) / s.
Rows are taken in blocks that stay in the cache, so each number travels from memory once.
"""

from collections.abc import Iterator

import numpy as np

from glideslope._typing import Float, Int, ndarray

_BLOCK_BYTES = 256 * 1024  # half of a small second-level cache: the block and its result fit together


def softmax_rows(Z: Float[ndarray, "n K"], out: Float[ndarray, "n K"], scale: float = 1.0) -> Float[ndarray, " n"]:
    """Write scale · softmax of each row into `out` (which may be Z) and return logsumexp of each row."""
    lse = np.empty(len(Z), Z.dtype)
    ones = np.ones(Z.shape[1], Z.dtype)
    factor = Z.dtype.type(scale)
    for rows in _blocks(Z):
        z, a, s = Z[rows], out[rows], lse[rows]
        if _moderate(z):
            _shares(z, a, s, ones, factor)
            continue
        with np.errstate(invalid="ignore", divide="ignore"):  # a row of −inf has no softmax: it becomes nan
            m = z.max(axis=1, keepdims=True)
            _shares(np.subtract(z, m, out=a), a, s, ones, factor)
            s += m[:, 0]
    return lse


def logsumexp_rows(Z: Float[ndarray, "n K"]) -> Float[ndarray, " n"]:
    """Return log Σ_j exp(z_j) of each row."""
    lse = np.empty(len(Z), Z.dtype)
    with np.errstate(divide="ignore", over="ignore"):
        for rows in _blocks(Z):
            m = Z[rows].max(axis=1, keepdims=True)
            finite = np.where(np.isinf(m), 0, m)  # exp(−inf − (−inf)) would be nan; a row of −inf sums to log 0
            lse[rows] = np.log(np.exp(Z[rows] - finite).sum(axis=1)) + finite[:, 0]
    return lse


def cross_entropy_rows(
    Z: Float[ndarray, "n K"],
    labels: Int[ndarray, " n"],
    out: Float[ndarray, "n K"],
    scale: float,
    row_weight: Float[ndarray, " n"] | None,
) -> Float[ndarray, " n"]:
    """Write scale · weight · (softmax − one-hot) into `out` (which may be Z); return weight · (lse − z_label)."""
    hot = np.arange(0, Z.size, Z.shape[1]) + labels  # where the labels sit when the rows lie end to end
    z_label = Z.reshape(-1)[hot]
    losses = softmax_rows(Z, out, scale)
    losses -= z_label
    out.reshape(-1)[hot] -= Z.dtype.type(scale)
    if row_weight is not None:
        unused = row_weight == 0  # zeros, not products: 0 · nan would be nan
        losses, _ = np.where(unused, 0, losses * row_weight), np.multiply(out, row_weight[:, None], out=out)
        out[unused] = 0
    return losses


def argmin_rows(Z: Float[ndarray, "n K"], out: Int[ndarray, " n"]) -> None:
    """Write the place of each row's smallest entry into `out`, the first of equals."""
    Z.argmin(axis=1, out=out)


def labels_fit(labels: Int[ndarray, " n"], K: int) -> bool:
    """Say whether all labels lie in 0 … K − 1."""
    # read as unsigned, −1 is huge: one pass for both ends
    return labels.size == 0 or bool(np.maximum.reduce(labels.view(np.uintp)) < K)


def sigmoid_flat(z: Float[ndarray, " n"], out: Float[ndarray, " n"]) -> None:
    """Write 1 / (1 + exp(−z)) into `out`, without overflow on either side."""
    e = np.exp(-np.abs(z))
    np.divide(np.where(z >= 0, 1, e), 1 + e, out=out)


def sgd_flat(theta: ndarray, g: ndarray, lr: float, decay: float) -> None:
    """Θ ← Θ − η (g + λ Θ)."""
    for b in _chunks(theta):
        theta[b] -= lr * (g[b] + decay * theta[b] if decay else g[b])


def momentum_flat(theta: ndarray, g: ndarray, v: ndarray, lr: float, mu: float, nesterov: bool, decay: float) -> None:
    """V ← μ v + g;  θ ← θ − η v  (Nesterov: η (g + μ v))."""
    for b in _chunks(theta):
        step = g[b] + decay * theta[b] if decay else g[b]
        v[b] *= mu
        v[b] += step
        theta[b] -= lr * (step + mu * v[b] if nesterov else v[b])


def adam_flat(
    theta: ndarray, g: ndarray, m: ndarray, v: ndarray, rate: float, beta: tuple[float, float], eps: float, decay: float
) -> None:
    """M ← β₁m + (1−β₁)g;  v ← β₂v + (1−β₂)g²;  θ ← θ − rate · m / (√v + eps)."""
    beta1, beta2 = beta
    for b in _chunks(theta):
        step = g[b] + decay * theta[b] if decay else g[b]
        m[b] += (1 - beta1) * (step - m[b])
        v[b] *= beta2
        work = step * step
        work *= 1 - beta2
        v[b] += work
        np.sqrt(v[b], out=work)
        work += eps
        np.divide(m[b], work, out=work)
        work *= rate
        theta[b] -= work


def _shares(
    z: Float[ndarray, "b K"],
    a: Float[ndarray, "b K"],
    lse: Float[ndarray, " b"],
    ones: Float[ndarray, " K"],
    scale: np.floating,
) -> None:
    """Write scale · exp(z) / s into `a` (which may be z) and log s into `lse`, s the sum of exp(z) over a row."""
    np.exp(z, out=a)
    s = np.matmul(a, ones, out=lse)  # BLAS adds a row faster than a.sum(axis=1), most of all when K is small
    a *= (scale / s)[:, None]
    np.log(s, out=lse)


def _moderate(z: Float[ndarray, "b K"]) -> bool:
    """Say whether exp(z) is safe as z stands, so that nobody has to look for row maxima, which are slow, and subtract them.

    Float32 only: log s, which may then be as large as 16, is right to 1e-6, and float64 promises more.
    """
    if z.dtype != np.float32:
        return False
    return bool(np.maximum.reduce(z, axis=None) < 16 and np.minimum.reduce(z, axis=None) > -16)


def _blocks(Z: Float[ndarray, "n K"]) -> Iterator[slice]:
    step = max(1, _BLOCK_BYTES // (Z.shape[1] * Z.itemsize))
    return (slice(i, i + step) for i in range(0, len(Z), step))


def _chunks(theta: Float[ndarray, " p"]) -> Iterator[slice]:
    step = 16384  # temporaries of 64 or 128 KB: they stay in the cache and cost no page faults
    return (slice(i, i + step) for i in range(0, len(theta), step))
