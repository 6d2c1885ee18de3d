r"""Schedules: the learning rate as a function of the step count, 0 for the first step.

Large steps find the valley, small ones its floor. A schedule is a plain function, so it needs no state of its own:
pass it as `lr=` to an optimiser, and a resumed run continues at the right place.
"""

import math
from collections.abc import Callable

__all__ = ["cosine_decay", "step_decay", "warm_up"]

Schedule = Callable[[int], float]


def step_decay(lr: float, every: int, factor: float = 0.1) -> Schedule:
    r"""Multiply by a factor every so many steps: \(\eta_t = \eta_0\,f^{\lfloor t/k\rfloor}\).

    Args:
        lr: η₀.
        every: k, steps between two cuts.
        factor: f.

    Example:
        >>> [step_decay(1.0, every=2, factor=0.5)(t) for t in range(5)]
        [1.0, 1.0, 0.5, 0.5, 0.25]
    """
    return lambda t: lr * factor ** (t // every)


def cosine_decay(lr: float, steps: int, lr_min: float = 0.0) -> Schedule:
    r"""Fall along half a cosine: \(\eta_t = \eta_{min} + \tfrac12(\eta_0 - \eta_{min})(1 + \cos\frac{\pi t}{T})\), then stay.

    Args:
        lr: η₀.
        steps: T, when η_min is reached.
        lr_min: η_min.

    Source: [loshchilov2017, eq. 5]

    Example:
        >>> [round(cosine_decay(1.0, steps=4)(t), 3) for t in range(6)]
        [1.0, 0.854, 0.5, 0.146, 0.0, 0.0]
    """
    return lambda t: lr_min + 0.5 * (lr - lr_min) * (1 + math.cos(math.pi * min(t / steps, 1.0)))


def warm_up(schedule: float | Schedule, steps: int) -> Schedule:
    r"""Start gently: \(\eta_t = \eta(t)\,\min(1, (t + 1)/w)\), while Adam's averages are still forming.

    Args:
        schedule: what to warm up, a number or a schedule.
        steps: w, the length of the ramp.

    Example:
        >>> [warm_up(1.0, steps=4)(t) for t in range(5)]
        [0.25, 0.5, 0.75, 1.0, 1.0]
    """
    eta = schedule if callable(schedule) else lambda t: schedule
    return lambda t: eta(t) * min(1.0, (t + 1) / steps)
