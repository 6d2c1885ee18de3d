r"""RMSProp: divide each step by the size of recent gradients of that parameter.

\(s \leftarrow \rho s + (1-\rho)g^2\), \(\theta \leftarrow \theta - \eta\,g/(\sqrt s + \varepsilon)\).
Adagrad with a memory that fades over about \(1/(1-\rho)\) steps; Adam is this with momentum and without the slow start.
"""

from collections.abc import Callable

import numpy as np

from glideslope._typing import Shaped, ndarray
from glideslope.nn.module import Module
from glideslope.nn.optim.optimiser import Optimiser

__all__ = ["RMSProp"]


class RMSProp(Optimiser):
    r"""Step by \(\eta\,g/(\sqrt s + \varepsilon)\), with s a running mean of \(g^2\).

    Args:
        model: the module to train.
        lr: η, a number or a schedule.
        rho: ρ, the memory of the mean.
        eps: ε.

    Source: [hinton2012, lecture 6e]

    Example:
        >>> import numpy as np
        >>> from glideslope.nn import Linear
        >>> model = Linear(2, 1, rng=np.random.default_rng(0))
        >>> optimiser = RMSProp(model, lr=0.1, rho=0.75)
        >>> model(np.ones((1, 2))).sum().backward()
        >>> optimiser.step(); round(float(model.b), 4)
        -0.2
    """

    def __init__(
        self, model: Module, lr: float | Callable[[int], float] = 1e-2, rho: float = 0.99, eps: float = 1e-8
    ) -> None:
        super().__init__(model, lr)
        self.rho, self.eps, self.s = rho, eps, self._zeros()

    def update(self, theta: Shaped[ndarray, " p"], g: Shaped[ndarray, " p"], lr: float) -> None:
        """Change theta in place."""
        self.s *= self.rho
        self.s += (1 - self.rho) * g * g
        theta -= lr * g / (np.sqrt(self.s) + self.eps)
