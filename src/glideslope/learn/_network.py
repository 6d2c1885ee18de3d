r"""A fully connected network with explicit backpropagation: every line is one line of the derivation.

Forward: $Z_l = A_{l-1} W_l + \mathbf 1 b_l^\top,\; A_l = \phi(Z_l)$.  Backward, from $D_L = \partial C / \partial Z_L$:
$\partial W_l = A_{l-1}^\top D_l,\; \partial b_l = \mathbf 1^\top D_l,\; D_{l-1} = (D_l W_l^\top) \odot \phi'(Z_{l-1})$.
A column of ones after each A makes the bias one more row of W, so one product does for both: $Z_l = [A_{l-1}, \mathbf 1]\,[W_l; b_l]$.
All parameters are views of one flat vector, all temporaries are made once: an optimiser sees one array.
"""

from itertools import pairwise

import numpy as np

from glideslope._typing import Float, ndarray
from glideslope.kernels import sigmoid

ACTIVATIONS = ("relu", "tanh", "logistic", "identity")


class Network:
    """Layers of the given sizes; `theta` and `gradient` are flat, `W`, `b`, `dW`, `db` are views of them."""

    def __init__(self, sizes: list[int], activation: str, dtype: np.dtype, rng: np.random.Generator) -> None:
        p = sum((m + 1) * n for m, n in pairwise(sizes))
        self.sizes, self.activation = sizes, activation
        self._share(np.zeros(p, dtype))
        gain = 2.0 if activation == "relu" else 1.0  # keeps the spread of A_l from layer to layer
        for W in self.W:
            W[...] = rng.normal(size=W.shape) * np.sqrt(gain / W.shape[0])

    def _share(self, theta: Float[ndarray, " p"]) -> None:
        """Cut `theta`, and a gradient like it, into layers: `Wb` is W with b as its last row."""
        self.theta, self.gradient = theta, np.zeros_like(theta)
        self.Wb, self.dWb = _views(self.theta, self.sizes), _views(self.gradient, self.sizes)
        self.W, self.b = [Wb[:-1] for Wb in self.Wb], [Wb[-1] for Wb in self.Wb]
        self.dW, self.db = [dWb[:-1] for dWb in self.dWb], [dWb[-1] for dWb in self.dWb]
        self._buffers: dict[int, _Buffers] = {}

    def forward(self, X: Float[ndarray, "n d"]) -> Float[ndarray, "n K"]:
        """Return the last Z; hidden activations stay in buffers until the next call of this batch size."""
        A1, Z, zeros, _ = self._buffers_for(len(X))
        A1[0][:, :-1] = X
        for layer, Wb in enumerate(self.Wb):
            if layer:
                _activate(A1[layer], zeros[layer], self.activation)
            np.matmul(A1[layer], Wb, out=Z[layer + 1])
        return Z[-1]

    def backward(self, D: Float[ndarray, "n K"]) -> None:
        """Fill `gradient` from D = ∂C/∂Z of the last layer, for the batch seen last by `forward`."""
        A1, Z, _, deltas = self._buffers_for(len(D))
        for layer in reversed(range(len(self.W))):
            np.matmul(A1[layer].T, D, out=self.dWb[layer])
            if layer:  # nobody needs the gradient of the input
                D = np.matmul(D, self.W[layer].T, out=deltas[layer])
                _times_slope(D, Z[layer], self.activation)

    def predict(self, X: Float[ndarray, "n d"]) -> Float[ndarray, "n K"]:
        """Return the last Z for many rows, 4096 at a time; buffers of other batch sizes are not kept."""
        outputs = np.empty((len(X), self.sizes[-1]), self.theta.dtype)
        for i in range(0, len(X), 4096):
            part = X[i : i + 4096].astype(self.theta.dtype, copy=False)
            outputs[i : i + 4096] = self.forward(part)
            self._buffers.pop(len(part), None)
        return outputs

    def _buffers_for(self, n: int) -> "_Buffers":
        if n not in self._buffers:
            *inputs, K = self.sizes
            dtype = self.theta.dtype
            A1 = [np.ones((n, size + 1), dtype) for size in inputs]
            Z = [*(a[:, :-1] for a in A1), np.empty((n, K), dtype)]  # Z_l lies where A_l will
            self._buffers[n] = A1, Z, [np.zeros_like(a) for a in A1], [np.empty((n, size), dtype) for size in inputs]
        return self._buffers[n]

    def __getstate__(self) -> dict[str, object]:
        return {"sizes": self.sizes, "activation": self.activation, "theta": self.theta}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        self._share(self.theta)


# for one batch size: [A, 1] of each layer's input, Z of each layer, zeros like A, D of each hidden layer
_Buffers = tuple[list[ndarray], list[ndarray], list[ndarray], list[ndarray]]


def _views(flat: Float[ndarray, " p"], sizes: list[int]) -> list[Float[ndarray, "m1 n"]]:
    views, at = [], 0
    for m, n in pairwise(sizes):
        views.append(flat[at : at + (m + 1) * n].reshape(m + 1, n))
        at += (m + 1) * n
    return views


def _activate(A1: Float[ndarray, "n h1"], zeros: Float[ndarray, "n h1"], activation: str) -> None:
    """Replace Z by φ(Z) in all columns but the last, which holds ones."""
    Z = A1[:, :-1]
    if activation == "relu":
        np.maximum(A1, zeros, out=A1)  # ones stay ones; an array of zeros is 3 × faster than the number 0
    elif activation == "tanh":
        np.tanh(Z, out=Z)
    elif activation == "logistic":
        sigmoid(Z, out=Z)


def _times_slope(D: Float[ndarray, "n h"], A: Float[ndarray, "n h"], activation: str) -> None:
    """Multiply D by φ'(Z), written with A = φ(Z); A is used up."""
    if activation == "relu":
        np.multiply(D, A > 0, out=D)
    elif activation == "tanh":
        np.multiply(A, A, out=A)
        D *= np.subtract(1, A, out=A)
    elif activation == "logistic":
        D *= A
        D *= np.subtract(1, A, out=A)
