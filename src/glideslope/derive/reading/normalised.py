r"""The size of a covariance by the density it stands in: in $\sqrt{(2\pi)^n |\Sigma|}$ and $\frac{n}{2} \ln 2\pi + \frac{1}{2} \ln |\Sigma|$ Σ is n by n.

Bishop, Pattern Recognition and Machine Learning (2006), eq. 2.43.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from glideslope.derive.meaning.context import Context, Declaration
from glideslope.derive.syntax.tree import Node, walk

__all__ = ["NORMAL", "take_size", "take_vector"]

Slot = tuple[str, int]
#: a density that is called by its name
NORMAL = frozenset(("cal:N", "rm:N", "N"))


def take_size(node: Node, context: Context) -> None:
    """Give the matrix under a determinant its size, where a product or a sum has one power of 2π and one determinant."""
    terms = list(_factors(node)) if node.op != "add" else list(node.args)
    powers = [n for t in terms if (n := _power(t) if node.op != "add" else _logarithm(t)) is not None]
    held = [n for t in terms if (n := _determinant(t, node.op == "add")) is not None]
    if len(powers) != 1 or len(held) != 1:
        return
    size, inside = powers[0], [n for n in walk(held[0]) if n.op == "sym" and not n.args]
    matrices = [n for n in inside if _matrix(context.resolve(str(n.value)), context)]
    if size.op != "sym" or size.args or size.value in context.definitions or len(matrices) != 1:
        return
    name = context.resolve(str(matrices[0].value))
    fact = context.fact(name)
    if fact.shapes or name in context.definitions or any(n.value == size.value for n in inside):
        return
    context.integers.add(str(size.value))
    fact.rank, fact.shapes = 2, [Declaration((), (size, size))]


def _matrix(name: str, context: Context) -> bool:
    letter = name.split(":")[-1]
    capital = letter[:1].isupper() or (letter[:1] == "\\" and letter[1:2].isupper())
    return capital and name not in context.integers and context.rank(name) in (None, 2)


def _factors(node: Node) -> Iterator[Node]:
    for part in node.args:
        if part.op in ("mul", "frac", "group"):
            yield from _factors(part)
        else:
            yield part


def _two_pi(node: Node) -> bool:
    while node.op == "group":
        node = node.args[0]
    return (
        node.op == "mul"
        and len(node.args) == 2
        and node.args[0].op == "num"
        and node.args[0].value == 2
        and node.args[1].op == "sym"
        and node.args[1].value == "\\pi"
    )


def _power(node: Node) -> Node | None:
    """n of $(2\\pi)^n$ and $(2\\pi)^{n/2}$."""
    if node.op != "pow" or not _two_pi(node.args[0]):
        return None
    exponent = node.args[1]
    while exponent.op in ("group", "neg"):
        exponent = exponent.args[0]
    halved = exponent.op == "frac" and exponent.args[1].op == "num" and exponent.args[1].value == 2
    return exponent.args[0] if halved else exponent


def _logarithm(node: Node) -> Node | None:
    """n of $\\frac{n}{2} \\ln(2\\pi)$."""
    factors = list(_factors(Node("mul", (node,))))
    logs = [f for f in factors if f.op == "call" and f.value == "log" and _two_pi(f.args[-1])]
    others = [f for f in factors if f.op == "sym"]
    return others[0] if len(logs) == 1 and len(others) == 1 else None


def _determinant(node: Node, logged: bool) -> Node | None:
    """The matrix under a determinant, or under one whose logarithm is taken."""
    if not logged:
        node = node.args[0] if node.op == "pow" else node
        found = [node]
    else:
        inner = [f for f in _factors(Node("mul", (node,))) if f.op == "call" and f.value == "log"]
        found = [f.args[-1] for f in inner]
    while found and found[0].op == "group":
        found = [found[0].args[0]]
    whole = found[0] if len(found) == 1 else None
    if whole is None or not (whole.op == "abs" or (whole.op == "call" and whole.value == "det")):
        return None
    return whole.args[-1]


def take_vector(node: Node, context: Context, join: Callable[[Slot, Slot], None]) -> None:
    r"""In $\mathcal{N}(\beta; \mu_0, (\tau \Lambda_0)^{-1})$ with a vector β, $\mu_0$ is one of its size, and $\Lambda_0$ a matrix."""
    if len(node.args) != 3 or node.args[0].op != "sym" or node.args[0].args:
        return
    vector, matrices = (
        context.resolve(str(node.args[0].value)),
        [n for n in _leaves(node.args[2]) if _matrix(str(n.value), context)],
    )
    told = context.known.get(vector)
    if told is None or told.rank != 1 or told.family or len(matrices) != 1 or node.args[1].op != "sym":
        return
    for parameter, rank in ((node.args[1], 1), (matrices[0], 2)):
        name, family = str(parameter.value), len(parameter.args)
        fact = context.fact(name)
        if name in context.definitions or name in context.integers:
            continue
        if rank == 2 and fact.rank in (None, 2):
            fact.structure = {**fact.structure, "definite": 1.0}
        if fact.rank is not None or fact.shapes:
            continue
        fact.rank, fact.family = rank, family
        for k in range(rank):
            join((vector, 0), (name, family + k))


def _leaves(node: Node) -> Iterator[Node]:
    """The symbols of a product of powers."""
    if node.op in ("mul", "group"):
        for part in node.args:
            yield from _leaves(part)
    elif node.op == "pow":
        yield from _leaves(node.args[0])
    elif node.op == "sym":
        yield node
