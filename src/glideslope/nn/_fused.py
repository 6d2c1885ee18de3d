"""Compiled twins of element-wise work: one pass over memory where plain NumPy makes five to fifteen.

Each is called behind the name of its plain version, for contiguous float32 arrays, when the backend is "numba"
(see `glideslope.kernels.backend`); the plain version remains the reference, and a test holds the two equal.
What each is worth, in the layers of bench/nn.py, stands in bench/results/nn.md.
"""

from typing import Any

import numpy as np

from glideslope import kernels
from glideslope._typing import ndarray
from glideslope.autograd.buffers import empty
from glideslope.autograd.tensor import Pullback

__all__ = ["gelu", "layer_norm", "loops", "max_pool2x2", "serves", "softmax_rows_back"]

SINGLE = np.dtype(np.float32)


def serves(*arrays: ndarray) -> bool:
    """Tell whether the compiled twin takes these arrays."""
    return all(a.dtype == SINGLE and a.size for a in arrays) and kernels.backend() == "numba"


def gelu(x: ndarray) -> tuple[ndarray, Pullback]:
    """Value and pullback of `glideslope.nn.gelu`; the slope is computed along with the value."""
    x = np.ascontiguousarray(x)
    z, slope = empty(x.shape, SINGLE), empty(x.shape, SINGLE)
    loops().gelu(x.reshape(-1), z.reshape(-1), slope.reshape(-1))
    return z, lambda g: np.multiply(g, slope, out=empty(x.shape, SINGLE))


def layer_norm(x: ndarray, gamma: ndarray, beta: ndarray, eps: float) -> tuple[ndarray, Pullback]:
    """Value and pullback of `glideslope.nn.layer_norm`, two readings of each row while it is in the cache."""
    d = x.shape[-1]
    rows = np.ascontiguousarray(x).reshape(-1, d)
    z, x_hat, inverse = empty(rows.shape, SINGLE), empty(rows.shape, SINGLE), empty((len(rows),), SINGLE)
    loops().layer_norm(rows, gamma, beta, SINGLE.type(eps), z, x_hat, inverse)

    def pull(g: ndarray) -> tuple[ndarray, ...]:
        gx = empty(rows.shape, SINGLE)
        g_gamma, g_beta = np.zeros_like(gamma), np.zeros_like(beta)
        g = np.ascontiguousarray(g, SINGLE).reshape(-1, d)
        loops().layer_norm_back(g, gamma, x_hat, inverse, gx, g_gamma, g_beta)
        return gx.reshape(x.shape), g_gamma, g_beta

    return z.reshape(x.shape), pull


def max_pool2x2(x: ndarray) -> tuple[ndarray, Pullback]:
    """Value and pullback of `glideslope.nn.max_pool2d` for k = 2, along memory with the batch last."""
    picture = np.ascontiguousarray(x.transpose(1, 2, 3, 0))  # no copy after a convolution
    c, height, width, n = picture.shape
    z = empty((c, height // 2, width // 2, n), SINGLE)
    loops().max_pool2x2(picture, z)

    def pull(g: ndarray) -> ndarray:
        gx = empty(picture.shape, SINGLE)
        if height % 2 or width % 2:
            gx.fill(0)
        loops().max_pool2x2_back(np.ascontiguousarray(g.transpose(1, 2, 3, 0)), picture, z, gx)
        return gx.transpose(3, 0, 1, 2)

    return z.transpose(3, 0, 1, 2), pull


def softmax_rows_back(P: ndarray, gP: ndarray, scale: Any) -> ndarray:
    """The gradient of the scores before scaling, in place of gP."""
    k = P.shape[-1]
    loops().softmax_rows_back(P.reshape(-1, k), gP.reshape(-1, k), scale)
    return gP


def loops() -> Any:
    """The module of compiled loops."""
    from glideslope.nn import _fused_loops  # Numba is an extra: imported once it is certain to be there

    return _fused_loops
