r"""Which formulas speak of chance: $P(X = x)$, $p(x \mid y)$, $\mathbb{E}_{x \sim p}[\cdot]$, Var, Cov, H, I, KL; and which letters vary.

X and x are one variable: the capital its name, the small letter its value. A definition in the text always comes first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from glideslope.derive.meaning.context import Context
from glideslope.derive.syntax.averaged import averaged_over
from glideslope.derive.syntax.names import DENSITIES, DIVERGENCES, LETTER
from glideslope.derive.syntax.tree import Node, canonical, walk, walk_values

if TYPE_CHECKING:
    from glideslope.derive.evaluation.evaluate import Evaluator
    from glideslope.derive.evaluation.scope import Bind, Scope

__all__ = [
    "MEANS",
    "NAMES",
    "UPRIGHT",
    "Form",
    "bounds",
    "form_of",
    "key_of",
    "laws_alone",
    "listed_names",
    "literal_values",
    "opposite",
    "random_names",
    "summed_over",
    "variables_in",
    "with_another",
]

MEANS = {"E", "bb:E", "rm:E"}
SPREADS = {"rm:Var", "bb:V", "Var", "rm:Cov", "Cov"}
CORRELATIONS = {"rm:Corr", "Corr"}
#: what one equation says of one variable leaves their meaning for the others
UPRIGHT = {"rm:E", "bb:E", "rm:Var", "rm:Cov", "rm:Corr"}
ENTROPIES = {"H", "rm:H", "bb:H", "h", "rm:h"}
NAMES = frozenset(DENSITIES) | MEANS | SPREADS | CORRELATIONS | ENTROPIES | DIVERGENCES | {"I", "rm:I"}
SUBSCRIPT = re.compile(r"\A(?P<base>E|bb:E|rm:E)_\{(?P<under>.*)\}\Z")


@dataclass(frozen=True)
class Form:
    """One probabilistic form: what it asks for, under which measure, of what, given what, over which variables."""

    kind: str
    measure: str
    args: tuple[Node, ...]
    given: tuple[Node, ...] = ()
    over: tuple[str, ...] = ()


def form_of(node: Node, context: Context) -> Form | None:
    """Read a call or an opaque node as a probabilistic form; None when it is none."""
    if node.op == "opaque":
        label, _, marks = str(node.value).rpartition("(")
        marks = marks.rstrip(")")
        if label.partition("_")[0] == "f":
            return None
    elif node.op == "call":
        if isinstance(node.value, tuple):
            label, args = _with_subscript(node)
            if label == "" or (node.value[0] == "Q" and key_of(str(node.args[-1].value), ()) in context.laws):
                return None  # the quantiles of a variable with a law
            name, count = node.value
            under = [canonical(a) for a in node.args[len(node.args) - count :]]
            apart = not any([canonical(h) for h in d.head[-count:]] == under for d in context.definitions.get(name, ()))
            return _form(label, args, "," * (len(args) - 1), context, name, apart, count)
        label, marks = str(node.value), "," * (len(node.args) - 1)
        if label in ("f", "\\pi"):  # a function, a number
            return None
    else:
        return None
    return _form(label, node.args, marks, context, label)


def _with_subscript(node: Node) -> tuple[str, tuple[Node, ...]]:
    """p_θ(x) is a measure of its own, p_X(x) the main one."""
    name, count = node.value
    arguments, under = (node.args[: len(node.args) - count], node.args[len(node.args) - count :])
    if name not in DENSITIES or name == "\\pi" or not all(u.op == "sym" and not u.args for u in under):
        return "", arguments
    letters = [str(u.value) for u in under]
    shown = [str(a.value).lower() if a.op == "sym" else "" for a in arguments]
    if [x.lower() for x in letters] == shown and all(x.isupper() for x in letters):
        return "p" if name == "f" else name, arguments
    if name == "f":
        return "", arguments
    return f"{name}_{','.join(letters)}", arguments


def _form(
    label: str, args: tuple[Node, ...], marks: str, context: Context, name: str, apart: bool = False, behind: int = 0
) -> Form | None:
    if not args or (name not in UPRIGHT and not apart and _defined(name, args, marks, context, behind)):
        return None
    bar = marks.find("|")
    own, given = (args, ()) if bar < 0 else (args[: bar + 1], args[bar + 1 :])
    base, _, under = label.partition("_")
    if base in DENSITIES and (not under or base in ("p", "q", "P", "Q")):
        measure = DENSITIES[base] + ("_" + under if under and not under[:1].isupper() else "")
        return Form("density", measure, own, given) if all(_eventful(a) for a in args) else None
    if found := SUBSCRIPT.match(label):
        below = averaged_over(found.group("under")) if len(own) == 1 else None
        if below is None:
            return None
        conditions = tuple(Node("sym", (), name) for name in below.given)
        return Form("mean", below.measure, own, (*given, *conditions), below.over)
    if label in MEANS:
        return Form("mean", "p", own, given) if len(own) == 1 else None
    if label in SPREADS:
        return Form("covariance", "p", own, given)
    if label in CORRELATIONS:
        return Form("correlation", "p", own, given)
    if label in DIVERGENCES:
        return Form("divergence", "p", args)
    if label in ENTROPIES and (all(_named(a) for a in args) or _of_laws(args)):
        return Form("entropy", "p", own, given)
    if label in ("I", "rm:I") and len(own) == 2 and all(_named(a) for a in args):
        return Form("information", "p", own, given)
    return None


def _defined(name: str, args: tuple[Node, ...], marks: str, context: Context, under: int = 0) -> bool:
    """Whether the text gives this form a meaning of its own; p(λ) = … says nothing of p(y | λ) nor of p(y, λ)."""
    held = context.definitions.get(name, ())
    if not held:
        return name in context.functions
    return "|" not in marks and any(d.kind != "call" or len(d.head) in (len(args), len(args) + under) for d in held)


def _eventful(node: Node) -> bool:
    while node.op == "group":
        node = node.args[0]
    if node.op in ("tuple", "and", "event"):
        return all(_eventful(a) for a in node.args)
    if opposite(node) is not None:
        return True
    return (node.op == "sym" and LETTER.match(str(node.value)) is not None) or node.op == "rel"


def opposite(event: Node) -> Node | None:
    r"""A where the event is written $\bar A$ or $A^c$: that A does not happen."""
    if event.op == "pow" and event.args[0].op == "sym" and event.args[1].op == "sym":
        name, sign = str(event.args[0].value), str(event.args[1].value)
        return event.args[0] if sign in ("c", "C") and len(name) == 1 and name.isupper() else None
    if event.op == "sym" and not event.args and re.fullmatch(r"bar [A-Z]|[A-Z]\^[cC]", str(event.value)):
        return Node("sym", (), str(event.value).removeprefix("bar ")[0], event.start, event.end)
    return None


def _of_laws(nodes: tuple[Node, ...]) -> bool:
    """H(p), H(p, q): of laws, not of variables."""
    return all(n.op == "sym" and not n.args and n.value in ("p", "q") for n in nodes)


def _named(node: Node) -> bool:
    return all(
        p.op == "sym" and str(p.value).split(":")[-1][:1].isupper()
        for p in (node.args if node.op == "tuple" else (node,))
    )


def key_of(name: str, indices: tuple[object, ...]) -> str:
    """The variable behind a name: X and x are the same one, X_1 and X_2 are two."""
    bare = name.lower() if len(name.split(":")[-1]) == 1 else name
    return bare + (repr(list(indices)) if indices else "")


def random_names(sides: tuple[Node, ...], context: Context) -> frozenset[str]:
    """Names that vary in a claim: variables of its probabilities, and what its expectations hold and nothing else does.

    Where capitals vary, small letters in an expectation stand still, as books on statistics write them.
    """
    found: set[str] = set(context.random)
    averaged: set[str] = set()
    outside: set[str] = set()

    def visit(node: Node, inside: bool) -> None:
        form = form_of(node, context)
        if form is not None:
            found.update(form.over)
            if form.kind in ("density", "entropy", "information"):
                events = (*form.args, *form.given)
                found.update(name for event in events for name in _varying(event))
            elif form.kind != "divergence":
                found.update(str(n.value) for event in form.given for n in walk_values(event) if n.op == "sym")
            averages = form.kind in ("mean", "covariance", "correlation")
            found.update(str(a.value) for a in form.args if averages and a.op == "sym" and _is_capital(a))
            inside = inside or averages
        if node.op == "sym":
            if _names_one(node):
                (averaged if inside else outside).add(str(node.value))
            return
        for child in node.args:
            visit(child, inside)

    for side in sides:
        visit(side, False)
    capitals = {n for n in averaged if n.split(":")[-1].isupper()}
    averaged -= outside
    lawful = {n for n in averaged if key_of(n, ()) in context.laws} if context.by_law is not None else set()
    found |= capitals & averaged if capitals else lawful or averaged
    small = {n.lower() for n in found if len(n.split(":")[-1]) == 1}
    used = averaged | outside | found
    return frozenset((found | (small & used)) - set(context.definitions) - set(context.integers))


def _is_capital(node: Node) -> bool:
    """X of E(X) and Var(X) varies wherever else it stands: nobody takes the mean of a number."""
    return _names_one(node) and str(node.value).split(":")[-1].isupper()


def _varying(event: Node) -> set[str]:
    """Letters of an event; of an inequality between expressions only its capitals."""
    names = {str(n.value) for n in walk_values(event) if n.op == "sym" and _names_one(n)}
    if event.op == "rel" and event.args[0].op != "sym":
        return {n for n in names if n.split(":")[-1].isupper()}
    return names


def literal_values(sides: tuple[Node, ...], context: Context) -> dict[str, tuple[float, ...]]:
    """The numbers a variable is said to take, as in P(X = 1); 0 and 1 alone make it a yes or no."""
    found: dict[str, set[float]] = {}
    for side in sides:
        for part in walk(side):
            form = form_of(part, context)
            for event in (*form.args, *form.given) if form is not None and form.kind == "density" else ():
                if event.op == "rel" and event.value == "=" and event.args[0].op == "sym" and event.args[1].op == "num":
                    name = event.args[0]
                    key = key_of(str(name.value), tuple(a.value for a in name.args))
                    found.setdefault(key, set()).add(float(event.args[1].value))
    return {key: tuple(sorted(values)) for key, values in found.items()}


def bounds(sides: tuple[Node, ...], context: Context) -> dict[str, str]:
    """Letters a variable is compared with, as c in P(X < c): X takes the value c now and then, so that < and ≤ are two things."""
    found: dict[str, str] = {}
    for part in (n for side in sides for n in walk(side)):
        form = form_of(part, context) if part.op == "opaque" else None
        for event in (*form.args, *form.given) if form is not None and form.kind == "density" else ():
            plain = event.op == "rel" and all(a.op == "sym" and not a.args for a in event.args)
            name, letter = (str(a.value) for a in event.args) if plain else ("", "")
            if plain and event.value != "=" and name.isupper() and letter.islower() and key_of(name, ()) != letter:
                found.setdefault(key_of(name, ()), letter)
    return {key: letter for key, letter in found.items() if letter not in found and letter not in context.definitions}


def summed_over(node: Node, letter: str, context: Context) -> str:
    """The variable whose values a letter stands for: x itself in p(x), Y in P(Y = k); empty when there is none."""
    for part in walk(node):
        form = form_of(part, context)
        for event in (*form.args, *form.given) if form is not None and form.kind == "density" else ():
            if event.op == "rel" and event.value == "=" and event.args[0].op == "sym" and not event.args[0].args:
                if event.args[1].op == "sym" and event.args[1].value == letter and not event.args[1].args:
                    return str(event.args[0].value)
            elif any(n.op == "sym" and not n.args and n.value == letter for n in walk_values(event)):
                return letter
    return ""


def _names_one(node: Node) -> bool:
    return LETTER.match(str(node.value)) is not None


def listed_names(sides: tuple[Node, ...], context: Context) -> frozenset[str]:
    """Small letters whose index tells the values of one variable apart, as in P(X = x_i) or p(m_i | y)."""
    found: set[str] = set()
    families: set[str] = set()
    for side in sides:
        for part in walk(side):
            form = form_of(part, context)
            if form is None or form.kind != "density":
                continue
            events = (*form.args, *form.given)
            indexed = [n for event in events for n in walk(event) if n.op == "sym" and n.args]
            names = [str(n.value) for n in indexed]
            for n in indexed:
                plain = len(n.args) == 1 and n.args[0].op == "sym" and str(n.value).islower()
                (found if plain and names.count(str(n.value)) == 1 else families).add(str(n.value))
    return frozenset(found - families - set(context.definitions))


def variables_in(
    e: Evaluator, bodies: tuple[Node, ...], bind: Bind, scope: Scope
) -> list[tuple[str, tuple[object, ...]]]:
    """(name, indices) of every variable in some formulas, through definitions, sums unrolled."""
    found: dict[tuple[str, tuple[object, ...]], None] = {}

    def visit(node: Node, held: Bind, depth: int) -> None:
        if node.op == "big" and not node.value.kind.startswith(("int", "lim")):
            for place in list(e.places(node, held, scope)):
                visit(node.args[-1], {**held, **place}, depth)
            return
        if node.op == "sym":
            name = str(node.value)
            free = "◦" + key_of(name, ()) not in held or (name.isupper() and name not in held)  # E(X) in a sum over x
            if name in e.random and free:
                found[name, tuple(e.index(a, held, scope) for a in node.args)] = None
            elif depth < 4:
                for definition in e.context.lookup(name, "symbol"):
                    if len(definition.head) == len(node.args) and all(h.op == "sym" for h in definition.head):
                        inner = {
                            str(h.value): e.index(a, held, scope)
                            for h, a in zip(definition.head, node.args, strict=True)
                        }
                        visit(definition.body, inner, depth + 1)
                        break
        for child in node.args:
            visit(child, held, depth)

    for body in bodies:
        visit(body, bind, 0)
    return list(found)


def with_another(e: Evaluator, event: Node) -> bool:
    """X ≤ z − Y: an event between two variables, capitals both."""
    own = key_of(str(event.args[0].value), ())
    names = {str(n.value) for n in walk_values(event.args[1]) if n.op == "sym" and not n.args}
    return any(n.isupper() and n in e.random and key_of(n, ()) != own for n in names)


def laws_alone(e: Evaluator, nodes: tuple[Node, ...]) -> list[Form]:
    """H(P), H(p, q), KL(P ‖ Q): laws named without their variable, as densities of the one that varies; empty for anything else."""
    names = [str(node.value) for node in nodes if node.op == "sym" and not node.args]
    if len(names) != len(nodes) or (not {*names} <= {"p", "q"} and not {*names} <= {"P", "Q"}):
        return []
    if {*names} & e.context.random or any(name in e.context.definitions for name in names if name.isupper()):
        return []
    varying = sorted({name.lower() for name in e.random} - {"p", "q"})
    variable = Node("sym", (), varying[0] if len(varying) == 1 else "x")
    return [Form("density", DENSITIES[name], (variable,)) for name in names]
