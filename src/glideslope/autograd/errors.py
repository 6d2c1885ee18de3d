"""What can go wrong while differentiating: a graph used twice, a value changed, a NaN, a wrong gradient.

Each error says in one sentence what was expected, what came, where, and what to do.
They are children of `GlideslopeError`, so one `except` catches them all.
"""

from glideslope.errors import GlideslopeError

__all__ = ["GradientError", "GraphError", "NonFiniteError"]


class GraphError(GlideslopeError, RuntimeError):
    """A graph that can no longer be differentiated: already used, or a value in it was changed."""


class NonFiniteError(GlideslopeError, ArithmeticError):
    """A NaN or an infinity; the message names the first operation that made it."""


class GradientError(GlideslopeError, AssertionError):
    """A gradient that disagrees with a difference quotient; the message names the entry that is off."""
