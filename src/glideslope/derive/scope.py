"""What an evaluation carries along: the perturbation under way, its cached values, and the ways it can stop.

A scope with `frozen` names holds those names still as independent variables and steps one of their entries;
everything that does not depend on them is read from the parent scope.
"""

from __future__ import annotations

from typing import Any

from glideslope.derive.values import NotUnderstood, Value

__all__ = ["Bind", "Budget", "NotUnderstood", "Scope"]

Bind = dict[str, Any]


class Budget(NotUnderstood):
    """More work than one step may take."""


class Scope:
    """What is perturbed, and the values computed under it."""

    __slots__ = ("cache", "counting", "frozen", "hit", "level", "parent")

    def __init__(self, parent: Scope | None = None, frozen: dict[str, Any] | None = None) -> None:
        self.parent = parent
        self.frozen = frozen or {}
        self.level: int = -1 if parent is None else parent.level + 1
        self.cache: dict[tuple[str, tuple[object, ...]], Value] = {}
        self.hit = False
        self.counting: frozenset[int] = (
            frozenset()
        )  # places of the stepped quantity's indices that count layers or time
