"""What lateness costs: nothing until the deadline and its grace, then a share of the points for each day begun.

    kept = 1 − min(cap, percent · days) / 100        days = ⌈(handed in − deadline) / 1 day⌉ once the grace is over

The grace forgives a slow upload; it does not move the deadline: day one ends 24 hours after the deadline itself.
A late submission never lowers a grade: it counts when it is worth more, after its deduction, than what was handed in on time.
"""

import math
from dataclasses import dataclass
from datetime import UTC, datetime

from glideslope.errors import ParseError

__all__ = ["ON_TIME", "LatePolicy", "parse_time"]

DAY_S = 86_400.0


@dataclass(frozen=True)
class LatePolicy:
    """When an assignment is due and what lateness costs.

    `due_s` is UTC in seconds since 1970, `grace_s` in seconds, `percent_a_day` and `cap_percent` in percent of the points.

    Example:
        >>> policy = LatePolicy(due_s=0.0, grace_s=900, percent_a_day=10, cap_percent=50)
        >>> [policy.kept(hours * 3600) for hours in (0.25, 1, 25, 1000)]
        [1.0, 0.9, 0.8, 0.5]
    """

    due_s: float = math.inf
    grace_s: float = 0.0
    percent_a_day: float = 10.0
    cap_percent: float = 100.0

    def late(self, handed_in_s: float) -> bool:
        """Whether the deadline and its grace are over."""
        return handed_in_s > self.due_s + self.grace_s

    def days(self, handed_in_s: float) -> int:
        """Days begun after the deadline; 0 within the grace."""
        return math.ceil((handed_in_s - self.due_s) / DAY_S) if self.late(handed_in_s) else 0

    def kept(self, handed_in_s: float) -> float:
        """The share of the points that stays."""
        lost = min(self.cap_percent, self.percent_a_day * self.days(handed_in_s))
        return round(1.0 - lost / 100.0, 12)

    def check(self) -> "LatePolicy":
        """Return itself.

        Raises:
            ParseError: a figure is out of its range.
        """
        for name, value, most in (("grace", self.grace_s, math.inf), ("percentage a day", self.percent_a_day, 100.0), ("cap", self.cap_percent, 100.0)):  # fmt: skip
            if not 0 <= value <= most:
                limit = "0 or more" if most == math.inf else f"between 0 and {most:g}"
                raise ParseError(f"expected the {name} of a deadline to be {limit} and got {value:g}; correct it.")
        return self


ON_TIME = LatePolicy()
"""No deadline: nothing is ever late."""


def parse_time(text: str) -> float:
    """Return UTC seconds of a time written like `2026-11-22T18:00+01:00`; without an offset it is UTC.

    Raises:
        ParseError: it is no such time.
    """
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ParseError(f"expected a time like 2026-11-22T18:00+01:00 and got {text!r}; correct it.") from None
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp()
