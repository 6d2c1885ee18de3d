r"""Functions that belong to a law: $F_X(x)$, $M_X(t)$, $Q_X(p)$, and its density under its own name, $\\mathcal{N}(x; \\mu, \\sigma^2)$."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from glideslope.derive.evaluation import series
from glideslope.derive.evaluation.calculus import slope
from glideslope.derive.evaluation.numbers import DomainError, apply, real
from glideslope.derive.evaluation.scope import Bind, NotUnderstood, Scope
from glideslope.derive.evaluation.values import Eye, Mat, Value
from glideslope.derive.laws.chance import key_of
from glideslope.derive.laws.families import FAMILIES, Family, family_named
from glideslope.derive.laws.grids import density
from glideslope.derive.laws.lawful import grid_of, home_of, in_formula, law_of, parameters_of
from glideslope.derive.laws.stated import Stated
from glideslope.derive.laws.vectors import vector_density
from glideslope.derive.syntax.tree import Node

if TYPE_CHECKING:
    from glideslope.derive.evaluation.evaluate import Evaluator

__all__ = ["TRANSFORMS", "cumulated", "limits", "named_density", "transformed"]

#: functions of a variable that stands below them
TRANSFORMS = {"F", "M", "Q", "f", "p", "rm:median"}


def cumulated(family: Family, x: Any, parameters: tuple[Any, ...]) -> Any:
    """P(X ≤ x)."""
    low, high = family.support(*parameters)
    at = real(x)
    if at < low:
        return 0.0
    if at >= high:
        return 1.0
    if family.discrete:
        return sum(density(family, k, parameters) for k in range(math.ceil(low), math.floor(at + 1e-9) + 1))
    middle = (low if low > -math.inf else at - 1) if low > -math.inf else -math.inf
    return series.integrated(lambda t: density(family, t, parameters), middle, x)


def transformed(e: Evaluator, name: str, node: Node, bind: Bind, scope: Scope) -> Value | None:
    """F_X(x), M_X(t), Q_X(p) and their slopes, the median of X; None for anything else."""
    if name == "rm:median" and len(node.args) == 1 and node.args[0].op == "sym" and not node.args[0].args:
        law = law_of(e, key_of(str(node.args[0].value), ()))
        return None if law is None else _transform(e, "Q", node.args[0], 0.5, scope, law)
    bare = name.rstrip("'")
    if bare not in TRANSFORMS or not isinstance(node.value, tuple) or node.value[1] != 1 or len(node.args) != 2:
        return None
    under = node.args[1]
    law = law_of(e, key_of(str(under.value), ())) if under.op == "sym" and not under.args else None
    if law is None or law.head:
        return None
    argument = e.eval(node.args[0], bind, scope)
    if isinstance(argument, Mat | Eye):
        return None
    if bare == name:
        return _transform(e, name, under, argument, scope, law)
    return slope(e, lambda x, s: _transform(e, bare, under, x, s, law), argument, len(name) - len(bare), scope)


def _transform(e: Evaluator, name: str, under: Node, argument: Any, scope: Scope, law: Stated) -> Value:
    key = key_of(str(under.value), ())
    if name == "M":
        found = grid_of(e, key, scope)
        terms = [w * apply("exp", argument * x) for w, x in zip(found.weights, found.values, strict=True)]
        largest = max(abs(real(t)) for t in terms)
        if max(abs(real(terms[0])), abs(real(terms[-1]))) > 1e-10 * largest and len(terms) > 30:
            raise DomainError("an expectation that does not settle")
        return sum(terms)
    family, parameters = parameters_of(e, law, key, home_of(scope))
    if family is None:
        raise NotUnderstood("a vector's law as a function")
    if name == "F":
        return cumulated(family, argument, parameters)
    return _quantile(family, argument, parameters) if name == "Q" else density(family, argument, parameters)


def _quantile(family: Family, p: Any, parameters: tuple[Any, ...]) -> float:
    """Where a continuous law has p of its probability below: halving, then Newton's step."""
    if family.discrete or isinstance(p, complex):
        raise NotUnderstood("a quantile that is not read")
    if not 0 < real(p) < 1:
        raise DomainError("a quantile outside (0, 1)")
    below: Callable[[float], float] = lambda x: real(cumulated(family, x, parameters))  # noqa: E731
    low, high = family.support(*parameters)
    low, high = max(low, -1e3), min(high, 1e3)
    for _ in range(40):
        x = 0.5 * (low + high)
        low, high = (x, high) if below(x) < p else (low, x)
    for _ in range(3):
        x -= (below(x) - p) / real(density(family, x, parameters))
    return x


def named_density(e: Evaluator, name: str, values: list[Value], nodes: tuple[Node, ...]) -> Value | None:
    r"""$\mathcal{N}(x; \mu, \sigma^2)$ as a function: the density of the law at its first argument."""
    family = family_named(name) if len(name) > 1 else ""
    if not family or e.context.by_law is None or len(values) < 2:
        return None
    if family == "uniform":
        family = f"{e.context.uniform} uniform"
    if family != "multinomial" and len(values) - 1 not in FAMILIES.get(family, FAMILIES["normal"]).counts:
        return None
    found, parameters = in_formula(e, family, tuple(values[1:]), nodes[1:])
    if found is None:
        return vector_density(values[0], parameters)
    if isinstance(values[0], Mat):
        return None
    e.context.by_law.edges.update(found.support(*parameters))
    return density(found, values[0], parameters)


def limits(e: Evaluator, name: str, bind: Bind, scope: Scope) -> tuple[float, float] | None:
    """What an integral without limits runs over: all values a lawful variable can take."""
    key = key_of(name, ())
    law = law_of(e, key)
    if law is None or law.head:
        return None
    family, parameters = parameters_of(e, law, key, home_of(scope))
    if family is None or family.discrete:
        return None
    return family.support(*parameters)
