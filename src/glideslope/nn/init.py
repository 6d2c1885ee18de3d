r"""Starting weights: random, with the variance that keeps signals and gradients the same size through the depth.

For \(z = \sum_{i=1}^{n} w_i x_i\) with independent terms \(\operatorname{Var} z = n \operatorname{Var} w\, E[x^2]\).
Xavier balances forward and backward: \(\operatorname{Var} w = 2/(n_{in} + n_{out})\), for tanh and linear layers.
He makes up for the half that a rectifier cuts away: \(\operatorname{Var} w = 2/n_{in}\).
"""

from typing import Literal

import numpy as np

from glideslope._typing import Float, ndarray

__all__ = ["he", "xavier"]

Shape = tuple[int, ...]


def xavier(
    shape: Shape, fan_in: int, fan_out: int, *, rng: np.random.Generator, law: Literal["uniform", "normal"] = "uniform"
) -> Float[ndarray, "..."]:
    r"""Draw weights with variance \(2/(n_{in}+n_{out})\).

    Args:
        shape: the shape of the weights.
        fan_in, fan_out: how many numbers feed one output, and how many outputs one input feeds.
        rng: the source of randomness.
        law: the uniform law on ±√(3·variance), or the normal law.

    Example:
        >>> round(float(xavier((1000, 500), 1000, 500, rng=np.random.default_rng(0)).var() * 750), 2)
        1.0

    Source: [glorot2010, eq. 16]
    """
    return _draw(shape, 2 / (fan_in + fan_out), rng, law)


def he(
    shape: Shape, fan_in: int, *, rng: np.random.Generator, law: Literal["uniform", "normal"] = "normal"
) -> Float[ndarray, "..."]:
    r"""Draw weights with variance \(2/n_{in}\), for layers followed by a rectifier.

    Args:
        shape: the shape of the weights.
        fan_in: how many numbers feed one output.
        rng: the source of randomness.
        law: normal by default.

    Example:
        >>> round(float(he((1000, 500), 1000, rng=np.random.default_rng(0)).var() * 500), 1)
        1.0

    Source: [he2015, eq. 10]
    """
    return _draw(shape, 2 / fan_in, rng, law)


def _draw(shape: Shape, variance: float, rng: np.random.Generator, law: str) -> ndarray:
    if law == "normal":
        W = rng.normal(0, np.sqrt(variance), shape)
    else:
        limit = np.sqrt(3 * variance)  # the uniform law on ±a has variance a²/3
        W = rng.uniform(-limit, limit, shape)
    return W.astype(np.float32)
