"""What the checker hands back: frozen, typed, JSON-ready results.

One `Verdict` for each step of a chain, with the place in the source, the reason in two languages, the samples it rests on
and, when it found a slip, a repair and a counterexample. `Report` gathers a file's verdicts and counts its coverage.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["ERRORS", "STATUSES", "Counterexample", "Evidence", "Repair", "Report", "Span", "Verdict"]

STATUSES = (
    "definition",
    "holds",
    "error",
    "ill-formed",
    "needs-assumption",
    "not-confirmed",
    "not-understood",
    "skipped",
)
#: statuses that speak: shown without being asked for, and the reason for exit code 1
ERRORS = ("error", "ill-formed", "needs-assumption")


@dataclass(frozen=True, slots=True)
class Span:
    """Offsets in the text and the place in the file; `cell` is a notebook's cell, from 0."""

    start: int
    end: int
    line: int
    column: int
    end_line: int
    cell: int | None = None


@dataclass(frozen=True, slots=True)
class Repair:
    """A text edit: replace text[start:end] by `new`; `before` and `after` show the whole line."""

    start: int
    end: int
    old: str
    new: str
    before: str
    after: str
    kind: str

    def diff(self) -> str:
        """The repair as two lines of a diff."""
        return f"- {self.before}\n+ {self.after}"


@dataclass(frozen=True, slots=True)
class Counterexample:
    """Values of the free quantities at which the two sides differ."""

    values: tuple[tuple[str, str], ...]
    left: str
    right: str

    def __str__(self) -> str:
        given = ", ".join(f"{name} = {value}" for name, value in self.values)
        return f"{given}: {self.left} ≠ {self.right}" if given else f"{self.left} ≠ {self.right}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a verdict rests on: how many points, at which sizes, which relative difference was allowed."""

    points: int = 0
    worlds: int = 0
    sizes: tuple[tuple[str, int], ...] = ()
    tolerance: float = 1e-8
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on one step: `latex` is the side judged, `previous` the side it was compared with."""

    line: int
    latex: str
    status: str
    reason: dict[str, str]
    span: Span
    previous: str = ""
    relation: str = "="
    block: int = 0
    row: int = 0
    label: str | None = None
    domain: str | None = None
    assumption: str | None = None
    repair: Repair | None = None
    repairs: tuple[Repair, ...] = ()
    counterexample: Counterexample | None = None
    evidence: Evidence = Evidence()
    grounded: bool = False

    def to_json(self) -> dict[str, Any]:
        """The verdict as plain data."""
        data = asdict(self)
        data["counterexample"] = None
        if self.counterexample is not None:
            shown = self.counterexample
            data["counterexample"] = {
                "values": dict(shown.values),
                "left": shown.left,
                "right": shown.right,
                "text": str(shown),
            }
        data["evidence"]["sizes"] = dict(self.evidence.sizes)
        return data


@dataclass(frozen=True, slots=True)
class Report:
    """All verdicts of one document, in reading order."""

    verdicts: tuple[Verdict, ...]
    path: str | None = None
    displays: int = 0
    notes: tuple[str, ...] = ()

    @property
    def findings(self) -> tuple[Verdict, ...]:
        """The verdicts that speak."""
        return tuple(v for v in self.verdicts if v.status in ERRORS)

    @property
    def counts(self) -> dict[str, int]:
        """How often each status occurs."""
        return {status: sum(v.status == status for v in self.verdicts) for status in STATUSES}

    def block(self, number: int) -> tuple[Verdict, ...]:
        """The verdicts of one display, counted from 0 in the order of the text."""
        return tuple(v for v in self.verdicts if v.block == number)

    def rows(self, number: int) -> dict[int, Verdict]:
        """For each row of a display the verdict to show beside it: the gravest of its steps."""
        order = {
            s: k
            for k, s in enumerate(
                (
                    "error",
                    "ill-formed",
                    "needs-assumption",
                    "not-confirmed",
                    "not-understood",
                    "holds",
                    "definition",
                    "skipped",
                )
            )
        }
        found: dict[int, Verdict] = {}
        for verdict in self.block(number):
            held = found.get(verdict.row)
            if held is None or order[verdict.status] < order[held.status]:
                found[verdict.row] = verdict
        return found

    def passes(self, strict: bool = False) -> bool:
        """Whether nothing was found; when strict, whether nothing was left undecided either."""
        bad = {*ERRORS, "not-confirmed", "not-understood"} if strict else set(ERRORS)
        return not any(v.status in bad for v in self.verdicts)

    def to_json(self) -> dict[str, Any]:
        """The report as plain data."""
        return {"path": self.path, "displays": self.displays, "counts": self.counts, "notes": list(self.notes),
                "verdicts": [v.to_json() for v in self.verdicts]}  # fmt: skip
