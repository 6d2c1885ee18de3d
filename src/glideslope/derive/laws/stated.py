r"""Which law the text gives a variable: $X \sim \mathcal{N}(\mu, \sigma^2)$, $y_i \sim \mathrm{Poiss}(\lambda)$, or in words.

A statement holds until the next one about the same variable; a model with a name (`m_1: y \sim …`) states nothing for the others.
What the parameters of the law are (a probability, a rate, a number of trials) the samples then keep to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from glideslope.derive.laws.chance import key_of
from glideslope.derive.laws.families import FAMILIES, family_named
from glideslope.derive.meaning.context import Declaration, Known
from glideslope.derive.syntax.cuts import split
from glideslope.derive.syntax.parser import Hints, parse_tokens
from glideslope.derive.syntax.tokens import Token, closing
from glideslope.derive.syntax.tree import Node, canonical
from glideslope.errors import ParseError

if TYPE_CHECKING:
    from glideslope.derive.meaning.context import Context
    from glideslope.derive.reading.dimensions import Dimensions
    from glideslope.derive.source.chains import Chain

__all__ = ["MOMENTS", "Stated", "independent_words", "moment_words", "state", "state_chain", "uniform_words"]

FONTS = {"\\mathcal", "\\mathrm", "\\operatorname", "\\operatorname*", "\\rm", "\\mathbf", "\\mathsf", "{", "}"}
DISCRETE = re.compile(r"discrete uniform|离散均匀", re.I)
CONTINUOUS = re.compile(r"continuous uniform|连续均匀|uniform density", re.I)
#: "mean", "variance, denoted as"
MOMENT = re.compile(
    r"(?:\b(?:mean|expected value|expectation|variance|standard deviation)s?\)?(?:\]\([^)\s]*\))?|均值|期望(?:值)?|(?:标准差)|方差)"
    r"[\s,]*(?:(?:denoted|given|written)?\s*(?:as|by|为|记为|记作))?\W*\Z",
    re.I,
)
OBSERVED = re.compile(
    r"\bindependent (?:and identically distributed )?(?:\w+ly distributed )?(?:observations|data|samples|measurements|draws)\b"
    r"|\b(?:observations|data(?: points)?|samples|measurements|draws) (?:are|is|were)\W+(?:\w+\W+){0,3}?independent\b"
    r"|(?:观测|样本|数据)(?:值|点)?(?:之间)?(?:相互|彼此)?独立|独立(?:的)?(?:观测|样本)",
    re.I,
)
DENIED = re.compile(r"\bnot\b(?:\s+\w+){0,4}\s+independent|不独立", re.I)
#: a law in the limit, or nearly
LIMIT = re.compile(
    r"\\(?:overset|stackrel)\s*\{\s*(?:\\(?:text|mathrm|rm)\s*\{?\s*)?(?:a\b|d\b|D\b|as\b|approx|asymp|\\approx)"
)
MEASURE = re.compile(r"(?<![A-Za-z_\\])([PQ])\s*:(?:\\[;,: ]|\\quad|&|\s)*\Z")
ALIKE = re.compile(r"i\.?\s*i\.?\s*d|\bind(?:ep)?\b", re.I)


#: a law of which only the mean or the variance is said
MOMENTS = "moments"


@dataclass(frozen=True)
class Stated:
    """The law of a variable: its family, its parameters, and the indices on the variable's name."""

    name: str
    head: tuple[Node, ...]
    family: str
    parameters: tuple[Node | None, ...]


def uniform_words(text: str) -> str:
    """Which of the two uniform laws a text speaks of; empty when both or neither."""
    found = [name for name, said in (("discrete", DISCRETE), ("continuous", CONTINUOUS)) if said.search(text)]
    return found[0] if len(found) == 1 else ""


def state_chain(chain: Chain, between: str, label: str, context: Context, dimensions: Dimensions, hints: Hints) -> None:
    r"""Take in the laws a chain states: `X \sim …`, `Y = A X \sim …`."""
    if chain.named:
        _measured(chain, label, context, hints)
        return
    for k, relation in enumerate(chain.relations):
        if relation == "dist" and not LIMIT.search(between):
            law = state(chain.members[0].tokens, chain.members[k + 1].tokens, context, hints)
            if law is not None and law.family == "normal":
                _vector(law, context, dimensions)
            elif law is None:
                _two_covariances(chain.members[0].tokens, chain.members[k + 1].tokens, context, dimensions, hints)
            if ALIKE.search(between) and (name := _variable(chain.members[0].tokens, hints)) is not None:
                context.independent.add(key_of(name[0], ()))


def _measured(chain: Chain, label: str, context: Context, hints: Hints) -> None:
    """`P: X ~ …` and `Q: X ~ …`: two laws of one variable, under two measures."""
    said = MEASURE.search(label)
    if said is None or chain.relations != ["dist"]:
        return
    trial = context.fork()
    law = state(chain.members[0].tokens, chain.members[1].tokens, trial, hints)
    if law is not None:
        held = context.laws if said.group(1) == "P" else context.second
        held[key_of(law.name, ())] = law
        _keep_to(law.family, law.parameters, context)


def state(left: list[Token], right: list[Token], context: Context, hints: Hints) -> Stated | None:
    """One statement; what is no law that is known takes the one known before away."""
    variable = _variable(left, hints)
    if variable is None:
        return None
    name, head = variable
    key = key_of(name, ())
    context.laws.pop(key, None)
    found = _law(right, context, hints)
    if found is None:
        return None
    family, parameters = found
    context.laws[key] = law = Stated(name, head, family, parameters)
    if head and context.observed:
        context.independent.add(key)
    _keep_to(family, parameters, context)
    return law


def _two_covariances(
    left: list[Token], right: list[Token], context: Context, dimensions: Dimensions, hints: Hints
) -> None:
    r"""$X \sim \mathcal{MN}(M, U, V)$: U and V, symmetric and positive definite, have the sizes of its columns and of its rows.

    Dawid (1981), Some matrix-variate distribution theory, Biometrika 68.
    """
    variable = _variable(left, hints)
    opener = next((k for k, t in enumerate(right) if t.text in ("(", "[")), len(right))
    family = "".join(t.text for t in right[:opener] if t.text not in FONTS)
    parts = split(right[opener + 1 : closing(right, opener)], (",", ";")) if family in ("MN", "MatrixNormal") else []
    if variable is None or variable[1] or len(parts) != 3 or not any(map(_of_data, context.known.values())):
        return
    for slot, part in enumerate(parts[1:]):
        try:
            node = parse_tokens(part, hints)
        except (ParseError, RecursionError):
            continue
        name = str(node.value)
        if node.op != "sym" or node.args or name in context.definitions or context.rank(name) not in (None, 2):
            continue
        for own in (0, 1):
            dimensions.join((variable[0], slot), (name, own), shy=True)
        fact = context.fact(name)
        fact.rank, fact.structure = 2, {**fact.structure, "definite": 1.0}


def _of_data(fact: Known) -> bool:
    """Whether the text says how many rows and columns a matrix has that is no square one."""
    dims = [s.dims for s in fact.shapes if len(s.dims) == 2]
    return any(canonical(rows) != canonical(columns) for rows, columns in dims)


def _vector(law: Stated, context: Context, dimensions: Dimensions) -> None:
    r"""$x \sim \mathcal{N}(\mu, \Sigma)$: x and μ are vectors and Σ a matrix of one size, positive definite."""
    mean, covariance = law.parameters
    assert mean is not None
    assert covariance is not None
    matrix = _matrix_of(covariance, context)
    if matrix is None or law.head or law.name in context.definitions or context.rank(law.name) not in (None, 1):
        return
    size = matrix.args if str(matrix.value) in ("I", "b:I") and len(matrix.args) == 1 else _size(law.name, context)
    for name in (law.name, str(mean.value) if mean.op == "sym" else ""):
        if name and _open(name, context, 1):
            context.fact(name).rank = 1
            dimensions.join((law.name, 0), (name, 0), shy=True)
            if size:
                context.fact(name).shapes = [Declaration((), size)]
    context.integers.update(str(n.value) for n in size if n.op == "sym")
    name = str(matrix.value)
    if matrix.args or name in ("I", "b:I"):
        return
    fact = context.fact(name)
    if _open(name, context, 2):
        fact.rank, fact.shapes = 2, [Declaration((), (*size, *size))] if size else []
        for slot in (0, 1):
            dimensions.join((law.name, 0), (name, slot), shy=True)
    if fact.rank == 2 and name not in context.definitions:
        fact.structure = {**fact.structure, "definite": 1.0}


def _matrix_of(covariance: Node, context: Context) -> Node | None:
    """The one matrix in a covariance: Σ, σ² I_n, σ² V, (τ Λ)⁻¹."""
    inside = [covariance]
    while any(n.op in ("mul", "group", "pow") and n.args for n in inside):
        inside = [
            a for n in inside for a in (n.args if n.op in ("mul", "group") else n.args[:1] if n.op == "pow" else (n,))
        ]
    found = [n for n in inside if n.op == "sym" and _is_array(str(n.value), n, context)]
    return found[0] if len(found) == 1 else None


def _size(name: str, context: Context) -> tuple[Node, ...]:
    """The one size of a vector, where it is declared."""
    fact = context.known.get(name)
    dims = [s.dims for s in fact.shapes if not s.head] if fact is not None else []
    return dims[-1] if dims and len(dims[-1]) == 1 else ()


def _open(name: str, context: Context, rank: int) -> bool:
    """Whether a name may have a rank: nothing speaks against it, nothing says its size."""
    fact = context.known.get(name)
    if name in context.definitions or name in context.integers:
        return False
    return fact is None or (fact.rank in (None, rank) and not fact.shapes and not fact.integer)


def moment_words(
    before: str, formula: Node | None, variable: tuple[str, tuple[Node, ...]] | None, context: Context
) -> None:
    """ "X with mean $\\mu$ and variance $\\sigma^2$": the words before a formula make it a moment of the variable spoken of."""
    said = MOMENT.search(before[-60:])
    if said is None or formula is None or variable is None or formula.op not in ("sym", "pow", "frac"):
        return
    name, head = variable
    key = key_of(name, ())
    law = context.moments.get(key)
    if law is None or (head and not law.head):
        law = Stated(name, head, MOMENTS, (None, None))
    place = 1 if said.group().lower().startswith(("var", "方差", "standard", "标准差")) else 0
    if said.group().lower().startswith(("standard", "标准差")):
        formula = Node(
            "pow", (formula, Node("num", (), 2, formula.start, formula.end)), None, formula.start, formula.end
        )
    if place and formula.op == "pow" and formula.args[0].op == "sym" and formula.args[1].value == 2:
        deviation = context.fact(str(formula.args[0].value))
        deviation.low = 0.0 if deviation.low is None and deviation.high is None else deviation.low
    parameters = tuple(formula if k == place else old for k, old in enumerate(law.parameters))
    context.moments[key] = replace(law, parameters=parameters)


def independent_words(prose: str, context: Context) -> None:
    """ "The observations are independent": the members of every family with a law are."""
    if OBSERVED.search(prose) and not DENIED.search(prose):
        context.observed = True
        context.independent.update(key for key, law in context.laws.items() if law.head)


def _members(tokens: list[Token], hints: Hints) -> tuple[str, tuple[Node, ...]] | None:
    r"""The family in $X_1, \dots, X_n \sim \mathrm{Bern}(p)$: what is said of all its members is said of X_i."""
    parts = split(tokens, (",",))
    dots = [len(part) == 1 and part[0].text in ("\\dots", "\\ldots", "\\cdots") for part in parts]
    if len(parts) < 3 or not dots[-2] or sum(dots) != 1:
        return None
    found = [_variable(part, hints) for part, dotted in zip(parts, dots, strict=True) if not dotted]
    pairs = [pair for pair in found if pair is not None and len(pair[1]) == 1]
    if len(pairs) != len(found) or len({name for name, _ in pairs}) != 1:
        return None
    first, last = pairs[0][1][0], pairs[-1][1][0]
    if first.op != "num" or last.op != "sym":
        return None
    return pairs[0][0], (Node("sym", (), "i", last.start, last.end),)


def _variable(tokens: list[Token], hints: Hints) -> tuple[str, tuple[Node, ...]] | None:
    if any(t.text == "," for t in tokens) and (family := _members(tokens, hints)) is not None:
        return family
    try:
        node = parse_tokens(tokens, hints)
    except (ParseError, RecursionError):
        return None
    while node.op == "group":
        node = node.args[0]
    if node.op != "sym" or any(
        a.op not in ("sym", "num") or a.args or not str(a.value).lstrip("\\").isalnum() or a.value == "\\bullet"
        for a in node.args
    ):
        return None
    return str(node.value), node.args


def _law(tokens: list[Token], context: Context, hints: Hints) -> tuple[str, tuple[Node, ...]] | None:
    while tokens and tokens[-1].text in (".", ",", ";"):
        tokens = tokens[:-1]
    opener = next((k for k, t in enumerate(tokens) if t.text in ("(", "[")), len(tokens))
    texts = [t.text for t in tokens[:opener] if t.text not in FONTS]
    arguments = tokens[opener + 1 : closing(tokens, opener)] if opener < len(tokens) else []
    if closing(tokens, opener) < len(tokens) - 1 if opener < len(tokens) else False:
        return None
    if "_" in texts and not arguments:
        cut = texts.index("_")
        place = next(k for k, t in enumerate(tokens) if t.text == "_")
        texts, arguments = texts[:cut], [t for t in tokens[place + 1 :] if t.text not in ("{", "}")]
    family = family_named("".join(texts).replace(" ", ""))
    if family == "uniform":
        family = f"{context.uniform} uniform" if context.uniform else ""
    if not family or not arguments:
        return None
    parts = [split(part, ("=",))[-1] for part in split(arguments, (",", ";"))]  # N(μ = 0, Σ = …)
    try:
        parameters = tuple(parse_tokens(part, hints) for part in parts)
    except (ParseError, RecursionError):
        return None
    if family in FAMILIES and len(parameters) not in FAMILIES[family].counts:
        return None
    return family, parameters


def _keep_to(family: str, parameters: tuple[Node | None, ...], context: Context) -> None:
    """Ranges of the parameters that are plain names, where nothing is known of them yet."""
    roles = FAMILIES[family].roles if family in FAMILIES else ("whole", "")
    if family.endswith("uniform") and all(n is not None and n.op == "sym" and not n.args for n in parameters):
        order = Node("rel", tuple(n for n in parameters if n is not None), "<")  # U(a, b) begins at a
        context.orderings.extend([order] if order not in context.orderings else [])
    for role, node in zip(roles, filter(None, parameters), strict=False):
        if node.op == "pow" and node.args[1].op == "num":
            node = node.args[0]
        name = str(node.value)
        if node.op != "sym" or name in context.definitions:
            continue
        if _is_array(name, node, context) and not (role == "whole" and len(name) == 1 and not context.rank(name)):
            continue  # the N of Bin(N, p) is a number
        fact = context.fact(name)
        if role == "whole":
            context.integers.add(name)
            fact.integer = True
        elif role and fact.low is None and fact.high is None and not fact.choices:
            fact.low, fact.high = 0.0, 1.0 if role == "unit" else None


def _is_array(name: str, node: Node, context: Context) -> bool:
    fact = context.known.get(name)
    capital = name[-1:].isupper() or (name[:1] == "\\" and name[1:2].isupper())
    return (
        capital
        or name.startswith("b:")
        or (fact is not None and (bool(fact.shapes) or bool(fact.rank)) and not node.args)
    )
