r"""Planted slips: every one-edit mutant of a formula, as authors make them.

A sign, an index, a sum lost, a power moved in or out, a transpose lost, a factor lost or doubled, a number off by one.
Used to prove that a true line is guarded: a checker that accepts its mutants has not checked it.
"""

from __future__ import annotations

from collections.abc import Iterator

from glideslope.derive.syntax.names import INDEX_LETTERS
from glideslope.derive.syntax.tree import Node, walk

__all__ = ["mutants"]


def mutants(node: Node, text: str, offset: int = 0) -> Iterator[tuple[str, str]]:
    """(kind, mutated text) for each place a slip can happen.

    Args:
        node: the formula's tree.
        text: its LaTeX.
        offset: where the text starts, as the tree's spans count.
    """
    seen = {text}
    for kind, start, end, new in _edits(node, text, offset):
        changed = text[: start - offset] + new + text[end - offset :]
        if changed not in seen:
            seen.add(changed)
            yield kind, changed


def _edits(node: Node, text: str, offset: int) -> Iterator[tuple[str, int, int, str]]:
    def of(part: Node) -> str:
        return text[part.start - offset : part.end - offset]

    letters = sorted({str(leaf.value) for n in walk(node) if n.op == "sym" for a in n.args for leaf in walk(a)
                      if leaf.op == "sym" and str(leaf.value) in INDEX_LETTERS})  # fmt: skip
    if node.op not in ("add", "num"):
        yield (
            ("sign", node.start, node.args[0].start, "") if node.op == "neg" else ("sign", node.start, node.start, "-")
        )
    if node.op == "num":
        yield "number", node.start, node.end, str(node.value + 1)
    for part in walk(node):
        if not offset <= part.start < part.end <= offset + len(text):
            continue
        if part.op == "add":
            yield from _signs(part, text, offset)
        elif part.op == "sym":
            yield from _indices(part, letters, text, offset)
        elif part.op == "big" and part.value.kind == "sum":
            yield "sum", part.start, part.args[-1].start, ""
            body = part.args[-1]
            if body.op == "pow":
                yield (
                    "power",
                    part.start,
                    part.end,
                    f"\\left( {text[part.start - offset : body.start - offset]}{of(body.args[0])} \\right)^{{{of(body.args[1])}}}",
                )
        elif part.op == "pow":
            yield "power", part.start, part.end, of(part.args[0])
            inner = part.args[0].args[0] if part.args[0].op == "group" else part.args[0]
            if inner.op == "big" and inner.value.kind == "sum":
                head = text[inner.start - offset : inner.args[-1].start - offset]
                yield (
                    "power",
                    part.start,
                    part.end,
                    f"{head}\\left( {of(inner.args[-1])} \\right)^{{{of(part.args[1])}}}",
                )
        elif part.op == "transpose":
            yield "transpose", part.start, part.end, of(part.args[0])
        elif part.op == "mul":
            yield from _factors(part, text, offset)
        elif part.op == "had":
            yield "factor", part.args[0].end, part.end, ""
        elif part.op == "num" and isinstance(part.value, int) and part is not node:
            yield "number", part.start, part.end, str(part.value + 1)
            if part.value > 0:
                yield "number", part.start, part.end, str(part.value - 1)


def _signs(part: Node, text: str, offset: int) -> Iterator[tuple[str, int, int, str]]:
    for k, term in enumerate(part.args):
        begin = part.args[k - 1].end if k else part.start
        between = text[begin - offset : term.start - offset]
        for mark, other in (("+", "-"), ("-", "+")):
            place = between.find(mark)
            if place >= 0:
                yield "sign", begin + place, begin + place + 1, other if k else ""
                break
        else:
            if k == 0:
                yield "sign", term.start, term.start, "-"


def _indices(part: Node, letters: list[str], text: str, offset: int) -> Iterator[tuple[str, int, int, str]]:
    for k, index in enumerate(part.args):
        if not offset <= index.start < index.end <= offset + len(text):
            continue
        if index.op == "sym" and str(index.value) in INDEX_LETTERS:
            for letter in letters:
                if letter != index.value:
                    yield "index", index.start, index.end, letter
        if k + 1 < len(part.args) and text[index.end - offset : part.args[k + 1].start - offset].strip(" ,") == "":
            after = part.args[k + 1]
            swapped = (
                text[after.start - offset : after.end - offset]
                + text[index.end - offset : after.start - offset]
                + text[index.start - offset : index.end - offset]
            )
            yield "index", index.start, after.end, swapped


def _factors(part: Node, text: str, offset: int) -> Iterator[tuple[str, int, int, str]]:
    for k, factor in enumerate(part.args):
        if k + 1 < len(part.args):
            yield "factor", factor.start, part.args[k + 1].start, ""
        else:
            yield "factor", part.args[k - 1].end, factor.end, ""
        if factor.op in ("sym", "group", "frac"):
            copy = text[factor.start - offset : factor.end - offset]
            yield "factor", factor.start, factor.start, copy + " "
