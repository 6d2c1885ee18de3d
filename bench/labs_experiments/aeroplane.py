"""Where the derivatives of `glideslope.sim.aeroplane` come from: regression on noise-free flights of JSBSim's 172P model.

Three longitudinal manoeuvres, two at 95 kt and one at 85 kt; lift and drag from the aerodynamic forces, pitching moment about the CG.
"""

import numpy as np

from glideslope.sim.make import c172_flighttest
from glideslope.sim.make.c172_flighttest import CHANNELS, EPISODES, FACTS, N

EXTRA = {
    "fx": ("forces/fbx-aero-lbs", N, 0.0),
    "fz": ("forces/fbz-aero-lbs", N, 0.0),
    "alphadot": ("aero/alphadot-rad_sec", 1.0, 0.0),
}


def experiment(seeds=(0,)):
    c172_flighttest.CHANNELS = CHANNELS | EXTRA
    try:
        flown = [c172_flighttest.fly_episode(i, EPISODES[i], noise=False) for i in (0, 1, 4)]
    finally:
        c172_flighttest.CHANNELS = CHANNELS
    x = dict(zip((*CHANNELS, *EXTRA), np.vstack([X for X, _, _ in flown]).T, strict=True))
    fact = dict(zip(FACTS, flown[0][2], strict=True))
    moment = np.vstack([T for _, T, _ in flown])[:, 1]
    return fit(x, moment, fact["wing_m2"], fact["chord_m"])


def fit(x, moment, wing, chord):
    alpha, force, per_rate = x["alpha_rad"], x["qbar_Pa"] * wing, chord / (2 * x["v_m_s"])
    lift = x["fx"] * np.sin(alpha) - x["fz"] * np.cos(alpha)
    drag = -x["fx"] * np.cos(alpha) - x["fz"] * np.sin(alpha)
    one = np.ones_like(alpha)
    A = np.column_stack([one, alpha, x["q_rad_s"] * per_rate, x["alphadot"] * per_rate, x["elevator_rad"]])
    CL = lift / force
    return {"CL: 1, alpha, q, alphadot, elevator": solved(A, CL), "CD: 1, CL^2": solved(np.column_stack([one, CL**2]), drag / force),
            "Cm: 1, alpha, q, alphadot, elevator": solved(A, moment / (force * chord))}  # fmt: skip


def solved(A, y):
    estimate = np.linalg.lstsq(A, y, rcond=None)[0]
    return {
        "estimate": [round(float(e), 5) for e in estimate],
        "R2": round(float(1 - (y - A @ estimate).var() / y.var()), 5),
    }
