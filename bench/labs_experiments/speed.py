"""How many steps a second the simulators take on one core, RK4, float64, by CPU time, the best of several runs of a batch.

The planar quadrotor is measured as it is used: `simulate` with the trajectory kept, in plain memory order, for small and large batches;
and bare steps with the states first in memory, its fastest.
"""

import time

import numpy as np

from glideslope import sim

SYSTEMS = {
    "planar quadrotor": (sim.PLANAR_QUADROTOR, 2000),
    "quadrotor": (sim.QUADROTOR, 1000),
    "two-link arm": (sim.TWO_LINK_ARM, 1000),
}


def experiment(seeds=(0,), rounds=7, steps=200):
    result = {
        f"planar quadrotor, simulate, batch {batch}": million(
            lambda b=batch: simulated(sim.PLANAR_QUADROTOR, b, steps), batch * steps, rounds
        )
        for batch in (100, 1000, 10_000)
    }
    for name, (system, batch) in SYSTEMS.items():
        result[f"{name}, bare steps, batch {batch}"] = million(
            lambda s=system, b=batch: stepped(s, b, steps), batch * steps, rounds
        )
    return result


def million(run, count, rounds):
    """Steps a second of the fastest run, and of the slowest: how robust it is."""
    times = []
    for _ in range(rounds):
        began = time.process_time()
        run()
        times.append(time.process_time() - began)
    return {
        "million steps a second": round(count / min(times) / 1e6, 2),
        "slowest run": round(count / max(times) / 1e6, 2),
    }


def start(system, batch, order):
    rng = np.random.default_rng(0)
    x = rng.uniform(-0.5, 0.5, (batch, len(system.states)))
    return np.array(x, order=order), np.array(rng.uniform(1.5, 3.0, (batch, len(system.inputs))), order=order)


def simulated(system, batch, steps):
    x, u = start(system, batch, "C")
    sim.simulate(system, x, u, 0.01, steps)


def stepped(system, batch, steps):
    x, u = start(system, batch, "F")
    for _ in range(steps):
        x = sim.rk4_step(system.f, 0.0, x, u, system.parameters, 0.01)
