r"""Adagrad: divide each step by the size of all past gradients of that parameter.

\(s \leftarrow s + g^2\), \(\theta \leftarrow \theta - \eta\,g/(\sqrt s + \varepsilon)\).
The sum only grows, so the steps shrink for ever: right for sparse features, too cautious for deep networks.
"""

from collections.abc import Callable

import numpy as np

from glideslope._typing import Shaped, ndarray
from glideslope.nn.module import Module
from glideslope.nn.optim.optimiser import Optimiser

__all__ = ["Adagrad"]


class Adagrad(Optimiser):
    r"""Step by \(\eta\,g/(\sqrt s + \varepsilon)\), with s the sum of all \(g^2\) so far.

    Args:
        model: the module to train.
        lr: η, a number or a schedule.
        eps: ε.

    Source: [duchi2011, section 1.1]

    Example:
        >>> import numpy as np
        >>> from glideslope.nn import Linear
        >>> model = Linear(2, 1, rng=np.random.default_rng(0))
        >>> optimiser = Adagrad(model, lr=0.1)
        >>> model(np.full((1, 2), 7.0)).sum().backward()
        >>> optimiser.step(); round(float(model.b), 4)
        -0.1
    """

    def __init__(self, model: Module, lr: float | Callable[[int], float] = 1e-2, eps: float = 1e-10) -> None:
        super().__init__(model, lr)
        self.eps, self.s = eps, self._zeros()

    def update(self, theta: Shaped[ndarray, " p"], g: Shaped[ndarray, " p"], lr: float) -> None:
        """Change theta in place."""
        self.s += g * g
        theta -= lr * g / (np.sqrt(self.s) + self.eps)
