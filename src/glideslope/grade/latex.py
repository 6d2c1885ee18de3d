r"""LaTeX as tokens, for looking rather than calculating: does a row hold `\frac{\partial a_j}{\partial z_i}`?

Spacing, fonts and synonyms are removed (`\neq` is `\ne`, `z_{i}` is `z_i`), so that what an editor writes meets what
an author wrote. Index letters are free: a pattern with `i` and `j` also finds `m` and `n`, each always the same.
"""

import re

__all__ = ["plain_latex", "same_terms", "split_equation", "tokens_match", "tokens_of"]

_SYNONYMS = {
    r"\neq": r"\ne",
    r"\dfrac": r"\frac",
    r"\tfrac": r"\frac",
    r"\log": r"\ln",
    r"\exponentialE": "e",
    r"\differentialD": "d",
    r"\mathrm{diag}": r"\operatorname{diag}",
    r"\text{diag}": r"\operatorname{diag}",
    r"\diag": r"\operatorname{diag}",
}
_NOTHING = {
    r"\,",
    r"\;",
    r"\:",
    r"\!",
    r"\ ",
    "~",
    r"\quad",
    r"\qquad",
    r"\left",
    r"\right",
    r"\cdot",
    r"\limits",
    r"\nolimits",
    r"\displaystyle",
    r"\bigl",
    r"\bigr",
    r"\Bigl",
    r"\Bigr",
    r"\mleft",
    r"\mright",
}
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d+|\S")
_INDEX = re.compile(r"[a-zA-Z]")


def plain_latex(latex: str) -> str:
    """Return LaTeX without an editor's own commands, ready for the checker."""
    latex = latex.replace(r"\exponentialE", "e").replace(r"\differentialD", "d").replace(r"\placeholder{}", "")
    return re.sub(r"\\m(left|right)\b", r"\\\1", latex).strip()


def tokens_of(latex: str) -> list[str]:
    """Return the tokens that carry meaning.

    Example:
        >>> tokens_of(r"a_{i}\\,\\left(1-a_i\\right)") == tokens_of("a_i (1 - a_i)")
        True
    """
    for old, new in _SYNONYMS.items():
        if "{" in old:
            latex = latex.replace(old, new)
    tokens = [_SYNONYMS.get(token, token) for token in _TOKEN.findall(latex)]
    return _without_single_braces([token for token in tokens if token not in _NOTHING])


def tokens_match(pattern: str, latex: str) -> bool:
    """Return whether the tokens of `pattern` stand somewhere in a row, with other index letters allowed."""
    wanted, there = tokens_of(pattern), tokens_of(latex)
    indices = _index_positions(wanted)
    return any(
        _fits(wanted, there[start : start + len(wanted)], indices) for start in range(len(there) - len(wanted) + 1)
    )


def same_terms(goal: str, latex: str) -> bool:
    """Return whether two sums have the same terms in any order, with other index letters allowed."""
    wanted, got = _terms(tokens_of(goal)), _terms(tokens_of(latex))
    return len(wanted) == len(got) and any(
        _fits(_flat(wanted), _flat(order), _index_positions(_flat(wanted))) for order in _orders(got)
    )


def split_equation(latex: str) -> list[str]:
    """Return the sides of a row, split at each `=` outside brackets; a row that begins with `=` has an empty first side."""
    sides, depth, start = [], 0, 0
    for found in re.finditer(r"\\[A-Za-z]+|\\.|[{}()\[\]=]", latex):
        token = found[0]
        depth += (token in "{([") - (token in "})]") if len(token) == 1 else 0
        if token == "=" and depth == 0:
            sides.append(latex[start : found.start()].strip())
            start = found.end()
    return [*sides, latex[start:].strip()]


def _without_single_braces(tokens: list[str]) -> list[str]:
    kept: list[str] = []
    for token in tokens:
        if token == "}" and len(kept) > 1 and kept[-2] == "{" and kept[-1] not in "{}":
            kept[-2:] = [kept[-1]]
        else:
            kept.append(token)
    return kept


def _index_positions(tokens: list[str]) -> set[int]:
    """Return where single letters stand as indices: after `_`, in a braced subscript, around `\\ne`."""
    positions: set[int] = set()
    depth = 0
    for place, token in enumerate(tokens):
        before = tokens[place - 1] if place else ""
        if token == "{" and (before == "_" or depth):
            depth += 1
        elif token == "}" and depth:
            depth -= 1
        after = tokens[place + 1] if place + 1 < len(tokens) else ""
        if _INDEX.fullmatch(token) and (before in ("_", r"\ne") or after == r"\ne" or depth):
            positions.add(place)
    return positions


def _fits(wanted: list[str], there: list[str], indices: set[int]) -> bool:
    if len(wanted) != len(there):
        return False
    renamed: dict[str, str] = {}
    for place, (mine, theirs) in enumerate(zip(wanted, there, strict=True)):
        if place in indices:
            if not _INDEX.fullmatch(theirs) or renamed.setdefault(mine, theirs) != theirs:
                return False
        elif mine != theirs:
            return False
    return len(set(renamed.values())) == len(renamed)


def _terms(tokens: list[str]) -> list[list[str]]:
    while tokens and tokens[0] == "(" and tokens[-1] == ")" and _closes_last(tokens):
        tokens = tokens[1:-1]
    terms: list[list[str]] = [["+"]]
    depth = 0
    for token in tokens:
        depth += (token in ("{", "(", "[")) - (token in ("}", ")", "]"))
        if token in "+-" and depth == 0:
            if terms[-1] in (["+"], ["-"]):
                terms.pop()
            terms.append([token])
        else:
            terms[-1].append(token)
    return terms


def _closes_last(tokens: list[str]) -> bool:
    depth = 0
    for place, token in enumerate(tokens):
        depth += (token == "(") - (token == ")")
        if depth == 0:
            return place == len(tokens) - 1
    return False


def _orders(terms: list[list[str]]) -> list[list[list[str]]]:
    """Return all orders of a few terms; more than four are compared as they stand."""
    if len(terms) <= 1 or len(terms) > 4:
        return [terms]
    return [[terms[k], *rest] for k in range(len(terms)) for rest in _orders(terms[:k] + terms[k + 1 :])]


def _flat(terms: list[list[str]]) -> list[str]:
    return [token for term in terms for token in term]
