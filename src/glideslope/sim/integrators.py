r"""Step an ordinary differential equation $\dot x = f(t, x, u; p)$ through a time step h.

Euler follows the slope at the start: the error of a whole flight shrinks as h. Runge and Kutta average four slopes: it shrinks as h⁴.
Use `rk4_step` for everything smooth; `adaptive` where the pace changes, because it picks h from an error estimate of its own.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from glideslope._typing import Float, ndarray

__all__ = ["ORDERS", "STEPS", "adaptive", "euler_step", "rk4_step"]

Dynamics = Callable[[float, ndarray, ndarray, Any], ndarray]


def euler_step(f: Dynamics, t: float, x: ndarray, u: ndarray, p: Any, h: float) -> ndarray:
    r"""Advance by $x + h f$; order 1.

    Example:
        >>> import numpy as np
        >>> euler_step(lambda t, x, u, p: -x, 0.0, np.array([1.0]), np.zeros(0), None, 0.1)
        array([0.9])
    """
    return x + h * f(t, x, u, p)


def rk4_step(f: Dynamics, t: float, x: ndarray, u: ndarray, p: Any, h: float) -> ndarray:
    r"""Advance by the classical Runge–Kutta method, $x + \tfrac{h}{6}(k_1 + 2 k_2 + 2 k_3 + k_4)$; order 4.

    Example:
        >>> import numpy as np
        >>> rk4_step(lambda t, x, u, p: -x, 0.0, np.array([1.0]), np.zeros(0), None, 0.1).round(7)
        array([0.9048375])
    """
    k1 = f(t, x, u, p)
    k2 = f(t + h / 2, x + (h / 2) * k1, u, p)
    k3 = f(t + h / 2, x + (h / 2) * k2, u, p)
    k4 = f(t + h, x + h * k3, u, p)
    k2 += k3
    k2 *= 2.0
    k2 += k1
    k2 += k4
    k2 *= h / 6
    k2 += x
    return k2


STEPS: dict[str, Callable[..., ndarray]] = {"euler": euler_step, "rk4": rk4_step}
ORDERS = {"euler": 1, "rk4": 4, "adaptive": 5}

# Dormand and Prince 1980: seven slopes, the last of a step is the first of the next; B - B_HAT estimates the error.
C = np.array([0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1])
A = [
    np.array([]),
    np.array([1 / 5]),
    np.array([3 / 40, 9 / 40]),
    np.array([44 / 45, -56 / 15, 32 / 9]),
    np.array([19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729]),
    np.array([9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656]),
    np.array([35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84]),
]
B = np.append(A[6], 0.0)
B_HAT = np.array([5179 / 57600, 0, 7571 / 16695, 393 / 640, -92097 / 339200, 187 / 2100, 1 / 40])


def adaptive(
    f: Dynamics,
    x0: Float[ndarray, "*batch n"],
    u: Any,
    p: Any,
    t_end: float,
    *,
    rtol: float = 1e-8,
    atol: float = 1e-10,
    h: float = 1e-2,
) -> tuple[Float[ndarray, " t"], Float[ndarray, "t *batch n"]]:
    r"""Integrate from 0 to `t_end` with the Dormand–Prince pair, choosing each step.

    The difference e of the 5th and the 4th order result must satisfy $|e| \le \text{atol} + \text{rtol}\,|x|$;
    the next step is $0.9\, h\, \|e\|^{-1/5}$, at most five times as long.

    Args:
        f: Dynamics f(t, x, u, p).
        x0: First state, (..., n).
        u: Constant input (m,), or a function u(t, x).
        p: Parameters of f.
        t_end: Last time in s.
        rtol: Relative tolerance of a step.
        atol: Absolute tolerance of a step.
        h: First step tried, in s.

    Returns:
        Times (k,) and states (k, ..., n) of the accepted steps.

    Raises:
        ValueError: The step fell below 1e-12 of the interval: f is not smooth there.

    Accuracy: order 5; the global error is about rtol times the number of steps.
    Cost: 6 evaluations of f a step.
    Source: [dormand1980].

    Example:
        >>> import numpy as np
        >>> t, x = adaptive(lambda t, x, u, p: -x, np.array([1.0]), None, None, 1.0)
        >>> bool(abs(x[-1, 0] - np.exp(-1)) < 1e-8)
        True
    """
    control = u if callable(u) else (lambda t, x: u)
    t, x = 0.0, np.asarray(x0, dtype=float)
    times, states, slope = [t], [x], f(t, x, control(t, x), p)
    while t < t_end:
        h = min(h, t_end - t)
        with np.errstate(over="ignore", invalid="ignore"):  # a step too far may overflow: it is refused below
            x_new, error, slopes = dormand_prince_step(f, t, x, control, p, h, slope)
        size = np.max(np.abs(error) / (atol + rtol * np.maximum(np.abs(x), np.abs(x_new))), initial=1e-10)
        if size <= 1.0:
            t, x, slope = t + h, x_new, slopes[6]
            times.append(t)
            states.append(x)
        elif h <= 1e-12 * t_end:
            raise ValueError(
                f"adaptive stopped at t = {t:g} s with a step of {h:.1e} s; f jumps or grows without bound there, so check its inputs."
            )
        h *= min(5.0, max(0.2, 0.9 * size**-0.2)) if np.isfinite(size) else 0.1
    return np.array(times), np.stack(states)


def dormand_prince_step(
    f: Dynamics, t: float, x: ndarray, control: Callable[[float, ndarray], Any], p: Any, h: float, slope: ndarray
) -> tuple[ndarray, ndarray, list[ndarray]]:
    """Return the 5th order step, its error estimate and the seven slopes."""
    slopes = [slope]
    for c, a in zip(C[1:], A[1:], strict=True):
        stage = x + h * sum(a_j * k_j for a_j, k_j in zip(a, slopes, strict=True))
        slopes.append(f(t + c * h, stage, control(t + c * h, stage), p))
    error = h * sum(d * k for d, k in zip(B - B_HAT, slopes, strict=True))
    return stage, np.asarray(error), slopes
