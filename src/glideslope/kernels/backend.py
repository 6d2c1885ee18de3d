"""Which code does the arithmetic: plain NumPy, or its compiled twin.

Both compute the same equations behind the same names; the twin needs Numba (`pip install "glideslope[fast]"`)
and is chosen when Numba is installed. The first call then compiles (seconds, once per machine: the result is cached on disk).
Within one backend equal input gives bit-equal output; between the two the last digits may differ.
"""

import importlib.util
import os
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from glideslope._checks import choose
from glideslope.errors import MissingExtraError

__all__ = ["backend", "use_backend"]

_active: ModuleType | None = None


def backend() -> str:
    """Name the backend that computes now: "numpy" or "numba".

    The environment variable `GLIDESLOPE_BACKEND` decides at the first call; without it, Numba is used when installed.

    Returns:
        "numpy" or "numba".

    Example:
        >>> with use_backend("numpy"):
        ...     backend()
        'numpy'
    """
    return "numba" if rows().__name__.endswith("numba") else "numpy"


@contextmanager
def use_backend(name: str) -> Iterator[None]:
    """Compute with the named backend inside a `with` block, then return to the former one.

    Args:
        name: "numpy" or "numba".

    Raises:
        ValueError: `name` is neither.
        MissingExtraError: "numba" is asked for and Numba is not installed.

    Example:
        >>> with use_backend("numpy"):
        ...     backend()
        'numpy'
    """
    global _active
    before = _active
    _active = _load(choose(name, ("numpy", "numba"), "name", "use_backend"))
    try:
        yield
    finally:
        _active = before


def rows() -> ModuleType:
    """Return the module whose functions work on the rows of a matrix: `_rows_numpy` or `_rows_numba`."""
    global _active
    if _active is None:
        wish = os.environ.get("GLIDESLOPE_BACKEND")
        _active = _load(wish or ("numba" if importlib.util.find_spec("numba") else "numpy"))
    return _active


def _load(name: str) -> ModuleType:
    if name == "numba" and importlib.util.find_spec("numba") is None:
        raise MissingExtraError('The compiled kernels need Numba: pip install "glideslope[fast]".')
    return importlib.import_module(f"glideslope.kernels._rows_{name}")
