"""The derivation checker: reads notes, finds the mathematics, checks each step numerically.

`check_document` for a file, `check_chain` for one formula in a context, `check_line` for a learner's next line.
A straight pipe: text → blocks → chains → tree → readings → values → evidence → verdict. Standard library only.

Where to look, in the order of the pipe (each folder's docstring names its modules):

* `source`: text into formulas; `syntax`: formulas into trees
* `meaning`: what the text says its letters mean; `laws`: of random ones
* `reading`: one way to understand a claim; `evaluation`: what it is worth in one sampled world
* `judging`: two sides into a verdict; `claims`: claims of their own kind; `slips`: what the author may have meant
* a whole document: document, sections, theorems, recalled, notes, annotate
* what people use: api, report, formats, command, cache, watch, exercise, renaming; who measures it: planting
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
