"""Generate the shipped data sets: `python -m glideslope.sim.make NAME`.

Each module named after a set has one function `make()` that returns its arrays, the same on every call.
The command packs them into `glideslope/data/files/NAME.npz` and notes the hash; `glideslope.data.load` reads them.
"""

import importlib

from glideslope._typing import ndarray
from glideslope.errors import DataError

__all__ = ["NAMES", "make"]

NAMES = (
    "c172_sorties",
    "c172_flighttest",
    "c172_stall",
    "lidar_rooms",
    "uav_battery",
    "landing_pads",
    "landing_scenes",
)


def make(name: str) -> dict[str, ndarray]:
    """Generate the arrays of one data set; minutes for `c172_sorties`, seconds for the others."""
    if name not in NAMES:
        raise DataError(f"There is no generator {name!r}; there are {', '.join(NAMES)}.")
    arrays: dict[str, ndarray] = importlib.import_module(f"glideslope.sim.make.{name}").make()
    return arrays
