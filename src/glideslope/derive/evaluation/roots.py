r"""Where a function of one number has a value, exact in every derivative part of that value.

The place is found by halving between places on either side, and made exact by Newton's step, which also gives its slope:
$\\mathrm{d}x/\\mathrm{d}y = 1/g'(x)$ (inverse function theorem).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from glideslope.derive.evaluation import calculus
from glideslope.derive.evaluation.numbers import DomainError, real
from glideslope.derive.evaluation.scope import Scope

if TYPE_CHECKING:
    from glideslope.derive.evaluation.evaluate import Evaluator

__all__ = ["crossings", "settled"]


def crossings(gap: Callable[[float], float], start: Sequence[float]) -> list[float]:
    """Where a function of one number changes its sign, found by halving between places to begin with; jumps count too."""
    known: list[tuple[float, float]] = []
    for x in start:
        try:
            known.append((x, gap(x)))
        except (DomainError, ZeroDivisionError, OverflowError):
            continue
    found: list[float] = []
    for (low, below), (high, above) in itertools.pairwise(known):
        if below == 0:
            found.append(low)
        if below * above >= 0 or math.isnan(below * above):
            continue
        for _ in range(200):
            x = 0.5 * (low + high)
            if x in (low, high):
                break
            try:
                here = gap(x)
            except (DomainError, ZeroDivisionError, OverflowError):
                break
            low, high = (x, high) if here * below > 0 else (low, x)
        found.append(0.5 * (low + high))
    return found


def settled(e: Evaluator, value: Callable[[Any, Scope], Any], target: Any, x: Any, scope: Scope) -> Any:
    """Newton's steps from a place found by halving: exact to rounding, and in every derivative part of the target."""
    for _ in range(2 + max(0, scope.level)):
        rate = calculus.slope(e, value, x, 1, scope)
        if real(rate) == 0:
            raise DomainError("the inverse of a function that stands still")
        x = x - (value(x, scope) - target) / rate
    return x
