r"""The judge of a learner's own derivation: one line at a time, any correct route.

A line may continue the last one, or state a lemma of its own ("$\partial a_i / \partial z_i = a_i(1 - a_i)$ for $i = j$"), in any letters, by entries or as matrices.
Each gets one of `holds`, `does-not-hold`, `index-clash`, `needs-assumption`, `not-understood`, `jump-too-large`.
A jump is a line that loses a derivative nobody has worked out: neither in a lemma before, nor by splitting the cases in the line itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from typing import Any

from glideslope.derive.document import Reader
from glideslope.derive.evaluation.sample import make_world
from glideslope.derive.judging.assumptions import find_assumption
from glideslope.derive.judging.chinese import detail_zh
from glideslope.derive.judging.compare import Outcome, Question
from glideslope.derive.judging.evidence import CONSTANTS, Desk, decide, shown_counterexample, stray_letters
from glideslope.derive.judging.reasons import without_place
from glideslope.derive.meaning.declare import hints_for
from glideslope.derive.meaning.define import structure_of
from glideslope.derive.reading.letters import free_letters
from glideslope.derive.renaming import in_order, mirrored, same_up_to_letters, without_indices
from glideslope.derive.source.chains import Chain, Member, chains_of, split_relations
from glideslope.derive.source.extract import read_source
from glideslope.derive.syntax.parser import parse, parse_tokens
from glideslope.derive.syntax.tokens import Token, tokenize
from glideslope.derive.syntax.tree import Node, canonical, walk
from glideslope.errors import ParseError

__all__ = ["Derivation", "LineVerdict", "State", "Waypoint", "hint", "judge_line"]

Words = dict[str, str]


@dataclass(frozen=True)
class Waypoint:
    r"""A quantity the learner must work out: in each case, by a formula with a delta, or as a matrix.

    Args:
        quantity: LaTeX, as in `\frac{\partial a_j}{\partial z_i}`.
        cases: conditions that together cover it, as in `("i = j", "i \\ne j")`; empty when one formula is enough.
        matrix: LaTeX of the same quantity as a whole, as in `\frac{\partial a}{\partial z}`.
    """

    quantity: str
    cases: tuple[str, ...] = ()
    matrix: str = ""


@dataclass(frozen=True)
class Derivation:
    r"""An exercise: from `start` to one of `goals`, knowing `given`.

    Args:
        given: what the learner may use, Markdown with formulas, as in notes.
        start: LaTeX of the quantity to be derived.
        goals: LaTeX of the final forms accepted.
        assumptions: structural conditions that may be used once they are said, as in `\sum_j y_j = 1`.
        waypoints: what must be worked out on the way.
        hints: sentences in both languages, from gentle to plain.
    """

    given: str
    start: str
    goals: tuple[str, ...]
    assumptions: tuple[str, ...] = ()
    waypoints: tuple[Waypoint, ...] = ()
    hints: tuple[tuple[str, str], ...] = ()

    @staticmethod
    def from_json(data: dict[str, Any]) -> Derivation:
        """Build one from plain data, for instance a TOML table."""
        goals = data["goals"] if "goals" in data else [data["goal"]]
        points = tuple(
            Waypoint(w["quantity"], tuple(w.get("cases", ())), w.get("matrix", "")) for w in data.get("waypoints", ())
        )
        hints = tuple((h["en"], h["zh"]) for h in data.get("hints", ()))
        return Derivation(data["given"], data["start"], tuple(goals), tuple(data.get("assumptions", ())), points, hints)


@dataclass(frozen=True)
class State:
    """What a learner has so far; plain data through `to_json` and `from_json`."""

    lines: tuple[str, ...] = ()
    last: str = ""
    worked_out: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    done: bool = False
    hints_used: int = 0

    def to_json(self) -> dict[str, Any]:
        """The state as plain data."""
        return {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(self).items()}

    @staticmethod
    def from_json(data: dict[str, Any]) -> State:
        """Read a state back."""
        fields: dict[str, Any] = {
            k: tuple(data.get(k, ())) if isinstance(v, tuple) else data.get(k, v) for k, v in State().to_fields()
        }
        return State(**fields)

    def to_fields(self) -> list[tuple[str, Any]]:
        """Field names with their values, in order."""
        return [
            (name, getattr(self, name)) for name in ("lines", "last", "worked_out", "assumed", "done", "hints_used")
        ]


@dataclass(frozen=True)
class LineVerdict:
    """The answer to one line."""

    status: str
    reason: Words
    state: State
    goal: bool = False
    counterexample: str | None = None
    assumption: str | None = None
    hint: Words | None = None
    waypoints: tuple[tuple[str, bool], ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """The verdict as plain data."""
        return {"status": self.status, "reason": self.reason, "state": self.state.to_json(), "goal": self.goal, "counterexample": self.counterexample,
                "assumption": self.assumption, "hint": self.hint, "waypoints": [list(w) for w in self.waypoints]}  # fmt: skip


SAID: dict[str, tuple[str, str]] = {
    "holds": ("Holds: both sides agree at {points} random points.", "成立：在 {points} 个随机点上两边相等。"),
    "goal": ("Holds, and this is the goal. Well derived.", "成立，而且已到达目标。推导完成。"),
    "false": ("Does not hold: at {at} the two sides are {left} and {right}.", "不成立：取 {at} 时，两边分别是 {left} 和 {right}。"),
    "false-bare": ("Does not hold.", "不成立。"),
    "clash-bound": ("The index {letter} stands for two things: the sum runs over it, and it is fixed on the other side. Sum over another letter.",
                    "下标 {letter} 有两个含义：求和号让它取遍各值，而另一边它是固定的。请换一个字母求和。"),
    "clash-stray": ("The index {letter} is free on one side only. Is a sum over {letter} missing?", "下标 {letter} 只在一边出现。是不是少了对 {letter} 的求和？"),
    "shape": ("The shapes do not meet: {detail}.", "形状对不上：{detail}。"),
    "assumption": ("Holds only if ${latex}$. Say so in a line of its own, then write this line again.", "只有当 ${latex}$ 时才成立。请先单独写一行说明这个条件，再写这一行。"),
    "assumed": ("Noted: ${latex}$. You may use it from here on.", "已记下：${latex}$。从这里起可以使用。"),
    "jump": ("True, but too large a step: work out ${quantity}$ first{cases}.", "结果是对的，但跳得太远：请先求出 ${quantity}$ {cases_zh}。"),
    "unread": ("This line could not be read: {detail}.", "这一行没能读懂：{detail_zh}。"),
    "empty": ("There is an empty box in this line.", "这一行里还有空格没有填。"),
    "nothing": ("Write a line first.", "请先写一行。"),
    "restated": ("This repeats the line before.", "这与上一行相同。"),
}  # fmt: skip


def _say(key: str, **values: object) -> Words:
    english, chinese = SAID[key]
    return {"en": english.format(**values), "zh": chinese.format(**values)}


def judge_line(derivation: Derivation, state: State, latex: str) -> LineVerdict:
    r"""Judge the learner's next line.

    Args:
        derivation: the exercise.
        state: what the learner has so far; `State()` at the start.
        latex: the line, in LaTeX as MathLive writes it; it may begin with `=`.

    Returns:
        The verdict with the new state (unchanged unless the line holds).
    """
    try:
        return _Line(derivation, state, latex).verdict()
    except (ParseError, RecursionError) as error:
        detail = without_place(str(error)) or "nested too deeply"
        return LineVerdict("not-understood", _say("unread", detail=detail, detail_zh=detail_zh(detail)), state)


def hint(derivation: Derivation, state: State) -> tuple[Words | None, State]:
    """The next hint of the ladder, and the state that remembers it."""
    if state.hints_used >= len(derivation.hints):
        return None, state
    english, chinese = derivation.hints[state.hints_used]
    return {"en": english, "zh": chinese}, replace(state, hints_used=state.hints_used + 1)


@lru_cache(32)
def _context(given: str, assumed: tuple[str, ...]) -> Reader:
    said = "\n\n".join(f"Assume ${a}$." for a in assumed)
    reader = Reader(read_source(f"{given}\n\n{said}\n", "md"), seconds=0.0)
    reader.report()
    return reader


def _plain(latex: str) -> str:
    """MathLive's line as ordinary LaTeX."""
    latex = re.sub(r"\\displaylines\s*\{(.*)\}\s*$", r"\1", latex.strip(), flags=re.DOTALL)
    latex = re.sub(r"^\$+|\$+$", "", latex.strip())
    latex = latex.replace("\\placeholder{}", "\\placeholder ")
    return latex.strip()


class _Line:
    """One line under judgement."""

    def __init__(self, derivation: Derivation, state: State, latex: str) -> None:
        self.derivation, self.state = derivation, state
        self.text = _plain(latex)
        self.reader = _context(derivation.given, state.assumed)
        self.context = self.reader.context.fork()
        self.hints = hints_for(self.context, self.reader.macros)
        self.desk = Desk(self.context, self.reader.dimensions.copy(), self.hints, seconds=0.0)

    def verdict(self) -> LineVerdict:
        """Read the line, check it, then ask whether it jumped and whether it arrived."""
        if not self.text:
            return self._answer("not-understood", _say("nothing"))
        if "\\placeholder" in self.text:
            return self._answer("not-understood", _say("empty"))
        chain, conditions = self._read()
        if (latex := self._assumption(chain)) is not None:
            return self._answer(
                "holds",
                _say("assumed", latex=latex),
                replace(self.state, lines=(*self.state.lines, self.text), assumed=(*self.state.assumed, latex)),
            )
        self._known(chain)
        points = 0
        lemma = self._is_lemma(chain)
        for left, right, relation in zip(chain.members, chain.members[1:], chain.relations, strict=False):
            outcome, question = decide(left, right, relation, conditions, self.desk)
            if outcome.kind != "equal":
                return self._wrong(outcome, question)
            points += outcome.points
        nodes = [parse_tokens(m.tokens, self.hints) for m in chain.members]
        return self._right(nodes, conditions, points, lemma, chain)

    # -- reading ----------------------------------------------------------------------------------------------------

    def _read(self) -> tuple[Chain, tuple[Node, ...]]:
        tokens = tokenize(self.text, self.reader.macros)
        prefix, tokens = _leading_condition(tokens)
        start = tokens[0].start if tokens else 0
        chains = chains_of(self.text[start:], self.reader.macros, start)
        if not chains:
            raise ParseError("no formula in it")
        chain = chains[0]
        conditions = [
            self._node(c)
            for c in chain.conditions
            if any(t.text in ("=", "\\ne", "<", ">") for t in c) and not any(t.text == "\\sum" for t in c)
        ]
        if prefix:
            conditions.append(self._node(prefix))
        first = next((t for t in tokens if t.kind not in ("quad", "amp", "text")), None)
        if not chain.relations or (first is not None and first.text == "="):
            last = self.state.last or self.derivation.start
            before = Member(tokenize(last, self.reader.macros, len(self.text) + 8), 0)
            chain = Chain([before, *chain.members], ["=", *chain.relations], chain.conditions)
        return chain, tuple(conditions)

    def _known(self, chain: Chain) -> None:
        """Every symbol must be one the exercise speaks of, or an index."""
        for member in chain.members:
            for node in walk(parse_tokens(member.tokens, self.hints)):
                name = str(node.value)
                if node.op != "sym" or (not node.args and self.context.indexes(name)) or name in CONSTANTS:
                    continue
                options = {name, name.rstrip("'"), *(self.context.resolve(name, k) for k in (0, 1, 2))}
                if not any(
                    o in self.context.definitions or o in self.context.known or o in self.context.integers
                    for o in options
                ):
                    raise ParseError(f"the symbol {name} is not part of this exercise")

    def _node(self, tokens: list[Token]) -> Node:
        parts, relations = split_relations([t for t in tokens if t.kind not in ("text", "quad")])
        if len(relations) != 1:
            raise ParseError("a condition that is no single relation")
        left, right = (parse_tokens(p, self.hints) for p in parts)
        return Node("rel", (left, right), relations[0], left.start, right.end)

    def _assumption(self, chain: Chain) -> str | None:
        """The line states one of the allowed conditions."""
        if len(chain.members) != 2:
            return None
        try:
            left, right = (parse_tokens(m.tokens, self.hints) for m in chain.members)
            mine = structure_of(left, right, self.context)
        except ParseError:
            return None
        for latex in self.derivation.assumptions:
            if mine is not None and mine == self._structure(latex):
                return latex
        return None

    def _structure(self, latex: str) -> tuple[str, str, float] | None:
        left, _, right = latex.partition("=")
        return structure_of(parse(left, self.hints), parse(right, self.hints), self.context)

    def _is_lemma(self, chain: Chain) -> bool:
        """A line about another quantity than the one to be derived."""
        if chain.members[0].start > len(self.text):
            return False
        start = parse(self.derivation.start, self.hints)
        first = parse_tokens(chain.members[0].tokens, self.hints)
        if same_up_to_letters(first, start) or same_up_to_letters(first, without_indices(start)):
            return False
        last = parse(self.state.last, self.hints) if self.state.last else start
        return not same_up_to_letters(first, last)

    # -- answers ----------------------------------------------------------------------------------------------------

    def _answer(self, status: str, reason: Words, state: State | None = None, **more: Any) -> LineVerdict:
        state = state or self.state
        points = tuple((w.quantity, w.quantity in state.worked_out) for w in self.derivation.waypoints)
        return LineVerdict(status, reason, state, waypoints=points, **more)

    def _wrong(self, outcome: Outcome, question: Question) -> LineVerdict:
        if outcome.kind in ("unknown", "empty"):
            raise ParseError(outcome.detail or "no numbers could be put in")
        clash = self._clash(question)
        if clash is not None:
            return self._answer("index-clash", clash)
        if outcome.kind == "clash":
            return self._answer("does-not-hold", _say("shape", detail=outcome.detail))
        found = find_assumption(question, self.desk)
        if found is not None:
            stated = [
                a for a in self.derivation.assumptions if (s := self._structure(a)) is not None and s[:2] == found[:2]
            ]
            if stated:
                return self._answer("needs-assumption", _say("assumption", latex=stated[0]), assumption=stated[0])
        shown = shown_counterexample(question, self.desk)
        if shown is None:
            return self._answer("does-not-hold", _say("false-bare"))
        at = ", ".join(f"{name} = {value}" for name, value in shown.values)
        return self._answer(
            "does-not-hold",
            _say("false", at=at or "every point", left=shown.left, right=shown.right),
            counterexample=str(shown),
        )

    def _clash(self, question: Question) -> Words | None:
        world = make_world(self.context, 0, "mixed")
        free = free_letters(question.left, self.context, world)
        for node in walk(question.right):
            if node.op == "big":
                for letter in node.value.letters:
                    body = Node("tuple", tuple(n for n in walk(node.args[-1]) if n.op == "deriv"))
                    if letter in free and (body.args or letter in free_letters(node.args[-1], self.context, world)):
                        return _say("clash-bound", letter=letter)
        _, stray = stray_letters(question, self.context)
        return _say("clash-stray", letter=stray[0]) if stray else None

    def _right(
        self, nodes: list[Node], conditions: tuple[Node, ...], points: int, lemma: bool, chain: Chain
    ) -> LineVerdict:
        worked = list(self.state.worked_out)
        for w in self.derivation.waypoints:
            worked.extend(key for key in self._works_out(w, nodes, conditions) if key not in worked)
            if w.quantity not in worked and w.cases and all(f"{w.quantity} | {case}" in worked for case in w.cases):
                worked.append(w.quantity)
        last = nodes[-1]
        if not lemma:
            jumped = self._jump(nodes, worked)
            if jumped is not None:
                return jumped
            worked.extend(
                w.quantity
                for w in self.derivation.waypoints
                if _splits(last) and w.quantity not in worked and self._lost(nodes, w)
            )
        text = self._latex_of(chain.members[-1])
        state = State(
            (*self.state.lines, self.text),
            self.state.last if lemma else text,
            tuple(worked),
            self.state.assumed,
            self.state.done,
            self.state.hints_used,
        )
        arrived = not lemma and any(
            same_up_to_letters(in_order(last), in_order(parse(goal, self.hints))) for goal in self.derivation.goals
        )
        if arrived:
            return self._answer("holds", _say("goal"), replace(state, done=True), goal=True)
        return self._answer("holds", _say("holds", points=points), state)

    def _latex_of(self, member: Member) -> str:
        if member.start > len(self.text):
            return self.state.last or self.derivation.start
        return self.text[member.start : member.end]

    # -- jumps ------------------------------------------------------------------------------------------------------

    def _works_out(self, w: Waypoint, nodes: list[Node], conditions: tuple[Node, ...]) -> list[str]:
        """Keys of what a true line establishes about a waypoint."""
        target = parse(w.quantity, self.hints)
        results = [n for n in nodes if not _kinds(n)]
        if not results:
            return []
        if w.matrix and any(same_up_to_letters(n, parse(w.matrix, self.hints)) for n in nodes):
            return [w.quantity]
        keys: list[str] = []
        for n in nodes:
            if same_up_to_letters(n, target):
                if not conditions:
                    keys.append(w.quantity)
                for case in w.cases:
                    if any(
                        same_up_to_letters(c, self._node(tokenize(case))) or mirrored(c, self._node(tokenize(case)))
                        for c in conditions
                    ):
                        keys.append(f"{w.quantity} | {case}")
            elif _merged(n, target) and "i = j" in [c.replace(" ", " ") for c in w.cases]:
                keys.append(f"{w.quantity} | i = j")
        return keys

    def _lost(self, nodes: list[Node], w: Waypoint) -> bool:
        """Whether the step did away with the waypoint's derivative."""
        kind = next(iter(_kinds(parse(w.quantity, self.hints))), None)
        start = next(iter(_kinds(parse(self.derivation.start, self.hints))), None)
        had = set().union(*(_kinds(n) for n in nodes[:-1])) if len(nodes) > 1 else set()
        return kind is not None and bool(had & {kind, start}) and not _kinds(nodes[-1]) & {kind, start}

    def _jump(self, nodes: list[Node], worked: Sequence[str]) -> LineVerdict | None:
        for w in self.derivation.waypoints:
            if w.quantity in worked or not self._lost(nodes, w) or any(_splits(n) for n in nodes):
                continue
            missing = [c for c in w.cases if f"{w.quantity} | {c}" not in worked]
            english = (
                f", for ${'$ and for $'.join(missing)}$" + (", or as a matrix" if w.matrix else "") if missing else ""
            )
            chinese = (
                f"（分别讨论 ${'$ 与 $'.join(missing)}$" + ("，或写成矩阵）" if w.matrix else "）") if missing else ""
            )
            return self._answer("jump-too-large", _say("jump", quantity=w.quantity, cases=english, cases_zh=chinese))
        return None


def _leading_condition(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """`i = j :` or `i = j ⇒` before a lemma."""
    tokens = [t for t in tokens if t.kind != "amp"]
    while tokens and tokens[0].kind in ("text", "quad"):
        tokens = tokens[1:]
    for k, token in enumerate(tokens[:8]):
        if (
            token.text in (":", "\\Rightarrow", ",")
            and any(t.text in ("=", "\\ne") for t in tokens[:k])
            and all(t.text.isalnum() or t.text in ("=", "\\ne") for t in tokens[:k])
        ):
            rest = tokens[k + 1 :]
            if any(t.text == "=" for t in rest):
                return tokens[:k], rest
    return [], tokens


def _kinds(node: Node) -> set[tuple[str, str]]:
    """(numerator, denominator) of the derivatives in a formula."""
    found = set()
    for part in walk(node):
        if part.op == "deriv":
            over = next((str(n.value) for n in walk(part.args[0]) if n.op == "sym"), "")
            under = next((str(n.value) for n in walk(part.args[1]) if n.op == "sym"), "")
            found.add((over, under))
        elif part.op == "grad":
            over = next((str(n.value) for n in walk(part.args[0]) if n.op == "sym"), "")
            under = (
                next((str(n.value) for n in walk(part.args[-1]) if n.op == "sym"), "") if len(part.args) > 1 else "z"
            )
            found.add((over, under))
    return found


def _splits(node: Node) -> bool:
    """Whether a formula shows the cases: a condition under a sum, a delta, cases, a diagonal matrix."""
    for part in walk(node):
        if part.op == "cases" or (part.op == "call" and part.value in ("diag", "indicator")):
            return True
        if part.op == "sym" and part.value == "\\delta" and len(part.args) == 2:
            return True
        if part.op == "big" and any(a.op == "rel" and a.value == "!=" for a in part.args[:-1]):
            return True
        if (part.op == "sym" and part.value in ("I", "b:I")) or (part.op == "call" and part.value in ("I",)):
            return True
    return False


def _merged(node: Node, target: Node) -> bool:
    """∂a_i/∂z_i for the waypoint ∂a_j/∂z_i: its case of equal indices."""
    if node.op != "deriv" or target.op != "deriv":
        return False
    mine = [n for n in walk(node) if n.op == "sym" and n.args]
    return (
        _kinds(node) == _kinds(target) and len(mine) == 2 and canonical(mine[0].args[0]) == canonical(mine[1].args[0])
    )
