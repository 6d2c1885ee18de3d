r"""Attention: each position asks all others, and takes the mean of their answers, weighted by how well they match.

\(P = \mathrm{softmax}(QK^\top/\sqrt{d_k})\), \(Z = PV\), in several heads side by side. Backwards \(\bar V = P^\top\bar Z\),
\(\bar S = P\odot(\bar P - \langle\bar P, P\rangle)\) with \(\bar P = \bar Z V^\top\), then \(\bar Q = \bar S K/\sqrt{d_k}\), \(\bar K = \bar S^\top Q/\sqrt{d_k}\).
It knows no order (add positions) and costs t² in the length t.
"""

from typing import Any

import numpy as np

from glideslope import kernels
from glideslope._typing import Bool, ndarray
from glideslope.autograd import Tensor, op
from glideslope.autograd.buffers import empty
from glideslope.autograd.tensor import Pullback
from glideslope.errors import ShapeError
from glideslope.nn import _fused
from glideslope.nn.linear import Linear
from glideslope.nn.module import Module

__all__ = ["MultiHeadAttention", "attention", "causal_mask", "self_attention"]


@op
def attention(
    Q: Any, K: Any, V: Any, *, heads: int = 1, mask: Bool[ndarray, "..."] | None = None
) -> tuple[Any, Pullback]:
    r"""Scaled dot-product attention: \(Z = \mathrm{softmax}(QK^\top/\sqrt{d_k})V\).

    Args:
        Q: queries, shape (n, t, d).
        K: keys, shape (n, s, d).
        V: values, shape (n, s, d).
        heads: number of heads; each works on its own d/heads features.
        mask: True where a query may look, broadcast to (n, heads, t, s); a query that may look nowhere gets zeros.

    Returns:
        Shape (n, t, d).

    Raises:
        ShapeError: the shapes do not meet, or heads does not divide d.

    Cost: 4·n·t·s·d operations forward.

    Source: [vaswani2017, eq. 1]

    Example:
        >>> one = np.ones((1, 2, 4))
        >>> attention(one, one, one, heads=2).shape
        (1, 2, 4)
    """
    Q, K, V = np.asarray(Q), np.asarray(K), np.asarray(V)
    _check(Q, K, V, heads)
    Z = np.empty(Q.shape, np.result_type(Q, K, V))
    P = _attend(_split(Q, heads), _split(K, heads), _split(V, heads), mask, out=_split(Z, heads))

    def pull(g: ndarray) -> tuple[ndarray, ...]:
        gQ, gK, gV = (np.empty(M.shape, Z.dtype) for M in (Q, K, V))
        inputs, outputs = (Q, K, V, g), (gQ, gK, gV)
        _attend_back(P, *(_split(M, heads) for M in inputs), *(_split(M, heads) for M in outputs))
        return gQ, gK, gV

    return Z, pull


@op
def self_attention(QKV: Any, *, heads: int = 1, mask: Bool[ndarray, "..."] | None = None) -> tuple[Any, Pullback]:
    r"""Attention of a sequence to itself, from queries, keys and values side by side in one array.

    Args:
        QKV: shape (n, t, 3d), as one linear map makes it.
        heads: number of heads.
        mask: True where a query may look, broadcast to (n, heads, t, t).

    Returns:
        Shape (n, t, d).

    Cost: as `attention`, but no copy is made to take the three apart, and none to put their gradients together.

    Example:
        >>> self_attention(np.ones((1, 2, 12)), heads=2).shape
        (1, 2, 4)
    """
    QKV = np.asarray(QKV)
    Q, K, V = np.split(QKV, 3, axis=-1)
    _check(Q, K, V, heads)
    Z = empty(Q.shape, QKV.dtype)
    P = _attend(_split(Q, heads), _split(K, heads), _split(V, heads), mask, out=_split(Z, heads))

    def pull(g: ndarray) -> ndarray:
        gQKV = empty(QKV.shape, QKV.dtype)
        inputs, outputs = (Q, K, V, g), np.split(gQKV, 3, axis=-1)
        _attend_back(P, *(_split(M, heads) for M in inputs), *(_split(M, heads) for M in outputs))
        return gQKV

    return Z, pull


def causal_mask(t: int) -> Bool[ndarray, "t t"]:
    """Return the mask that lets each position see itself and the past only.

    Example:
        >>> causal_mask(3).astype(int)
        array([[1, 0, 0],
               [1, 1, 0],
               [1, 1, 1]])
    """
    return np.tri(t, dtype=bool)


class MultiHeadAttention(Module):
    r"""Project, attend in several heads, project back: \(Z = \mathrm{attention}(XW_q, YW_k, YW_v)\,W_o\).

    Args:
        d: features per position.
        heads: number of heads, a divisor of d.
        rng: source of the starting weights.

    Example:
        >>> layer = MultiHeadAttention(8, 2, rng=np.random.default_rng(0))
        >>> layer(np.ones((1, 5, 8)), mask=causal_mask(5)).shape
        (1, 5, 8)
    """

    def __init__(self, d: int, heads: int, *, rng: np.random.Generator) -> None:
        self.heads = heads
        self.qkv = Linear(d, 3 * d, rng=rng)
        self.out = Linear(d, d, rng=rng)

    def forward(self, X: Any, context: Any = None, mask: Bool[ndarray, "..."] | None = None) -> Tensor:
        """Let X (n, t, d) attend to itself, or to `context` (n, s, d); return shape (n, t, d)."""
        if context is None:
            return self.out(self_attention(self.qkv(X), heads=self.heads, mask=mask))
        d = self.out.W.shape[0]
        Q = self.qkv(X)[..., :d]
        KV = self.qkv(context)
        return self.out(attention(Q, KV[..., d : 2 * d], KV[..., 2 * d :], heads=self.heads, mask=mask))


def _split(M: ndarray, heads: int) -> ndarray:
    """View (n, t, d) as (n, heads, t, d/heads)."""
    n, t, d = M.shape
    return M.reshape(n, t, heads, d // heads).transpose(0, 2, 1, 3)


def _attend(Q: ndarray, K: ndarray, V: ndarray, mask: ndarray | None, out: ndarray) -> ndarray:
    """Write PV to out and return P."""
    S = np.matmul(Q * Q.dtype.type(Q.shape[-1] ** -0.5), K.swapaxes(-1, -2), out=empty(_scores(Q, K), out.dtype))
    if mask is not None:
        S[~np.broadcast_to(mask, S.shape)] = -np.inf
    P = kernels.softmax(S, out=S) if mask is None and _fused.serves(S) else _softmax_rows(S)
    np.matmul(P, V, out=out)
    return P


def _attend_back(
    P: ndarray, Q: ndarray, K: ndarray, V: ndarray, g: ndarray, gQ: ndarray, gK: ndarray, gV: ndarray
) -> None:
    scale = Q.dtype.type(Q.shape[-1] ** -0.5)
    np.matmul(P.swapaxes(-1, -2), g, out=gV)
    gP = np.matmul(g, V.swapaxes(-1, -2), out=empty(P.shape, P.dtype))
    softmax_back = _fused.softmax_rows_back if _fused.serves(gP) else _softmax_rows_back
    gS = softmax_back(P, gP, scale)
    np.matmul(gS, K, out=gQ)
    np.matmul(gS.swapaxes(-1, -2), Q, out=gK)


def _softmax_rows(S: ndarray) -> ndarray:
    """Softmax of the last axis, in place."""
    top = S.real.max(axis=-1, keepdims=True)
    S -= np.where(np.isfinite(top), top, 0)
    np.exp(S, out=S)
    total = S.sum(axis=-1, keepdims=True)
    S /= np.where(total == 0, 1, total)
    return S


def _softmax_rows_back(P: ndarray, gP: ndarray, scale: Any) -> ndarray:
    """The gradient of the scores before scaling, in place of gP."""
    gP -= np.einsum("...i,...i->...", gP, P)[..., None]
    gP *= P
    gP *= scale
    return gP


def _scores(Q: ndarray, K: ndarray) -> tuple[int, ...]:
    return (*Q.shape[:3], K.shape[2])


def _check(Q: ndarray, K: ndarray, V: ndarray, heads: int) -> None:
    meets = Q.ndim == K.ndim == 3 and K.shape == V.shape and Q.shape[0] == K.shape[0] and Q.shape[2] == K.shape[2]
    if not meets:
        raise ShapeError(
            f"attention expected queries (n, t, d) and keys and values (n, s, d), got {Q.shape}, {K.shape}, {V.shape}: "
            "reshape them to example, position, feature."
        )
    if Q.shape[2] % heads:
        raise ShapeError(
            f"attention expected heads to divide the {Q.shape[2]} features, got {heads} heads: choose a divisor."
        )
