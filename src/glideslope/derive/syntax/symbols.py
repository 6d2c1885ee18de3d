"""Names and what hangs on them: fonts, accents, indices, superscripts, calls, function arguments.

Here juxtaposition is decided: a bracket after a name holds arguments or a factor, a superscript selects or raises.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from glideslope.derive.syntax import bars, operators
from glideslope.derive.syntax.averaged import averaged_over, bare_mean, over_members
from glideslope.derive.syntax.cuts import has_relation, split, unprimed
from glideslope.derive.syntax.names import (
    ACCENTS,
    ALWAYS_CALLED,
    DIVERGENCES,
    FUNCTIONS,
    GREEK,
    IDENTITIES,
    LOSS_LETTERS,
    OPERATION_SIGNS,
    RELATIONS,
    WORD_FUNCTIONS,
    is_index_word,
    is_sized,
)
from glideslope.derive.syntax.scripts import is_number_squared, superscript
from glideslope.derive.syntax.sets import read_event, speaks_of_sets
from glideslope.derive.syntax.slices import cut, read_slice
from glideslope.derive.syntax.tokens import Token, closing
from glideslope.derive.syntax.tree import Node, canonical
from glideslope.derive.syntax.upright import BOLD_MEANS, before_brackets
from glideslope.errors import ParseError

if TYPE_CHECKING:
    from glideslope.derive.syntax.parser import Parser

__all__ = [
    "arguments",
    "call",
    "calls",
    "function",
    "indices",
    "named",
    "opaque",
    "read_name",
    "read_word",
    "sizes",
    "superscript",
    "symbol",
    "word_ahead",
]

FONTS = {"\\mathbf": "b:", "\\mathcal": "cal:", "\\mathbb": "bb:", "\\mathfrak": "frak:", "\\mathscr": "cal:", "\\mathsf": "", "\\mathtt": "rm:",
         "\\mathrm": "rm:", "\\operatorname": "rm:", "\\operatorname*": "rm:", "\\mathit": "", "\\mathnormal": "", "\\rm": "rm:", "\\cal": "cal:", "\\mathbin": ""}  # fmt: skip
CALLED_WITH_INDEX = {"f", "g", "h", "p", "P", "q", "Q", "V", "\\pi", "b:f", "rm:H", "\\lambda_\\max", "\\lambda_\\min"}
SEPARATORS = {",", ";", "|", "\\|", ":"}
#: marks of the best one of its kind, or of a policy: V^*(s) is called like V(s)
OPTIMAL = re.compile(r"\^(?:\*|\\star|\\pi.*)\Z")


#: upright letters that always take an argument
UPRIGHT = {"rm:E", "bb:E", "rm:P", "bb:P", "rm:H", "bb:H", "rm:I", "bb:V", "rm:V", "rm:h", "\\Gamma"}


def named(p: Parser) -> Node:
    """A symbol with its scripts, or a function with its arguments."""
    start = p.i
    word = read_word(p)
    if word is not None:
        return function(p, word, start)
    name = read_name(p)
    if name.startswith("rm:") and name[3:] in FUNCTIONS:
        return function(p, FUNCTIONS[name[3:]], start)
    if name == "\\tr":
        return function(p, "tr", start)
    if name in ("bb:1", "bb:I", "rm:I", "\\mathbbm") and p.peek_kind() == "open" and p.peek() != "{":
        inner = p.tokens[p.i + 1 : closing(p.tokens, p.i)]
        if has_relation(inner):
            p.i += len(inner) + 2
            return p.node("call", (operators.read_condition(p, inner),), start, "indicator")
    if name in ("b:1", "bb:1", "rm:1", "\\mathbbm") and p.peek() == "_" and p.peek(1) == "{":
        under = p.tokens[p.i + 2 : closing(p.tokens, p.i + 1)]
        if has_relation(under):  # 1_{x > 0}
            p.i += len(under) + 3
            return p.node("call", (operators.read_condition(p, under),), start, "indicator")
    if name == "e" and p.peek() == "^" and "e" not in p.hints.values:
        p.take()
        return p.node("call", (p.inside(p.group()),), start, "exp")
    return symbol(p, name, start)


def read_word(p: Parser) -> str | None:
    """A function's name, with or without its backslash."""
    text = p.peek()
    if text.startswith("\\") and text[1:] in FUNCTIONS and text[1:] not in GREEK:
        p.take()
        return FUNCTIONS[text[1:]]
    run = text if len(text) == 1 and text.isalpha() else ""
    ahead = 1
    while run and p.peek_kind(ahead) == "char" and p.peek(ahead).isalpha() and p.tokens[p.i + ahead].glued:
        run += p.peek(ahead)
        ahead += 1
    if len(run) >= 2 and run in WORD_FUNCTIONS and run not in p.hints.values:
        p.i += ahead
        return FUNCTIONS[run]
    return None


def read_name(p: Parser) -> str:
    """A symbol's name with its font and accents."""
    token = p.take()
    text = token.text
    if text in FONTS:
        tokens = p.group()
        inner = "".join(t.text for t in tokens)
        font = FONTS[text]
        if font == "rm:" and len(inner) == 1 and not (inner in "EPVB" and p.peek_kind() == "open" and p.peek() != "{"):
            font = ""
        if font == "b:" and inner in BOLD_MEANS and before_brackets(p):
            return BOLD_MEANS[inner]
        if font == "b:" and tokens and tokens[0].text in FONTS:
            return "b:" + "".join(t.text for t in tokens[1:] if t.kind not in ("open", "close"))
        return font + inner
    if text in ACCENTS:
        inner_parser = type(p)(p.group(), p.hints)
        inner = read_name(inner_parser)
        label = f"{ACCENTS[text]} {inner}"
        if inner_parser.i < len(inner_parser.tokens):
            label = f"{ACCENTS[text]} " + "".join(
                t.text for t in inner_parser.tokens if t.kind not in ("open", "close")
            )
        return label
    if text == "\\mathbbm" or (token.kind == "cmd" and text[1:] not in GREEK and text not in ("\\Re", "\\#", "\\star")):
        raise p.error(f"{text} is not known")
    if token.kind not in ("char", "cmd") or text in SEPARATORS or text in (".", "!", "^", "_", "&", "\\"):
        raise p.error(f"unexpected {text!r}")
    return text


def symbol(p: Parser, name: str, start: int) -> Node:
    """A symbol's scripts decide whether it is indexed, labelled, raised, transposed or called."""
    supers: list[Node] = []
    subs: list[Node] = []
    pending: list[tuple[list[Token], int]] = []
    sliced: tuple[str, list[Token]] | None = None
    while True:
        text = p.peek()
        if text == "'":
            p.take()
            name += "'"
        elif text == "_" and not subs:
            p.take()
            tokens = p.group()
            under = " ".join(t.text for t in tokens)
            if name in ("E", "bb:E", "rm:E") and p.peek_kind() == "open" and averaged_over(under):
                name += "_{" + under + "}"
                continue
            if (mean := bare_mean(p, name, under)) is not None:
                return mean
            if [t.text for t in tokens] == ["\\times"]:
                return p.node("call", (p.node("sym", (), start, name),), start, "skew")
            if sliced is None and (sliced := read_slice(name, tokens)) is not None:
                continue
            found, label = sizes(p, name, tokens) if is_sized(name) else indices(p, tokens, name)
            name += label
            if p.hints.labelled and found and (name.rsplit(" ", 1)[-1], found[0].value) in p.hints.labelled:
                name, found = f"{name}_{found[0].value}", found[1:]
            subs = found
        elif text == "^" and not pending and not supers:
            p.take()
            tokens = p.group()
            kind, value = superscript(p, name, tokens)
            if kind == "label":
                name += value
            elif kind == "index":
                bracketed = tokens[0].kind == "open"
                supers = indices(p, tokens[1:-1] if bracketed else tokens)[0]
                if bracketed:  # x^{(2)} may be a later layer: the brackets are kept around a number
                    supers = [Node("group", (s,), "(", s.start, s.end) if s.op == "num" else s for s in supers]
            else:
                pending.append((tokens, p.i))
                if p.peek() != "_":
                    break
        else:
            break
    base = p.node("sym", tuple(supers + subs), start, name)
    if sliced is not None:
        base = cut(p, base, sliced, start)
    elif not pending and (calls(p, name, bool(subs or supers)) or (subs and _of_variable(p, name, subs))):
        return call(p, name, base, start)
    for tokens, _ in pending:
        base = p.raised(base, tokens, start)
        if base.op == "prime" and base.args[0].op == "sym":
            base = p.node("sym", base.args[0].args, start, name + "'")
            if calls(p, name + "'", bool(subs)):
                return call(p, name + "'", base, start)
        if base.op == "pow" and base.args[0].op == "sym":
            base = _raised_call(p, name, base, subs, tokens, start)
    return base


def _raised_call(p: Parser, name: str, base: Node, subs: list[Node], tokens: list[Token], start: int) -> Node:
    """f^2(x) and g^{-1}(y): the bracket holds arguments."""
    if is_number_squared(p, name, tokens):
        return base
    if not calls(p, name, bool(subs)) and not (subs and _of_variable(p, name, subs)):
        return base
    called = call(p, name, base.args[0], start)
    if [t.text for t in tokens] == ["-", "1"] and _goes_back(p, name, called):
        return p.node("inverse", (called,), start)
    return p.node("pow", (called, base.args[1]), start)


def _goes_back(p: Parser, name: str, called: Node) -> bool:
    """g^{-1}(y) is where g has the value y, of functions of one variable; σ^{-1}(x − μ) may be a quotient."""
    if called.op != "call" or len(called.args) - (called.value[1] if isinstance(called.value, tuple) else 0) != 1:
        return False
    return name in p.hints.functions or name in ("f", "g", "h", "F", "G", "\\Phi")


def _calls_itself(name: str, inner: list[Token]) -> bool:
    return any(a.text == name and b.text in ("(", "_") for a, b in itertools.pairwise(inner)) or any(
        t.text in ("|", "\\|") for t in inner
    )


def _of_variable(p: Parser, name: str, subs: list[Node]) -> bool:
    """F_X(x), f_X(x - 1), M_X(t), Q_X(p): functions that belong to a random variable."""
    capital = len(subs) == 1 and subs[0].op == "sym" and not subs[0].args and str(subs[0].value).isupper()
    return capital and name.rstrip("'") in ("F", "M", "Q", "f") and p.peek() == "(" and name not in p.hints.values


def calls(p: Parser, name: str, indexed: bool) -> bool:
    """Tell whether an opening bracket after `name` holds arguments."""
    if p.peek() not in ("(", "[") or p.i >= len(p.tokens):
        return False
    if name in p.hints.functions or name in ("\\lambda_\\max", "\\lambda_\\min"):
        inner = p.tokens[p.i + 1 : closing(p.tokens, p.i)]
        beside = len(inner) > 2 and any(t.text in ("+", "-") for t in inner) and any(t.text == name for t in inner)
        return not (beside and name in ("p", "q") and not indexed and not _calls_itself(name, inner))  # p^x (1 - p)
    bare = OPTIMAL.sub("", name.rstrip("'"))
    if bare in p.hints.functions:
        return True
    if name in UPRIGHT and name not in p.hints.values:
        return True
    if name in DIVERGENCES or name.startswith(("E_{", "bb:E_{", "rm:E_{")):
        return True
    if p.peek() == "[":
        return name.startswith(("bb:E", "rm:E", "rm:Var", "rm:Cov", "rm:Norm", "bb:V")) or (
            bare in ("E", "Var", "H", "D", "I") and name not in p.hints.values
        )
    inner = p.tokens[p.i + 1 : closing(p.tokens, p.i)]
    if name in ("p", "q") and not indexed and any(t.text == name for t in inner) and not _calls_itself(name, inner):
        return False  # p (1 - p)
    if any(t.text in ("|", "\\|") for t in inner) and not indexed and bare in ALWAYS_CALLED | {"rm:Pr"}:
        return True
    if not indexed and bare in ("p", "P", "q", "Q", "B", "rm:B") and len(split(inner, (",",))) > 1:
        return True
    if indexed and _lists(p, inner):  # l^{(i)}(w, b)
        return True
    if name in ("p", "q") and not indexed and len(inner) == 1 and inner[0].kind == "char" and inner[0].text.isalpha():
        return True  # a density, though p is a parameter too: nobody writes p times x like that
    if name in p.hints.values:
        return False
    if name.startswith(("rm:", "bb:E", "bb:P", "cal:N")) and len(name) > 4:
        return True
    if name.startswith("cal:") and not indexed and any(t.text == ";" for t in inner):
        return True  # the density \mathcal{MN}(X; M, U, V)
    if indexed and bare in LOSS_LETTERS and not any(t.kind == "num" or t.text in OPERATION_SIGNS for t in inner):
        return True  # ℓ_i(θ), J_k(w, b)
    if indexed and (bare not in CALLED_WITH_INDEX or any(t.text in ("+", "-") for t in inner)):
        return False
    if bare not in ALWAYS_CALLED and not name.startswith(("bb:", "hat ")):
        return False
    depth = 0
    for t in inner:
        depth += {"open": 1, "close": -1}.get(t.kind, 0)
        if (
            depth == 0
            and t.text in ("+", "-", "\\frac", "\\sum")
            and name not in ("f", "g", "h", "F", "p", "P", "\\sigma", "\\phi", "\\psi", "b:f")
        ):
            return False
    return bool(inner)


def _lists(p: Parser, inner: list[Token]) -> bool:
    """Whether a bracket holds the arguments of a function: several, none of them a number, and no vector that is transposed."""
    parts = split(inner, (",",))
    after = p.tokens[p.i + len(inner) + 2 :][:1]
    transposed = bool(after) and after[0].text in ("^", "'")
    return len(parts) > 1 and not transposed and not any(len(part) == 1 and part[0].kind == "num" for part in parts)


def call(p: Parser, name: str, head: Node, start: int) -> Node:
    """A function's arguments in brackets."""
    opener = p.i
    stop = closing(p.tokens, opener)
    if stop >= len(p.tokens):
        raise p.error("a bracket is never closed")
    inner = p.tokens[opener + 1 : stop]
    p.i = stop + 1
    if (
        any(t.text in RELATIONS for t in inner)
        or name.startswith(("E_{", "bb:E", "bb:P", "rm:Pr", "rm:Var", "rm:Cov", "bb:V"))
        or any(t.text == "\\cap" for t in inner)
        or speaks_of_sets(inner)
        or bars.separates(inner)
    ):
        return opaque(p, name, head, inner, start)
    args = tuple(p.inside(part) for part in split(inner, (",", ";")))
    if head.args:
        return p.node("call", (*args, *head.args), start, (name, len(head.args)))
    return p.node("call", args, start, name)


def opaque(p: Parser, name: str, head: Node, inner: list[Token], start: int) -> Node:
    """A probability or an expectation: arguments where they parse, a text key in any case."""
    if has_relation(inner) and sum(t.text == "|" for t in inner) == 2:  # P(|X - m| > c)
        try:
            return p.node("opaque", (operators.read_condition(p, inner),), start, f"{name}()")
        except ParseError:
            pass

    if not (sets := speaks_of_sets(inner)):
        inner = [Token("char", ",", t.start, t.end) if t.text == "\\cap" else t for t in inner]  # A and B
    pieces, seps = bars.arguments(inner)
    read = lambda part: operators.read_condition(p, part) if has_relation(part) else p.inside(part)  # noqa: E731
    try:
        args = [read_event(piece, read) if sets else read(piece) for piece in pieces]
    except ParseError:
        raise p.error(f"the argument of {name}") from None
    if len(args) == 1 and (mean := over_members(name, args[0])) is not None:
        return mean
    label = name + ("_" + ",".join(canonical(a) for a in head.args) if head.args else "")
    return p.node("opaque", tuple(args), start, f"{label}({seps})")


def function(p: Parser, name: str, start: int) -> Node:
    """A named function: scripts on the name, then its argument."""
    power: list[Token] | None = None
    base: Node | None = None
    primes = 0
    while p.peek() in ("^", "_", "'"):
        mark = p.take().text
        if mark == "^":
            power = p.group()
        elif mark == "_":
            base = p.inside(p.group()) if name == "log" else None
            if name != "log":
                raise p.error(f"{name} with a subscript")
        else:
            primes += 1
    bracketed = p.peek() == "("
    args = arguments(p, name)
    if name == "log" and bracketed and power is None and len(args) == 1 and (raised := _exponent_within(p)):
        held = p.node("pow", (args[0], p.inside(raised)), start)
        args = (held,)
    node = p.node("call", args, start, name + "'" * primes)
    if base is not None:
        node = p.node("frac", (node, p.node("call", (base,), start, "log")), start)
    if power is not None:
        if [t.text for t in power] == ["-", "1"]:
            inverse = {"sin": "arcsin", "cos": "arccos", "tan": "arctan", "tanh": "arctanh"}
            if name in inverse:
                return p.node("call", args, start, inverse[name])
            if name in ("erf", "sinh", "sigmoid", "logit") and len(args) == 1:
                return p.node("inverse", (node,), start)
        node = p.raised(node, power, start)
    return node


def _exponent_within(p: Parser) -> list[Token]:
    """In ln(1 − a)^{1 − y} the bracket is raised, not the logarithm: the exponent is a formula or an entry, as y_i."""
    here = p.i
    if p.peek() != "^":
        return []
    p.take()
    tokens = p.group()
    texts = [t.text for t in tokens]
    if any(t.kind == "char" and t.text.isalpha() for t in tokens) and (
        texts[1:] != [] and {"-", "+", "_"} & set(texts[1:])
    ):
        return tokens
    p.i = here
    return []


def arguments(p: Parser, name: str) -> tuple[Node, ...]:
    """Bracketed arguments, or the factors a bare function takes."""
    if p.peek() == "{" and p.peek(1) in ("(", "[") and name not in ("log",):
        pass
    if p.peek_kind() == "open" and p.peek() in ("(", "["):
        stop = closing(p.tokens, p.i)
        if stop >= len(p.tokens):
            raise p.error("a bracket is never closed")
        inner = p.tokens[p.i + 1 : stop]
        p.i = stop + 1
        if name in ("max", "min") or len(split(inner, (",",))) > 1:
            return tuple(p.inside(part) for part in split(inner, (",",)))
        return (p.inside(inner),)
    if p.peek() == "\\{" and name in ("max", "min"):
        stop = closing(p.tokens, p.i)
        inner = p.tokens[p.i + 1 : stop]
        p.i = stop + 1
        return tuple(p.inside(part) for part in split(inner, (",",)))
    start = p.i
    first = operators.big(p) if p.peek() in operators.BIG else p.factor()
    factors = [first]
    while p.starts_factor() and _joins_argument(p, factors[-1]):
        factors.append(p.factor())
    if len(factors) == 1:
        return (first,)
    return (p.node("mul", tuple(factors), start, ("",) * len(factors)),)


def _joins_argument(p: Parser, last: Node) -> bool:
    text = p.peek()
    density = last.op == "frac" and not p.hints.narrow_arguments
    if density and text == "\\exp":
        return True
    if text in ("(", "[") or text in operators.BIG or (text.startswith("\\") and text[1:] in FUNCTIONS):
        return False
    if word_ahead(p):
        return False
    if p.hints.wide_arguments:
        return True
    if density and text == "e" and p.peek(1) == "^":
        return True  # ln 1/√(2π) e^{…}: the logarithm of the density
    return last.op == "num" and text != "\\frac"


def word_ahead(p: Parser) -> bool:
    """Tell whether a function's name comes next."""
    here = p.i
    found = read_word(p) is not None
    p.i = here
    return found


def sizes(p: Parser, name: str, tokens: list[Token]) -> tuple[list[Node], str]:
    r"""The subscript of I, 1 or 0 with its label: $I_n$, $1_{n \times p}$; of a square identity one side is kept."""
    parts = split(tokens, ("\\times",))
    if len(parts) != 2 or not all(parts):
        return indices(p, tokens)
    found = [p.inside(part) for part in parts]
    return found[: 1 if name in IDENTITIES else 2], ""


def indices(p: Parser, tokens: list[Token], name: str = "") -> tuple[list[Node], str]:
    """Read a subscript: index nodes, and a label that becomes part of the name."""
    if not tokens:
        raise p.error("empty subscript")
    texts = [t.text for t in tokens]
    if tokens[0].kind == "text":
        return [], "_" + tokens[0].text.strip()
    if texts[0] in ("\\mathrm", "\\rm", "\\operatorname", "\\mathtt", "\\mathsf"):
        inner = "".join(texts[1:]).strip("{}")
        if name in ("f", "F", "p", "P") and len(inner) == 1 and inner.isupper():  # f of the variable X
            return [Node("sym", (), inner, tokens[0].start, tokens[-1].end)], ""
        stop = closing(tokens, 1) + 1 if len(texts) > 1 and texts[1] == "{" else 2
        label = "_" + "".join(texts[1:stop]).strip("{}")
        rest = tokens[stop:]
        if rest and rest[0].text == ",":
            rest = rest[1:]
        return (indices(p, rest)[0] if rest else []), label
    if (
        texts[0].startswith("\\")
        and texts[0][1:] in ("max", "min", "star", "odot", "infty", "perp", "parallel", "dagger", "bot", "top", "|")
    ) or (texts[0] in ("*", "+", "-") and len(texts) == 1):
        return [], "_" + "".join(texts)
    word = "".join(texts)
    if word.isalpha() and len(word) >= 2:
        if not is_index_word(word):
            return [], "_" + word
        return [Node("sym", (), t.text, t.start, t.end) for t in tokens], ""
    if any(t.text in RELATIONS or t.kind == "text" for t in tokens):
        return [], "_" + word
    if len(texts) >= 4 and tokens[0].kind == "num" and texts[1] == "(" and texts[-1] == ")":  # b_{0(X)}: told from b_0
        return [], "_" + word
    if ":" in texts:  # y_{1:t}: all up to t, a name of its own
        return [], "_" + word
    if "," in texts:
        return [p.inside(part) for part in split(tokens, (",",))], ""
    plain = [t for t in tokens if t.text not in ("'",)]
    if (
        len(plain) >= 2
        and all(t.kind in ("char", "num") and (t.text.isalnum()) for t in plain)
        and not any(t.kind == "open" for t in plain)
    ):
        return [Node("num", (), int(t.text), t.start, t.end) if t.kind == "num" and t.text.isdigit()
                else Node("sym", (), t.text, t.start, t.end) for t in unprimed(tokens)], ""  # fmt: skip
    if texts[0] == "{" and len(texts) > 2 and closing(tokens, 0) == len(tokens) - 1:
        return indices(p, tokens[1:-1])
    return [p.inside(tokens)], ""
