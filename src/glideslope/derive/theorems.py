"""What a theorem states is a claim once its proof has shown it.

"**Theorem:** $\\mathrm{AIC}_c = A$. **Proof:** … $\\mathrm{AIC}_c = B = \\dots$": read in order, the theorem's line only gives the quantity its
meaning. It *holds* when the proof says something else of the same quantity, in other words than the theorem, and the two formulas agree.
That the proof repeats the theorem's own formula shows nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from glideslope.derive.judging.evidence import Desk, decide
from glideslope.derive.meaning.define import head_of
from glideslope.derive.source.chains import Chain, Member
from glideslope.derive.syntax.tree import Node, canonical
from glideslope.errors import ParseError

if TYPE_CHECKING:
    from glideslope.derive.judging.finding import Finding

__all__ = ["Theorems"]

_STATES = r"Theorem|Proposition|Lemma|Corollary|定理|命题|引理|推论"
_PROVES = r"Proof|证明"
#: at the start of a line, in bold, as a MyST directive or as an environment
_BEGINS = re.compile(
    rf"(?:^|\n)[ \t]*(?:[*_#:`{{]|\\begin\{{|prf:)*[ \t]*(?:(?P<states>{_STATES})|(?P<proves>{_PROVES}))(?![a-z])", re.I
)
_ENDS = re.compile(r"\\(?:blacksquare|qed|square)\b|\\end\{proof\}|[□∎]|证毕")


@dataclass
class Theorems:
    """Listens to a text: what a theorem gave a meaning, and what its proof says of it."""

    mode: str = ""
    waiting: dict[str, tuple[Member, Node]] = field(default_factory=dict)  # by head: the formula the theorem states
    shown: dict[int, int] = field(default_factory=dict)  # offset of a stated formula: offset of the one that shows it

    def read(self, words: str) -> None:
        """Hear what stands between formulas."""
        for match in _BEGINS.finditer(words):
            if match["states"]:
                self.waiting.clear()
            self.mode = "states" if match["states"] else "proves"
        if self.mode == "proves" and _ENDS.search(words):
            self.close()

    def heading(self, words: str) -> None:
        """Hear a heading: a section ends with its proof, unless the heading is the proof's own."""
        if not _BEGINS.match(words):
            self.close()
        self.read(words)

    def close(self) -> None:
        """The proof ends here."""
        self.mode = ""
        self.waiting.clear()

    def hear(self, chain: Chain, findings: list[Finding], desk: Desk, conditions: tuple[Node, ...]) -> None:
        """Hear a chain that has been judged in the context of `desk`."""
        if not self.mode or not findings or chain.relations[:1] not in (["="], [":="]):
            return
        try:
            head, right = desk.read(chain.members[0]), desk.read(chain.members[1])
        except (ParseError, RecursionError):
            return
        if head_of(head) is None:
            return
        name = canonical(head)
        if self.mode == "states":
            if findings[0].status == "definition":
                self.waiting[name] = chain.members[1], right
        elif name in self.waiting:
            stated, body = self.waiting[name]
            for member in chain.members[1:]:
                if self._agrees(stated, body, member, desk, conditions):
                    self.shown[stated.start] = member.start
                    del self.waiting[name]
                    return

    @staticmethod
    def _agrees(stated: Member, body: Node, member: Member, desk: Desk, conditions: tuple[Node, ...]) -> bool:
        aside = replace(desk, context=desk.context.fork(), dimensions=desk.dimensions.copy())
        try:
            if _written(member) == _written(stated) or canonical(desk.read(member)) == canonical(body):
                return False
        except (ParseError, RecursionError):
            return False
        outcome, question = decide(stated, member, "=", conditions, aside)
        return outcome.kind == "equal" and not outcome.vacuous(question) and not outcome.reading.endswith("wide")


def _written(member: Member) -> str:
    """What is written, without spaces and the stop at the end."""
    return "".join(t.text for t in member.tokens if t.kind not in ("text", "quad")).rstrip(".,;")
