r"""LaTeX mathematics into tokens, each with the span of the source it came from.

Spacing, sizes and comments disappear; `\newcommand` macros are expanded, their tokens keeping the span of the call.
Use `tokenize` before parsing, and whenever a text must be cut without cutting through a group.
"""

from __future__ import annotations

import re
from dataclasses import replace

from glideslope.derive.syntax.braces import (
    BRACED_GRADIENT,
    SEVERAL,
    Token,
    bare_gradients,
    closing,
    double_bars,
    each_in_its_font,
    spanning,
)
from glideslope.derive.syntax.habits import habitual
from glideslope.derive.syntax.units import UNIT_WORD, unit_of
from glideslope.derive.syntax.upright import font_of
from glideslope.derive.syntax.words import PROSE

__all__ = ["Macros", "Token", "closing", "find_macros", "tokenize"]

#: name -> (number of arguments, body)
Macros = dict[str, tuple[int, str]]

LIMIT = 60_000
LONGEST = 10_000  # characters of a macro's body


LEXER = re.compile(
    r"""(?P<space>[\s~]+|%[^\n]*)
      |(?P<num>\d{1,3}(?:(?:\\,|\\\ )\d{3}(?!\d)|\{,\}(?:000|\d{3}(?=\{,\}))|(?<=\d{3})\{,\}\d{3}(?!\d))+(?:\.\d+)?|\d+(?:(?:,(?=\d{3}(?!\d)))?\d+)*(?:\.\d+)?(?:[eE][+-]?\d+(?![a-zA-Z]))?|\.\d+)
      |(?P<break>\\\\(?:\s*\[-?[\d.]+\s*(?:pt|em|ex|mm|cm|in)\])?\*?|\\cr\b|\\newline\b)
      |(?P<cmd>\\[a-zA-Z]+\*?|\\.)
      |(?P<amp>&)
      |(?P<char>.)""",
    re.VERBOSE | re.DOTALL,
)

DROPPED = {
    "\\,", "\\;", "\\:", "\\!", "\\ ", "\\>", "\\displaystyle", "\\textstyle", "\\scriptstyle", "\\limits", "\\nolimits",
    "\\left", "\\right", "\\middle", "\\big", "\\Big", "\\bigg", "\\Bigg", "\\bigl", "\\bigr", "\\Bigl", "\\Bigr", "\\biggl",
    "\\biggr", "\\Biggl", "\\Biggr", "\\nonumber", "\\notag", "\\thinspace", "\\hfill", "\\noindent", "\\allowbreak", "\\mathop",
    "\\mathstrut", "\\strut", "\\mathrel", "\\mathbin", "\\-", "\\/", "\\bigm", "\\Bigm", "\\medspace", "\\thickspace", "\\negthinspace",
    "\\mathord", "\\centering", "\\small", "\\large", "\\boxed", "\\hline", "\\protect", "\\relax", "\\mathinner", "\\mathpunct", "\\mathclose", "\\mathopen",
}  # fmt: skip
SIZES = {
    "\\left",
    "\\right",
    "\\middle",
    "\\big",
    "\\Big",
    "\\bigg",
    "\\Bigg",
    "\\bigl",
    "\\bigr",
    "\\Bigl",
    "\\Bigr",
    "\\biggl",
    "\\biggr",
    "\\Biggl",
    "\\Biggr",
}
WITH_ARGUMENT = {"\\label", "\\tag", "\\tag*", "\\eqref", "\\ref", "\\color", "\\hspace", "\\hspace*", "\\vspace", "\\cite",
                 "\\phantom", "\\vphantom", "\\hphantom", "\\textcolor", "\\cssId", "\\class", "\\htmlId", "\\htmlClass", "\\eqlabel"}  # fmt: skip
TEXT = {
    "\\text",
    "\\textrm",
    "\\textbf",
    "\\textit",
    "\\mbox",
    "\\textnormal",
    "\\texttt",
    "\\textsf",
    "\\hbox",
    "\\intertext",
    "\\fbox",
    "\\shortintertext",
    "\\textsc",
}
SYNONYMS = {
    "\\lbrace": "\\{", "\\rbrace": "\\}", "\\lvert": "|", "\\rvert": "|", "\\vert": "|", "\\lVert": "\\|", "\\rVert": "\\|",
    "\\Vert": "\\|", "\\mid": "|", "\\lbrack": "[", "\\rbrack": "]", "\\lparen": "(", "\\rparen": ")", "\\parallel": "\\|",
    "\\le": "\\leq", "\\ge": "\\geq", "\\neq": "\\ne", "\\leqslant": "\\leq", "\\geqslant": "\\geq", "\\colon": ":", "\\dfrac": "\\frac",
    "\\tfrac": "\\frac", "\\cfrac": "\\frac", "\\dotsc": "\\dots", "\\ldots": "\\dots", "\\cdots": "\\dots", "\\dotsb": "\\dots",
    "\\dotsm": "\\dots", "\\vdots": "\\dots", "\\ddots": "\\dots", "\\hdots": "\\dots", "\\intercal": "\\top", "\\tanh": "\\tanh",
    "\\varnothing": "\\emptyset", "\\implies": "\\Rightarrow", "\\Longrightarrow": "\\Rightarrow", "\\iff": "\\Leftrightarrow",
    "\\Longleftrightarrow": "\\Leftrightarrow", "\\longrightarrow": "\\to", "\\rightarrow": "\\to", "\\gets": "\\leftarrow",
    "\\longleftarrow": "\\leftarrow", "\\therefore": "\\Rightarrow", "\\differentialD": "d", "\\exponentialE": "e", "\\imaginaryI": "i", "\\exp": "\\exp",
    "\\ast": "*", "\\bullet": "\\odot", "\\circ": "\\odot", "\\dbinom": "\\binom", "\\tbinom": "\\binom", "\\coloneqq": ":=", "\\triangleq": ":=",
    "\\coloneq": ":=", "\\varepsilon": "\\epsilon", "\\vartheta": "\\theta", "\\varphi": "\\phi", "\\lt": "<", "\\gt": ">", "−": "-", "·": "\\cdot",
    "×": "\\times", "⊙": "\\odot", "≤": "\\leq", "≥": "\\geq", "≠": "\\ne", "（": "(", "）": ")", "，": ",", "＝": "=", "＋": "+", "∑": "\\sum",
    "\\not=": "\\ne", "\\lim": "\\lim", "\\bold": "\\mathbf", "\\bm": "\\mathbf", "\\boldsymbol": "\\mathbf", "\\symbf": "\\mathbf",
    "\\pmb": "\\mathbf", "\\bf": "\\mathbf", "\\mathbfit": "\\mathbf", "\\vec": "\\mathbf", "\\textrm": "\\text", "\\lfloor": "\\lfloor", "∂": "\\partial", "Σ": "\\Sigma", "∇": "\\nabla",
    "∣": "|", "‖": "\\|", "∥": "\\|", "∞": "\\infty", "′": "'", "∈": "\\in", "→": "\\to", "⇒": "\\Rightarrow", "≈": "\\approx", "∫": "\\int", "√": "\\sqrt", "÷": "\\div", "…": "\\dots", "⋯": "\\dots", "∏": "\\prod",
}  # fmt: skip


#: characters that say what several tokens say
SIGNS = {
    **{sign: ("^", digit) for sign, digit in zip("⁰¹²³⁴⁵⁶⁷⁸⁹ⁿᵀ", "0123456789nT", strict=True)},
    **{sign: ("_", digit) for sign, digit in zip("₀₁₂₃₄₅₆₇₈₉ᵢⱼₙ", "0123456789ijn", strict=True)},
    "ℝ": ("\\mathbb", "R"),
}
GREEK_LETTERS = dict(
    zip(
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ",
        [
            "alpha",
            "beta",
            "gamma",
            "delta",
            "epsilon",
            "zeta",
            "eta",
            "theta",
            "iota",
            "kappa",
            "lambda",
            "mu",
            "nu",
            "xi",
            "pi",
            "rho",
            "sigma",
            "tau",
            "upsilon",
            "phi",
            "chi",
            "psi",
            "omega",
            "Gamma",
            "Delta",
            "Theta",
            "Lambda",
            "Xi",
            "Pi",
            "Sigma",
            "Upsilon",
            "Phi",
            "Psi",
            "Omega",
        ],
        strict=True,
    )
)
SYNONYMS.update({letter: "\\" + name for letter, name in GREEK_LETTERS.items() if letter not in SYNONYMS})


def tokenize(latex: str, macros: Macros | None = None, offset: int = 0, depth: int = 0) -> list[Token]:
    """Cut LaTeX mathematics into tokens whose spans count from `offset`."""
    latex = _unboxed(latex) if "\\boxed" in latex else latex
    tokens: list[Token] = []
    held: int | None = None  # where a \\left began: the bracket after it owns that text
    glued, position = False, 0
    while position < len(latex) and len(tokens) < LIMIT:
        match = LEXER.match(latex, position)
        assert match is not None, "the lexer's last branch takes any character"
        kind, text, start, end = (match.lastgroup or "char", match.group(), position, match.end())
        position = end
        if kind == "space":
            glued = False
            continue
        if kind == "cmd":
            if (unit := _unit_here(latex, start, text, tokens)) is not None:
                tokens.append(Token("unit", "u:" + unit[0], offset + start, offset + unit[1]))
                position = unit[1]
            elif text in TEXT:
                token = _words(latex, text, start, end)
                tokens.append(replace(token, start=offset + start, end=offset + token.end))
                position = token.end
            elif text in WITH_ARGUMENT:
                position = _argument_end(latex, end)
            elif text == "\\mathop" and depth < 12 and (stop := _argument_end(latex, end)) > end + 2:
                inner = tokenize(latex[end + 1 : stop - 1], macros, offset + end + 1, depth + 1)
                tokens.extend(spanning(inner, offset + start, offset + stop))
                position = stop
            elif macros and text in macros and depth < 12:
                position = _expand(latex, text, start, end, macros, tokens, offset, depth)
            elif text in ("\\quad", "\\qquad"):
                tokens.append(Token("quad", text, offset + start, offset + end))
            elif text not in DROPPED:
                tokens.append(_token(kind, text, offset + start, offset + end, glued))
            elif text in SIZES:
                held = start if held is None else held
                if latex[end : end + 1] == ".":
                    position, held = end + 1, None
            if held is not None and text not in DROPPED and tokens:
                last = tokens.pop()
                tokens.append(Token(last.kind, last.text, offset + held, last.end, last.glued))
                held = None
            glued = text not in DROPPED
            continue
        if kind == "char" and text in SIGNS:
            mark, letter = SIGNS[text]
            tokens.append(_token("cmd" if mark[0] == "\\" else "char", mark, offset + start, offset + end, glued))
            tokens.append(_token("num" if letter.isdigit() else "char", letter, offset + start, offset + end, True))
            continue
        word = MOMENT_NAME.match(latex, start) if kind == "char" and text in "VCBM" else None
        begin = offset + (start if held is None else held)
        if word is not None:
            tokens.extend(_in_upright(word.group(1), begin))
            position = word.end(1)
        else:
            plain = re.sub(r"\\[, ]|\{,\}", "", text) if kind == "num" else text
            tokens.append(_token(kind, plain, begin, offset + end, glued))
        held, glued = None, True
    tokens = double_bars(tokens) if "||" in latex else tokens
    tokens = each_in_its_font(tokens) if SEVERAL.search(latex) else tokens
    return bare_gradients(tokens) if BRACED_GRADIENT.search(latex) else tokens


def _words(latex: str, text: str, start: int, end: int) -> Token:
    r"""What stands in a text font: \text{Cov}(X, Y) names an operator, \text{X} is a letter, all else words."""
    named = OPERATOR.match(latex, start)
    if named and named.group(1).lower() not in PROSE:
        return Token("cmd", "\\operatorname", start, end)
    if font := font_of(latex, start, end, text):
        return Token("cmd", font, start, end)
    stop = _argument_end(latex, end)
    return Token("text", _unbrace(latex[end:stop]), start, stop)


#: Cov(X, Y) without a font is no product of three letters
MOMENT_NAME = re.compile(r"(?<![A-Za-z\\])(Var|Cov|Corr|Bias|MSE)\s*(?:\\(?:left|[bB]igg?l?)\s*)?[(\[]")


def _in_upright(word: str, start: int) -> list[Token]:
    """The tokens of an operator's name as if it stood in an upright font."""
    letters = [Token("char", letter, start + k, start + k + 1, k > 0) for k, letter in enumerate(word)]
    end = start + len(word)
    brace = Token("open", "{", start, start), Token("close", "}", end, end)
    return [Token("cmd", "\\operatorname", start, start), brace[0], *letters, brace[1]]


UPRIGHT = {"\\mathrm", "\\text", "\\textrm", "\\mbox", "\\textnormal", "\\mathsf"}


def _unit_here(latex: str, start: int, command: str, tokens: list[Token]) -> tuple[str, int] | None:
    """The unit written at `start` beside a number, and where it ends."""
    if command not in UPRIGHT or not tokens or not _takes_unit(tokens):
        return None
    found = UNIT_WORD.match(latex, start)
    word = found.group(1) if found is not None else ""
    if found is None or unit_of(word, command != "\\mathrm") is None:
        return None
    return ("~" if command != "\\mathrm" else "") + word, found.end()


def _takes_unit(tokens: list[Token]) -> bool:
    """After a number, after another unit, or in a fraction beside a number."""
    last = tokens[-1]
    if last.kind in ("num", "unit"):
        return not (len(tokens) > 1 and tokens[-2].text == "_")
    before = tokens[-2] if len(tokens) > 1 else last
    if last.text in ("/", "\\cdot"):
        return before.kind == "unit"
    if last.text == "}":  # 10^{6} Hz, \frac{\pi}{4} rad
        opened = _opening(tokens, len(tokens) - 1)
        if opened > 1 and tokens[opened - 1].text == "^":
            return tokens[opened - 2].kind in ("num", "unit")
        over = _opening(tokens, opened - 1) if opened > 3 and tokens[opened - 1].text == "}" else 0
        plain = all(t.kind in ("num", "open", "close") or t.text == "\\pi" for t in tokens[over:])
        return over > 0 and tokens[over - 1].text == "\\frac" and plain
    if last.text == "{" and len(tokens) > 2:
        return (before.text == "\\frac" and tokens[-3].kind == "num") or (
            before.text == "}" and tokens[-3].kind == "unit"
        )
    return False


def _opening(tokens: list[Token], place: int) -> int:
    """Where the group opens that closes at `place`."""
    depth = 0
    for here in range(place, -1, -1):
        depth += {"close": 1, "open": -1}.get(tokens[here].kind, 0)
        if depth == 0:
            return here
    return 0


#: a word in an upright font right before a bracket names an operator
OPERATOR = re.compile(
    r"\\(?:text|textrm|mbox|textnormal)\{([A-Z][A-Za-z]*|tr|diag|det|softmax|sigmoid|bias)\}\s*(?:\\(?:left|[bB]igg?l?)\s*)?[(\[]"
)


def _unboxed(latex: str) -> str:
    """The formula without the frame around it; every character keeps its place."""
    out = latex
    for match in re.finditer(r"\\boxed\s*\{", latex):
        stop = _argument_end(latex, match.end() - 1) - 1
        if match.end() <= stop < len(out):
            out = (
                out[: match.start()]
                + " " * (match.end() - match.start())
                + out[match.end() : stop]
                + " "
                + out[stop + 1 :]
            )
    return out


def _token(kind: str, text: str, start: int, end: int, glued: bool) -> Token:
    text = SYNONYMS.get(text, text)
    if text in ("{", "(", "[", "\\{", "\\langle", "\\lfloor", "\\lceil"):
        kind = "open"
    elif text in ("}", ")", "]", "\\}", "\\rangle", "\\rfloor", "\\rceil"):
        kind = "close"
    elif kind == "cmd" and not text.startswith("\\"):
        kind = "char"
    elif kind == "char" and text.startswith("\\"):
        kind = "cmd"
    return Token(kind, text, start, end, glued)


def _argument_end(latex: str, position: int) -> int:
    """Where the braced argument after `position` ends (or the position itself when there is none)."""
    while position < len(latex) and latex[position].isspace():
        position += 1
    if position >= len(latex) or latex[position] != "{":
        return position
    depth = 0
    for here in range(position, len(latex)):
        if latex[here] == "{" and latex[here - 1] != "\\":
            depth += 1
        elif latex[here] == "}" and latex[here - 1] != "\\":
            depth -= 1
            if depth == 0:
                return here + 1
    return len(latex)


def _unbrace(text: str) -> str:
    text = text.strip()
    return text[1:-1] if text.startswith("{") and text.endswith("}") else text


def _expand(
    latex: str, name: str, start: int, end: int, macros: Macros, tokens: list[Token], offset: int, depth: int
) -> int:
    """Append the tokens of a macro call, all carrying the call's span; return where the call ends."""
    count, body = macros[name]
    for number in range(1, count + 1):
        stop = _argument_end(latex, end)
        if stop == end:
            while end < len(latex) and latex[end].isspace():
                end += 1
            match = LEXER.match(latex, end)
            stop = match.end() if match else end
        body = body.replace(f"#{number}", " " + _unbrace(latex[end:stop]) + " ")
        if len(body) > LIMIT:
            break
        end = stop
    for token in tokenize(body, macros, 0, depth + 1):
        tokens.append(Token(token.kind, token.text, offset + start, offset + end, token.glued))
        if len(tokens) >= LIMIT:
            break
    return end


DEFINITION = re.compile(
    r"\\(?:re|provide)?newcommand\*?\s*(?:\{\s*)?(\\[a-zA-Z]+)\s*(?:\}\s*)?(?:\[(\d)\]\s*)?(?=\{)"
    r"|\\def\s*(\\[a-zA-Z]+)\s*(?:((?:#\d)+)\s*)?(?=\{)"
    r"|\\DeclareMathOperator\*?\s*\{\s*(\\[a-zA-Z]+)\s*\}\s*(?=\{)"
)


def _braces(text: str) -> dict[int, int]:
    """Where each braced argument ends, by where it begins; braces after a backslash are no braces."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for match in re.finditer(r"(?<!\\)[{}]", text):
        if match.group() == "{":
            opened.append(match.start())
        elif opened:
            ends[opened.pop()] = match.end()
    return ends


def find_macros(text: str) -> Macros:
    r"""Collect `\newcommand`, `\def` and `\DeclareMathOperator` of a document; one whose brace never closes defines nothing."""
    macros: Macros = {}
    if "\\" not in text:
        return macros
    found = list(DEFINITION.finditer(text))
    ends = _braces(text) if found else {}
    for match in found:
        stop = ends.get(match.end(), 0)
        if not 0 < stop - match.end() <= LONGEST:
            continue
        body = text[match.end() + 1 : stop - 1]
        if match.group(1):
            macros[match.group(1)] = (int(match.group(2) or 0), body)
        elif match.group(3):
            macros[match.group(3)] = (len(match.group(4) or "") // 2, body)
        elif match.group(5):
            macros[match.group(5)] = (0, "\\operatorname{" + body + "}")
    macros = {name: found for name, found in macros.items() if name not in found[1]}
    return {**habitual(text, set(macros)), **macros}
