"""The loops behind `_fused`, compiled by Numba for float32 on one thread.

Written so that LLVM turns the inner loop into vector code: no calls, no branches, unit stride.
The library's tanh is a call, so it is written out as a quotient of two polynomials; exp comes from the kernels.
"""

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit

from glideslope.kernels._rows_numba import _exp

f = np.float32

# tanh x ≈ x p(x²)/q(x²) on |x| ≤ 8.5: a least-squares fit of ours in the relative error, reweighted until it was level.
# The quotient is off by 1.2e-8 at most; evaluated in float32, by 3.3e-7.
P0, P1, P2, P3, P4 = f(0.999999988), f(0.1341325), f(0.00353403054), f(2.12511049e-05), f(1.42693121e-08)
Q1, Q2, Q3, Q4 = f(0.467465728), f(0.0260227653), f(0.000334887082), f(8.14515781e-07)
LIMIT = f(8.5)  # beyond, tanh is 1 in float32
ROOT, CUBIC = f(np.sqrt(2 / np.pi)), f(0.044715)
ONE, TWO, THREE, HALF = f(1), f(2), f(3), f(0.5)


def _compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile; unwrapped, because tests wrap functions to check shapes and Numba wants the bare one."""
    bare = inspect.unwrap(function)
    return njit(cache=True, nogil=True, error_model="numpy", fastmath={"reassoc", "contract", "arcp", "nsz"})(bare)


@_compiled
def _tanh(x):  # type: ignore[no-untyped-def]
    x = min(max(x, -LIMIT), LIMIT)
    s = x * x
    p = (((P4 * s + P3) * s + P2) * s + P1) * s + P0
    q = (((Q4 * s + Q3) * s + Q2) * s + Q1) * s + ONE
    return min(max(x * p / q, -ONE), ONE)


@_compiled
def gelu(x, z, slope):  # type: ignore[no-untyped-def]
    """Write gelu(x) and its derivative."""
    for i in range(x.size):
        v = x[i]
        s = CUBIC * v * v
        e = _exp(-abs(TWO * ROOT * v * (ONE + s)))
        near_one = ONE / (ONE + e)
        near_zero = e * near_one
        p = near_one if v > 0 else near_zero
        z[i] = v * p
        slope[i] = p + v * (TWO * ROOT * (ONE + THREE * s)) * (near_one * near_zero)


@_compiled
def layer_norm(x, gamma, beta, eps, z, x_hat, inverse):  # type: ignore[no-untyped-def]
    """Write γ x̂ + β, x̂ and 1/√(σ² + ε) of each row."""
    n, d = x.shape
    for i in range(n):
        mean, square = f(0), f(0)
        for j in range(d):
            mean += x[i, j]
        mean /= f(d)
        for j in range(d):
            square += (x[i, j] - mean) * (x[i, j] - mean)
        scale = ONE / np.sqrt(square / f(d) + eps)
        inverse[i] = scale
        for j in range(d):
            h = (x[i, j] - mean) * scale
            x_hat[i, j] = h
            z[i, j] = gamma[j] * h + beta[j]


@_compiled
def layer_norm_back(g, gamma, x_hat, inverse, gx, g_gamma, g_beta):  # type: ignore[no-untyped-def]
    """Write the gradient of x and add up those of γ and β."""
    n, d = g.shape
    for i in range(n):
        mean, along = f(0), f(0)
        for j in range(d):
            h = g[i, j] * gamma[j]
            mean += h
            along += h * x_hat[i, j]
        mean /= f(d)
        along /= f(d)
        for j in range(d):
            gx[i, j] = (g[i, j] * gamma[j] - mean - x_hat[i, j] * along) * inverse[i]
            g_gamma[j] += g[i, j] * x_hat[i, j]
            g_beta[j] += g[i, j]


@_compiled
def softmax_rows_back(P, gP, scale):  # type: ignore[no-untyped-def]
    """Replace gP by scale · P (gP − ⟨gP, P⟩), row by row."""
    n, k = P.shape
    for i in range(n):
        along = f(0)
        for j in range(k):
            along += gP[i, j] * P[i, j]
        for j in range(k):
            gP[i, j] = scale * P[i, j] * (gP[i, j] - along)


@_compiled
def max_pool2x2(x, z):  # type: ignore[no-untyped-def]
    """Write the maxima of the 2×2 patches of x (c, height, width, n)."""
    c, rows, columns, n = z.shape
    for k in range(c):
        for i in range(rows):
            for j in range(columns):
                for m in range(n):
                    top = max(x[k, 2 * i, 2 * j, m], x[k, 2 * i, 2 * j + 1, m])
                    bottom = max(x[k, 2 * i + 1, 2 * j, m], x[k, 2 * i + 1, 2 * j + 1, m])
                    z[k, i, j, m] = max(top, bottom)


@_compiled
def max_pool2x2_back(g, x, z, gx):  # type: ignore[no-untyped-def]
    """Send each gradient to the first entry of its patch that equals the maximum."""
    c, rows, columns, n = z.shape
    zero = f(0)
    for k in range(c):
        for i in range(rows):
            for j in range(columns):
                for m in range(n):
                    top, left = 2 * i, 2 * j
                    v, rest = z[k, i, j, m], g[k, i, j, m]
                    share = rest if x[k, top, left, m] == v else zero
                    gx[k, top, left, m] = share
                    rest -= share
                    share = rest if x[k, top, left + 1, m] == v else zero
                    gx[k, top, left + 1, m] = share
                    rest -= share
                    share = rest if x[k, top + 1, left, m] == v else zero
                    gx[k, top + 1, left, m] = share
                    gx[k, top + 1, left + 1, m] = rest - share


@_compiled
def lstm_step(gates, recurrent, c_before, c, tanh_c, h):  # type: ignore[no-untyped-def]
    """From the two parts of the (halved) pre-activations to gates, in place, cell and output.

    Six short loops over slices: merged into one loop they are too many streams for LLVM, and nine times slower.
    """
    n, k = c.shape
    for m in range(n):
        all_gates, added = gates[m], recurrent[m]
        i, forget, new, o = _four(all_gates)
        before, cell, t, out = c_before[m], c[m], tanh_c[m], h[m]
        for j in range(4 * k):
            all_gates[j] = _tanh(all_gates[j] + added[j])
        for j in range(2 * k):  # i and f are neighbours
            all_gates[j] = HALF + HALF * all_gates[j]
        for j in range(k):
            o[j] = HALF + HALF * o[j]
        for j in range(k):
            cell[j] = forget[j] * before[j] + i[j] * new[j]
        for j in range(k):
            t[j] = _tanh(cell[j])
        for j in range(k):
            out[j] = o[j] * t[j]


@_compiled
def lstm_step_back(gates, c_before, tanh_c, g, dh, dc, dA):  # type: ignore[no-untyped-def]
    """Gradients of the four pre-activations; dc becomes that of the cell one step earlier."""
    n, k = c_before.shape
    for m in range(n):
        i, forget, new, o = _four(gates[m])
        di, dforget, dnew, do = _four(dA[m])
        before, t, above, h, cell = c_before[m], tanh_c[m], g[m], dh[m], dc[m]
        for j in range(k):
            h[j] += above[j]
        for j in range(k):
            cell[j] += h[j] * o[j] * (ONE - t[j] * t[j])
        for j in range(k):
            di[j] = cell[j] * new[j] * i[j] * (ONE - i[j])
        for j in range(k):
            dforget[j] = cell[j] * before[j] * forget[j] * (ONE - forget[j])
        for j in range(k):
            dnew[j] = cell[j] * i[j] * (ONE - new[j] * new[j])
        for j in range(k):
            do[j] = h[j] * t[j] * o[j] * (ONE - o[j])
        for j in range(k):
            cell[j] *= forget[j]


@_compiled
def _four(row):  # type: ignore[no-untyped-def]
    k = row.size // 4
    return row[:k], row[k : 2 * k], row[2 * k : 3 * k], row[3 * k :]
