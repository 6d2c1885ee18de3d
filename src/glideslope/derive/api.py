"""One formula instead of a file: `check_chain` in a context given as text, `check_line` for the next line of a derivation.

The context is written as in notes: Markdown with `$…$` and `$$…$$`. Use these from exercises, tests and other programs.
"""

from __future__ import annotations

from glideslope.derive.document import check_document
from glideslope.derive.report import Verdict

__all__ = ["check_chain", "check_line"]


def check_chain(latex: str, context: str = "", *, seconds: float = 0.2) -> list[Verdict]:
    r"""Check one display, a chain such as `lhs = e1 = e2`.

    Args:
        latex: the display without its dollars.
        context: what a reader knows before: Markdown with formulas.
        seconds: time for the search of repairs of a failing step.

    Returns:
        One verdict a step; lines count in `context` followed by the display.

    Example:
        >>> [v.status for v in check_chain(r"(a + b)^2 = a^2 + b^2", r"Let $a, b \in \mathbb{R}$.")]
        ['error']
    """
    text = f"{context}\n\n$$\n{latex}\n$$\n"
    report = check_document(text, format="md", seconds=seconds)
    last = report.displays - 1
    return [v for v in report.verdicts if v.block == last]


def check_line(previous: str, line: str, given: str = "", *, seconds: float = 0.2) -> Verdict:
    r"""Check that a line follows from the previous one.

    Args:
        previous: LaTeX of the line before.
        line: LaTeX of the new line.
        given: the context, Markdown with formulas.
        seconds: time for the search of repairs.

    Example:
        >>> check_line(r"\ln(a b)", r"\ln a + \ln b", r"Let $a, b > 0$.").status
        'holds'
    """
    verdicts = check_chain(f"{previous} = {line}", given, seconds=seconds)
    return verdicts[-1]
