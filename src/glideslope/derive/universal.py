r"""Inline identities of probability: "by the law of marginal probability, $p(x) = \int p(x, y) \, \mathrm{d}y$".

What is true of every distribution gives no quantity its meaning; taken for a definition it would only stand in the way.
"""

from __future__ import annotations

from glideslope.derive.chance import form_of
from glideslope.derive.compare import Question, compare
from glideslope.derive.context import Context, Definition
from glideslope.derive.dimensions import Dimensions
from glideslope.derive.tree import Node, walk

__all__ = ["drop_identity"]


def drop_identity(definition: Definition, context: Context, dimensions: Dimensions) -> None:
    """Take back a definition of a probability by probabilities that holds for every distribution."""
    if definition.kind not in ("call", "opaque"):
        return
    trial = context.fork()
    held = trial.definitions[definition.name] = [d for d in context.definitions[definition.name] if d is not definition]
    if not held:
        del trial.definitions[definition.name]
        trial.functions.discard(definition.name)
    left = Node(definition.kind, definition.head, definition.name)
    if form_of(left, trial) is None or not any(form_of(n, trial) for n in walk(definition.body)):
        return
    if compare(Question(left, definition.body), trial, dimensions).kind == "equal":
        context.definitions, context.functions = trial.definitions, trial.functions
