"""Draw what a sortie is to do: climb out, manoeuvre, let down, approach.

A plan is a list of `Leg`s; every draw comes from the generator passed in, so a sortie's number fixes its plan.
The odds below were set so that cruise is the largest class, as it is in logs, and no class is under a tenth.
"""

import numpy as np

from glideslope.sim.make._jsbsim import Start
from glideslope.sim.make._pilot import Leg

__all__ = ["plan_sortie"]

MANOEUVRES = {"cruise": 0.1, "turn": 0.45, "climb": 0.1, "descend": 0.15, "slow": 0.1, "drift up": 0.1}


def plan_sortie(start: Start, rng: np.random.Generator) -> list[Leg]:
    """Draw the legs: climb out, four to six manoeuvres aloft, let down, approach."""
    altitude: float = start.altitude_ft + rng.integers(8, 26) * 100.0
    heading, speed = float(start.heading_deg), rng.uniform(85, 108)
    legs = [_climb(altitude, heading + rng.choice([0.0, 0.0, -60.0, 45.0, 90.0]), rng)]
    heading = legs[-1].heading_deg
    for _ in range(rng.integers(4, 7)):
        manoeuvre = rng.choice(list(MANOEUVRES), p=list(MANOEUVRES.values()))
        if manoeuvre == "turn":
            heading += rng.choice([-1, 1]) * rng.choice([45.0, 90.0, 90.0, 135.0, 150.0])
        change = {"climb": 1.0, "drift up": 0.5, "descend": -1.0}.get(manoeuvre, 0.0) * rng.integers(6, 16) * 100.0
        altitude = max(altitude + change, start.altitude_ft + 700.0)
        if manoeuvre == "climb":
            legs.append(_climb(altitude, heading + rng.choice([0.0, 0.0, 60.0]), rng))
            heading = legs[-1].heading_deg
            continue
        speed = rng.uniform(70, 85) if manoeuvre == "slow" else rng.uniform(85, 108)
        rate = rng.uniform(220, 400) if manoeuvre == "drift up" else rng.uniform(250, 700)
        legs.append(Leg(altitude, heading, speed, rate, hold_s=rng.uniform(40, 130)))
    return legs + _let_down(start, heading, altitude, rng)


def _climb(altitude_ft: float, heading_deg: float, rng: np.random.Generator) -> Leg:
    return Leg(altitude_ft, heading_deg, rng.uniform(70, 88), 600.0, full_power_climb=True, hold_s=rng.uniform(15, 60))


def _let_down(start: Start, heading: float, altitude: float, rng: np.random.Generator) -> list[Leg]:
    """Descend to the circuit, in one or two steps, then fly downwind, base and final; half set flaps on base only, one in five never."""
    circuit, side = start.altitude_ft + 100.0, rng.choice([-1, 1])
    heading += rng.choice([0.0, 40.0, -40.0])
    legs = [
        Leg((altitude + circuit) / 2, heading, rng.uniform(85, 105), rng.uniform(300, 700), hold_s=rng.uniform(5, 60))
    ]
    heading += rng.choice([0.0, 60.0, -60.0])
    legs.append(Leg(circuit, heading, rng.uniform(80, 95), rng.uniform(300, 600), hold_s=rng.uniform(20, 60)))
    early, flaps = rng.random() < 0.5, 0.0 if rng.random() < 0.2 else 1.0
    fast, rate = rng.uniform(66, 76), rng.uniform(350, 550)
    legs.append(
        Leg(circuit, heading, fast + 6, rate, flaps_deg=10.0 * flaps * early, approach=True, hold_s=rng.uniform(20, 50))
    )
    base = heading + side * 90.0
    legs.append(
        Leg(circuit - 300, base, fast + 2, rate, flaps_deg=20.0 * flaps, approach=True, hold_s=1.0, longest_s=50.0)
    )
    full = flaps * rng.choice([20.0, 30.0])
    legs.append(Leg(400.0, base + side * 90.0, fast, rate, flaps_deg=full, approach=True, hold_s=0.0))
    return legs
