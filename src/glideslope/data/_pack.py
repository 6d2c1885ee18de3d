"""Integers in a file, floats in memory: how the shipped arrays are stored.

A channel x is kept as k = round(x / scale) in 16 bits; the step k_t - k_{t-1} (modulo 2^16) compresses better than k.
Decoding is exact integer arithmetic, so that a file gives the same numbers on every machine.
"""

import numpy as np

from glideslope._typing import Float, Int, ndarray
from glideslope.errors import DataError

__all__ = ["decode_channels", "encode_channels"]


def encode_channels(X: Float[ndarray, "n d"], scales: Float[ndarray, " d"]) -> Int[ndarray, "d n"]:
    """Return the int16 steps of each channel, one row a channel."""
    K = np.rint(X / scales).T
    if np.abs(K).max(initial=0) > 32767:
        channel = int(np.abs(K).max(axis=1).argmax())
        raise DataError(
            f"Channel {channel} reaches {np.abs(X[:, channel]).max():g}, past 32767 steps of {scales[channel]:g}; "
            "use a coarser scale."
        )
    return np.diff(K.astype(np.int16), axis=1, prepend=np.int16(0))


def decode_channels(steps: Int[ndarray, "d n"], scales: Float[ndarray, " d"]) -> Float[ndarray, "n d"]:
    """Undo `encode_channels`; the sum wraps modulo 2^16 as the differences did."""
    return np.cumsum(steps, axis=1, dtype=np.int16).T * scales
