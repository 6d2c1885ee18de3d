"""Every derivation in cases/derivations holds strictly, and none of its one-edit mutants is accepted."""

from pathlib import Path

import pytest

from glideslope.derive import check_document
from glideslope.derive.planting import Planting
from glideslope.derive.source.extract import read_source

CASES = sorted((Path(__file__).parents[1] / "cases" / "derivations").glob("*.md"))


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.name)
@pytest.mark.slow
def test_it_holds_strictly(path):
    report = check_document(path.read_text(encoding="utf-8"), path=str(path))
    undecided = [(v.line, v.status, v.latex) for v in report.verdicts if v.status not in ("holds", "definition")]
    assert undecided == []
    assert report.counts["holds"] >= 5


class Mutating(Planting):
    """Judges, beside each true step, a share of its mutants in the same context."""

    def __init__(self, source, share):
        super().__init__(source, seconds=0.0)
        self.share, self.count, self.tried, self.accepted = share, 0, 0, []

    def choose(self, changes):
        chosen = [c for k, c in enumerate(changes, self.count + 1) if k % self.share == 0]
        self.count += len(changes)
        return chosen

    def planted(self, step, slips):
        for slip in slips:
            if slip.verdict is None:
                continue  # the edit changed nothing
            self.tried += 1
            if slip.verdict.status in ("holds", "definition", "skipped"):
                self.accepted.append((slip.right, slip.changed))


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.name)
@pytest.mark.slow
def test_no_mutant_is_accepted(path):
    reader = Mutating(read_source(path.read_text(encoding="utf-8")), share=7)
    reader.report()
    assert reader.tried >= 5
    assert reader.accepted == []
