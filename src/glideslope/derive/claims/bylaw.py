r"""The reading in which named laws count: tried when no other reading holds, and for what looks like a definition of E(X), Var(X), f_X.

Equations about a lawful variable are computed from its law, not from what the text says of them before.
A step holds when both rules of the law agree with it; where a family has several conventions, the document must hold to one of them.
A failure alone says nothing here; it is an alarm only where one small edit of the line agrees with the law (`slips.sure`).
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from glideslope.derive.judging.averages import with_averages
from glideslope.derive.judging.compare import DOMAINS, INEQUALITIES, Outcome, Question, compare
from glideslope.derive.judging.finding import Finding
from glideslope.derive.judging.reasons import say
from glideslope.derive.laws.chance import MEANS, NAMES, form_of, key_of
from glideslope.derive.laws.families import FAMILIES, family_named
from glideslope.derive.laws.lawful import ByLaw
from glideslope.derive.laws.standing import standing
from glideslope.derive.laws.stated import MOMENTS, Stated
from glideslope.derive.laws.transforms import TRANSFORMS
from glideslope.derive.laws.unnamed import kinds_for, unnamed
from glideslope.derive.meaning.context import Context, Definition
from glideslope.derive.meaning.define import define, defines
from glideslope.derive.reading.contents import reached
from glideslope.derive.report import Verdict
from glideslope.derive.source.chains import Member
from glideslope.derive.syntax.names import DENSITIES, DIVERGENCES
from glideslope.derive.syntax.tree import Node, walk
from glideslope.errors import ParseError

if TYPE_CHECKING:
    from glideslope.derive.judging.evidence import Desk

__all__ = ["asks_chance", "by_law", "judged_by_law", "one_convention", "stated_by_law"]

CROWDED = "an expectation over too many variables"
VARIANCES = {"rm:Var", "Var", "bb:V"}
Assignment = frozenset[tuple[str, str]]


def by_law(
    left: Member, right: Member, relation: str, conditions: tuple[Node, ...], desk: Desk, digits: int | None = None
) -> tuple[Outcome, Question] | None:
    """The outcome in the reading by laws where it holds there, else None."""
    try:
        question = Question(desk.read(left), desk.read(right), relation, conditions, digits)
    except (ParseError, RecursionError):
        return None
    outcome = judged_by_law(question, desk)
    if outcome is None or outcome.kind != "equal":
        outcome = _with_laws(question, _as_said(desk.context, question), desk)
        if outcome is None or outcome.kind != "equal" or not outcome.nonzero:
            return None  # densities too small to be told apart
    return outcome, question


def stated_by_law(members: list[Member], left: Node, right: Node, relation: str, conditions: tuple[Node, ...], desk: Desk, judged: Outcome | None = None) -> Finding | None:  # fmt: skip
    """`E(X) = n p` where the text names the law of X: a claim, and known from here on; `judged` is its outcome, where it is known."""
    if left.op not in ("call", "opaque"):
        return None
    named = _about(left, desk.context, desk.context.laws)
    if not named and not _rests_on_law(left, desk.context) and not unnamed((left, right), "", desk.context):
        return None
    if not defines(left, right, desk.context):
        return None
    outcome = judged or judged_by_law(Question(left, right, "=", conditions), desk)
    if outcome is None or outcome.kind in ("unknown", "empty", "clash"):
        return None
    if outcome.kind == "differ" and not named:
        return None
    if outcome.kind == "differ":
        event = left.op == "opaque" and any(n.op == "rel" for n in left.args)
        if _name(left) in DENSITIES and not event:
            if _name(left) in ("f", "p") and left.op == "call" and _single(left):
                for key in named:  # the text gives another density than the law's: the text wins
                    desk.context.laws.pop(key, None)
            return None
        define(left, right, desk.context, conditions)
        return Finding(
            members[1], members[0], relation, "not-confirmed", say("not-confirmed", why=_name(left)), outcome
        )
    define(left, right, desk.context, conditions)
    key = "holds" if outcome.domain == "mixed" else "holds-domain"
    reason = say(key, points=outcome.points, worlds=outcome.worlds, domain=outcome.domain)
    return Finding(members[1], members[0], relation, "holds", reason, outcome)


def asks_chance(node: Node, context: Context) -> bool:
    """Whether a formula has a meaning in probability that no equation of the text gives it: E(X), Var(X), f_X(x) where X has a law."""
    form = form_of(node, context)
    if form is not None and form.kind != "density":
        return True
    return node.op in ("call", "opaque") and bool(_about(node, context, context.laws))


def _rests_on_law(left: Node, context: Context) -> bool:
    """Whether a form speaks of a lawful variable through a definition: Y = a X + b."""
    known, subject = _moments(context) | context.laws, _subject(left)
    plain = subject.op == "sym" and subject.value not in context.definitions
    return bool(known) and not plain and bool(_about(left, context, known, through=True))


def _subject(node: Node) -> Node:
    """What a form is said of: Y in $F_Y(y)$."""
    under = isinstance(node.value, tuple) and node.value[1] == 1 and node.value[0] in TRANSFORMS
    return node.args[-1 if under else 0]


def _single(node: Node) -> bool:
    return len(node.args) == (2 if isinstance(node.value, tuple) else 1)


def judged_by_law(question: Question, desk: Desk) -> Outcome | None:
    """Equal in some convention, or how it fails in the first; None where no law is asked for."""
    sides = question.left, question.right
    found: Outcome | None = None
    for kind in kinds_for(sides, desk.context):
        lots = unnamed(sides, kind, desk.context)
        outcome = _with_laws(question, _lawful_context(desk.context, lots), desk)
        found = outcome if found is None or outcome is None or outcome.kind != "equal" else found
        if not lots or found is None or found.kind != "equal":
            break
    return found


def _with_laws(question: Question, context: Context, desk: Desk) -> Outcome | None:
    if not _concerned(question, context):
        return None
    first, used, spoken = _outcome(question, context, {}, desk)
    if not spoken:
        return None
    good: list[Assignment] = []
    best = first
    names = sorted(used)
    for choice in itertools.product(*(FAMILIES[name].conventions for name in names)):
        chosen = dict(zip(names, choice, strict=True))
        plain = all(FAMILIES[name].conventions[0] == c for name, c in chosen.items())
        outcome = first if plain else _outcome(question, context, chosen, desk)[0]
        nothing = not outcome.nonzero and context.by_law is not None and bool(context.by_law.stands)
        if outcome.kind == "equal" and not outcome.vacuous(question) and not nothing:
            good.append(frozenset(chosen.items()))
            best = outcome if best.kind != "equal" else best
        elif outcome.kind != "differ" and best.kind == "differ":
            best = outcome
    if names and good:
        choices = [
            frozenset(zip(names, c, strict=True)) for c in itertools.product(*(FAMILIES[n].conventions for n in names))
        ]
        written = [c for c in choices if _as_written(dict(c), context, desk)]
        if 0 < len(written) < len(choices):  # else it says nothing of the convention
            good = [g for g in good if g in written]
            if not good:
                return replace(best, kind="differ")
    if good:
        best.conventions = tuple(good) if names else ()
        best.reading = "law"
    elif best.kind == "equal":  # 0 = 0, which says nothing
        return replace(best, kind="unknown")
    return best


def _as_written(chosen: dict[str, str], context: Context, desk: Desk) -> bool:
    r"""Whether a convention agrees with the density the text itself gives: $f_X(x) = \lambda e^{-\lambda x}$ says that λ is a rate."""
    for label, held in desk.context.definitions.items():
        for definition in held if _name_of(label) in DENSITIES else ():
            if not _heads(definition, context):
                continue
            head, kind = definition.head, definition.kind
            below = kind == "call" and len(head) == 2 and head[1].op == "sym" and str(head[1].value).isupper()
            left = Node(kind, head, (label, 1) if below else label)
            if _outcome(Question(left, definition.body), context, chosen, desk)[0].kind == "differ":
                return False
    return True


def _outcome(
    question: Question, context: Context, conventions: dict[str, str], desk: Desk
) -> tuple[Outcome, set[str], bool]:
    """Compare by both rules of each law, with few values for each of many variables."""
    used: set[str] = set()
    spoken = False
    outcome = Outcome("unknown")
    given = tuple(node for law in context.laws.values() for node in law.parameters if node is not None)
    parameters = {str(n.value) for n in reached(given, context) if n.op == "sym"}
    stands, parts = standing((question.left, question.right), context.laws, parameters, context)
    layout = desk.layout or context.numerator or "mixed"
    for crowd in range(1, 6):
        for fineness, worlds in ((0, 3), (1, 1)):
            context.by_law = ByLaw(
                context.laws,
                conventions,
                fineness,
                crowd,
                ordered=question.relation in INEQUALITIES,
                stands=stands,
                parts=parts,
                pieced=any(n.op == "cases" for side in (question.left, question.right) for n in walk(side)),
            )
            found = _anywhere(question, context, desk, layout, worlds)
            used |= context.by_law.used
            spoken |= context.by_law.spoken
            outcome = found if fineness == 0 or found.kind != "equal" else outcome
            if found.kind != "equal":
                break
        if outcome.detail != CROWDED:
            break
    return outcome, used, spoken


def _anywhere(question: Question, context: Context, desk: Desk, layout: str, worlds: int) -> Outcome:
    """Where every number lies in (0, 1) a count is most often 0, and much is true of 0: that alone says nothing."""
    found = compare(question, context, desk.dimensions, layout=layout, worlds=worlds)
    counts = any(law.family in FAMILIES and FAMILIES[law.family].discrete for law in context.laws.values())
    if not (counts and found.kind == "equal" and found.domain == DOMAINS[-1]):
        return found
    wider = compare(question, context, desk.dimensions, layout=layout, worlds=worlds, domains=DOMAINS[:-1])
    return wider if wider.kind == "differ" else found


def _lawful_context(context: Context, lots: dict[str, Stated]) -> Context:
    """The context without what the text says of lawful variables' probabilities, which are to be computed."""
    found = context.fork()
    found.laws = lots | _moments(context) | context.laws
    for name, held in context.definitions.items():
        kept = [d for d in held if not (_name_of(name) in NAMES | TRANSFORMS and _heads(d, found))]
        if context.second and _name_of(name) in DIVERGENCES:
            kept = []
        if len(kept) == len(held):
            continue
        del found.definitions[name]
        if kept:
            found.definitions[name] = kept
        else:
            found.functions.discard(name)
    for law in found.laws.values():
        found.random.add(law.name)
        for node in filter(None, law.parameters if law.family == MOMENTS else ()):
            name = str(node.args[0].value if node.op == "pow" else node.value)
            held = context.definitions.get(name, [])
            if kept := [d for d in held if d.head or form_of(d.body, context) is None]:
                found.definitions[name] = kept
            elif held:
                found.definitions.pop(name)  # "mean $\\mu = E[X]$": X is made to have it
    return found


def _as_said(context: Context, question: Question) -> Context:
    """The context in which the text's own densities count, and those it names have their formulas: data are numbers."""
    found = context.fork()
    found.laws, found.random, found.second = {}, set(), {}
    return with_averages(question, found) or found


def _moments(context: Context) -> dict[str, Stated]:
    r"""The variables of which the text gives the mean or the variance: $\mathrm{E}(X_i) = \mu$, $\mathrm{Var}(X_i) = \sigma^2$."""
    found = {key: law for key, law in context.moments.items() if law.name not in context.definitions}
    for label, held in context.definitions.items():
        place = 0 if _name_of(label) in MEANS else 1 if _name_of(label) in VARIANCES else None
        for definition in held if place is not None else ():
            if definition.kind == "symbol" or len(definition.head) != 1:
                continue
            node = definition.head[0]
            plain = node.op == "sym" and all(a.op == "sym" and not a.args for a in node.args)
            name = str(node.value)
            if not plain or name in context.definitions or any(form_of(n, context) for n in walk(definition.body)):
                continue
            if key_of(name, ()) in {key_of(str(n.value), ()) for n in walk(definition.body) if n.op == "sym"}:
                continue
            law = found.get(key_of(name, ())) or Stated(name, node.args, MOMENTS, (None, None))
            if [a.value for a in law.head] == [a.value for a in node.args]:
                parameters = tuple(definition.body if k == place else old for k, old in enumerate(law.parameters))
                found[key_of(name, ())] = replace(law, parameters=parameters)
    return found


def _heads(definition: Definition, context: Context) -> set[str]:
    names = {str(n.value) for head in definition.head for n in walk(head) if n.op == "sym"}
    through = [Node("sym", (), name) for name in names if name.isupper() and name in context.definitions]  # Y = g(X)
    names |= {str(n.value) for n in reached(tuple(through), context) if n.op == "sym"}
    return {key_of(name, ()) for name in names} & set(context.laws)


def _about(node: Node, context: Context, laws: dict[str, Stated], through: bool = False) -> set[str]:
    """The lawful variables a form speaks of; what is given in it is not spoken of."""
    if context.second and _name(node) in DIVERGENCES:
        return set(context.second) & set(laws)
    if _name(node) not in NAMES | TRANSFORMS:
        return set()
    form = form_of(node, context) if _subject(node) is node.args[0] else None
    parts = form.args if form is not None else (node,)
    found = reached(tuple(parts), context) if through else (n for part in parts for n in walk(part))
    return {key_of(str(n.value), ()) for n in found if n.op == "sym"} & set(laws)


def _name(node: Node) -> str:
    return _name_of(str(node.value[0] if isinstance(node.value, tuple) else node.value))


def _name_of(label: str) -> str:
    return label.partition("(")[0]


def _concerned(question: Question, context: Context) -> bool:
    """Whether a step, or what it rests on, speaks of a lawful variable or of a named density."""
    for node in reached((question.left, question.right), context):
        if node.op == "sym" and key_of(str(node.value), ()) in context.laws:
            return True
        if context.second and _name(node) in DIVERGENCES:
            return True
        named = node.op == "call" and len(node.args) > 1 and isinstance(node.value, str) and ":" in node.value
        if named and family_named(str(node.value)):
            return True
    return False


def one_convention(verdicts: list[Verdict], resting: list[tuple[Verdict, tuple[Assignment, ...]]]) -> list[Verdict]:
    """Where no one convention bears all steps that rest on a law, none of them is confirmed."""
    common: set[Assignment] | None = None
    for _, assignments in resting:
        names = {name for a in assignments for name, _ in a}
        full = {a for a in _every(resting) if any(part <= a for part in assignments)} if names else None
        if full is not None:
            common = full if common is None else common & full
    if common is None or common:
        return verdicts
    doubted = {id(v): sorted({name for a in found for name, _ in a}) for v, found in resting}
    return [
        replace(v, status="not-confirmed", reason=say("not-confirmed", why=doubted[id(v)][0]), domain=None)
        if id(v) in doubted
        else v
        for v in verdicts
    ]


def _every(resting: list[tuple[Verdict, tuple[Assignment, ...]]]) -> list[Assignment]:
    names = sorted({name for _, found in resting for a in found for name, _ in a})
    choices = itertools.product(*(FAMILIES[name].conventions for name in names))
    return [frozenset(zip(names, choice, strict=True)) for choice in choices]
