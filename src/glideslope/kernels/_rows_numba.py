"""The compiled twin of `_rows_numpy`: the same functions with the same contract, by Numba, on one thread.

For a row z of Z (n, K):  m = max z,  s = Σ_j exp(z_j − m),  lse = m + log s,  a_j = exp(z_j − m) / s.
Loops that call the library's exp do not become vector code, so exp is written out as 2ᵏ · polynomial.
The first call of a function compiles it (a second or two each); the result is cached on disk for the next process.
"""

# mypy: disable-error-code="no-untyped-def, call-arg, var-annotated"

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit, types
from numba.extending import intrinsic, overload

from glideslope._typing import Float, Int, ndarray

_NARROW = 32  # below this many classes one row does not fill the vector lanes: a tile of rows does
_TILE = 2048  # numbers in a tile: 8 or 16 KB, inside the first-level cache
# "reassoc" lets sums run in vector lanes; without "nnan" and "ninf" masks and nan keep their meaning.
_OPTIONS: dict[str, Any] = {
    "cache": True,
    "nogil": True,
    "error_model": "numpy",
    "fastmath": {"reassoc", "contract", "arcp", "nsz"},
}


def _compiled(f: Callable[..., Any]) -> Callable[..., Any]:
    """Compile f; unwrapped, because our tests wrap functions to check shapes and Numba wants the bare one."""
    return njit(**_OPTIONS)(inspect.unwrap(f))


def softmax_rows(Z: Float[ndarray, "n K"], out: Float[ndarray, "n K"]) -> Float[ndarray, " n"]:
    """Write softmax of each row into `out` (which may be Z) and return logsumexp of each row."""
    m, s = _softmax(Z, out)
    return _lse(m, s)


def cross_entropy_rows(
    Z: Float[ndarray, "n K"],
    labels: Int[ndarray, " n"],
    out: Float[ndarray, "n K"],
    scale: float,
    row_weight: Float[ndarray, " n"] | None,
) -> Float[ndarray, " n"]:
    """Write scale · weight · (softmax − one-hot) into `out` (which may be Z); return weight · (lse − z_label)."""
    missing, s = _cross_entropy(Z, labels, out, scale, row_weight)
    losses = _lse(missing, s)
    return losses if row_weight is None else np.where(row_weight == 0, 0, losses * row_weight)


def _lse(m: Float[ndarray, " n"], s: Float[ndarray, " n"]) -> Float[ndarray, " n"]:
    """Return m + log s. NumPy's logarithm fills the vector lanes, the compiled loop's would not.

    s is at least 1, the maximum's own exponential, or nan: no warning to silence.
    """
    s = np.log(s, out=s)
    s += m
    return s


@_compiled
def _softmax(Z, out):
    """Write softmax of each row into `out`; return row maxima and row sums."""
    n, K = Z.shape
    m, s = np.empty(n, Z.dtype), np.empty(n, Z.dtype)
    height = max(1, _TILE // K)
    for start in range(0, n, height):
        stop = min(n, start + height)
        _powers(Z[start:stop], out[start:stop], m[start:stop], s[start:stop])
        for i in range(start, stop):
            share = Z.dtype.type(1) / s[i]
            for j in range(K):
                out[i, j] *= share
    return m, s


@_compiled
def _cross_entropy(Z, labels, out, scale, row_weight):
    """Write the gradient into `out`; return m − z_label and s of each row."""
    n, K = Z.shape
    m, s = np.empty(n, Z.dtype), np.empty(n, Z.dtype)
    height = max(1, _TILE // K)
    for start in range(0, n, height):
        stop = min(n, start + height)
        for i in range(start, stop):
            m[i] = Z[i, labels[i]]  # read before `out`, which may be Z, is written
        z_label = m[start:stop].copy()
        _powers(Z[start:stop], out[start:stop], m[start:stop], s[start:stop])
        for i in range(start, stop):
            m[i] -= z_label[i - start]
            weight = Z.dtype.type(scale)
            if row_weight is not None:
                weight *= row_weight[i]
                if weight == 0:  # zeros, not products: 0 · nan would be nan
                    out[i] = 0
                    continue
            share = weight / s[i]
            for j in range(K):
                out[i, j] *= share
            out[i, labels[i]] -= weight
    return m, s


@_compiled
def logsumexp_rows(Z):
    """Return log Σ_j exp(z_j) of each row."""
    n, K = Z.shape
    lse = np.empty(n, Z.dtype)
    for i in range(n):
        z = Z[i]
        m = _maximum(z)
        s = Z.dtype.type(0)
        if np.isinf(m):
            for j in range(K):
                s += z[j] - z[j] if np.isnan(z[j]) else Z.dtype.type(0)
            lse[i] = m + s
            continue
        for j in range(K):
            s += _exp(z[j] - m)
        lse[i] = m + np.log(s)
    return lse


@_compiled
def argmin_rows(Z, out):
    """Write the place of each row's smallest entry into `out`, the first of equals."""
    n, K = Z.shape
    for i in range(n):
        z = Z[i]
        low = _key(z[0])
        for j in range(1, K):
            low = min(low, _key(z[j]))
        least, at = _unkey(low), K - 1
        for j in range(K):  # no branch: where the minimum lies cannot be foreseen
            at = min(at, j if z[j] == least else K - 1)
        out[i] = at


@_compiled
def sigmoid_flat(z, out):
    """Write 1 / (1 + exp(−z)) into `out`, without overflow on either side."""
    one = z.dtype.type(1)
    for i in range(z.size):
        e = _exp(-abs(z[i]))
        out[i] = (one if z[i] >= 0 else e) / (one + e)


@_compiled
def sgd_flat(theta, g, lr, decay):
    """Θ ← Θ − η (g + λ Θ)."""
    lr, decay = theta.dtype.type(lr), theta.dtype.type(decay)
    for i in range(theta.size):
        theta[i] -= lr * (g[i] + decay * theta[i])


@_compiled
def momentum_flat(theta, g, v, lr, mu, nesterov, decay):
    """V ← μ v + g;  θ ← θ − η v  (Nesterov: η (g + μ v))."""
    lr, mu, decay = theta.dtype.type(lr), theta.dtype.type(mu), theta.dtype.type(decay)
    for i in range(theta.size):
        step = g[i] + decay * theta[i]
        v[i] = mu * v[i] + step
        theta[i] -= lr * (step + mu * v[i] if nesterov else v[i])


@_compiled
def adam_flat(theta, g, m, v, rate, beta, eps, decay):
    """M ← β₁m + (1−β₁)g;  v ← β₂v + (1−β₂)g²;  θ ← θ − rate · m / (√v + eps)."""
    number = theta.dtype.type
    rate, eps, decay, beta2 = number(rate), number(eps), number(decay), number(beta[1])
    new1, new2 = number(1 - beta[0]), number(1 - beta[1])
    for i in range(theta.size):
        step = g[i] + decay * theta[i]
        m[i] += new1 * (step - m[i])
        v[i] = beta2 * v[i] + new2 * step * step
        theta[i] -= rate * m[i] / (np.sqrt(v[i]) + eps)


@_compiled
def labels_fit(labels, K):
    """Say whether all labels lie in 0 … K − 1."""
    outside = 0
    for i in range(labels.size):
        outside += (labels[i] < 0) | (labels[i] >= K)
    return outside == 0


@_compiled
def _powers(Z, out, m, s):
    """Write exp(z − m) into `out`, the row maxima into m and the row sums into s."""
    n, K = Z.shape
    if K >= _NARROW:
        for i in range(n):
            z, a = Z[i], out[i]
            top, total = _maximum(z), Z.dtype.type(0)
            for j in range(K):
                e = _exp(z[j] - top)
                a[j] = e
                total += e
            m[i], s[i] = top, total
        return
    for i in range(n):
        top = Z[i, 0]
        for j in range(1, K):
            top = max(top, Z[i, j])
        m[i] = top
        for j in range(K):
            out[i, j] = Z[i, j] - top
    flat = out.reshape(-1)
    for j in range(flat.size):
        flat[j] = _exp(flat[j])
    for i in range(n):
        total = Z.dtype.type(0)
        for j in range(K):
            total += out[i, j]
        s[i] = total


@_compiled
def _maximum(z):
    """Return max z by way of integers: a float's bits, mended below zero, grow with its value, and vectorise."""
    best = _key(z[0])
    for j in range(1, z.size):
        best = max(best, _key(z[j]))
    return _unkey(best)


def _exp(x: Any) -> Any:
    """Return exp(x) for x ≤ 0, exactly 0 below the smallest normal number: 2ᵏ · exp(r), r = x − k log 2."""


@overload(_exp, jit_options={"fastmath": {"contract"}})
def _exp_overload(x):
    return inspect.unwrap(_exp32 if x == types.float32 else _exp64)


def _exp32(x):
    f = np.float32
    k = np.rint(x * f(1.442695040888963))
    r = (x - k * f(0.693359375)) - k * f(-2.1219444e-4)  # log 2 in two pieces: the first product is exact
    p = f(1 / 5040) * r + f(1 / 720)  # Taylor to r⁷: |r| ≤ log(2)/2 leaves 5e-9
    p = p * r + f(1 / 120)
    p = p * r + f(1 / 24)
    p = p * r + f(1 / 6)
    p = p * r + f(1 / 2)
    p = p * r * r + r + f(1)
    power = _unbits(np.int32(np.int32(np.int32(k) + np.int32(127)) << np.int32(23)))
    return f(0) if x < f(-87.33) else p * power


def _exp64(x):
    k = np.rint(x * 1.4426950408889634)
    r = (x - k * 0.693145751953125) - k * 1.4286068203094172321e-6
    p = (1 / 6227020800) * r + 1 / 479001600  # Taylor to r¹³: |r| ≤ log(2)/2 leaves 4e-18
    p = p * r + 1 / 39916800
    p = p * r + 1 / 3628800
    p = p * r + 1 / 362880
    p = p * r + 1 / 40320
    p = p * r + 1 / 5040
    p = p * r + 1 / 720
    p = p * r + 1 / 120
    p = p * r + 1 / 24
    p = p * r + 1 / 6
    p = p * r + 1 / 2
    p = p * r * r + r + 1.0
    power = _unbits(np.int64((np.int64(k) + np.int64(1023)) << np.int64(52)))
    return 0.0 if x < -708.39 else p * power


@_compiled
def _key(x):
    return _mend(_bits(x))


@_compiled
def _unkey(b):
    return _unbits(_mend(b))


def _mend(b: Any) -> Any:
    """Flip all bits but the sign of negative floats, so that integers order as floats do; its own inverse."""


@overload(_mend)
def _mend_overload(b):
    # each operation wrapped: Numba would widen 32-bit integers to 64 and halve the lanes
    if b == types.int32:
        return lambda b: np.int32(b ^ np.int32(np.int32(b >> np.int32(31)) & np.int32(0x7FFFFFFF)))
    return lambda b: np.int64(b ^ (np.int64(b >> np.int64(63)) & np.int64(0x7FFFFFFFFFFFFFFF)))


@intrinsic
def _bits(typingctx: Any, x: Any) -> Any:
    """Read a float as the integer of the same width, bit by bit."""
    return _cast(types.int32 if x == types.float32 else types.int64, x)


@intrinsic
def _unbits(typingctx: Any, b: Any) -> Any:
    """Read an integer as the float of the same width, bit by bit."""
    return _cast(types.float32 if b == types.int32 else types.float64, b)


def _cast(to: Any, source: Any) -> Any:
    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.bitcast(args[0], context.get_value_type(to))

    return to(source), codegen
