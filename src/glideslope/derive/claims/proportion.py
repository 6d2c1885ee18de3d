r"""$\propto$ as a claim: $p(\lambda \mid y) \propto \lambda^{a - 1} e^{-b \lambda}$ holds when the quotient of the sides does not change with $\lambda$.

The variable is what the first member of the chain is a function of, left of the bar; else what stands right of it (a likelihood);
where it is a function of nothing, all that both sides speak of. Both sides must change with it. A quantity of which nothing is known
yet gets its form from the line: what the text says of it later on is compared with that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from glideslope.derive.judging.compare import Outcome, Question, compare
from glideslope.derive.judging.evidence import Desk, grounded, leaves, shown_sample, stray_letters
from glideslope.derive.judging.finding import Finding
from glideslope.derive.judging.reasons import say
from glideslope.derive.laws.chance import NAMES, form_of, random_names
from glideslope.derive.meaning.context import Context
from glideslope.derive.meaning.define import head_of
from glideslope.derive.reading.contents import reached
from glideslope.derive.reading.second import Second, SecondIndex
from glideslope.derive.source.chains import Member
from glideslope.derive.syntax.cuts import split
from glideslope.derive.syntax.parser import parse_tokens
from glideslope.derive.syntax.tokens import Token, closing
from glideslope.derive.syntax.tree import Binder, Node, canonical, transform, walk, walk_values
from glideslope.errors import ParseError

__all__ = ["proportional"]


def proportional(
    left: Member, right: Member, relation: str, first: Member, conditions: tuple[Node, ...], desk: Desk
) -> Finding | None:
    """`left ∝ right`: holds, a definition up to a factor, an error, not confirmed, or None where it is not decided."""
    a, b = desk.read(left), desk.read(right)
    form = desk.context.forms.get(canonical(a))
    earlier = [form[1]] if form is not None and form[0] == desk.context.section else []
    failed: tuple[Outcome, Question, str] | None = None
    for variables in _readings(first, a, b, desk):
        names = ", ".join(sorted(_shown(v) for v in variables))
        for side in (a, *earlier):
            sides = _unfolded(side, desk.context), _unfolded(b, desk.context)
            found = _Quotient(*sides, variables, conditions, desk).outcome()
            if found.kind == "equal":
                reason = say("holds-ratio", name=f"${names}$", points=found.points, worlds=found.worlds)
                return Finding(right, left, relation, "holds", reason, found, grounded=not grounded(Question(a, b), found, desk.context))  # fmt: skip
            if found.kind == "differ" and failed is None:
                failed = found, Question(side, b), names
    if form is None and (posterior := _posterior(left, right, relation, (a, b), conditions, desk)) is not None:
        return posterior
    if not earlier and _first_mention(a, b, desk):
        desk.context.forms[canonical(a)] = desk.context.section, b
        return Finding(right, left, relation, "definition", say("form", name=f"${_text(left)}$"), grounded=True)
    if failed is None or any(n.op == "call" and n.value == "log" for n in (a, b)):  # ln p ∝ … is said of ln p + const
        return None
    outcome, question, names = failed
    explicit = any(_arguments(first.tokens, desk)) or bool(_indices(a, desk))
    sure = not grounded(question, outcome, desk.context, strict=True)
    if not sure and (not explicit or _unnamed(question, desk.context)):
        return None
    status = "error" if sure and explicit else "not-confirmed"
    return Finding(right, left, relation, status, say("ratio", name=f"${names}$"), counterexample=shown_sample(outcome), grounded=sure)  # fmt: skip


def _unnamed(question: Question, context: Context) -> bool:
    """Whether a law is called by a name the text gives no formula for: Gam(λ; a, b)."""
    calls = (
        n.value[0] if isinstance(n.value, tuple) else str(n.value)
        for n in reached((question.left, question.right), context)
        if n.op == "call"
    )
    return any(name.startswith(("rm:", "cal:")) and not context.definitions.get(name) for name in calls)


def _text(member: Member) -> str:
    return "".join(t.text + (" " if t.kind == "cmd" else "") for t in member.tokens).strip()


def _shown(name: str) -> str:
    return name.removeprefix("b:")


# -- which variable -------------------------------------------------------------------------------------------------


def _readings(first: Member, a: Node, b: Node, desk: Desk) -> Iterator[set[str]]:
    """The variables in which the sides may be meant, the likeliest first."""
    context = desk.context
    spoken = _rests_on(b, context)
    own, given = _arguments(first.tokens, desk)
    if own or given:
        for names in (own, given):
            if kept := {n for n in names if n in spoken}:
                yield kept
        return
    if indices := _indices(a, desk) & _indices(b, desk):
        yield indices
    elif shared := _rests_on(a, context) & leaves(b, context):
        yield shared


def _rests_on(node: Node, context: Context) -> set[str]:
    """All names a formula rests on, as they are written and as they are known."""
    names = leaves(node, context)
    for part in walk_values(node):
        if part.op == "sym":
            names |= {str(part.value), context.resolve(str(part.value), len(part.args))}
    return names


def _indices(node: Node, desk: Desk) -> set[str]:
    """The letters a formula leaves free as indices."""
    return set(stray_letters(Question(node, Node("num", (), 0)), desk.context)[0])


def _arguments(tokens: list[Token], desk: Desk) -> tuple[set[str], set[str]]:
    """The letters left and right of the bar in the first brackets after a name: p(x | y), L(θ; x)."""
    for k, token in enumerate(tokens[:-1]):
        named = token.kind in ("char", "cmd") and (token.text[-1:].isalpha() or token.text == "'")
        if tokens[k + 1].text == "(" and (named or token.text == "}"):
            inner = tokens[k + 2 : closing(tokens, k + 1)]
            parts = split(inner, ("|", ";"))
            return _letters(parts[0], desk), _letters([t for p in parts[1:] for t in p], desk)
        if token.text in ("=", "+", "\\frac"):
            break
    return set(), set()


def _letters(tokens: list[Token], desk: Desk) -> set[str]:
    found: set[str] = set()
    for part in split(tokens, (",",)):
        value = split(part, ("=",))[-1]  # P(X = k)
        try:
            node = parse_tokens(value, desk.hints)
        except ParseError:
            continue
        if node.op == "sym":
            found |= {str(node.value), desk.context.resolve(str(node.value), len(node.args))}
    return found


# -- the quotient ---------------------------------------------------------------------------------------------------


class _Quotient:
    """Whether a quotient stays the same when some variables change."""

    def __init__(self, a: Node, b: Node, variables: set[str], conditions: tuple[Node, ...], desk: Desk) -> None:
        self.a, self.b, self.conditions, self.desk = a, b, conditions, desk
        self.random = variables & random_names((a, b), desk.context)
        self.second: Second | SecondIndex | None = None
        if not self.random:
            kind = SecondIndex if variables <= _indices(a, desk) else Second
            self.second = kind(variables, _counted((a, b), variables, desk), desk.dimensions)

    def outcome(self) -> Outcome:
        """`equal` where it stays the same, both sides change, and the factor is not always negative."""
        if self.random:
            return self._by_states()
        assert self.second is not None
        if not self.second.possible:
            return Outcome("unknown", "a variable that counts")
        a, b, c, d = _vec(self.a), _vec(self.b), _vec(self.second(self.a)), _vec(self.second(self.b))
        found = self._compare(_product(a, _turned(d)), _product(b, _turned(c)))
        if found.kind != "equal":
            return found
        if any(self._compare(x, y).kind != "differ" for x, y in ((a, c), (b, d))):
            return Outcome("unknown", "a side that does not change")
        overlap = Node("call", (_product(_turned(a), b),), "tr")
        if self._compare(overlap, Node("num", (), 0), "<=").kind == "equal":
            return Outcome("unknown", "a negative factor")
        return found

    def _by_states(self) -> Outcome:
        """A variable that takes a few values by chance: a · Σ b = b · Σ a."""

        def total(*factors: Node) -> Node:
            return Node("big", (_product(*factors),), Binder("sum", tuple(sorted(self.random))))

        a, b = self.a, self.b
        found = self._compare(_product(a, total(b)), _product(b, total(a)))
        still = [self._compare(_product(x, total(x)), total(x, x)).kind != "differ" for x in (a, b)]
        return Outcome("unknown", "a side that does not change") if found.kind == "equal" and any(still) else found

    def _compare(self, left: Node, right: Node, relation: str = "=") -> Outcome:
        context, dimensions = self.desk.context, self.desk.dimensions
        if self.second is not None:
            context, dimensions = self.second.context, self.second.dimensions
        question = Question(left, right, relation, self.conditions)
        found = compare(question, context, dimensions, layout=self.desk.layout or "mixed")
        return replace(found, kind="unknown") if found.kind == "equal" and found.vacuous(question) else found


def _counted(sides: tuple[Node, Node], variables: set[str], desk: Desk) -> Context:
    """The context, with whole numbers for variables that stand under a factorial."""
    found: set[str] = set()
    for side in sides:
        for node in walk(side):
            if node.op == "call" and node.value in ("factorial", "binom"):
                found |= {str(n.value) for n in walk(node) if n.op == "sym"} & variables
    if not found:
        return desk.context
    context = desk.context.fork()
    for name in found:
        context.known[name] = replace(context.fact(name), integer=True)
    return context


def _vec(node: Node) -> Node:
    return Node("call", (Node("group", (node,), "("),), "vec")


def _turned(node: Node) -> Node:
    return Node("transpose", (node,), "sure")


def _product(*factors: Node) -> Node:
    held = tuple(f if f.op == "call" else Node("group", (f,), "(") for f in factors)
    return Node("mul", held, ("",) * len(held)) if len(held) > 1 else held[0]


# -- a first mention ------------------------------------------------------------------------------------------------


def _of_chance(node: Node, context: Context) -> bool:
    """Whether a probability has no formula of its own."""
    head = head_of(node)
    return head is not None and form_of(node, context) is not None and not _is_defined(head, context)


def _is_defined(head: tuple[str, tuple[Node, ...], str], context: Context) -> bool:
    """Whether the text gives these arguments a meaning: p(y | x) is another thing than p(x | y)."""
    return (head[2] != "opaque" and bool(context.definitions.get(head[0]))) or _formula(head, context) is not None


def _formula(head: tuple[str, tuple[Node, ...], str], context: Context) -> Node | None:
    """The formula for just these arguments."""
    wanted = [canonical(n) for n in head[1]]
    known = reversed(context.definitions.get(head[0], ()))
    return next((d.body for d in known if [canonical(n) for n in d.head] == wanted), None)


def _posterior(
    left: Member, right: Member, relation: str, sides: tuple[Node, Node], conditions: tuple[Node, ...], desk: Desk
) -> Finding | None:
    """What a posterior is proportional to, held against its likelihood and prior where the text gives both."""
    product = _by_bayes(sides[0], desk.context)
    if product is None:
        return None
    names = {str(n.value) for n in walk(sides[0].args[0]) if n.op == "sym"}
    shown = ", ".join(sorted(map(_shown, names)))
    found = _Quotient(_unfolded(product, desk.context), _unfolded(sides[1], desk.context), names, conditions, desk).outcome()  # fmt: skip
    if found.kind == "equal":
        desk.context.forms[canonical(sides[0])] = desk.context.section, sides[1]
        reason = say("holds-ratio", name=f"${shown}$", points=found.points, worlds=found.worlds)
        return Finding(right, left, relation, "holds", reason, found)
    if found.kind != "differ":
        return None
    return Finding(right, left, relation, "not-confirmed", say("ratio", name=f"${shown}$"), counterexample=shown_sample(found))  # fmt: skip


def _by_bayes(node: Node, context: Context) -> Node | None:
    r"""$p(y \mid \lambda) \, p(\lambda)$ for $p(\lambda \mid y)$, where the text gives both by formulas."""
    head = head_of(node)
    form = form_of(node, context)
    if head is None or form is None or form.kind != "density" or len(form.args) != 1 or len(form.given) != 1:
        return None
    if head[2] != "opaque" or _formula(head, context) is not None:
        return None
    likelihood = Node("opaque", (*form.given, *form.args), node.value)
    prior = Node("call", form.args, head[0].partition("(")[0])
    if _formula((head[0], likelihood.args, "opaque"), context) is None:
        return None
    if _formula((str(prior.value), prior.args, "call"), context) is None:
        return None
    return Node("mul", (likelihood, prior), ("", ""))


def _unfolded(node: Node, context: Context, depth: int = 0) -> Node:
    """The formula with probabilities that the text gives by formulas written out: they are no chances then."""

    def change(part: Node) -> Node | None:
        head = head_of(part) if part.op in ("call", "opaque") and depth < 4 else None
        body = _formula(head, context) if head is not None and form_of(part, context) is not None else None
        return Node("group", (_unfolded(body, context, depth + 1),), "(") if body is not None else None

    return transform(node, change)


def _first_mention(a: Node, b: Node, desk: Desk) -> bool:
    """Whether nothing is known of the left side: the line says what it is, up to a factor."""
    head, context = head_of(a), desk.context
    if head is None or _is_defined(head, context):
        return False
    form = form_of(a, context)
    if form is not None:  # a claim about all distributions, where the right side speaks of the same ones
        return form.kind == "density" and not any(_of_chance(n, context) for n in walk(b))
    fact = context.known.get(head[0])
    if head[2] != "call" and fact is not None and (fact.declared or fact.structure):
        return False
    named = head[2] != "opaque" or head[0].partition("(")[0].partition("_")[0] in NAMES
    return named and all(canonical(n) != canonical(a) for n in walk(b))
