"""From a failed comparison to what can be said about it: readings, what was guessed, counterexamples.

A failure alone says little. `decide` tries every reading, `mending.find_repairs` one structural edit that makes the step and its neighbour hold,
`assumptions.find_assumption` a structural condition; `grounded` tells whether anything had to be guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from glideslope.derive.claims.bylaw import by_law
from glideslope.derive.evaluation.sample import World, make_world
from glideslope.derive.evaluation.samples import Samples
from glideslope.derive.evaluation.values import Mat, Value
from glideslope.derive.judging.averages import with_averages
from glideslope.derive.judging.capitals import as_matrices
from glideslope.derive.judging.compare import INEQUALITIES, Outcome, Question, compare
from glideslope.derive.judging.designed import by_lines
from glideslope.derive.judging.downstream import downstream
from glideslope.derive.judging.examples import for_each_example
from glideslope.derive.judging.slopes import places_of_slope
from glideslope.derive.judging.undefined import without
from glideslope.derive.meaning.context import Context, Definition
from glideslope.derive.meaning.models import observed
from glideslope.derive.meaning.properties import read_backwards
from glideslope.derive.meaning.rows import flipped, open_rows
from glideslope.derive.meaning.spectra import SPECTRAL
from glideslope.derive.meaning.usage import note_limits
from glideslope.derive.reading.dimensions import Dimensions
from glideslope.derive.reading.letters import free_letters
from glideslope.derive.report import Counterexample
from glideslope.derive.source.chains import Member
from glideslope.derive.syntax.names import FUNCTIONS, INDEX_LETTERS
from glideslope.derive.syntax.parser import Hints, parse_tokens
from glideslope.derive.syntax.tree import Node, canonical, free_symbols, walk, walk_values
from glideslope.errors import ParseError

__all__ = [
    "Desk",
    "decide",
    "given_data",
    "grounded",
    "leaves",
    "names_in",
    "shown_counterexample",
    "shown_sample",
    "stray_letters",
]


@dataclass
class Desk:
    """What lies on the table while a chain is judged."""

    context: Context
    dimensions: Dimensions
    hints: Hints
    layout: str | None = None
    seconds: float = 0.2
    centred: bool = False
    trees: dict[tuple[int, int], tuple[Member, Hints, Node]] = field(default_factory=dict)  # what has been read already

    def read(self, member: Member, hints: Hints | None = None) -> Node:
        """Parse a member.

        Raises:
            ParseError: with the place.
        """
        hints = hints or self.hints
        held = self.trees.get((id(member), id(hints)))
        if held is None:
            node = parse_tokens(member.tokens, hints)
            read_backwards(node, self.context)
            if hints is self.hints:
                note_limits(node, self.context)
            held = self.trees[id(member), id(hints)] = member, hints, node
        return held[2]


def decide(
    left: Member,
    right: Member,
    relation: str,
    conditions: tuple[Node, ...],
    desk: Desk,
    digits: int | None = None,
    samples: Samples | None = None,
) -> tuple[Outcome, Question]:
    """Compare two members in every reading; the first that holds wins, else the plain one's failure."""
    plain: tuple[Outcome, Question] | None = None
    seen: set[tuple[str, ...]] = set()
    for count, (hints, layout, scope) in enumerate(_readings(left, right, desk)):
        try:
            question = Question(desk.read(left, hints), desk.read(right, hints), relation, conditions, digits)
        except (ParseError, RecursionError) as error:
            if plain is None:
                plain = (Outcome("unknown", str(error)), Question(Node("num", (), 0), Node("num", (), 0)))
            continue
        if count == 0:
            desk.dimensions.observe(Node("tuple", (question.left, question.right)), desk.context, shy=True)
        found = _within(scope, question, desk)
        if found is None or (mine := (canonical(question.left), canonical(question.right), layout, scope)) in seen:
            continue  # brackets that may be read in two ways are rare
        seen.add(mine)
        context, dimensions = found
        held = samples if context is desk.context else None
        outcome = compare(question, context, dimensions, layout=layout, samples=held)
        outcome.reading = f"{scope} {layout}" + (" wide" if hints.wide_sums or hints.wide_arguments else "")
        if outcome.kind == "equal" and (scope not in _KEPT or _speaks(outcome, question, desk.context)):
            _adopt(scope, layout, context, dimensions, desk)
            return outcome, question
        failed = outcome.kind in ("differ", "clash") and scope == "all"  # a reading without definitions proves no slip
        if plain is None or (plain[0].kind in ("unknown", "empty") and failed):
            plain = outcome, question
    assert plain is not None
    desk = replace(desk, context=given_data(plain[1], desk.context) or desk.context)
    lawful = by_law(left, right, relation, conditions, desk, digits)
    if lawful is not None or plain[0].kind not in ("differ", "clash", "unknown"):
        return lawful or plain
    known = desk.context, desk.dimensions
    second = downstream(plain[1], *known, desk.context.numerator) or as_matrices(
        plain[1], *known, desk.layout or "mixed"
    )
    return plain if second is None else (second, plain[1])


def _within(scope: str, question: Question, desk: Desk) -> tuple[Context, Dimensions] | None:
    """What is known in a reading; None where it is no other than the plain one, or cannot be told."""
    context, dimensions = desk.context, desk.dimensions
    other: Context | None = context
    if scope in _KEPT:
        other = without(question, context, dimensions, _KEPT[scope](context.section))
    elif scope == "lying":
        other = flipped(context) if open_rows((question.left, question.right), context) else None
    elif scope in ("rows", "columns"):
        other = by_lines(question, context, scope)
    elif scope == "each":
        return for_each_example(question, context, dimensions)
    elif scope == "means":
        other = with_averages(question, given_data(question, context) or context)
    elif scope == "observed":
        other = given_data(question, context, moving=False)
    elif context.models:
        other = given_data(question, context) or context
    return None if other is None else (other, dimensions)


def _adopt(scope: str, layout: str, context: Context, dimensions: Dimensions, desk: Desk) -> None:
    """Go on in the reading in which a claim held: the text has shown what it means."""
    if layout != "mixed":
        desk.layout = layout
    if scope == "lying":
        desk.context.lying, desk.context.lain = not desk.context.lying, True
    if scope in ("rows", "columns", "each"):
        desk.context.definitions, desk.context.examples = context.definitions, context.examples
        desk.dimensions.parent.update(dimensions.parent)


_KEPT: dict[str, Callable[[int], Callable[[Definition], bool]]] = {
    "none": lambda section: lambda d: False,
    "local": lambda section: lambda d: d.section == section,
}


def _speaks(outcome: Outcome, question: Question, context: Context) -> bool:
    """Whether agreement without the definitions says anything: no slope that is 0 for want of one, no bound of any function or of what the text defines."""
    sides = (question.left, question.right)
    if question.relation in INEQUALITIES:
        named = any(s.op == "sym" and context.resolve(str(s.value), len(s.args)) in context.definitions for s in sides)
        return not named and outcome.world is not None and ("open function",) not in outcome.world.arrays
    return outcome.nonzero or not any(n.op in ("deriv", "grad") for s in sides for n in walk(s))


def given_data(question: Question, context: Context, moving: bool = True) -> Context | None:
    """Where something is differentiated the data of a model are given: the context that says so, None where it is the same."""
    sides = question.left, question.right
    if not context.models or (moving and not any(n.op in ("deriv", "grad") for s in sides for n in walk(s))):
        return None
    return observed(context, sides)


def _readings(left: Member, right: Member, desk: Desk) -> Iterator[tuple[Hints, str, str]]:
    """(hints, layout, definitions) to try, the most natural first."""
    base = desk.hints
    texts = [t.text for m in (left, right) for t in m.tokens]
    first = desk.context.numerator or desk.layout or "mixed"
    yield base, first, "all"
    has_derivative = any(t in ("\\partial", "\\nabla", "d") for t in texts)
    if has_derivative and desk.context.numerator is None:
        for layout in ("mixed", "numerator", "denominator"):
            if layout != first:
                yield base, layout, "all"
    if desk.context.models:
        yield base, first, "observed"
    if "\\sum" in texts or "\\prod" in texts or "\\max" in texts or "\\min" in texts:
        yield replace(base, wide_sums=True), first, "all"
    if any(t in ("\\log", "\\ln", "\\sin", "\\cos", "\\exp", "\\tanh") for t in texts):
        yield replace(base, wide_arguments=True), first, "all"
        if "\\frac" in texts and "e" in texts:
            yield replace(base, narrow_arguments=True), first, "all"
    yield from ((base, first, lines) for lines in ("lying", "rows", "columns"))
    if any(t in ("\\bar", "\\overline", "s") for t in texts) or desk.context.definitions:
        yield base, first, "means"
    if desk.context.definitions:
        yield base, first, "each"
        yield base, first, "none"
        if any(d.section != desk.context.section for found in desk.context.definitions.values() for d in found):
            yield base, first, "local"


def stray_letters(question: Question, context: Context) -> tuple[list[str], list[str]]:
    """Letters free on the left only, and on the right only."""
    world = make_world(context, 0, "mixed")
    left, right = (free_letters(side, context, world) for side in (question.left, question.right))
    return [x for x in left if x not in right], [x for x in right if x not in left]


def all_letters(question: Question) -> list[str]:
    """Index letters in play on either side, bound or free."""
    found: dict[str, None] = {}
    for side in (question.left, question.right):
        for node in walk(side):
            if node.op == "sym":
                for arg in node.args:
                    for leaf in walk(arg):
                        if leaf.op == "sym" and str(leaf.value).rstrip("'") in INDEX_LETTERS:
                            found[str(leaf.value)] = None
    return list(found)


def grounded(question: Question, outcome: Outcome, context: Context, strict: bool = False) -> str:
    """Empty when nothing had to be guessed, else the name that was not declared or defined."""
    if outcome.unknown:
        return sorted(outcome.unknown)[0]
    sides = (question.left, question.right)
    bound = {letter for side in sides for letter in _bound_letters(side)}
    indices = {letter for side in sides for letter in _index_letters(side)}
    stack = [name for side in sides for name in sorted(names_in(side))]  # the same name first in every run
    seen: set[str] = places_of_slope(question.left, context) if strict else set()
    while stack:
        name = stack.pop()
        if _means_more(name):
            return name
        if name.startswith("cal:") and name not in context.definitions:
            continue
        if name in context.definitions:
            if strict and name not in seen:
                seen.add(name)
                for definition in context.definitions[name]:
                    heads = {str(n.value) for h in definition.head for n in walk(h) if n.op == "sym"}
                    bound |= _bound_letters(definition.body)
                    indices |= _index_letters(definition.body)
                    stack.extend(n for n in sorted(names_in(definition.body)) if n not in heads)
            continue
        bare = name.rstrip("'")
        counts = bare in bound or bare in indices or bare in context.integers or bare in context.ranges
        if counts and not strict:
            continue
        resolved = _resolved(bare, context)
        if resolved in seen:
            continue
        seen.add(resolved)
        known = context.definitions
        definitions = known.get(resolved) or known.get(bare) or known.get(context.resolve(bare, 2))
        if definitions:
            if strict:
                stack.append(definitions[0].name)
            continue  # what a definition is made of, the text has introduced
        if counts:
            continue
        if bare in CONSTANTS and not (bare == "e" and (fact := context.known.get("e")) and fact.indexed):
            continue  # e_i is no Euler's number
        if _guessed(bare, resolved, context, strict):
            return bare
    return ""


def _bound_letters(node: Node) -> set[str]:
    return {letter for n in walk(node) if n.op == "big" for letter in n.value.letters}


def _index_letters(node: Node) -> set[str]:
    indices = (n.args if n.op == "sym" else n.args[1:] for n in walk(node) if n.op in ("sym", "slice"))
    return {str(leaf.value) for found in indices for a in found for leaf in walk(a) if leaf.op == "sym"}


def _means_more(name: str) -> bool:
    """Var, Cov, KL …: their meaning is not in the text."""
    upright = name.startswith("rm:") and len(name) > 4 and name[3:] not in FUNCTIONS
    return (upright and not name.startswith(("rm:new", "rm:H"))) or name in ("rm:E", "rm:P", "rm:V", "bb:E", "bb:P")


def _resolved(bare: str, context: Context) -> str:
    """The name under which the text knows the symbol."""
    options = (context.resolve(bare, 2), context.resolve(bare, 1), context.resolve(bare, 0))
    for option in options:
        fact = context.known.get(option)
        if option in context.definitions or (fact is not None and fact.declared):
            return option
    return options[1]


def _guessed(bare: str, resolved: str, context: Context, strict: bool) -> bool:
    """Whether the text never said what the symbol is."""
    fact = context.known.get(resolved) or context.known.get(bare) or context.known.get(context.resolve(bare, 2))
    if fact is None or not (fact.declared or fact.mentioned or fact.structure):
        if strict:
            return True
        bodies = (d.body for definitions in context.definitions.values() for d in definitions)
        return bare not in context.functions and not any({bare, resolved} & set(names_in(body)) for body in bodies)
    if not strict:
        return False
    if not (fact.declared or fact.structure or fact.given):
        return True
    # An estimate or a mean is made of other things, and the text has not said how.
    return bare.startswith(("hat ", "bar ", "tilde ")) and fact.ahead and not fact.structure


def leaves(node: Node, context: Context) -> set[str]:
    """The free quantities a formula rests on, its index letters left out."""
    found: set[str] = set()
    seen: set[str] = set()
    stack: list[Node] = [node]
    skip: set[str] = set()
    direct: set[str] = set()
    while stack:
        here = stack.pop()
        bound = {letter for n in walk(here) if n.op == "big" for letter in n.value.letters}
        skip |= bound
        for part in walk_values(here):
            if part.op not in ("sym", "call", "opaque"):
                continue
            name = part.value[0] if isinstance(part.value, tuple) else str(part.value)
            options = [name, name.rstrip("'"), context.resolve(name, len(part.args)), context.resolve(name, 2)]
            defined = next((o for o in options if o in context.definitions), None)
            if defined is None:
                if part.op == "sym" and name not in CONSTANTS and name not in context.integers and name not in bound:
                    found.add(context.resolve(name, len(part.args)))
            elif defined not in seen:
                seen.add(defined)
                for definition in context.definitions[defined]:
                    stack.append(definition.body)
                    skip |= {str(n.value) for h in definition.head for n in walk(h) if n.op == "sym" and not n.args}
        if here is node:
            direct = set(found)
    return direct | (found - skip)


CONSTANTS = {"\\pi", "e", "I", "b:I", "b:1", "b:0", "\\delta", "T", "bb:1", "1", "0", "exp", "log", "sin", "cos", "tanh", "sqrt", "softmax", "sigmoid", "relu", "tr", "det",
             "diag", "max", "min", "indicator", "binom", "factorial", "tan", "sinh", "cosh", "arctan", "arcsin", "arccos", "skew", "vec", "logsumexp", "sign", "floor", "ceil", "softplus", *SPECTRAL}  # fmt: skip


def names_in(node: Node) -> set[str]:
    """The free names of a formula, functions included."""
    return {n[0] if isinstance(n, tuple) else str(n) for n in free_symbols(node)}


# -- counterexamples ------------------------------------------------------------------------------------------------


def shown_counterexample(question: Question, desk: Desk) -> Counterexample | None:
    """The smallest friendly numbers at which the sides differ."""
    layout = desk.layout or desk.context.numerator or "mixed"
    best: Counterexample | None = None
    for worlds in (1, 2):
        outcome = compare(
            question, desk.context, desk.dimensions, layout=layout, worlds=worlds, points=6, friendly=True
        )
        if outcome.kind == "differ" and outcome.world is not None:
            best = _shown(outcome, outcome.world)
            break
    return best


def shown_sample(outcome: Outcome) -> Counterexample | None:
    """The numbers at which a comparison failed, friendly or not."""
    return _shown(outcome, outcome.world) if outcome.kind == "differ" and outcome.world is not None else None


def _shown(outcome: Outcome, world: World) -> Counterexample:
    values = [(letter, str(k)) for letter, k in sorted(outcome.bind.items())]
    for (name, indices), value in sorted(world.leaves.items(), key=lambda item: (str(item[0][0]), str(item[0][1]))):
        if not str(name).startswith("∂"):
            values.append((_label(str(name), indices), _number(value)))
    return Counterexample(tuple(values[:16]), _printed(outcome.left), _printed(outcome.right))


def _label(name: str, indices: object) -> str:
    plain = name.removeprefix("b:")
    parts = [str(i) for i in indices] if isinstance(indices, tuple) else []
    if not parts:
        return plain
    return f"{plain}_{parts[0]}" if len(parts) == 1 and len(parts[0]) == 1 else f"{plain}_{{{','.join(parts)}}}"


def _number(value: object) -> str:
    if isinstance(value, complex):
        value = value.real
    return f"{value:.4g}" if isinstance(value, float | int) else str(value)


def _printed(value: Value) -> str:
    if isinstance(value, Mat):
        rows = [", ".join(_number(x) for x in value.row(i)) for i in range(value.rows)]
        return "[" + "; ".join(rows) + "]"
    return _number(value)
