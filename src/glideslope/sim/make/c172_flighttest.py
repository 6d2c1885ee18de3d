"""Fly 3-2-1-1 manoeuvres with the JSBSim Cessna 172P model, to identify its aerodynamic derivatives.

A control is held +3, -2, +1, -1 steps of a fixed time: a cheap input whose spectrum reaches the modes of motion.
Recorded at 60 Hz with the noise of a small flight-test kit; run it with `python -m glideslope.sim.make c172_flighttest`, seconds.

Traps, each of which biased a derivative in the trial:
the sign of JSBSim's `inertia/ixz-slugs_ft2` is opposite to the one of the usual equations of motion (Cn_da came out +0.0004, not -0.0053);
coefficients in the aircraft file are about its aerodynamic reference point while the motion sees the centre of gravity
(Cl_beta -0.092 there, -0.114 here), so the true moments about the CG are stored as targets;
whoever differentiates the rates must filter every other channel the same way (14 % bias in Cl_p otherwise).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from glideslope._typing import Float, ndarray
from glideslope.sim.make._jsbsim import Start, open_aircraft

__all__ = ["EPISODES", "make", "three_two_one_one"]

M, KG_M2, N_M, PA, N = 0.3048, 1.3558179483, 1.3558179483, 47.88025898, 4.4482216153
RATE_HZ, FRAMES, DURATION_S = 60, 4, 30.0


@dataclass(frozen=True)
class Episode:
    """One manoeuvre: which axis, at what speed, in what air, for which part of the data."""

    axis: str
    speed_kt: float
    turbulence: int
    split: int


EPISODES = (
    *(Episode(axis, 95.0, 0, 0) for axis in ("longitudinal", "longitudinal", "lateral", "lateral")),
    *(Episode(axis, 85.0, 0, 1) for axis in ("longitudinal", "lateral")),
    *(Episode(axis, 95.0, 2, 2) for axis in ("longitudinal", "lateral")),
)

# channel -> (JSBSim property, factor to SI, noise in SI)
CHANNELS = {
    "v_m_s": ("velocities/vt-fps", M, 0.46),
    "alpha_rad": ("aero/alpha-rad", 1.0, 0.0035),
    "beta_rad": ("aero/beta-rad", 1.0, 0.0035),
    "p_rad_s": ("velocities/p-rad_sec", 1.0, 0.00175),
    "q_rad_s": ("velocities/q-rad_sec", 1.0, 0.00175),
    "r_rad_s": ("velocities/r-rad_sec", 1.0, 0.00175),
    "phi_rad": ("attitude/phi-rad", 1.0, 0.0035),
    "theta_rad": ("attitude/theta-rad", 1.0, 0.0035),
    "ax_m_s2": ("accelerations/a-pilot-x-ft_sec2", M, 0.05),
    "ay_m_s2": ("accelerations/a-pilot-y-ft_sec2", M, 0.05),
    "az_m_s2": ("accelerations/a-pilot-z-ft_sec2", M, 0.05),
    "qbar_Pa": ("aero/qbar-psf", PA, 5.0),
    "elevator_rad": ("fcs/elevator-pos-rad", 1.0, 0.0),
    "aileron_rad": ("fcs/left-aileron-pos-rad", 1.0, 0.0),
    "rudder_rad": ("fcs/rudder-pos-rad", 1.0, 0.0),
    "thrust_N": ("propulsion/engine/thrust-lbs", N, 0.0),
}
TARGETS = {"L_N_m": "moments/l-aero-lbsft", "M_N_m": "moments/m-aero-lbsft", "N_N_m": "moments/n-aero-lbsft"}
FACTS = {
    "mass_kg": ("inertia/mass-slugs", 14.593903),
    "ixx_kg_m2": ("inertia/ixx-slugs_ft2", KG_M2),
    "iyy_kg_m2": ("inertia/iyy-slugs_ft2", KG_M2),
    "izz_kg_m2": ("inertia/izz-slugs_ft2", KG_M2),
    "ixz_kg_m2": ("inertia/ixz-slugs_ft2", -KG_M2),  # the flipped sign of the first trap
    "wing_m2": ("metrics/Sw-sqft", M * M),
    "span_m": ("metrics/bw-ft", M),
    "chord_m": ("metrics/cbarw-ft", M),
}


def make() -> dict[str, ndarray]:
    """Return the arrays of the data set, in SI units, before integer packing."""
    logs = [fly_episode(i, episode) for i, episode in enumerate(EPISODES)]
    moments = np.concatenate([targets for _, targets, _ in logs])
    return {
        "X": np.concatenate([X for X, _, _ in logs]),
        "group": np.repeat(np.arange(len(EPISODES)), [len(X) for X, _, _ in logs]),
        "facts": np.array([facts for _, _, facts in logs]),
        "split": np.array([episode.split for episode in EPISODES]),
        **{f"target_{name}": moments[:, i] for i, name in enumerate(TARGETS)},
    }


def fly_episode(
    number: int, episode: Episode, noise: bool = True
) -> tuple[Float[ndarray, "n d"], Float[ndarray, "n 3"], Float[ndarray, " k"]]:
    """Fly one episode; return its log, the true aerodynamic moments about the CG, and the facts."""
    rng = np.random.default_rng([3211, number])
    start = Start(
        speed_kt=episode.speed_kt,
        payload_lb=360.0,
        fuel_lb=200.0,
        turbulence=episode.turbulence,
        seed=3211 + number,
        dt_s=1.0 / (RATE_HZ * FRAMES),
    )
    fdm = open_aircraft(start)
    trim = {name: fdm[f"fcs/{name}-cmd-norm"] for name in ("elevator", "aileron", "rudder")}
    facts = np.array([fdm[source] * factor for source, factor in FACTS.values()])
    rows, truth = [], []
    for k in range(round(DURATION_S * RATE_HZ)):
        for frame in range(FRAMES):
            t_s = (k + frame / FRAMES) / RATE_HZ
            _move_controls(fdm, episode, trim, t_s, sign=1.0 if number % 2 == 0 else -1.0)
            fdm.run()
        rows.append([fdm[source] * factor for source, factor, _ in CHANNELS.values()])
        truth.append([fdm[source] * N_M for source in TARGETS.values()])
    X = np.array(rows)
    if noise:
        X += np.array([sigma for _, _, sigma in CHANNELS.values()]) * rng.standard_normal(X.shape)
    return X, np.array(truth), facts


def three_two_one_one(t_s: float, start_s: float, step_s: float) -> float:
    """Return +1, -1, +1, -1 for 3, 2, 1, 1 steps after `start_s`, else 0.

    Example:
        >>> [three_two_one_one(t, 0.0, 1.0) for t in (1.0, 4.0, 5.5, 6.5, 8.0)]
        [1.0, -1.0, 1.0, -1.0, 0.0]
    """
    steps = (t_s - start_s) / step_s
    if not 0.0 <= steps < 7.0:
        return 0.0
    return 1.0 if steps < 3.0 or 5.0 <= steps < 6.0 else -1.0


def _move_controls(fdm: Any, episode: Episode, trim: dict[str, float], t_s: float, sign: float) -> None:
    """Ask for the manoeuvre; a surface takes 0.15 s over the largest step, as a hand does.

    Steps within one frame made the samples of the moment miss what the rates had already felt: 4 % in Cl_p.
    """
    if episode.axis == "longitudinal":
        pulse = (
            three_two_one_one(t_s, 2.0, 0.35) - three_two_one_one(t_s, 11.0, 0.35) + three_two_one_one(t_s, 20.0, 0.25)
        )
        wanted = {"elevator": 0.12 * pulse}
    else:
        aileron = three_two_one_one(t_s, 2.0, 0.5) - three_two_one_one(t_s, 20.0, 0.5)
        rudder = three_two_one_one(t_s, 10.0, 0.6) + three_two_one_one(t_s, 21.0, 0.7)
        wanted = {"aileron": 0.3 * aileron, "rudder": 0.4 * rudder}
    for name, size in wanted.items():
        now, limit = (
            fdm[f"fcs/{name}-cmd-norm"],
            {"elevator": 0.24, "aileron": 0.6, "rudder": 0.8}[name] / 0.15 / (RATE_HZ * FRAMES),
        )
        fdm[f"fcs/{name}-cmd-norm"] = now + float(np.clip(trim[name] + sign * size - now, -limit, limit))
