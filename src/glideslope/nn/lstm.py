r"""Long short-term memory: a cell that is added to, guarded by three gates.

\(i, f, o = \sigma(\cdot)\), \(g = \tanh(\cdot)\) of \(x_t W_x + h_{t-1} W_h + b\);
\(c_t = f \odot c_{t-1} + i \odot g\), \(h_t = o \odot \tanh c_t\).
The cell's gradient is multiplied by f alone, so that it survives hundreds of steps when f is near one.
"""

from functools import partial
from typing import Any

import numpy as np

from glideslope._typing import ndarray
from glideslope.autograd import Tensor, op
from glideslope.autograd.buffers import empty
from glideslope.autograd.tensor import Pullback
from glideslope.nn import _fused
from glideslope.nn.init import xavier
from glideslope.nn.module import Module
from glideslope.nn.rnn import project, unproject

__all__ = ["LSTM", "lstm"]


@op
def lstm(X: Any, Wx: Any, Wh: Any, b: Any) -> tuple[Any, Pullback]:
    r"""Run an LSTM over a whole sequence, from \(h_0 = c_0 = 0\).

    Equation: backwards, with \(\tau = \tanh c_t\): \(\bar c_t \mathrel{+}= \bar h_t\,o(1 - \tau^2)\),
    \(\bar a_i = \bar c\,g\,i(1 - i)\), \(\bar a_f = \bar c\,c_{t-1} f(1 - f)\), \(\bar a_g = \bar c\,i(1 - g^2)\),
    \(\bar a_o = \bar h\,\tau\,o(1 - o)\), and \(\bar c_{t-1} = \bar c_t f\).

    Args:
        X: shape (n, t, d).
        Wx: shape (d, 4h), columns in the order i, f, g, o.
        Wh: shape (h, 4h).
        b: shape (4h,).

    Returns:
        All hidden vectors, shape (n, t, h).

    Cost: with \(\sigma(a) = \tfrac12 + \tfrac12\tanh\tfrac a2\) one tanh serves all four gates of a step.

    Source: [hochreiter1997], with the forget gate of [gers2000]

    Example:
        >>> lstm(np.zeros((2, 5, 3)), np.zeros((3, 16)), np.zeros((4, 16)), np.zeros(16)).shape
        (2, 5, 4)
    """
    half = half_where_sigmoid(np.asarray(b))
    Wh_half = Wh * half
    x, A = project(X, Wx * half, b * half, Wh)  # becomes the gates, step by step
    steps, n, k = A.shape
    H, C = (empty((steps + 1, n, k // 4), A.dtype) for _ in range(2))
    H[0], C[0] = 0, 0  # the start
    recurrent, tanh_C = empty(A.shape[1:], A.dtype), empty(C[1:].shape, A.dtype)
    step = _fused.loops().lstm_step if _fused.serves(A) else partial(_step, half, 1 - half)
    for t in range(steps):
        np.matmul(H[t], Wh_half, out=recurrent)
        step(A[t], recurrent, C[t], C[t + 1], tanh_C[t], H[t + 1])

    def pull(g: ndarray) -> tuple[Any, ...]:
        g = np.ascontiguousarray(g.transpose(1, 0, 2))
        dA, back = empty(A.shape, A.dtype), np.ascontiguousarray(Wh.T)
        dh, dc = np.zeros((2, n, k // 4), A.dtype)
        if _fused.serves(A, g):
            step_back, outward = _fused.loops().lstm_step_back, tanh_C
        else:
            step_back, outward = _step_back, _slopes(A, C[:-1], tanh_C, dA)
        for t in reversed(range(steps)):
            step_back(A[t], C[t], outward[t], g[t], dh, dc, dA[t])
            np.matmul(dA[t], back, out=dh)
        return unproject(dA, x, Wx, H[:-1])

    return H[1:].transpose(1, 0, 2), pull


class LSTM(Module):
    r"""Turn a sequence of d features into a sequence of h hidden values, with a gated memory.

    Args:
        d: features per step.
        h: length of the hidden vector and of the cell.
        rng: source of the starting weights (Xavier); the forget gate starts open, with bias 1.

    Example:
        >>> LSTM(3, 8, rng=np.random.default_rng(0))(np.zeros((2, 5, 3))).shape
        (2, 5, 8)
    """

    def __init__(self, d: int, h: int, *, rng: np.random.Generator) -> None:
        b = np.zeros(4 * h, np.float32)
        b[h : 2 * h] = 1
        self.Wx = Tensor(xavier((d, 4 * h), d, h, rng=rng), needs_grad=True, name="Wx")
        self.Wh = Tensor(xavier((h, 4 * h), h, h, rng=rng), needs_grad=True, name="Wh")
        self.b = Tensor(b, needs_grad=True, name="b")

    def forward(self, X: Any) -> Tensor:
        """Return all hidden vectors, shape (n, t, h), for X of shape (n, t, d)."""
        return lstm(X, self.Wx, self.Wh, self.b)


def half_where_sigmoid(b: ndarray) -> ndarray:
    """1/2 for the columns of i, f, o, which go through a sigmoid, 1 for those of g."""
    h = b.size // 4
    half = np.full(b.size, 0.5, b.real.dtype)
    half[2 * h : 3 * h] = 1
    return half


def _step(
    scale: ndarray,
    shift: ndarray,
    gates: ndarray,
    recurrent: ndarray,
    c_before: ndarray,
    c: ndarray,
    tanh_c: ndarray,
    h: ndarray,
) -> None:
    """From the two parts of the (halved) pre-activations to gates, in place, cell and output."""
    gates += recurrent
    np.tanh(gates, out=gates)
    gates *= scale  # the sigmoids: over whole rows, which takes a quarter of the time of three slices
    gates += shift
    i, f, g, o = _four(gates)
    np.multiply(f, c_before, out=c)
    c += i * g
    np.tanh(c, out=tanh_c)
    np.multiply(o, tanh_c, out=h)


def _slopes(gates: ndarray, c_before: ndarray, tanh_c: ndarray, dA: ndarray) -> ndarray:
    """What each pre-activation's gradient is multiplied by, and the way from h to c, for all steps at once.

    They do not depend on the recursion.
    """
    i, f, g, o = _four(gates)
    di, df, dg, do = _four(dA)
    np.multiply(g, i * (1 - i), out=di)
    np.multiply(c_before, f * (1 - f), out=df)
    np.multiply(i, 1 - g * g, out=dg)
    np.multiply(tanh_c, o * (1 - o), out=do)
    return o * (1 - tanh_c * tanh_c)


def _step_back(gates: ndarray, _: ndarray, outward: ndarray, g: ndarray, dh: ndarray, dc: ndarray, dA: ndarray) -> None:
    """From slopes to gradients of the four pre-activations; dc becomes that of the cell one step earlier."""
    n, h = dh.shape
    dh += g
    dc += dh * outward
    dA.reshape(n, 4, h)[:, :3] *= dc[:, None]
    dA[:, 3 * h :] *= dh
    dc *= gates[:, h : 2 * h]


def _four(gates: ndarray) -> tuple[ndarray, ndarray, ndarray, ndarray]:
    h = gates.shape[-1] // 4
    return gates[..., :h], gates[..., h : 2 * h], gates[..., 2 * h : 3 * h], gates[..., 3 * h :]
