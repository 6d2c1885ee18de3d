r"""Adadelta: make each step as large as past steps of that parameter, so that no learning rate is needed.

\(s \leftarrow \rho s + (1-\rho)g^2\), \(d = g\sqrt{u + \varepsilon}/\sqrt{s + \varepsilon}\),
\(u \leftarrow \rho u + (1-\rho)d^2\), \(\theta \leftarrow \theta - \eta d\).
The step d has the unit of θ, whatever the unit of the loss; it starts slowly, from \(\sqrt\varepsilon\).
"""

from collections.abc import Callable

import numpy as np

from glideslope._typing import Shaped, ndarray
from glideslope.nn.module import Module
from glideslope.nn.optim.optimiser import Optimiser

__all__ = ["Adadelta"]


class Adadelta(Optimiser):
    r"""Step by \(\eta\,g\sqrt{u + \varepsilon}/\sqrt{s + \varepsilon}\), with s and u running means of \(g^2\) and of past steps squared.

    Args:
        model: the module to train.
        lr: η, 1 in the paper.
        rho: ρ, the memory of both means.
        eps: ε, which also sets the first steps.

    Source: [zeiler2012, algorithm 1]

    Example:
        >>> import numpy as np
        >>> from glideslope.nn import Linear
        >>> model = Linear(2, 1, rng=np.random.default_rng(0))
        >>> optimiser = Adadelta(model)
        >>> model(np.ones((1, 2))).sum().backward()
        >>> optimiser.step(); round(float(model.b), 6)
        -0.003162
    """

    def __init__(
        self, model: Module, lr: float | Callable[[int], float] = 1.0, rho: float = 0.9, eps: float = 1e-6
    ) -> None:
        super().__init__(model, lr)
        self.rho, self.eps, self.s, self.u = rho, eps, self._zeros(), self._zeros()

    def update(self, theta: Shaped[ndarray, " p"], g: Shaped[ndarray, " p"], lr: float) -> None:
        """Change theta in place."""
        self.s *= self.rho
        self.s += (1 - self.rho) * g * g
        d = g * np.sqrt(self.u + self.eps) / np.sqrt(self.s + self.eps)
        self.u *= self.rho
        self.u += (1 - self.rho) * d * d
        theta -= lr * d
