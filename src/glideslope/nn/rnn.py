r"""The plain recurrent network: one hidden vector, carried from step to step.

\(h_t = \tanh(x_t W_x + h_{t-1} W_h + b)\). Backwards in time \(\delta_t = (\bar h_t + \delta_{t+1} W_h^\top)\odot(1 - h_t^2)\), and all
weight gradients are one product over all steps. Its memory fades as powers of \(W_h\); for long memories take LSTM or GRU.
"""

from typing import Any

import numpy as np

from glideslope._typing import ndarray
from glideslope.autograd import Tensor, op
from glideslope.autograd.buffers import empty
from glideslope.autograd.tensor import Pullback
from glideslope.errors import ShapeError
from glideslope.nn.init import xavier
from glideslope.nn.module import Module

__all__ = ["RNN", "rnn"]


@op
def rnn(X: Any, Wx: Any, Wh: Any, b: Any) -> tuple[Any, Pullback]:
    r"""Run the recurrence over a whole sequence, from \(h_0 = 0\).

    Args:
        X: shape (n, t, d).
        Wx: shape (d, h).
        Wh: shape (h, h).
        b: shape (h,).

    Returns:
        All hidden vectors, shape (n, t, h).

    Cost: the input products, all weight gradients and dX are one matrix product each; a step keeps one product.

    Example:
        >>> rnn(np.zeros((2, 5, 3)), np.zeros((3, 4)), np.zeros((4, 4)), np.zeros(4)).shape
        (2, 5, 4)
    """
    x, A = project(X, Wx, b, Wh)
    steps, n, h = A.shape
    H = np.zeros((steps + 1, n, h), A.dtype)  # H[0] is the start
    for t in range(steps):
        H[t + 1] = np.tanh(A[t] + H[t] @ Wh)

    def pull(g: ndarray) -> tuple[Any, ...]:
        g = g.transpose(1, 0, 2)
        dA = np.empty_like(A)
        carried = np.zeros((n, h), A.dtype)
        for t in reversed(range(steps)):
            dA[t] = (g[t] + carried) * (1 - H[t + 1] ** 2)
            carried = dA[t] @ Wh.T
        return unproject(dA, x, Wx, H[:-1])

    return H[1:].transpose(1, 0, 2), pull


class RNN(Module):
    r"""Turn a sequence of d features into a sequence of h hidden values.

    Args:
        d: features per step.
        h: length of the hidden vector.
        rng: source of the starting weights (Xavier).

    Example:
        >>> RNN(3, 8, rng=np.random.default_rng(0))(np.zeros((2, 5, 3))).shape
        (2, 5, 8)
    """

    def __init__(self, d: int, h: int, *, rng: np.random.Generator) -> None:
        self.Wx = Tensor(xavier((d, h), d, h, rng=rng), needs_grad=True, name="Wx")
        self.Wh = Tensor(xavier((h, h), h, h, rng=rng), needs_grad=True, name="Wh")
        self.b = Tensor(np.zeros(h, np.float32), needs_grad=True, name="b")

    def forward(self, X: Any) -> Tensor:
        """Return all hidden vectors, shape (n, t, h), for X of shape (n, t, d)."""
        return rnn(X, self.Wx, self.Wh, self.b)


def project(X: Any, Wx: ndarray, b: ndarray, *recurrent: ndarray) -> tuple[ndarray, ndarray]:
    r"""Time-major inputs (t, n, d), and their part of every gate \(x_t W_x + b\), (t, n, k), in one product.

    The dtype allows for that of the recurrent weights too, which are added later.
    """
    X = np.asarray(X)
    if X.ndim != 3 or X.shape[2] != len(Wx):
        raise ShapeError(
            f"A recurrent layer expected sequences of shape (n, t, {len(Wx)}), got {X.shape}: "
            "axes are example, time, feature."
        )
    x = np.ascontiguousarray(X.transpose(1, 0, 2))
    k = Wx.shape[1]
    A = empty((*x.shape[:2], k), np.result_type(x, Wx, b, *recurrent))
    np.matmul(x.reshape(-1, x.shape[2]), Wx, out=A.reshape(-1, k))
    A += b
    return x, A


def unproject(dA: ndarray, x: ndarray, Wx: ndarray, H: ndarray) -> tuple[Any, ...]:
    """Gradients of X, Wx, Wh, b from those of the pre-activations of all steps: one product each."""
    flat = dA.reshape(-1, dA.shape[2])
    return (
        lambda: (flat @ Wx.T).reshape(x.shape).transpose(1, 0, 2),
        lambda: x.reshape(-1, x.shape[2]).T @ flat,
        lambda: H.reshape(-1, H.shape[2]).T @ flat,
        lambda: np.ones(len(flat), flat.dtype) @ flat,
    )
