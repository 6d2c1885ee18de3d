r"""Functions a formula can call: the known ones, those the text defines, and smooth ones it leaves open.

An undefined activation $f$ becomes a fixed smooth function, so that $f'(z)$ and $\partial f(z)/\partial z$ agree without knowing f.
Known functions act entry by entry on vectors, except those that take the whole (softmax, trace, determinant …).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from glideslope.derive.evaluation import calculus
from glideslope.derive.evaluation.numbers import DomainError, apply, real
from glideslope.derive.evaluation.patterns import itself, match_arguments, unify
from glideslope.derive.evaluation.scope import Bind, NotUnderstood, Scope
from glideslope.derive.evaluation.values import (
    ARRAYS,
    Eye,
    Mat,
    Ones,
    ShapeClash,
    Value,
    add,
    determinant,
    divide,
    elementwise,
    hadamard,
    multiply,
    spectral_norm,
    transpose,  # fmt: skip
)
from glideslope.derive.laws import chance, gammas, probability, transforms
from glideslope.derive.laws.drawn import drawn
from glideslope.derive.meaning.rows import slice_of
from glideslope.derive.meaning.spectra import SPECTRAL, spectral
from glideslope.derive.reading import sized
from glideslope.derive.syntax.names import IDENTITIES, ONES, ZEROS
from glideslope.derive.syntax.tree import Node, canonical, walk

if TYPE_CHECKING:
    from glideslope.derive.evaluation.evaluate import Evaluator


ELEMENTARY = {
    "exp", "log", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan", "arctanh", "sigmoid", "erf", "log10",
    "cot", "sec", "csc", "coth", "logit", "softplus", "relu", "sign", "floor", "ceil",
}  # fmt: skip


def call(e: Evaluator, node: Node, bind: Bind, scope: Scope) -> Value:
    """Evaluate a call."""
    if node.value in ELEMENTARY and len(node.args) == 1 and node.value not in e.context.definitions:
        value = e.eval(node.args[0], bind, scope)
        if not isinstance(value, ARRAYS) and node.value not in bind:
            return apply(node.value, value)
        return _apply(e, node.value, (), node.args, [value], bind, scope)
    name = node.value[0] if isinstance(node.value, tuple) else str(node.value)
    if e.context.by_law is not None and (found := transforms.transformed(e, name, node, bind, scope)) is not None:
        return found
    if name in chance.UPRIGHT and name in e.context.definitions:  # E(X) = μ says what E(X) is
        given = [e.eval(arg, bind, scope) for arg in node.args]
        if (found := _defined(e, name, (), node.args, given, bind, scope)) is not None:
            return found
    if name in chance.NAMES and (found := probability.probability(e, node, bind, scope)) is not None:
        return found
    extra = node.value[1] if isinstance(node.value, tuple) else 0
    arguments = node.args[: len(node.args) - extra]
    bare = name.rstrip("'")
    order = len(name) - len(bare)
    if name in SPECTRAL:
        return spectral(e, node, bind, scope)
    if name in ("indicator", "skew", "diag", "binom", "factorial", "max", "min"):
        return _special(e, name, node, bind, scope)
    values = [e.eval(arg, bind, scope) for arg in arguments]
    if bare in bind and isinstance(bind[bare], Mat | int | float | complex) and len(values) == 1:
        return multiply(bind[bare], values[0])
    indices = tuple(e.index(arg, bind, scope) for arg in node.args[len(arguments) :])
    resolved = bare if bare in e.context.definitions or bare in e.context.functions else e.context.resolve(bare)
    accent, _, under = bare.partition(" ")
    if accent in ("dot", "ddot") and len(values) == 1 and bare not in e.context.definitions and _has_rule(e, under):
        bare, order = under, order + (1 if accent == "dot" else 2)
        resolved = bare
    if order and len(values) == 1:
        primed = _defined(e, name, indices, arguments, values, bind, scope)
        if primed is not None:
            return primed
        return calculus.slope(
            e, lambda x, inner: _apply(e, resolved, indices, arguments, [x], bind, inner), values[0], order, scope
        )
    if order:
        raise NotUnderstood("the derivative of a function of several variables")
    return _apply(e, resolved, indices, arguments, values, bind, scope)


def _apply(
    e: Evaluator,
    name: str,
    indices: tuple[object, ...],
    arguments: tuple[Node, ...],
    values: list[Value],
    bind: Bind,
    scope: Scope,
) -> Value:
    try:
        found = _defined(e, name, indices, arguments, values, bind, scope)
    except ShapeClash as clash:
        clash.inside = True
        raise
    if found is not None:
        return found
    if name in ELEMENTARY and len(values) == 1 and not indices:
        value = values[0]
        if name == "exp" and isinstance(value, Mat) and value.rows == value.cols:
            return _matrix_exponential(value)
        return elementwise(value, lambda x: apply(name, x))
    if name in _WHOLE and not indices:
        return _WHOLE[name](*values)
    if e.context.by_law is not None and (value := transforms.named_density(e, name, values, arguments)) is not None:
        return value
    if not _is_function(e, name):
        value = e.value(name, indices, scope)
        if len(values) == 1:
            return multiply(value, values[0])
        raise NotUnderstood(f"{name} of several arguments")
    if any(len(d.head) == len(values) + len(indices) for d in e.context.lookup(name, "call")):
        e.unknown.add(name)  # its formula is for other arguments
    if name not in e.context.functions:
        e.guessed.add(name)
        if name.split(":")[-1][:1].isupper() or name.startswith("rm:"):
            e.unknown.add(name)  # H, Var, KL …: these have meanings of their own
    return _open_function(e, name, indices, values)


def alone(e: Evaluator, name: str, scope: Scope) -> Value | None:
    """A function named without its arguments, as in df/dx: its definition at the arguments it was defined with."""
    for definition in e.context.lookup(name, "call"):
        plain = (h.args[0] if h.op == "pow" and h.args[1].op == "num" else h for h in definition.head)  # ℓ(μ, σ²)
        if all(h.op in ("sym", "group") for h in plain) and (name, ()) not in e.busy:
            e.busy.add((name, ()))
            try:
                return e.eval(definition.body, {}, scope)
            finally:
                e.busy.discard((name, ()))
    return None


def member(e: Evaluator, node: Node, bind: Bind, scope: Scope) -> Value:
    """Row or column number i of a matrix: upright, but for a row that is written as it lies."""
    whole, k = e.eval(node.args[0], bind, scope), e.whole(node.args[1], bind, scope)
    if not isinstance(whole, Mat):
        raise NotUnderstood("a row of a number")
    kind = str(node.value).rstrip("·")
    if kind != node.value:
        e.unknown.add("·")  # W_{i·} may be a sum as well
    if not 1 <= k <= (whole.cols if kind == "col" else whole.rows):
        raise DomainError("an index out of range")
    return slice_of(whole, k, kind, e.context.lying)


def _has_rule(e: Evaluator, name: str) -> bool:
    """Whether the text gives a function of one variable by a formula."""
    return any(len(d.head) == 1 for d in e.context.lookup(name, "call"))


def _is_function(e: Evaluator, name: str) -> bool:
    if name in e.context.functions:
        return True
    found = e.context.known.get(name)
    return not (found is not None and (found.declared or found.rank is not None)) and not any(
        d.kind == "symbol" for d in e.context.definitions.get(name, ())
    )


def _defined(
    e: Evaluator,
    name: str,
    indices: tuple[object, ...],
    arguments: tuple[Node, ...],
    values: list[Value],
    bind: Bind,
    scope: Scope,
) -> Value | None:
    """The value through a definition in the text, if one fits the arguments."""
    for definition in e.context.lookup(name, "call"):
        if len(definition.head) != len(values) + len(indices):
            continue
        e.check_counts(definition.body)
        bound = match_arguments(e, definition, arguments, values, indices, bind, scope)
        if bound is None or not all(e.truth(c, bound, scope) for c in definition.conditions):
            continue
        base = scope
        return e.eval(definition.body, bound, base)
    return None


def _open_function(e: Evaluator, name: str, indices: tuple[object, ...], values: list[Value]) -> Value:
    """A smooth function with no meaning of its own but what the text says of it.

    From world to world it rises or falls, bends up or down, is positive or not: were it always of one kind, an inequality
    such as $f(b) > f(a)$ would hold of all functions.
    """
    if name in e.context.properties or name in e.context.curved:
        return drawn(e, e.context.properties.get(name, "smooth"), name, indices, values)
    e.world.arrays[("open function",)] = name
    key = ("function", name, indices)
    w: Any = e.world.arrays.get(key)
    if w is None:
        w = e.world.arrays[key] = [0.5 + e.world.unit("function", name, indices, k) for k in range(4)]
    rises, bends = (-1 if e.world.unit(way, name, indices) < 0.5 else 1 for way in ("rises", "bends"))
    level = -1.7 if e.world.seed % 4 == 3 else 1.7

    def smooth(t: Any) -> Any:
        return (
            rises * (w[0] * apply("tanh", w[1] * t + 0.2) + w[2] * 0.3 * t)
            + bends * (0.25 * apply("sin", w[3] * t) + 0.3 * w[3] * t * t)
            + level
        )

    scalar_valued = e.context.functions_of.get(name) == "number" or len(values) > 1
    if not scalar_valued:
        return elementwise(values[0], smooth)
    total: Any = 0.3
    count = 0
    for value in values:
        for x in value.data if isinstance(value, Mat) else [value.scale if isinstance(value, Eye | Ones) else value]:
            count += 1
            total = (
                total
                + (0.4 + e.world.unit("weight", name, count)) * x
                + 0.15 * e.world.unit("square", name, count) * x * x
            )
    return smooth(total)


def opaque(e: Evaluator, node: Node, bind: Bind, scope: Scope) -> Value:
    """A probability or an expectation: through a definition of the same form, else a number of its own."""
    label = str(node.value)
    for definition in e.context.lookup(label, "opaque"):
        if len(definition.head) != len(node.args):
            continue
        used = {str(n.value) for n in walk(definition.body) if n.op in ("sym", "call")}
        bound: Bind = {}
        for head, actual in zip(definition.head, node.args, strict=True):
            square = head.op == "pow" and head.args[0].op == "sym" and canonical(head.args[0]) in bind  # σ² has a value
            handed = head.op == "sym" and head.value in used and (bool(head.args) or not itself(definition, head, bind))
            if canonical(head) == canonical(actual) and not (square or handed):
                continue
            if head.op == "sym" and head.value not in used:
                break  # said of one quantity, as in E(X) = m
            if not unify(e, head, actual, bound, bind, scope):
                break
        else:
            e.check_counts(definition.body)
            return e.eval(definition.body, bound, scope)
    if (whole := _with_parameters(e, node)) is not None:
        e.unknown.add(label)  # that the others are known numbers is not said
        return e.eval(whole, bind, scope)
    if (value := probability.probability(e, node, bind, scope)) is not None:
        return value
    if label.startswith(("bb:E", "rm:E")) and len(node.args) == 1:
        return _expectation(e, node.args[0], bind, scope, label)
    e.unknown.add(label)
    keys = tuple(_event(e, arg, bind) for arg in node.args)
    u = e.world.unit("opaque", label, keys)
    if label.startswith(("p", "P", "q", "bb:P", "rm:P")):
        return 0.06 + 0.88 * u
    return (0.3 + 1.4 * u) * (-1 if e.world.seed % 4 == 3 else 1)


def _with_parameters(e: Evaluator, node: Node) -> Node | None:
    r"""p(y | μ) beside $p(y \mid \mu, \tau) = \dots$: the same density, where τ is a known number that nothing gives a density of its own."""
    label = str(node.value)
    base, _, marks = label.rpartition("(")
    if base not in chance.NAMES or "|" not in marks:
        return None
    for extra in (1, 2):
        wider = f"{base}({marks[:-1]}{',' * extra})"
        for definition in e.context.definitions.get(wider, ())[::-1]:
            heads = definition.head
            rest = [h.args[0] if h.op == "pow" else h for h in heads[len(node.args) :]]
            if list(map(canonical, heads[: len(node.args)])) != list(map(canonical, node.args)):
                continue
            letters = {str(h.value) for h in rest if h.op == "sym" and not h.args}
            weighed = letters & (e.context.weighed | e.context.random) or any(
                chance.key_of(x, ()) in e.context.laws for x in letters
            )
            if len(letters) == len(rest) == extra and not weighed:
                return Node("opaque", heads, wider, node.start, node.end)
    return None


def _event(e: Evaluator, node: Node, bind: Bind) -> str:
    """A key for an event: canonical, bound letters replaced by their values."""
    names = {
        str(n.value): bind[str(n.value)]
        for n in walk(node)
        if n.op == "sym" and isinstance(bind.get(str(n.value)), int)
    }
    return canonical(node) + repr(sorted(names.items()))


def _expectation(e: Evaluator, body: Node, bind: Bind, scope: Scope, label: str) -> Value:
    """E is linear: sums and known factors move out, the rest is a number of its own."""
    while body.op == "group":
        body = body.args[0]
    if body.op == "add":
        total: Value = 0
        for sign, child in zip(body.value, body.args, strict=True):
            total = add(total, multiply(sign, _expectation(e, child, bind, scope, label)))
        return total
    if body.op == "neg":
        return multiply(-1, _expectation(e, body.args[0], bind, scope, label))
    if body.op == "num":
        return body.value
    e.unknown.add(label)
    return e.world.leaf(label, (_event(e, body, bind),), None)


def constant(e: Evaluator, name: str, indices: tuple[object, ...]) -> Value | None:
    """π, e, I, 1, 0, Kronecker's δ, when the text gives them no other meaning."""
    found = e.context.known.get(name)
    if found is not None and found.declared:
        return None
    if name == "\\pi" and not indices:
        return math.pi
    if name == "e" and not indices:
        return math.e
    if name in IDENTITIES:
        if len(indices) == 2:
            return 1.0 if indices[0] == indices[1] else 0.0
        return sized.identity(indices)
    if name in ONES or name.startswith(("b:1_", "bb:1_")):
        return sized.filled(1.0, indices)
    if name in ZEROS:
        return sized.filled(0.0, indices)
    if name == "\\delta" and len(indices) == 2 and "\\delta" not in e.context.raised:
        return 1.0 if indices[0] == indices[1] else 0.0
    return None


def _special(e: Evaluator, name: str, node: Node, bind: Bind, scope: Scope) -> Value:
    if name == "indicator":
        return _indicator(e, node.args[0], bind, scope)
    values = e.listed_values(node.args, bind, scope)
    if name == "skew":
        v = values[0]
        if not isinstance(v, Mat) or len(v.data) != 3:
            raise ShapeClash("a skew matrix needs a vector of length 3")
        x, y, z = v.data
        return Mat(3, 3, [0, -z, y, z, 0, -x, -y, x, 0])
    if name == "diag":
        v = values[0] if len(values) == 1 else Mat(len(values), 1, values)
        if not isinstance(v, Mat):
            raise NotUnderstood("diag of a number")
        n = len(v.data) if v.cols == 1 or v.rows == 1 else v.rows
        if v.cols > 1 and v.rows > 1:
            return Mat(n, 1, [v.data[i * v.cols + i] for i in range(n)])
        return Mat(n, n, [v.data[i] if i == j else 0 for i in range(n) for j in range(n)])
    if name in ("max", "min"):
        if len(values) == 1 and isinstance(values[0], Mat):
            return (max if name == "max" else min)(values[0].data, key=real)
        result = values[0]
        for value in values[1:]:
            result = hadamard(
                result,
                value,
                (lambda x, y: max(x, y, key=real)) if name == "max" else (lambda x, y: min(x, y, key=real)),
            )
        return result
    if name == "binom" and isinstance(values[-1], Mat):
        e.unknown.add("binom")  # that the numbers below sum to the one above goes without saying
    return gammas.binomial(*values) if name == "binom" else gammas.factorial(values[0])


def _indicator(e: Evaluator, condition: Node, bind: Bind, scope: Scope) -> Value:
    if condition.op == "rel":
        a, b = (e.eval(side, bind, scope) for side in condition.args)
        if isinstance(a, Mat) or isinstance(b, Mat):
            tests: dict[str, Callable[[Any, Any], bool]] = {">": lambda x, y: real(x) > real(y), "<": lambda x, y: real(x) < real(y),
                                                            ">=": lambda x, y: real(x) >= real(y), "<=": lambda x, y: real(x) <= real(y)}  # fmt: skip
            if condition.value in tests:
                return hadamard(a, b, lambda x, y: 1.0 if tests[condition.value](x, y) else 0.0)
    return 1.0 if e.truth(condition, bind, scope) else 0.0


def _matrix_exponential(a: Mat) -> Value:
    total: Value = add(Eye(), a)
    term: Value = a
    for k in range(2, 40):
        term = multiply(multiply(term, a), 1.0 / k)
        total = add(total, term)
    return total


def _softmax(v: Value) -> Value:
    if not isinstance(v, Mat):
        raise NotUnderstood("softmax of a number")
    if v.rows > 1 and v.cols > 1:
        rows = [_softmax(Mat(v.cols, 1, v.row(i))).data for i in range(v.rows)]
        return Mat(v.rows, v.cols, [x for row in rows for x in row])
    powers = elementwise(v, lambda x: apply("exp", x))
    return divide(powers, sum(powers.data))


def _largest_eigenvalue(v: Value) -> Value:
    """λ_max of a symmetric positive semidefinite matrix, by the norm of its square root's Gram matrix."""
    if not isinstance(v, Mat) or v.rows != v.cols:
        raise ShapeClash("an eigenvalue of something not square")
    if any(
        abs(real(v.data[i * v.cols + j]) - real(v.data[j * v.cols + i])) > 1e-9
        for i in range(v.rows)
        for j in range(v.rows)
    ):
        raise NotUnderstood("eigenvalues of a matrix that is not symmetric")
    shift = sum(abs(real(x)) for x in v.data)
    shifted = add(v, Eye(shift))
    return spectral_norm(shifted) - shift


def _trace(v: Value) -> Value:
    if isinstance(v, Eye | Ones):
        raise NotUnderstood("the trace of an identity of unknown size")
    if not isinstance(v, Mat):
        return v
    if v.rows != v.cols:
        raise ShapeClash(f"the trace of a {v.rows}×{v.cols} matrix")
    return sum(v.data[k * (v.cols + 1)] for k in range(v.rows))


def _vec(v: Value) -> Value:
    if isinstance(v, Eye | Ones):
        raise NotUnderstood("a function of an identity of unknown size")
    return Mat(len(v.data), 1, list(transpose(v).data)) if isinstance(v, Mat) else v


def _logsumexp(v: Value) -> Value:
    if not isinstance(v, Mat):
        raise NotUnderstood("log-sum-exp of a number")
    return apply("log", sum(apply("exp", x) for x in v.data))


def _atan2(y: Value, x: Value) -> Value:
    return apply("arctan", divide(y, x)) + (math.pi * math.copysign(1, real(y)) if real(x) < 0 else 0)


_WHOLE: dict[str, Callable[..., Value]] = {
    "\\lambda_\\max": _largest_eigenvalue, "softmax": _softmax, "tr": _trace, "det": determinant, "vec": _vec, "logsumexp": _logsumexp, "atan2": _atan2,
    "\\Gamma": gammas.gamma, "rm:B": gammas.beta, "rm:Beta": gammas.beta,
}  # fmt: skip
