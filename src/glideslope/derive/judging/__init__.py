"""From two sides to a judgement.

* compare, evidence: both sides in many worlds, and what that shows
* opening, verdict: whether a display defines or claims; the verdict on a step
* undefined, unchanced: readings that leave out what the text defines, or its chance
* finding, reasons, chinese: how a judgement is put, in two languages
"""
