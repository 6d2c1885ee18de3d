r"""Losses: one number that says how wrong a batch of predictions is, with a gradient that says where to go.

Classes: softmax cross-entropy, gradient \((p - y)/n\). Yes or no: binary cross-entropy, gradient \((\sigma(z) - y)/n\).
Quantities: squared error, gradient \(2(\hat y - y)/n\). The first two take raw scores (logits), never probabilities.
"""

from typing import Any

import numpy as np

from glideslope import kernels
from glideslope._typing import ndarray
from glideslope.autograd import op
from glideslope.autograd.tensor import Pullback
from glideslope.errors import ShapeError

__all__ = ["binary_cross_entropy", "mean_squared_error", "softmax_cross_entropy"]


@op
def softmax_cross_entropy(logits: Any, labels: Any, *, label_smoothing: float = 0.0) -> tuple[Any, Pullback]:
    r"""Mean cross-entropy between class labels and the softmax of scores.

    Equation: \(L = -\frac1n\sum_i \ln \mathrm{softmax}(z_i)_{y_i}\), \(\bar z = (p - y)/n\).

    Args:
        logits: scores, shape (..., k).
        labels: class numbers of shape (...), or probabilities of shape (..., k).
        label_smoothing: share ε of the target spread over all classes.

    Cost: one pass computes the loss and the gradient, see `glideslope.kernels.cross_entropy_with_gradient`.

    Example:
        >>> float(softmax_cross_entropy([[0.0, 0.0]], np.array([1])))
        0.6931471805599453

    Lesson: softmax-cross-entropy
    """
    z = np.asarray(logits)
    loss, gradient = kernels.cross_entropy_with_gradient(z, labels, label_smoothing=label_smoothing)
    return np.asarray(loss, z.dtype), (lambda g: _scaled(gradient, g), _no_gradient)


@op
def binary_cross_entropy(logits: Any, labels: Any) -> tuple[Any, Pullback]:
    r"""Mean cross-entropy between yes/no labels and the sigmoid of scores.

    Equation: \(L = \frac1n\sum_i \ln(1 + e^{z_i}) - y_i z_i\), \(\bar z = (\sigma(z) - y)/n\).

    Args:
        logits: scores, any shape.
        labels: numbers in [0, 1], the same shape.

    Raises:
        ShapeError: the shapes differ (broadcasting here is nearly always a mistake).

    Example:
        >>> float(binary_cross_entropy([0.0], np.array([1.0])))
        0.6931471805599453
    """
    z, y = np.asarray(logits), np.asarray(labels)
    _same_shape("binary_cross_entropy", z, y)
    loss = (np.maximum(z, 0) + np.log1p(np.exp(np.where(z.real > 0, -z, z))) - y * z).mean()

    def pull(g: ndarray) -> ndarray:
        return _scaled(((0.5 + 0.5 * np.tanh(0.5 * z)) - y).astype(z.dtype) / z.size, g)

    return np.asarray(loss, z.dtype), (pull, _no_gradient)


@op
def mean_squared_error(prediction: Any, target: Any) -> tuple[Any, Pullback]:
    r"""Mean squared error.

    Equation: \(L = \frac1n\sum_i (\hat y_i - y_i)^2\), \(\bar{\hat y} = 2(\hat y - y)/n\).

    Args:
        prediction: any shape.
        target: the same shape.

    Raises:
        ShapeError: the shapes differ (broadcasting here is nearly always a mistake).

    Example:
        >>> float(mean_squared_error([1.0, 3.0], np.array([1.0, 1.0])))
        2.0
    """
    prediction, target = np.asarray(prediction), np.asarray(target)
    _same_shape("mean_squared_error", prediction, target)
    if target.dtype.kind == "f":
        target = target.astype(prediction.dtype, copy=False)  # targets in double must not widen a network in single
    residual = prediction - target

    def pull(g: ndarray) -> ndarray:
        return residual * (2 * g.item() / residual.size)

    return (residual * residual).mean(), (pull, lambda g: -pull(g))


def _scaled(gradient: ndarray, g: ndarray) -> ndarray:
    """Multiply by the incoming scalar, which is 1 whenever the loss itself is differentiated."""
    return gradient if g == 1 else gradient * g.item()


def _no_gradient(g: ndarray) -> ndarray:
    raise ShapeError("The labels of a cross-entropy have no gradient: pass them as a plain array.")


def _same_shape(name: str, z: ndarray, y: ndarray) -> None:
    if z.shape != y.shape:
        raise ShapeError(f"{name} expected two arrays of one shape, got {z.shape} and {y.shape}: reshape one of them.")
