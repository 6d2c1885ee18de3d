"""What a section says by itself: the meanings that were given below its heading, and none from elsewhere.

Notes use a letter again in another section without a word. Where the whole text leaves a step undecided, it is judged once more
by a reader that began at the heading. That reading counts only if the step holds in it, and only for names whose meaning
the section gives (in words, or by an equation that brings what the old meaning is not made of), or which no other part of the text
has made an array: a matrix of an earlier section is never read as a number. An alarm of the whole text is never taken back.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from glideslope.derive.judging.finding import Finding
from glideslope.derive.meaning.context import Context, Definition
from glideslope.derive.meaning.declare import hints_for
from glideslope.derive.reading.contents import reached
from glideslope.derive.source.extract import Segment
from glideslope.derive.syntax.parser import parse_tokens
from glideslope.derive.syntax.tree import Node, canonical, walk
from glideslope.errors import ParseError

if TYPE_CHECKING:
    from glideslope.derive.document import Reader

__all__ = ["Section", "by_section", "opened"]


@dataclass
class Section:
    """A heading above the present place, and a reader that began there (made when it is needed)."""

    level: int
    pieces: list[Segment]
    begin: int
    reader: Reader | None = None
    reached: int = 0  # the next piece its reader will take in
    found: dict[int, list[list[Finding]]] = field(default_factory=dict)


def opened(sections: list[Section], pieces: list[Segment], place: int, spoken: bool) -> list[Section]:
    """The headings above a place once one more is read; `spoken` tells whether a formula stands before it."""
    level = pieces[place].level
    above = [section for section in sections if section.level < level]
    if not spoken:
        return above  # all that was said stands below it: the whole text is the section
    return [*above, Section(level, pieces, place, reached=place)]


def by_section(found: list[list[Finding]], sections: list[Section], place: int, whole: Reader) -> list[list[Finding]]:
    """The findings of a display, with what is undecided in the whole text judged by its sections, the widest first."""
    for section in sections:
        here = _findings(section, place, whole)
        for k, (mine, theirs) in enumerate(zip(found, here, strict=False)):
            found[k] = [_decided(f, theirs, section, whole) for f in mine]
    return found


def _findings(section: Section, place: int, whole: Reader) -> list[list[Finding]]:
    """What the section's own reader finds in a display."""
    if section.reader is None:
        section.reader = whole.beginning(list(_below(section)))
    while section.reached < place:
        if section.pieces[section.reached].kind == "display":
            section.reader.absorb(section.pieces[section.reached])
        else:
            section.reader.read(section.pieces, section.reached)
        section.reached += 1
    if place not in section.found:
        section.reached = place + 1
        section.found = {place: section.reader.findings(section.pieces[place])}
        section.reader.settle()
    return section.found[place]


def _below(section: Section) -> Iterator[Segment]:
    """The pieces below a heading, up to the next one of its level."""
    pieces = itertools.islice(section.pieces, section.begin + 1, None)
    return itertools.takewhile(lambda p: p.kind != "heading" or p.level > section.level, pieces)


def _decided(finding: Finding, others: list[Finding], section: Section, whole: Reader) -> Finding:
    if finding.status not in ("not-confirmed", "not-understood") or finding.previous is None:
        return finding
    for other in others:
        if (
            other.status == "holds"
            and other.previous is not None
            and (other.member.start, other.previous.start) == (finding.member.start, finding.previous.start)
            and section.reader is not None
            and _speaks_for(finding, other, section.reader.context, whole)
        ):
            return other
    return finding


def _speaks_for(finding: Finding, other: Finding, own: Context, whole: Reader) -> bool:
    """Whether the section may be asked: it gives the names of the step their meaning, or they never had another."""
    assert finding.previous is not None
    try:
        hints = hints_for(own, whole.macros)
        sides = tuple(parse_tokens(m.tokens, hints) for m in (finding.previous, finding.member))
    except (ParseError, RecursionError):
        return False
    anywhere = other.outcome is not None and other.outcome.domain == "mixed"
    return all(_same_kind(node, own, whole.context, anywhere) for node in reached(sides, own))


def _rests_elsewhere(new: Definition, said: list[Definition], text: Context) -> bool:
    """Whether an equation can be no claim about the old meaning: there was none, or it brings what the old one is not made of."""
    before = [d for d in said if canonical(d.body) != canonical(new.body)]
    if not before:
        return True
    old = {n for d in before for side in reached((d.body,), text) for n in _names(side)}
    heads = {n for h in new.head for n in _names(h)}
    return bool({n for side in walk(new.body) for n in _names(side)} - old - heads)


def _names(node: Node) -> set[str]:
    """The name of a symbol or call, without its font."""
    if node.op not in ("sym", "call", "opaque"):
        return set()
    return {(node.value[0] if isinstance(node.value, tuple) else str(node.value)).split(":")[-1]}


def _same_kind(node: Node, own: Context, text: Context, anywhere: bool) -> bool:
    """Whether a name is of the section, or was never more than a free number (or array, where it is one here too)."""
    if node.op not in ("sym", "call", "opaque"):
        return True
    name = node.value[0] if isinstance(node.value, tuple) else str(node.value)
    mine, theirs = own.resolve(name, len(node.args)), text.resolve(name, len(node.args))
    fact = own.known.get(mine)
    said, known = text.definitions.get(theirs), text.known.get(theirs)
    if mine in own.definitions:
        return all(d.given or _rests_elsewhere(d, said or [], text) for d in own.definitions[mine])
    if fact is not None and (fact.declared or fact.structure):
        return True
    bound = known is not None and (known.low is not None or known.high is not None or bool(known.structure))
    if (said or bound) and not anywhere:
        return False  # it holds on part of the numbers only, and the text may speak of the others
    if said:
        return node.op != "sym" or own.rank(mine) is not None
    return (text.rank(theirs) or 0) == 0 or own.rank(mine) == text.rank(theirs)
