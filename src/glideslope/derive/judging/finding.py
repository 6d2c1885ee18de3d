"""The verdict on one step before it gets its place in the file."""

from __future__ import annotations

from dataclasses import dataclass

from glideslope.derive.judging.compare import Outcome
from glideslope.derive.report import Counterexample, Evidence, Repair
from glideslope.derive.source.chains import Member

__all__ = ["Finding"]


@dataclass
class Finding:
    """The verdict on one step before it gets its place in the file."""

    member: Member
    previous: Member | None
    relation: str
    status: str
    reason: dict[str, str]
    outcome: Outcome | None = None
    assumption: str | None = None
    repairs: tuple[Repair, ...] = ()
    counterexample: Counterexample | None = None
    grounded: bool = False

    @property
    def evidence(self) -> Evidence:
        """What the verdict rests on."""
        o = self.outcome
        if o is None or o.kind != "equal":
            return Evidence()
        sizes = tuple(sorted((k, v) for k, v in (o.world.integers if o.world else {}).items()))
        return Evidence(o.points, o.worlds, sizes, 1e-8, o.reading)
