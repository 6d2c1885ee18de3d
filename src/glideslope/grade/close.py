"""When two answers are the same number: |got − wanted| ≤ atol + rtol·|wanted| everywhere; nan equals nan, inf equals inf."""

import math
from typing import Any

import numpy as np

from glideslope.grade.diagnose import Near

__all__ = ["close"]


def close(rtol: float = 1e-7, atol: float = 1e-9) -> Near:
    """Return a comparator of values of equal shape."""

    def near(got: Any, wanted: Any) -> bool:
        seen = _at_a_glance(got, wanted, rtol, atol)
        if seen is not None:
            return seen
        with np.errstate(all="ignore"):
            right = np.abs(np.asarray(got) - wanted) <= atol + rtol * np.abs(wanted)
            if np.isfinite(wanted).all():
                return bool(right.all())
            return bool(np.allclose(got, wanted, rtol=rtol, atol=atol, equal_nan=True))

    return near


def _at_a_glance(got: Any, wanted: Any, rtol: float, atol: float) -> bool | None:
    """What arrays of floats show without arithmetic on every entry, a tenth of the cost; None: they must be computed with.

    Equal bits are near, whatever the tolerances, and most right answers are that. A first entry that is off is enough to refuse.
    """
    if not (isinstance(got, np.ndarray) and isinstance(wanted, np.ndarray) and got.shape == wanted.shape and got.size):
        return None
    if got.dtype != _FLOAT64 or wanted.dtype != _FLOAT64:
        return None  # in other types NumPy rounds on the way
    if got.tobytes() == wanted.tobytes():
        return True
    one, other = got.item(0), wanted.item(0)
    return False if math.isfinite(other) and not abs(one - other) <= atol + rtol * abs(other) else None


_FLOAT64 = np.dtype(np.float64)
