r"""LaTeX mathematics into a tree: a Pratt parser written for the notation of lecture notes.

General grammars fail here because juxtaposition depends on context: $f(x)$ calls or multiplies, $x^{(i)}$ selects or raises.
`Hints` carry what the context knows; a text that can be read two ways is parsed again under other hints.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from glideslope.derive.syntax import environments, operators, symbols
from glideslope.derive.syntax.averaged import averaged_over
from glideslope.derive.syntax.cuts import (
    has_relation,
    norm_order,
    split,
    without_layout,
)
from glideslope.derive.syntax.dots import expand_dots
from glideslope.derive.syntax.names import ACCENTS, RELATIONS
from glideslope.derive.syntax.slices import cut, read_slice
from glideslope.derive.syntax.tokens import Macros, Token, closing, tokenize
from glideslope.derive.syntax.tree import Node
from glideslope.derive.syntax.units import unit_of
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
    labelled: frozenset[tuple[str, int]] = frozenset()  # (X, 1) where X_1 is a name of its own, no entry of X
    wide_sums: bool = False
    wide_arguments: bool = False
    narrow_arguments: bool = False
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
    tokens = without_layout(tokens)
    while tokens and tokens[-1].text in (".", ",", ";", ":"):
        tokens = tokens[:-1]
    if not tokens:
        raise ParseError("expected an expression, found nothing")
    parser = Parser(tokens, hints)
    node = parser.sum()
    if parser.i < len(tokens):
        raise parser.error(f"unexpected {tokens[parser.i].text!r}")
    return expand_dots(node) if any(t.text == "\\dots" for t in tokens) else node


class Parser:
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
        place = self.i + ahead
        return self.tokens[place].text if place < len(self.tokens) else ""

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

    def inside(self, tokens: list[Token], read: Callable[[Parser], Node] | None = None) -> Node:
        """Parse a group's tokens on their own."""
        if not tokens:
            raise self.error("empty group")
        if self.depth > MAX_DEPTH:
            raise self.error("nested too deeply")
        inner = Parser(tokens, self.hints)
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
        return (
            text not in RELATIONS
            and text not in SEPARATORS
            and text not in ("+", "-", "\\pm", "\\mp", "\\odot", "\\otimes", ".", "!", "\\end", "^", "_", "'", "\\%")
        )

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
                if node.op == "group" and node.value == "[" and self.peek() == "^":
                    self.take()
                    node = operators.between(self, node, tokens, self.group(), start)
                    continue
                if [t.text for t in tokens] == ["\\times"]:
                    node = self.node("call", (node,), start, "skew")
                elif node.op in ("norm",):
                    node = self.node("norm", node.args, start, norm_order(tokens))
                elif (sliced := read_slice("", tokens)) is not None:
                    node = cut(self, node, sliced, start)
                else:
                    number = node.op == "num" and node.value in (0, 1)
                    found = symbols.sizes(self, "", tokens)[0] if number else symbols.indices(self, tokens)[0]
                    node = self.node("index", (node, *found), start)
            elif text == "'":
                self.take()
                node = self.node("prime", (node,), start)
            elif text == "\\%" and node.op == "num":
                self.take()
                node = self.node("frac", (node, Node("num", (), 100, node.end, node.end)), start)
            elif text == "!":
                self.take()
                node = self.node("call", (node,), start, "factorial")
            else:
                return node

    def raised(self, base: Node, tokens: list[Token], start: int) -> Node:
        """Base with a superscript: transpose or power."""
        texts = [t.text for t in tokens]
        if texts == ["\\odot"] and base.op == "num":  # 30^\circ
            if self.peek() in ("C", "F", "\\mathrm", "\\text"):
                raise self.error("a temperature")
            radian = Node("num", (), math.pi / 180, base.end, tokens[-1].end)
            return self.node("mul", (base, radian), start, ("", ""))
        if texts in (
            ["\\top"],
            ["T"],
            ["\\mathrm", "{", "T", "}"],
            ["\\mathsf", "{", "T", "}"],
            ["\\mathsf", "T"],
            ["\\prime"],
            ["t"],
            ["\\mathrm", "T"],
            ["\\rm", "T"],
        ):
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
            if "." in text and self.peek() == "\\dots" and self.i + 1 >= len(self.tokens):
                self.take()  # 0.693…
            value: float | int = int(digits) if digits.isdigit() and len(digits) < 400 else float(digits)
            return self.node("num", (), start, value)
        if token.kind == "unit":
            self.take()
            return self.node("unit", (), start, unit_of(text[2:].lstrip("~"), text.startswith("u:~")))
        if text == "{":
            return self.braced()
        if token.kind == "open":
            return self.bracketed()
        if text in ("|", "\\|"):
            return self.barred()
        if text in BIG and not (text in ("\\max", "\\min") and self.peek(1) not in ("_",)):
            return operators.big(self)
        if text == "\\frac":
            return operators.fraction(self)
        if text == "\\sqrt":
            return self.root()
        if text == "\\binom":
            self.take()
            over, under = self.inside(self.group()), self.chosen(self.group())
            return self.node("call", (over, under), start, "binom")
        if text == "\\begin":
            return environments.environment(self)
        if text == "\\nabla":
            return operators.nabla(self)
        if text == "\\lim":
            return operators.limit(self)
        if text == "\\partial":
            return operators.slash_derivative(self)
        if text == "\\dots":
            self.take()
            return self.node("dots", (), start)
        if text == "\\infty":
            self.take()
            return self.node("num", (), start, float("inf"))
        if text in (
            "\\arg",
            "\\placeholder",
            "\\iint",
            "\\oint",
            "\\forall",
            "\\exists",
            "\\begin",
            "\\cup",
            "\\cap",
            "\\bigcup",
            "\\bigcap",
        ):
            raise self.error(f"{text} is outside what is checked")
        return symbols.named(self)

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
        for word in ("\\choose", "\\over"):  # TeX's own: {n \\choose k}
            parts = split(tokens, (word,))
            if len(parts) == 2 and all(parts):
                over = self.inside(parts[0])
                if word == "\\over":
                    return self.node("frac", (over, self.inside(parts[1])), start)
                return self.node("call", (over, self.chosen(parts[1])), start, "binom")
        inner = self.inside(tokens)
        return inner.at(self.tokens[start].start, self.tokens[self.i - 1].end) if inner.op != "sym" else inner

    def chosen(self, tokens: list[Token]) -> Node:
        """What stands below in a binomial: a number, or a list of them, as in {n \\choose x_1, …, x_k}."""
        inner = tokens[1:-1] if tokens and tokens[0].text == "{" and closing(tokens, 0) == len(tokens) - 1 else tokens
        parts = split(inner, (",",))
        if len(parts) == 1:
            return self.inside(tokens)
        return Node("tuple", tuple(self.inside(part) for part in parts), None, inner[0].start, inner[-1].end)

    def bracketed(self) -> Node:
        """Parentheses and brackets: one expression, a tuple, a floor or an indicator."""
        start, opener = self.i, self.peek()
        stop = closing(self.tokens, start)
        if (
            opener == "\\{" and stop >= len(self.tokens) and self.peek(1) == "\\begin"
        ):  # \left\{ \begin{array} … \right.
            self.take()
            return environments.listed_cases(self, start)
        if stop >= len(self.tokens):
            raise self.error(f"{opener} is never closed")
        inner = self.tokens[start + 1 : stop]
        self.i = stop + 1
        if opener in ("\\lfloor", "\\lceil"):
            return self.node("call", (self.inside(inner),), start, "floor" if opener == "\\lfloor" else "ceil")
        if opener == "[" and has_relation(inner):
            return self.node("call", (operators.read_condition(self, inner),), start, "indicator")
        parts = split(inner, (",", ";"))
        if opener == "[" and len(parts) == 1 and any(t.text == "\\dots" for t in inner):
            strokes = split(inner, ("|",))  # [q_1 | … | q_d]
            parts = strokes if any(len(s) == 1 and s[0].text == "\\dots" for s in strokes) else parts
        nodes = tuple(self.inside(part) for part in parts)
        if opener == "\\langle" and len(nodes) == 1 and self.peek() == "_":  # the mean of f under q
            here = self.i
            self.take()
            under = " ".join(t.text for t in self.group())
            if averaged_over(under):
                return self.node("opaque", nodes, start, "E_{" + under + "}()")
            self.i = here
        if len(nodes) == 1:
            return self.node("group", nodes, start, opener)
        if opener == "\\langle" and len(nodes) == 2:  # the inner product
            turned = Node("transpose", nodes[:1], "sure", nodes[0].start, nodes[0].end)
            return self.node("mul", (turned, nodes[1]), start, ("", ""))
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
        return (
            self.node("abs", (inner,), start)
            if bar == "|"
            else self.node("norm", (inner,), start, "2" if inner.op != "x" else "")
        )

    def _is_sign(self, start: int) -> bool:
        """Whether a root is written as the sign √ before a bracket."""
        token = self.tokens[start]
        return token.end - token.start == 1 and self.peek() == "("

    def root(self) -> Node:
        """√ with an optional degree."""
        start = self.i
        self.take()
        degree = None
        if self.peek() == "[":
            stop = closing(self.tokens, self.i)
            degree = self.inside(self.tokens[self.i + 1 : stop])
            self.i = stop + 1
        inner = (
            self.bracketed()
            if self.tokens[start].text == "\\sqrt" and self._is_sign(start)
            else self.inside(self.group())
        )
        if degree is not None:
            one = Node("num", (), 1, inner.end, inner.end)
            return self.node("pow", (inner, Node("frac", (one, degree), None, degree.start, degree.end)), start)
        return self.node("call", (inner,), start, "sqrt")
