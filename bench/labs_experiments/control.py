"""Recovering a planar quadrotor: LQR with saturated rotors against the cascaded PD, 1000 starts for each range of attitude, 6 s."""

import numpy as np

from glideslope import sim
from glideslope.sim import control

RANGES_DEG = (17, 57, 115, 180)


def experiment(seeds=(0, 1, 2)):
    p = sim.PLANAR_QUADROTOR.parameters
    A, B = sim.hover_jacobians(p)
    K, _ = control.lqr_gain(A, B, np.diag([10.0, 10, 1, 1, 1, 0.1]), np.eye(2))
    pilots = {
        "LQR, saturated": lambda t, x: np.clip(p.hover_N - wrapped(x) @ K.T, 0.0, p.thrust_max_N),
        "cascaded PD": lambda t, x: control.planar_quadrotor_pd(x, np.zeros(2), p),
    }
    return {
        name: {f"up to {limit} deg": [success(pilot, limit, seed) for seed in seeds] for limit in RANGES_DEG}
        for name, pilot in pilots.items()
    }


def wrapped(x):
    """The regulator turns the short way round."""
    x = x.copy()
    x[..., 2] = np.arctan2(np.sin(x[..., 2]), np.cos(x[..., 2]))
    return x


def success(pilot, limit_deg, seed, count=1000):
    rng = np.random.default_rng([6, seed])
    limit = np.radians(limit_deg)
    x0 = np.column_stack(
        [
            rng.uniform(-1, 1, (count, 2)),
            rng.uniform(-limit, limit, count),
            rng.uniform(-1, 1, (count, 2)),
            rng.uniform(-2, 2, count),
        ]
    )
    x = sim.simulate(sim.PLANAR_QUADROTOR, np.asfortranarray(x0), pilot, 0.02, 300)[-1]
    return round(
        float(((np.linalg.norm(x[:, :2], axis=1) < 0.15) & (np.linalg.norm(x[:, 3:5], axis=1) < 0.3)).mean()), 3
    )
