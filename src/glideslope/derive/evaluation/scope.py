"""What an evaluation carries along: the perturbation under way, its cached values, and the ways it can stop.

A scope with `frozen` names holds those names still as independent variables and steps one of their entries;
everything that does not depend on them is read from the parent scope.
"""

from __future__ import annotations

from typing import Any

from glideslope.derive.evaluation.values import NotUnderstood, Value
from glideslope.derive.syntax.tree import Node

__all__ = ["Bind", "Budget", "NotUnderstood", "Scope"]

Bind = dict[str, Any]


class Budget(NotUnderstood):
    """More work than one step may take."""


class Scope:
    """What is perturbed, and the values computed under it."""

    __slots__ = (
        "cache",
        "children",
        "counting",
        "frozen",
        "hit",
        "level",
        "moves",
        "parent",
        "states",
        "sums",
        "touched",
    )

    def __init__(self, parent: Scope | None = None, frozen: dict[str, Any] | None = None) -> None:
        self.parent = parent
        self.frozen = frozen or {}
        self.level: int = -1 if parent is None else parent.level + 1
        self.cache: dict[tuple[str, tuple[object, ...]], Value] = {}
        self.sums: dict[tuple[object, ...], tuple[Node, Value, bool]] = {}  # … of sums, by the letters they depend on
        self.hit = False
        self.touched: set[tuple[str, tuple[object, ...]]] = set()  # cached values that met the stepped entry
        self.children: dict[object, Scope] = {}  # scopes of derivatives taken here, with what they computed
        self.states: dict[str, int] = {}  # random variables held in a state each, by an expectation
        self.moves: dict[str, bool] = {}  # whether a name changes with what is frozen
        self.counting: frozenset[int] = (
            frozenset()
        )  # places of the stepped quantity's indices that count layers or time
