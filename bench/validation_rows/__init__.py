"""The rows of the validation table: what was compared with what, the bound that must hold, and how to measure it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One comparison; `measure` returns the largest difference in `unit`. `needs` names the packages it asks for."""

    what: str
    against: str
    unit: str
    bound: float
    measure: Callable[[], float]
    needs: tuple[str, ...] = ()


def all_rows() -> tuple[Row, ...]:
    from bench.validation_rows import aeroplane, jacobians, laws, rigid

    return (*rigid.ROWS, *aeroplane.ROWS, *laws.ROWS, *jacobians.ROWS)
