"""Open a JSBSim Cessna model, loaded, trimmed and with its wind blowing.

JSBSim integrates x' = f(x, u) for a rigid aeroplane with tabulated aerodynamics; a trim solves f(x, u) = 0 for u.
The order of the calls matters more than the equations: each step below guards a trap that was met.
Use it to make data sets and to validate our own small models; it needs the extra `sim`.
"""

import os
from dataclasses import dataclass
from typing import Any

from glideslope.errors import DataError, MissingExtraError

FT_PER_M = 1.0 / 0.3048
LB_PER_KG = 1.0 / 0.45359237
KT_PER_FPS = 0.5924838012958963

__all__ = ["FT_PER_M", "KT_PER_FPS", "LB_PER_KG", "Start", "blow", "open_aircraft", "require_jsbsim"]


@dataclass(frozen=True)
class Start:
    """How a flight begins: loading, place in the air, wind and turbulence."""

    aircraft: str = "c172p"
    altitude_ft: float = 3000.0
    speed_kt: float = 90.0
    heading_deg: float = 0.0
    payload_lb: float = 180.0
    fuel_lb: float = 200.0
    wind_north_kt: float = 0.0
    wind_east_kt: float = 0.0
    turbulence: int = 0
    seed: int = 0
    dt_s: float = 1.0 / 60.0


def require_jsbsim() -> Any:
    """Import JSBSim or say how to install it."""
    os.environ.setdefault("JSBSIM_DEBUG", "0")  # read when an executive is made; else a banner lands on stdout
    try:
        import jsbsim
    except ImportError:
        raise MissingExtraError(
            'This generator flies a JSBSim model: run `pip install "glideslope[sim]"`, then call it again.'
        ) from None
    return jsbsim


def open_aircraft(start: Start) -> Any:
    """Return a JSBSim executive, trimmed in straight flight, with the wind of `start` set."""
    jsbsim = require_jsbsim()
    fdm = jsbsim.FGFDMExec(None)
    fdm.set_debug_level(0)
    fdm.load_model(start.aircraft)
    fdm.set_dt(start.dt_s)
    fdm["simulation/randomseed"] = start.seed
    _load(fdm, start)
    fdm["ic/h-sl-ft"], fdm["ic/vc-kts"] = start.altitude_ft, start.speed_kt
    fdm["ic/psi-true-deg"], fdm["ic/terrain-elevation-ft"] = start.heading_deg, 0.0
    fdm["fcs/mixture-cmd-norm"] = 0.9
    fdm.run_ic()
    fdm["propulsion/set-running"] = -1  # -1 starts every engine; without it the trim is a glide
    try:
        fdm["simulation/do_simple_trim"] = 1
    except jsbsim.TrimFailureError:
        raise DataError(
            f"JSBSim found no trim for {start.aircraft} at {start.altitude_ft:g} ft and {start.speed_kt:g} kt; "
            "choose a speed the model can hold in level flight."
        ) from None
    blow(fdm, start)
    return fdm


def _load(fdm: Any, start: Start) -> None:
    """Put payload on the front seats and fuel half and half into the tanks."""
    fdm["inertia/pointmass-weight-lbs"] = start.payload_lb / 2
    fdm["inertia/pointmass-weight-lbs[1]"] = start.payload_lb / 2
    fdm["inertia/pointmass-weight-lbs[2]"] = 0.0  # c172r comes with 120 lb of baggage here
    fdm["propulsion/tank/contents-lbs"] = start.fuel_lb / 2
    fdm["propulsion/tank[1]/contents-lbs"] = start.fuel_lb / 2


def blow(fdm: Any, start: Start, fraction: float = 1.0) -> None:
    """Set a fraction of the wind, and the turbulence.

    AFTER the trim: `do_simple_trim` sets the wind to zero (30 fps became 2e-13).
    The trimmed aircraft moves with still air, so the full wind at once is a gust: raise the fraction over half a minute.
    """
    fdm["atmosphere/wind-north-fps"] = fraction * start.wind_north_kt / KT_PER_FPS
    fdm["atmosphere/wind-east-fps"] = fraction * start.wind_east_kt / KT_PER_FPS
    if start.turbulence:
        fdm["atmosphere/turb-type"] = 4  # Dryden spectra of MIL-F-8785C in Tustin's discretisation
        fdm["atmosphere/turbulence/milspec/windspeed_at_20ft_AGL-fps"] = 15.0 + 5.0 * start.turbulence
        fdm["atmosphere/turbulence/milspec/severity"] = start.turbulence
