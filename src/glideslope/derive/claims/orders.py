r"""Approximations with a stated order: $f(x+h) = f(x) + h f'(x) + O(h^2)$, $\frac{1}{1-q} = 1 + q + q^2 + \dots$.

The order is what the text writes: the power in O(·), or the next power where a sum of powers goes on with dots.
The sides without the remainder are compared as the small quantity shrinks (see `remainder`).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from glideslope.derive.judging.evidence import Desk
from glideslope.derive.source.chains import Member
from glideslope.derive.syntax.parser import parse_tokens
from glideslope.derive.syntax.tokens import Token, closing
from glideslope.derive.syntax.tree import Node, canonical, walk
from glideslope.errors import ParseError

__all__ = ["Approximation", "approximation"]

BIG_O = (
    ["O"],
    ["\\mathcal", "O"],
    ["\\mathcal", "{", "O", "}"],
    ["\\mathrm", "{", "O", "}"],
    ["\\operatorname", "{", "O", "}"],
)


@dataclass(frozen=True)
class Approximation:
    """Two sides without their remainders; `small` shrinks (towards `centre`, when that is not 0), and so must the difference."""

    left: Node
    right: Node
    order: int
    small: Node
    centre: Node | None = None


def approximation(left: Member, right: Member, desk: Desk) -> Approximation | None:
    """The claim of two sides of which one states a remainder; None when neither does, or it cannot be read."""
    if not any(_may_state(m.tokens) for m in (left, right)):
        return None
    try:
        bare, orders = zip(*(_remainder(m.tokens, desk) for m in (left, right)), strict=True)
        sides = [parse_tokens(tokens, desk.hints) for tokens in bare]
    except (ParseError, RecursionError):
        return None
    found = [o for o in orders if o is not None]
    if not found:
        open_ended = [_series(side) for side in sides]
        if sum(o is not None for o in open_ended) != 1:
            return None
        found = [o for o in open_ended if o is not None]
        sides = [_written(side) if o is not None else side for side, o in zip(sides, open_ended, strict=True)]
    if len({canonical(small) for _, small in found}) != 1 or any(n.op == "dots" for s in sides for n in walk(s)):
        return None
    order, (small, centre) = min(o for o, _ in found), _centred(found[0][1])
    return None if small is None else Approximation(sides[0], sides[1], order, small, centre)


def _may_state(tokens: list[Token]) -> bool:
    return any(t.text == "O" for t in tokens) or any(t.text == "\\dots" for t in tokens[-2:])


def _remainder(tokens: list[Token], desk: Desk) -> tuple[list[Token], tuple[int, Node] | None]:
    """A side without its `+ O(h^2)`, with the power and what is raised to it."""
    depth = 0
    for k, token in enumerate(tokens):
        if depth == 0 and token.text in ("+", "-"):
            for name in BIG_O:
                after = k + 1 + len(name)
                if (
                    [t.text for t in tokens[k + 1 : after]] == name
                    and after < len(tokens)
                    and tokens[after].text == "("
                ):
                    stop = closing(tokens, after)
                    order = _power(parse_tokens(tokens[after + 1 : stop], desk.hints))
                    if order is not None and k:
                        return [*tokens[:k], *tokens[stop + 1 :]], order
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
    return tokens, None


def _power(node: Node) -> tuple[int, Node] | None:
    """(2, h) in h^2, |h|^2, ‖h‖^2."""
    order = 1
    while node.op == "group":
        node = node.args[0]
    if node.op == "pow" and node.args[1].op == "num" and isinstance(node.args[1].value, int):
        node, order = node.args[0], node.args[1].value
    while node.op in ("group", "abs", "norm"):
        node = node.args[0]
    return (order, node) if order > 0 and (node.op == "sym" or node.op == "add") else None


def _centred(node: Node) -> tuple[Node | None, Node | None]:
    """(x, a) in x − a; what shrinks must be a quantity of its own."""
    if node.op == "sym" and not node.args:
        return node, None
    if node.op == "add" and len(node.args) == 2 and node.value == (1, -1):
        small, centre = node.args
        if (
            small.op == "sym"
            and not small.args
            and not any(n.op == "sym" and n.value == small.value for n in walk(centre))
        ):
            return small, centre
    return None, None


# -- sums of powers that go on ----------------------------------------------------------------------------------------


def _series(node: Node) -> tuple[int, Node] | None:
    """The first power that is not written, in a sum of powers that ends in dots."""
    if node.op != "add" or node.args[-1].op != "dots" or len(node.args) < 3:
        return None
    base = _base(node.args[-2])
    if base is None:
        return None
    powers = [_degree(term, base) for term in node.args[:-1]]
    known = [p for p in powers if p is not None]
    if len(known) != len(powers) or sorted(set(known)) != known or len(known) < 2 or known[0] < 0:
        return None
    steps = {b - a for a, b in itertools.pairwise(known)}
    return known[-1] + (steps.pop() if len(steps) == 1 else 1), base


def _written(node: Node) -> Node:
    """The terms before the dots."""
    terms, signs = node.args[:-1], node.value[:-1]
    return Node("add", terms, signs, node.start, terms[-1].end)


def _base(term: Node) -> Node | None:
    """What is raised to the highest power in a term: q in 3 q^2, x − a in (x − a)^3 / 6."""
    raised = [n for n in walk(term) if n.op == "pow" and n.args[1].op == "num" and isinstance(n.args[1].value, int)]
    best = max(raised, key=lambda n: n.args[1].value, default=None)
    if best is None:
        return None
    base = best.args[0]
    while base.op == "group":
        base = base.args[0]
    return base if _centred(base)[0] is not None else None


def _degree(term: Node, base: Node) -> int | None:
    """The power of `base` in a term that is a product; None when the base stands elsewhere too."""
    while term.op in ("group", "neg"):
        term = term.args[0]
    if canonical(term) == canonical(base):
        return 1
    if not any(n.op == "sym" and n.value == _centred(base)[0].value for n in walk(term)):  # type: ignore[union-attr]
        return 0
    if term.op == "mul":
        parts = [_degree(factor, base) for factor in term.args]
        return None if any(p is None for p in parts) else sum(p for p in parts if p is not None)
    if term.op == "frac":
        over, under = (_degree(part, base) for part in term.args)
        return over if under == 0 else None
    if term.op == "pow" and term.args[1].op == "num" and isinstance(term.args[1].value, int):
        inner = _degree(term.args[0], base)
        return None if inner is None else inner * term.args[1].value
    return None
