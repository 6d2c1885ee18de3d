r"""What all optimisers share: the flat vector, the step count, the learning rate, the state.

\(\theta_{t+1} = \theta_t - \eta_t\,d(g_t, \text{state})\). An optimiser of its own states only the direction d, as array
operations on the one vector that holds all parameters; the number of layers does not matter.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable

import numpy as np

from glideslope._typing import Shaped, ndarray
from glideslope.autograd import GraphError
from glideslope.errors import GlideslopeError
from glideslope.nn.module import Flat, Module, flatten

__all__ = ["Optimiser"]

SMALLEST_RATE = float(np.finfo(np.float64).tiny)  # schedules may end at 0, which the kernels refuse; this moves nothing


class Optimiser(ABC):
    """Change the parameters of a model along their gradients; the abstract base of all rules.

    Args:
        model: the module whose parameters to change; they are moved into one vector now.
        lr: the learning rate, a positive number or a schedule: a function of the step count 0, 1, 2, …
    """

    def __init__(self, model: Module, lr: float | Callable[[int], float]) -> None:
        self.model, self.lr = model, lr
        self.flat: Flat = flatten(model)
        self.count = 0

    @abstractmethod
    def update(self, theta: Shaped[ndarray, " p"], g: Shaped[ndarray, " p"], lr: float) -> None:
        """Change theta in place."""

    def step(self) -> None:
        """Move the parameters once.

        Raises:
            GraphError: the parameters were replaced since this optimiser was made.
        """
        if not self.flat.is_current():
            raise GraphError(
                "The optimiser expected the parameters it was made for, but the model has moved them to another vector "
                "(astype, or part of a larger model since): make the optimiser last."
            )
        lr = self.rate()
        if not lr >= 0:
            raise GlideslopeError(f"step expected a learning rate of at least 0, got {lr}: check the schedule.")
        self.count += 1
        self.update(self.flat.values, self.flat.gradients, lr)
        self.flat.changed()

    def zero_grad(self) -> None:
        """Set every gradient to zero."""
        self.flat.gradients.fill(0)

    def rate(self) -> float:
        """Return the learning rate of the next step."""
        return float(self.lr(self.count)) if callable(self.lr) else self.lr

    def state(self) -> dict[str, ndarray]:
        """Return the arrays that a checkpoint must keep besides the parameters; they are not copied."""
        return {name: value for name, value in vars(self).items() if isinstance(value, np.ndarray)}

    def _zeros(self) -> ndarray:
        return np.zeros_like(self.flat.values)
