r"""A dynamical system in state-space form, and its simulation.

Everything that moves here obeys $\dot x = f(t, x, u; p)$ with x (..., n) and u (..., m): pure functions, batched over leading axes,
SI units, each state with a name, a unit and a frame. `simulate` steps f through time; `jacobians` linearises it to the last digit.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from glideslope._typing import Float, Shaped, ndarray
from glideslope.errors import ShapeError
from glideslope.sim.integrators import STEPS

__all__ = ["Signal", "System", "jacobians", "simulate"]


@dataclass(frozen=True)
class Signal:
    """Name, unit and frame of one state or input, and the range outside which its unit must be wrong."""

    name: str
    unit: str
    frame: str
    low: float = -np.inf
    high: float = np.inf


@dataclass(frozen=True)
class System:
    """Bundle a pure dynamics function with its words: states, inputs, default parameters, largest time step.

    Example:
        >>> from glideslope.sim import PENDULUM
        >>> [f"{s.name} [{s.unit}] in {s.frame}" for s in PENDULUM.states]
        ['theta [rad] in W', 'theta_dot [rad/s] in W']
    """

    name: str
    f: Callable[[float, ndarray, ndarray, Any], ndarray]
    parameters: Any
    states: tuple[Signal, ...]
    inputs: tuple[Signal, ...]
    dt_max_s: float

    def index(self, state: str) -> int:
        """Return the position of a state by name."""
        return [signal.name for signal in self.states].index(state)


def simulate(
    system: System,
    x0: Float[ndarray, "*batch n"],
    u: Any,
    dt_s: float,
    steps: int,
    *,
    p: Any = None,
    method: str = "rk4",
) -> Float[ndarray, "t *batch n"]:
    r"""Step a system through time and return every state.

    $x_{k+1} = x_k + h\,\Phi(t_k, x_k, u_k; h)$, with $\Phi$ of Euler or of the classical Runge–Kutta method.

    Args:
        system: One of the systems of `glideslope.sim`.
        x0: First state, or a batch of them, (..., n), in the units of `system.states`.
        u: Inputs: one constant (m,) or (..., m); a sequence of `steps` of them; or a function u(t, x).
        dt_s: Time step in s, at most `system.dt_max_s`; u is held over a step.
        steps: Number of steps.
        p: Parameters; the system's own by default.
        method: "rk4" (order 4) or "euler" (order 1).

    Returns:
        States at t = 0, dt, …, steps · dt: (steps + 1, ..., n).

    Raises:
        ShapeError: x0 has not as many numbers as the system has states, or u not as many as it has inputs, or u could mean two things.
        ValueError: The method is unknown, a first state is out of its unit's range, the step is too long, or a state became infinite or NaN.

    Accuracy: error O(dt⁴) with "rk4" while u is smooth; see `docs/simulators.md` for the measured orders.
    Cost: 4 evaluations of f a step with "rk4".

    Example:
        >>> import numpy as np
        >>> from glideslope.sim import PENDULUM, simulate
        >>> simulate(PENDULUM, np.array([0.1, 0.0]), np.zeros(1), dt_s=0.01, steps=200).shape
        (201, 2)
    """
    p = system.parameters if p is None else p
    x = _checked_start(system, x0)
    _check_step(system, dt_s)
    step, control = _stepper(method), _control(system, u, steps, x.shape[:-1])
    states = [x]
    for k in range(steps):
        x = step(system.f, k * dt_s, x, control(k, k * dt_s, x), p, dt_s)
        states.append(x)
    trajectory = np.stack(states)
    _check_finite(system, trajectory, dt_s)
    return trajectory


def jacobians(
    system: System, x: Float[ndarray, " n"], u: Float[ndarray, " m"], p: Any = None
) -> tuple[Float[ndarray, "n n"], Float[ndarray, "n m"]]:
    r"""Linearise a system at one point: $A = \partial f/\partial x$, $B = \partial f/\partial u$.

    Complex step: $\partial f/\partial x_i = \operatorname{Im} f(x + i h e_i)/h$ with $h = 10^{-30}$ subtracts nothing, so loses no digit.

    Args:
        system: One of the systems of `glideslope.sim`.
        x: State, (n,).
        u: Input, (m,).
        p: Parameters; the system's own by default.

    Returns:
        A (n, n) and B (n, m).

    Accuracy: rounding of f alone, about 1e-15 relative.
    Source: [squire1998].

    Example:
        >>> import numpy as np
        >>> from glideslope.sim import PENDULUM, jacobians
        >>> A, B = jacobians(PENDULUM, np.zeros(2), np.zeros(1))
        >>> A.shape, B.shape
        ((2, 2), (2, 1))
    """
    p, h = system.parameters if p is None else p, 1e-30
    X = x + 1j * h * np.eye(len(x))
    U = u + 1j * h * np.eye(len(u))
    A = system.f(0.0, X, np.broadcast_to(u, (len(x), len(u))), p).imag.T / h
    B = system.f(0.0, np.broadcast_to(x, (len(u), len(x))), U, p).imag.T / h
    return A, B


def _checked_start(system: System, x0: Shaped[ndarray, "*batch n"]) -> ndarray:
    x = np.asarray(x0, dtype=np.float64) if np.asarray(x0).dtype != np.float32 else np.asarray(x0)
    if x.ndim == 0 or x.shape[-1] != len(system.states):
        names = ", ".join(signal.name for signal in system.states)
        raise ShapeError(
            f"{system.name} has {len(system.states)} states ({names}) and got x0 of shape {x.shape}; give one number for each."
        )
    for i, signal in enumerate(system.states):
        inside = (signal.low <= x[..., i]) & (x[..., i] <= signal.high)
        if not inside.all():
            worst = x[..., i][~inside].flat[0]
            raise ValueError(
                f"{system.name} starts with {signal.name} = {worst:g}, outside [{signal.low:g}, {signal.high:g}] {signal.unit}; "
                f"check its unit ({signal.unit}) and sign."
            )
    return x


def _check_step(system: System, dt_s: float) -> None:
    if not 0.0 < dt_s <= system.dt_max_s:
        raise ValueError(
            f"{system.name} expects a time step in (0, {system.dt_max_s:g}] s and got {dt_s:g} s; take a shorter one."
        )


def _check_finite(system: System, trajectory: ndarray, dt_s: float) -> None:
    if np.isfinite(trajectory[-1]).all():
        return
    rows = ~np.isfinite(trajectory).all(axis=tuple(range(1, trajectory.ndim)))
    k = int(rows.argmax())
    raise ValueError(
        f"{system.name} left the finite numbers at step {k} (t = {k * dt_s:g} s); check the inputs or take a shorter step than {dt_s:g} s."
    )


def _stepper(method: str) -> Callable[..., ndarray]:
    if method not in STEPS:
        raise ValueError(
            f"simulate knows the methods {' and '.join(STEPS)} and got {method!r}; use one of them, or `adaptive`."
        )
    return STEPS[method]


def _control(system: System, u: Any, steps: int, batch: tuple[int, ...]) -> Callable[[int, float, ndarray], ndarray]:
    """Read u as a function, as one input a step, or as a constant; refuse what could be two of them."""
    if callable(u):
        return lambda k, t, x: np.asarray(u(t, x))
    held = np.asarray(u, dtype=float)
    a_step = held.ndim > 1 and len(held) == steps
    if held.ndim == 0 or held.shape[-1] != len(system.inputs) or not (a_step or _fits(held.shape[:-1], batch)):
        names = ", ".join(signal.name for signal in system.inputs)
        raise ShapeError(
            f"{system.name} has {len(system.inputs)} inputs ({names}) and got u of shape {held.shape}; "
            f"give ({len(system.inputs)},), one for each of the {steps} steps, or a function u(t, x)."
        )
    if a_step and held.ndim == 2 and batch == (steps,) and not isinstance(u, list | tuple):
        raise ShapeError(
            f"{system.name} got u of shape {held.shape} for a batch of {steps} over {steps} steps, which could mean either; "
            f"give ({steps}, 1, {len(system.inputs)}) for one input a step, or (1, {steps}, {len(system.inputs)}) for one a member."
        )
    if a_step:
        return lambda k, t, x: held[k]
    constant = held[0] if held.shape[:-1] == (1, *batch) else held
    return lambda k, t, x: constant


def _fits(shape: tuple[int, ...], batch: tuple[int, ...]) -> bool:
    """Does an input of this shape belong to a batch of that one, perhaps with an axis of one time in front?"""
    if shape == (1, *batch):
        return True
    try:
        return np.broadcast_shapes(shape, batch) == batch
    except ValueError:
        return False
