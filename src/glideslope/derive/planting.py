"""A reader that plants slips: every step that holds is judged again with each of its one-edit mutants, in its own context.

`Planting` walks over a text like any reader; override `planted` to count, time or keep what it finds.
Mutants that are numerically equal to the original are told apart first, for accepting them is no defect.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from glideslope.derive.document import Reader
from glideslope.derive.judging.compare import Question, compare
from glideslope.derive.judging.evidence import Desk
from glideslope.derive.judging.finding import Finding
from glideslope.derive.judging.verdict import judge_chain
from glideslope.derive.meaning.declare import hints_for
from glideslope.derive.slips.mutate import mutants
from glideslope.derive.source.chains import Chain, Member
from glideslope.derive.syntax.parser import Hints, parse_tokens
from glideslope.derive.syntax.tokens import tokenize
from glideslope.derive.syntax.tree import Node
from glideslope.errors import ParseError

__all__ = ["Planted", "Planting"]


@dataclass(frozen=True)
class Planted:
    """One mutant of a step: both sides as written, what the slip made of the right one, and the verdict on it.

    `verdict` is None for a mutant that is numerically equal to the original; `seconds` is what judging took.
    """

    left: str
    right: str
    changed: str
    verdict: Finding | None
    seconds: float = 0.0


class Planting(Reader):
    """Judges the mutants of every verified step in the context the step was verified in."""

    def chain(self, chain: Chain) -> list[Finding]:
        """The findings of the chain as it stands; then its mutants."""
        conditions = list(self.pending)
        found = super().chain(chain)
        hints = hints_for(self.context, self.macros)
        for tokens in chain.conditions:
            conditions.extend(self._row_conditions(tokens, hints))
        for step in found:
            if step.status == "holds" and step.previous is not None:
                self.planted(step, self._slips(step, hints, tuple(conditions)))
        return found

    def planted(self, step: Finding, slips: Iterator[Planted]) -> None:
        """Take in the mutants of one step; they are judged as they are asked for."""
        raise NotImplementedError

    def choose(self, changes: list[str]) -> Iterable[str]:
        """Which mutants of a step are judged, and in which order: all of them."""
        return changes

    def _slips(self, step: Finding, hints: Hints, conditions: tuple[Node, ...]) -> Iterator[Planted]:
        member, before = step.member, step.previous
        assert before is not None
        left, right = (self.source.text[m.start : m.end] for m in (before, member))
        node = parse_tokens(member.tokens, hints)
        for changed in self.choose([text for _, text in mutants(node, right, member.start)]):
            full, offset = f"{self.source.text}\n{changed}", len(self.source.text) + 1
            tokens = tokenize(changed, self.macros, offset)
            desk = Desk(self.context.fork(), self.dimensions.copy(), hints, seconds=self.seconds)
            try:
                wrong = parse_tokens(tokens, hints)
            except ParseError:
                continue
            if compare(Question(node, wrong, "=", conditions), desk.context, desk.dimensions).kind == "equal":
                yield Planted(left, right, changed, None)
                continue
            began = time.perf_counter()
            chain = Chain([before, Member(tokens, 0)], [step.relation])
            verdict = judge_chain(chain, desk, lambda a, b, t=full: t[a:b], conditions)[-1]  # type: ignore[misc]
            yield Planted(left, right, changed, verdict, time.perf_counter() - began)
