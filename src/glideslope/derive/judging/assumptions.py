"""What a step would need to hold: one structural condition the text has not stated, such as a symmetric matrix or weights that sum to one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from glideslope.derive.evaluation.values import Mat
from glideslope.derive.judging.compare import Outcome, Question, compare
from glideslope.derive.judging.evidence import Desk, names_in
from glideslope.derive.meaning.context import Context
from glideslope.derive.meaning.spectra import SPECTRAL
from glideslope.derive.meaning.structure import STRUCTURES
from glideslope.derive.syntax.tree import walk

__all__ = ["assumption_text", "find_assumption"]


def find_assumption(question: Question, desk: Desk) -> tuple[str, str, Outcome] | None:
    """A structural condition (name, kind, outcome) under which the step holds; scalars are never pinned."""
    context = desk.context
    for name, kind in _candidates(question, context, desk.centred):
        fact = context.fact(name)
        if kind in fact.structure or (kind in MATRIX_KINDS and MATRIX_KINDS & set(fact.structure)):
            continue
        trial = context.fork()
        trial.known[name] = replace(fact, structure={**fact.structure, kind: 1.0})
        outcome = compare(
            question, trial, desk.dimensions, layout=desk.layout or context.numerator or "mixed", worlds=4, points=8
        )
        if outcome.kind == "equal" and outcome.points >= 3 and not _degenerate(question, outcome, kind):
            return name, kind, outcome
    return None


MATRIX_KINDS = {"symmetric", "orthogonal", "skew", "definite", "semidefinite", "diagonal"}


def _degenerate(question: Question, outcome: Outcome, kind: str) -> bool:
    return kind == "centred" and all(
        abs(x) < 1e-9
        for x in (outcome.left.data if isinstance(outcome.left, Mat) else [outcome.left])
        if isinstance(x, float)
    )


def _candidates(question: Question, context: Context, centred: bool) -> Iterator[tuple[str, str]]:
    used = _closure(question, context)
    if any(context.assumes_matrix(name) for name in used):
        return  # its size is not known either
    turned = any(
        n.op in ("transpose", "deriv", "grad") for side in (question.left, question.right) for n in walk(side)
    ) or any(d.body.op == "call" and d.body.value in SPECTRAL for x in used for d in context.definitions.get(x, ()))
    summed = _summed(question, context)
    for name in sorted(used):
        if name in context.definitions:
            continue
        rank = (context.rank(name) or 0) + context.family(name)
        if rank == 1:
            if name in summed:
                yield name, "sums_to"
                if centred:
                    yield name, "centred"
            if any(n.op in ("norm", "transpose") for side in (question.left, question.right) for n in walk(side)):
                yield name, "unit"
        elif (
            rank == 2 and name.split(":")[-1][:1].isupper() | (name.startswith("\\") and name[1:2].isupper()) and turned
        ):
            yield name, "symmetric"
            yield name, "orthogonal"


def _closure(question: Question, context: Context) -> set[str]:
    found: set[str] = set()
    stack = [n for side in (question.left, question.right) for n in names_in(side)]
    while stack:
        name = context.resolve(stack.pop(), 1)
        if name in found:
            continue
        found.add(name)
        for definition in context.definitions.get(name, ()):
            stack.extend(names_in(definition.body))
    return found


def _summed(question: Question, context: Context) -> set[str]:
    """Names that stand under a sum over their own index."""
    found: set[str] = set()
    bodies = [question.left, question.right]
    bodies.extend(d.body for name in _closure(question, context) for d in context.definitions.get(name, ()))
    for body in bodies:
        for node in walk(body):
            if node.op == "big" and node.value.kind == "sum":
                for part in walk(node.args[-1]):
                    if (
                        part.op == "sym"
                        and part.args
                        and any(a.op == "sym" and a.value in node.value.letters for a in part.args)
                    ):
                        found.add(context.resolve(str(part.value), len(part.args)))
    return found


def assumption_text(name: str, kind: str) -> tuple[str, str, str]:
    """LaTeX, English and Chinese of an assumption."""
    plain = name.removeprefix("b:")
    latex = {
        "sums_to": f"\\sum_j {plain}_j = 1", "one_hot": f"{plain} \\text{{ one-hot}}", "unit": f"\\lVert {plain} \\rVert = 1",
        "centred": f"\\sum_j {plain}_j = 0", "symmetric": f"{plain} = {plain}^\\top", "orthogonal": f"{plain}^\\top {plain} = I",
        "definite": f"{plain} \\succ 0", "skew": f"{plain}^\\top = -{plain}", "diagonal": f"{plain} \\text{{ diagonal}}", "rows_sum_to": f"\\sum_j {plain}_{{ij}} = 1",
    }[kind]  # fmt: skip
    english, chinese = STRUCTURES[kind]
    return latex, english.format(1), chinese.format(1)
