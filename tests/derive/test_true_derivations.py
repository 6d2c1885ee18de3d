"""Every derivation in cases/derivations holds strictly, and none of its one-edit mutants is accepted."""

from pathlib import Path

import pytest

from glideslope.derive.chains import Chain, Member
from glideslope.derive.compare import Question, compare
from glideslope.derive.declare import hints_for
from glideslope.derive.document import Reader, check_document, read_source
from glideslope.derive.evidence import Desk
from glideslope.derive.mutate import mutants
from glideslope.derive.parser import parse_tokens
from glideslope.derive.tokens import tokenize
from glideslope.derive.verdict import judge_chain
from glideslope.errors import ParseError

CASES = sorted((Path(__file__).parents[1] / "cases" / "derivations").glob("*.md"))


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.name)
@pytest.mark.slow
def test_it_holds_strictly(path):
    report = check_document(path.read_text(encoding="utf-8"), path=str(path))
    undecided = [(v.line, v.status, v.latex) for v in report.verdicts if v.status not in ("holds", "definition")]
    assert undecided == []
    assert report.counts["holds"] >= 5


class Mutating(Reader):
    """Judges, beside each true step, a share of its mutants in the same context."""

    def __init__(self, source, share):
        super().__init__(source, seconds=0.0)
        self.share, self.count, self.tried, self.accepted = share, 0, 0, []

    def chain(self, chain):
        conditions = list(self.pending)
        found = super().chain(chain)
        hints = hints_for(self.context, self.macros)
        for tokens in chain.conditions:
            conditions.extend(self._row_conditions(tokens, hints))
        for step in found:
            if step.status == "holds" and step.previous is not None:
                self.mutate(step, hints, tuple(conditions))
        return found

    def mutate(self, step, hints, conditions):
        text = self.source.text[step.member.start : step.member.end]
        node = parse_tokens(step.member.tokens, hints)
        for _, changed in mutants(node, text, step.member.start):
            self.count += 1
            if self.count % self.share:
                continue
            full, offset = self.source.text + "\n" + changed, len(self.source.text) + 1
            tokens = tokenize(changed, self.macros, offset)
            desk = Desk(self.context.fork(), self.dimensions.copy(), hints, seconds=0.0)
            try:
                wrong = parse_tokens(tokens, hints)
            except ParseError:
                continue
            if compare(Question(node, wrong, "=", conditions), desk.context, desk.dimensions).kind == "equal":
                continue  # the edit changed nothing
            self.tried += 1
            verdict = judge_chain(
                Chain([step.previous, Member(tokens, 0)], [step.relation]),
                desk,
                lambda a, b, t=full: t[a:b],
                conditions,
            )[-1]
            if verdict.status in ("holds", "definition", "skipped"):
                self.accepted.append((text, changed))


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.name)
@pytest.mark.slow
def test_no_mutant_is_accepted(path):
    reader = Mutating(read_source(path.read_text(encoding="utf-8")), share=7)
    reader.report()
    assert reader.tried >= 5
    assert reader.accepted == []
