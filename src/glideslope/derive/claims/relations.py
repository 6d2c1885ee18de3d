r"""Relations other than equality and order: $\ne$, $\in$, $\propto$, $\succeq$ as claims.

Each has a module of its own that says `holds` where samples can show it; what none of them decides is skipped, with the sign named.
"""

from __future__ import annotations

from glideslope.derive.claims.belonging import belongs
from glideslope.derive.claims.definite import is_definite
from glideslope.derive.claims.proportion import proportional
from glideslope.derive.claims.unequal import differ
from glideslope.derive.judging.evidence import Desk
from glideslope.derive.judging.finding import Finding
from glideslope.derive.judging.reasons import say
from glideslope.derive.source.chains import Member
from glideslope.derive.syntax.tree import Node
from glideslope.errors import ParseError

__all__ = ["judge_relation"]

RULES = {"!=": differ, "in": belongs, "prop": proportional, "succ": is_definite, "succeq": is_definite,
         "prec": is_definite, "preceq": is_definite}  # fmt: skip
#: how the signs are written
SIGNS = {"!=": "\\ne", "in": "\\in", "prop": "\\propto", "succ": "\\succ", "succeq": "\\succeq", "prec": "\\prec", "preceq": "\\preceq",
         "dist": "\\sim", "to": "\\to", "notin": "\\notin", "subset": "\\subseteq", "<<": "\\ll", ">>": "\\gg", "perp": "\\perp",
         "implies": "\\Rightarrow", "assign": "\\leftarrow", "=:": "=:", "must": "\\overset{!}{=}"}  # fmt: skip


def judge_relation(
    left: Member, right: Member, relation: str, first: Member, conditions: tuple[Node, ...], desk: Desk
) -> Finding:
    """The verdict on a step whose relation is no equality; `first` is the member its chain begins with."""
    rule = RULES.get(relation)
    if rule is not None:
        try:
            found = rule(left, right, relation, first, conditions, desk)
        except (ParseError, RecursionError):
            found = None
        if found is not None:
            return found
    if relation == "assign":
        return Finding(right, left, relation, "skipped", say("skip-update"))
    if relation == "must":
        return Finding(right, left, relation, "skipped", say("skip-equation"))
    shown = "$" + SIGNS.get(relation, relation) + "$"
    return Finding(right, left, relation, "skipped", say("skip-relation", relation=shown))
