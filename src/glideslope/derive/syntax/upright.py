r"""Upright words in a formula: a name, a function, a label, or words about the formula.

In `\text{price} = w_\text{area} \cdot \text{area} + b` the first and the third are names: they stand where a symbol would, beside a sign.
Below a symbol a word is a label. Whatever stands alone in its cell, or is a word of a sentence, is said about the formula.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glideslope.derive.syntax.names import FUNCTIONS
from glideslope.derive.syntax.words import PROSE

if TYPE_CHECKING:
    from glideslope.derive.syntax.parser import Parser

__all__ = ["BOLD_MEANS", "before_brackets", "font_of"]

WORD = re.compile(r"\\[a-z]+\s*\{([A-Za-z][A-Za-z0-9]*(?:[- ][A-Za-z0-9]+){0,3})\}")
SPACE = r"(?:\s|~|\\[,;:!> ]|\\(?:displaystyle|left|bigl?|Bigl?|thinspace|medspace)\b)*"
#: what follows a symbol: a sign, a script, a bracket
SIGN = (
    r"(?:&?\s*:?=|<|>|\+|-|\*|/|\\(?:cdot|times|le|leq|ge|geq|lt|gt|ne|neq|approx|propto|in|sim|equiv|odot|pm|mid)\b)"
)
SIGNED = re.compile(SPACE + SIGN)
SCRIPTED = re.compile(SPACE + r"[_^(\[]")
ENDED = re.compile(SPACE + r"(?:\Z|\\\\|[},.;)\]&]|\\(?:end|right|quad|qquad|label|tag)\b|\$)")
BEFORE = re.compile(
    r"(?:[=+\-*/<>]|\\(?:cdot|times|le|leq|ge|geq|ne|neq|approx|propto|in|equiv|odot))" + SPACE + r"(?:&\s*)?\Z"
)
BEGUN = re.compile(r"(?:\A|\\\\|&|[({\[,]|\\begin\{[a-z]+\*?\}|\\label\{[^{}]*\})" + SPACE + r"\Z")
SCRIPT = re.compile(r"[_^]\s*\{?\s*\Z")
BOLD = {"\\textbf": "\\mathbf", "\\textit": "\\mathit"}
#: how far a formula is looked back at
NEAR = 40


def font_of(latex: str, start: int, end: int, command: str) -> str:
    r"""The font a word at `start` should have had (`\mathrm`, `\operatorname` …), or nothing where it is no name."""
    found = WORD.match(latex, start)
    if found is None:
        return ""
    word, stop = found.group(1), found.end()
    if len(word) == 1 and command in BOLD:
        return BOLD[command]
    before = latex[max(0, start - NEAR) : start]
    if SCRIPT.search(before) or any(part.lower() in PROSE for part in re.split("[- ]", word)):
        return ""
    single = " " not in word
    if (
        single
        and word in FUNCTIONS
        and (SCRIPTED.match(latex, stop) or not (ENDED.match(latex, stop) and BEGUN.search(before)))
    ):
        return "\\operatorname"
    beside, begun = BEFORE.search(before), BEGUN.search(before)
    if single and (SCRIPTED.match(latex, stop) and (beside or begun)):
        return "\\mathrm"
    if SIGNED.match(latex, stop) and (beside or begun):
        return "\\mathrm"
    if single and beside and ENDED.match(latex, stop):
        return "\\mathrm"
    return "\\mathrm" if _part_of_fraction(latex, start, stop) else ""


def _part_of_fraction(latex: str, start: int, stop: int) -> bool:
    r"""Whether a word is all of a numerator or a denominator."""
    if not re.match(r"\s*\}", latex[stop : stop + NEAR]):
        return False
    before = latex[:start].rstrip()
    if not before.endswith("{"):
        return False
    before = before[:-1].rstrip()
    if re.search(r"\\[dtc]?frac\Z", before[-6:]):
        return True
    if not before.endswith("}"):
        return False
    depth = 0
    for here in range(len(before) - 1, max(-1, len(before) - 2000), -1):
        depth += {"}": 1, "{": -1}.get(before[here], 0)
        if depth == 0:
            return bool(re.search(r"\\[dtc]?frac\s*\Z", before[max(0, here - 8) : here]))
    return False


#: **E**[X], **Var**[X]: names of means and variances in bold
BOLD_MEANS = {"E": "bb:E", "Var": "rm:Var", "Cov": "rm:Cov"}


def before_brackets(p: Parser) -> bool:
    """Whether square brackets follow, or a subscript and then square brackets."""
    here = p.i
    if p.peek() == "_" and p.i + 1 < len(p.tokens):
        depth, here = 0, p.i + 1
        while here < len(p.tokens):
            depth += {"open": 1, "close": -1}.get(p.tokens[here].kind, 0)
            here += 1
            if depth <= 0:
                break
    return here < len(p.tokens) and p.tokens[here].text == "["
