r"""Random joint tables: $P(x, y, \dots) = \sum_u w_u P(x \mid u) P(y \mid u) \cdots$, with a hidden variable u that makes variables depend on each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from glideslope.derive.evaluation.numbers import apply
from glideslope.derive.evaluation.scope import Scope
from glideslope.derive.evaluation.values import Mat
from glideslope.derive.laws import lawful

if TYPE_CHECKING:
    from glideslope.derive.evaluation.evaluate import Evaluator

__all__ = ["Event", "Key", "mass", "states"]

HIDDEN = 4
Key = str
Event = dict[Key, frozenset[int]]


def states(e: Evaluator, key: Key) -> int:
    """How many values a variable takes: as many as the text lists, two for the members of a family, else three."""
    if lawful.law_of(e, key) is not None:
        return len(lawful.grid_of(e, key, Scope()).values)
    if key in e.listed:
        return e.slot_size(key, (), 0, Scope())
    if (values := e.literals.get(key)) is not None:
        return 2 if values == (0.0, 1.0) else len(values) + 2
    return 2 if "[" in key else 3


def _weights(e: Evaluator, measure: str, key: Key, scope: Scope) -> list[list[Any]]:
    """P(state | u) by rows of u; the weights of p_θ change with θ."""
    if lawful.law_of(e, key) is not None:
        return lawful.rows(e, measure, key, _mixture(e, measure), scope)
    place = ("table", measure, key)
    found = e.world.arrays.get(place)
    if found is None:
        family = key.partition("[")[0]
        shown = family if family in e.context.identical else key
        tilt = _tilt(e, measure, scope)
        rows = []
        for u in range(HIDDEN):
            lot = 0 if family in e.context.independent else u
            raw: list[Any] = _lots(e, measure, shown, lot, states(e, key))
            if tilt is not None:
                raw = [
                    x * apply("exp", tilt * (e.world.unit("tilt", measure, shown, lot, s) - 0.5))
                    for s, x in enumerate(raw)
                ]
            rows.append([x / sum(raw) for x in raw])
        found = rows
        if tilt is None:
            e.world.arrays[place] = found
    return found  # type: ignore[return-value]


def _lots(e: Evaluator, measure: str, shown: str, lot: int, count: int) -> list[Any]:
    """Weights of the states by lot; at the edges of an inequality nearly all of it on one state, which may tell those of others."""
    if e.world.edge in ("sure", "tied", "opposed"):
        own = e.world.unit("sure", measure, shown) if e.world.edge == "sure" or measure != "p" else lot / HIDDEN
        rest = 1e-7 if e.world.seed % 2 else 1e-3
        return [1.0 if s == int(own * count) else rest for s in range(count)]
    return [0.15 + e.world.unit("chance", measure, shown, lot, s) for s in range(count)]


def _tilt(e: Evaluator, measure: str, scope: Scope) -> Any:
    """What the parameters of a measure do to its weights, None for one without parameters."""
    _, _, parameters = measure.partition("_")
    total: Any = None
    for k, name in enumerate(filter(None, parameters.split(","))):
        value = e.value(e.context.resolve(name), (), scope)
        entries = value.data if isinstance(value, Mat) else [value]
        for m, x in enumerate(entries):
            total = (0.0 if total is None else total) + x * (0.4 + e.world.unit("pull", measure, k, m))
    return total


def _mixture(e: Evaluator, measure: str) -> list[float]:
    """P(u), drawn once in a world."""
    place = ("mixture", measure)
    found = e.world.arrays.get(place)
    if found is None:
        uneven = e.world.edge in ("tied", "opposed") and e.world.seed % 3 == 0  # what goes together hardly ever happens
        raw = [1e-4 ** (uneven and u > 0) * (0.2 + e.world.unit("mixture", measure, u)) for u in range(HIDDEN)]
        found = e.world.arrays[place] = [x / sum(raw) for x in raw]
    return found  # type: ignore[return-value]


def mass(e: Evaluator, measure: str, event: Event, scope: Scope) -> Any:
    """P(event): a sum over the hidden variable."""
    tables = [(_weights(e, measure, key, scope), allowed) for key, allowed in event.items()]
    total: Any = 0.0
    for u, w in enumerate(_mixture(e, measure)):
        for table, allowed in tables:
            row = table[u]
            w *= sum([row[s] for s in allowed])
        total += w
    return total
