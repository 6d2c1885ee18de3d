"""A whole text: read it in order, collect what it says, judge each display.

The context grows as a reader's does. Conditions in the words before a display ("If $i = j$") hold for that display;
headings open sections, so that a symbol may get a new meaning later on.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass, field, replace

from glideslope.derive.claims.bylaw import one_convention
from glideslope.derive.claims.implied import follows, judged, leads_on
from glideslope.derive.claims.signs import judge_signs, signed
from glideslope.derive.evaluation.values import UNFORESEEN
from glideslope.derive.judging.evidence import Desk
from glideslope.derive.judging.examples import remember
from glideslope.derive.judging.opening import opening
from glideslope.derive.judging.reasons import say
from glideslope.derive.judging.verdict import Finding, judge_chain
from glideslope.derive.laws.stated import independent_words, moment_words, state_chain, uniform_words
from glideslope.derive.laws.unnamed import kind_words
from glideslope.derive.meaning.blocks_ahead import find_blocks
from glideslope.derive.meaning.called import find_called
from glideslope.derive.meaning.context import Context
from glideslope.derive.meaning.declare import declare, hints_for
from glideslope.derive.meaning.define import head_of, structure_of
from glideslope.derive.meaning.layers import exampled, numbered
from glideslope.derive.meaning.models import keep_model, take_model
from glideslope.derive.meaning.passages import around, leading, read_passage
from glideslope.derive.meaning.properties import take_properties
from glideslope.derive.meaning.shaped import find_spoken
from glideslope.derive.meaning.smallness import expands
from glideslope.derive.meaning.wording import gives
from glideslope.derive.notes import Notes, read_note
from glideslope.derive.reading.dimensions import Dimensions
from glideslope.derive.recalled import is_law
from glideslope.derive.report import Report, Span, Verdict
from glideslope.derive.sections import Section, by_section, opened
from glideslope.derive.source.chains import Chain, chains_of, split_relations
from glideslope.derive.source.continued import continued
from glideslope.derive.source.extract import Segment, Source, read_source, segments
from glideslope.derive.syntax.names import INDEX_LETTERS, RELATIONS
from glideslope.derive.syntax.parser import Hints, parse_tokens
from glideslope.derive.syntax.tokens import Macros, find_macros, tokenize
from glideslope.derive.syntax.tree import Node, walk
from glideslope.derive.syntax.words import conditions_in
from glideslope.derive.theorems import Theorems
from glideslope.errors import ParseError

__all__ = ["Reader", "check_document"]


def check_document(text: str, *, path: str | None = None, format: str | None = None, seconds: float = 0.2) -> Report:
    """Check every display of a notebook, Markdown, MyST or LaTeX text.

    Args:
        text: the file's content.
        path: its name, for the report and to guess the format.
        format: `ipynb`, `md` or `tex`; guessed when not given.
        seconds: time one failing step may take for the search of repairs.

    Returns:
        The report: one verdict a step, in reading order.

    Raises:
        ParseError: when a notebook is no notebook.

    Example:
        >>> report = check_document("Let $x \\\\in \\\\mathbb{R}$. $$(x + 1)^2 = x^2 + 2x + 1$$")
        >>> [(v.status, v.line) for v in report.verdicts]
        [('holds', 1)]
    """
    source = read_source(text, format, path)
    tex = (
        format == "tex"
        or (path or "").endswith(".tex")
        or (format is None and path is None and "\\begin{document}" in text)
    )
    reader = Reader(source, tex, seconds)
    return reader.report(path)


#: the end of a sentence, and that of a paragraph
SENTENCE = re.compile(r"[.!?](?:\s|\Z)|[。！？]")
PARAGRAPH = re.compile(r"\n[ \t]*\n")
FAILED = (*UNFORESEEN, AssertionError)
#: T as a number: an index, a last moment, the end of a sum
TIME = re.compile(
    r"_\{?T\b|_\{[^{}]*\bT\b|_\{[^{}]*=[^{}]*\}\s*\^\s*\{?\s*T\b|dots\s*,?\s*T\b|\bT\s*(?:[-+]\s*1|>|\\ge|\\in)|[tk]\s*=\s*T\b"
)
#: a verdict, and the conventions of named laws under which it holds
Resting = tuple[Verdict, tuple[frozenset[tuple[str, str]], ...]]
LAYOUT_WORDS = (
    (
        re.compile(r"gradients? (?:are|is a?) row vectors?|numerator layout|分子布局|梯度(?:是|为)行向量", re.I),
        "numerator",
    ),
    (re.compile(r"denominator layout|input along the rows|分母布局", re.I), "denominator"),
)


ALARMS = ("error", "ill-formed", "needs-assumption")
UNDECIDED = ("not-confirmed", "not-understood")


def _letters(condition: Node) -> set[str]:
    return {str(n.value) for n in walk(condition) if n.op == "sym"}


def _layout(text: str) -> str | None:
    """The layout of derivatives a text declares in words."""
    return next((layout for pattern, layout in LAYOUT_WORDS if pattern.search(text)), None)


@dataclass
class Reader:
    """Walks over a text with its context in hand."""

    source: Source
    tex: bool = False
    seconds: float = 0.2
    context: Context = field(default_factory=Context)
    dimensions: Dimensions = field(default_factory=Dimensions)
    macros: Macros = field(default_factory=dict)
    notes: Notes = field(default_factory=Notes)
    centred: bool = False
    headed: list[str] = field(default_factory=list)  # what the present heading defines
    theorems: Theorems = field(default_factory=Theorems)
    pending: list[Node] = field(default_factory=list)
    lapsed: list[Node] = field(default_factory=list)  # conditions of an earlier sentence: they may still hold
    spoken: bool = False  # whether a formula has been read
    said: str = ""  # the words read last
    before: tuple[list[Finding], Chain] | None = None  # the last chain of displays in this section
    place: int = 0  # of the piece that is read
    sections: list[Section] = field(default_factory=list)  # the headings above the present place
    resting: list[Resting] = field(default_factory=list)  # verdicts on named laws

    def report(self, path: str | None = None) -> Report:
        """Read the text to its end."""
        pieces = segments(self.source, self.tex)
        self.macros = find_macros(self.source.text)
        self.prepare(pieces)
        self.context.numerator = _layout(self.source.text)
        self.centred = bool(re.search("centred|centered|zero[- ]mean|中心化|零均值", self.source.text, re.I))
        self.context.uniform = uniform_words(self.source.text)
        self.context.kind_of_law = kind_words(self.source.text)
        verdicts: list[Verdict] = []
        for place in range(len(pieces)):
            verdicts.extend(self.read(pieces, place))
        displays = sum(piece.kind == "display" for piece in pieces)
        verdicts = one_convention(verdicts, self.resting)
        return Report(tuple(map(self._shown, verdicts)), path, displays, tuple(self.notes.problems))

    def _shown(self, verdict: Verdict) -> Verdict:
        """A theorem's line that its proof has shown."""
        there = self.theorems.shown.get(verdict.span.start)
        if there is None or verdict.status != "definition":
            return verdict
        return replace(verdict, status="holds", reason=say("shown", line=self.source.place(there)[0]))

    def read(self, pieces: list[Segment], place: int) -> list[Verdict]:
        """Take in one piece; the verdicts of a display."""
        piece = pieces[place]
        self.spoken = self.spoken or piece.kind in ("inline", "display", "note")
        if piece.kind == "heading":
            self.sections = opened(self.sections, pieces, place, self.spoken)
            self.context.open_section(piece.level)
            self.heading(piece)
            self.theorems.heading(piece.text)
            self.before = None
            self.pending, self.lapsed = [], []
        elif piece.kind == "prose":
            self.said = piece.text
            self._read_on(piece.text)
            self.theorems.read(piece.text)
            independent_words(piece.text, self.context)
        elif piece.kind == "note":
            read_note(piece, self.notes, self.context, self.macros, self.source)
        elif piece.kind == "inline":
            self.inline(piece, pieces, place)
            self.theorems.read(piece.text)
        elif piece.kind == "display":
            self.place = place
            verdicts = self.display(piece)
            self.settle()
            return verdicts
        return []

    def _read_on(self, text: str) -> None:
        """A condition holds to the end of its sentence; to the end of its paragraph it may hold."""
        if not text.strip(" \n.:：,，。;；*_"):
            return
        if PARAGRAPH.search(text.rstrip()):
            self.lapsed, self.pending = [], []
        elif SENTENCE.search(text):
            self.lapsed, self.pending = self.lapsed + self.pending, []

    def beginning(self, pieces: list[Segment]) -> Reader:
        """A reader of the same source that knows nothing but what these pieces say."""
        other = Reader(self.source, self.tex, 0.0, macros=self.macros)
        other.prepare(pieces)
        other.context.numerator, other.context.time = self.context.numerator, self.context.time
        other.context.uniform, other.context.kind_of_law = self.context.uniform, self.context.kind_of_law
        other.context.functions |= self.context.functions
        other.context.raised |= self.context.raised
        other.centred = self.centred
        return other

    def absorb(self, piece: Segment) -> None:
        """Take in what a display defines, without judging what it claims."""
        try:
            chains = chains_of(piece.text, self.macros, piece.start)
        except (RecursionError, IndexError):
            chains = []
        self.context.giving = gives(self.said)
        for chain in chains:
            if chain.relations and not chain.named:
                hints = hints_for(self.context, self.macros)
                self._laws(chain, hints)
                desk = Desk(self.context, self.dimensions, hints, seconds=0.0)
                with contextlib.suppress(*FAILED):
                    opening(chain, desk, tuple(self.pending))
        self.context.giving = True
        self.settle()

    def settle(self) -> None:
        """A display has been read: what held for it alone ends."""
        self.pending, self.lapsed = [], []
        if not self.notes.sticky:
            self.notes.clear()

    # -- context ----------------------------------------------------------------------------------------------------

    def prepare(self, pieces: list[Segment]) -> None:
        """Facts that hold for the whole text: layer superscripts, functions, shapes declared after their first use."""
        texts = (piece.text for piece in pieces if piece.kind in ("inline", "display") and "^" in piece.text)
        self.context.raised |= numbered(texts)
        self.context.exampled |= exampled([p.text for p in pieces if p.kind in ("inline", "display")])
        for piece in reversed(pieces):  # of two declarations ahead the nearer one counts
            if piece.kind == "inline" and "\\in" in piece.text and "\\mathbb" in piece.text:
                declare(piece.text, piece.start, self.context, self.macros, shapes_only=True)
        if "\\times" in self.source.text or "dimensional" in self.source.text or "维" in self.source.text:
            find_spoken(pieces, self.context, self.macros)
        find_called(pieces, self.context, self.macros)
        find_blocks(pieces, self.source.text, self.context, self.macros)
        self._find_stated(pieces)
        self.context.time = bool(TIME.search(self.source.text))
        for fact in self.context.known.values():
            fact.ahead = fact.declared

    def heading(self, piece: Segment) -> None:
        """Formulas in a heading open its section: what they define has that meaning there."""
        for name in self.headed:
            self.context.definitions.pop(name, None)
        self.headed = []
        for match in re.finditer(r"(?<![\\$])\$([^$\n]+)\$", piece.text):
            start = piece.start + match.start(1)
            parts, relations = split_relations(tokenize(match.group(1), self.macros, start))
            try:
                head = head_of(parse_tokens(parts[0], hints_for(self.context))) if relations[:1] == ["="] else None
            except (ParseError, RecursionError):
                continue
            if head is not None:
                self.context.definitions.pop(head[0], None)
                self.headed.append(head[0])
            declare(
                match.group(1), start, self.context, self.macros, piece.text[: match.start()], piece.text[match.end() :]
            )

    def _find_stated(self, pieces: list[Segment]) -> None:
        """Structures stated anywhere in the text: they are never missing, only late."""
        for piece in pieces:
            if piece.kind != "inline" or "=" not in piece.text or len(piece.text) > 200:
                continue
            parts, relations = split_relations(tokenize(piece.text, self.macros, piece.start))
            if relations != ["="] or not all(parts):
                continue
            try:
                left, right = (parse_tokens(p, hints_for(self.context)) for p in parts)
            except (ParseError, RecursionError):
                continue
            found = structure_of(left, right, self.context)
            if found is not None:
                self.context.stated.add((found[0], found[1]))

    def inline(self, piece: Segment, pieces: list[Segment], place: int) -> None:
        """One inline formula: a condition on the next display, or knowledge."""
        before = pieces[place - 1].text if place and pieces[place - 1].kind == "prose" else ""
        after = pieces[place + 1].text if place + 1 < len(pieces) and pieces[place + 1].kind == "prose" else ""
        condition = self._condition(piece.text, piece.start)
        if condition is not None:  # never a definition of i
            if conditions_in(before) or re.match(r"\s*(?:时|的情况|情况|[:：])", after):
                letters = _letters(condition)  # "if i = j …, and if i ≠ j …": the later one
                self.pending = [c for c in self.pending if _letters(c) != letters] + [condition]
                self.lapsed = [c for c in self.lapsed if _letters(c) != letters]
            return
        if (
            "=" in piece.text
            and "(" in piece.text
            and is_law(piece, before, self.context, self.dimensions, self.macros)
        ):
            return
        order = self.context.order
        if "\\sim" in piece.text:
            for chain in chains_of(piece.text, self.macros, piece.start):
                self._laws(chain, hints_for(self.context, self.macros))
        declare(piece.text, piece.start, self.context, self.macros, *around(pieces, place))
        new = self.context.latest
        if self.context.order > order and new is not None and new.kind in ("symbol", "call"):
            head = (Node("sym", new.head, new.name),) if new.kind == "symbol" else ()
            self.dimensions.products(Node("tuple", (*head, new.body)), self.context)
        take_properties(piece.text, piece.start, self.macros, before, after, self.context)
        read_passage(pieces, place, self.context, self.macros)
        if before.rstrip(" ,(").endswith(("mean", "variance", "value", "expectation", "deviation", "as", "by", ")", "均值", "方差", "期望", "差", "为")):  # fmt: skip
            value = leading(piece, self.context, self.macros)
            moment_words(before, value, self._variable(pieces, place), self.context)

    def _variable(self, pieces: list[Segment], place: int) -> tuple[str, tuple[Node, ...]] | None:
        """The random variable spoken of last in the paragraph: X, X_i, or X_1, …, X_n."""
        for piece in reversed(pieces[max(0, place - 12) : place]):
            if piece.kind == "prose" and PARAGRAPH.search(piece.text):
                return None
            short = piece.kind == "inline" and len(piece.text) < 60
            node = leading(piece, self.context, self.macros) if short else None
            name = str(node.value) if node is not None and node.op == "sym" and len(node.args) < 2 else ""
            if node is not None and len(name) == 1 and (name.isupper() or name in self.context.random):
                return name, (Node("sym", (), "i", node.start, node.end),) if node.args else ()
        return None

    def _condition(self, text: str, start: int) -> Node | None:
        """`i = j`, `i \\ne j`, `i < j` between plain letters or numbers."""
        tokens = tokenize(text, self.macros, start)
        parts, relations = split_relations(tokens)
        if len(relations) != 1 or relations[0] not in ("=", "!=", "<", ">", "<=", ">="):
            return None
        if not all(len(p) == 1 and p[0].text.isalpha() and self._indexes(p[0].text) for p in parts):
            return None
        try:
            left, right = (parse_tokens(p, hints_for(self.context)) for p in parts)
        except ParseError:
            return None
        return Node("rel", (left, right), relations[0], start, start + len(text))

    def _indexes(self, letter: str) -> bool:
        fact = self.context.known.get(letter)
        return (
            letter in INDEX_LETTERS
            and letter not in self.context.definitions
            and not (fact is not None and fact.declared and not fact.integer)
        )

    # -- displays ---------------------------------------------------------------------------------------------------

    def display(self, piece: Segment) -> list[Verdict]:
        """The verdicts of one display."""
        found = self.findings(piece)
        if self.sections and any(f.status in UNDECIDED for findings in found for f in findings):
            found = by_section(found, self.sections, self.place, self)
        verdicts = [self._placed(finding, piece) for findings in found for finding in findings]
        verdicts.sort(key=lambda v: v.span.start)  # what "with $B = …" defines is read before the line it belongs to
        return verdicts

    def findings(self, piece: Segment) -> list[list[Finding]]:
        """What is found in each chain of a display."""
        try:
            chains = chains_of(piece.text, self.macros, piece.start)
        except (RecursionError, IndexError):
            return []
        found: list[list[Finding]] = []
        self.context.giving, self.context.expanding = gives(self.said), expands(self.said)
        model = (
            take_model(chains, self.context, hints_for(self.context, self.macros), self.source.text)
            if len(chains) > 1
            else None
        )
        for k, chain in enumerate(chains):
            try:
                before = (found[-1], chains[k - 1]) if k else self.before
                arrow = chain.implied and k > 0
                drawn = arrow or (before is not None and leads_on(before[0], None if k else self.said))
                shown = drawn and before is not None and self._follows(before[1], chain)
                findings = self._going_on(chain) if chain.led and k == 0 else self.chain(chain)
                if model is not None and chain is model.equation:
                    keep_model(model, self.context, self.source.text)
                if findings and before is not None and (shown or arrow):
                    premise, findings = judged(before[0], findings, shown)
                    if arrow:
                        found[-1] = premise
                self.before = (findings, chain)
            except FAILED as error:  # our defect, not the author's: said, and the rest of the text is still read
                detail = f"the checker failed on it ({type(error).__name__})"
                reason = say("not-understood", detail=detail)
                findings = [Finding(chain.members[-1], chain.members[0], "", "not-understood", reason)]
            found.append(findings)
        self.context.giving = True
        return found

    def _going_on(self, chain: Chain) -> list[Finding]:
        """A chain that begins with a relation: what the display before ended with stands on its left."""
        found = continued(chain, self.before[1], self.source.text) if self.before is not None else None
        findings = self.chain(found[0]) if found is not None else []
        return findings if found is not None and (found[1] or findings[0].status == "holds") else self.chain(chain)

    def _follows(self, before: Chain, chain: Chain) -> bool:
        if self.notes.skip is not None or self.notes.expect_fail is not None:
            return False
        hints = hints_for(self.context, self.macros)
        desk = Desk(self.context.fork(), self.dimensions.copy(), hints, seconds=self.seconds)
        return follows(before, chain, desk, tuple(self.pending))

    def chain(self, chain: Chain) -> list[Finding]:
        """Judge one chain in the present context."""
        if self.notes.skip is not None:
            first, last, relation = chain.members[0], chain.members[-1], (*chain.relations, "")[0]
            return [Finding(last, first, relation, "skipped", say("skip-note", detail=self.notes.skip))]
        if chain.relations and chain.relations[-1] == "in":
            declare(
                self.source.text[chain.members[0].start : chain.members[-1].end],
                chain.members[0].start,
                self.context,
                self.macros,
                shapes_only=True,
            )
        hints = hints_for(self.context, self.macros)
        self._laws(chain, hints)
        desk = Desk(
            self.context,
            self.dimensions,
            hints,
            seconds=self.seconds,
            centred=self.centred,
        )
        conditions = list(self.pending)
        for tokens in chain.conditions:
            conditions.extend(self._row_conditions(tokens, hints))
        before = self.context.fork() if self.lapsed else None
        if signed(chain):
            findings = judge_signs(
                chain, lambda c: judge_chain(c, desk, lambda a, b: self.source.text[a:b], tuple(conditions))
            )
        else:
            findings = judge_chain(chain, desk, lambda a, b: self.source.text[a:b], tuple(conditions))
        if before is not None and any(f.status in ALARMS for f in findings):
            desk.context = before
            narrower = judge_chain(chain, desk, lambda a, b: self.source.text[a:b], (*conditions, *self.lapsed))
            if not any(f.status in ALARMS for f in narrower):
                findings = [
                    replace(f, status="not-confirmed", reason=say("case")) if f.status in ALARMS else f
                    for f in findings
                ]
        self.theorems.hear(chain, findings, desk, tuple(conditions))
        remember(findings, (node for _, _, node in desk.trees.values()), self.context)
        return [self.notes.expected(f) for f in findings] if self.notes.expect_fail is not None else findings

    def _laws(self, chain: Chain, hints: Hints) -> None:
        if "dist" in chain.relations:
            start = chain.members[0].start
            text = self.source.text[chain.members[0].end : chain.members[-1].start]
            state_chain(chain, text, self.source.text[max(0, start - 20) : start], self.context, self.dimensions, hints)

    def _row_conditions(self, tokens: list, hints: object) -> list[Node]:
        tokens = [t for t in tokens if t.kind not in ("text", "quad")]
        places = [k for k, t in enumerate(tokens) if t.text in RELATIONS]
        if len(places) == 1 and any(t.text == "\\dots" for t in tokens):
            declare(self.source.text[tokens[0].start : tokens[-1].end], tokens[0].start, self.context, self.macros)
            return []
        if len(places) != 1:
            return []
        try:
            left, right = (
                parse_tokens(tokens[: places[0]], hints_for(self.context)),
                parse_tokens(tokens[places[0] + 1 :], hints_for(self.context)),
            )
        except ParseError:
            return []
        relation = RELATIONS[tokens[places[0]].text]
        if relation in ("<", ">", "<=", ">=") and right.op == "num":
            declare(self.source.text[tokens[0].start : tokens[-1].end], tokens[0].start, self.context, self.macros)
            return []
        if relation not in ("=", "!=", "<", ">", "<=", ">="):
            return []
        return [Node("rel", (left, right), relation, tokens[0].start, tokens[-1].end)]

    def _placed(self, finding: Finding, piece: Segment) -> Verdict:
        start, end = finding.member.start, finding.member.end
        line, column, cell = self.source.place(start)
        span = Span(start, end, line, column, self.source.place(max(start, end - 1))[0], cell)
        previous = (
            self.source.text[finding.previous.start : finding.previous.end] if finding.previous is not None else ""
        )
        domain = finding.outcome.domain if finding.outcome is not None and finding.outcome.kind == "equal" else None
        verdict = Verdict(line, self.source.text[start:end], finding.status, finding.reason, span, previous, finding.relation, piece.block,
                       finding.member.row, piece.label, domain, finding.assumption, finding.repairs[0] if finding.repairs else None,
                       finding.repairs, finding.counterexample, finding.evidence, finding.grounded)  # fmt: skip
        if finding.outcome is not None and finding.outcome.conventions and finding.status == "holds":
            self.resting.append((verdict, finding.outcome.conventions))
        return verdict
