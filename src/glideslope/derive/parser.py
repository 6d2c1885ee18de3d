r"""LaTeX mathematics into a tree: a Pratt parser written for the notation of lecture notes.

General grammars fail here because juxtaposition depends on context: $f(x)$ calls or multiplies, $x^{(i)}$ selects or raises.
`Hints` carry what the context knows; a text that can be read two ways is parsed again under other hints.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from glideslope.derive.dots import expand_dots
from glideslope.derive.names import ACCENTS, ALWAYS_CALLED, FUNCTIONS, GREEK, RELATIONS, WORD_FUNCTIONS, is_index_word
from glideslope.derive.tokens import Macros, Token, closing, tokenize
from glideslope.derive.tree import Binder, Derivative, Node, canonical
from glideslope.errors import ParseError

__all__ = ["Hints", "parse", "parse_tokens"]

MAX_DEPTH = 60
BIG = {"\\sum": "sum", "\\prod": "prod", "\\max": "max", "\\min": "min", "\\int": "int", "\\sup": "max", "\\inf": "min"}
FONTS = {"\\mathbf": "b:", "\\mathcal": "cal:", "\\mathbb": "bb:", "\\mathfrak": "frak:", "\\mathscr": "cal:", "\\mathsf": "", "\\mathtt": "rm:",
         "\\mathrm": "rm:", "\\operatorname": "rm:", "\\operatorname*": "rm:", "\\mathit": "", "\\mathnormal": "", "\\rm": "rm:", "\\cal": "cal:", "\\mathbin": ""}  # fmt: skip
CALLED_WITH_INDEX = {"f", "g", "h", "p", "P", "q", "Q", "V", "\\pi", "b:f", "rm:H", "\\lambda_\\max", "\\lambda_\\min"}
SEPARATORS = {",", ";", "|", "\\|", ":"}


@dataclass(frozen=True)
class Hints:
    """What the context knows about the names in a formula, and which reading to try."""

    functions: frozenset[str] = frozenset()
    values: frozenset[str] = frozenset()
    raised: frozenset[str] = field(default=frozenset())  # names whose superscript letters are indices
    wide_sums: bool = False
    wide_arguments: bool = False
    macros: Macros | None = None


def parse(latex: str, hints: Hints | None = None, offset: int = 0) -> Node:
    """Parse one expression (no relation at the top).

    Raises:
        ParseError: with the offset where reading stopped.
    """
    hints = hints or Hints()
    return parse_tokens(tokenize(latex, hints.macros, offset), hints)


def parse_tokens(tokens: list[Token], hints: Hints) -> Node:
    """Parse the tokens of one expression."""
    tokens = _without_layout(tokens)
    while tokens and tokens[-1].text in (".", ",", ";", ":"):
        tokens = tokens[:-1]
    if not tokens:
        raise ParseError("expected an expression, found nothing")
    parser = _Parser(tokens, hints)
    node = parser.sum()
    if parser.i < len(tokens):
        raise parser.error(f"unexpected {tokens[parser.i].text!r}")
    return expand_dots(node) if any(t.text == "\\dots" for t in tokens) else node


class _Parser:
    def __init__(self, tokens: list[Token], hints: Hints) -> None:
        self.tokens = tokens
        self.hints = hints
        self.i = 0
        self.depth = 0
        self.bars = 0

    # -- reading tokens ---------------------------------------------------------------------------------------------

    def error(self, what: str) -> ParseError:
        """Build the error for the token reading stopped at."""
        at = self.tokens[min(self.i, len(self.tokens) - 1)].start if self.tokens else 0
        return ParseError(f"{what} at offset {at}")

    def peek(self, ahead: int = 0) -> str:
        """Text of a token to come, empty at the end."""
        return self.tokens[self.i + ahead].text if self.i + ahead < len(self.tokens) else ""

    def peek_kind(self, ahead: int = 0) -> str:
        """Kind of a token to come, empty at the end."""
        return self.tokens[self.i + ahead].kind if self.i + ahead < len(self.tokens) else ""

    def take(self, text: str | None = None) -> Token:
        """Consume a token, a certain one if `text` is given."""
        if self.i >= len(self.tokens) or (text is not None and self.tokens[self.i].text != text):
            raise self.error(f"expected {text or 'more'!r}, found {self.peek() or 'the end'!r}")
        self.i += 1
        return self.tokens[self.i - 1]

    def node(self, op: str, args: tuple[Node, ...], start: int, value: object = None) -> Node:
        """Make a node whose span runs from token `start` to the last one read."""
        return Node(op, args, value, self.tokens[start].start, self.tokens[self.i - 1].end)

    def inside(self, tokens: list[Token], read: Callable[[_Parser], Node] | None = None) -> Node:
        """Parse a group's tokens on their own."""
        if not tokens:
            raise self.error("empty group")
        if self.depth > MAX_DEPTH:
            raise self.error("nested too deeply")
        inner = _Parser(tokens, self.hints)
        inner.depth = self.depth + 1
        node = read(inner) if read else inner.sum()
        if inner.i < len(tokens):
            raise inner.error(f"unexpected {inner.peek()!r}")
        return node

    def group(self) -> list[Token]:
        """Consume one argument: a braced group's tokens, or a single token."""
        if self.peek() == "{":
            stop = closing(self.tokens, self.i)
            found = self.tokens[self.i + 1 : stop]
            self.i = min(stop + 1, len(self.tokens))
            return found
        token = self.take()
        if token.text in FONTS or token.text in ACCENTS:
            start = self.i - 1
            self.group()
            return self.tokens[start : self.i]
        if token.text == "\\frac":
            start = self.i - 1
            self.group()
            self.group()
            return self.tokens[start : self.i]
        if token.kind == "num" and len(token.text) > 1 and token.text.isdigit():  # x^23 raises to 2 only
            first = Token("num", token.text[0], token.start, token.start + 1)
            rest = Token("num", token.text[1:], token.start + 1, token.end, True)
            self.tokens[self.i - 1 : self.i] = [first, rest]
            return [first]
        return [token]

    # -- grammar ----------------------------------------------------------------------------------------------------

    def sum(self) -> Node:
        """Terms joined by + and −."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.error("nested too deeply")
        start, terms, signs = self.i, [], []
        sign = 1
        if self.peek() in ("+", "-"):
            sign = -1 if self.take().text == "-" else 1
        while True:
            while self.peek() in ("+", "-"):  # a run of signs, as in "+ -x"
                sign *= -1 if self.take().text == "-" else 1
            terms.append(self.term())
            signs.append(sign)
            if self.peek() in ("\\pm", "\\mp"):
                raise self.error("± stands for two formulas")
            if self.peek() not in ("+", "-"):
                break
            sign = -1 if self.take().text == "-" else 1
        self.depth -= 1
        if len(terms) == 1:
            return terms[0] if signs[0] == 1 else self.node("neg", (terms[0],), start)
        return self.node("add", tuple(terms), start, tuple(signs))

    def term(self) -> Node:
        """Products joined by ⊙ or ⊗, which bind looser than juxtaposition."""
        start = self.i
        left = self.product()
        while self.peek() in ("\\odot", "\\otimes"):
            op = "had" if self.take().text == "\\odot" else "kron"
            left = self.node(op, (left, self.product()), start)
        return left

    def product(self) -> Node:
        """Factors side by side, with · × / between them."""
        start = self.i
        factors, ops = [self.factor()], [""]
        while self.i < len(self.tokens):
            text = self.peek()
            if text in ("\\cdot", "\\times", "*", "/", "\\div"):
                self.take()
                factor = self.factor()
                if text in ("/", "\\div"):
                    over = self._product(factors, ops, start)
                    factors, ops = [self.node("frac", (over, factor), start)], [""]
                    continue
                factors.append(factor)
                ops.append({"\\cdot": "cdot", "\\times": "times", "*": "times"}[text])
            elif self.starts_factor():
                factors.append(self.factor())
                ops.append("")
            else:
                break
        return self._product(factors, ops, start)

    def _product(self, factors: list[Node], ops: list[str], start: int) -> Node:
        if len(factors) == 1:
            return factors[0]
        return Node("mul", tuple(factors), tuple(ops), self.tokens[start].start, factors[-1].end)

    def starts_factor(self) -> bool:
        """Tell whether the next token can begin a factor of a product."""
        text, kind = self.peek(), self.peek_kind()
        if kind in ("", "close", "amp", "break", "quad", "text"):
            return False
        if text == "|":
            return self.bars == 0 and self._bar_closes()
        if text == "\\|":
            return self.bars == 0 and self._bar_closes()
        return text not in RELATIONS and text not in SEPARATORS and text not in ("+", "-", "\\pm", "\\mp", "\\odot", "\\otimes", ".", "!", "\\end", "^", "_", "'")

    def _bar_closes(self) -> bool:
        depth, text = 0, self.peek()
        for token in self.tokens[self.i + 1 :]:
            depth += {"open": 1, "close": -1}.get(token.kind, 0)
            if depth < 0:
                return False
            if depth == 0 and token.text == text:
                return True
        return False

    def factor(self) -> Node:
        """One factor with its scripts."""
        start = self.i
        if self.peek() in ("-", "+"):
            sign = self.take().text
            inner = self.factor()
            return self.node("neg", (inner,), start) if sign == "-" else inner
        return self.scripts(self.atom(), start)

    def scripts(self, node: Node, start: int) -> Node:
        """Apply ^ _ ' ! to what was just read; symbols read their own scripts."""
        while True:
            text = self.peek()
            if text == "^":
                self.take()
                node = self.raised(node, self.group(), start)
            elif text == "_":
                self.take()
                tokens = self.group()
                if [t.text for t in tokens] == ["\\times"]:
                    node = self.node("call", (node,), start, "skew")
                elif node.op in ("norm",):
                    node = self.node("norm", node.args, start, _norm_order(tokens))
                else:
                    node = self.node("index", (node, *self.indices(tokens)[0]), start)
            elif text == "'":
                self.take()
                node = self.node("prime", (node,), start)
            elif text == "!":
                self.take()
                node = self.node("call", (node,), start, "factorial")
            else:
                return node

    def raised(self, base: Node, tokens: list[Token], start: int) -> Node:
        """Base with a superscript: transpose or power."""
        texts = [t.text for t in tokens]
        if texts in (["\\top"], ["T"], ["\\mathrm", "{", "T", "}"], ["\\mathsf", "{", "T", "}"], ["\\mathsf", "T"], ["\\prime"], ["t"], ["\\mathrm", "T"], ["\\rm", "T"]):
            if texts == ["\\prime"]:
                return self.node("prime", (base,), start)
            if texts != ["t"]:
                kind = "sure" if texts != ["T"] else "letter"
                return self.node("transpose", (base,), start, kind)
        if texts in (["-", "\\top"], ["-", "T"], ["-", "1", "\\top"]):
            inverse = self.node("pow", (base, Node("num", (), -1, base.end, base.end)), start)
            return self.node("transpose", (inverse,), start, "sure")
        if texts and texts[0] == "(" and closing(tokens, 0) == len(tokens) - 1 and base.op == "call":
            raise self.error("a derivative order in brackets")
        return self.node("pow", (base, self.inside(tokens)), start)

    # -- atoms ------------------------------------------------------------------------------------------------------

    def atom(self) -> Node:
        """Numbers, symbols, groups, functions, operators."""
        if self.i >= len(self.tokens):
            raise self.error("the formula ends too early")
        token = self.tokens[self.i]
        text, start = token.text, self.i
        if token.kind == "num":
            self.take()
            digits = text.replace(",", "")
            value: float | int = int(digits) if digits.isdigit() and len(digits) < 400 else float(digits)
            return self.node("num", (), start, value)
        if text == "{":
            return self.braced()
        if token.kind == "open":
            return self.bracketed()
        if text in ("|", "\\|"):
            return self.barred()
        if text in BIG and not (text in ("\\max", "\\min") and self.peek(1) not in ("_",)):
            return self.big()
        if text == "\\frac":
            return self.fraction()
        if text == "\\sqrt":
            return self.root()
        if text == "\\binom":
            self.take()
            over, under = self.inside(self.group()), self.inside(self.group())
            return self.node("call", (over, under), start, "binom")
        if text == "\\begin":
            return self.environment()
        if text == "\\nabla":
            return self.nabla()
        if text == "\\partial":
            return self.slash_derivative()
        if text == "\\dots":
            self.take()
            return self.node("dots", (), start)
        if text == "\\infty":
            self.take()
            return self.node("num", (), start, float("inf"))
        if text in ("\\arg", "\\lim", "\\placeholder", "\\iint", "\\oint", "\\forall", "\\exists", "\\begin", "\\cup", "\\cap", "\\bigcup", "\\bigcap"):
            raise self.error(f"{text} is outside what is checked")
        return self.named()

    def braced(self) -> Node:
        """A group in braces: transparent, except old font switches."""
        start, tokens = self.i, self.group()
        if tokens and tokens[0].text in ("\\rm", "\\cal") and len(tokens) > 1:
            return self.inside([tokens[0], Token("open", "{", tokens[0].end, tokens[0].end), *tokens[1:],
                                Token("close", "}", tokens[-1].end, tokens[-1].end)])  # fmt: skip
        if not tokens:
            if self.i < len(self.tokens):
                return self.factor()
            raise self.error("empty group")
        inner = self.inside(tokens)
        return inner.at(self.tokens[start].start, self.tokens[self.i - 1].end) if inner.op != "sym" else inner

    def bracketed(self) -> Node:
        """Parentheses and brackets: one expression, a tuple, a floor or an indicator."""
        start, opener = self.i, self.peek()
        stop = closing(self.tokens, start)
        if stop >= len(self.tokens):
            raise self.error(f"{opener} is never closed")
        inner = self.tokens[start + 1 : stop]
        self.i = stop + 1
        if opener in ("\\lfloor", "\\lceil"):
            return self.node("call", (self.inside(inner),), start, "floor" if opener == "\\lfloor" else "ceil")
        if opener == "[" and _has_relation(inner):
            return self.node("call", (self.condition(inner),), start, "indicator")
        parts = _split(inner, (",", ";"))
        nodes = tuple(self.inside(part) for part in parts)
        if len(nodes) == 1:
            return self.node("group", nodes, start, opener)
        return self.node("tuple", nodes, start)

    def barred(self) -> Node:
        """|x| and ‖x‖."""
        start, bar = self.i, self.take().text
        depth, stop = 0, -1
        for here in range(self.i, len(self.tokens)):
            depth += {"open": 1, "close": -1}.get(self.tokens[here].kind, 0)
            if depth == 0 and self.tokens[here].text == bar:
                stop = here
                break
        if stop < 0:
            raise self.error("a bar is never closed")
        inner = self.inside(self.tokens[self.i : stop])
        self.i = stop + 1
        return self.node("abs", (inner,), start) if bar == "|" else self.node("norm", (inner,), start, "2" if inner.op != "x" else "")

    def root(self) -> Node:
        """√ with an optional degree."""
        start = self.i
        self.take()
        degree = None
        if self.peek() == "[":
            stop = closing(self.tokens, self.i)
            degree = self.inside(self.tokens[self.i + 1 : stop])
            self.i = stop + 1
        inner = self.inside(self.group())
        if degree is not None:
            one = Node("num", (), 1, inner.end, inner.end)
            return self.node("pow", (inner, Node("frac", (one, degree), None, degree.start, degree.end)), start)
        return self.node("call", (inner,), start, "sqrt")

    def fraction(self) -> Node:
        """A quotient, or a derivative when both parts begin with ∂ or d."""
        start = self.i
        self.take()
        over, under = self.group(), self.group()
        upper, lower = _strip_brackets(over), _strip_brackets(under)
        kind = _differential(upper)
        if kind and kind == _differential(lower):
            found = self.derivative(upper, lower, kind, start)
            if found is not None:
                return found
        return self.node("frac", (self.inside(over), self.inside(under)), start)

    def derivative(self, over: list[Token], under: list[Token], kind: str, start: int) -> Node | None:
        """∂^n E / ∂x ∂y, or an operator applied to what follows."""
        position, order = _skip_differential(over, 0)
        variables, orders = [], []
        here = 0
        while here < len(under):
            if not _differential(under[here:]):
                return None
            here, _ = _skip_differential(under, here)
            stop = here
            depth = 0
            while stop < len(under) and not (depth == 0 and stop > here and _differential(under[stop:]) == kind and kind == "p"):
                depth += {"open": 1, "close": -1}.get(under[stop].kind, 0)
                stop += 1
            if stop == here:
                return None
            part, count = _order(under[here:stop])
            variables.append(self.inside(part))
            orders.append(count)
            here = stop
        if sum(orders) != order:
            return None
        rest = over[position:]
        body = self.inside(rest) if rest else self.operand()
        return self.node("deriv", (body, *variables), start, Derivative(tuple(orders), kind == "d"))

    def operand(self) -> Node:
        """What a differential operator acts on: the rest of the product."""
        if not self.starts_factor() and self.peek() not in ("-", "+"):
            raise self.error("an operator with nothing to act on")
        return self.product()

    def slash_derivative(self) -> Node:
        r"""\partial_x f and \partial f / \partial x in a line."""
        start = self.i
        self.take()
        order = 1
        if self.peek() == "^":
            self.take()
            order = int(_integer(self.group()) or 1)
        if self.peek() == "_":
            self.take()
            tokens = self.group()
            variables = [self.inside(part) for part in _split(tokens, (",",))]
            body = self.factor()
            while self.peek_kind() == "open" and self.peek() != "{":
                body = self.factor()
            return self.node("deriv", (body, *variables), start, Derivative(tuple(order for _ in variables)))
        body = self.factor()
        if self.peek() != "/" or self.peek(1) != "\\partial":
            raise self.error("a lonely ∂")
        self.take("/")
        self.take("\\partial")
        variable = self.factor()
        if order > 1 and variable.op == "pow":
            variable = variable.args[0]
        return self.node("deriv", (body, variable), start, Derivative((order,)))

    def nabla(self) -> Node:
        """Gradient, Hessian, divergence."""
        start = self.i
        self.take()
        order, variable = 1, None
        while self.peek() in ("^", "_"):
            if self.take().text == "^":
                order = int(_integer(self.group()) or 0)
                if order not in (1, 2):
                    raise self.error("∇ with an odd order")
            else:
                variable = self.inside(self.group())
        if self.peek() == "\\cdot":
            raise self.error("divergence is not checked")
        body = self.factor()
        return self.node("grad", (body,) if variable is None else (body, variable), start, order)

    def big(self) -> Node:
        """Sum, product, maximum, minimum or integral with its limits and its body."""
        start = self.i
        kind = BIG[self.take().text]
        lower: list[Token] = []
        upper: list[Token] = []
        while self.peek() in ("_", "^"):
            if self.take().text == "_":
                lower = self.group()
            else:
                upper = self.group()
        if kind == "int":
            return self.integral(lower, upper, start)
        letters, bounds, conditions = self.limits(lower)
        if not letters:
            raise self.error("a sum without an index")
        top = (self.inside(upper),) if upper else ()
        if not bounds and top and len(letters) == 1:  # \sum_k^n means from 1
            bounds = (Node("num", (), 1, top[0].start, top[0].start),)
        if self.hints.wide_sums:
            body = self.sum()
        elif self.peek() in ("-", "+"):
            sign = self.take().text
            body = self.term()
            body = self.node("neg", (body,), start) if sign == "-" else body
        else:
            body = self.term()
        binder = Binder(kind, letters, bool(bounds), bool(top))
        return self.node("big", (*bounds, *top, *conditions, body), start, binder)

    def limits(self, tokens: list[Token]) -> tuple[tuple[str, ...], tuple[Node, ...], tuple[Node, ...]]:
        """Read what stands below a sum: the letters, the lower bound, the conditions."""
        letters: list[str] = []
        bounds: tuple[Node, ...] = ()
        conditions: list[Node] = []
        if tokens and tokens[0].text == "\\substack":
            tokens = tokens[2:-1]
        for part in _split(tokens, (",", ":", "|", "\\\\", ";")):
            places = [k for k, t in enumerate(part) if t.text in RELATIONS]
            if not places:
                names = [self._letter(t) for t in _unprimed(part)]
                letters.extend(names)
            elif len(places) == 1 and part[places[0]].text == "=" and not letters:
                for one in _split(part[: places[0]], (",",)):
                    letters.append(self._letter(_unprimed(one)[0]))
                bounds = (self.inside(part[places[0] + 1 :]),)
            elif part[places[0]].text == "\\in":
                letters.append(self._letter(_unprimed(part[: places[0]])[0]))
                inner = part[places[0] + 1 :]
                if not (len(inner) <= 4 and inner[0].text in ("\\mathcal", "\\mathbb", "\\Omega", "\\{")):
                    raise self.error("a sum over a set")
                if inner[0].text == "\\{":
                    members = tuple(self.inside(p) for p in _split(inner[1:-1], (",",)) if p[0].text != "\\dots")
                    conditions.append(Node("among", (Node("sym", (), letters[-1]), *members), None, part[0].start, part[-1].end))
            else:
                condition = self.condition(part)
                conditions.append(condition)
                if not letters:
                    letters.append(_bound_by(condition))
        return tuple(letters), bounds, tuple(conditions)

    def _letter(self, token: Token) -> str:
        if token.kind not in ("char", "cmd", "primed") or token.text in ("(", ")"):
            raise self.error(f"{token.text!r} cannot be a summation index")
        return token.text

    def condition(self, tokens: list[Token]) -> Node:
        """A relation, or a run of them, as a node that is true or false."""
        places = [k for k, t in enumerate(tokens) if t.text in RELATIONS]
        if not places:
            raise self.error("expected a condition")
        cuts = [-1, *places, len(tokens)]
        sides = [self.inside(tokens[a + 1 : b]) for a, b in zip(cuts, cuts[1:], strict=False)]
        made = [Node("rel", (left, right), RELATIONS[tokens[p].text], left.start, right.end)
                for left, right, p in zip(sides, sides[1:], places, strict=False)]  # fmt: skip
        return made[0] if len(made) == 1 else Node("and", tuple(made), None, made[0].start, made[-1].end)

    def integral(self, lower: list[Token], upper: list[Token], start: int) -> Node:
        """∫ with finite limits; the body ends at the differential."""
        depth = 0
        for here in range(self.i, len(self.tokens) - 1):
            depth += {"open": 1, "close": -1}.get(self.tokens[here].kind, 0)
            rest = self.tokens[here:]
            if depth == 0 and _differential(rest) == "d":
                skip, _ = _skip_differential(rest, 0)
                if skip < len(rest) and rest[skip].kind in ("char", "cmd") and rest[skip].text not in ("/", ")"):
                    body = self.inside(self.tokens[self.i : here]) if here > self.i else Node("num", (), 1)
                    self.i = here + skip
                    variable = self.take()
                    if not lower or not upper:
                        raise self.error("an integral without limits")
                    binder = Binder("int", (variable.text,), True, True)
                    return self.node("big", (self.inside(lower), self.inside(upper), body), start, binder)
        raise self.error("an integral without its differential")

    def environment(self) -> Node:
        """Matrices and cases."""
        start = self.i
        self.take()
        name = "".join(t.text for t in self.group()).rstrip("*")
        depth, stop = 1, self.i
        while stop < len(self.tokens):
            if self.tokens[stop].text == "\\begin":
                depth += 1
            elif self.tokens[stop].text == "\\end":
                depth -= 1
                if depth == 0:
                    break
            stop += 1
        inner = self.tokens[self.i : stop]
        self.i = stop
        self.take("\\end")
        self.group()
        if name == "array" and inner and inner[0].text == "{":
            inner = inner[closing(inner, 0) + 1 :]
        if name in ("cases", "dcases", "rcases"):
            return self.cases(inner, start)
        if name not in ("matrix", "bmatrix", "pmatrix", "vmatrix", "Bmatrix", "Vmatrix", "smallmatrix", "array"):
            if name in ("aligned", "split", "gathered"):
                return self.inside([t for t in inner if t.kind not in ("amp", "break")])
            raise self.error(f"environment {name} inside a formula")
        rows = [_split(row, ("&",)) for row in _split(inner, ("\\\\",)) if row]
        width = max((len(row) for row in rows), default=0)
        if not rows or any(len(row) != width for row in rows):
            raise self.error("a matrix with ragged rows")
        cells = tuple(self.inside(cell) for row in rows for cell in row)
        node = self.node("matrix", cells, start, (len(rows), width))
        return self.node("call", (node,), start, "det") if name == "vmatrix" else node

    def cases(self, tokens: list[Token], start: int) -> Node:
        """Value and condition pairs."""
        parts: list[Node] = []
        for row in _split(tokens, ("\\\\",)):
            if not row:
                continue
            cells = _split(row, ("&",))
            value = [t for t in cells[0] if t.kind != "text"]
            rest = [t for cell in cells[1:] for t in cell if t.kind not in ("text", "quad")]
            while value and value[-1].text == ",":
                value.pop()
            parts.append(self.inside(value))
            otherwise = Node("num", (), 1)
            parts.append(self.condition(rest) if rest and _has_relation(rest) else otherwise)
        return self.node("cases", tuple(parts), start)

    # -- names ------------------------------------------------------------------------------------------------------

    def named(self) -> Node:
        """A symbol with its scripts, or a function with its arguments."""
        start = self.i
        word = self.word()
        if word is not None:
            return self.function(word, start)
        name = self.name()
        if name.startswith("rm:") and name[3:] in FUNCTIONS:
            return self.function(FUNCTIONS[name[3:]], start)
        if name == "\\tr":
            return self.function("tr", start)
        if name in ("bb:1", "bb:I", "rm:I", "\\mathbbm") and self.peek_kind() == "open" and self.peek() != "{":
            inner = self.tokens[self.i + 1 : closing(self.tokens, self.i)]
            if _has_relation(inner):
                self.i += len(inner) + 2
                return self.node("call", (self.condition(inner),), start, "indicator")
        if name == "e" and self.peek() == "^" and "e" not in self.hints.values:
            self.take()
            return self.node("call", (self.inside(self.group()),), start, "exp")
        return self.symbol(name, start)

    def word(self) -> str | None:
        """A function's name, with or without its backslash."""
        text = self.peek()
        if text.startswith("\\") and text[1:] in FUNCTIONS and text[1:] not in GREEK:
            self.take()
            return FUNCTIONS[text[1:]]
        run = text if len(text) == 1 and text.isalpha() else ""
        ahead = 1
        while run and self.peek_kind(ahead) == "char" and self.peek(ahead).isalpha() and self.tokens[self.i + ahead].glued:
            run += self.peek(ahead)
            ahead += 1
        if len(run) >= 2 and run in WORD_FUNCTIONS and run not in self.hints.values:
            self.i += ahead
            return FUNCTIONS[run]
        return None

    def name(self) -> str:
        """A symbol's name with its font and accents."""
        token = self.take()
        text = token.text
        if text in FONTS:
            tokens = self.group()
            inner = "".join(t.text for t in tokens)
            font = FONTS[text]
            if font == "rm:" and len(inner) == 1 and not (inner in "EPV" and self.peek_kind() == "open" and self.peek() != "{"):
                font = ""
            if font == "b:" and tokens and tokens[0].text in FONTS:
                return "b:" + "".join(t.text for t in tokens[1:] if t.kind not in ("open", "close"))
            return font + inner
        if text in ACCENTS:
            inner_parser = _Parser(self.group(), self.hints)
            inner = inner_parser.name()
            label = f"{ACCENTS[text]} {inner}"
            if inner_parser.i < len(inner_parser.tokens):
                label = f"{ACCENTS[text]} " + "".join(t.text for t in inner_parser.tokens if t.kind not in ("open", "close"))
            return label
        if text == "\\mathbbm" or (token.kind == "cmd" and text[1:] not in GREEK and text not in ("\\Re", "\\#", "\\star")):
            raise self.error(f"{text} is not known")
        if token.kind not in ("char", "cmd") or text in SEPARATORS or text in (".", "!", "^", "_", "&", "\\"):
            raise self.error(f"unexpected {text!r}")
        return text

    def symbol(self, name: str, start: int) -> Node:
        """A symbol's scripts decide whether it is indexed, labelled, raised, transposed or called."""
        supers: list[Node] = []
        subs: list[Node] = []
        pending: list[tuple[list[Token], int]] = []
        while True:
            text = self.peek()
            if text == "'":
                self.take()
                name += "'"
            elif text == "_" and not subs:
                self.take()
                tokens = self.group()
                if [t.text for t in tokens] == ["\\times"]:
                    return self.node("call", (self.node("sym", (), start, name),), start, "skew")
                found, label = self.indices(tokens)
                name += label
                subs = found
            elif text == "^" and not pending and not supers:
                self.take()
                tokens = self.group()
                kind, value = self.superscript(name, tokens)
                if kind == "label":
                    name += value
                elif kind == "index":
                    supers = self.indices(tokens[1:-1] if tokens[0].kind == "open" else tokens)[0]
                else:
                    pending.append((tokens, self.i))
                    if self.peek() != "_":
                        break
            else:
                break
        base = self.node("sym", tuple(supers + subs), start, name)
        if not pending and self.calls(name, bool(subs or supers)):
            return self.call(name, base, start)
        for tokens, _ in pending:
            base = self.raised(base, tokens, start)
            if base.op == "prime" and base.args[0].op == "sym":
                base = self.node("sym", base.args[0].args, start, name + "'")
                if self.calls(name + "'", bool(subs)):
                    return self.call(name + "'", base, start)
            if base.op == "pow" and base.args[0].op == "sym" and self.calls(name, False):  # f^2(x)
                called = self.call(name, base.args[0], start)
                base = self.node("pow", (called, base.args[1]), start)
        return base

    def superscript(self, name: str, tokens: list[Token]) -> tuple[str, str]:
        """Tell what a superscript is: an index, a label or a power."""
        texts = [t.text for t in tokens]
        if not texts:
            raise self.error("empty superscript")
        if texts[0] in ("(", "[") and closing(tokens, 0) == len(tokens) - 1:
            return "index", ""
        if tokens[0].kind == "text":
            return "label", "^" + tokens[0].text
        if texts in (["*"], ["\\star"], ["\\dagger"], ["+"], ["-"], ["\\odot"], ["\\#"]):
            return "label", "^" + texts[0]
        if texts[0] in ("\\mathrm", "\\rm", "\\operatorname") and "".join(texts[1:]).strip("{}") not in ("T", "d"):
            return "label", "^" + "".join(texts[1:]).strip("{}")
        word = "".join(texts)
        if len(word) >= 3 and word.isalpha() and not is_index_word(word):
            return "label", "^" + word
        if name in self.hints.raised and texts not in (["T"], ["\\top"]) and (not word.isdigit() or word in ("0", "1")):
            return "index", ""
        return "power", ""

    def calls(self, name: str, indexed: bool) -> bool:
        """Tell whether an opening bracket after `name` holds arguments."""
        if self.peek() not in ("(", "[") or self.i >= len(self.tokens):
            return False
        if name in self.hints.functions or name in ("\\lambda_\\max", "\\lambda_\\min"):
            return True
        bare = name.rstrip("'")
        if bare in self.hints.functions:
            return True
        if self.peek() == "[":
            return name.startswith(("bb:E", "rm:E", "rm:Var", "rm:Cov", "rm:Norm", "bb:V")) or (bare in ("E", "Var", "H", "D", "I") and name not in self.hints.values)
        inner = self.tokens[self.i + 1 : closing(self.tokens, self.i)]
        if any(t.text in ("|", "\\|") for t in inner) and not indexed and bare in ALWAYS_CALLED | {"rm:Pr"}:
            return True
        if not indexed and bare in ("p", "P", "q", "Q") and len(_split(inner, (",",))) > 1:
            return True
        if name in self.hints.values:
            return False
        if name.startswith(("rm:", "bb:E", "bb:P", "cal:N")) and len(name) > 4:
            return True
        if indexed and (bare not in CALLED_WITH_INDEX or any(t.text in ("+", "-") for t in inner)):
            return False
        if bare not in ALWAYS_CALLED and not name.startswith(("bb:", "hat ")):
            return False
        depth = 0
        for t in inner:
            depth += {"open": 1, "close": -1}.get(t.kind, 0)
            if depth == 0 and t.text in ("+", "-", "\\frac", "\\sum") and name not in ("f", "g", "h", "F", "p", "P", "\\sigma", "\\phi", "\\psi", "b:f"):
                return False
        return bool(inner)

    def call(self, name: str, head: Node, start: int) -> Node:
        """A function's arguments in brackets."""
        opener = self.i
        stop = closing(self.tokens, opener)
        if stop >= len(self.tokens):
            raise self.error("a bracket is never closed")
        inner = self.tokens[opener + 1 : stop]
        self.i = stop + 1
        primes = len(name) - len(name.rstrip("'"))
        if any(t.text in RELATIONS for t in inner) or name.startswith(("bb:E", "bb:P", "rm:Pr", "rm:Var", "rm:Cov", "bb:V")) or any(
            t.text in ("|", "\\|") for t in inner
        ):
            return self.opaque(name, head, inner, start)
        args = tuple(self.inside(part) for part in _split(inner, (",", ";")))
        if head.args:
            return self.node("call", (*args, *head.args), start, (name, len(head.args)))
        return self.node("call", args, start, name if not primes else name)

    def opaque(self, name: str, head: Node, inner: list[Token], start: int) -> Node:
        """A probability or an expectation: arguments where they parse, a text key in any case."""
        pieces = _split(inner, (",", ";", "|", "\\|"))
        args: list[Node] = []
        for piece in pieces:
            try:
                args.append(self.condition(piece) if _has_relation(piece) else self.inside(piece))
            except ParseError:
                raise self.error(f"the argument of {name}") from None
        seps = "".join("|" if t.text in ("|", "\\|") else "," for t in inner if t.text in (",", ";", "|", "\\|"))
        label = name + ("_" + ",".join(canonical(a) for a in head.args) if head.args else "")
        return self.node("opaque", tuple(args), start, f"{label}({seps})")

    def function(self, name: str, start: int) -> Node:
        """A named function: scripts on the name, then its argument."""
        power: list[Token] | None = None
        base: Node | None = None
        primes = 0
        while self.peek() in ("^", "_", "'"):
            mark = self.take().text
            if mark == "^":
                power = self.group()
            elif mark == "_":
                base = self.inside(self.group()) if name == "log" else None
                if name != "log":
                    raise self.error(f"{name} with a subscript")
            else:
                primes += 1
        args = self.arguments(name)
        node = self.node("call", args, start, name + "'" * primes)
        if base is not None:
            node = self.node("frac", (node, self.node("call", (base,), start, "log")), start)
        if power is not None:
            if [t.text for t in power] == ["-", "1"]:
                inverse = {"sin": "arcsin", "cos": "arccos", "tan": "arctan", "tanh": "arctanh"}
                if name in inverse:
                    return self.node("call", args, start, inverse[name])
            node = self.raised(node, power, start)
        return node

    def arguments(self, name: str) -> tuple[Node, ...]:
        """Bracketed arguments, or the factors a bare function takes."""
        if self.peek() == "{" and self.peek(1) in ("(", "[") and name not in ("log",):
            pass
        if self.peek_kind() == "open" and self.peek() in ("(", "["):
            stop = closing(self.tokens, self.i)
            if stop >= len(self.tokens):
                raise self.error("a bracket is never closed")
            inner = self.tokens[self.i + 1 : stop]
            self.i = stop + 1
            if name in ("max", "min") or len(_split(inner, (",",))) > 1:
                return tuple(self.inside(part) for part in _split(inner, (",",)))
            return (self.inside(inner),)
        if self.peek() == "\\{" and name in ("max", "min"):
            stop = closing(self.tokens, self.i)
            inner = self.tokens[self.i + 1 : stop]
            self.i = stop + 1
            return tuple(self.inside(part) for part in _split(inner, (",",)))
        start = self.i
        first = self.big() if self.peek() in BIG else self.factor()
        factors = [first]
        while self.starts_factor() and self._joins_argument(factors[-1]):
            factors.append(self.factor())
        if len(factors) == 1:
            return (first,)
        return (self.node("mul", tuple(factors), start, ("",) * len(factors)),)

    def _joins_argument(self, last: Node) -> bool:
        text = self.peek()
        if text in ("(", "[") or text in BIG or (text.startswith("\\") and text[1:] in FUNCTIONS):
            return False
        if self.word_ahead():
            return False
        if self.hints.wide_arguments:
            return True
        return last.op == "num" and text != "\\frac"

    def word_ahead(self) -> bool:
        """Tell whether a function's name comes next."""
        here = self.i
        found = self.word() is not None
        self.i = here
        return found

    def indices(self, tokens: list[Token]) -> tuple[list[Node], str]:
        """Read a subscript: index nodes, and a label that becomes part of the name."""
        if not tokens:
            raise self.error("empty subscript")
        texts = [t.text for t in tokens]
        if tokens[0].kind == "text":
            return [], "_" + tokens[0].text.strip()
        if texts[0] in ("\\mathrm", "\\rm", "\\operatorname", "\\mathtt", "\\mathsf"):
            stop = closing(tokens, 1) + 1 if len(texts) > 1 and texts[1] == "{" else 2
            label = "_" + "".join(texts[1:stop]).strip("{}")
            rest = tokens[stop:]
            if rest and rest[0].text == ",":
                rest = rest[1:]
            return (self.indices(rest)[0] if rest else []), label
        if (texts[0].startswith("\\") and texts[0][1:] in ("max", "min", "star", "odot", "infty", "perp", "parallel", "dagger")) or (texts[0] in ("*", "+", "-") and len(texts) == 1):
            return [], "_" + "".join(texts)
        word = "".join(texts)
        if word.isalpha() and len(word) >= 2:
            if not is_index_word(word):
                return [], "_" + word
            return [Node("sym", (), t.text, t.start, t.end) for t in tokens], ""
        if any(t.text in RELATIONS or t.kind == "text" for t in tokens):
            return [], "_" + word
        if "," in texts:
            return [self.inside(part) for part in _split(tokens, (",",))], ""
        plain = [t for t in tokens if t.text not in ("'",)]
        if len(plain) >= 2 and all(t.kind in ("char", "num") and (t.text.isalnum()) for t in plain) and not any(t.kind == "open" for t in plain):
            return [Node("num", (), int(t.text), t.start, t.end) if t.kind == "num" and t.text.isdigit()
                    else Node("sym", (), t.text, t.start, t.end) for t in _unprimed(tokens)], ""  # fmt: skip
        if texts[0] == "{" and len(texts) > 2:
            inner = closing(tokens, 0)
            if inner == len(tokens) - 1:
                return self.indices(tokens[1:-1])
        return [self.inside(tokens)], ""


def _without_layout(tokens: list[Token]) -> list[Token]:
    """Drop alignment marks, line breaks and words outside environments; wide spaces everywhere."""
    kept: list[Token] = []
    depth = 0
    for token in tokens:
        depth += {"\\begin": 1, "\\end": -1, "{": 1, "}": -1}.get(token.text, 0)
        if token.kind == "quad" or (depth == 0 and token.kind in ("amp", "text", "break")):
            continue
        kept.append(token)
    return kept


# -- helpers on token lists -----------------------------------------------------------------------------------------


def _split(tokens: list[Token], separators: tuple[str, ...]) -> list[list[Token]]:
    """Cut at separators outside groups and environments."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        if token.kind == "open" or token.text == "\\begin":
            depth += 1
        elif token.kind == "close" or token.text == "\\end":
            depth -= 1
        elif depth == 0 and (token.text in separators or (token.kind == "break" and "\\\\" in separators)):
            parts.append([])
            continue
        parts[-1].append(token)
    return parts


def _has_relation(tokens: list[Token]) -> bool:
    depth = 0
    for token in tokens:
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        if depth == 0 and token.text in RELATIONS:
            return True
    return False


def _strip_brackets(tokens: list[Token]) -> list[Token]:
    while tokens and tokens[0].text in ("(", "{") and closing(tokens, 0) == len(tokens) - 1:
        tokens = tokens[1:-1]
    return tokens


def _differential(tokens: list[Token]) -> str:
    """Tell whether tokens begin with ∂ ("p") or a differential d ("d")."""
    if not tokens:
        return ""
    if tokens[0].text == "\\partial":
        return "p"
    if tokens[0].text == "d" and (len(tokens) == 1 or tokens[1].text not in ("_", "(", "'", "+", "-", "=")):
        return "d"
    texts = [t.text for t in tokens[:4]]
    if texts[:4] == ["\\mathrm", "{", "d", "}"] or texts[:2] == ["\\mathrm", "d"] or texts[:4] == ["{", "\\rm", "d", "}"]:
        return "d"
    return ""


def _skip_differential(tokens: list[Token], here: int) -> tuple[int, int]:
    """Position after ∂^n and its order n."""
    if tokens[here].text in ("\\mathrm", "{"):
        here += 2 if tokens[here + 1].text == "d" else 4
    else:
        here += 1
    if here < len(tokens) and tokens[here].text == "^":
        if here + 1 < len(tokens) and tokens[here + 1].text == "{":
            stop = closing(tokens, here + 1)
            return stop + 1, int(_integer(tokens[here + 2 : stop]) or 1)
        if here + 1 < len(tokens) and tokens[here + 1].kind == "num":
            return here + 2, int(tokens[here + 1].text)
    return here, 1


def _order(tokens: list[Token]) -> tuple[list[Token], int]:
    """Split x^2 below a second derivative into x and 2."""
    if len(tokens) >= 3 and tokens[-2].text == "^" and tokens[-1].kind == "num":
        return tokens[:-2], int(tokens[-1].text)
    if len(tokens) >= 5 and tokens[-4].text == "^" and tokens[-2].kind == "num" and tokens[-3].text == "{":
        return tokens[:-4], int(tokens[-2].text)
    return tokens, 1


def _integer(tokens: list[Token]) -> str:
    text = "".join(t.text for t in tokens)
    return text if text.isdigit() and len(text) < 3 else ""


def _norm_order(tokens: list[Token]) -> str:
    text = "".join(t.text for t in tokens).strip("{}")
    return {"F": "F", "\\mathrm{F}": "F", "\\mathrm{F": "F", "\\infty": "inf", "1": "1", "2": "2s"}.get(text, text)


def _unprimed(tokens: list[Token]) -> list[Token]:
    """Join primes to the letter before them."""
    found: list[Token] = []
    for token in tokens:
        if token.text == "'" and found:
            last = found.pop()
            found.append(Token("primed", last.text + "'", last.start, token.end))
        else:
            found.append(token)
    return found


def _bound_by(condition: Node) -> str:
    """The letter a condition such as j ≠ i or 1 ≤ i ≤ n binds: the first plain one."""
    for node in condition.args if condition.op == "and" else (condition,):
        sides = node.args if condition.op != "and" else (node.args[1], node.args[0])
        for side in sides:
            if side.op == "sym" and not side.args:
                return str(side.value)
    raise ParseError("a sum without an index")
