r"""Gradient descent, with or without momentum.

\(v \leftarrow \mu v + g\), \(\theta \leftarrow \theta - \eta v\); Nesterov looks ahead: \(\theta \leftarrow \theta - \eta(g + \mu v)\).
Momentum averages the gradient over about \(1/(1 - \mu)\) steps and so crosses narrow valleys. The reference for all others.
"""

from collections.abc import Callable

from glideslope import kernels
from glideslope._typing import Shaped, ndarray
from glideslope.nn.module import Module
from glideslope.nn.optim.optimiser import SMALLEST_RATE, Optimiser

__all__ = ["SGD"]


class SGD(Optimiser):
    r"""Descend along the gradient: \(\theta \leftarrow \theta - \eta v\), \(v \leftarrow \mu v + g\).

    Args:
        model: the module to train.
        lr: η, a number or a schedule.
        momentum: μ in [0, 1); 0 is plain descent, 0.9 is usual.
        nesterov: look ahead by one step of momentum.
        weight_decay: λ, adds λθ to the gradient.

    Example:
        >>> import numpy as np
        >>> from glideslope.nn import Linear
        >>> model = Linear(2, 1, rng=np.random.default_rng(0))
        >>> optimiser = SGD(model, lr=0.1)
        >>> model(np.ones((1, 2))).sum().backward()
        >>> optimiser.step(); model.b
        Tensor([-0.1])

    Source: [sutskever2013, eq. 1–4]
    """

    def __init__(
        self,
        model: Module,
        lr: float | Callable[[int], float] = 1e-2,
        momentum: float = 0.0,
        nesterov: bool = False,
        weight_decay: float = 0.0,
    ) -> None:
        super().__init__(model, lr)
        self.momentum, self.nesterov, self.weight_decay = momentum, nesterov, weight_decay
        if momentum:
            self.v = self._zeros()

    def update(self, theta: Shaped[ndarray, " p"], g: Shaped[ndarray, " p"], lr: float) -> None:
        """Change theta in place."""
        lr = max(lr, SMALLEST_RATE)
        if not self.momentum:
            kernels.sgd_update(theta, g, learning_rate=lr, weight_decay=self.weight_decay)
        else:
            kernels.momentum_update(
                theta,
                g,
                self.v,
                learning_rate=lr,
                momentum=self.momentum,
                nesterov=self.nesterov,
                weight_decay=self.weight_decay,
            )
