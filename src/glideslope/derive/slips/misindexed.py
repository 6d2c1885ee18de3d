"""Quantities written with another number of indices than the text declares, or given twice, as a whole and entry by entry.

Where one stands in a step, a failure says nothing of the author: the letter means something else there.
"""

from __future__ import annotations

from glideslope.derive.judging.compare import Question
from glideslope.derive.meaning.context import Context
from glideslope.derive.reading.contents import reached
from glideslope.derive.syntax.tree import walk

__all__ = ["misindexed"]


def misindexed(question: Question, context: Context) -> str:
    """A declared quantity that carries another number of indices than its declaration has places for, or that has two."""
    for side in (question.left, question.right):
        for node in walk(side):
            if node.op != "sym":
                continue
            name = context.resolve(str(node.value), len(node.args))
            fact = context.known.get(name)
            if fact is None or not fact.declared or not any(s.dims for s in fact.shapes):
                continue
            row = any(d.op == "num" and d.value == 1 for s in fact.shapes for d in s.dims)
            if row and len(node.args) > 1:
                return name  # a row needs one index; the other tells members apart
            if name in context.definitions:
                continue
            heads = {len(s.head) for s in fact.shapes}
            ranks = {len(s.head) + len(s.dims) for s in fact.shapes}
            pairs = sum(1 for a in node.args if a.op == "num" and isinstance(a.value, int) and 11 <= a.value <= 99)
            if not {len(node.args), len(node.args) + pairs} & (heads | ranks) or len(heads) > 1:
                return name
    return _defined_twice(question, context)


def _defined_twice(question: Question, context: Context) -> str:
    """A quantity defined as a whole and, by another formula, entry by entry: which of the two is meant, or whether they agree, is open."""
    for node in reached((question.left, question.right), context):
        found = context.definitions.get(str(node.value), ()) if node.op == "sym" else ()
        heads = {len(d.head) for d in found if all(h.op == "num" for h in d.head)}
        if len(heads) > 1 and 0 in heads:
            return str(node.value)
    return ""
