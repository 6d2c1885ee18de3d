"""Array annotations with shapes: `Float[ndarray, "n d"]`.

Under tests (`GLIDESLOPE_CHECK_SHAPES=1`) they are jaxtyping's and every call is checked.
Otherwise a stand-in costs nothing and needs nothing installed.
"""

import os
from typing import TYPE_CHECKING, Any

from numpy import ndarray

__all__ = ["Bool", "Float", "Int", "Shaped", "ndarray"]

if TYPE_CHECKING or os.environ.get("GLIDESLOPE_CHECK_SHAPES") == "1":
    from jaxtyping import Bool, Float, Int, Shaped
else:

    class _StandIn:
        """`Float[ndarray, "n d"]` reads as plain `ndarray`."""

        def __getitem__(self, item: Any) -> Any:
            return item[0]

    Bool = Float = Int = Shaped = _StandIn()
