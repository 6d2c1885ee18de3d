"""Propose annotations for what a text leaves unsaid.

For each step that could not be confirmed or that needs an assumption, one line the author can paste before the display;
the author decides, the checker then holds the text to it.
"""

from __future__ import annotations

from glideslope.derive.document import check_document

__all__ = ["annotate"]


def annotate(text: str, *, path: str | None = None) -> list[tuple[int, str]]:
    """(line, comment) pairs, in the order of the text."""
    proposals: list[tuple[int, str]] = []
    seen: set[str] = set()
    for v in check_document(text, path=path).verdicts:
        if v.status == "needs-assumption" and v.assumption:
            note = f"<!-- proof: assume ${v.assumption}$ -->"
        elif v.status == "not-understood":
            note = f"<!-- proof: skip {v.reason['en'].rstrip('.').lower()} -->"
        elif v.status == "not-confirmed":
            note = f"<!-- proof: let $…$ -->  declare what is missing: {v.reason['en']}"
        else:
            continue
        if note not in seen or v.status == "not-understood":
            seen.add(note)
            proposals.append((v.line, note))
    return proposals
