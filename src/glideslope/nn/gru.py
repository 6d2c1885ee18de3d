r"""Gated recurrent unit: one hidden vector that is partly kept and partly renewed.

\(r, z = \sigma(x_t W_x + b_x + h_{t-1}W_h + b_h)\), \(c = \tanh(x_t W_{xc} + b_{xc} + r\odot q)\) with
\(q = h_{t-1}W_{hc} + b_{hc}\), and \(h_t = (1 - z)\odot c + z\odot h_{t-1}\).
Two gates instead of the LSTM's three, a quarter less work, usually as good.
"""

from typing import Any

import numpy as np

from glideslope._typing import ndarray
from glideslope.autograd import Tensor, op
from glideslope.autograd.tensor import Pullback
from glideslope.nn.init import xavier
from glideslope.nn.module import Module
from glideslope.nn.rnn import project

__all__ = ["GRU", "gru"]


@op
def gru(X: Any, Wx: Any, Wh: Any, bx: Any, bh: Any) -> tuple[Any, Pullback]:
    r"""Run a GRU over a whole sequence, from \(h_0 = 0\).

    Equation: backwards, \(\bar a_z = \bar h\,(h_{t-1} - c)\,z(1 - z)\), \(\bar a_c = \bar h\,(1 - z)(1 - c^2)\),
    \(\bar a_r = \bar a_c\,q\,r(1 - r)\), and \(\bar h_{t-1} = \bar h z + (\bar a_r, \bar a_z, \bar a_c r)\,W_h^\top\),
    where a is what goes into the sigmoid or the tanh.

    Args:
        X: shape (n, t, d).
        Wx: shape (d, 3h), columns in the order r, z, c.
        Wh: shape (h, 3h).
        bx, bh: shape (3h,), added to the inputs' and to the hidden vector's part.

    Returns:
        All hidden vectors, shape (n, t, h).

    Source: [cho2014], in the variant of [chung2014] that resets after the product

    Example:
        >>> gru(np.zeros((2, 5, 3)), np.zeros((3, 12)), np.zeros((4, 12)), np.zeros(12), np.zeros(12)).shape
        (2, 5, 4)
    """
    x, A = project(X, Wx, bx, Wh, bh)  # becomes r, z, c, step by step
    steps, n, k = A.shape
    h = k // 3
    H, Q = np.zeros((steps + 1, n, h), A.dtype), np.empty((steps, n, h), A.dtype)
    for t in range(steps):
        recurrent = H[t] @ Wh + bh
        gates, Q[t] = A[t, :, : 2 * h], recurrent[:, 2 * h :]
        gates[...] = 0.5 + 0.5 * np.tanh(0.5 * (gates + recurrent[:, : 2 * h]))
        r, z, c = np.split(A[t], 3, axis=1)
        c[...] = np.tanh(c + r * Q[t])
        H[t + 1] = c + z * (H[t] - c)

    def pull(g: ndarray) -> tuple[Any, ...]:
        g = g.transpose(1, 0, 2)
        dA, dR = np.empty_like(A), np.empty_like(A)  # of the inputs' part and of the recurrent part
        dh = np.zeros((n, h), A.dtype)
        for t in reversed(range(steps)):
            dh = dh + g[t]
            r, z, c = np.split(A[t], 3, axis=1)
            da_c = dh * (1 - z) * (1 - c * c)
            dA[t, :, :h] = da_c * Q[t] * (r * (1 - r))
            dA[t, :, h : 2 * h] = dh * (H[t] - c) * (z * (1 - z))
            dA[t, :, 2 * h :] = da_c
            dR[t] = dA[t]
            dR[t, :, 2 * h :] *= r
            dh = dh * z + dR[t] @ Wh.T
        return _weights(dA, dR, x, Wx, H[:-1])

    return H[1:].transpose(1, 0, 2), pull


class GRU(Module):
    r"""Turn a sequence of d features into a sequence of h hidden values, with a gated hidden vector.

    Args:
        d: features per step.
        h: length of the hidden vector.
        rng: source of the starting weights (Xavier).

    Example:
        >>> GRU(3, 8, rng=np.random.default_rng(0))(np.zeros((2, 5, 3))).shape
        (2, 5, 8)
    """

    def __init__(self, d: int, h: int, *, rng: np.random.Generator) -> None:
        self.Wx = Tensor(xavier((d, 3 * h), d, h, rng=rng), needs_grad=True, name="Wx")
        self.Wh = Tensor(xavier((h, 3 * h), h, h, rng=rng), needs_grad=True, name="Wh")
        self.bx = Tensor(np.zeros(3 * h, np.float32), needs_grad=True, name="bx")
        self.bh = Tensor(np.zeros(3 * h, np.float32), needs_grad=True, name="bh")

    def forward(self, X: Any) -> Tensor:
        """Return all hidden vectors, shape (n, t, h), for X of shape (n, t, d)."""
        return gru(X, self.Wx, self.Wh, self.bx, self.bh)


def _weights(dA: ndarray, dR: ndarray, x: ndarray, Wx: ndarray, H: ndarray) -> tuple[Any, ...]:
    """Gradients of X, Wx, Wh, bx, bh: one product each over all steps."""
    inputs, recurrent = dA.reshape(-1, dA.shape[2]), dR.reshape(-1, dR.shape[2])
    ones = np.ones(len(inputs), dA.dtype)
    return (
        lambda: (inputs @ Wx.T).reshape(x.shape).transpose(1, 0, 2),
        lambda: x.reshape(-1, x.shape[2]).T @ inputs,
        lambda: H.reshape(-1, H.shape[2]).T @ recurrent,
        lambda: ones @ inputs,
        lambda: ones @ recurrent,
    )
