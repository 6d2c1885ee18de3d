"""Machine learning for aircraft and robots: the course's library, its checker and its judge.

Rooms are imported on first use, so that `import glideslope` costs nothing and `glideslope --help` needs no NumPy.
In a lesson three names do the talking: `explore` shows a figure to grab, `check` answers an exercise, `derivation` judges a line.
"""

import importlib
from typing import Any

__version__ = "0.1.0"

_ROOMS = ("autograd", "book", "data", "derive", "errors", "exercise", "grade", "kernels", "learn", "nn", "serve", "sim")
_NAMES = {"explore": "book.explore", "check": "grade.selfcheck", "derivation": "grade.derivation"}

__all__ = ["__version__", *_NAMES, *_ROOMS]


def __getattr__(name: str) -> Any:
    if name in _NAMES:
        return getattr(importlib.import_module(f"glideslope.{_NAMES[name]}"), name)
    if name in _ROOMS:
        return importlib.import_module(f"glideslope.{name}")
    raise AttributeError(f"module 'glideslope' has no attribute '{name}'; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return sorted(__all__)
