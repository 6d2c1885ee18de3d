r"""What `\in` says of a symbol: reals or integers, an interval or a few values, and the shape in the exponent.

`x \in \mathbb{R}^{n \times d}` declares a matrix, `y \in \{0, 1\}^K` a vector of choices, `i \in \{1, \dots, n\}` an index.
"""

from __future__ import annotations

from glideslope.derive.meaning.context import Context, Declaration
from glideslope.derive.syntax.parser import Hints, parse_tokens
from glideslope.derive.syntax.tokens import Token, closing
from glideslope.derive.syntax.tree import Node, canonical, walk
from glideslope.errors import ParseError

__all__ = ["INTEGERS", "LARGE", "POSITIVES", "REALS", "commas", "read_membership", "split_power", "times"]

#: the largest number that is tried as a size; of $\mathbb{R}^{30 \times 784}$ smaller arrays are drawn
LARGE = 8

REALS = ("\\mathbb{R}", "\\mathbb{C}", "\\mathbbR", "\\R", "R", "\\Re", "\\mathrm{R}")
POSITIVES = ("\\mathbb{R}_{+}", "\\mathbb{R}_+", "\\mathbb{R}_{>0}", "\\mathbb{R}_{++}")
INTEGERS = ("\\mathbb{N}", "\\mathbb{Z}", "\\mathbb{N}_0", "\\mathbb{Z}_+", "\\mathbb{N}^+")


def read_membership(name: str, head: tuple[Node, ...], right: list[Token], context: Context, hints: Hints) -> list[str]:
    r"""Read `\in …`: the set, then the shape in its exponent."""
    while right and right[-1].text in (".", ",", ";"):
        right = right[:-1]
    core, exponent = split_power(right)
    if core and core[0].text == "\\{" and any(t.text == "\\dots" for t in core):
        return _index_range(name, core, context, hints)
    if not _read_set(name, core, context):
        return []
    dims = tuple(parse_tokens(part, hints) for part in times(exponent)) if exponent else ()
    if len(dims) == 2 and dims[1].op == "num" and dims[1].value == 1:
        dims = dims[:1]
    context.integers.update(str(n.value) for d in dims for n in walk(d) if n.op == "sym" and not n.args)
    context.counts.update(str(n.value) for d in dims for n in walk(d) if n.op == "sym" and n.args)
    if len(dims) > 2:
        return []
    _declare_shape(name, head, dims, bool(right), context)
    return [name]


def _declare_shape(name: str, head: tuple[Node, ...], dims: tuple[Node, ...], said: bool, context: Context) -> None:
    fact = context.fact(name)
    if head and all(h.op == "num" for h in head) and not dims and said:
        fact.declared = True
        return
    letters = [h for h in head if h.op != "num" or dims]
    context.integers.update(str(h.value) for h in head if h.op == "sym" and str(h.value).isupper())
    context.large.update(d.value for d in dims if d.op == "num" and isinstance(d.value, int) and d.value > LARGE)
    if len(dims) == 2:
        context.matrix = name
    fact.declared, fact.ahead = True, False
    if dims or not head:
        fact.rank = len(dims)
        fact.family = len(head)
        others = [s for s in fact.shapes if [canonical(h) for h in s.head] != [canonical(h) for h in head]]
        fact.shapes = [*others, Declaration(head, dims)]
    elif letters:
        fact.rank = fact.rank if fact.rank is not None else len(head)


def _index_range(name: str, core: list[Token], context: Context, hints: Hints) -> list[str]:
    r"""`i \in \{1, \dots, n\}`."""
    low = _number(commas(core[1:-1])[0])
    last = parse_tokens(commas(core[1:-1])[-1], hints)
    context.ranges[name] = (Node("num", (), int(low or 1)), last)
    context.integers.update(str(n.value) for n in walk(last) if n.op == "sym")
    return [name]


def _read_set(name: str, core: list[Token], context: Context) -> bool:
    """Note what the set says of the values; False where it is not a set we know."""
    fact = context.fact(name)
    kind = "".join(t.text for t in core)
    if kind in POSITIVES:
        fact.low = 0.0
    elif kind in REALS:
        return True
    elif kind in INTEGERS:
        fact.integer = True
        context.integers.add(name)
    elif core and core[0].text == "\\{" and not any(t.text in ("|", ":") for t in core):
        numbers = [_number(part) for part in commas(core[1:-1])]
        if any(x is None for x in numbers):
            return False
        fact.choices = tuple(x for x in numbers if x is not None)
    elif core and core[0].text in ("[", "(") and len(parts := commas(core[1:-1])) == 2:
        fact.low, fact.high = _number(parts[0]), _number(parts[1])
    else:
        return False
    return True


def split_power(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    r"""The set and its exponent: `\mathbb{R}` and `n \times p`."""
    for k in range(len(tokens) - 1, 0, -1):
        if tokens[k].text == "^" and sum({"open": 1, "close": -1}.get(t.kind, 0) for t in tokens[:k]) == 0:
            rest = tokens[k + 1 :]
            if rest and rest[0].text == "{" and closing(rest, 0) == len(rest) - 1:
                rest = rest[1:-1]
            return tokens[:k], rest
    return tokens, []


def times(tokens: list[Token]) -> list[list[Token]]:
    """The factors of an exponent."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        if depth == 0 and token.text in ("\\times", ","):
            parts.append([])
        else:
            parts[-1].append(token)
    return [p for p in parts if p]


def _number(tokens: list[Token]) -> float | None:
    try:
        node = parse_tokens(tokens, Hints())
    except ParseError:
        return None
    sign = 1
    while node.op in ("neg", "group"):
        sign = -sign if node.op == "neg" else sign
        node = node.args[0]
    return sign * node.value if node.op == "num" else None


def commas(tokens: list[Token]) -> list[list[Token]]:
    """The parts between commas that no bracket holds."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        if depth == 0 and token.text in (",", ";"):
            parts.append([])
        elif token.kind != "quad":
            parts[-1].append(token)
    return [p for p in parts if p]
