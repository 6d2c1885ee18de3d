r"""Describe each second of a flight by the seconds before it.

One sample in turbulence says little; the mean $\mu_t$ and the standard deviation $\sigma_t$ over the last w samples say more.
Windows never reach into another flight; at a flight's start they are shorter. Use it before a classifier without memory.
"""

import numpy as np

from glideslope._typing import Float, Int, ndarray
from glideslope.errors import ShapeError

__all__ = ["window_features"]


def window_features(X: Float[ndarray, "n d"], group: Int[ndarray, " n"], length: int = 10) -> Float[ndarray, "n e"]:
    r"""Return mean and standard deviation of the last `length` samples of the same group.

    $\mu_t = \frac{1}{w}\sum_{s=t-w+1}^{t} x_s$, $\sigma_t^2 = \frac{1}{w}\sum_{s=t-w+1}^{t} x_s^2 - \mu_t^2$.

    Args:
        X: Samples, (n, d); the rows of a group lie together, in time.
        group: Group of each row, (n,).
        length: Number of samples w in a window, the present one included.

    Returns:
        Features, (n, 2 d): d means, then d standard deviations.

    Raises:
        ShapeError: `group` is not as long as X.

    Accuracy: data are centred by group first, so that cancellation costs at most 1e-9 of a channel's spread.
    Cost: O(n d), whatever the length.

    Example:
        >>> import numpy as np
        >>> window_features(np.array([[0.0], [2.0], [4.0]]), np.array([0, 0, 0]), length=2)
        array([[0., 0.],
               [1., 1.],
               [3., 1.]])
    """
    if len(group) != len(X):
        raise ShapeError(
            f"window_features expected a group for each of the {len(X)} rows and got {len(group)}; pass data.group."
        )
    features = np.empty((len(X), 2 * X.shape[1]))
    starts = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    for start, stop in zip(starts, np.r_[starts[1:], len(X)], strict=True):
        features[start:stop] = _one_group(X[start:stop], length)
    return features


def _one_group(X: Float[ndarray, "n d"], length: int) -> Float[ndarray, "n e"]:
    centre = X.mean(axis=0)
    Z = X - centre
    last = np.arange(1, len(Z) + 1)
    first = np.maximum(last - length, 0)
    width = (last - first)[:, None]
    sums = np.cumsum(np.vstack([np.zeros_like(Z[:1]), Z]), axis=0)
    squares = np.cumsum(np.vstack([np.zeros_like(Z[:1]), Z**2]), axis=0)
    mean = (sums[last] - sums[first]) / width
    variance = (squares[last] - squares[first]) / width - mean**2
    return np.hstack([mean + centre, np.sqrt(np.maximum(variance, 0.0))])
