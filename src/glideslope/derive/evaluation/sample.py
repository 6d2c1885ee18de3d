"""One world to test a formula in: sizes for the dimensions, numbers for the free quantities.

Leaves are drawn lazily from a hash of (seed, name, indices), so `x_0` and `x_{t-1}` exist as soon as they are asked for.
Sizes are distinct (3, 2, 4, 5 …): a square default would hide every shape error.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, field

from glideslope.derive.meaning.context import Context, Known

__all__ = ["DOMAINS", "LAST", "World", "make_world", "whole_numbers"]

DOMAINS = ("mixed", "positive", "unit")
CYCLES = ((3, 2, 4, 5), (2, 3, 5, 4), (4, 3, 2, 5), (2, 4, 3, 5), (5, 3, 2, 4), (3, 5, 4, 2))
#: what draws the chances of a joint table: all the same, its variables are independent
LOTS = frozenset(("chance", "tilt", "pull", "mixture"))
#: a whole number above all that are drawn for equations
LARGE = 9
#: letters that count up to a last one
LAST = {"l": "L", "\\ell": "L", "t": "T"}
FRIENDLY = (1.0, 2.0, -1.0, 0.5, 3.0, -2.0, 4.0, 1.5)
FRIENDLY_POSITIVE = (1.0, 2.0, 0.5, 3.0, 4.0, 1.5, 5.0, 0.25)
FRIENDLY_UNIT = (0.5, 0.25, 0.2, 0.75, 0.1, 0.4, 0.6, 0.8)


@dataclass
class World:
    """A sample: seed, domain, sizes, how far from its bounds a number may lie. `friendly` draws small readable numbers for counterexamples."""

    seed: int = 0
    domain: str = "mixed"
    friendly: bool = False
    spread: float = 1.0
    edge: str = ""  # where an inequality may fail: numbers alike, one, near their bounds, far, farthest, some apart
    sizes: dict[str, int] = field(default_factory=dict)
    integers: dict[str, int] = field(default_factory=dict)
    smaller: set[int] = field(default_factory=set)  # sizes of the text that are tried smaller here
    leaves: dict[tuple[object, ...], float] = field(default_factory=dict)
    arrays: dict[tuple[object, ...], object] = field(default_factory=dict)
    shapes: dict[tuple[object, ...], tuple[int, ...]] = field(default_factory=dict)

    def choose(self, names: list[tuple[str, float | None]]) -> None:
        """Give whole numbers to the names of the context that stand for one: (name, a bound below)."""
        for name, low in names:
            number = self.size(name)
            if number < 3 and name in LAST.values():
                number = self.sizes[name] = 3
            if low is not None and number < low:
                number = self.sizes[name] = int(low) + 1
            if self.edge and (end := self._end(low)) is not None:
                number = self.sizes[name] = max(1, end)
            self.integers[name] = number

    def _end(self, low: float | None) -> int | None:
        """A whole number at its end: the least that the text allows, or more than is drawn elsewhere."""
        if self.edge in ("one", "near"):
            return None if low is None else int(low)
        return LARGE if self.edge == "far" else None

    def size(self, key: str) -> int:
        """The size of a dimension class, chosen at the first request."""
        found = self.sizes.get(key)
        if found is None:
            cycle = (2, 3, 2, 3) if self.friendly else CYCLES[self.seed % len(CYCLES)]
            used = len(self.sizes)
            found = self.sizes[key] = cycle[used % len(cycle)]
        return found

    def unit(self, *key: object) -> float:
        """A number in (0, 1), a hash of the seed and the key."""
        if self.edge == "alike" and key[0] in LOTS:
            return 0.5
        digest = hashlib.blake2b(repr((self.seed, *key)).encode(), digest_size=7).digest()
        return (int.from_bytes(digest, "big") + 0.5) / 2**56

    def leaf(self, name: str, indices: tuple[object, ...], fact: Known | None) -> float:
        """The value of a free scalar."""
        key = (name, indices)
        found = self.leaves.get(key)
        if found is None:
            found = self.leaves[key] = self._draw(name, indices, fact)
        return found

    def _draw(self, name: str, indices: tuple[object, ...], fact: Known | None) -> float:
        u = self.unit(name, indices) if self.edge != "alike" else self.unit("alike")
        low = fact.low if fact is not None else None
        high = fact.high if fact is not None else None
        if fact is not None and fact.choices:
            return fact.choices[int(u * len(fact.choices))]
        if fact is not None and fact.integer:
            bottom = int(low) if low is not None and low > -50 else 1
            top = int(high) if high is not None and high < 50 else bottom + 4
            if self.edge == "near":
                return bottom
            if self.edge == "far" and high is None:
                return bottom + LARGE
            return bottom + int(u * (top - bottom + 1))
        if self.friendly:
            return self._friendly(u, low, high)
        if self.edge not in ("", "alike"):
            return self._at_edge(name, indices, u, low, high)
        if low is not None and high is not None:
            return low + (high - low) * (0.08 + 0.84 * u)
        if low is not None:
            return low + (0.25 + 1.5 * u) * self.spread
        if high is not None:
            return high - (0.25 + 1.5 * u) * self.spread
        if self.domain == "positive":
            return (0.25 + 1.6 * u) * self.spread
        if self.domain == "unit":
            return 0.06 + 0.88 * u
        return (0.3 + 1.4 * abs(2 * u - 1)) * math.copysign(self.spread, u - 0.5)

    def _at_edge(
        self, name: str, indices: tuple[object, ...], u: float, low: float | None, high: float | None
    ) -> float:
        """A number at one of the ends of what it may be."""
        edge = self.edge
        if edge == "one" and (low is None or low < 1) and (high is None or high > 1) and self.domain != "unit":
            return 1.0
        if edge == "apart":
            edge = ("near", "far", "")[int(3 * self.unit("edge", name, indices))]
        reach = {"near": 1e-3, "nearest": 1e-5, "far": 20.0, "farthest": 2e4}.get(edge, 1.0)
        if (low is not None and high is not None) or (low is high is None and self.domain == "unit"):
            part = {"near": 1e-3, "nearest": 1e-5, "far": 1 - 1e-3, "farthest": 1 - 1e-6}.get(edge, 0.06 + 0.88 * u)
            bottom, top = low or 0.0, 1.0 if high is None else high
            return bottom + (top - bottom) * part
        if low is not None:
            return low + (0.25 + 1.5 * u) * reach
        if high is not None:
            return high - (0.25 + 1.5 * u) * reach
        sign = 1.0 if self.domain == "positive" else math.copysign(1.0, u - 0.5)
        return sign * (0.3 + 1.4 * abs(2 * u - 1)) * reach

    def _friendly(self, u: float, low: float | None, high: float | None) -> float:
        pool = {"mixed": FRIENDLY, "positive": FRIENDLY_POSITIVE, "unit": FRIENDLY_UNIT}[self.domain]
        if low == 0 and high == 1:
            pool = FRIENDLY_UNIT
        elif low is not None and low >= 0:
            pool = FRIENDLY_POSITIVE
        fitting = [x for x in (*pool, *FRIENDLY_UNIT) if (low is None or x > low) and (high is None or x < high)]
        if not fitting:
            return (low if low is not None else (high or 0) - 1) + 0.5 * (
                (high - low) if low is not None and high is not None else 1
            )
        few = fitting[: 3 if self.domain == "mixed" else 4]
        return few[int(u * len(few))]


def make_world(context: Context, seed: int, domain: str) -> World:
    """A fresh world with the whole numbers of the context chosen."""
    world = World(seed, domain)
    world.choose(whole_numbers(context))
    return world


def whole_numbers(context: Context) -> list[tuple[str, float | None]]:
    """The names of the context that stand for a whole number, but for those a definition decides; with a bound below."""
    found: list[tuple[str, float | None]] = []
    for name in sorted(context.integers):
        if any(not d.head for d in context.definitions.get(name, ())):
            continue
        if name in LAST and LAST[name] in context.integers:
            continue
        fact = context.known.get(name)
        if fact is None or fact.rank is None or fact.integer:
            found.append((name, None if fact is None else fact.low))
    return found
