"""The search for repairs: edits of the author's line are tried until one makes the step hold.

Candidates come from `repair.edits`, in the order in which slips happen; symbols for them are taken from the lines next door.
Tries are counted, not timed, so that the same text gives the same report on any machine.
"""

from __future__ import annotations

import time
from dataclasses import replace

from glideslope.derive.evaluation.sample import make_world
from glideslope.derive.judging.compare import Question, Rejected, compare
from glideslope.derive.judging.evidence import Desk, all_letters, stray_letters
from glideslope.derive.reading.letters import free_letters
from glideslope.derive.slips.repair import Edit, apply_edit, edits
from glideslope.derive.syntax.parser import parse
from glideslope.derive.syntax.tree import Node, canonical, walk
from glideslope.errors import ParseError

__all__ = ["find_repairs"]

#: candidate repairs a quiet machine tries in a second
TRIES_PER_SECOND = 2000


def find_repairs(
    text: str,
    offset: int,
    question: Question,
    desk: Desk,
    after: Node | None,
    neighbours: list[tuple[Node, str, int]],
    most: int = 3,
    seconds: float | None = None,
) -> list[tuple[Edit, bool]]:
    """Edits of the right side that make the step hold; True marks those that make the next step hold too."""
    _, stray = stray_letters(question, desk.context)
    letters = all_letters(question)
    pool = _pool(neighbours, question.right, desk)
    pool = _freed(question, text, offset, desk) + pool
    seconds = desk.seconds if seconds is None else seconds
    tries = int(TRIES_PER_SECOND * seconds)  # counted, not timed: the same text gives the same report on any machine
    stop = time.perf_counter() + 20 * seconds
    found: list[tuple[Edit, bool]] = []
    seen: set[str] = {text}
    rejected: set[Rejected] = set()
    layout = desk.layout or desk.context.numerator or "mixed"
    for edit in edits(question.right, text, offset, stray, letters, pool):
        if tries <= 0 or time.perf_counter() > stop:
            break
        changed = apply_edit(text, edit, offset)
        if changed in seen:
            continue
        seen.add(changed)
        tries -= 1
        try:
            node = parse(changed, desk.hints)
        except (ParseError, RecursionError):
            continue
        if canonical(node) == canonical(question.left):
            continue  # the line before once more: no repair
        trial = replace(question, right=node)
        if stray_letters(trial, desk.context)[1]:
            continue
        if not _mends(trial, desk, layout, rejected):
            continue
        both = (
            after is None
            or compare(
                replace(question, left=node, right=after),
                desk.context,
                desk.dimensions,
                layout=layout,
                worlds=2,
                rejected=rejected,
            ).kind
            == "equal"
        )
        found.append((edit, both and after is not None))
        if len(found) >= most:
            break
    return sorted(found, key=lambda pair: not pair[1])


def _mends(trial: Question, desk: Desk, layout: str, rejected: set[Rejected]) -> bool:
    """Whether the step holds after the edit: a cheap look first, a closer one for what passes it."""
    context, dimensions = desk.context, desk.dimensions
    domains = ("mixed", "positive")
    cheap = compare(
        trial, context, dimensions, layout=layout, worlds=1, points=2, budget=20_000, domains=domains, rejected=rejected
    )
    if cheap.kind != "equal":
        return False
    closer = compare(trial, context, dimensions, layout=layout, worlds=2, points=4, rejected=rejected)
    return closer.kind == "equal"


def _pool(neighbours: list[tuple[Node, str, int]], here: Node, desk: Desk) -> list[Node]:
    """Symbols of the neighbours and of the definitions they rest on, as text."""
    found: dict[str, Node] = {}
    for node, text, offset in neighbours:
        for part in walk(node):
            if part.op in ("sym", "transpose", "call") and offset <= part.start < part.end <= offset + len(text):
                shown = text[part.start - offset : part.end - offset]
                if 0 < len(shown) < 40:
                    found.setdefault(canonical(part), Node(part.op, (), shown))
    letters = {str(n.value).split(" ")[-1] for n in walk(here) if n.op == "sym"}
    for name in desk.context.definitions:  # \\dot M beside M
        accent, _, letter = name.rpartition(" ")
        if letter in letters and accent in ("dot", "hat", "bar", "tilde", "ddot"):
            found.setdefault(name, Node("sym", (), f"\\{accent}{{{letter}}}"))
    return list(found.values())[:24]


def _freed(question: Question, text: str, offset: int, desk: Desk) -> list[Node]:
    r"""$p_y$ where the side has $p_{y'}$ below a sum over $y'$: the same quantity at the letter of the claim."""
    world = make_world(desk.context, 0, "mixed")
    letters = free_letters(question.left, desk.context, world)
    bound = {letter for n in walk(question.right) if n.op == "big" for letter in n.value.letters}
    found: dict[str, Node] = {}
    for part in walk(question.right):
        if part.op != "sym" or len(part.args) != 1 or str(part.args[0].value) not in bound:
            continue
        index = part.args[0]
        if index.op == "sym" and not index.args and offset <= part.start < part.end <= offset + len(text):
            head, tail = text[part.start - offset : index.start - offset], text[index.end - offset : part.end - offset]
            for letter in letters:
                found.setdefault(head + letter + tail, Node("sym", (), head + letter + tail))
    return list(found.values())[:6]
