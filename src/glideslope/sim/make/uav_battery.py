"""Discharge the battery of a multirotor in 120 flights, each with a pack of another age.

Only voltage and current are logged, once a second, until the pack reaches 13.2 V; the remaining time is the answer sought.
Run it with `python -m glideslope.sim.make uav_battery`; a second. `fly(count, seed)` makes more for lessons that need them.
"""

import numpy as np

from glideslope._typing import Float, ndarray
from glideslope.sim.battery import BatteryParameters, battery_step, terminal_V

__all__ = ["fly", "make"]

FLIGHTS, TRAIN = 120, 90
CUT_V, LONGEST_S = 13.2, 2400


def make() -> dict[str, ndarray]:
    """Return the arrays of the data set, in A and V, before integer packing."""
    arrays = fly(FLIGHTS, seed=4)
    return {**arrays, "split": (np.arange(FLIGHTS) >= TRAIN).astype(int)}


def fly(count: int, seed: int) -> dict[str, ndarray]:
    """Fly `count` packs at once; rows of flight after flight: current (A), voltage (V); facts: capacity, resistances, start."""
    rng = np.random.default_rng([600, seed])
    health = rng.uniform(0.72, 1.0, count)
    p = BatteryParameters(
        capacity_A_s=health * rng.normal(5.0, 0.1, count) * 3600.0,
        r0_ohm=0.012 * rng.uniform(0.9, 1.2, count) / health,
        r1_ohm=0.010 * rng.uniform(0.7, 1.4, count) / health,
        tau_s=rng.uniform(20, 60, count),
    )
    x = np.stack([rng.uniform(0.85, 1.0, count), np.zeros(count)], axis=-1)
    start = x[:, 0].copy()
    current = _currents(count, rng)
    voltage = np.empty_like(current)
    for k in range(LONGEST_S):
        voltage[:, k] = terminal_V(x, current[:, k], p)
        x = np.maximum(battery_step(x, current[:, k], 1.0, p), [[0.0, -np.inf]])
    return _cut(current, voltage, np.column_stack([p.capacity_A_s, p.r0_ohm, p.r1_ohm, p.tau_s, start]), rng)


def _currents(count: int, rng: np.random.Generator) -> Float[ndarray, "n t"]:
    """Hover at 12 to 20 A, gusts of 8 s memory, and bursts of climbing."""
    hover = rng.uniform(12.0, 20.0, (count, 1))
    gust, current, keep = np.zeros(count), np.empty((count, LONGEST_S)), np.exp(-1 / 8.0)
    strength = rng.uniform(0.02, 0.12, count)
    for k in range(LONGEST_S):
        gust = keep * gust + strength * np.sqrt(1 - keep**2) * rng.standard_normal(count)
        current[:, k] = 1.0 + gust
    bursts = rng.random((count, LONGEST_S // 30)) < 0.15
    current += np.repeat(bursts * rng.uniform(0.2, 0.6, bursts.shape), 30, axis=1)
    return hover * np.maximum(current, 0.3)


def _cut(
    current: Float[ndarray, "n t"], voltage: Float[ndarray, "n t"], facts: ndarray, rng: np.random.Generator
) -> dict[str, ndarray]:
    """End each flight when its voltage, averaged over 5 s, first falls below the limit; add the noise of the sensors."""
    smooth = np.stack([np.convolve(v, np.full(5, 0.2), mode="full")[: len(v)] for v in voltage])
    smooth[:, :5] = np.inf
    ends = (smooth < CUT_V).argmax(axis=1)
    rows = [np.column_stack([i[:end], v[:end]]) for i, v, end in zip(current, voltage, ends, strict=True)]
    X = np.concatenate(rows) + rng.standard_normal((ends.sum(), 2)) * [0.1, 0.01]
    remaining = np.concatenate([np.arange(end, 0, -1) for end in ends])
    return {"X": X, "group": np.repeat(np.arange(len(ends)), ends), "facts": facts, "target_remaining_s": remaining}
