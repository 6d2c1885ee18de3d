"""Which equations give a symbol its meaning, which state a condition.

`defines` tells a definition from a claim by what the text has said before; `structure_of` recognises sums to one, unit norms, symmetry.
"""

from __future__ import annotations

from glideslope.derive.meaning.context import Context, Declaration, Definition
from glideslope.derive.meaning.gathered import gathering
from glideslope.derive.syntax.names import DENSITIES, FUNCTIONS, INDEX_LETTERS
from glideslope.derive.syntax.tree import Node, canonical, walk, walk_values

__all__ = [
    "define",
    "defines",
    "head_of",
    "is_label",
    "is_letter",
    "labels_itself",
    "made_of",
    "new_function",
    "structure_of",
    "take_constraint",
]


def is_label(index: Node) -> bool:
    """Tell whether an index is a mere label: a letter that indexes nothing in lecture notes."""
    return index.op == "sym" and not index.args and str(index.value).rstrip("'") not in INDEX_LETTERS


def head_of(node: Node) -> tuple[str, tuple[Node, ...], str] | None:
    """(name, indices or arguments, kind) when a node can be given a meaning by an equation."""
    while node.op == "group":
        node = node.args[0]
    if node.op == "sym":
        return str(node.value), node.args, "symbol"
    if node.op == "call":
        name = node.value[0] if isinstance(node.value, tuple) else str(node.value)
        if (name in FUNCTIONS.values() and name not in ("softmax", "sigmoid")) or name in (
            "indicator",
            "sqrt",
            "binom",
            "factorial",
            "skew",
            "\\Gamma",
        ):
            return None
        return name, node.args, "call"
    if node.op == "opaque":
        return str(node.value), node.args, "opaque"
    return None


#: names of means and variances
MOMENTS = ("rm:Var(", "rm:Cov(", "rm:E(", "bb:E(", "rm:V(", "bb:V(")


def defines(left: Node, right: Node, context: Context) -> bool:
    """Tell whether `left = right` gives left its meaning (rather than claiming something about it)."""
    head = head_of(left)
    if head is None:
        return False
    name, indices, kind = head
    if kind != "symbol" and name in context.recalled:
        return False
    accent, _, under = name.partition(" ")
    if (
        kind == "call"
        and accent in ("dot", "ddot")
        and any(d.kind == "call" and len(d.head) == 1 for d in context.definitions.get(under, ()))
    ):
        return False  # the rate of a function the text has given
    if kind == "call" and name in context.properties and any(n.op == "call" and n.value == name for n in walk(right)):
        return False  # d(x, y) = d(y, x) says what a metric has to be
    if (
        kind == "call"
        and name.endswith("'")
        and any(n.op == "big" and n.value.kind.startswith("lim") for n in walk(right))
    ):
        return False  # f'(a) is the limit of a quotient, whatever f is
    if kind == "call" and any(n.op == "inverse" and n.args[0].value == left.value for a in indices for n in walk(a)):
        return False  # g(g^{-1}(y)) = y
    if kind == "opaque" and name.startswith(MOMENTS) and any(n.op == "opaque" and n.value == name for n in walk(right)):
        return False  # Var(a X) = a² Var(X) says nothing of what Var is
    resolved = context.resolve(name, len(indices)) if kind == "symbol" else name
    for definition in context.defined_at(resolved, indices):
        if definition.kind != kind:
            continue
        if indices and any(canonical(n) == canonical(left) for n in walk_values(definition.body)):
            continue  # X = X_0 says what X is, and nothing of X_0
        if kind == "symbol" and (
            not _same_head(definition, indices, right, context)
            or _other_quantity(definition, indices, resolved, context)
        ):
            continue
        if kind != "symbol" and (len(definition.head) != len(indices) or (
            kind == "opaque" and [canonical(a) for a in definition.head] != [canonical(a) for a in indices] and not _plain_head(definition.head))):  # fmt: skip
            continue
        if (
            kind == "call"
            and not (_plain_head(definition.head) or (_of_letters(definition) and name not in DENSITIES))
            and [canonical(a) for a in definition.head] != [canonical(a) for a in indices]
        ):
            continue
        if (
            kind == "call"
            and _fixed(definition)
            and [canonical(a) for a in definition.head] != [canonical(a) for a in indices]
        ):
            continue
        return False
    if kind == "symbol" and any(canonical(n) == canonical(left) for n in walk_values(right)):
        return False
    if made_of(left, right, context):
        return False
    return not (
        kind == "symbol" and resolved != name and (fact := context.known.get(resolved)) is not None and fact.declared
    )


def _other_quantity(definition: Definition, indices: tuple[Node, ...], name: str, context: Context) -> bool:
    """n_0 beside a number n is another quantity; R_{12} beside a matrix R is its entry."""
    extra = indices[len(definition.head) :]
    if not extra or not all(a.op == "num" or (a.op == "sym" and is_label(a)) for a in extra):
        return False
    if all(a.op == "sym" and str(a.value)[:1] == "\\" for a in extra):
        return True  # w_λ beside a vector w
    if extra[0].op == "num" and extra[0].value == 0:
        return True  # entries count from 1: e_0 beside a vector e is another vector
    return not (context.rank(name) or name.split(" ")[-1][:1].isupper())


def made_of(left: Node, right: Node, context: Context) -> bool:
    """After $V = W^{-1} W^{-1}$ the equation $W = V^{-1/2}$ says something of W, and does not say what it is."""
    if left.op != "sym" or left.args:
        return False
    name = context.resolve(str(left.value))
    if context.rank(name) != 2:
        return False
    used = {str(n.value) for n in walk_values(right) if n.op == "sym" and not n.args and n.value != name}
    held = [n for n in used if any(d.kind == "symbol" and not d.head for d in context.definitions.get(n, ()))]
    return any(context.depends(n, name) for n in held)


def _fixed(definition: Definition) -> bool:
    """A definition whose body never uses its arguments: H(X) = −Σ u_i log u_i."""
    used = {str(n.value) for n in walk(definition.body) if n.op in ("sym", "call")}
    return not any(h.op == "sym" and str(h.value) in used for h in definition.head)


def _plain_head(head: tuple[Node, ...]) -> bool:
    return all(h.op == "sym" and not h.args for h in head)


def is_letter(head: Node) -> bool:
    """Whether an argument is a letter of its own: β_0, x_a, σ²."""
    if head.op == "pow" and head.args[1].op == "num":
        head = head.args[0]
    return head.op == "sym" and all(a.op == "num" or is_label(a) for a in head.args)


def _of_letters(definition: Definition) -> bool:
    """J(w_0, w_1) by a formula that speaks of each: a function of several letters, and no value of one at a place."""
    heads = [h.args[0] if h.op == "pow" else h for h in definition.head if is_letter(h)]
    spoken = {canonical(n) for n in walk(definition.body) if n.op == "sym"}
    return 1 < len(heads) == len(definition.head) and {canonical(h) for h in heads} <= spoken


def _same_head(definition: Definition, indices: tuple[Node, ...], right: Node, context: Context) -> bool:
    """Tell whether a definition already speaks for these indices; h_0 = 0 beside a recurrence is its start."""
    if any(
        h.op == "num" or (h.op == "sym" and not context.indexes(str(h.value))) for h in definition.head[len(indices) :]
    ):
        return False  # R_x says nothing about R
    for mine, other in zip(definition.head, indices, strict=False):
        if mine.op == "group":
            mine = mine.args[0]
        if other.op == "group":
            other = other.args[0]
        fixed = mine.op == "num" or (
            mine.op == "sym" and (str(mine.value).isupper() or not context.indexes(str(mine.value)))
        )
        if fixed and canonical(mine) != canonical(other):
            return False
        if (
            not fixed
            and right.op == "num"
            and (other.op == "num" or str(other.value).isupper())
            and any(n.op == "sym" and n.value == definition.name for n in walk(definition.body))
        ):
            return False
    return True


def new_function(left: Node, right: Node, context: Context) -> str | None:
    r"""The name in `h_\text{new}(z) = …` where nothing says that it is a factor: the line introduces a function of z."""
    if left.op != "mul" or len(left.args) != 2 or left.value[1]:
        return None
    name, held = left.args
    if (
        name.op != "sym"
        or not all(is_label(a) for a in name.args)
        or held.op not in ("group", "tuple")
        or held.value not in ("(", None)
    ):
        return None
    bare = str(name.value)
    fact = context.known.get(bare)
    known = bare in context.definitions or (
        fact is not None and ((fact.declared and not fact.ahead) or bool(fact.structure))
    )
    letters = [canonical(a) if a.op == "sym" else "" for a in held.args]
    symbols = [n for n in walk(right) if n.op == "sym"]
    used = {str(n.value) for n in symbols}
    if known or not all(letters) or not set(letters) <= {canonical(n) for n in symbols} or bare in used:
        return None
    context.functions.add(bare)
    return bare


def define(left: Node, right: Node, context: Context, conditions: tuple[Node, ...] = ()) -> bool:
    """Store `left = right` as a definition; False when the form gives no meaning."""
    head = head_of(left)
    if head is None:
        return False
    name, indices, kind = head
    body = right
    inner = body.args[0] if body.op in ("transpose", "group") else body
    while inner.op == "group":
        inner = inner.args[0]
    if kind == "symbol" and (sizes := own_entries(name, inner)):
        fact = context.fact(name)
        fact.rank, fact.declared, fact.family = len(sizes), True, len(indices)
        fact.shapes = [Declaration(indices, sizes)]
        context.integers.update(str(n.value) for size in sizes for n in walk(size) if n.op == "sym" and not n.args)
        return True
    if inner.op == "tuple" and kind == "symbol" and all(a.op == "sym" and a.value == name for a in inner.args):
        fact = context.fact(name)
        fact.rank, fact.declared = 1, True
        fact.shapes = [Declaration(indices, (Node("num", (), len(inner.args)),))]
        if not indices and all(len(a.args) == 1 and is_label(a.args[0]) for a in inner.args):
            context.labels.update(((name, str(a.args[0].value)), k) for k, a in enumerate(inner.args, 1))
        return True
    if kind == "symbol" and any(a.op == "num" and isinstance(a.value, float) for a in indices):
        return False
    if kind == "symbol":
        fact = context.fact(name)
        fact.mentioned = True
        name = (
            name
            if name in context.known and (context.known[name].declared or name in context.definitions)
            else context.resolve(name, len(indices))
        )
        _matrix_between(name, indices, body, context)
        body = (gathering(name, right) if not indices else None) or body
    if labels_itself(name, body):
        context.integers.discard(name)
    context.define(Definition(name, indices, body, kind, context.section, context.order, conditions))
    return True


def labels_itself(name: str, body: Node) -> bool:
    """Whether a quantity is the label of another in its own definition: the lift $L = q S C_L$."""
    return any(a.op == "sym" and a.value == name for n in walk(body) if n.op == "sym" for a in n.args)


def own_entries(name: str, node: Node) -> tuple[Node, ...]:
    """The sizes of an array that is written out by its own entries, with dots: (x_1, …, x_n), [a_11 … a_1n; …; a_m1 … a_mn]."""
    if node.op == "tuple":
        lines: tuple[Node, ...] = node.args
    elif node.op == "dotted":
        lines = node.args
    else:
        return ()
    sizes: list[Node] = []
    letters: list[str] = []
    while len(lines) == 1:
        item = lines[0]
        if item.op == "big" and item.value.kind == "run":
            if item.args[0].value != 1:
                return ()
            sizes.append(item.args[1])
            letters.append(item.value.letters[0])
            lines = item.args[-1:]
        elif item.op == "row":
            lines = item.args
        else:
            plain = item.op == "sym" and len(item.args) == len(letters)
            same = plain and str(item.value) in (name, name.split(":")[-1].lower() if len(letters) == 2 else name)
            return tuple(sizes) if same and [str(a.value) for a in item.args] == letters else ()
    return ()


def _matrix_between(name: str, indices: tuple[Node, ...], body: Node, context: Context) -> None:
    """In f_2 = A f_1 with vectors of declared sizes, A is a matrix that fits."""
    if body.op != "mul" or len(body.args) != 2 or any(a.op != "sym" for a in body.args):
        return
    matrix, vector = (str(a.value) for a in body.args)
    fact, out, inner = (context.fact(matrix), context.known.get(name), context.known.get(vector))
    if (
        fact.declared
        or fact.rank is not None
        or out is None
        or inner is None
        or not matrix.isupper()
        or body.args[0].args
    ):
        return
    outer = next(
        (
            s.dims
            for s in out.shapes
            if len(s.dims) == 1 and [canonical(h) for h in s.head] == [canonical(h) for h in indices]
        ),
        None,
    )
    within = next(
        (
            s.dims
            for s in inner.shapes
            if len(s.dims) == 1 and [canonical(h) for h in s.head] == [canonical(a) for a in body.args[1].args]
        ),
        None,
    )
    if outer is not None and within is not None:
        fact.rank, fact.declared = 2, True
        fact.shapes = [Declaration((), (outer[0], within[0]))]


def structure_of(left: Node, right: Node, context: Context) -> tuple[str, str, float] | None:
    """(name, structure, value) stated by an equation such as Σ_j y_j = 1 or ‖q‖ = 1."""
    while left.op == "group":
        left = left.args[0]
    total = right.value if right.op == "num" else None
    if left.op == "big" and left.value.kind == "sum" and total is not None:
        body = left.args[-1]
        letters = set(left.value.letters)
        while body.op == "big" and body.value.kind == "sum":
            letters |= set(body.value.letters)
            body = body.args[-1]
        if body.op == "sym" and body.args and all(a.op == "sym" for a in body.args):
            mine = [str(a.value) for a in body.args]
            name = context.resolve(str(body.value), len(mine))
            if name in context.definitions:
                return None
            if set(mine) == letters:
                return name, "centred" if total == 0 else "sums_to", float(total)
            if len(mine) == 2 and mine[1] in letters:
                return name, "rows_sum_to", float(total)
        return None
    if left.op == "norm" and left.args[0].op == "sym" and total == 1:
        return context.resolve(str(left.args[0].value)), "unit", 1.0
    if (
        left.op == "mul"
        and len(left.args) == 2
        and left.args[0].op == "transpose"
        and canonical(left.args[0].args[0]) == canonical(left.args[1])
        and left.args[1].op == "sym"
    ):
        name = context.resolve(str(left.args[1].value))
        if total == 1:
            return name, "unit", 1.0
        if right.op == "sym" and str(right.value) in ("I", "b:I"):
            return name, "orthogonal", 1.0
    return _symmetry(left, right, context)


def _symmetry(left: Node, right: Node, context: Context) -> tuple[str, str, float] | None:
    for a, b in ((left, right), (right, left)):
        sign = "symmetric"
        while b.op in ("neg", "group"):
            sign = "skew" if b.op == "neg" else sign
            b = b.args[0]
        if a.op == "transpose" and a.args[0].op == "sym" and canonical(a.args[0]) == canonical(b):
            return context.resolve(str(b.value)), sign, 1.0
    return None


def take_constraint(left: Node, right: Node, context: Context) -> str | None:
    """Store a structural equation; the name it binds, or None when it is no such equation."""
    found = structure_of(left, right, context)
    if found is None:
        return None
    name, kind, value = found
    fact = context.fact(name)
    fact.structure = {**fact.structure, kind: value}
    fact.mentioned = True
    return name
