"""A pilot for the JSBSim Cessna models: targets in, stick and throttle out, with human imprecision.

Outer loops turn altitude, speed and heading errors into a pitch and a bank to hold; inner loops hold them:
δe = -(k_θ(θ* - θ) - k_q q + k_i ∫(θ* - θ) dt), δa = k_φ(φ* - φ) - k_p p. Slow noise on every target makes no two pilots alike.
Use it to fly a plan of `Leg`s; the gains are hand-tuned for c172p and c172r between 60 and 120 kt.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

__all__ = ["Habits", "Leg", "Pilot", "angle_difference_deg"]

RAD2DEG = 57.29577951308232


@dataclass(frozen=True)
class Leg:
    """What the pilot intends until the next leg; a leg ends `hold_s` after its targets are reached."""

    altitude_ft: float
    heading_deg: float
    speed_kt: float
    rate_fpm: float = 500.0
    full_power_climb: bool = False
    flaps_deg: float = 0.0
    approach: bool = False
    hold_s: float = 60.0
    longest_s: float = 420.0


@dataclass(frozen=True)
class Habits:
    """How this pilot flies: bank angle, sharpness and sloppiness."""

    bank_deg: float = 20.0
    eagerness: float = 1.2
    climb_power: float = 0.95
    sharpness: float = 1.0
    wander: float = 1.0


@dataclass
class Pilot:
    """Holds integrators and wandering attention; call `fly` once per control step."""

    habits: Habits
    rng: np.random.Generator
    dt_s: float
    theta_deg: float = 0.0
    elevator: float = 0.0
    throttle: float = 0.7
    power: float = 0.0
    wander: np.ndarray = field(default_factory=lambda: np.zeros(4))

    def fly(self, fdm: Any, leg: Leg) -> None:
        """Read the instruments of `fdm`, move its controls."""
        self._drift()
        phi_cmd = self._bank_for(fdm, leg)
        theta_cmd = self._pitch_for(fdm, leg)
        self.hold_attitude(fdm, phi_cmd, theta_cmd)
        fdm["fcs/flap-cmd-norm"] = leg.flaps_deg / 30.0

    def _drift(self) -> None:
        """Ornstein–Uhlenbeck noise of 25 s memory on bank (deg), rate (ft/min), speed (kt) and heading (deg)."""
        keep = np.exp(-self.dt_s / 25.0)
        size = self.habits.wander * np.array([1.5, 60.0, 1.5, 2.0]) * np.sqrt(1 - keep**2)
        self.wander = keep * self.wander + size * self.rng.standard_normal(4)

    def _bank_for(self, fdm: Any, leg: Leg) -> float:
        error = angle_difference_deg(leg.heading_deg + self.wander[3], fdm["attitude/psi-deg"])
        limit = self.habits.bank_deg
        return float(np.clip(self.habits.eagerness * error, -limit, limit) + self.wander[0])

    def _pitch_for(self, fdm: Any, leg: Leg) -> float:
        """Climbs hold speed with pitch at full power; everything else holds a rate with pitch, speed with power."""
        to_go = leg.altitude_ft - fdm["position/h-sl-ft"]
        speed_error = leg.speed_kt + self.wander[2] - fdm["velocities/vc-kts"]
        if leg.full_power_climb and to_go > 150.0:
            rate_error = -40.0 * speed_error - (fdm["velocities/h-dot-fps"] * 60.0 - 500.0) * 0.15
            self.power = 0.0
            self.throttle += np.clip(self.habits.climb_power - self.throttle, -0.2 * self.dt_s, 0.2 * self.dt_s)
        else:
            rate_cmd = np.clip(6.0 * to_go, -leg.rate_fpm, leg.rate_fpm) + self.wander[1]
            rate_error = rate_cmd - fdm["velocities/h-dot-fps"] * 60.0
            self.power = 0.025 * speed_error
            self.throttle += self.dt_s * 0.003 * speed_error
        self.throttle = float(np.clip(self.throttle, 0.35, 1.0))
        self.theta_deg += self.dt_s * 0.0035 * self.habits.sharpness * rate_error
        self.theta_deg = float(np.clip(self.theta_deg, -9.0, 13.0))
        return float(np.clip(self.theta_deg + 0.0035 * rate_error, -12.0, 16.0))

    def hold_attitude(self, fdm: Any, phi_cmd: float, theta_cmd: float) -> None:
        """Move the surfaces toward a bank and a pitch in deg; the throttle as set."""
        phi, theta = fdm["attitude/phi-deg"], fdm["attitude/theta-deg"]
        p, q, r = (fdm[f"velocities/{rate}-rad_sec"] * RAD2DEG for rate in "pqr")
        pitch_error = theta_cmd - theta
        self.elevator = float(np.clip(self.elevator + 0.012 * pitch_error * self.dt_s, -0.6, 0.6))
        # JSBSim's signs: elevator + is nose DOWN, aileron + is right wing DOWN, rudder + is nose LEFT.
        fdm["fcs/elevator-cmd-norm"] = float(np.clip(-(0.03 * pitch_error - 0.012 * q + self.elevator), -1, 1))
        fdm["fcs/aileron-cmd-norm"] = float(np.clip(0.025 * (phi_cmd - phi) - 0.012 * p, -1, 1))
        fdm["fcs/rudder-cmd-norm"] = float(np.clip(-0.02 * fdm["aero/beta-deg"] + 0.004 * r, -1, 1))
        fdm["fcs/throttle-cmd-norm"] = float(np.clip(self.throttle + self.power, 0.0, 1.0))


def angle_difference_deg(a_deg: float, b_deg: float) -> float:
    """Return a - b on the shorter way round, in [-180, 180)."""
    return float((a_deg - b_deg + 180.0) % 360.0 - 180.0)
