"""Members of a family as arguments: p(t_j), where the text gives p(t_i) by a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glideslope.derive.syntax.tree import Node

if TYPE_CHECKING:
    from glideslope.derive.evaluation.evaluate import Evaluator
    from glideslope.derive.evaluation.scope import Bind, Scope

__all__ = ["member_of"]


def member_of(e: Evaluator, head: Node, actual: Node | None, bind: Bind, scope: Scope) -> Bind | None:
    """The values of the index letters where an argument is a member of the family a function is given at; None for anything else."""
    if actual is None or not (head.op == actual.op == "sym" and head.value == actual.value and head.args):
        return None
    letters = [
        str(h.value) if h.op == "sym" and not h.args and e.context.indexes(str(h.value)) else "" for h in head.args
    ]
    if len(actual.args) != len(head.args) or not all(letters):
        return None
    return {letter: e.index(a, bind, scope) for letter, a in zip(letters, actual.args, strict=True)}
