r"""How names are used: with how many indices, bare, transposed, multiplied, chosen by another name.

What a text never declares it still shows: in $a^\top b$ the second factor is a vector, in $a \times b$ both have three entries.
"""

from __future__ import annotations

from glideslope.derive.meaning.context import Context, Declaration
from glideslope.derive.meaning.define import is_label, labels_itself
from glideslope.derive.reading.sized import size_letters
from glideslope.derive.syntax.names import DENSITIES, IDENTITIES
from glideslope.derive.syntax.tree import Node, walk

__all__ = ["note_letters", "note_limits", "note_usage", "sums"]

#: letters that stay numbers beside a matrix
NUMBERS = frozenset(
    ("t", "\\alpha", "\\lambda", "\\epsilon", "\\eta", "\\gamma", "c", "k", "n", "\\tau", "\\rho", "\\sigma")
)


def weighed(node: Node) -> set[str]:
    """The letters whose density a form is: μ and τ of p(μ, τ | y)."""
    label, _, marks = str(node.value).rpartition("(") if node.op == "opaque" else (str(node.value), "", "")
    own = node.args[: marks.index("|") + 1] if "|" in marks else node.args
    return {str(n.value) for a in own for n in walk(a) if n.op == "sym"} if label in DENSITIES else set()


def note_usage(node: Node, context: Context) -> None:
    """Record how names are used: with how many indices, bare, transposed."""
    context.summed.update(sums(node))
    for part in walk(node):
        if part.op in ("call", "opaque"):
            context.weighed.update(weighed(part))
        if part.op == "sym" and len(str(part.value)) and not (len(str(part.value)) == 1 and str(part.value).isdigit()):
            fact = context.fact(str(part.value))
            letters = sum(1 for a in part.args if any(n.op == "sym" for n in walk(a)) and not is_label(a))
            fact.indexed = max(fact.indexed, len(part.args))
            if letters == len(part.args):
                fact.lettered = max(fact.lettered, letters)
            fact.bare = fact.bare or not part.args
        context.integers |= size_letters(part)
        if part.op == "transpose":
            inner = part.args[0]
            while inner.op == "group":
                inner = inner.args[0]
            if inner.op == "sym" and (part.value == "sure" or not context.time):
                fact = context.fact(str(inner.value))
                fact.transposed_with = max(fact.transposed_with, len(inner.args))
        if part.op == "mul" and "times" in part.value:
            _cross(part, context)
        elif part.op == "mul":
            _multiplied(part, context)
            _in_form(part, context)
            _between_matrices(part, context)
        if part.op == "add" and any(_is_identity(term) for term in part.args):
            for factors in filter(_timed, map(_factors, part.args)):
                for factor in factors:
                    _becomes_matrix(factor, context)
        if part.op == "norm" or (part.op == "call" and part.value in ("tr", "det")):
            _measured(part.args[0], context, part.op == "norm")
        if part.op == "pow" and part.args[1].op == "sym" and str(part.args[1].value) in "kmnKMN":
            _counts_factors(part, context)
        if part.op == "big":
            context.bound.update(part.value.letters)
            _limits(part, context)
        if part.op == "sym":
            for inner in (n for a in part.args for n in walk(a) if n.op == "sym" and n.args):
                chosen = context.fact(str(inner.value))  # w_{y_i}: y_i numbers a class
                if not (chosen.choices or chosen.integer or chosen.shapes or chosen.structure) and chosen.low is None:
                    chosen.choices = (1, 2)
        if part.op == "sym":
            context.integers.update(
                str(n.value)
                for a in part.args
                for n in walk(a)
                if n.op == "sym"
                and not n.args
                and str(n.value) in ("T", "N", "K", "L", "M")
                and not any(labels_itself(str(n.value), d.body) for d in context.definitions.get(str(n.value), ()))
            )


def note_limits(node: Node, context: Context) -> None:
    """What sums run to is a whole number, in bounds too."""
    for part in walk(node):
        if part.op == "big":
            _limits(part, context)


def _limits(part: Node, context: Context) -> None:
    if not part.value.has_upper or part.value.kind.startswith(("int", "lim")):
        return
    for bound in part.args[: int(part.value.has_lower) + int(part.value.has_upper)]:
        context.integers.update(str(n.value) for n in walk(bound) if n.op == "sym" and not n.args)
        if bound.op == "sym" and bound.args and not context.definitions.get(str(bound.value)):
            context.counts.add(str(bound.value))  # the n_i observations of group i


def note_letters(node: Node, context: Context) -> None:
    """Record which letters a name carries alone, as in x_i; of a claim only when it holds."""
    for part in walk(node):
        if part.op == "sym" and len(part.args) == 1 and part.args[0].op == "sym" and not part.args[0].args:
            context.fact(str(part.value)).letters.add(str(part.args[0].value))


def sums(node: Node) -> dict[str, tuple[str, str]]:
    """The names that sums from 1 to a letter run over, with the index and the letter: x of $\\sum_{i=1}^n x_i$."""
    found: dict[str, tuple[str, str]] = {}
    for part in walk(node):
        if part.op == "big" and part.value.kind == "sum" and part.value.has_lower and part.value.has_upper:
            low, high, body = part.args[0], part.args[1], part.args[-1]
            if (
                low.op == "num"
                and low.value == 1
                and high.op == "sym"
                and not high.args
                and len(part.value.letters) == 1
            ):
                letter = part.value.letters[0]
                for n in walk(body):
                    if n.op == "sym" and len(n.args) == 1 and n.args[0].op == "sym" and n.args[0].value == letter:
                        found.setdefault(str(n.value), (letter, str(high.value)))
    return found


def _counts_factors(power: Node, context: Context) -> None:
    """In A^n with a matrix A, n is a whole number."""
    base = [n for n in walk(power.args[0]) if n.op == "sym"]
    made = [d.body for n in base for d in context.definitions.get(str(n.value), ()) if not n.args]
    base.extend(n for body in made for n in walk(body) if n.op == "sym")
    fact = context.fact(str(power.args[1].value))
    if not fact.declared and any(context.rank(context.resolve(str(n.value), len(n.args))) == 2 for n in base):
        fact.integer = True


def _measured(node: Node, context: Context, norm: bool) -> None:
    r"""A capital within $\operatorname{tr}$, $\det$ or a norm is a matrix, a small letter within a norm a vector: numbers have $|a|$."""
    if node.op in ("add", "mul", "group", "neg", "transpose"):
        for child in node.args:
            _measured(child, context, norm)
    elif node.op == "pow":
        _measured(node.args[0], context, norm)
    elif node.op == "sym" and not node.args and str(node.value) not in context.random:
        name = str(node.value)
        if (
            norm
            and len(name) == 1
            and name.islower()
            and name not in context.functions
            and name not in context.integers
        ):
            _becomes_vector(name, 0, context)
        _becomes_matrix(node, context)


def _cross(product: Node, context: Context) -> None:
    """In a × b with vectors both are of length three."""
    names = [str(a.value) for a in product.args if a.op == "sym" and not a.args]
    facts = [context.fact(name) for name in names if name.split(":")[-1][:1].islower() and name not in context.integers]
    if any(fact.rank == 1 for fact in facts):
        for fact in facts:
            if not fact.shapes and fact.rank in (None, 1):
                fact.rank, fact.shapes = 1, [Declaration((), (Node("num", (), 3),))]


def _multiplied(product: Node, context: Context) -> None:
    r"""In $a^\top b$, and in $X w$ with a declared X, the second factor is a vector: a number would stand in front."""
    for before, factor in zip(product.args, product.args[1:], strict=False):
        name = str(factor.value)
        if factor.op != "sym" or ":" in name or not name[-1:].islower() or name in NUMBERS or name in context.integers:
            continue
        turned = before.op == "transpose" and (before.value == "sure" or not context.time)
        array = before.args[0] if turned else before
        if array.op != "sym":
            continue
        inner = turned and str(array.value)[-1:].islower() and len(array.args) <= 1
        member = len(factor.args) == 1 and factor.args[0].op == "sym" and context.indexes(str(factor.args[0].value))
        if (inner and (member or not factor.args)) or (not turned and not factor.args and _is_matrix(array, context)):
            _becomes_vector(name, len(factor.args), context)
        elif not turned and len(factor.args) <= 1 and _is_called_matrix(array, context):
            _becomes_vector(name, len(factor.args), context)  # A x_{k-1} of a state x_k


def _is_identity(node: Node) -> bool:
    while node.op in ("group", "index"):
        node = node.args[0]
    return node.op == "sym" and node.value in IDENTITIES


def _factors(node: Node) -> list[Node]:
    """The factors of a term, without signs, brackets and transposition."""
    node = _opened(node)
    return [f for part in node.args for f in _factors(part)] if node.op == "mul" else [node]


def _timed(factors: list[Node]) -> bool:
    """Whether a product has a factor with an index, as K_k H."""
    return len(factors) > 1 and any(f.op == "sym" and f.args for f in factors)


def _between_matrices(product: Node, context: Context) -> None:
    r"""In $K_k R K_k^\top$ and $(I - K_k H) P_k (I - K_k H)^\top$ what stands in the middle, or behind $I - K_k H$, is a matrix."""
    for before, factor, after in zip(product.args[:-1], product.args[1:], (*product.args[2:], None), strict=True):
        sides = [before] if after is None else [before, after]
        indexed = any(n.op == "sym" and n.args for side in (*sides, factor) for n in walk(side))
        within = all(_shown_matrix(side, context) for side in sides) and (
            after is not None or _opened(before).op == "add"
        )
        if factor.op == "sym" and indexed and within:
            _becomes_matrix(factor, context)


def _in_form(product: Node, context: Context) -> None:
    r"""A in $x^\top A y$ is a matrix: a number would stand in front."""
    for before, factor, after in zip(product.args, product.args[1:], product.args[2:], strict=False):
        turned = before.op == "transpose" and (before.value == "sure" or not context.time)
        small = turned and before.args[0].op == "sym" and str(before.args[0].value)[-1:].islower()
        if small and factor.op == "sym" and not factor.args:
            _becomes_matrix(factor, context)
            name = str(after.value)
            if (
                after.op == "sym"
                and not after.args
                and ":" not in name
                and name[-1:].islower()
                and context.rank(str(factor.value)) == 2
            ):
                _becomes_vector(name, 0, context)


def _opened(node: Node) -> Node:
    """Without brackets, sign and transposition."""
    while node.op in ("group", "neg", "transpose"):
        node = node.args[0]
    return node


def _shown_matrix(node: Node, context: Context) -> bool:
    node = _opened(node)
    if node.op == "add":
        return any(_is_identity(term) for term in node.args)
    return node.op == "sym" and context.rank(context.resolve(str(node.value), len(node.args))) == 2


def _becomes_matrix(factor: Node, context: Context) -> None:
    """A capital beside an identity or between matrices, where nothing else is known of it; an index on it tells the time."""
    name = str(factor.value) if factor.op == "sym" else ""
    letter = name.split(":")[-1].split(" ")[-1].split("^")[0].lstrip("\\")
    if not letter[:1].isupper() or name in context.integers or name in context.definitions or name in IDENTITIES:
        return
    fact = context.fact(name)
    if not (fact.declared or fact.shapes or fact.structure or fact.low is not None or fact.rank is not None):
        fact.rank, fact.family, fact.assumed = 2, len(factor.args), True


def _is_matrix(array: Node, context: Context) -> bool:
    fact = context.known.get(context.resolve(str(array.value), len(array.args)))
    return (
        not array.args and fact is not None and fact.declared and bool(fact.shapes) and len(fact.shapes[-1].dims) == 2
    )


def _is_called_matrix(array: Node, context: Context) -> bool:
    fact = context.known.get(context.resolve(str(array.value), len(array.args)))
    return not array.args and fact is not None and fact.called and fact.rank == 2


def _becomes_vector(name: str, family: int, context: Context) -> None:
    """Where nothing else is known of a name."""
    fact = context.fact(name)
    given = fact.declared or fact.structure or fact.given or fact.low is not None or fact.high is not None
    if name not in context.definitions and not given and fact.rank is None and not fact.shapes:
        family = max(family, int(name in context.exampled))
        fact.rank, fact.family, fact.assumed = 1, family, True
