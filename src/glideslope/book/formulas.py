r"""A displayed formula taken apart for the page: the rows of a derivation, each with its sides and the rule used.

`lhs &= rhs && \text{rule} \\` is one row; a display without rows is one formula.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Row", "has_long_left", "rows_of"]

_ENVIRONMENT = re.compile(r"^\\begin\{(aligned|align\*?|split|eqnarray\*?|gather\*?|gathered)\}(.*)\\end\{\1\}[.,;]?$", re.S)
# What takes room in a line: commands of layout do not, a fraction is as wide as its wider half.
_LAYOUT = re.compile(r"\\(?:d|t)?frac|\\partial|\\left|\\right|[_^]\{[^{}]*\}|[_^].")
_LETTER = re.compile(r"\\[a-zA-Z]+|[a-zA-Z0-9+\-=]")
_LONG = 5
_RULE = re.compile(r"^\\text\{(.*)\}$", re.S)


@dataclass(frozen=True)
class Row:
    """One line of a derivation; `rule` is the words at its right, with `$…$` for mathematics in them."""

    left: str
    right: str
    rule: str


def rows_of(latex: str) -> tuple[Row, ...]:
    r"""The rows of an aligned display, or () where it is one formula.

    >>> rows_of(r"\begin{aligned} a &= b + c && \text{sum} \\ &= d \end{aligned}")
    (Row(left='a', right='= b + c', rule='sum'), Row(left='', right='= d', rule=''))
    """
    match = _ENVIRONMENT.match(latex.strip())
    if match is None:
        return ()
    rows = tuple(_row(piece) for piece in _split(match[2], "\\\\") if piece.strip())
    return rows if len(rows) > 1 or any(row.rule for row in rows) else ()


def has_long_left(rows: Sequence[Row]) -> bool:
    r"""Whether a left side is too long to stand beside its right side on a telephone.

    >>> has_long_left(rows_of(r"\frac{\partial C}{\partial z_i} &= a \\ &= b")), has_long_left([Row(r"a c_P - (1 - a) c_N + b", "= d", "")])
    (False, True)
    """
    return any(len(_LETTER.findall(_LAYOUT.sub("", row.left))) > _LONG for row in rows)


def _row(piece: str) -> Row:
    piece = re.sub(r"^\s*\[[^\]]*\]", "", piece)
    columns = [column.strip() for column in _split(piece, "&")]
    rule = ""
    if len(columns) > 1 and (match := _RULE.match(columns[-1])):
        rule, columns = match[1], columns[:-1]
    while columns and not columns[-1]:
        columns.pop()
    left, right = (columns[0], " ".join(columns[1:])) if len(columns) > 1 else ("", "".join(columns))
    return Row(left, right, rule)


def _split(text: str, separator: str) -> list[str]:
    """Split at the separator where no brace and no environment is open."""
    parts, depth, start, k = [], 0, 0, 0
    while k < len(text):
        if depth == 0 and text.startswith(separator, k):
            parts.append(text[start:k])
            k += len(separator)
            start = k
            continue
        if text.startswith("\\begin{", k):
            depth += 1
        elif text.startswith("\\end{", k):
            depth -= 1
        if text[k] == "\\" and k + 1 < len(text) and text[k + 1] in "\\{}&":
            k += 2
            continue
        depth += {"{": 1, "}": -1}.get(text[k], 0)
        k += 1
    return [*parts, text[start:]]
