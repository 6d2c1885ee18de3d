"""Load a shipped data set by name: `load("c172_sorties")`.

Every set is simulated and says so on its card: `load(name).describe()`.
Files are checked against a hash before a number leaves them; this room only loads, `glideslope.sim.make` generates.
"""

from glideslope.data.dataset import Channel, Dataset
from glideslope.data.loading import load, names
from glideslope.data.windows import window_features

__all__ = ["Channel", "Dataset", "load", "names", "window_features"]
