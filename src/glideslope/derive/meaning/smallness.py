r"""Which quantities a text calls small: "for small $\theta$", "as $h \to 0$", "$\delta \ll 1$".

An approximation in such a quantity is a claim (see `small` among the claims of their own kind).
"""

from __future__ import annotations

import re

from glideslope.derive.meaning.context import Context
from glideslope.derive.meaning.declare import hints_for
from glideslope.derive.meaning.wording import says
from glideslope.derive.syntax.parser import parse_tokens
from glideslope.derive.syntax.tokens import Macros, tokenize
from glideslope.errors import ParseError

__all__ = ["expands", "note_small"]

BEFORE = re.compile(
    r"(?:\b(?:small|tiny|infinitesimal(?:ly small)?|little)\b(?:\s+\w+){0,3}|微小\w{0,4}|很小的?\w{0,4}|小角度?)\W*\Z",
    re.I,
)
AFTER = re.compile(
    r"\A\W*(?:(?:is|are|be|being|remains?|stays?)\s+(?:(?!not\b|no\b|hardly\b|never\b)\w+\s+){0,2}|)(?:small|tiny|infinitesimal|close to (?:zero|0))\b|\A\W*(?:很小|较小|足够小|趋于零|趋近于?零)",
    re.I,
)
VANISHES = re.compile(
    r"\s*\|?\s*(?P<what>[^|<>=]{1,40}?)\s*\|?\s*(?:\\(?:to|rightarrow|longrightarrow)\s*0|\\ll\s*1|\\approx\s*0)\s*"
)
SHIFTED = re.compile(r"\s*\\?\w+\s*\+\s*(?P<what>\\(?:epsilon|varepsilon|delta|eta)|h)\s*")
EXPANDS = re.compile(
    r"\b(?:first|second|leading)[- ]order\b|\btaylor|\blineari[sz]|\b(?:linear|quadratic) approximation|\bexpan(?:d|sion)|\baround\b|\bnear\b|\bclose to\b|一阶|二阶|泰勒|线性化|展开|附近",
    re.I,
)


def note_small(text: str, start: int, before: str, after: str, context: Context, macros: Macros | None) -> None:
    """Take in one inline formula with the words beside it."""
    vanishes = VANISHES.fullmatch(text)
    shifted = SHIFTED.fullmatch(text)
    said = says(BEFORE, before[-50:]) or says(AFTER, after[:50])
    if vanishes is not None:
        text = vanishes.group("what")
    elif not said or len(text) > 40:
        return
    elif shifted is not None:
        text = shifted.group("what")
    try:
        node = parse_tokens(tokenize(text, macros, start), hints_for(context, macros))
    except (ParseError, RecursionError):
        return
    while node.op in ("group", "norm", "abs"):
        node = node.args[0]
    if node.op == "sym":
        context.small.add(str(node.value))


def expands(words: str) -> bool:
    """Whether the words before a display say that something is expanded about a place."""
    return EXPANDS.search(words[-200:]) is not None
