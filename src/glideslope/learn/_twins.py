"""A compiled twin for loops that NumPy cannot take over: the same name in `_loops_numba`, chosen with the kernels' backend."""

import functools
import importlib
from collections.abc import Callable
from typing import Any

from glideslope.kernels import backend


def with_twin(plain: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that answers as `plain`, by the compiled loop of that name when the backend is Numba."""

    @functools.wraps(plain)
    def either(*args: Any) -> Any:
        if backend() == "numba":
            return getattr(importlib.import_module("glideslope.learn._loops_numba"), plain.__name__)(*args)
        return plain(*args)

    return either
