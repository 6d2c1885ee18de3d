"""Operators of the notation: fractions and derivatives, nabla, sums with their limits, integrals.

Each function takes the parser at the operator and returns the node; scopes follow the habits of lecture notes.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from glideslope.derive.syntax import symbols
from glideslope.derive.syntax.applied import acted_on
from glideslope.derive.syntax.cuts import (
    bound_by,
    differential,
    integer,
    running_letters,
    skip_differential,
    split,
    split_order,
    strip_brackets,
)
from glideslope.derive.syntax.names import RELATIONS
from glideslope.derive.syntax.tokens import Token, closing
from glideslope.derive.syntax.tree import Binder, Derivative, Node, free_symbols, walk

if TYPE_CHECKING:
    from glideslope.derive.syntax.parser import Parser

__all__ = [
    "BIG",
    "between",
    "big",
    "derivative",
    "fraction",
    "integral",
    "limit",
    "limits",
    "nabla",
    "operand",
    "read_condition",
    "slash_derivative",
]

BIG = {"\\sum": "sum", "\\prod": "prod", "\\max": "max", "\\min": "min", "\\int": "int", "\\sup": "max", "\\inf": "min"}


def fraction(p: Parser) -> Node:
    """A quotient, or a derivative when both parts begin with ∂ or d."""
    start = p.i
    p.take()
    over, under = p.group(), p.group()
    upper, lower = strip_brackets(over), strip_brackets(under)
    kind = differential(upper)
    if kind and kind == differential(lower):
        found = derivative(p, upper, lower, kind, start)
        if found is not None:
            return slope_at(p, found, start) if kind == "d" and p.peek() == "(" else found
    return p.node("frac", (p.inside(over), p.inside(under)), start)


#: letters that name functions where nothing else is said
FUNCTION_LETTERS = frozenset(("f", "g", "h", "F", "G", "\\phi", "\\psi", "\\sigma"))


def slope_at(p: Parser, found: Node, start: int) -> Node:
    r"""`\frac{df}{dx}(a)` is f'(a), where f names a function; before a sum in brackets it is a factor."""
    name = str(found.args[0].value)
    stop = closing(p.tokens, p.i)
    inner = p.tokens[p.i + 1 : stop]
    plain = found.args[0].op == "sym" and not found.args[0].args and name not in p.hints.values
    summed = any(len(part) > 1 for part in (split(inner, (sign,)) for sign in ("+", "-", ",")))
    if not plain or summed or not inner or not (name in p.hints.functions or name in FUNCTION_LETTERS):
        return found
    p.i = stop + 1
    return p.node("call", (p.inside(inner),), start, name + "'" * sum(found.value.orders))


def derivative(p: Parser, over: list[Token], under: list[Token], kind: str, start: int) -> Node | None:
    """∂^n E / ∂x ∂y, or an operator applied to what follows."""
    position, order = skip_differential(over, 0)
    variables, orders = [], []
    here = 0
    while here < len(under):
        if not differential(under[here:]):
            return None
        here, _ = skip_differential(under, here)
        stop = here
        depth = 0
        while stop < len(under) and not (
            depth == 0 and stop > here and differential(under[stop:]) == kind and kind == "p"
        ):
            depth += {"open": 1, "close": -1}.get(under[stop].kind, 0)
            stop += 1
        if stop == here:
            return None
        marked = under[here].text + "^" in p.hints.raised  # W^2 names a layer
        part, count = (under[here:stop], 1) if marked else split_order(under[here:stop])
        variables.append(p.inside(part))
        orders.append(count)
        here = stop
    squared = order == 1 and len(orders) == 1 and orders[0] > 1  # ∂ℓ / ∂σ²
    if sum(orders) != order and not squared:
        return None
    rest = over[position:]
    body = p.inside(rest) if rest else operand(p)
    if squared:
        slope = p.node("deriv", (body, variables[0]), start, Derivative((1,), kind == "d"))
        power = Node("pow", (variables[0], Node("num", (), orders[0] - 1)))
        return p.node("frac", (slope, Node("mul", (Node("num", (), orders[0]), power), ("", ""))), start)
    return p.node("deriv", (body, *variables), start, Derivative(tuple(orders), kind == "d"))


def operand(p: Parser) -> Node:
    """What a differential operator acts on: the rest of the product."""
    if not p.starts_factor() and p.peek() not in ("-", "+"):
        raise p.error("an operator with nothing to act on")
    return p.product()


def slash_derivative(p: Parser) -> Node:
    r"""\partial_x f and \partial f / \partial x in a line."""
    start = p.i
    p.take()
    order = 1
    if p.peek() == "^":
        p.take()
        order = int(integer(p.group()) or 1)
    if p.peek() == "_":
        p.take()
        tokens = p.group()
        variables = [p.inside(part) for part in split(tokens, (",",))]
        body = _whole_form(p, acted_on(p), variables[0] if len(variables) == 1 else None)
        while p.peek_kind() == "open" and p.peek() != "{":
            body = p.factor()
        return p.node("deriv", (body, *variables), start, Derivative(tuple(order for _ in variables)))
    body = p.factor()
    if p.peek() != "/" or p.peek(1) != "\\partial":
        raise p.error("a lonely ∂")
    p.take("/")
    p.take("\\partial")
    variable = p.factor()
    if order > 1 and variable.op == "pow":
        variable = variable.args[0]
    return p.node("deriv", (body, variable), start, Derivative((order,)))


def nabla(p: Parser) -> Node:
    """Gradient, Hessian, divergence."""
    start = p.i
    p.take()
    order, variable = 1, None
    while p.peek() in ("^", "_"):
        if p.take().text == "^":
            order = int(integer(p.group()) or 0)
            if order not in (1, 2):
                raise p.error("∇ with an odd order")
        else:
            variable = p.inside(p.group())
    if p.peek() == "\\cdot":
        raise p.error("divergence is not checked")
    body = _whole_form(p, acted_on(p), variable)
    turned = body.op == "transpose" and (body.args[0].op == "call" or (variable is None and body.args[0].op == "sym"))
    inner = body.args[0] if turned else body
    found = p.node("grad", (inner,) if variable is None else (inner, variable), start, order)
    return p.node("transpose", (found,), start, body.value) if turned else found  # ∇f(x)ᵀ turns the gradient


def _whole_form(p: Parser, body: Node, variable: Node | None) -> Node:
    r"""In $\nabla_x x^\top A x$ the gradient is of the whole product: of $x^\top$ alone nobody takes one."""
    if (
        variable is None
        or variable.op != "sym"
        or body.op != "transpose"
        or body.args[0].op != "sym"
        or not p.starts_factor()
    ):
        return body
    place, start = p.i, p.i
    form = p.node("mul", (body, p.product()), start, ("", ""))
    rests = any(n.op == "sym" and n.value == variable.value for n in walk(form))
    if not rests:
        p.i = place
    return form if rests else body


def big(p: Parser) -> Node:
    """Sum, product, maximum, minimum or integral with its limits and its body."""
    start = p.i
    kind = BIG[p.take().text]
    lower: list[Token] = []
    upper: list[Token] = []
    while p.peek() in ("_", "^"):
        if p.take().text == "_":
            lower = p.group()
        else:
            upper = p.group()
    if kind == "int":
        return integral(p, lower, upper, start)
    letters, bounds, conditions = limits(p, lower)
    if not letters:
        raise p.error("a sum without an index")
    top = (p.inside(upper),) if upper else ()
    if not bounds and top and len(letters) == 1:  # \sum_k^n means from 1
        bounds = (Node("num", (), 1, top[0].start, top[0].start),)
    if p.hints.wide_sums:
        body = p.sum()
    elif p.peek() in ("-", "+"):
        sign = p.take().text
        body = p.term()
        body = p.node("neg", (body,), start) if sign == "-" else body
    else:
        body = p.term()
    binder = Binder(kind, letters, bool(bounds), bool(top))
    body, after = _product_scope(body, letters) if kind == "prod" else (body, ())
    node = p.node("big", (*bounds, *top, *conditions, body), start, binder)
    if not after:
        return node
    node = node.at(node.start, body.end)
    return p.node("mul", (node, *after), start, ("", *("cdot" for _ in after)))


def limit(p: Parser) -> Node:
    r"""`\lim_{x \to a}` of the product that follows; `a^+` and `a^-` are approached from one side."""
    start = p.i
    p.take()
    if p.peek() != "_":
        raise p.error("a limit without its place")
    p.take()
    tokens = p.group()
    cut = next((k for k, t in enumerate(tokens) if t.text in ("\\to", "\\downarrow", "\\uparrow")), 0)
    if cut != 1 or len(tokens) < 3:
        raise p.error("a limit without its place")
    place, kind = tokens[2:], {"\\downarrow": "lim+", "\\uparrow": "lim-"}.get(tokens[1].text, "lim")
    side = "".join(t.text for t in place[-2:])
    if len(place) > 2 and side in ("^+", "^-"):
        place, kind = place[:-2], "lim" + side[1]
    elif len(place) > 2 and place[-1].text == "}" and "".join(t.text for t in place[-4:]) in ("^{+}", "^{-}"):
        place, kind = place[:-4], "lim" + place[-2].text
    point = p.inside(place[1:] if place[0].text == "+" else place)
    body = p.term()
    return p.node("big", (point, body), start, Binder(kind, (running_letters(tokens[:1])[0],), True, False))


def _product_scope(body: Node, letters: tuple[str, ...]) -> tuple[Node, tuple[Node, ...]]:
    """∏ ends before the next ∏ over its letter, and before what a dot joins to it that does not carry the letter."""
    if body.op != "mul":
        return body, ()
    cut = len(body.args)
    for k, factor in enumerate(body.args[1:], 1):
        head = factor.args[0] if factor.op == "mul" else factor  # a product that has ended before the line does
        if head.op == "big" and head.value.kind == "prod" and set(head.value.letters) & set(letters):
            cut = k
            break
    apart = next((k for k in range(cut, 0, -1) if set(letters) & free_symbols(body.args[k - 1])), 1)
    first = body.args[0]
    bracketed = first.op == "group" and first.value == "(" and apart == 1 and set(letters) & free_symbols(first)
    cut = next((k for k in range(apart, cut) if body.value[k] or bracketed), cut)  # ∏ (1 / y_i!) c
    if cut == len(body.args):
        return body, ()
    kept = body.args[:cut]
    inner = kept[0] if cut == 1 else Node("mul", kept, body.value[:cut], body.start, kept[-1].end)
    return inner, body.args[cut:]


def limits(p: Parser, tokens: list[Token]) -> tuple[tuple[str, ...], tuple[Node, ...], tuple[Node, ...]]:
    """Read what stands below a sum: the letters, the lower bound, the conditions."""
    letters: list[str] = []
    bounds: tuple[Node, ...] = ()
    conditions: list[Node] = []
    if tokens and tokens[0].text == "\\substack":
        tokens = tokens[2:-1]
    for part in split(tokens, (",", ":", "|", "\\\\", ";")):
        places = [k for k, t in enumerate(part) if t.text in RELATIONS]
        if not places:
            letters.extend(running_letters(part))
        elif len(places) == 1 and part[places[0]].text == "=" and not letters:
            for one in split(part[: places[0]], (",",)):
                letters.append(running_letters(one, needed=True)[0])
            bounds = (p.inside(part[places[0] + 1 :]),)
        elif part[places[0]].text == "\\in":
            letters.append(running_letters(part[: places[0]], needed=True)[0])
            inner = part[places[0] + 1 :]
            if not inner:
                raise p.error("expected a set after \\in")
            shown = "".join(t.text for t in inner)
            whole = (
                len(inner) <= 4 and inner[0].text in ("\\mathcal", "\\mathbb", "\\Omega", "\\{") and "_" not in shown
            )
            if not whole and inner[0].text != "\\{":
                member = Node("sym", (), letters[-1], part[0].start, part[0].end)
                conditions.append(Node("member", (member,), shown, part[0].start, part[-1].end))
            if inner[0].text == "\\{":
                members = tuple(
                    p.inside(part) for part in split(inner[1:-1], (",",)) if not part or part[0].text != "\\dots"
                )
                conditions.append(
                    Node("among", (Node("sym", (), letters[-1]), *members), None, part[0].start, part[-1].end)
                )
        else:
            condition = read_condition(p, part)
            conditions.append(condition)
            if not letters:
                letters.append(bound_by(condition))
    return tuple(letters), bounds, tuple(conditions)


def read_condition(p: Parser, tokens: list[Token]) -> Node:
    """A relation, or a run of them, as a node that is true or false."""
    places = [k for k, t in enumerate(tokens) if t.text in RELATIONS]
    if not places:
        raise p.error("expected a condition")
    cuts = [-1, *places, len(tokens)]
    sides = [p.inside(tokens[a + 1 : b]) for a, b in itertools.pairwise(cuts)]
    made = [Node("rel", (left, right), RELATIONS[tokens[place].text], left.start, right.end)
            for left, right, place in zip(sides, sides[1:], places, strict=False)]  # fmt: skip
    return made[0] if len(made) == 1 else Node("and", tuple(made), None, made[0].start, made[-1].end)


def integral(p: Parser, lower: list[Token], upper: list[Token], start: int) -> Node:
    """∫ to the differential that closes it; without limits it runs over all values of a random variable."""
    if p.peek() == "{" and (inner := _within_braces(p)):  # \int{f \, dt}
        part = type(p)(inner, p.hints)
        found = integral(part, lower, upper, 0)
        if part.i == len(inner):
            p.i = closing(p.tokens, p.i) + 1
            return found.at(p.tokens[start].start, p.tokens[p.i - 1].end)
    depth, open_signs = 0, 1
    for here in range(p.i, len(p.tokens) - 1):
        token = p.tokens[here]
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        rest = p.tokens[here:]
        open_signs += depth == 0 and token.text == "\\int"
        if depth == 0 and differential(rest) == "d":
            skip, _ = skip_differential(rest, 0)
            of_function = skip < len(rest) and rest[skip].text in ("(", "[") and token.text != "d"
            if not of_function and (
                skip >= len(rest) or rest[skip].kind not in ("char", "cmd") or rest[skip].text in ("/", ")")
            ):
                continue
            open_signs -= 1
            if open_signs:
                continue
            body = p.inside(p.tokens[p.i : here]) if here > p.i else Node("num", (), 1)
            p.i = here + skip
            if of_function:
                body, variable = _along(p, body)
            else:
                variable = symbols.read_name(p)
            if p.peek() in ("_", "^"):
                raise p.error("an integral over an indexed variable")
            ends: tuple[Node, ...] = ()
            if lower and upper:
                ends = p.inside(lower), p.inside(upper)
            elif "".join(t.text for t in lower) in ("\\mathbb{R}", "\\mathbbR", "\\R"):
                endless = Node("num", (), float("inf"))
                ends = Node("neg", (endless,)), endless
            return p.node("big", (*ends, body), start, Binder("int", (variable,), bool(ends), bool(ends)))
    raise p.error("an integral without its differential")


def _within_braces(p: Parser) -> list[Token]:
    """What the braces after an integral sign hold, where a differential ends it."""
    inner = p.tokens[p.i + 1 : closing(p.tokens, p.i)]
    return inner if len(inner) > 1 and inner[-2].text == "d" else []


#: letters one integrates by, where a differential holds several
VARIABLES = tuple("xyztuvwsr")


def _along(p: Parser, body: Node) -> tuple[Node, str]:
    r"""∫ f d(g): the integrand f g' and the letter it is about, as in $\mathrm{d}(\sqrt{2} \sigma x)$."""
    start = p.i
    stop = closing(p.tokens, p.i)
    inner = p.inside(p.tokens[p.i + 1 : stop])
    p.i = stop + 1
    names = free_symbols(inner) & free_symbols(body)
    found = [x for x in VARIABLES if x in names]
    if len(found) != 1:
        raise p.error("an integral along several letters")
    slope = Node("along", (inner, Node("sym", (), found[0])), Derivative((1,), True), start, stop)
    return Node("mul", (body, slope), ("", ""), body.start, stop), found[0]


def between(p: Parser, inner: Node, lower: list[Token], upper: list[Token], start: int) -> Node:
    """[F(x)]_a^b = F(b) − F(a), by the one letter of F that may be the variable."""
    ends = p.inside(lower), p.inside(upper)
    names = free_symbols(inner) - free_symbols(ends[0]) - free_symbols(ends[1])
    found = [x for x in VARIABLES if x in names]
    if len(found) != 1:
        raise p.error("a difference between two ends of an unknown letter")
    return p.node("between", (inner, *ends), start, found[0])
