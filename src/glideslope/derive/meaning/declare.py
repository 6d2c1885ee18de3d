r"""Read declarations, definitions and constraints out of inline mathematics and the words around it.

"Let $Q \in \mathbb{R}^{n \times n}$ be symmetric" gives a shape and a structure; "$0 < \gamma < 1$" a range; "$t = 0, \dots, T-1$" the values of an index.
Whatever cannot be read is left alone: missing knowledge makes a verdict weaker, never wrong.
"""

from __future__ import annotations

import re

from glideslope.derive.meaning.context import Context, Definition
from glideslope.derive.meaning.define import define, defines, head_of, new_function, structure_of, take_constraint
from glideslope.derive.meaning.membership import commas, read_membership
from glideslope.derive.meaning.renewal import declared_anew, forget_function, renew
from glideslope.derive.meaning.usage import note_letters, note_usage
from glideslope.derive.meaning.wording import take_words
from glideslope.derive.source.chains import Chain, chains_of
from glideslope.derive.syntax.parser import Hints, parse_tokens
from glideslope.derive.syntax.tokens import Macros, Token, tokenize
from glideslope.derive.syntax.tree import Node, canonical, walk
from glideslope.errors import ParseError

__all__ = ["declare", "hints_for"]


def hints_for(context: Context, macros: Macros | None = None) -> Hints:
    """The parser's view of a context."""
    values = set()
    for name, fact in context.known.items():
        if (
            fact.declared
            or fact.rank is not None
            or (fact.mentioned and fact.indexed and name not in context.functions)
        ):
            values.add(name)
    for name in context.definitions:
        kinds = context.kinds(name)
        if "symbol" in kinds and "call" not in kinds:
            values.add(name)
    values -= {name for name in ("p", "q", "P", "Q") if _entries_only(name, context)}
    return Hints(
        frozenset(context.functions),
        frozenset(values - context.functions),
        frozenset(context.raised),
        frozenset(context.labelled),
        macros=macros,
    )


def _entries_only(name: str, context: Context) -> bool:
    """Whether p_1, p_2 are all a text has said of p: p(x) beside them is a law, not a product."""
    fact = context.known.get(name)
    if fact is not None and (fact.bare or fact.declared or fact.rank == 0 or fact.structure):
        return False
    return all(d.head and d.kind == "symbol" for d in context.definitions.get(name, ()))


VECTOR = re.compile(r"(?:\bvectors?|向量)\s*\Z", re.I)


def _vector(chains: list[Chain], context: Context, macros: Macros | None, before: str) -> None:
    """ "the vector $v$": its shape is open, its rank is not."""
    if len(chains) != 1 or chains[0].relations or not VECTOR.search(before[-12:]):
        return
    try:
        node = parse_tokens(chains[0].members[0].tokens, hints_for(context, macros))
    except (ParseError, RecursionError):
        return
    name = str(node.value)
    if node.op == "sym" and not node.args and name not in context.definitions and name[:1].islower():
        fact = context.fact(name)
        fact.rank = 1 if fact.rank is None else fact.rank


def declare(
    latex: str,
    start: int,
    context: Context,
    macros: Macros | None,
    before: str = "",
    after: str = "",
    shapes_only: bool = False,
) -> None:
    """Take in one inline formula with the words before and after it; of a display only the shapes it declares."""
    try:
        chains = chains_of(latex, macros, start)
    except (ParseError, RecursionError, IndexError):
        return
    names: list[str] = []
    _vector(chains, context, macros, before)
    for chain in chains:
        _introduce(chain, context, macros, _is_free(latex, before, after))
        try:
            names.extend(_declare_chain(chain, context, macros, before, shapes_only))
        except (ParseError, RecursionError, IndexError, KeyError):
            continue
    _rows_and_columns(latex, start, names, context, macros, before)
    take_words(names, context, before, after)


ROWS = re.compile(r"(?:rows?|行)\W*$", re.I)
COLUMNS = re.compile(r"(?:columns? of|列)\W*$", re.I)


def _rows_and_columns(
    latex: str, start: int, names: list[str], context: Context, macros: Macros | None, before: str
) -> None:
    """ "X has the rows $x_i^\\top$", "the columns of $Z$": a letter for the rows or columns of a matrix."""
    if ROWS.search(before) and context.matrix:
        try:
            node = parse_tokens(tokenize(latex, macros, start), hints_for(context, macros))
        except ParseError:
            return
        node = node.args[0] if node.op == "transpose" else node
        if node.op == "sym" and len(node.args) == 1 and str(node.value) not in context.definitions:
            body = Node("slice", (Node("sym", (), context.matrix), node.args[0]), "row")
            context.define(Definition(str(node.value), node.args, body, "symbol", context.section))
    elif COLUMNS.search(before) and names and len(names[0]) == 1 and names[0].isupper():
        letter = Node("sym", (), "i")
        lower = names[0].lower()
        if lower not in context.definitions:
            context.define(
                Definition(
                    lower,
                    (letter,),
                    Node("slice", (Node("sym", (), names[0]), letter), "col"),
                    "symbol",
                    context.section,
                )
            )


GIVEN = re.compile(
    r"(?:\b(?:data|constants?|scalars?|parameters?|points?|angles?|roll|pitch|yaw|rewards?|lengths?|rates?|observed|observations?|fixed|known)\b|参数|常数|数据|角)\s*(?:\bof\b)?\s*\Z",
    re.I,
)


#: "where $b$ is the bias unit": a quantity of which a text says no more than that, for there is no more to say
FREE = re.compile(
    r"\W*(?:(?:is|be|being|denotes?) (?:the|a|an|our|some)|are(?: the| our)?)\s+(?:[\w-]+ ){0,2}(?:bias(?:es)?|intercepts?|weights?|step[- ]?sizes?|learning rates?|"
    r"multipliers?|constants?|parameters?|coefficients?|temperature)\b|\W*[为是](?:\w{0,4})(?:参数|常数|偏置|权重|学习率|乘子)",
    re.I,
)
#: … and what is said of data with an index, before the formula or after it
DATA = re.compile(
    r"\b(?:samples?|measurements?|numbers|inputs?|targets?|labels?|observations?)\b\s*\Z|(?:样本|数据)\s*\Z"
    r"|\A\W*(?:is|are|be|为|是)\s*(?:[\w-]+ ){0,3}(?:samples?|measurements?|numbers|inputs?|targets?|labels?|observations?|样本|标签|输入)",
    re.I,
)


#: "Let $x_1, \\dots, x_n$ be samples": their members are free, unless the words say that they belong to something else
LISTS = re.compile(r"(?:\b(?:let|given|suppose|consider|for)|[令设]|给定)\s*\Z", re.I)
BELONG = re.compile(
    r"\A[^.;。；]{0,80}?\b(?:eigen\w*|singular|outputs?|states?|predictions?|predicted|residuals?|errors?|gradients?|derivatives?|probabilit\w+|"
    r"roots?|zeros?|iterates?|estimat\w+|coefficients?|means?|averages?|sums?)\b|\A[^。；]{0,20}(?:特征值|奇异值|输出|状态|预测|残差|误差|梯度|概率|均值)",
    re.I,
)


def _is_free(latex: str, before: str, after: str) -> bool:
    """Whether words say of the letters of a formula that nothing stands behind them."""
    if GIVEN.search(before[-40:]) or FREE.match(after[:80]):
        return True
    if "_" in latex and (DATA.search(before[-40:]) or DATA.search(after[:80])):
        return True
    listed = "\\dots" in latex or "\\ldots" in latex
    return listed and LISTS.search(before[-24:]) is not None and not BELONG.search(after[:120])


def _introduce(chain: Chain, context: Context, macros: Macros | None, given: bool) -> None:
    """Every symbol of an inline formula has been mentioned."""
    for member in chain.members:
        for tokens in commas(member.tokens):
            try:
                node = parse_tokens(tokens, hints_for(context, macros))
            except (ParseError, RecursionError):
                continue
            for part in walk(node):
                if part.op == "sym":
                    fact = context.fact(str(part.value))
                    fact.mentioned, fact.given = True, fact.given or given


#: words that give a value, and words that speak of a case
GIVES = re.compile(
    r"(?:(?:\A|[.;]\s)\W*(?:we\s+)?(?:let|set|put|take|define|choose|fix)\b|\b(?:let|put|define|choose)\b|[令设取记])[^.;。；]*\Z",
    re.I,
)
SPEAKS = re.compile(
    r"(?:\b(?:if|when|whenever|where|for|at|unless|until|case|entries|classes|with)\b|[若当在]|如果|对于?|处|满足)\W*\Z",
    re.I,
)


def _is_case(left: Node, right: Node, context: Context, before: str) -> bool:
    """`$y_j = 0$` in running words speaks of some entries, `at $x = 0$` of a place; neither gives y or x its value."""
    value = right.args[0] if right.op == "neg" else right
    if _is_event(left, right, before):
        return True
    speaks = bool(SPEAKS.search(before[-40:]))
    if left.op != "sym" or value.op != "num" or (GIVES.search(before[-80:]) and not speaks):
        return False
    if any(a.op == "sym" and not a.args and context.indexes(str(a.value)) for a in left.args):
        return True
    fact = context.known.get(str(left.value))
    return speaks and fact is not None and (fact.declared or bool(fact.structure))


def _is_event(left: Node, right: Node, before: str) -> bool:
    """`$X = x$`, "takes the value $X = v$": a variable takes one of its values."""
    names = [str(side.value) for side in (left, right) if side.op == "sym" and not side.args]
    if len(names) < 2 or not (len(names[0]) == len(names[1]) == 1 and names[0].isupper() and names[1].islower()):
        return False
    return names[0].lower() == names[1] or not GIVES.search(before[-80:])


def _meets(left: Node, right: Node, context: Context, before: str) -> bool:
    r"""`$p = \pi$` where both have a range of their own: two free letters that meet somewhere, which makes neither the other."""
    facts = [context.known.get(str(n.value)) for n in (left, right) if n.op == "sym" and not n.args]
    ranged = [f for f in facts if f is not None and (f.low is not None or f.high is not None)]
    return len(ranged) == 2 and not GIVES.search(before[-80:])


def _declare_chain(
    chain: Chain, context: Context, macros: Macros | None, before: str = "", shapes_only: bool = False
) -> list[str]:
    """One chain of an inline formula; returns the names it speaks about."""
    hints = hints_for(context, macros)
    relations = chain.relations
    if not relations:
        return _mention(chain.members[0].tokens, context, hints)
    if relations[-1] == "in":
        names: list[str] = []
        for tokens in commas(chain.members[0].tokens):
            names.extend(_belongs(tokens, chain.members[-1].tokens, context, hints))
        for name in names:
            declared_anew(name, context, before)
        if not shapes_only and len(chain.members) > 2 and relations[0] in ("=", ":="):
            lhs, rhs = (parse_tokens(m.tokens, hints) for m in chain.members[:2])
            if defines(lhs, rhs, context):
                define(lhs, rhs, context)
        return names
    if ":" in [t.text for t in chain.members[0].tokens] and relations[0] == "to":
        return _maps(chain, context)
    if (
        relations[0] in ("=", ":=")
        and any(t.text == "\\dots" for t in chain.members[1].tokens)
        and _plain_letter(chain.members[0].tokens)
        and chain.members[1].tokens[0].kind != "open"
    ):
        return _range(chain, context, hints)
    if set(relations) <= {"<", ">", "<=", ">=", "!="}:
        return _bounds(chain, context, hints)
    if relations[0] in ("=", ":=") and len(chain.members) >= 2:
        return _equals(chain, context, macros, hints, before)
    if relations == ["dist"]:  # X ~ …: the words beside it speak of X
        parts = [
            parse_tokens(part, hints)
            for part in commas(chain.members[0].tokens)
            if len(part) > 1 or part[0].text.isalpha()
        ]
        return list(dict.fromkeys(str(n.value) for n in parts if n.op == "sym"))
    return []


def _equals(chain: Chain, context: Context, macros: Macros | None, hints: Hints, before: str) -> list[str]:
    """`x = …`: a case, a structure, a constraint, or what x is from here on; returns the names it defines."""
    relations = chain.relations
    sides = [parse_tokens(m.tokens, hints) for m in chain.members]
    if new_function(sides[0], sides[1], context):
        hints = hints_for(context, macros)
        sides = [parse_tokens(m.tokens, hints) for m in chain.members]
    for side in sides:
        note_usage(side, context)
        note_letters(side, context)
    if relations == ["="] and _meets(sides[0], sides[1], context, before):
        context.renewed.add(str(sides[0].value))  # what follows may hold there, or everywhere
        return []
    if relations[-1] in ("=", ":=") and _is_case(sides[0], sides[-1], context, before):
        return []
    if (
        sides[-1].op == "num"
        and len(sides) > 2
        and all(r == "=" for r in relations)
        and all(head_of(s) and defines(s, sides[-1], context) for s in sides[:-1])
    ):
        for side in sides[:-1]:
            define(side, sides[-1], context)
        return [str(s.value) for s in sides[:-1]]
    if (
        all(r == "=" for r in relations)
        and sides[-1].op == "num"
        and all(structure_of(s, sides[-1], context) for s in sides[:-1])
    ):
        return [take_constraint(s, sides[-1], context) or "" for s in sides[:-1]]
    if take_constraint(sides[0], sides[1], context):
        return []
    if sides[0].op == "mul" and all(a.op == "sym" and not a.args for a in sides[0].args) and sides[1].op == "tuple":
        context.products[canonical(sides[0])] = sides[1]
        return []
    if _makes_up(sides, relations, context, before):
        define(sides[1], sides[0], context)
        return [str(sides[1].value)]
    if not renew(sides[0], sides[1], context, before) and not defines(sides[0], sides[1], context):
        return []
    define(sides[0], sides[1], context)
    if len(sides) == 3 and relations[1] in ("<", ">", "<=", ">="):  # Z = … > 0
        _bound(sides[0], sides[2], relations[1], context)
    return [str(sides[0].value)] if sides[0].op == "sym" else []


def _makes_up(sides: list[Node], relations: list[str], context: Context, before: str) -> bool:
    """`k_1 + k_2 + k_3 = n` where nothing else says what n is: n is the sum."""
    if len(sides) != 2 or relations != ["="] or sides[0].op not in ("add", "big") or SPEAKS.search(before[-40:]):
        return False
    whole, summed = sides[1], sides[0].op == "add" or sides[0].value.kind == "sum"
    plain = whole.op == "sym" and not whole.args and str(whole.value) not in context.definitions
    fact = context.known.get(str(whole.value))
    free = fact is None or not (fact.declared or fact.structure or fact.shapes)
    members = [n for n in walk(sides[0]) if n.op == "sym"]
    counted = any(n.value == whole.value for n in members) or (sides[0].op == "big" and sides[0].value.has_upper)
    return plain and free and summed and not counted and all(n.args for n in members if sides[0].op == "add")


def _mention(tokens: list[Token], context: Context, hints: Hints) -> list[str]:
    names = []
    for part in commas(tokens):
        try:
            node = parse_tokens(part, hints)
        except ParseError:
            continue
        for inner in walk(node):
            if inner.op == "sym":
                context.fact(str(inner.value)).mentioned = True
        note_usage(node, context)
        note_letters(node, context)
        if node.op == "sym":
            names.append(str(node.value))
        if node.op == "add" and any(n.op == "dots" for n in node.args):
            continue
    return names


def _plain_letter(tokens: list[Token]) -> bool:
    return len(tokens) == 1 and (tokens[0].kind == "char" or tokens[0].text in ("\\ell",))


def _belongs(left: list[Token], right: list[Token], context: Context, hints: Hints) -> list[str]:
    """`x ∈ set` for one name."""
    if left[0].text == "\\dots":
        return []
    node = parse_tokens(left, hints)
    if node.op == "opaque" or node.op == "call":
        return []
    if node.op in ("deriv", "grad", "num", "tuple"):
        return []
    if node.op == "transpose" or node.op == "pow":
        return _belongs_raised(node, right, context, hints)
    if node.op != "sym":
        return []
    return read_membership(str(node.value), node.args, right, context, hints)


def _belongs_raised(node: Node, right: list[Token], context: Context, hints: Hints) -> list[str]:
    """`z^l ∈ ℝ^n`: the superscript must be an index, for no one declares a power."""
    base = node.args[0]
    if node.op == "transpose" or base.op != "sym" or node.args[1].op == "num":
        return []
    context.raised.add(str(base.value))
    return read_membership(str(base.value), (node.args[1], *base.args), right, context, hints)


def _maps(chain: Chain, context: Context) -> list[str]:
    """f : ℝⁿ → ℝ."""
    name = chain.members[0].tokens[0].text
    target = "".join(t.text for t in chain.members[-1].tokens)
    if name in ("P", "p") and target == "[0,1]":
        return []  # a probability, whose argument is an event
    forget_function(name, context)
    context.functions.add(name)
    context.fact(name).mentioned = True
    source = "".join(t.text for t in chain.members[0].tokens)
    if target in ("\\mathbb{R}", "\\R") and "^" in source:
        context.functions_of[name] = "number"
    return []


def _range(chain: Chain, context: Context, hints: Hints) -> list[str]:
    """i = 1, …, n."""
    letter = chain.members[0].tokens[0].text
    parts = commas(chain.members[1].tokens)
    low, high = parse_tokens(parts[0], hints), parse_tokens(parts[-1], hints)
    context.ranges[letter] = (low, high)
    context.integers.update(str(n.value) for n in walk(high) if n.op == "sym" and not n.args)
    return []


def _bounds(chain: Chain, context: Context, hints: Hints) -> list[str]:
    """0 < γ < 1, a, b > 0, t < T."""
    sides = [
        [parse_tokens(part, hints) for part in commas(m.tokens) if part[0].text != "\\dots"] for m in chain.members
    ]
    names: list[str] = []
    for left, right, relation in zip(sides, sides[1:], chain.relations, strict=False):
        for a in left if len(left) > 1 else left[-1:]:
            for b in right[:1]:
                names.extend(_bound(a, b, relation, context))
    return names


def _bound(a: Node, b: Node, relation: str, context: Context) -> list[str]:
    flip = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "!=": "!="}
    if a.op == "num" and b.op == "sym":
        a, b, relation = b, a, flip[relation]
    if a.op == "sym" and b.op in ("num", "neg") and relation in flip:
        value = b.value if b.op == "num" else -(b.args[0].value or 0) if b.args[0].op == "num" else None
        if value is None:
            return []
        fact = context.fact(str(a.value))
        fact.declared = fact.declared or not a.args or True
        if relation in ("<", "<="):
            fact.high = float(value)
        elif relation in (">", ">="):
            fact.low = float(value)
        if a.op == "sym" and not a.args and relation == ">=" and value in (1, 2):
            context.fact(str(a.value)).mentioned = True
        return [str(a.value)]
    names = [str(x.value) for x, other in ((a, b), (b, a)) if x.op == "sym" and not x.args and other.op != "sym"]
    for name in names:
        context.fact(name).declared = True
    context.orderings.append(Node("rel", (a, b), relation, a.start, b.end))
    return names
