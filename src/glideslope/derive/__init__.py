"""The derivation checker: reads notes, finds the mathematics, checks each step numerically.

`check_document` for a file, `check_chain` for one formula in a context, `check_line` for a learner's next line.
A straight pipe: text → blocks → chains → tree → readings → values → evidence → verdict. Standard library only.
"""

from glideslope.derive.api import check_chain, check_line
from glideslope.derive.document import check_document
from glideslope.derive.exercise import Derivation, LineVerdict, State, Waypoint, hint, judge_line
from glideslope.derive.report import Counterexample, Evidence, Repair, Report, Span, Verdict

__all__ = [
    "Counterexample",
    "Derivation",
    "Evidence",
    "LineVerdict",
    "Repair",
    "Report",
    "Span",
    "State",
    "Verdict",
    "Waypoint",
    "check_chain",
    "check_document",
    "check_line",
    "hint",
    "judge_line",
]
