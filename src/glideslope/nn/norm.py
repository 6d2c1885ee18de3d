r"""Normalisation: give each feature, or each row, mean 0 and variance 1, then let the network choose its own scale.

\(\hat x = (x - \mu)/\sqrt{\sigma^2 + \varepsilon}\), \(z = \gamma\hat x + \beta\). Over the batch (BatchNorm) or over the features
of one example (LayerNorm). With \(h = \bar z\gamma\) both have the gradient
\(\bar x = \big(h - \langle h\rangle - \hat x\,\langle h\hat x\rangle\big)/\sqrt{\sigma^2+\varepsilon}\), ⟨·⟩ the mean over the same axes.
"""

from typing import Any

import numpy as np

from glideslope._typing import ndarray
from glideslope.autograd import Tensor, op
from glideslope.autograd.tensor import Pullback
from glideslope.errors import ShapeError
from glideslope.nn import _fused
from glideslope.nn.module import Module

__all__ = ["BatchNorm", "LayerNorm", "layer_norm", "normalise"]


@op
def normalise(x: Any, *, axes: tuple[int, ...], eps: float = 1e-5) -> tuple[Any, Pullback]:
    r"""Subtract the mean over some axes and divide by the standard deviation.

    Equation: \(\hat x = (x - \langle x\rangle)/\sqrt{\langle (x - \langle x\rangle)^2\rangle + \varepsilon}\).

    Args:
        x: any shape.
        axes: the axes to average over.
        eps: keeps the quotient finite for constant inputs.

    Example:
        >>> normalise([[1.0, 3.0]], axes=(1,), eps=0.0)
        Tensor([[-1.,  1.]], op='normalise')
    """
    centred = x - np.mean(x, axis=axes, keepdims=True)
    inverse = 1 / np.sqrt((centred * centred).mean(axis=axes, keepdims=True) + eps)
    x_hat = centred * inverse

    def pull(g: ndarray) -> ndarray:
        along = (g * x_hat).mean(axis=axes, keepdims=True)
        return (g - g.mean(axis=axes, keepdims=True) - x_hat * along) * inverse

    return x_hat, pull


@op
def layer_norm(x: Any, gamma: Any, beta: Any, *, eps: float = 1e-5) -> tuple[Any, Pullback]:
    r"""Normalise each row (the last axis) and rescale: \(z = \gamma\hat x + \beta\), in one operation.

    Args:
        x: shape (..., d).
        gamma, beta: shape (d,).
        eps: keeps the quotient finite for constant rows.

    Cost: row means are products with a vector of ones, the fastest way to sum rows.

    Source: [ba2016, eq. 3]

    Example:
        >>> layer_norm([[1.0, 3.0]], [2.0, 2.0], [0.0, 1.0], eps=0.0)
        Tensor([[-2.,  3.]], op='layer_norm')
    """
    x, gamma, beta = np.asarray(x), np.asarray(gamma), np.asarray(beta)
    if x.shape[-1:] != gamma.shape:
        raise ShapeError(
            f"layer_norm expected rows of {gamma.size} features, got shape {x.shape}: match the last axis."
        )
    if _fused.serves(x, gamma, beta):
        return _fused.layer_norm(x, gamma, beta, eps)
    d = x.shape[-1]
    average = np.full(d, 1 / d, x.dtype)
    centred = x - (x @ average)[..., None]
    inverse = 1 / np.sqrt((centred * centred) @ average + eps)[..., None]
    x_hat = centred * inverse

    def pull(g: ndarray) -> tuple[Any, ...]:
        def pull_x() -> ndarray:
            h = g * gamma
            return (h - (h @ average)[..., None] - x_hat * ((h * x_hat) @ average)[..., None]) * inverse

        return pull_x, lambda: g * x_hat, g

    return gamma * x_hat + beta, pull


class LayerNorm(Module):
    r"""Normalise each example over its features, then scale by γ and shift by β.

    Args:
        d: number of features (the last axis).
        eps: added to the variance.

    Example:
        >>> z = LayerNorm(3)(np.array([[1.0, 2.0, 3.0]])).value
        >>> np.round([z.mean(), z.std()], 3)
        array([0., 1.])
    """

    def __init__(self, d: int, eps: float = 1e-5) -> None:
        self.eps = eps
        self.gamma = Tensor(np.ones(d, np.float32), needs_grad=True, name="gamma")
        self.beta = Tensor(np.zeros(d, np.float32), needs_grad=True, name="beta")

    def forward(self, x: Any) -> Tensor:
        """Return the normalised rows, the shape of x."""
        return layer_norm(x, self.gamma, self.beta, eps=self.eps)


class BatchNorm(Module):
    r"""Normalise each feature (or channel) over the batch; use running statistics when not training.

    Equation: running values follow \(r \leftarrow (1 - m)\,r + m\,s\) with the batch's mean and unbiased variance s.

    Args:
        d: number of features, x (n, d), or of channels, x (n, d, height, width).
        eps: added to the variance.
        momentum: weight m of the newest batch in the running statistics.

    Raises:
        ShapeError: another number of features, or a single example in training.

    Source: [ioffe2015, algorithm 1]

    Example:
        >>> z = BatchNorm(1)(np.array([[1.0], [3.0]])).value
        >>> np.round(z[:, 0], 3)
        array([-1.,  1.])
    """

    def __init__(self, d: int, eps: float = 1e-5, momentum: float = 0.1) -> None:
        self.eps, self.momentum = eps, momentum
        self.gamma = Tensor(np.ones(d, np.float32), needs_grad=True, name="gamma")
        self.beta = Tensor(np.zeros(d, np.float32), needs_grad=True, name="beta")
        self.running_mean = np.zeros(d, np.float32)
        self.running_var = np.ones(d, np.float32)

    def forward(self, x: Any) -> Tensor:
        """Return the normalised batch, the shape of x."""
        d = self.gamma.size
        shape = np.shape(x)
        if len(shape) not in (2, 4) or shape[1] != d:
            raise ShapeError(
                f"BatchNorm expected shape (n, {d}) or (n, {d}, height, width), got {shape}: match the second axis."
            )
        axes, column = ((0,), (d,)) if len(shape) == 2 else ((0, 2, 3), (d, 1, 1))
        if self.training:
            self._watch(x, axes)
            x_hat = normalise(x, axes=axes, eps=self.eps)
        else:
            x_hat = (x - self.running_mean.reshape(column)) / np.sqrt(self.running_var + self.eps).reshape(column)
        return self.gamma.reshape(*column) * x_hat + self.beta.reshape(*column)

    def _watch(self, x: Any, axes: tuple[int, ...]) -> None:
        values = x._value if isinstance(x, Tensor) else np.asarray(x)
        n = values.size // self.gamma.size
        if n < 2:
            raise ShapeError(
                f"BatchNorm expected at least 2 values per feature in training, got {n}: use a larger batch."
            )
        self.running_mean += self.momentum * (values.mean(axes).real - self.running_mean)
        self.running_var += self.momentum * (values.real.var(axes) * (n / (n - 1)) - self.running_var)
