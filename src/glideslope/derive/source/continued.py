r"""A display that begins with a relation, `$$= n \sigma^2 - \sigma^2$$`: it goes on from where the display before it ended.

With nothing but blanks between them the two are one chain. With words between them it is most often so:
then the first step counts where it holds, and else nothing is said of it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from glideslope.derive.source.chains import Chain

__all__ = ["continued"]

#: what may stand between the end of a formula and the beginning of the next display beside words
MARKS = re.compile(
    r"\\(?:begin|end)\s*\{[^{}]*\}(?:\{[^{}]*\})?|\\(?:label|tag\*?|qquad|quad|boxed|nonumber|notag)\s*(?:\{[^{}]*\})?|\\."
)


def continued(chain: Chain, before: Chain, text: str) -> tuple[Chain, bool] | None:
    """The chain with the last member of the one before in front, and whether nothing stands between them.

    Args:
        chain: one that begins with a relation.
        before: the last chain of the display before.
        text: the source.
    """
    last = before.members[-1]
    between = text[last.end : chain.members[0].start]
    if not chain.led or not 0 < between.count("$$") + len(re.findall(r"\\\[|\\\]|\\(?:begin|end)\s*\{", between)) < 9:
        return None
    words = re.sub(r"[^\w$]|\d", "", MARKS.sub(" ", between))
    joined = replace(chain, members=[last, *chain.members], relations=[chain.led, *chain.relations], joined=True)
    return joined, not words.replace("$", "")
