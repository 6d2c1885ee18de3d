r"""Approximations in a quantity that is small: $\sin\theta \approx \theta$, $f(x + \epsilon) \approx f(x) + \epsilon f'(x)$.

What is written is meant to be right up to the highest power written: the difference must vanish with the next one. The small quantity is
one the text calls small, $\epsilon$ or $\delta$ by habit, or x − a where words say that something is expanded about a.
Where that is not reached nothing is said: an author may mean less.
"""

from __future__ import annotations

from collections.abc import Iterator

from glideslope.derive.claims.orders import Approximation
from glideslope.derive.claims.remainder import measure
from glideslope.derive.judging.compare import Outcome
from glideslope.derive.judging.evidence import Desk
from glideslope.derive.source.chains import Member
from glideslope.derive.syntax.tree import Node, canonical, free_symbols, walk
from glideslope.errors import ParseError

__all__ = ["small_step"]

HABIT = frozenset(("\\epsilon", "\\delta", "\\Delta", "b:\\epsilon", "b:\\delta"))


def small_step(left: Member, right: Member, desk: Desk) -> tuple[Outcome, int] | None:
    """The outcome of an approximation that is right to the order written, with the power of what is left out."""
    try:
        sides = desk.read(left), desk.read(right)
    except (ParseError, RecursionError):
        return None
    if any(n.op == "dots" for side in sides for n in walk(side)):
        return None
    for small, centre, base in _candidates(sides, desk):
        name = str(small.value)
        written = max(_degree(side, base) for side in sides)
        order = max(written, 1 if name in free_symbols(sides[1]) else 0) + 1
        outcome, _ = measure(Approximation(*sides, order, small, centre), desk.context, desk.dimensions)
        if outcome.kind == "equal" and not outcome.unknown:
            return outcome, order
    return None


def _candidates(sides: tuple[Node, Node], desk: Desk) -> Iterator[tuple[Node, Node | None, Node]]:
    """What may shrink, towards what, and how it is written."""
    free = [n for side in sides for n in walk(side) if n.op == "sym"]
    seen: set[str] = set()
    for node in free:
        name = str(node.value)
        if name in desk.context.small | HABIT and name not in seen:
            seen.add(name)
            plain = Node("sym", (), name)
            yield plain, None, plain
    if not desk.context.expanding:
        return
    for node in walk(sides[1]):
        if node.op != "add" or node.value != (1, -1) or any(n.op != "sym" for n in node.args) or node.args[0].args:
            continue
        small, centre = node.args
        if canonical(node) not in seen and str(small.value) in free_symbols(sides[0]):
            seen.add(canonical(node))
            yield small, centre, node


def _degree(node: Node, base: Node) -> int:
    """The highest power of the small quantity that is written out; what stands inside a function is not."""
    if canonical(node) == canonical(base) or (base.op == "sym" and node.op == "sym" and node.value == base.value):
        return 1
    if node.op in ("add", "tuple", "matrix"):
        return max((_degree(part, base) for part in node.args), default=0)
    if node.op in ("mul", "had"):
        sums = [part for part in node.args if _sum_in(part, base)]  # (a + ε b)(c + ε d) writes no square
        return sum(_degree(part, base) for part in node.args if part not in sums) + max(
            (_degree(part, base) for part in sums), default=0
        )
    if node.op == "frac":
        return max(0, _degree(node.args[0], base) - _degree(node.args[1], base))
    if node.op == "pow" and node.args[1].op == "num" and isinstance(node.args[1].value, int):
        return max(0, node.args[1].value) * _degree(node.args[0], base)
    if node.op in ("group", "neg", "transpose", "norm", "abs"):
        return _degree(node.args[0], base)
    return _degree(node.args[-1], base) if node.op == "big" else 0


def _sum_in(node: Node, base: Node) -> bool:
    """Whether a factor is a sum in brackets, and not the small quantity itself."""
    while node.op in ("group", "transpose"):
        node = node.args[0]
    return node.op == "add" and canonical(node) != canonical(base)
