"""The verdict on one claim below some words: what most tests of the checker ask for."""

from glideslope.derive import check_document

__all__ = ["last_status"]


def last_status(words: str, claim: str) -> str:
    """The status of the last step of a display."""
    return check_document(f"{words}\n\n$$\n{claim}\n$$\n").verdicts[-1].status
