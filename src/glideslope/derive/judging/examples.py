r"""A formula for one example read for each of them: beside $\hat y = \mathbf{w}^\top \mathbf{x} + b$ stands $\hat y^{(i)} = \mathbf{w}^\top \mathbf{x}^{(i)} + b$.

Notes on learning define a model for one input and average over the data without saying it again. What carries the index of
an example elsewhere in the text carries it in the formula too; what does not is a parameter, the same for all: a_i in the claim alone
makes no example of a.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from glideslope.derive.judging.compare import Question
from glideslope.derive.judging.finding import Finding
from glideslope.derive.meaning.context import Context, Definition
from glideslope.derive.meaning.usage import note_letters
from glideslope.derive.reading.contents import reached
from glideslope.derive.reading.dimensions import Dimensions
from glideslope.derive.syntax.tree import Node, walk

__all__ = ["for_each_example", "remember"]


def for_each_example(question: Question, context: Context, dimensions: Dimensions) -> tuple[Context, Dimensions] | None:
    """The context with the formulas of one example given for each, and what they say of sizes; None where no name needs that."""
    nodes = [n for n in reached((question.left, question.right), context) if n.op == "sym" and len(n.args) == 1]
    counted = {(str(n.value), str(n.args[0].value)) for n in nodes if n.args[0].op == "sym" and not n.args[0].args}
    each = {letter: _Each(context, letter, {n for n, x in counted if x == letter}) for _, letter in sorted(counted)}
    for name, letter in sorted(counted):
        if _formula(name, context) is not None:
            each[letter].has(name)
    if not any(found.formulas for found in each.values()):
        return None
    other, sizes = context.fork(), dimensions.copy()
    for found in each.values():
        other.examples = (other.examples | found.vectors) - set(found.formulas)
        for name, definition in found.formulas.items():
            sizes.relate(Node("sym", (), name), context.definitions[name][0].body, context, shy=True)
            other.definitions[name].append(definition)
    return other, sizes


def remember(findings: list[Finding], trees: Iterable[Node], context: Context) -> None:
    """Note which names carry the letter of an example in a chain that nothing speaks against."""
    if all(f.status in ("holds", "definition") for f in findings):
        for tree in trees:
            note_letters(tree, context)


def _formula(name: str, context: Context) -> Definition | None:
    """The one formula of a quantity, where it has no index."""
    held = context.definitions.get(context.resolve(name), ())
    return held[0] if len(held) == 1 and not held[0].head and held[0].kind == "symbol" else None


def _is_vector(name: str, context: Context) -> bool:
    """Whether a name is a vector by more than the index it carries."""
    fact = context.known.get(name)
    told = fact is not None and (fact.rank == 1 or fact.shapes or fact.transposed_with == 0)
    return bool(told) and context.rank(name) == 1 and not context.family(name)


class _Each:
    """What has one value for each example, whose letter is given."""

    def __init__(self, context: Context, letter: str, counted: set[str]) -> None:
        self.context = context
        self.index = Node("sym", (), letter)
        self.counted = counted
        self.formulas: dict[str, Definition] = {}
        self.vectors: set[str] = set()
        self._seen: dict[str, bool] = {}

    def has(self, name: str) -> bool:
        """Whether a name has one value for each example; its formula for each is kept."""
        if name not in self._seen:
            self._seen[name] = False  # in a circle of formulas
            formula = _formula(name, self.context)
            fact = self.context.known.get(name)
            told = fact is not None and str(self.index.value) in fact.letters
            self._seen[name] = told if formula is None else self._follows(formula) or name in self.counted
            if self._seen[name] and name not in self.formulas and _is_vector(name, self.context):
                self.vectors.add(name)
        return self._seen[name]

    def _follows(self, formula: Definition) -> bool:
        parts = {str(n.value) for n in walk(formula.body) if n.op == "sym" and not n.args}
        own = {part for part in sorted(parts) if self.has(part)}
        if own:
            body = _with(formula.body, own, self.index)
            self.formulas[formula.name] = replace(formula, head=(self.index,), body=body)
        return bool(own)


def _with(node: Node, names: set[str], index: Node) -> Node:
    """A formula with the index on these names."""
    if node.op == "sym" and not node.args:
        return replace(node, args=(index,)) if node.value in names else node
    return replace(node, args=tuple(_with(child, names, index) for child in node.args))
