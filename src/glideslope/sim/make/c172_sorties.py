"""Fly 40 sorties of the JSBSim Cessna 172P model, and 8 of the 172R, and log their instruments once a second.

Each sortie is a random plan of legs flown by a pilot with habits of their own, in wind and turbulence; it ends on final approach.
The phase is read off the plan, not off the instruments: approach > turn > climb or descent > cruise, the first that applies,
four seconds after the pilot decided so.
Run it with `python -m glideslope.sim.make c172_sorties`; two minutes on one core.
"""

from typing import Any

import numpy as np

from glideslope._typing import Float, Int, ndarray
from glideslope.sim.make._flight_plan import plan_sortie
from glideslope.sim.make._jsbsim import KT_PER_FPS, Start, blow, open_aircraft
from glideslope.sim.make._pilot import RAD2DEG, Habits, Leg, Pilot, angle_difference_deg

__all__ = ["CLASSES", "FACTS", "fly_sortie", "make"]

CLASSES = ("climb", "cruise", "turn", "descent", "approach")
FACTS = ("weight_lb", "wind_north_kt", "wind_east_kt", "turbulence", "speed_scale", "bank_deg", "climb_power")
DRAW = 2  # enters every seed; the first draw was tuned with its test flights in sight, the second was made once and scored untouched
SPLITS = ("train",) * 30 + ("test",) * 10 + ("transfer",) * 8

HEADING_REACHED_DEG = 6.0  # a turn is over when less than this is left
ALTITUDE_REACHED_FT = 40.0  # a climb or a descent is over when less than this is left
RESPONSE_S = 4  # a phase begins this long after the pilot decides: before, the aircraft cannot have answered
CONTROL_DT_S = 0.05
FRAMES_PER_CONTROL = 3

# channel -> (JSBSim property, factor to the channel's unit, standard deviation of the instrument's noise)
INSTRUMENTS = {
    "ias_kt": ("velocities/vc-kts", 1.0, 0.6),
    "tas_kt": ("velocities/vtrue-kts", 1.0, 0.6),
    "altitude_ft": ("position/h-sl-ft", 1.0, 5.0),
    "vs_fpm": (None, 1.0, 40.0),
    "pitch_deg": ("attitude/theta-deg", 1.0, 0.2),
    "roll_deg": ("attitude/phi-deg", 1.0, 0.2),
    "heading_deg": ("attitude/psi-deg", 1.0, 0.4),
    "alpha_deg": ("aero/alpha-deg", 1.0, 0.2),
    "beta_deg": ("aero/beta-deg", 1.0, 0.2),
    "p_deg_s": ("velocities/p-rad_sec", RAD2DEG, 0.1),
    "q_deg_s": ("velocities/q-rad_sec", RAD2DEG, 0.1),
    "r_deg_s": ("velocities/r-rad_sec", RAD2DEG, 0.1),
    "nz_g": ("accelerations/Nz", 1.0, 0.01),
    "throttle": ("fcs/throttle-cmd-norm", 1.0, 0.002),
    "elevator": ("fcs/elevator-cmd-norm", 1.0, 0.002),
    "aileron": ("fcs/aileron-cmd-norm", 1.0, 0.002),
    "rudder": ("fcs/rudder-cmd-norm", 1.0, 0.002),
    "flaps_deg": ("fcs/flap-pos-deg", 1.0, 0.0),
    "rpm": ("propulsion/engine/engine-rpm", 1.0, 8.0),  # piston engines only: a turbine has n1 instead
    "fuel_flow_gph": ("propulsion/engine/fuel-flow-rate-gph", 1.0, 0.05),
    "gps_north_kt": ("velocities/v-north-fps", KT_PER_FPS, 0.1),
    "gps_east_kt": ("velocities/v-east-fps", KT_PER_FPS, 0.1),
}


def make(flights: range = range(len(SPLITS))) -> dict[str, ndarray]:
    """Return the arrays of the data set, in the channels' units, before integer packing."""
    logs = [fly_sortie(flight) for flight in flights]
    return {
        "X": np.concatenate([X for X, _, _ in logs]),
        "y": np.concatenate([y for _, y, _ in logs]),
        "group": np.repeat(np.array(flights), [len(y) for _, y, _ in logs]),
        "facts": np.array([facts for _, _, facts in logs]),
        "split": np.array([("train", "test", "transfer").index(SPLITS[flight]) for flight in flights]),
    }


def fly_sortie(flight: int) -> tuple[Float[ndarray, "n d"], Int[ndarray, " n"], Float[ndarray, " k"]]:
    """Fly sortie number `flight`; return its log, its phase labels and its facts."""
    rng = np.random.default_rng([172, DRAW, flight])
    start, habits = _draw_start(flight, rng), _draw_habits(rng)
    legs, scale = plan_sortie(start, rng), 1.0 + 0.015 * rng.standard_normal()
    fdm = open_aircraft(start)
    weight = fdm["inertia/weight-lbs"]
    pilot = Pilot(habits, rng, CONTROL_DT_S, fdm["attitude/theta-deg"], throttle=fdm["fcs/throttle-cmd-norm"])
    _settle(fdm, pilot, start)
    rows, labels = _fly_plan(fdm, pilot, legs)
    X = _read_instruments(np.array(rows), scale, rng)
    facts = (weight, start.wind_north_kt, start.wind_east_kt, start.turbulence, scale, habits.bank_deg)
    y = np.array(labels[:1] * RESPONSE_S + labels[:-RESPONSE_S])
    return X, y, np.array([*facts, habits.climb_power])


def _draw_start(flight: int, rng: np.random.Generator) -> Start:
    wind_kt, wind_from = rng.uniform(0, 28), rng.uniform(0, 2 * np.pi)
    return Start(
        aircraft="c172r" if SPLITS[flight] == "transfer" else "c172p",
        altitude_ft=rng.integers(10, 16) * 100.0,
        speed_kt=rng.uniform(75, 90),
        heading_deg=rng.integers(0, 36) * 10.0,
        payload_lb=rng.uniform(140, 400),
        fuel_lb=rng.uniform(100, 320),
        wind_north_kt=-wind_kt * np.cos(wind_from),
        wind_east_kt=-wind_kt * np.sin(wind_from),
        turbulence=int(rng.choice(4, p=[0.25, 0.35, 0.3, 0.1])),
        seed=1000 * DRAW + flight,
    )


def _draw_habits(rng: np.random.Generator) -> Habits:
    return Habits(
        bank_deg=rng.uniform(8, 25),
        eagerness=rng.uniform(0.8, 1.4),
        climb_power=rng.uniform(0.8, 0.98),
        sharpness=rng.uniform(0.7, 1.3),
        wander=rng.uniform(0.4, 1.2),
    )


def _settle(fdm: Any, pilot: Pilot, start: Start, ramp_s: float = 30.0) -> None:
    """Let the wind rise while the pilot flies straight and level, and 15 s more; none of it is logged."""
    level = Leg(start.altitude_ft, start.heading_deg, start.speed_kt)
    for step in range(round((ramp_s + 15.0) / CONTROL_DT_S)):
        blow(fdm, start, min(1.0, step * CONTROL_DT_S / ramp_s))
        _advance(fdm, pilot, level)


def _advance(fdm: Any, pilot: Pilot, leg: Leg) -> None:
    pilot.fly(fdm, leg)
    for _ in range(FRAMES_PER_CONTROL):
        fdm.run()


def _fly_plan(fdm: Any, pilot: Pilot, legs: list[Leg]) -> tuple[list[list[float]], list[int]]:
    """Fly every leg; sample once a second, before the controls move."""
    rows, labels, step, steps_a_second = [], [], 0, round(1 / CONTROL_DT_S)
    vs_fpm = 0.0
    for leg in legs:
        turning = climbing = True
        held_s = flown_s = 0.0
        while held_s <= leg.hold_s and flown_s < leg.longest_s:
            to_climb_ft = leg.altitude_ft - fdm["position/h-sl-ft"]
            to_turn_deg = angle_difference_deg(leg.heading_deg, fdm["attitude/psi-deg"])
            # Once a target is reached it stays reached: a gust does not start a new climb.
            turning = turning and abs(to_turn_deg) > HEADING_REACHED_DEG
            climbing = climbing and bool(abs(to_climb_ft) > ALTITUDE_REACHED_FT)
            if step % steps_a_second == 0:
                rows.append([vs_fpm if source is None else fdm[source] for source, _, _ in INSTRUMENTS.values()])
                labels.append(_phase(leg, turning, climbing, to_climb_ft))
            held_s += 0.0 if turning or climbing else CONTROL_DT_S
            flown_s, step = flown_s + CONTROL_DT_S, step + 1
            _advance(fdm, pilot, leg)
            vs_fpm += (60.0 * fdm["velocities/h-dot-fps"] - vs_fpm) * CONTROL_DT_S / 2.0  # the needle lags 2 s
    return rows, labels


def _phase(leg: Leg, turning: bool, climbing: bool, to_climb_ft: float) -> int:
    if leg.approach:
        return CLASSES.index("approach")
    if turning:
        return CLASSES.index("turn")
    if climbing:
        return CLASSES.index("climb" if to_climb_ft > 0 else "descent")
    return CLASSES.index("cruise")


def _read_instruments(
    truth: Float[ndarray, "n d"], speed_scale: float, rng: np.random.Generator
) -> Float[ndarray, "n d"]:
    """Convert to the channels' units and add what the instruments add: scale error of the pitot, then noise."""
    factor = np.array([unit for _, unit, _ in INSTRUMENTS.values()])
    sigma = np.array([noise for _, _, noise in INSTRUMENTS.values()])
    X = truth * factor
    X[:, :2] *= speed_scale
    X += sigma * rng.standard_normal(X.shape)
    heading = list(INSTRUMENTS).index("heading_deg")
    X[:, heading] %= 360.0
    return X
