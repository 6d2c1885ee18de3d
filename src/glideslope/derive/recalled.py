r"""Equations between probabilities in running words: rules that are recalled, conditions that are explained; neither defines.

"By construction we have $P(A, B) = P(B \mid A) P(A)$" must not become what P(A, B) is: two such rules define each other in a circle.
"$A$ and $B$ are independent if $P(A, B) = P(A) P(B)$" says what a word means. "Assume $p(x, y) = p(x) p(y)$" is a model, and is kept.
"""

from __future__ import annotations

import itertools
import re

from glideslope.derive.judging.compare import Question, compare
from glideslope.derive.laws.chance import form_of
from glideslope.derive.meaning.context import Context
from glideslope.derive.meaning.declare import hints_for
from glideslope.derive.reading.dimensions import Dimensions
from glideslope.derive.source.chains import split_relations
from glideslope.derive.source.extract import Segment
from glideslope.derive.syntax.parser import parse_tokens
from glideslope.derive.syntax.tokens import Macros, tokenize
from glideslope.derive.syntax.tree import Node, walk
from glideslope.errors import ParseError

__all__ = ["is_law"]

ASSUMED = re.compile(r"\b(?:assum\w*|suppos\w*|let|model\w*|defin\w*|set|denot\w*|given by)\b|[令设记]|假设|定义", re.I)
MEASURES = frozenset({"P", "bb:P", "rm:P", "rm:Pr"})
#: what may stand between probabilities in a condition on their distribution
JOINED = frozenset({"mul", "frac", "big", "group"})


def is_law(piece: Segment, before: str, context: Context, dimensions: Dimensions, macros: Macros | None) -> bool:
    """Whether an inline formula is an equation between probabilities that defines none of them."""
    parts, relations = split_relations(tokenize(piece.text, macros, piece.start))
    if not relations or set(relations) != {"="} or not all(parts):
        return False
    hints = hints_for(context, macros)
    try:
        sides = [parse_tokens(part, hints) for part in parts]
    except (ParseError, RecursionError):
        return False
    if sides[0].op == "call" and sides[0].value in MEASURES and sides[-1].op == "num":  # P(S) = 1 speaks of one event
        return True
    if form_of(sides[0], context) is None or not any(form_of(n, context) is not None for n in walk(sides[1])):
        return False
    if any(n.op == "rel" and n.args[1].op != "sym" for side in sides for n in walk(side)):
        return False  # P(z = −1) = 1 − P(z = 1) is data
    if not ASSUMED.search(re.split(r"[.;。；]", before)[-1]) and all(_bare(side, context) for side in sides):
        return True
    if not all(_always(Question(a, b), context, dimensions) for a, b in itertools.pairwise(sides)):
        return False
    form = form_of(sides[0], context)
    if form is not None and form.kind != "density" and isinstance(sides[0].value, str):
        context.recalled.add(sides[0].value)  # H(X) = −Σ p ln p: what it is has been said
    return True


def _bare(node: Node, context: Context) -> bool:
    """Whether a formula is made of probabilities only."""
    if form_of(node, context) is not None:
        return True
    return node.op in JOINED and all(_bare(child, context) for child in node.args)


def _always(question: Question, context: Context, dimensions: Dimensions) -> bool:
    outcome = compare(question, context, dimensions)
    return outcome.kind == "equal" and not outcome.vacuous(question)
