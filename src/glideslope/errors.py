"""The errors Glideslope raises on purpose.

Each says in one sentence what was expected, what came, where, and what to do.
Catch `GlideslopeError` for all of them; the children also inherit the built-in a caller would expect.
"""

__all__ = ["DataError", "GlideslopeError", "MissingExtraError", "NotFittedError", "ParseError", "ShapeError"]


class GlideslopeError(Exception):
    """Base of all errors raised on purpose."""


class ShapeError(GlideslopeError, ValueError):
    """Arrays whose shapes do not meet; the message names both shapes."""


class NotFittedError(GlideslopeError, ValueError, AttributeError):
    """An estimator used before `fit`; the message names the method to call."""


class ParseError(GlideslopeError, ValueError):
    """Text that cannot be read; the message names the line and the column."""


class DataError(GlideslopeError, OSError):
    """A data file that is missing, damaged or unknown; the message says how to restore it."""


class MissingExtraError(GlideslopeError, ImportError):
    """An optional package that is not installed; the message is the install line."""
