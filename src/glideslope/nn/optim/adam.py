r"""Adam: momentum for the direction, a running mean of squares for the size.

\(m \leftarrow \beta_1 m + (1-\beta_1)g\), \(v \leftarrow \beta_2 v + (1-\beta_2)g^2\),
\(\theta \leftarrow \theta - \eta\,\hat m/(\sqrt{\hat v} + \varepsilon)\) with \(\hat m = m/(1-\beta_1^t)\), \(\hat v = v/(1-\beta_2^t)\):
both means start at zero, and the division undoes that bias. The usual first choice; AdamW where weights must stay small.
"""

from collections.abc import Callable

from glideslope import kernels
from glideslope._typing import Shaped, ndarray
from glideslope.nn.module import Module
from glideslope.nn.optim.optimiser import SMALLEST_RATE, Optimiser

__all__ = ["Adam", "AdamW"]

Rate = float | Callable[[int], float]


class _TwoMeans(Optimiser):
    """What Adam and AdamW share: the running means m of g and v of g², and the step along them."""

    def __init__(self, model: Module, lr: Rate, betas: tuple[float, float], eps: float, weight_decay: float) -> None:
        super().__init__(model, lr)
        self.betas, self.eps, self.weight_decay = betas, eps, weight_decay
        self.m, self.v = self._zeros(), self._zeros()

    def move(self, theta: ndarray, g: ndarray, lr: float, decay_in_g: float) -> None:
        """Update m and v with g + λθ, and step; the formula itself stands in `glideslope.kernels.adam_update`."""
        kernels.adam_update(
            theta,
            g,
            self.m,
            self.v,
            step=self.count,
            learning_rate=max(lr, SMALLEST_RATE),
            beta1=self.betas[0],
            beta2=self.betas[1],
            epsilon=self.eps,
            weight_decay=decay_in_g,
        )


class Adam(_TwoMeans):
    r"""Step by \(\eta\,\hat m/(\sqrt{\hat v} + \varepsilon)\).

    Args:
        model: the module to train.
        lr: η, a number or a schedule.
        betas: memory of the mean and of the mean of squares.
        eps: ε, added to the root.
        weight_decay: λ, adds λθ to the gradient (see AdamW for the better way).

    Source: [kingma2015, algorithm 1]

    Example:
        >>> import numpy as np
        >>> from glideslope.nn import Linear
        >>> model = Linear(2, 1, rng=np.random.default_rng(0))
        >>> optimiser = Adam(model, lr=0.1)
        >>> model(np.full((1, 2), 7.0)).sum().backward()
        >>> optimiser.step(); round(float(model.b), 4)
        -0.1
    """

    def __init__(
        self,
        model: Module,
        lr: Rate = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.0,
    ) -> None:
        super().__init__(model, lr, betas, eps, weight_decay)

    def update(self, theta: Shaped[ndarray, " p"], g: Shaped[ndarray, " p"], lr: float) -> None:
        """Change theta in place."""
        self.move(theta, g, lr, decay_in_g=self.weight_decay)


class AdamW(_TwoMeans):
    r"""Adam with a decay of its own: \(\theta \leftarrow (1 - \eta\lambda)\theta\) before the step, not mixed into g.

    Args:
        model: the module to train.
        lr: η, a number or a schedule.
        betas: memory of the mean and of the mean of squares.
        eps: ε, added to the root.
        weight_decay: λ.

    Source: [loshchilov2019, algorithm 2]

    Example:
        >>> import numpy as np
        >>> from glideslope.nn import Linear
        >>> model = Linear(2, 1, rng=np.random.default_rng(0))
        >>> optimiser = AdamW(model, lr=0.1, weight_decay=0.5)
        >>> model(np.full((1, 2), 7.0)).sum().backward()
        >>> optimiser.step(); round(float(model.b), 4)
        -0.1
    """

    def __init__(
        self,
        model: Module,
        lr: Rate = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 1e-2,
    ) -> None:
        super().__init__(model, lr, betas, eps, weight_decay)

    def update(self, theta: Shaped[ndarray, " p"], g: Shaped[ndarray, " p"], lr: float) -> None:
        """Change theta in place."""
        theta *= 1 - lr * self.weight_decay
        self.move(theta, g, lr, decay_in_g=0.0)
