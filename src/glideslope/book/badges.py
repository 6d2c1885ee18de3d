"""The badge of each displayed line: what the derivation checker said of it, and where it looked.

A lesson is checked once, as a whole; a line that does not hold stops the build, so a page never shows a formula nobody vouches for.
"""

import html
from collections import defaultdict
from collections.abc import Sequence

from glideslope.book.lesson import Lesson
from glideslope.book.words import DOMAINS, STATUS, WORDS
from glideslope.derive import Report, Verdict, check_document
from glideslope.errors import GlideslopeError

__all__ = ["Badges", "badge_html", "check_lesson"]

CLEAN = ("holds", "definition", "skipped")


def check_lesson(lesson: Lesson) -> Report:
    """Check every display of a lesson; a line that does not hold raises and is named."""
    report = check_document(lesson.text, path=str(lesson.path))
    broken = [verdict for verdict in report.verdicts if verdict.status not in CLEAN]
    if broken:
        lines = "\n".join(f"{lesson.path}:{v.line}: {v.status}: {v.latex}: {v.reason['en']}" for v in broken)
        raise GlideslopeError(f"{len(broken)} displayed line(s) do not hold; correct them or declare what they need:\n{lines}")
    return report


class Badges:
    """Hands out a report's verdicts to the displays of a page, in their order."""

    def __init__(self, lesson: Lesson, report: Report) -> None:
        blocks: dict[int, dict[int, list[Verdict]]] = defaultdict(lambda: defaultdict(list))
        for verdict in report.verdicts:
            blocks[verdict.block][verdict.row].append(verdict)
        self._waiting = [(equation.latex, blocks[k]) for k, equation in enumerate(lesson.equations)]

    def take(self, latex: str) -> dict[int, list[Verdict]]:
        """The verdicts of the next display, by row."""
        expected, rows = self._waiting.pop(0)
        if expected != latex:
            raise GlideslopeError(f"the page and the checker read the displays in different order: expected {expected!r}, got {latex!r}.")
        return rows


def badge_html(verdicts: Sequence[Verdict], language: str) -> str:
    """A quiet word that opens to the evidence."""
    if not verdicts:
        return ""
    worst = max(verdicts, key=lambda verdict: _ORDER.index(verdict.status) if verdict.status in _ORDER else len(_ORDER))
    words = WORDS[language]
    facts = "".join(f"<li>{html.escape(fact)}</li>" for verdict in verdicts for fact in _facts(verdict, language))
    return (
        f'<details class="badge" data-status="{worst.status}"><summary>{STATUS[worst.status][language]}</summary>'
        f'<div><p>{words["checked"]}</p><ul>{facts}</ul><p class="evidence">{words["evidence"]}</p></div></details>'
    )


def _facts(verdict: Verdict, language: str) -> list[str]:
    """The reason; for a line that holds also where it was tried."""
    facts = [verdict.reason[language]]
    if verdict.status == "holds" and verdict.evidence.points:
        sizes = ", ".join(f"{name} = {size}" for name, size in verdict.evidence.sizes)
        domain = DOMAINS.get(verdict.domain or "", {}).get(language, "")
        facts.append(WORDS[language]["where"].format(sizes=sizes or "–", domain=domain, tolerance=f"{verdict.evidence.tolerance:.0e}"))
    return [fact for fact in facts if fact]


_ORDER = ("skipped", "definition", "holds")
