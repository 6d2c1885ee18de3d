r"""Functions read backwards: $g^{-1}(y)$ is where g has the value y, $F_X^{-1}(p)$ a quantile.

A function that takes a value twice has no inverse there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from glideslope.derive.evaluation.numbers import DomainError, real
from glideslope.derive.evaluation.roots import crossings, settled
from glideslope.derive.evaluation.scope import Bind, NotUnderstood, Scope
from glideslope.derive.evaluation.values import ARRAYS, Mat, Value
from glideslope.derive.laws import transforms
from glideslope.derive.syntax.tree import Node

if TYPE_CHECKING:
    from glideslope.derive.evaluation.evaluate import Evaluator

__all__ = ["inverse"]

#: the argument of the function that is read backwards
HELD = "◦back"
#: places to begin with: dense about 0, up to a thousand on either side
START = sorted({sign * x for x in (0.0, *(1e-4 * 1.35**k for k in range(54))) for sign in (-1, 1)})


def inverse(e: Evaluator, node: Node, bind: Bind, scope: Scope) -> Value:
    """Where a function of one variable has a value."""
    called = node.args[0]
    if e.context.by_law is not None and called.value == ("F", 1):
        quantile = transforms.transformed(e, "Q", replace(called, value=("Q", 1)), bind, scope)
        if quantile is not None:
            return quantile
    target = e.eval(called.args[0], bind, scope)
    kept = e.world.arrays.get(("back", id(node)))
    if kept is None:  # the node is kept, for its number is its name
        probe = replace(called, args=(Node("sym", (), HELD), *called.args[1:]))
        kept = e.world.arrays[("back", id(node))] = (node, probe)
    probe = kept[1]  # type: ignore[index]

    def value(x: Any, inner: Scope) -> Any:
        found = e.eval(probe, {**bind, HELD: x}, inner)
        if isinstance(found, ARRAYS):
            raise NotUnderstood("the inverse of a function of arrays")
        return found

    if isinstance(target, Mat):
        return Mat(target.rows, target.cols, [_back(e, value, y, scope) for y in target.data])
    if isinstance(target, ARRAYS):
        raise NotUnderstood("the inverse of a function of arrays")
    return _back(e, value, target, scope)


def _back(e: Evaluator, value: Callable[[Any, Scope], Any], target: Any, scope: Scope) -> Any:
    places = crossings(lambda x: real(value(x, scope)) - real(target), START)
    if not places:
        raise DomainError("a value that a function does not take")
    if len(places) > 1:
        raise NotUnderstood("the inverse of a function that takes a value twice")
    return settled(e, value, target, places[0], scope)
