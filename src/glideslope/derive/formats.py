"""A report as text for people, and as JSON, SARIF, GitHub annotations or JUnit for machines.

Findings are shown with the line, the culprit underlined, the reason, the repair as a diff and a counterexample.
What was not confirmed is counted always and shown only when asked for.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from glideslope.derive.report import ERRORS, STATUSES, Report, Verdict

__all__ = ["FORMATS", "Style"]

COLOURS = {
    "error": "31",
    "ill-formed": "31",
    "needs-assumption": "33",
    "not-confirmed": "36",
    "not-understood": "36",
    "holds": "32",
}


@dataclass(frozen=True)
class Style:
    """How a report is shown."""

    language: str = "en"
    color: bool = False
    explain: bool = False
    strict: bool = False

    def paint(self, text: str, code: str) -> str:
        """Colour a text for the terminal."""
        return f"\033[{code}m{text}\033[0m" if self.color and code else text

    def shows(self, verdict: Verdict) -> bool:
        """Whether a verdict is printed."""
        return (
            verdict.status in ERRORS
            or self.explain
            or (self.strict and verdict.status in ("not-confirmed", "not-understood"))
        )


def text(reports: list[Report], style: Style) -> str:
    """For people."""
    lines: list[str] = []
    for report in reports:
        for verdict in report.verdicts:
            if style.shows(verdict):
                lines.extend(_shown(report, verdict, style))
        lines.extend(style.paint(f"{report.path}: {note}", "31") for note in report.notes)
    lines.append(coverage(reports))
    return "\n".join(lines)


def _shown(report: Report, verdict: Verdict, style: Style) -> list[str]:
    where = f"{report.path or '<text>'}:{verdict.line}:{verdict.span.column}"
    if verdict.span.cell is not None:
        where += f" (cell {verdict.span.cell})"
    status = style.paint(verdict.status, COLOURS.get(verdict.status, ""))
    lines = [f"{where}: {status}: {verdict.reason[style.language]}"]
    if verdict.status in ("definition", "skipped"):
        return lines
    latex = " ".join(verdict.latex.split())
    previous = " ".join(verdict.previous.split())
    lines.append(f"    {previous}")
    lines.append(f"  {verdict.relation or ' '} {latex}")
    if verdict.repair is not None:
        lines.append(_carets(verdict))
        lines.append(style.paint(f"  - {' '.join(verdict.repair.before.split())}", "31"))
        lines.append(style.paint(f"  + {' '.join(verdict.repair.after.split())}", "32"))
    if verdict.counterexample is not None:
        lines.append(f"    at {verdict.counterexample}")
    if style.explain and verdict.evidence.points:
        e = verdict.evidence
        sizes = ", ".join(f"{k} = {v}" for k, v in e.sizes)
        lines.append(
            f"    {e.points} points, {e.worlds} worlds, domain {verdict.domain}, reading {e.reading}{', ' + sizes if sizes else ''}"
        )
    return lines


def _carets(verdict: Verdict) -> str:
    repair = verdict.repair
    assert repair is not None
    before = " ".join(verdict.latex[: repair.start - verdict.span.start].split())
    culprit = " ".join(repair.old.split())
    gap = 1 if before and verdict.latex[max(0, repair.start - verdict.span.start - 1)].isspace() else 0
    return "    " + " " * (len(before) + gap) + "^" * max(1, len(culprit))


def coverage(reports: list[Report]) -> str:
    """How much was decided."""
    counts = {status: sum(report.counts[status] for report in reports) for status in STATUSES}
    claims = sum(counts[s] for s in STATUSES if s not in ("definition", "skipped"))
    decided = claims - counts["not-confirmed"] - counts["not-understood"]
    share = f"{100 * decided / claims:.0f} %" if claims else "–"
    rest = ", ".join(f"{counts[s]} {s}" for s in STATUSES if counts[s])
    files = f"{len(reports)} file{'s' if len(reports) != 1 else ''}"
    displays = sum(report.displays for report in reports)
    return f"coverage: {decided} of {claims} claims decided ({share}) in {displays} displays of {files}: {rest or 'no mathematics'}"


def as_json(reports: list[Report], style: Style) -> str:
    """For programs."""
    return json.dumps({"files": [report.to_json() for report in reports]}, ensure_ascii=False, indent=2)


def _levels(verdict: Verdict) -> str:
    return {"error": "error", "ill-formed": "error", "needs-assumption": "warning"}.get(verdict.status, "note")


def sarif(reports: list[Report], style: Style) -> str:
    """SARIF 2.1.0, for code scanning."""
    results = []
    for report in reports:
        for v in report.verdicts:
            if not style.shows(v) or v.status in ("holds", "definition", "skipped"):
                continue
            region = {"startLine": v.line, "startColumn": v.span.column, "endLine": v.span.end_line}
            message = v.reason[style.language] + (f" {v.repair.after}" if v.repair else "")
            results.append({"ruleId": v.status, "level": _levels(v), "message": {"text": message},
                            "locations": [{"physicalLocation": {"artifactLocation": {"uri": report.path or "stdin"}, "region": region}}]})  # fmt: skip
    rules = [{"id": s, "shortDescription": {"text": s}} for s in STATUSES]
    run = {"tool": {"driver": {"name": "glideslope proof", "rules": rules}}, "results": results}
    return json.dumps(
        {"version": "2.1.0", "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "runs": [run]},
        ensure_ascii=False,
        indent=2,
    )


def github(reports: list[Report], style: Style) -> str:
    """Workflow commands that GitHub shows beside the line."""
    lines = []
    for report in reports:
        for v in report.verdicts:
            if style.shows(v) and v.status not in ("holds", "definition", "skipped"):
                kind = {"error": "error", "warning": "warning", "note": "notice"}[_levels(v)]
                body = v.reason[style.language] + (f"\n{v.repair.diff()}" if v.repair else "")
                body = body.replace("%", "%25").replace("\r", "").replace("\n", "%0A")
                lines.append(
                    f"::{kind} file={report.path},line={v.line},col={v.span.column},title=proof {v.status}::{body}"
                )
    return "\n".join([*lines, coverage(reports)])


def junit(reports: list[Report], style: Style) -> str:
    """JUnit's XML, one case a step."""
    out = ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>"]
    for report in reports:
        cases = [v for v in report.verdicts if v.status not in ("definition",)]
        bad = [
            v for v in cases if v.status in ERRORS or (style.strict and v.status in ("not-confirmed", "not-understood"))
        ]
        skipped = [v for v in cases if v.status == "skipped"]
        out.append(
            f'<testsuite name={quoteattr(report.path or "stdin")} tests="{len(cases)}" failures="{len(bad)}" skipped="{len(skipped)}">'
        )
        for v in cases:
            out.append(f'<testcase classname={quoteattr(report.path or "stdin")} name="line {v.line} row {v.row}">')
            if v in bad:
                out.append(
                    f"<failure type={quoteattr(v.status)} message={quoteattr(v.reason[style.language])}>{escape(v.latex)}</failure>"
                )
            elif v in skipped:
                out.append("<skipped/>")
            out.append("</testcase>")
        out.append("</testsuite>")
    return "\n".join([*out, "</testsuites>"])


FORMATS: dict[str, Callable[[list[Report], Style], str]] = {
    "text": text,
    "json": as_json,
    "sarif": sarif,
    "github": github,
    "junit": junit,
}
