"""The first step of a chain: does it state something (a definition, a constraint, an update) or claim it?

An equation about probabilities that is true of every distribution is a claim, though it may look like a definition.
"""

from __future__ import annotations

import re
from dataclasses import replace

from glideslope.derive.claims.bylaw import asks_chance, judged_by_law, stated_by_law
from glideslope.derive.claims.relations import judge_relation
from glideslope.derive.judging.compare import Question, compare, relevant
from glideslope.derive.judging.evidence import Desk, decide
from glideslope.derive.judging.finding import Finding
from glideslope.derive.judging.reasons import say
from glideslope.derive.laws.chance import NAMES, form_of
from glideslope.derive.meaning.context import Context
from glideslope.derive.meaning.define import define, defines, head_of, made_of, new_function, take_constraint
from glideslope.derive.meaning.inverted import given_by_image
from glideslope.derive.meaning.parts import name_parts
from glideslope.derive.meaning.renewal import renew
from glideslope.derive.meaning.turned import solved_for, trade, unsolved
from glideslope.derive.meaning.usage import note_usage
from glideslope.derive.reading.contents import reached
from glideslope.derive.slips.sure import sure_repair
from glideslope.derive.source.chains import Chain, Member
from glideslope.derive.syntax.names import FUNCTIONS, is_sized
from glideslope.derive.syntax.tree import Node, canonical, free_symbols, walk, walk_values
from glideslope.errors import ParseError

__all__ = ["given_anew", "opening"]

SUCH = re.compile(r"\b(?:such that|satisfy(?:ing)?|satisfies)(?:\W|\\label\{[^}]*\})*\Z|使得\W*\Z", re.I)


def opening(chain: Chain, desk: Desk, conditions: tuple[Node, ...], before: str = "", text: str = "") -> Finding | None:
    """The first step when it states something instead of claiming it: a definition, a constraint, an update.

    Args:
        before: the words before the chain, which may introduce a letter anew.
        text: the right side as it is written; without it no slip is looked for.
    """
    members, relation = chain.members, chain.relations[0]
    if relation in ("assign", "to", "in", "dist", "prop", "implies", "notin", "subset"):
        return judge_relation(members[0], members[1], relation, members[0], conditions, desk)
    if relation not in ("=", ":="):
        return None
    try:
        left, right = desk.read(members[0]), desk.read(members[1])
    except (ParseError, RecursionError):
        return _opaque_definition(members, relation, desk)
    if (name := new_function(left, right, desk.context)) is not None:
        desk.hints = replace(desk.hints, functions=desk.hints.functions | {name})
        left, right = desk.read(members[0]), desk.read(members[1])
    for side in (left, right):
        note_usage(side, desk.context)
    trade((left, right), desk.context)
    alone = len(members) == 2 or chain.relations[1:] in (["succ"], ["succeq"])  # P = P^T ≻ 0 states what P is
    if alone and (bound := take_constraint(left, right, desk.context)):
        return Finding(members[1], members[0], relation, "skipped", say("skip-constraint"), assumption=bound)
    if (
        head_of(left) is not None
        and left.op == "sym"
        and not desk.context.definitions.get(str(left.value))
        and canonical(left) in map(canonical, (n for n in walk_values(right) if n.op == "sym"))
    ):
        if _always(members, conditions, desk) or _mended(members, conditions, desk, text):
            return None  # b = p + (b - p) gives b no new value
        return Finding(members[1], members[0], relation, "skipped", say("skip-update"))
    renew(left, right, desk.context, before)
    if _names_function(left, right, desk.context):
        return _defined(members, relation, "definition", _shown_name(right))
    if _restates(left, right, desk):
        desk.context.definitions.pop(str(left.value), None)
        define(left, right, desk.context, conditions)
        return _defined(members, relation, "again", _shown_name(left))
    if _speaks_of_chance(left, right, desk) and _always(members, conditions, desk):
        return None  # true of every distribution: a claim, no definition
    lawful = judged_by_law(Question(left, right, "=", conditions), desk) if asks_chance(left, desk.context) else None
    decided = lawful is not None and lawful.kind == "equal"
    if relation == "=" and not decided and _slipped(members, left, right, conditions, desk, before, text):
        return None
    if (claimed := stated_by_law(members, left, right, relation, conditions, desk, lawful)) is not None:
        return claimed
    if relation == "=" and (rate := _rate_of(left, desk)):
        if SLOPE.search(re.split(r"[.。]\s", before)[-1]) or not any(
            n.op == "call" and n.value in (rate, (rate, 1)) for n in walk(right)
        ):
            return None
        if _always(members, conditions, desk):
            return None  # f' = …f… may name another function; where it holds it is the slope
    return _meaning(members, relation, left, right, conditions, desk, bool(SUCH.search(before)))


def _meaning(
    members: list[Member],
    relation: str,
    left: Node,
    right: Node,
    conditions: tuple[Node, ...],
    desk: Desk,
    such: bool = False,
) -> Finding | None:
    """What the equation gives its meaning to, where it is no claim."""
    if relation == "=" and (names := name_parts(left, right, desk.context)):
        return _defined(members, relation, "definition", ", ".join(n.replace("b:", "") for n in names))
    if (square := given_by_image(left, right, desk.context)) is not None:
        desk.dimensions.observe(Node("tuple", (left, right)), desk.context)
        define(*square, desk.context)
        return _defined(members, relation, "definition", _shown_name(square[0]))
    if _solved_back(left, right, desk.context):
        return None  # x = g^{-1}(y), where y = g(x): a claim
    if made_of(left, right, desk.context) and not desk.context.definitions.get(str(left.value)):
        # solved for what the other is made of: roots have several values, and texts take one
        if any(n.op == "sym" and not desk.context.definitions.get(str(n.value)) for n in walk_values(right)):
            return Finding(members[1], members[0], relation, "definition", say("relation"))
        held = _always(members, conditions, desk)
        return (
            None
            if held
            else Finding(members[1], members[0], relation, "not-confirmed", say("not-confirmed", why=_shown_name(left)))
        )
    if relation == "=" and (shown := _solved(members, left, right, conditions, desk)) is not None:
        return shown
    values = _value_of_known(left, right, desk)
    if not values and defines(left, right, desk.context):
        desk.dimensions.relate(left, right, desk.context)
        given = relevant(Question(left, right, conditions=conditions), desk.context).conditions
        define(left, right, desk.context, given)
        return _defined(members, relation, "definition", _shown_name(left))
    if values:
        return Finding(members[1], members[0], relation, "skipped", say("skip-numbers"))
    if _introduces(left, right, desk, such):
        return Finding(members[1], members[0], relation, "definition", say("relation"))
    return None


SLOPE = re.compile(r"\b(?:derivatives?|differentiat\w+|slope)\b|导数|求导|微分", re.I)
DEFINES = re.compile(r"\b(?:defin\w+|denot\w+|let|we (?:write|call)|notation)\b|定义|记作|记为|[令设]", re.I)


def _slipped(
    members: list[Member], left: Node, right: Node, conditions: tuple[Node, ...], desk: Desk, before: str, text: str
) -> bool:
    """Whether one small edit makes a line true that would give E(X), f_X(x) or f'(x) another meaning than the text has given them."""
    if not text or DEFINES.search(re.split(r"[.。]\s", before)[-1]):
        return False
    rated = bool(_rate_of(left, desk))
    if not rated and not asks_chance(left, desk.context):
        return False
    return not _of_other_parameters(left, desk) and _mended(members, conditions, desk, text)


def _of_other_parameters(left: Node, desk: Desk) -> bool:
    """p(y | μ, τ) beside a formula for p(y | μ, σ²): the density by other parameters is a function of its own."""
    found = desk.context.definitions.get(str(left.value), ()) if left.op == "opaque" else ()
    mine = [canonical(a) for a in left.args]
    return bool(found) and not any([canonical(h) for h in d.head] == mine for d in found)


def _mended(members: list[Member], conditions: tuple[Node, ...], desk: Desk, text: str) -> bool:
    """Whether a line is false, and true after one small edit."""
    outcome, question = decide(members[0], members[1], "=", conditions, desk)
    if not text or outcome.kind != "differ":
        return False
    return sure_repair(question, text, members[1].start, desk, outcome) is not None


def _solved(members: list[Member], left: Node, right: Node, conditions: tuple[Node, ...], desk: Desk) -> Finding | None:
    """An equation solved for what the right side is made of: a claim where it holds, and a meaning of its own for later on."""
    if not solved_for(left, right, desk.context):
        return None
    before = replace(desk, context=unsolved(desk.context), dimensions=desk.dimensions.copy())
    outcome, question = decide(members[0], members[1], "=", conditions, before)
    if outcome.kind != "equal" or outcome.vacuous(question) or not define(left, right, desk.context, conditions):
        return None
    desk.context.inverses[str(left.value)] = right
    key = "holds" if outcome.domain == "mixed" else "holds-domain"
    reason = say(key, points=outcome.points, worlds=outcome.worlds, domain=outcome.domain)
    return Finding(members[1], members[0], "=", "holds", reason, outcome)


def given_anew(step: Finding, desk: Desk, conditions: tuple[Node, ...]) -> Finding:
    r"""A formula for what was defined by one that cannot be read, $p(x) = \\int_\\Theta p(x, t) dt$: from here on it is the definition."""
    if step.status != "not-understood" or step.relation not in ("=", ":=") or step.previous is None:
        return step
    try:
        left, right = desk.read(step.previous), desk.read(step.member)
    except (ParseError, RecursionError):
        return step
    head = head_of(left)
    held = desk.context.definitions.get(head[0], []) if head is not None else []
    same = [d for d in held if list(map(canonical, d.head)) == list(map(canonical, left.args))]
    trial = desk.context.fork()
    if not same or conditions or any(n.op == left.op and n.value == left.value for n in reached((right,), trial)):
        return step
    if not {str(n.value) for a in left.args for n in walk(a) if n.op == "sym"} & {
        str(n.value) for n in reached((right,), trial) if n.op == "sym"
    }:
        return step  # F(y) = 0 is a case
    kinds = [compare(Question(side, side), trial, desk.dimensions.copy(), worlds=1).kind for side in (left, right)]
    if kinds != ["unknown", "equal"]:
        return step
    desk.context.definitions[same[0].name] = [d for d in held if d not in same]
    if not define(left, right, desk.context, conditions):
        desk.context.definitions[same[0].name] = held
        return step
    return Finding(step.member, step.previous, step.relation, "definition", say("definition", name=_shown_name(left)))


def _names_function(left: Node, right: Node, context: Context) -> bool:
    """`y = g(x)` where y has a formula in x and nothing is known of g: g is what makes y of x."""
    if left.op != "sym" or left.args or right.op != "call" or not isinstance(right.value, str):
        return False
    letters = [str(a.value) for a in right.args if a.op == "sym" and not a.args]
    known = right.value in context.definitions or right.value in NAMES or right.value in FUNCTIONS.values()
    found = context.definitions.get(str(left.value), ())
    if known or len(letters) != len(right.args) or len(found) != 1 or found[0].kind != "symbol" or found[0].head:
        return False
    names = {str(n.value) for n in walk(found[0].body) if n.op in ("sym", "call")}
    return set(letters) <= names and right.value not in names and define(right, found[0].body, context)


def _solved_back(left: Node, right: Node, context: Context) -> bool:
    """Whether an equation reads a function backwards whose value was made of what stands on the left."""
    if left.op != "sym" or left.args or not any(n.op == "inverse" for n in walk(right)):
        return False
    return any(n.op == "sym" and n.value == left.value and not n.args for n in reached((right,), context))


def _defined(members: list[Member], relation: str, key: str, name: str) -> Finding:
    return Finding(members[1], members[0], relation, "definition", say(key, name=name), grounded=True)


def _always(members: list[Member], conditions: tuple[Node, ...], desk: Desk) -> bool:
    """Whether the equation holds before it gives anything a meaning."""
    outcome, question = decide(members[0], members[1], "=", conditions, desk)
    return outcome.kind == "equal" and not outcome.vacuous(question)


def _rate_of(left: Node, desk: Desk) -> str:
    """The function whose slope f'(x) is, where the text gives it by a formula and has not said what f' is."""
    if left.op != "call":
        return ""
    name = left.value[0] if isinstance(left.value, tuple) else str(left.value)
    bare = name.rstrip("'")
    if name == bare or desk.context.definitions.get(name):
        return ""
    given = any(d.kind == "call" and len(d.head) == len(left.args) for d in desk.context.definitions.get(bare, ()))
    count = len(left.args) - (left.value[1] if isinstance(left.value, tuple) else 0)
    return bare if given and count == 1 else ""


def _speaks_of_chance(left: Node, right: Node, desk: Desk) -> bool:
    """Whether both sides are made of probabilities or expectations, each with a meaning of its own."""
    if form_of(left, desk.context) is None:
        return False
    named = any(_is_moment(n, desk.context) for n in walk(right))
    asked = any(form_of(n, desk.context) is not None for n in walk(right))
    return named or asked or any(n.op == "event" for n in walk(left))


def _is_moment(node: Node, context: Context) -> bool:
    r"""$\mu_X$ and $\sigma_X$, of a variable."""
    return (
        node.op == "sym"
        and node.value in ("\\mu", "\\sigma")
        and len(node.args) == 1
        and str(node.args[0].value) in context.random
        and not context.definitions.get(str(node.value))
    )


def _introduces(left: Node, right: Node, desk: Desk, such: bool) -> bool:
    """p_0 + p_1 = … where nothing is known of p, or "A such that A + A^T = …": the equation says something new, it cannot be an identity."""
    if (
        left.op not in ("add", "big", "mul")
        or right.op == "num"
        or any(n.op in ("deriv", "grad", "call", "opaque") for n in walk(left))
    ):
        return False
    names = {str(n.value) for n in walk_values(left) if n.op == "sym" and not is_sized(str(n.value))} - {
        letter for n in walk(left) if n.op == "big" for letter in n.value.letters
    }
    if not names or names & free_symbols(right):
        return False
    for name in names:
        resolved = desk.context.resolve(name, 1)
        fact = desk.context.known.get(resolved)
        if (
            resolved in desk.context.definitions
            or name in desk.context.definitions
            or name in desk.context.integers
            or (fact is not None and (fact.declared or fact.shapes) and not such)
        ):
            return False
    return True


def _opaque_definition(members: list[Member], relation: str, desk: Desk) -> Finding | None:
    """A definition whose right side cannot be read still defines; nothing is known about it."""
    try:
        left = desk.read(members[0])
    except (ParseError, RecursionError):
        return None
    head = head_of(left)
    if head is None or desk.context.definitions.get(head[0]):
        return None
    try:
        desk.read(members[1])
    except (ParseError, RecursionError):
        desk.context.fact(head[0])
        return Finding(members[1], members[0], relation, "definition", say("definition", name=_shown_name(left)))
    return None


def _restates(left: Node, right: Node, desk: Desk) -> bool:
    """`A = [2 1; 2 3]` after another A: an example with numbers gives a defined symbol a new value."""
    if left.op != "sym" or left.args or not desk.context.definitions.get(str(left.value)):
        return False
    return right.op == "matrix" and not any(n.op in ("sym", "call", "opaque", "deriv") for n in walk(right))


def _value_of_known(left: Node, right: Node, desk: Desk) -> bool:
    """`x = 3` for a declared free quantity puts a value in."""
    head = head_of(left)
    if (
        head is None
        or head[2] != "symbol"
        or right.op not in ("num", "neg", "tuple")
        or any(n.op not in ("num", "neg", "tuple", "transpose") for n in walk(right))
    ):
        return False
    fact = desk.context.known.get(head[0])
    return fact is not None and fact.declared and not desk.context.definitions.get(head[0]) and not head[1]


def _shown_name(node: Node) -> str:
    value = node.value[0] if isinstance(node.value, tuple) else str(node.value)
    return value.replace("b:", "").replace("rm:", "").replace("cal:", "")
