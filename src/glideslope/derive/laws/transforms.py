r"""Functions that belong to a law: $F_X(x)$, $M_X(t)$, $Q_X(p)$, and its density under its own name, $\\mathcal{N}(x; \\mu, \\sigma^2)$."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from glideslope.derive.evaluation import series
from glideslope.derive.evaluation.calculus import slope
from glideslope.derive.evaluation.numbers import DomainError, apply, real
from glideslope.derive.evaluation.roots import crossings, settled
from glideslope.derive.evaluation.scope import Bind, NotUnderstood, Scope
from glideslope.derive.evaluation.values import ARRAYS, Eye, Mat, Value
from glideslope.derive.laws import regions
from glideslope.derive.laws.chance import key_of
from glideslope.derive.laws.families import FAMILIES, Family, family_named
from glideslope.derive.laws.gammas import log_gamma
from glideslope.derive.laws.grids import density, middle
from glideslope.derive.laws.lawful import grid_of, home_of, in_formula, law_of, parameters_of
from glideslope.derive.laws.stated import Stated
from glideslope.derive.laws.vectors import vector_density
from glideslope.derive.syntax.tree import Node

if TYPE_CHECKING:
    from glideslope.derive.evaluation.evaluate import Evaluator

__all__ = ["TRANSFORMS", "cumulated", "limits", "named_density", "transformed"]

#: functions of a variable that stands below them
TRANSFORMS = {"F", "M", "Q", "f", "p", "rm:median", "rm:mode"}


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
    inside: Callable[[Any], Any] = lambda t: density(family, t, parameters)  # noqa: E731
    below = at <= middle(family, parameters)  # from there outwards: a rule that begins far away may miss what there is
    if low == -math.inf:
        return series.integrated(inside, low, x) if below else 1 - series.integrated(inside, x, high)
    end = low if below or high == math.inf else high
    fall = -1 if below or high < math.inf else 1  # x nears its end as $e^{-s}$: poles there become decays

    def stretched(s: Any) -> Any:
        step = (x - end) * apply("exp", fall * s)
        return inside(end + step) * (step if end == low else -step)

    found = series.integrated(stretched, 0.0, math.inf)
    return found if below else 1 - found


def transformed(e: Evaluator, name: str, node: Node, bind: Bind, scope: Scope) -> Value | None:
    """F_X(x), M_X(t), Q_X(p) and their slopes, the median of X; None for anything else."""
    if name in ("rm:median", "rm:mode") and len(node.args) == 1 and node.args[0].op == "sym" and not node.args[0].args:
        law = law_of(e, key_of(str(node.args[0].value), ()))
        if law is not None and name == "rm:mode":
            return _mode(e, node.args[0], scope, law)
        return None if law is None else _transform(e, "Q", node.args[0], 0.5, scope, law)
    bare = name.rstrip("'")
    if bare not in TRANSFORMS or not isinstance(node.value, tuple) or node.value[1] != 1 or len(node.args) != 2:
        return None
    under = node.args[1]
    law = law_of(e, key_of(str(under.value), ())) if under.op == "sym" and not under.args else None
    if (law is None or law.head) and (under.op != "sym" or str(under.value) not in e.context.definitions):
        return None
    argument = e.eval(node.args[0], bind, scope)
    if isinstance(argument, Mat | Eye):
        return None
    if law is None:
        return None if bare != name else regions.pushed(e, name, under, argument, scope)
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


def _quantile(family: Family, p: Any, parameters: tuple[Any, ...]) -> Any:
    """Where a continuous law has p of its probability below: Newton's steps, halving where they lead away."""
    if family.discrete:
        raise NotUnderstood("a quantile that is not read")
    if not 0 < real(p) < 1:
        raise DomainError("a quantile outside (0, 1)")
    short: Callable[[float], bool] = lambda x: real(cumulated(family, x, parameters)) < real(p)  # noqa: E731
    (low, high), reach, centre = family.support(*parameters), 1.0, middle(family, parameters)
    while low == -math.inf and not short(centre - reach):
        reach *= 2
    low, reach = max(low, centre - reach) if low == -math.inf else low, 1.0
    while high == math.inf and short(centre + reach):
        reach *= 2
    high = min(high, centre + reach)
    x: Any = 0.5 * (low + high)
    for _ in range(60):
        gap, rate = real(cumulated(family, x, parameters)) - real(p), real(density(family, x, parameters))
        low, high = (x, high) if gap < 0 else (low, x)
        near = x - gap / rate if rate > 0 else low
        near = near if low < near < high else 0.5 * (low + high)
        if abs(near - x) <= 1e-13 * max(1.0, abs(x)):
            break
        x = near
    for _ in range(2):  # exact in every derivative part of p and of the parameters
        x = x - (cumulated(family, x, parameters) - p) / density(family, x, parameters)
    return x


def _mode(e: Evaluator, under: Node, scope: Scope, law: Stated) -> Value:
    """Where the density is largest: an end of the values, or where its slope is 0."""
    key = key_of(str(under.value), ())
    (family, parameters), rule = parameters_of(e, law, key, home_of(scope)), grid_of(e, key, scope)
    if family is None or not rule.logs:
        raise NotUnderstood("the mode of a vector")
    order = sorted(range(len(rule.logs)), key=lambda k: real(rule.logs[k]))
    best = order[-1]
    if family.discrete:
        if len(order) > 1 and real(rule.logs[order[-2]]) > real(rule.logs[best]) - 1e-9:
            raise DomainError("a law with two modes")
        return rule.values[best]
    for place, end in ((0, 0), (len(order) - 1, 1)):
        if real(rule.logs[place]) > real(rule.logs[best]) - 1e-12:
            return family.support(*parameters)[end]

    def rate(x: Any, inner: Scope) -> Any:
        return slope(e, lambda t, _: family.log_density(t, *parameters), x, 1, inner)

    around = [real(rule.values[k]) for k in (best - 1, best, best + 1)]
    places = crossings(lambda x: real(rate(x, scope)), around)
    if len(places) != 1:
        raise NotUnderstood("a density without one largest value")
    return settled(e, rate, 0.0, places[0], scope)


def named_density(e: Evaluator, name: str, values: list[Value], nodes: tuple[Node, ...]) -> Value | None:
    r"""$\mathcal{N}(x; \mu, \sigma^2)$ as a function: the density of the law at its first argument."""
    if name in ("\\Phi", "\\phi", "\\varphi") and len(values) == 1 and name not in e.context.definitions:
        return _standard(name, values[0])
    if name == "\\psi" and len(values) == 1 and name not in e.context.definitions and not isinstance(values[0], ARRAYS):
        return slope(e, lambda x, _: log_gamma(x), values[0], 1, Scope())  # the digamma function
    if name == "B" and len(values) == 2 and not any(isinstance(v, ARRAYS) for v in values):
        return apply("exp", log_gamma(values[0]) + log_gamma(values[1]) - log_gamma(values[0] + values[1]))
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


def _standard(name: str, x: Value) -> Value | None:
    r"""The standard normal law's $\Phi(z)$ and $\phi(z)$, where the text gives these letters no other meaning."""
    if isinstance(x, ARRAYS):
        return None
    if name == "\\Phi":
        return 0.5 * (1 + apply("erf", x / math.sqrt(2)))
    return apply("exp", -0.5 * x * x) / math.sqrt(2 * math.pi)


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
