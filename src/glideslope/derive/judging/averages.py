r"""What every reader knows of marks and letters in statistics, where a text does not say it: $\bar x$ is the mean of the $x_i$ that it sums.

$s_x^2$ is then their sample variance and $s_{xy}$ the sample covariance, divided by n − 1, and $r_{xy}$ the sample correlation. A reading only: what does not hold in it is no slip.
"""

from __future__ import annotations

from glideslope.derive.judging.compare import Question
from glideslope.derive.meaning.context import Context, Definition
from glideslope.derive.meaning.usage import sums
from glideslope.derive.reading.contents import reached
from glideslope.derive.syntax.tree import Binder, Node

__all__ = ["with_averages"]

Sums = dict[str, tuple[str, str]]


def with_averages(question: Question, context: Context) -> Context | None:
    """The context with the means, sample variances and covariances that a claim speaks of; None where it speaks of none."""
    sides = question.left, question.right
    nodes = [n for n in reached(sides, context) if n.op == "sym"]
    summed: Sums = {**context.summed}
    for side in sides:
        summed.update(sums(side))
    other = context.fork()
    for node in nodes:
        name = str(node.value)
        if context.definitions.get(name):
            continue
        accent, _, under = name.partition(" ")
        if accent == "bar" and not node.args and under in summed:
            _mean(under, summed, other)
        elif name == "s" or (name[:2] == "s_" and len(name) == 4):
            of = [str(a.value) for a in node.args] if node.args else list(name[2:])
            if len(of) in (1, 2) and of[0] in summed and summed[of[0]] == summed.get(of[-1]):
                _spread(name, node.args, of, summed, other)
        elif (name == "r" and len(node.args) == 2) or (name[:2] == "r_" and len(name) == 4):
            of = [str(a.value) for a in node.args] if node.args else list(name[2:])
            if of[0] != of[1] and of[0] in summed and summed[of[0]] == summed.get(of[1]):
                _correlation(name, node.args, of, summed, other)
    return other if other.order > context.order else None


def _mean(name: str, summed: Sums, context: Context) -> None:
    if context.definitions.get(f"bar {name}"):
        return
    letter, last = summed[name]
    average = Node("frac", (_sum(_member(name, letter), letter, last), Node("sym", (), last)))
    context.define(Definition(f"bar {name}", (), average, "symbol", context.section))


def _spread(label: str, head: tuple[Node, ...], of: list[str], summed: Sums, context: Context) -> None:
    """$s_x$ or $s_{xy}$."""
    if any([str(h.value) for h in d.head] == of or not head for d in context.definitions.get(label, ())):
        return
    letter, last = summed[of[0]]
    gaps = []
    for name in (of[0], of[-1]):
        _mean(name, summed, context)
        gaps.append(
            Node("group", (Node("add", (_member(name, letter), Node("sym", (), f"bar {name}")), (1, -1)),), "(")
        )
    count = Node("add", (Node("sym", (), last), Node("num", (), 1)), (1, -1))
    value = Node("frac", (_sum(Node("mul", tuple(gaps), ("", "")), letter, last), count))
    context.define(
        Definition(label, head, Node("call", (value,), "sqrt") if len(of) == 1 else value, "symbol", context.section)
    )


def _correlation(label: str, head: tuple[Node, ...], of: list[str], summed: Sums, context: Context) -> None:
    """$r_{xy}$ is $s_{xy} / (s_x s_y)$."""
    letter, last = summed[of[0]]
    for name in of:
        _mean(name, summed, context)
    x, y = (Node("group", (Node("add", (_member(n, letter), Node("sym", (), f"bar {n}")), (1, -1)),), "(") for n in of)
    both, first, second = (_sum(Node("mul", pair, ("", "")), letter, last) for pair in ((x, y), (x, x), (y, y)))
    below = Node("mul", (Node("call", (first,), "sqrt"), Node("call", (second,), "sqrt")), ("", ""))
    context.define(Definition(label, head, Node("frac", (both, below)), "symbol", context.section))


def _member(name: str, letter: str) -> Node:
    return Node("sym", (Node("sym", (), letter),), name)


def _sum(body: Node, letter: str, last: str) -> Node:
    return Node("big", (Node("num", (), 1), Node("sym", (), last), body), Binder("sum", (letter,), True, True))
