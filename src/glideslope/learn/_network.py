r"""A fully connected network with explicit backpropagation: every line is one line of the derivation.

Forward: $Z_l = A_{l-1} W_l + b_l,\; A_l = \phi(Z_l)$.  Backward, from $D_L = \partial C / \partial Z_L$:
$\partial W_l = A_{l-1}^\top D_l,\; \partial b_l = \mathbf 1^\top D_l,\; D_{l-1} = (D_l W_l^\top) \odot \phi'(Z_{l-1})$.
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
        self.theta, self.gradient = np.zeros(p, dtype), np.zeros(p, dtype)
        self.W, self.b = _views(self.theta, sizes)
        self.dW, self.db = _views(self.gradient, sizes)
        gain = 2.0 if activation == "relu" else 1.0  # keeps the spread of A_l from layer to layer
        for W in self.W:
            W[...] = rng.normal(size=W.shape) * np.sqrt(gain / W.shape[0])
        self._buffers: dict[int, tuple[list[ndarray], list[ndarray], ndarray]] = {}

    def forward(self, X: Float[ndarray, "n d"]) -> Float[ndarray, "n K"]:
        """Return the last Z; hidden activations stay in buffers until the next call of this batch size."""
        A, _, _ = self._buffers_for(len(X))
        A[0] = X
        last = len(self.W) - 1
        for layer, (W, b) in enumerate(zip(self.W, self.b, strict=True)):
            Z = np.matmul(A[layer], W, out=A[layer + 1])
            Z += b
            if layer < last:
                _activate(Z, self.activation)
        return A[-1]

    def backward(self, D: Float[ndarray, "n K"]) -> None:
        """Fill `gradient` from D = ∂C/∂Z of the last layer, for the batch seen last by `forward`."""
        A, deltas, ones = self._buffers_for(len(D))
        for layer in reversed(range(len(self.W))):
            np.matmul(A[layer].T, D, out=self.dW[layer])
            np.matmul(ones, D, out=self.db[layer])  # BLAS adds columns faster than D.sum(axis=0)
            if layer:  # nobody needs the gradient of the input
                D = np.matmul(D, self.W[layer].T, out=deltas[layer])
                _times_slope(D, A[layer], self.activation)

    def predict(self, X: Float[ndarray, "n d"]) -> Float[ndarray, "n K"]:
        """Return the last Z for many rows, 4096 at a time; buffers of other batch sizes are not kept."""
        outputs = np.empty((len(X), self.sizes[-1]), self.theta.dtype)
        for i in range(0, len(X), 4096):
            part = X[i : i + 4096].astype(self.theta.dtype, copy=False)
            outputs[i : i + 4096] = self.forward(part)
            self._buffers.pop(len(part), None)
        return outputs

    def _buffers_for(self, n: int) -> tuple[list[ndarray], list[ndarray], ndarray]:
        if n not in self._buffers:
            dtype = self.theta.dtype
            A = [np.empty((n, size), dtype) for size in self.sizes]
            self._buffers[n] = A, [np.empty_like(a) for a in A], np.ones(n, dtype)
        return self._buffers[n]

    def __getstate__(self) -> dict[str, object]:
        return {"sizes": self.sizes, "activation": self.activation, "theta": self.theta}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        self.gradient = np.zeros_like(self.theta)
        self.W, self.b = _views(self.theta, self.sizes)
        self.dW, self.db = _views(self.gradient, self.sizes)
        self._buffers = {}


def _views(flat: Float[ndarray, " p"], sizes: list[int]) -> tuple[list[ndarray], list[ndarray]]:
    W, b, at = [], [], 0
    for m, n in pairwise(sizes):
        W.append(flat[at : at + m * n].reshape(m, n))
        b.append(flat[at + m * n : at + (m + 1) * n])
        at += (m + 1) * n
    return W, b


def _activate(Z: Float[ndarray, "n h"], activation: str) -> None:
    """Replace Z by φ(Z)."""
    if activation == "relu":
        np.maximum(Z, 0, out=Z)
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
