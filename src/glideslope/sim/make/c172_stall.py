"""Fly 300 short episodes of the JSBSim Cessna 172P model toward the stall, and stop most of them in it.

Speed, bank, flaps, power, loading and the pace of the pull differ, so that no airspeed alone tells the stall:
lift needs $V^2 \\propto n W / C_L$. A row's label says whether the angle of attack will pass 15 degrees within the next 2 s.
Run it with `python -m glideslope.sim.make c172_stall`; half a minute.
"""

from typing import Any

import numpy as np

from glideslope._typing import Bool, Float, Int, ndarray
from glideslope.sim.make._jsbsim import Start, open_aircraft
from glideslope.sim.make._pilot import RAD2DEG, Habits, Pilot

__all__ = ["make"]

EPISODES, TRAIN = 300, 220
RATE_HZ, CONTROLS_PER_ROW, FRAMES_PER_CONTROL, LONGEST_S = 5, 4, 3, 36.0
STALL_DEG, AHEAD_S = 15.0, 2.0

# channel -> (JSBSim property, factor, standard deviation of the instrument's noise)
CHANNELS = {
    "ias_kt": ("velocities/vc-kts", 1.0, 0.6),
    "vs_fpm": ("velocities/h-dot-fps", 60.0, 40.0),
    "pitch_deg": ("attitude/theta-deg", 1.0, 0.2),
    "roll_deg": ("attitude/phi-deg", 1.0, 0.2),
    "p_deg_s": ("velocities/p-rad_sec", RAD2DEG, 0.1),
    "q_deg_s": ("velocities/q-rad_sec", RAD2DEG, 0.1),
    "r_deg_s": ("velocities/r-rad_sec", RAD2DEG, 0.1),
    "nx_g": ("accelerations/Nx", 1.0, 0.01),
    "nz_g": ("accelerations/Nz", 1.0, 0.01),
    "elevator": ("fcs/elevator-cmd-norm", 1.0, 0.002),
    "throttle": ("fcs/throttle-cmd-norm", 1.0, 0.002),
    "flaps_deg": ("fcs/flap-pos-deg", 1.0, 0.0),
    "rpm": ("propulsion/engine/engine-rpm", 1.0, 8.0),
    "alpha_deg": ("aero/alpha-deg", 1.0, 0.2),
}


def make() -> dict[str, ndarray]:
    """Return the arrays of the data set, in the channels' units, before integer packing."""
    logs = [fly_episode(number) for number in range(EPISODES)]
    return {
        "X": np.concatenate([X for X, _, _ in logs]),
        "y": np.concatenate([y for _, y, _ in logs]),
        "group": np.repeat(np.arange(EPISODES), [len(y) for _, y, _ in logs]),
        "facts": np.array([[weight] for _, _, weight in logs]),
        "split": (np.arange(EPISODES) >= TRAIN).astype(int),
    }


def fly_episode(number: int) -> tuple[Float[ndarray, "n d"], Int[ndarray, " n"], float]:
    """Fly one episode until it stalls or time is up; return log, labels and weight in lb."""
    rng = np.random.default_rng([15, number])
    flaps = float(rng.choice([0.0, 0.0, 10.0, 20.0, 30.0]))
    start = Start(
        altitude_ft=rng.uniform(2500, 5000),
        speed_kt=rng.uniform(68, 100 if flaps < 20 else 80),
        payload_lb=rng.uniform(140, 400),
        fuel_lb=rng.uniform(60, 320),
        turbulence=int(rng.integers(0, 3)),
        seed=15000 + number,
    )
    fdm = open_aircraft(start)
    weight = float(fdm["inertia/weight-lbs"])
    rows, alpha = _pull(fdm, flaps, rng)
    X, true_alpha = np.array(rows), np.array(alpha)
    X *= [factor for _, factor, _ in CHANNELS.values()]
    X += np.array([sigma for _, _, sigma in CHANNELS.values()]) * rng.standard_normal(X.shape)
    return X, _stalls_ahead(true_alpha).astype(int)[: len(X)], weight


def _pull(fdm: Any, flaps: float, rng: np.random.Generator) -> tuple[list[list[float]], list[float]]:
    """Bank, set power, raise the nose at a steady pace; two in five pilots stop in time and lower it again."""
    dt_s = 1.0 / (RATE_HZ * CONTROLS_PER_ROW)
    pilot = Pilot(Habits(), rng, dt_s, throttle=float(fdm["fcs/throttle-cmd-norm"]))
    bank, pace = rng.choice([0.0, 0.0, 1.0, -1.0]) * rng.uniform(15, 50), rng.uniform(0.25, 2.2)
    power, wait_s = rng.uniform(0.2, 1.0), rng.uniform(2, 12)
    stop_s = wait_s + (rng.uniform(3, 12) if rng.random() < 0.4 else np.inf)
    theta = float(fdm["attitude/theta-deg"])
    rows, alpha = [], []
    for step in range(round(LONGEST_S / dt_s)):
        t_s = step * dt_s
        if step % CONTROLS_PER_ROW == 0:
            rows.append([fdm[source] for source, _, _ in CHANNELS.values()])
            alpha.append(float(fdm["aero/alpha-deg"]))
            if alpha[-1] > STALL_DEG:
                return rows[:-1], alpha  # the stall itself is no longer a warning
        if t_s > wait_s:
            theta = min(theta + pace * dt_s, 28.0) if t_s < stop_s else max(theta - 2.0 * pace * dt_s, -2.0)
            pilot.throttle += float(np.clip(power - pilot.throttle, -0.1 * dt_s, 0.1 * dt_s))
            fdm["fcs/flap-cmd-norm"] = flaps / 30.0
        pilot.hold_attitude(fdm, float(bank * min(1.0, t_s / 6.0)), theta)
        for _ in range(FRAMES_PER_CONTROL):
            fdm.run()
    return rows, alpha


def _stalls_ahead(alpha_deg: Float[ndarray, " n"]) -> Bool[ndarray, " n"]:
    """Tell for each row whether alpha passes the stall now or in the next 2 s."""
    stalled = np.append(alpha_deg > STALL_DEG, np.zeros(round(AHEAD_S * RATE_HZ), dtype=bool))
    return np.array([stalled[k : k + round(AHEAD_S * RATE_HZ) + 1].any() for k in range(len(alpha_deg))])
