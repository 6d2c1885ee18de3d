r"""± and ∓: one line that stands for two, the upper signs and the lower ones.

A line with ± on both sides is judged twice; it also holds when the two values of one side are the two of the other, in any order.
With ± on one side only it states two solutions and claims nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from glideslope.derive.judging.finding import Finding
from glideslope.derive.judging.reasons import say
from glideslope.derive.source.chains import Chain, Member

__all__ = ["judge_signs", "signed", "variants"]

UPPER = {"\\pm": "+", "\\mp": "-"}
LOWER = {"\\pm": "-", "\\mp": "+"}
#: what counts most when the two differ
ORDER = ("not-understood", "error", "ill-formed", "needs-assumption", "not-confirmed", "skipped", "holds", "definition")
Judge = Callable[[Chain], list[Finding]]


def signed(chain: Chain) -> bool:
    """Whether ± stands in a chain."""
    return any(t.text in UPPER for m in chain.members for t in m.tokens)


def variants(chain: Chain) -> tuple[Chain, ...]:
    """The chain with the upper signs and with the lower ones; itself when it has none."""
    if not signed(chain):
        return (chain,)
    return tuple(replace(chain, members=[_member(m, signs) for m in chain.members]) for signs in (UPPER, LOWER))


def judge_signs(chain: Chain, judge: Judge) -> list[Finding]:
    """Judge a chain with ±, step by step; `judge` takes a chain without."""
    findings: list[Finding] = []
    for left, right, relation in zip(chain.members, chain.members[1:], chain.relations, strict=False):
        marks = [any(t.text in UPPER for t in m.tokens) for m in (left, right)]
        if marks[0] != marks[1]:
            findings.append(Finding(right, left, relation, "skipped", say("skip-signs")))
            continue

        def judged(
            first: dict[str, str],
            second: dict[str, str],
            pair: tuple[Member, Member] = (left, right),
            relation: str = relation,
        ) -> Finding:
            sides = [_member(pair[0], first), _member(pair[1], second)]
            return judge(replace(chain, members=sides, relations=[relation]))[-1]

        found = [judged(UPPER, UPPER), judged(LOWER, LOWER)] if marks[0] else [judged({}, {})]
        if len(found) == 2 and {f.status for f in found} - {"holds", "definition"}:
            crossed = [judged(UPPER, LOWER), judged(LOWER, UPPER)]
            found = crossed if all(f.status == "holds" for f in crossed) else found
        findings.append(min(found, key=lambda f: ORDER.index(f.status)))
    return findings


def _member(member: Member, signs: dict[str, str]) -> Member:
    return Member([replace(t, text=signs[t.text]) if t.text in signs else t for t in member.tokens], member.row)
