r"""How parameters move: gradient descent, momentum and Adam on one flat vector.

The idea: keep all parameters of a model as views of one vector θ; a step is then a handful of array operations
whatever the depth: $\theta \leftarrow \theta - \eta\,g$ (SGD), $v \leftarrow \mu v + g,\ \theta \leftarrow \theta - \eta v$
(momentum), $\theta \leftarrow \theta - \eta\,\hat m / (\sqrt{\hat v} + \epsilon)$ (Adam).
Use Adam when gradients differ in scale between parameters, plain SGD when you want to see what happens.
All three work in place: θ and the state arrays change, the gradient does not.
"""

import numpy as np
from numpy import ndarray

from glideslope._checks import positive
from glideslope.errors import ShapeError
from glideslope.kernels.backend import rows

__all__ = ["adam_update", "momentum_update", "sgd_update"]


def sgd_update(theta: ndarray, gradient: ndarray, *, learning_rate: float, weight_decay: float = 0.0) -> None:
    r"""Take one step of gradient descent, in place.

    $\theta \leftarrow \theta - \eta\,(g + \lambda\theta)$

    Args:
        theta: Parameters (p,), float32 or float64, changed in place.
        gradient: g, same shape and dtype.
        learning_rate: η > 0.
        weight_decay: λ ≥ 0, the gradient of λ‖θ‖²/2.

    Raises:
        ShapeError: the arrays differ in shape or dtype, or are not flat and contiguous.
        ValueError: η is not above zero.

    Cost: one pass over the arrays.
    Source: [goodfellow2016, chapter 8].

    Example:
        >>> theta = np.array([1.0, 2.0])
        >>> sgd_update(theta, np.array([1.0, 0.0]), learning_rate=0.5)
        >>> theta
        array([0.5, 2. ])
    """
    _check("sgd_update", learning_rate, theta=theta, gradient=gradient)
    rows().sgd_flat(theta, gradient, learning_rate, weight_decay)


def momentum_update(
    theta: ndarray,
    gradient: ndarray,
    velocity: ndarray,
    *,
    learning_rate: float,
    momentum: float = 0.9,
    nesterov: bool = False,
    weight_decay: float = 0.0,
) -> None:
    r"""Take one step of gradient descent with momentum, in place.

    $v \leftarrow \mu v + g,\quad \theta \leftarrow \theta - \eta\,v$ (Nesterov: $\theta \leftarrow \theta - \eta\,(g + \mu v)$)

    Args:
        theta: Parameters (p,), float32 or float64, changed in place.
        gradient: g, same shape and dtype.
        velocity: v, zeros before the first step, changed in place.
        learning_rate: η > 0.
        momentum: μ in [0, 1).
        nesterov: Look ahead by one step of momentum.
        weight_decay: λ ≥ 0 adds λθ to the gradient.

    Raises:
        ShapeError: the arrays differ in shape or dtype, or are not flat and contiguous.
        ValueError: η is not above zero.

    Cost: one pass over the arrays.
    Source: [goodfellow2016, chapter 8].

    Example:
        >>> theta, v = np.array([1.0]), np.zeros(1)
        >>> for _ in range(2):
        ...     momentum_update(theta, np.array([1.0]), v, learning_rate=0.1, momentum=0.5)
        >>> theta  # 1 - 0.1 * (1 + 1.5)
        array([0.75])
    """
    _check("momentum_update", learning_rate, theta=theta, gradient=gradient, velocity=velocity)
    rows().momentum_flat(theta, gradient, velocity, learning_rate, momentum, nesterov, weight_decay)


def adam_update(
    theta: ndarray,
    gradient: ndarray,
    m: ndarray,
    v: ndarray,
    *,
    step: int,
    learning_rate: float = 1e-3,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
    weight_decay: float = 0.0,
) -> None:
    r"""Take one step of Adam, in place.

    $m \leftarrow \beta_1 m + (1-\beta_1) g,\quad v \leftarrow \beta_2 v + (1-\beta_2) g^2,\quad
    \theta \leftarrow \theta - \eta\,\frac{m / (1-\beta_1^t)}{\sqrt{v / (1-\beta_2^t)} + \epsilon}$

    Args:
        theta: Parameters (p,), float32 or float64, changed in place.
        gradient: g, same shape and dtype.
        m: Running mean of g, zeros before the first step, changed in place.
        v: Running mean of g², zeros before the first step, changed in place.
        step: t = 1, 2, …: the number of this step; the bias correction needs it.
        learning_rate: η > 0.
        beta1: Memory of m.
        beta2: Memory of v.
        epsilon: Keeps the division finite; outside the root, as in the paper.
        weight_decay: λ ≥ 0 adds λθ to the gradient (not the decoupled form).

    Raises:
        ShapeError: the arrays differ in shape or dtype, or are not flat and contiguous.
        ValueError: η is not above zero or `step` is below 1.

    Cost: one pass over the arrays.
    Source: [kingma2015, algorithm 1].

    Example:
        >>> theta, m, v = np.array([1.0]), np.zeros(1), np.zeros(1)
        >>> adam_update(theta, np.array([123.0]), m, v, step=1, learning_rate=0.1)
        >>> theta.round(6)  # the first step has length eta, whatever the gradient
        array([0.9])
    """
    _check("adam_update", learning_rate, theta=theta, gradient=gradient, m=m, v=v)
    if step < 1:
        raise ValueError(f"adam_update expected step to count from 1 and got {step}; raise it by one per update.")
    # m̂/(√v̂ + ε) with both corrections moved into two numbers: √c·m/(√v + ε√c) / (1−β₁ᵗ), c = 1−β₂ᵗ
    root = (1 - beta2**step) ** 0.5
    rate = learning_rate * root / (1 - beta1**step)
    rows().adam_flat(theta, gradient, m, v, rate, (beta1, beta2), epsilon * root, weight_decay)


def _check(where: str, learning_rate: float, **arrays: ndarray) -> None:
    positive(learning_rate, "learning_rate", where)
    theta = arrays["theta"]
    for name, array in arrays.items():
        if type(array) is not np.ndarray or array.shape != theta.shape or array.dtype != theta.dtype:
            raise ShapeError(
                f"{where} expected {name} like theta, shape {np.shape(theta)} and dtype {theta.dtype}, and got "
                f"shape {np.shape(array)}, {getattr(array, 'dtype', type(array).__name__)}; "
                f"make it with np.zeros_like(theta)."
            )
    if theta.ndim != 1 or theta.dtype.char not in "fd" or not all(a.flags.c_contiguous for a in arrays.values()):
        raise ShapeError(
            f"{where} expected flat contiguous float arrays and got shape {theta.shape}, {theta.dtype}; "
            f"keep the parameters as views of one vector, or pass theta.reshape(-1)."
        )
