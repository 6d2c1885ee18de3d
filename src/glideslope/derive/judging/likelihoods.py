r"""`\mathrm{LL}(\theta) = \log p(y \mid \theta) = A`: where the text has no formula for a density, the chain gives it one.

The first step names what is meant, the second says what it is. Neither could be false on what stands before it.
"""

from __future__ import annotations

from glideslope.derive.judging.compare import Question, relevant
from glideslope.derive.judging.evidence import Desk, decide
from glideslope.derive.judging.finding import Finding
from glideslope.derive.judging.reasons import say
from glideslope.derive.laws.chance import form_of
from glideslope.derive.laws.families import family_named
from glideslope.derive.meaning.context import Context
from glideslope.derive.meaning.define import define, head_of
from glideslope.derive.source.chains import Chain
from glideslope.derive.syntax.names import DENSITIES
from glideslope.derive.syntax.tree import Node, canonical, walk
from glideslope.errors import ParseError

__all__ = ["given_formula"]


def given_formula(chain: Chain, desk: Desk, conditions: tuple[Node, ...], first: Finding) -> Finding | None:
    """The second step, where it says what a density is that the first one gave a name."""
    if first.status != "definition" or chain.relations[:2] != ["=", "="]:
        return None
    try:
        left, named, formula = (desk.read(m) for m in chain.members[:3])
    except (ParseError, RecursionError):
        return None
    density = _density(named, desk.context)
    if density is None or head_of(left) is None or _given(density, named, desk.context):
        return None
    if density.op == "call" and not (left.op == "opaque" and _of_density(left)):
        return None
    if formula.op in ("num", "neg") or any(
        form_of(n, desk.context) is not None or (n.op == "opaque" and _of_density(n)) for n in walk(formula)
    ):
        return None
    if _is_claim(chain, desk, conditions):
        return None
    given = relevant(Question(named, formula, conditions=conditions), desk.context).conditions
    head = head_of(left)
    held = desk.context.definitions.get(head[0], []) if head is not None else []
    if held and canonical(held[-1].body) == canonical(named):
        held.pop()
    desk.dimensions.relate(left, formula, desk.context)
    define(left, formula, desk.context, given)
    if density.op == "opaque" and named.op != "big" and all(a.op == "sym" for a in density.args):
        define(density, formula if named is density else Node("call", (formula,), "exp", formula.start, formula.end), desk.context, given)  # fmt: skip
    name = (str(density.value).rpartition("(")[0] or str(density.value)).replace("rm:", "").replace("cal:", "")
    return Finding(chain.members[2], chain.members[1], "=", "definition", say("definition", name=name), grounded=True)


def _is_claim(chain: Chain, desk: Desk, conditions: tuple[Node, ...]) -> bool:
    """Whether the second step is true of what is known already: of every law, or of the one a variable has."""
    aside = Desk(desk.context.fork(), desk.dimensions.copy(), desk.hints, seconds=desk.seconds)
    outcome, _ = decide(chain.members[1], chain.members[2], "=", conditions, aside)
    return outcome.kind == "equal"


def _density(node: Node, context: Context) -> Node | None:
    """The density in p(y | θ), log p(y | θ), or a product over examples of such; of a family without a formula too."""
    while node.op == "group" or (node.op == "call" and node.value == "log" and len(node.args) == 1):
        node = node.args[0]
    if node.op == "big" and node.value.kind in ("prod", "sum"):
        return _density(node.args[-1], context)
    if node.op == "call" and str(node.value).startswith(("rm:", "cal:")) and len(node.args) > 1:
        unknown = not family_named(str(node.value)) and str(node.value) not in context.definitions
        return node if unknown else None
    return node if node.op == "opaque" and _of_density(node) else None


def _of_density(node: Node) -> bool:
    """p(y | θ), q_λ(z | x); whether the text says what it is or not."""
    label, _, marks = str(node.value).rpartition("(")
    return "|" in marks and label.partition("_")[0] in DENSITIES


def _given(density: Node, named: Node, context: Context) -> bool:
    """Whether the text has a formula for this density: its own, or one for any values; `named` is none."""
    heads, itself = [canonical(a) for a in density.args], canonical(named)
    return any(
        canonical(d.body) != itself
        and ([canonical(h) for h in d.head] == heads or all(h.op == "sym" and not h.args for h in d.head))
        for d in context.definitions.get(str(density.value), ())
    )
