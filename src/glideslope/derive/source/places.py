r"""What the place of a formula in its display says: a left side of its own, `-x^2 &= …`; bounds behind an equation, `f(x) = …, 0 < x < 1`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glideslope.derive.syntax.names import RELATIONS
from glideslope.derive.syntax.tokens import Token

if TYPE_CHECKING:
    from glideslope.derive.source.chains import Chain

__all__ = ["binds", "has_own_left"]

ORDERS = {"<", ">", "<=", ">="}


def has_own_left(row: list[Token]) -> bool:
    """Whether something stands left of the aligned sign: it is a left side, be it a negative one."""
    cut = next((k for k, t in enumerate(row) if t.kind == "amp"), len(row))
    return any(t.kind != "quad" for t in row[:cut]) and cut + 1 < len(row) and row[cut + 1].text in RELATIONS


def binds(chains: list[Chain], parts: list[list[Token]], relations: list[str]) -> bool:
    """Whether bounds stand behind an equation, or behind other bounds that do, and bind a letter it speaks of."""
    if (
        not relations
        or not {*relations} <= ORDERS
        or not chains
        or not (chains[-1].ranged or "=" in chains[-1].relations)
    ):
        return False
    equation = next(c for c in reversed(chains) if not c.ranged)
    spoken = {t.text for m in equation.members for t in m.tokens}
    letters = [t for part in parts for t in part if t.kind == "char" and t.text.isalpha()]
    return bool(letters) and letters[0].text in spoken
