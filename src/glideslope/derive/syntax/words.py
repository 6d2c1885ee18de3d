"""Words between and beside formulas: which of them join statements, which open a condition, which say what something is."""

from __future__ import annotations

import re

__all__ = ["AND", "CONDITION", "EQUALITY", "FOLLOWS", "GIVES", "NEGATED", "PROSE", "STATED", "conditions_in"]

CONDITION = re.compile(
    r"^\W*(?:if|when|for|whenever|where|with|provided|as|case|unless|and|若|当|如果|对|其中|对于|时)\b|^\W*[若当对]",
    re.IGNORECASE,
)
GIVES = re.compile(r"^\W*(?:where|with|and|其中)\b(?!\s+\w)|^\W*其中", re.IGNORECASE)
NEGATED = re.compile(r"unless|otherwise|else|否则", re.IGNORECASE)
#: two statements side by side
AND = re.compile(
    r"^\W*(?:and(?:\s+(?:also|then|similarly|likewise|finally))?|or|as well as|while|i\.\s?e\.|that is|且|和|以及|并且|即)\W*$",
    re.I,
)
#: the second statement is drawn from the first
FOLLOWS = re.compile(
    r"^\W*(?:(?:and|so)\s+)?(?:hence|thus|therefore|so(?:\s+that)?|consequently|which\s+(?:gives|implies|yields)|implies|因此|所以|于是|从而|故)\b[\s,:]*$|^\W*(?:因此|所以|于是|从而)\W*$",
    re.I,
)
#: "with equality if and only if P = Q" says when an inequality is tight
EQUALITY = re.compile(r"\bequality\b|等号", re.I)
#: what an optimisation is subject to is stated
STATED = re.compile(r"^\W*(?:subject to|s\.\s?t\.|with the constraints?|使得|满足)\W*$", re.I)
#: words of a sentence, which name nothing
PROSE = frozenset(
    re.findall(
        r"\w+",
        """
        if for where when since as by so then thus and or with let given see from eq using assuming note otherwise
        else const constant constants terms term all any some is are be not that because hence therefore such subject
        to on in of the a an we have has which while whenever unless provided resp both but at most least there exists
        equal equals equality symmetric positive negative even odd implies minimize maximize minimise maximise
    """,
    )
)


def conditions_in(prose: str) -> bool:
    """Tell whether prose ends by opening a condition ("If", "When", 当, 若)."""
    return bool(
        re.search(
            r"(?:\b(?:if|when|for|case|suppose|assume|provided)\b|[若当]|如果|假设|对于?|情况)\W*$",
            prose[-40:],
            re.IGNORECASE,
        )
    )
