r"""Derivatives of indexed quantities, exact to rounding.

$\partial E / \partial v_i$ freezes v (also when v is defined by other things), steps its entry i and reads the derivative part of E.
A derivative of something not known to depend on the variable is never 0 by default: it is an unknown of its own.
Layouts: `mixed` (gradients are columns, Jacobians $J_{ij} = \partial f_i / \partial x_j$), `numerator`, `denominator`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from glideslope.derive.evaluation.limits import limit
from glideslope.derive.evaluation.numbers import derivative_part, real, with_step
from glideslope.derive.evaluation.scope import Bind, NotUnderstood, Scope
from glideslope.derive.evaluation.values import Eye, Mat, Ones, ShapeClash, Value, add, elementwise, negate, transpose
from glideslope.derive.reading.contents import coordinates
from glideslope.derive.syntax.names import COUNTING
from glideslope.derive.syntax.tree import Binder, Node, canonical, free_symbols, walk

if TYPE_CHECKING:
    from glideslope.derive.evaluation.evaluate import Evaluator

__all__ = ["along", "between", "derivative", "gradient", "perturbed", "prime", "slope", "slope_alone", "unforeseen"]

#: the place at which a gradient is taken, where it is more than a letter
HERE = "◦here"
Function = Callable[[Bind, Scope], Value]


def perturbed(e: Evaluator, name: str, indices: tuple[object, ...], scope: Scope) -> Value:
    """The frozen quantity itself: its value outside, stepped where the derivative is taken."""
    assert scope.parent is not None
    target, direction = scope.frozen[name]
    if target is not None and indices != target[: len(indices)]:  # another member: it may depend on the stepped one
        return (
            e.value(name, indices, scope.parent)
            if _stepped_outside(name, indices, scope)
            else e.meaning(name, indices, scope)
        )
    scope.hit = True
    base = e.value(name, indices, scope.parent)
    if target is None:  # a derivative by an unnamed variable: every entry moves
        rates = e.value(direction, indices, scope.parent)
        if isinstance(base, Mat) and isinstance(rates, Mat):
            return Mat(
                base.rows, base.cols, [with_step(x, scope.level, r) for x, r in zip(base.data, rates.data, strict=True)]
            )
        if isinstance(base, Mat):
            raise NotUnderstood("the derivative of a vector by an unnamed variable")
        return with_step(base, scope.level, rates)
    if indices == target:
        return with_step(base, scope.level) if not isinstance(base, Mat) else base
    rest = target[len(indices) :]
    if isinstance(base, Mat) and target[: len(indices)] == indices and all(isinstance(k, int) for k in rest):
        flat = rest[0] - 1 if len(rest) == 1 else (rest[0] - 1) * base.cols + rest[1] - 1
        data = list(base.data)
        if 0 <= flat < len(data):
            data[flat] = with_step(data[flat], scope.level)
        return Mat(base.rows, base.cols, data)
    return base


def unforeseen(e: Evaluator, name: str, indices: tuple[object, ...], scope: Scope) -> Value | None:
    """A free quantity that may change with the stepped one in a way the text does not give: an unknown slope.

    None where it is known to stand still: another entry, an earlier layer, the start of a recurrence.
    """
    assert scope.parent is not None
    if any(isinstance(i, int) and i < 1 for i in indices):
        return None
    for changed, (target, _) in scope.frozen.items():
        if name == changed and not _later(indices, target, scope.counting):
            continue
        if name == changed and _is_input(e, name):
            e.vanished.add("layers")
            continue
        if not e.depends(name, changed):
            continue
        if target is None:
            raise NotUnderstood("the rate of something whose dependence the text does not give")
        _only_once(e, name, scope)
        base = e.value(name, indices, scope.parent)
        scope.hit = True
        e.unknown.add(name)
        if not isinstance(base, Mat):
            return with_step(base, scope.level, e.world.leaf("∂" + name, (*indices, changed, *target), None))
        rates = [e.world.leaf("∂" + name, (*indices, k, changed, *target), None) for k in range(len(base.data))]
        cells = [with_step(x, scope.level, r) for x, r in zip(base.data, rates, strict=True)]
        return Mat(base.rows, base.cols, cells)
    return None


def _is_input(e: Evaluator, name: str) -> bool:
    """Whether a free quantity enters from outside: declared, or fed into a recurrence the text gives (weights, inputs)."""
    fact = e.context.known.get(name)
    if e.context.definitions.get(name):
        return False
    if fact is not None and fact.declared:
        return True
    return any(
        e.recursive(d) and name in {e.context.resolve(str(n.value), len(n.args)) for n in walk(d.body) if n.op == "sym"}
        for found in e.context.definitions.values()
        for d in found
    )


def _later(indices: tuple[object, ...], target: tuple[object, ...] | None, counting: frozenset[int]) -> bool:
    """Whether a member comes after the stepped one, in layers or in time."""
    places = [k for k in counting if target is not None and k < min(len(indices), len(target))]
    return any(isinstance(a := indices[k], int) and isinstance(b := target[k], int) and a > b for k in places)  # type: ignore[index]


def _only_once(e: Evaluator, name: str, scope: Scope) -> None:
    """The second slope of something unknown is unknown too; no number stands for it."""
    outer = scope.parent
    while outer is not None:
        if any(e.depends(name, changed) for changed in outer.frozen):
            raise NotUnderstood("a second derivative of something the text does not define")
        outer = outer.parent


def _counting(e: Evaluator, variable: Node, body: Node, resolved: str) -> frozenset[int]:
    """The places of the variable's indices that count layers or time: l, t, or an index written with a shift."""
    fact = e.context.known.get(resolved)
    family = fact.family if fact is not None and fact.shapes else len(variable.args)
    members = [variable, *(n for n in walk(body) if n.op == "sym" and n.value == variable.value)]
    return frozenset(
        place
        for member in members
        for place, index in enumerate(member.args[:family])
        if index.op == "add"
        or (index.op == "group" and not (fact is not None and fact.declared))  # x^{(2)} of a text that declares no x
        or any(n.op == "sym" and str(n.value) in COUNTING for n in walk(index))
    )


def _stepped_outside(name: str, indices: tuple[object, ...], scope: Scope) -> bool:
    """Whether a derivative around this one steps the entry asked for."""
    outer = scope.parent
    while outer is not None:
        if (
            name in outer.frozen
            and outer.frozen[name][0] is not None
            and indices == outer.frozen[name][0][: len(indices)]
        ):
            return True
        outer = outer.parent
    return False


def derivative(e: Evaluator, node: Node, bind: Bind, scope: Scope) -> Value:
    """∂^n E / ∂v … ∂w, the innermost variable last."""
    body, *variables = node.args
    if node.value.total and len(variables) == 1 and _a_function(e, body):
        body = Node("call", (variables[0],), body.value, body.start, body.end)  # df/dx beside f(x + h)
    if body.op == "call":
        variables = [_at_estimate(v, body) for v in variables]
    steps = [v for v, order in zip(variables, node.value.orders, strict=True) for _ in range(order)]
    if len(steps) > 3:
        raise NotUnderstood("a derivative of order above three")

    def nested(k: int, b: Bind, s: Scope) -> Value:
        if k == len(steps):
            return e.eval(body, b, s)
        return _by(e, lambda b2, s2: nested(k + 1, b2, s2), steps[k], b, s, body)

    return nested(0, bind, scope)


def _a_function(e: Evaluator, body: Node) -> bool:
    """Whether a bare letter names a function that the claim calls elsewhere, and the text gives no formula for."""
    name = str(body.value)
    return body.op == "sym" and not body.args and name in e.reading.claim.called and name not in e.context.definitions


def _at_estimate(variable: Node, body: Node) -> Node:
    r"""In $dL(\hat\theta)/d\theta$ the slope of L is meant where θ is $\hat\theta$: the estimate itself is stepped."""
    whole = variable.args[0] if variable.op == "pow" else variable
    if whole.op != "sym" or any(n.op == "sym" and n.value == whole.value for n in walk(body)):
        return variable
    estimate = replace(whole, value=f"hat {whole.value}")
    estimate = estimate if whole is variable else replace(variable, args=(estimate, *variable.args[1:]))
    return estimate if canonical(estimate) in map(canonical, body.args) else variable


def between(e: Evaluator, node: Node, bind: Bind, scope: Scope) -> Value:
    """[F(x)]_a^b = F(b) − F(a); that x is the letter meant was guessed."""
    inner, *ends = node.args
    e.unknown.add(str(node.value))
    low, high = (_at_end(e, inner, str(node.value), end, bind, scope) for end in ends)
    return add(high, negate(low))


def _at_end(e: Evaluator, inner: Node, letter: str, end: Node, bind: Bind, scope: Scope) -> Value:
    """F where the letter is at an end; at an infinite one, what F approaches."""
    place = e.scalar(end, bind, scope)
    if abs(real(place)) == math.inf:
        return limit(e, Node("big", (end, inner), Binder("lim", (letter,), has_lower=True)), bind, scope)
    return e.eval(inner, {**bind, letter: place}, scope)


def along(e: Evaluator, node: Node, bind: Bind, scope: Scope) -> Value:
    """g'(x) of ∫ f d(g); that x is the letter meant was guessed."""
    e.unknown.add(str(node.args[1].value))
    return derivative(e, node, bind, scope)


def gradient(e: Evaluator, node: Node, bind: Bind, scope: Scope) -> Value:
    """∇E and the Hessian ∇²E; without a variable, by the argument of E."""
    body = node.args[0]
    if len(node.args) == 2:
        variable = node.args[1]
    elif body.op == "call" and len(body.args) >= 1 and body.args[0].op in ("sym", "group"):
        variable = body.args[0]
    elif body.op == "call" and len(body.args) == 1:  # ∇f(x − t d): at that place, by what f is a function of
        bind = {**bind, HERE: e.eval(body.args[0], bind, scope)}
        variable = Node("sym", (), HERE)
        body = Node("call", (variable,), body.value, body.start, body.end)
    else:
        variable = _only_argument(e, body)
    if node.value == 1:
        return _by(e, lambda b, s: e.eval(body, b, s), variable, bind, scope, body)
    first: Function = lambda b, s: _by(e, lambda b2, s2: e.eval(body, b2, s2), variable, b, s, body)  # noqa: E731
    return _by(e, first, variable, bind, scope, body, hessian=True)


def _only_argument(e: Evaluator, body: Node) -> Node:
    name = str(body.value) if body.op in ("sym", "call") else ""
    for definition in e.context.lookup(name, "call"):
        if len(definition.head) == 1:
            return definition.head[0]
    raise NotUnderstood("a gradient by an unnamed variable")


def _by(
    e: Evaluator, f: Function, variable: Node, bind: Bind, scope: Scope, body: Node, hessian: bool = False
) -> Value:
    """Differentiate f by a variable of any shape."""
    flip = False
    while variable.op in ("group", "transpose"):
        flip ^= variable.op == "transpose"
        variable = variable.args[0]
    if variable.op == "sym" and (parts_of := _components(e, variable)) is not None:
        variable = parts_of
    if variable.op == "tuple":
        columns = [_by(e, f, part, bind, scope, body) for part in variable.args]
        return _join(columns)
    if variable.op != "sym":
        raise NotUnderstood("a derivative by an expression")
    value = e.eval(variable, bind, scope)
    step = _stepper(e, f, variable, bind, scope, body)
    if isinstance(value, Eye | Ones):
        raise NotUnderstood("a derivative by a constant")
    if not isinstance(value, Mat):
        return step(())
    if value.cols == 1 or value.rows == 1:
        parts = [step((k,)) for k in range(1, len(value.data) + 1)]
        result = _by_vector(parts, e.layout, hessian)
        return transpose(result) if flip and e.layout != "numerator" else result
    parts = [step((i, j)) for i in range(1, value.rows + 1) for j in range(1, value.cols + 1)]
    if any(isinstance(p, Mat) for p in parts):
        raise NotUnderstood("the derivative of an array by a matrix")
    result = Mat(value.rows, value.cols, parts)
    return transpose(result) if e.layout == "numerator" or flip else result


def _components(e: Evaluator, variable: Node) -> Node | None:
    """s = (x, y, φ)ᵀ: a derivative by s is one by its components."""
    for definition in e.context.lookup(e.context.resolve(str(variable.value)), "symbol"):
        body = definition.body
        while body.op in ("group", "transpose"):
            body = body.args[0]
        if body.op == "tuple" and not variable.args and all(part.op == "sym" for part in body.args):
            return body
    return None


def _by_vector(parts: list[Value], layout: str, hessian: bool) -> Value:
    if not any(isinstance(p, Mat) for p in parts):
        column = Mat(len(parts), 1, parts)
        return transpose(column) if layout == "numerator" and not hessian else column
    rows = [
        p.data if isinstance(p, Mat) else [p] * max(len(q.data) for q in parts if isinstance(q, Mat)) for p in parts
    ]
    if any(isinstance(p, Mat) and p.rows > 1 and p.cols > 1 for p in parts):
        raise NotUnderstood("the derivative of a matrix by a vector")
    by_input = Mat(len(rows), len(rows[0]), [x for row in rows for x in row])
    return by_input if layout == "denominator" else transpose(by_input)


def _join(columns: list[Value]) -> Value:
    """Put derivatives by single quantities side by side."""
    height = max((len(c.data) if isinstance(c, Mat) else 1) for c in columns)
    full = [c.data if isinstance(c, Mat) else [c] * height for c in columns]
    if height == 1:
        return Mat(len(full), 1, [c[0] for c in full])
    return Mat(height, len(full), [c[i] for i in range(height) for c in full])


def _stepper(
    e: Evaluator, f: Function, variable: Node, bind: Bind, scope: Scope, body: Node
) -> Callable[[tuple[int, ...]], Value]:
    """Return the function that steps one entry of the variable and reads the derivative."""
    name = str(variable.value)
    local = name if name in bind else "b:" + name if "b:" + name in bind else ""
    if local and not isinstance(bind[local], int):
        return lambda entry: _step_parameter(
            e, f, local, tuple(e.index(a, bind, scope) for a in variable.args) + entry, bind, scope
        )
    if local and isinstance(bind[local], int):
        raise NotUnderstood("a derivative by an index")
    indices = tuple(e.index(a, bind, scope) for a in variable.args)
    resolved = e.context.resolve(name, len(indices))
    counting = _counting(e, variable, body, resolved)

    def step(entry: tuple[int, ...]) -> Value:
        key = (resolved, indices, entry, counting)
        inner = scope.children.get(key) or Scope(scope, {resolved: ((*indices, *entry), None)})
        inner.counting, inner.hit = counting, False
        if scope.parent is None:
            scope.children[key] = inner
        result = f(bind, inner)
        if not inner.hit:
            return _without_dependence(e, body, resolved, (*indices, *entry), result, bind, scope)
        return elementwise(result, lambda x: derivative_part(x, inner.level))

    return step


def _step_parameter(e: Evaluator, f: Function, name: str, entry: tuple[object, ...], bind: Bind, scope: Scope) -> Value:
    """Differentiate by a function's own parameter."""
    inner = Scope(scope)
    inner.level = scope.level + 1
    value = bind[name]
    if entry:
        data = list(value.data)
        flat = int(entry[0]) - 1 if len(entry) == 1 else (int(entry[0]) - 1) * value.cols + int(entry[1]) - 1  # type: ignore[call-overload]
        data[flat] = with_step(data[flat], inner.level)
        value = Mat(value.rows, value.cols, data)
    else:
        value = with_step(value, inner.level)
    result = f({**bind, name: value}, inner)
    return elementwise(result, lambda x: derivative_part(x, inner.level))


def _without_dependence(
    e: Evaluator, body: Node, name: str, entry: tuple[object, ...], result: Value, bind: Bind, scope: Scope
) -> Value:
    """The derivative of something that never met the variable: zero when all of it is known, else an unknown."""
    names = free_symbols(body)
    plain = {n[0] if isinstance(n, tuple) else n for n in names}
    dependent = any(e.depends(e.context.resolve(n, k), name) for n in plain for k in (0, 1, 2))
    if e.complete and dependent:  # it depends on other entries only
        e.vanished.add("entries")
        return elementwise(result, lambda x: 0.0)
    if body.op != "sym" and not dependent and all(_grounded(e, n) for n in plain):
        e.vanished.add("entries")
        return elementwise(result, lambda x: 0.0)
    if body.op == "sym" and not body.args and _is_of_others(e, str(body.value), name):
        e.vanished.add("entries")
        return elementwise(result, lambda x: 0.0)
    _only_once(e, name, Scope(scope))
    e.unknown.add(canonical(body))
    where = tuple(e.index(a, bind, scope) for a in body.args) if body.op == "sym" else ()
    if isinstance(result, Mat):
        cells = [e.world.leaf("∂" + canonical(body), (*where, k, name, *entry), None) for k in range(len(result.data))]
        return Mat(result.rows, result.cols, cells)
    key = "∂" + (str(body.value) if body.op == "sym" else canonical(body))
    return e.world.leaf(key, (*where, name, *entry), None)


def _is_of_others(e: Evaluator, body: str, name: str) -> bool:
    r"""Whether a quantity is made of the other coordinates of a Jacobian alone: $\\partial y / \\partial z = 0$ where $y = w$, by z and w."""
    held = [list(walk(d.body)) for found in e.context.definitions.values() for d in found]
    by = next((c for c in (e.reading.claim.coordinates, *map(coordinates, held)) if name in c), frozenset())
    if not by or body in by or not e.context.definitions.get(body):
        return False
    stack, seen = [body], {body}
    while stack:
        for d in e.context.definitions.get(stack.pop(), ()):
            for other in free_symbols(d.body):
                other = other[0] if isinstance(other, tuple) else other
                if other == name or not (other in by or other in e.context.definitions or _grounded(e, other)):
                    return False
                if other not in by and other not in seen:
                    seen.add(other)
                    stack.append(other)
    return True


def _grounded(e: Evaluator, name: str, depth: int = 0) -> bool:
    """Tell whether everything behind a name is declared."""
    if depth > 12:
        return False
    name = e.context.resolve(name, 1)
    definitions = e.context.definitions.get(name)
    if definitions:
        return all(_grounded(e, n[0] if isinstance(n, tuple) else n, depth + 1) for d in definitions for n in free_symbols(d.body)
                   if n not in {str(h.value) for h in d.head} and n != name)  # fmt: skip
    found = e.context.known.get(name)
    return (
        (found is not None and found.declared)
        or name in e.world.integers
        or name in ("e", "\\pi")
        or (len(name) > 2 and name in ("exp", "log", "sin", "cos", "tanh", "softmax"))
    )


def slope(e: Evaluator, function: Callable[[Value, Scope], Value], x: Value, order: int, scope: Scope) -> Value:
    """f'(x), entry by entry for a vector; slopes inside f get steps of their own."""
    level = scope.level + 1
    inner = Scope(scope)
    inner.level = scope.level + order

    def at(value: Any, k: int) -> Any:
        if k == 0:
            return function(value, inner)
        here = level + order - k
        result = at(with_step(value, here), k - 1)
        if isinstance(result, Mat):
            raise ShapeClash("the slope of a vector function")
        return derivative_part(result, here)

    if isinstance(x, Mat):
        return Mat(x.rows, x.cols, [at(v, order) for v in x.data])
    return at(x, order)


def slope_alone(e: Evaluator, name: str, scope: Scope) -> Value | None:
    """f' named without its argument, beside df/dx: the slope of f at the argument it was defined with."""
    for definition in e.context.lookup(name.rstrip("'"), "call"):
        head = definition.head
        if len(head) == 1 and head[0].op == "sym" and not head[0].args:
            return e.eval(Node("call", head, name), {}, scope)
    return None


def prime(e: Evaluator, node: Node, bind: Bind, scope: Scope) -> Value:
    """(E)': the variable is unnamed; every symbol whose primed twin occurs in the formula moves at that rate."""
    body = node.args[0]
    rates = {}
    for part in walk(body):
        if part.op == "sym" and str(part.value) + "'" in e.primed:
            rates[e.context.resolve(str(part.value), len(part.args))] = (None, str(part.value) + "'")
    if not rates:
        value = e.eval(body, bind, scope)
        if isinstance(value, Mat) and (value.cols == 1) == (value.rows != 1):
            return transpose(value)
        if isinstance(value, Mat):
            return transpose(value)
        raise NotUnderstood("a derivative by an unnamed variable")
    inner = Scope(scope, rates)
    result = e.eval(body, bind, inner)
    return elementwise(result, lambda x: derivative_part(x, inner.level))
