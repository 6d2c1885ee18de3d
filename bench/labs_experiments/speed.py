"""How many steps a second the simulators take on one core, RK4, float64, by CPU time, the best of several runs of a batch."""

import time

import numpy as np

from glideslope import sim

BATCH = {
    "planar quadrotor": (sim.PLANAR_QUADROTOR, 2000),
    "quadrotor": (sim.QUADROTOR, 1000),
    "two-link arm": (sim.TWO_LINK_ARM, 1000),
}


def experiment(seeds=(0,), rounds=5, steps=400):
    return {
        name: {"batch": batch, "million steps a second": fastest(system, batch, rounds, steps)}
        for name, (system, batch) in BATCH.items()
    }


def fastest(system, batch, rounds, steps):
    """The batch lies states first in memory, so that each state is contiguous."""
    rng = np.random.default_rng(0)
    x = np.asfortranarray(rng.uniform(-0.5, 0.5, (batch, len(system.states))))
    u = np.asfortranarray(rng.uniform(1.5, 3.0, (batch, len(system.inputs))))
    best = np.inf
    for _ in range(rounds):
        began, y = time.process_time(), x
        for _ in range(steps):
            y = sim.rk4_step(system.f, 0.0, y, u, system.parameters, 0.01)
        best = min(best, (time.process_time() - began) / steps)
    return round(batch / best / 1e6, 2)
