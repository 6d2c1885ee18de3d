r"""A step of its own for every parameter: Adagrad, RMSProp, Adadelta.

All divide by the size of past gradients. Adagrad adds up squares, \(s \leftarrow s + g^2\), and slows down for ever;
RMSProp forgets, \(s \leftarrow \rho s + (1-\rho) g^2\); Adadelta also measures its own steps and needs no learning rate.
Use them to see where Adam comes from, or Adagrad for sparse features.
"""

from collections.abc import Callable

import numpy as np

from glideslope._typing import Shaped, ndarray
from glideslope.nn.module import Module
from glideslope.nn.optim.optimiser import Optimiser

__all__ = ["Adadelta", "Adagrad", "RMSProp"]

Rate = float | Callable[[int], float]


class Adagrad(Optimiser):
    r"""Divide by the root of the sum of squares: \(s \leftarrow s + g^2\), \(\theta \leftarrow \theta - \eta\,g/(\sqrt s + \varepsilon)\).

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

    Lesson: initialisation-and-optimisers
    """

    def __init__(self, model: Module, lr: Rate = 1e-2, eps: float = 1e-10) -> None:
        super().__init__(model, lr)
        self.eps, self.s, self._d = eps, self._zeros(), self._zeros()

    def update(self, theta: Shaped[ndarray, " p"], g: Shaped[ndarray, " p"], lr: float) -> None:
        """Change theta in place."""
        np.multiply(g, g, out=self._d)
        self.s += self._d
        np.sqrt(self.s, out=self._d)
        self._d += self.eps
        np.divide(g, self._d, out=self._d)
        self._d *= lr
        theta -= self._d


class RMSProp(Optimiser):
    r"""Divide by the root of a running mean of squares: \(s \leftarrow \rho s + (1-\rho)g^2\), \(\theta \leftarrow \theta - \eta\,g/(\sqrt s + \varepsilon)\).

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

    Lesson: initialisation-and-optimisers
    """

    def __init__(self, model: Module, lr: Rate = 1e-2, rho: float = 0.99, eps: float = 1e-8) -> None:
        super().__init__(model, lr)
        self.rho, self.eps, self.s, self._d = rho, eps, self._zeros(), self._zeros()

    def update(self, theta: Shaped[ndarray, " p"], g: Shaped[ndarray, " p"], lr: float) -> None:
        """Change theta in place."""
        _running_square(self.s, g, self.rho, self._d)
        np.sqrt(self.s, out=self._d)
        self._d += self.eps
        np.divide(g, self._d, out=self._d)
        self._d *= lr
        theta -= self._d


class Adadelta(Optimiser):
    r"""Make steps as large as past steps: \(d = g\sqrt{u + \varepsilon}/\sqrt{s + \varepsilon}\), \(\theta \leftarrow \theta - \eta d\).

    Here s and u are running means of \(g^2\) and \(d^2\); d has the unit of θ, whatever the unit of the loss.

    Args:
        model: the module to train.
        lr: η, 1 in the paper.
        rho: memory of both means.
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

    Lesson: initialisation-and-optimisers
    """

    def __init__(self, model: Module, lr: Rate = 1.0, rho: float = 0.9, eps: float = 1e-6) -> None:
        super().__init__(model, lr)
        self.rho, self.eps = rho, eps
        self.s, self.u, self._d, self._e = (self._zeros() for _ in range(4))

    def update(self, theta: Shaped[ndarray, " p"], g: Shaped[ndarray, " p"], lr: float) -> None:
        """Change theta in place."""
        d, e = self._d, self._e
        _running_square(self.s, g, self.rho, e)
        np.sqrt(np.add(self.u, self.eps, out=d), out=d)
        np.sqrt(np.add(self.s, self.eps, out=e), out=e)
        d /= e
        d *= g
        _running_square(self.u, d, self.rho, e)
        d *= lr
        theta -= d


def _running_square(s: ndarray, g: ndarray, rho: float, scratch: ndarray) -> None:
    np.multiply(g, g, out=scratch)
    scratch *= 1 - rho
    s *= rho
    s += scratch
