"""From outcomes to verdicts: the tiers that keep the checker quiet unless it is right.

A step that fails is an error only with evidence: its neighbours agree across it (sandwich), one structural repair mends it,
or every symbol is declared and nothing had to be guessed (grounded). All else is *not confirmed* and stays hidden.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from glideslope.derive.claims.printed import agrees, decimals, has_units, is_printed
from glideslope.derive.claims.relations import judge_relation
from glideslope.derive.evaluation.numbers import real
from glideslope.derive.evaluation.samples import Samples
from glideslope.derive.evaluation.values import Eye, Mat, Ones
from glideslope.derive.judging.assumptions import assumption_text, find_assumption
from glideslope.derive.judging.capitals import only_for_numbers
from glideslope.derive.judging.compare import INEQUALITIES, Outcome, Question, compare
from glideslope.derive.judging.designed import unsaid_lines
from glideslope.derive.judging.evidence import (
    Desk,
    decide,
    given_data,
    grounded,
    leaves,
    shown_counterexample,
    shown_sample,
    stray_letters,
)
from glideslope.derive.judging.finding import Finding
from glideslope.derive.judging.likelihoods import given_formula
from glideslope.derive.judging.opening import given_anew, opening
from glideslope.derive.judging.ordered import to_order
from glideslope.derive.judging.reasons import say
from glideslope.derive.judging.unchanced import without_chance
from glideslope.derive.meaning.renewal import contradicted, unsettled
from glideslope.derive.report import Repair
from glideslope.derive.slips.mending import find_repairs
from glideslope.derive.slips.misindexed import misindexed
from glideslope.derive.slips.repair import Edit, apply_edit
from glideslope.derive.slips.sure import ambiguous, is_asked, speaks_of_laws, sure_repair
from glideslope.derive.source.chains import Chain, Member
from glideslope.derive.syntax.names import is_sized
from glideslope.derive.syntax.tree import Node, walk

__all__ = ["Finding", "judge_chain"]


def _normal(names: set[str]) -> set[str]:
    """Names without font and case: x_i is an entry of **x**, w_ij one of W."""
    return {name.split(":")[-1].rstrip("'·").lower() for name in names}


def parts_of(question: Question) -> list[Node]:
    """All nodes of both sides, without what stands in indices."""
    found: list[Node] = []
    stack = [question.left, question.right]
    while stack:
        here = stack.pop()
        found.append(here)
        stack.extend(() if here.op == "sym" else here.args[:1] if here.op == "index" else here.args)
    return found


#: repairs that mend a slip rather than find some formula that fits
STRUCTURAL = {"sum-scope", "sum-missing", "sum-extra", "power", "sign", "index", "transpose", "order"}
EXPECTATION = re.compile(r"\\(?:mathrm|operatorname|mathbb|rm)\{?E\b")
CHECKED = {"=", ":=", "<", ">", "<=", ">="}


@dataclass
class _Step:
    left: Member
    right: Member
    relation: str
    outcome: Outcome
    question: Question


def judge_chain(
    chain: Chain, desk: Desk, text: Callable[[int, int], str], conditions: tuple[Node, ...] = ()
) -> list[Finding]:
    """Judge every step of a chain and take its definitions into the context."""
    members, relations = chain.members, chain.relations
    if not relations:
        return [Finding(members[0], None, "", "skipped", say("skip-alone"))]
    if chain.named:
        return [Finding(members[-1], members[0], relations[0], "skipped", say("skip-named"))]
    near = to_order(members[0], members[1], relations[0], desk)
    words = text(max(0, members[0].start - 120), members[0].start)
    shown = text(members[1].start, members[1].end)
    first = opening(chain, desk, conditions, words, shown) if near is None and not chain.joined else None
    second = given_formula(chain, desk, conditions, first) if first is not None else None
    findings = [found for found in (first, second) if found is not None]
    if first is not None and first.status == "skipped" and first.relation in ("in", "implies"):
        return findings
    if chain.given and first is None:
        return [Finding(members[-1], members[0], relations[0], "skipped", say("skip-constraint"))]
    steps: list[_Step] = []
    samples = Samples()  # what is worked out for one step serves the next
    for k in range(len(findings), len(relations)):
        if (near := to_order(members[k], members[k + 1], relations[k], desk)) is not None:
            findings.append(near)
            continue
        if relations[k] == "~":
            findings.append(_approximation(members[k], members[k + 1], desk))
            continue
        if relations[k] not in CHECKED:
            findings.append(judge_relation(members[k], members[k + 1], relations[k], members[0], conditions, desk))
            samples = Samples()  # what it declares may change what the next step means
            continue
        digits = decimals(members[k + 1]) if relations[k] in ("=", ":=") else None  # a bound is no rounded value
        if relations[k] == "=" and is_printed(members[k + 1]):
            printed = agrees(members[k], members[k + 1], "=", desk)
            if isinstance(printed, Finding):
                findings.append(printed)
                continue
            digits = None if printed else digits
        outcome, question = decide(
            members[k], members[k + 1], "=" if relations[k] == ":=" else relations[k], conditions, desk, digits, samples
        )
        steps.append(_Step(members[k], members[k + 1], relations[k], outcome, question))
    findings.extend(_Judge(desk, text, conditions, steps, first is not None).findings())
    if first is None and near is None and not chain.joined:
        findings[0] = given_anew(findings[0], desk, conditions)
    stated = steps[0] if steps and first is None and steps[0].relation in ("=", ":=") else None
    if stated is not None and stated.outcome.kind == "differ" and findings[0].status == "not-confirmed":
        contradicted(stated.question.left, stated.question.right, desk.context)
    if chain.ranged and "not-confirmed" in {f.status for f in findings} <= {"holds", "not-confirmed"}:
        return [Finding(members[-1], members[0], relations[0], "skipped", say("skip-constraint"))]
    return findings


def _approximation(left: Member, right: Member, desk: Desk) -> Finding:
    """Numbers agree to the digits printed or they are left alone; of anything else, how close it is meant the text does not say."""
    printed = is_printed(right) and agrees(left, right, "~", desk)
    if isinstance(printed, Finding):
        return printed
    digits = None if printed else decimals(right)
    if digits is not None and not any(t.kind in ("char", "cmd") and t.text.isalpha() for t in left.tokens):
        outcome, question = decide(left, right, "=", (), desk, digits)
        numbers = all(n.op != "sym" for side in (question.left, question.right) for n in walk(side))
        if outcome.kind == "equal" and numbers:
            return Finding(right, left, "~", "holds", say("rounded"), outcome)
    return Finding(right, left, "~", "skipped", say("skip-approximation"))


class _Judge:
    """Turns the outcomes of a chain's steps into findings."""

    def __init__(
        self,
        desk: Desk,
        text: Callable[[int, int], str],
        conditions: tuple[Node, ...],
        steps: list[_Step],
        continued: bool,
    ) -> None:
        self.desk, self.text, self.conditions, self.steps = (desk, text, conditions, steps)
        self.settled: dict[int, Finding] = {}
        self.continued = continued

    def findings(self) -> list[Finding]:
        """One finding a step."""
        for k, step in enumerate(self.steps):
            if k in self.settled:
                continue
            self.settled[k] = self._step(k, step)
        return [self.settled[k] for k in range(len(self.steps))]

    def _step(self, k: int, step: _Step) -> Finding:
        kind = step.outcome.kind
        if kind == "equal":
            return self._holds(step)
        if kind in ("unknown", "empty"):
            detail = step.outcome.detail or "no sample in any domain"
            return self._finding(step, "not-understood", say("not-understood", detail=detail.rstrip(".")))
        return self._failed(k, step)

    def _holds(self, step: _Step) -> Finding:
        o = step.outcome
        if (wide := o.reading.endswith("wide")) or o.vacuous(step.question):
            return self._finding(step, "not-confirmed", say("wide" if wide else "vacuous"))
        if names := only_for_numbers(
            step.question, self.desk.context, self.desk.dimensions, self.desk.layout or "mixed"
        ):
            return self._finding(step, "not-confirmed", say("commuting", name="$" + ", ".join(names) + "$"))
        if step.question.relation in INEQUALITIES:
            reason = say("holds-order", points=o.points, worlds=o.worlds)
        elif o.domain == "mixed":
            reason = say("holds", points=o.points, worlds=o.worlds)
        else:
            reason = say("holds-domain", points=o.points, domain=o.domain)
        free = not grounded(step.question, o, self.desk.context)
        return self._finding(step, "holds", reason, grounded=free)

    def _finding(self, step: _Step, status: str, reason: dict[str, str], **more: object) -> Finding:
        return Finding(step.right, step.left, step.relation, status, reason, step.outcome, **more)  # type: ignore[arg-type]

    # -- a step that fails ------------------------------------------------------------------------------------------

    def _failed(self, k: int, step: _Step) -> Finding:
        if (given := given_data(step.question, self.desk.context)) is not None:
            judge = _Judge(replace(self.desk, context=given), self.text, self.conditions, self.steps, self.continued)
            verdict = judge._failed(k, step)
            self.settled.update(judge.settled)
            return verdict
        if step.outcome.edge:  # what the text leaves unsaid may keep it from its ends
            reason = say("inequality") if step.relation not in ("=", ":=") else say("not-confirmed", why="≥ 0")
            return self._finding(step, "not-confirmed", reason, counterexample=shown_sample(step.outcome))
        after = self.steps[k + 1] if k + 1 < len(self.steps) and self.steps[k + 1].left is step.right else None
        sandwich = (
            after is not None
            and after.outcome.kind in ("differ", "clash")
            and step.relation == after.relation
            and self._meets(step.left, after.right)
        )
        if sandwich and step.question.right.op == "num" and step.question.right.value == 0:  # f'(x) = 0 = …
            return self._finding(step, "not-confirmed", say("skip-equation"))
        stray = stray_letters(step.question, self.desk.context)
        if not sandwich and step.outcome.kind == "differ" and not stray[1]:
            found = find_assumption(step.question, self.desk)
            if found is not None and found[:2] in self.desk.context.stated:  # stated too, in another place
                why = "$" + assumption_text(*found[:2])[0] + "$"
                return self._finding(step, "not-confirmed", say("not-confirmed", why=why))
            if found is not None:
                return self._assumption(step, found)
        opens = step is self.steps[0] and not self.continued
        if opens and (step.question.left.op == "num" or is_asked(self.text(max(0, step.left.start - 120), step.left.start))):
            return self._finding(step, "not-confirmed", say("skip-equation"))
        if step.outcome.kind == "differ" and step.outcome.unknown:
            free = without_chance(step.question, self.desk)
            if free is not None:  # it fails with the probabilities and without them
                return self._without_chance(k, step, *free)
        missing = grounded(step.question, step.outcome, self.desk.context) or self._doubtful(step)
        if missing and (sure := self._surely(step)) is not None:
            return sure
        if missing:  # no repair could make this an alarm
            key = "inequality" if step.relation not in ("=", ":=") else "not-confirmed"
            return self._finding(
                step, "not-confirmed", say(key, why=missing), counterexample=shown_sample(step.outcome)
            )
        repairs = self._repairs(step, after if sandwich or (after and after.outcome.kind != "equal") else None)
        confirmed = any(both for _, both in repairs)
        mirrored = self._left_repairs(step) if not repairs and step.question.right.op == "num" else ()
        shown = tuple(self._repair(step.right, edit) for edit, _ in repairs) or mirrored
        verdict = self._verdict(step, stray[1], sandwich, confirmed, bool(shown), shown)
        if after is not None and (sandwich or confirmed) and verdict.status != "not-confirmed":
            self.settled[k + 1] = self._finding(after, "holds", say("holds-over"))
        return verdict

    def _surely(self, step: _Step) -> Finding | None:
        """An error for all that is left unsaid: one small edit of a side makes the line true."""
        here, context = step.question, self.desk.context
        opens = step is self.steps[0] and not self.continued
        if step.outcome.kind != "differ" or step.relation not in ("=", ":=") or ambiguous(here, context, opens):
            return None
        if self._doubtful(step) or not (speaks_of_laws(here, context) or self._same_quantities(step)):
            return None
        turned = replace(here, left=here.right, right=here.left)
        for member, question in ((step.right, here), (step.left, turned)):
            text = self.text(member.start, member.end)
            edit = sure_repair(question, text, member.start, self.desk, step.outcome)
            if edit is not None and member is step.left and self._slipped_before(step):
                return self._finding(step, "holds", say("holds-over"))
            if edit is not None:
                more = {"repairs": (self._repair(member, edit),), "counterexample": shown_sample(step.outcome)}
                return self._finding(step, "error", say("repaired", repair=edit.kind), **more)
        return None

    def _slipped_before(self, step: _Step) -> bool:
        """Whether the slip on the left has been found already, as the right side of the step before."""
        before = self.settled.get(next((k for k, s in enumerate(self.steps) if s is step), 0) - 1)
        return before is not None and before.status == "error" and before.member is step.left

    def _without_chance(self, k: int, step: _Step, outcome: Outcome, desk: Desk) -> Finding:
        """The verdict where quantities said to be probabilities are free ones: an alarm only with a repair."""
        judge = _Judge(desk, self.text, self.conditions, self.steps, self.continued)
        found = judge._failed(k, replace(step, outcome=outcome))
        if found.status in ("holds", "not-confirmed") or found.repairs:
            self.settled.update(judge.settled)
            return found
        why = sorted(step.outcome.unknown)[0]
        return replace(found, status="not-confirmed", reason=say("not-confirmed", why=why), repairs=())

    def _doubtful(self, step: _Step) -> str:
        """What makes a failure say nothing of the author: a notation with several meanings, shapes that are at odds elsewhere."""
        if any(t.text == "\\langle" for m in (step.left, step.right) for t in m.tokens):
            return "\\langle"  # a mean in one text, a product in another
        if has_units(step.question, self.desk.context):
            return "units"  # one may be left out, or belong to a factor of its own
        context = self.desk.context
        if name := unsaid_lines(step.question, context):
            return name
        if context.renewed and (name := unsettled((step.question.left, step.question.right), context)):
            return name
        parts = [n for side in (step.question.left, step.question.right) for n in walk(side) if n.op == "sym"]
        for name in (str(n.value) for n in parts if context.assumes_matrix(str(n.value))):
            return name
        texts = "".join(t.text for m in (step.left, step.right) for t in m.tokens)
        if EXPECTATION.search(texts) and any(str(n.value) in ("E", "rm:E", "bb:E") for n in parts):
            return "E"  # an expectation that was read as a factor
        if step.outcome.kind == "clash":
            bold = (str(n.value) for n in parts if str(n.value).startswith("b:"))
            if name := next((b for b in bold if context.resolve(b) == b[2:] and b[2:] in context.definitions), ""):
                return name  # a bold letter that was read as the plain one, which is a number
            if any(n.op == "tuple" and n.args[-1].op == "sym" for n in parts_of(step.question)):
                return step.outcome.detail  # [A, B] stands side by side in one text, one above the other in another
            bound = {letter for n in parts_of(step.question) if n.op == "big" for letter in n.value.letters}
            symbols = [n for n in parts_of(step.question) if n.op == "sym" and not is_sized(str(n.value))]
            values = [n for n in symbols if str(n.value) not in bound]
            guessed = [n for n in values if self._guessed_shape(context.resolve(str(n.value), len(n.args)))]
            if step.outcome.inside or guessed:
                return step.outcome.detail
        return misindexed(step.question, self.desk.context)

    def _guessed_shape(self, name: str) -> bool:
        """Whether a shape rests on how a name is written with and without indices, and on nothing the text says."""
        context = self.desk.context
        fact = context.known.get(name)
        if fact is not None and fact.assumed and not fact.declared and not fact.shapes:
            return True
        if fact is not None and not (fact.declared or fact.shapes or name in context.definitions):
            capital = context.resolve(name.split(":")[-1].upper())
            if capital != name and context.rank(capital) == 2:
                return True  # x_i beside a matrix X: its row, its column, or a number
        return bool(
            fact is not None
            and not (fact.declared or fact.structure or fact.rank is not None or name.startswith("b:"))
            and name not in context.definitions
            and ((fact.bare and fact.indexed) or context.rank(name) is None)
            and name not in context.integers
        ) or bool(
            fact is not None
            and fact.rank is None
            and not fact.shapes
            and context.rank(name) == 2
            and name not in context.definitions
        )

    def _left_repairs(self, step: _Step) -> tuple[Repair, ...]:
        """Where the right side is a mere number, the slip stands on the left."""
        text = self.text(step.left.start, step.left.end)
        turned = replace(step.question, left=step.question.right, right=step.question.left)
        neighbours = [(step.question.left, text, step.left.start)]
        found = find_repairs(text, step.left.start, turned, self.desk, None, neighbours)
        return tuple(
            self._repair(step.left, edit)
            for edit, _ in found
            if edit.kind in ("symbol", "sign", "index", "transpose", "bound")
        )

    def _meets(self, left: Member, right: Member) -> bool:
        return decide(left, right, "=", self.conditions, self.desk)[0].kind == "equal"

    def _verdict(
        self, step: _Step, stray: list[str], sandwich: bool, confirmed: bool, repaired: bool, shown: tuple[Repair, ...]
    ) -> Finding:
        kind = shown[0].kind if shown else ""
        counter = shown_counterexample(step.question, self.desk)
        more = {"repairs": shown, "counterexample": counter, "grounded": True}
        undeclared = grounded(step.question, step.outcome, self.desk.context, strict=True)
        strongly = not undeclared and self._comparable(step, repaired)
        opens = step is self.steps[0] and not self.continued
        if not self._claims_number(step) or (opens and self._stationary(step.question)):
            return self._finding(step, "not-confirmed", say("skip-equation"), counterexample=counter)
        sure = (
            (sandwich and self._same_quantities(step))
            or (repaired and (confirmed or self._structural(kind, step)))
            or strongly
        )
        if step.relation not in ("=", ":="):
            return self._finding(step, "error" if strongly else "not-confirmed", say("inequality"), **more)
        if stray and (
            (shown and shown[0].kind.startswith(("sum", "index")))
            or (strongly and stray[0] in "ijklm" and self._has_index(step.question.left))
        ):
            reason = say("stray-repair", letter=stray[0], repair=kind) if shown else say("stray", letter=stray[0])
            return self._finding(step, "ill-formed", reason, **more)
        if step.outcome.kind == "clash" and sure:
            detail = step.outcome.detail
            return self._finding(
                step,
                "ill-formed",
                say("clash-repair", detail=detail, repair=kind) if shown else say("clash", detail=detail),
                **more,
            )
        if step.outcome.kind == "differ" and sure:
            reason = say("repaired", repair=kind) if shown else say("sandwich") if sandwich else say("differs")
            return self._finding(step, "error", reason, **more)
        if (found := self._surely(step)) is not None:
            return found
        why = undeclared or step.outcome.detail or "the two sides speak of different quantities"
        return self._finding(step, "not-confirmed", say("not-confirmed", why=why), **more)

    @staticmethod
    def _structural(kind: str, step: _Step) -> bool:
        """Whether a repair of this kind is evidence by itself; a transpose is none between numbers."""
        return kind in STRUCTURAL and (
            kind not in ("transpose", "order") or step.outcome.kind == "clash" or isinstance(step.outcome.left, Mat)
        )

    def _comparable(self, step: _Step, repaired: bool) -> bool:
        """Whether the line claims an identity: not an equation to be solved, not a relation between free quantities."""
        context = self.desk.context
        left, right = (_normal(leaves(side, context)) for side in (step.question.left, step.question.right))
        continued = self.continued or step is not self.steps[0]
        if step.question.right.op == "num" and step.question.left.op == "sym":
            return False
        if self._stale(step):
            return False
        if not continued and any(
            side.op == "num" and side.value == 0 for side in (step.question.left, step.question.right)
        ):
            return repaired
        if not left and not right:
            return not any(
                t.text == "\\log" for m in (step.left, step.right) for t in m.tokens
            )  # a logarithm of unknown base
        if not right and not continued:
            return repaired  # expression = number: an equation, or a value put in
        if step.question.left.op == "num" and not continued:
            return repaired
        return right <= left or (self._derived(step.question.left) and bool(right & left))

    def _claims_number(self, step: _Step) -> bool:
        """`\\sum_i x_i = 1 + 0 + 1` puts data in, unless the left side is a constant; a single number may be claimed."""
        right = step.question.right
        if right.op in ("num", "neg") or any(
            n.op not in ("num", "add", "mul", "frac", "neg", "group") for n in walk(right)
        ):
            return True
        return not leaves(step.question.left, self.desk.context) or self._constant(step)

    def _constant(self, step: _Step) -> bool:
        """Whether the left side has one value at every sample, so that a number may be claimed for it."""
        value = step.outcome.left
        if isinstance(value, Mat | Eye | Ones) or value is None:
            return True
        number = Node("num", (), real(value), step.left.start, step.left.end)
        question = replace(step.question, right=number, relation="=")
        return (
            compare(question, self.desk.context, self.desk.dimensions, layout=self.desk.layout or "mixed").kind
            == "equal"
        )

    def _same_quantities(self, step: _Step) -> bool:
        """Whether the line in the middle brings nothing its predecessor does not rest on."""
        left, right = (_normal(leaves(side, self.desk.context)) for side in (step.question.left, step.question.right))
        return right <= left

    def _stale(self, step: _Step) -> bool:
        """Whether a symbol defined in another section stands alone on the left: it may mean something else here."""
        left = step.question.left
        if left.op not in ("sym", "call"):
            return False
        known = self.desk.context.definitions
        name = left.value[0] if isinstance(left.value, tuple) else str(left.value)
        bare = name.rstrip("'").removeprefix("dot ").removeprefix("ddot ")
        found = known.get(name) or known.get(bare)
        return bool(found) and all(d.section != self.desk.context.section for d in found or ())

    @staticmethod
    def _has_index(node: Node) -> bool:
        return any(n.op == "sym" and n.args for n in walk(node))

    @staticmethod
    def _stationary(question: Question) -> bool:
        r"""$\nabla f(x^*) = 0$, $\frac{\partial \ell}{\partial \theta_i} = 0$: said of one place, not claimed of all."""
        sides = (question.left, question.right)
        return {"deriv", "grad"} & {s.op for s in sides} != set() and any(s.op == "num" and s.value == 0 for s in sides)

    @staticmethod
    def _derived(node: Node) -> bool:
        return any(n.op in ("deriv", "grad", "prime") for n in walk(node))

    def _assumption(self, step: _Step, found: tuple[str, str, Outcome]) -> Finding:
        name, kind, _ = found
        latex, _, _ = assumption_text(name, kind)
        counter = shown_counterexample(step.question, self.desk)
        return self._finding(step, "needs-assumption", say("assumption", assumption="$" + latex + "$"), assumption=latex, counterexample=counter,
                             grounded=not grounded(step.question, step.outcome, self.desk.context))  # fmt: skip

    def _repairs(self, step: _Step, after: _Step | None) -> list[tuple[Edit, bool]]:
        start, end = step.right.start, step.right.end
        text = self.text(start, end)
        neighbours = [(step.question.left, self.text(step.left.start, step.left.end), step.left.start)]
        if after is not None:
            neighbours.append((after.question.right, self.text(after.right.start, after.right.end), after.right.start))
        return find_repairs(
            text, start, step.question, self.desk, after.question.right if after is not None else None, neighbours
        )

    def _repair(self, member: Member, edit: Edit) -> Repair:
        start, end = member.start, member.end
        text = self.text(start, end)
        old, new = self.text(edit.start, edit.end), apply_edit(text, edit, start)
        return Repair(edit.start, edit.end, old, edit.new, text, new, edit.kind)
