r"""Shapes that words give: "Let $X$ be an $n \times p$ matrix", "the $n \times n$ covariance matrix $V$", "$W$ of size $m \times n$".

The product sign stands between two sizes only where a word for an array is near it: $u \times v$ may be the product of two vectors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from glideslope.derive.meaning.context import Context, Declaration
from glideslope.derive.meaning.declare import hints_for
from glideslope.derive.meaning.membership import LARGE, times
from glideslope.derive.source.chains import split_relations
from glideslope.derive.source.extract import Segment
from glideslope.derive.syntax.parser import Hints, parse_tokens
from glideslope.derive.syntax.tokens import Macros, tokenize
from glideslope.derive.syntax.tree import Node, canonical, walk
from glideslope.errors import ParseError

__all__ = ["declare_spoken", "find_spoken"]

_NOUN = r"(?:matri(?:x|ces)|vectors?|arrays?|covariances?|precisions?|structure|Jacobian|Hessian|projection)"
_WORDS = r"(?:[A-Za-z][A-Za-z-]*\s+)"
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_MARKS = re.compile(r"[*_]")
#: n × p ⟨design matrix⟩ X
_NAMED = re.compile(rf"\s*{_WORDS}{{0,3}}{_NOUN}\s*|\s*(?:的)?[一-鿿]{{0,6}}(?:矩阵|向量)\s*", re.I)
#: X ⟨is a known⟩ n × p …
_IS = re.compile(
    r"[\s,]*(?:\b(?:be|is|are|denotes?|being|an?|the|each|both|all|some|any|known|given|fixed|real|constant|general|arbitrary|random|"
    r"(?:a|skew-?|anti)?symmetric|square|invertible|regular|(?:non-?)?singular|positive|negative|(?:semi-?)?definite|orthogonal|orthonormal|unitary|diagonal|"
    r"triangular|upper|lower|tall|full|column|row|rank|sparse|dense|stochastic|Markov)\b[\s,]*)+"
    r"|\s*(?:是|为|表示)(?:一个|个)?\s*",
    re.I,
)
#: … n × p ⟨matrix⟩
_KIND = re.compile(rf"\s*{_WORDS}{{0,2}}{_NOUN}\b|\s*(?:的)?[一-鿿]{{0,6}}(?:矩阵|向量)", re.I)
#: X ⟨of size⟩ n × p
_OF = re.compile(
    r"\s*,?\s*(?:\b(?:is|be|are|has|have|having|with|which|that|of|a|an|the|matrix|matrices|vector)\b\s*)*\b(?:of|has|have|having|with)\s+(?:(?:a|the)\s+)?(?:size|shape|dimensions?|order)\s*"
    r"|\s*的(?:大小|形状|维度|维数)(?:是|为)\s*",
    re.I,
)
#: n⟨-dimensional random vector⟩
_LONG = re.compile(rf"\s*-?\s*dimensional\s+{_WORDS}{{0,3}}vectors?\b|\s*维[一-鿿]{{0,4}}向量", re.I)
#: … vector X ⟨with mean⟩ μ ⟨and covariance matrix⟩ Σ
_MEAN = re.compile(
    rf".*\b(?:with|has|having)\s+{_WORDS}{{0,2}}(?:mean|expected value|expectation)(?:\s+vector)?\s*", re.I | re.S
)
_SPREAD = re.compile(rf"\s*,?\s*and\s+{_WORDS}{{0,2}}(?:co)?variance(?:\s+matrix)?\s*", re.I)
#: a square matrix that is symmetric and positive definite by what it is
_COVARIANCE = re.compile(r"(?<!cross-)(?<!cross )\bcovariance\b|(?<!互)协方差", re.I)
_AND = re.compile(r"\s*(?:,|,?\s*and|、|和|与)\s*", re.I)


def find_spoken(pieces: Sequence[Segment], context: Context, macros: Macros) -> None:
    """Shapes that the words of a text give anywhere in it, but for letters that have several."""
    found: dict[str, list[tuple[Node, ...]]] = {}
    for place in range(len(pieces)):
        for name, dims, _ in _said(pieces, place, context, macros):
            found.setdefault(name, []).append(dims)
    for name, shapes in found.items():
        if len({tuple(map(canonical, dims)) for dims in shapes}) == 1 and not context.fact(name).shapes:
            _declare(name, shapes[0], context)


def declare_spoken(pieces: Sequence[Segment], place: int, context: Context, macros: Macros) -> None:
    """Shapes that the words around an inline formula give."""
    for name, dims, definite in _said(pieces, place, context, macros):
        _declare(name, dims, context)
        if definite and context.rank(name) == 2:
            context.fact(name).structure["definite"] = 1.0


def _declare(name: str, dims: tuple[Node, ...], context: Context) -> None:
    letters = {str(n.value) for d in dims for n in walk(d) if n.op == "sym"}
    if letters & {n for n in letters if context.rank(n)} or name in letters:
        return  # a product of two arrays
    context.integers.update(letters)
    context.large.update(d.value for d in dims if d.op == "num" and isinstance(d.value, int) and d.value > LARGE)
    fact = context.fact(name)
    fact.declared, fact.ahead, fact.rank, fact.family = True, False, len(dims), 0
    fact.shapes = [Declaration((), dims)]


def _said(
    pieces: Sequence[Segment], place: int, context: Context, macros: Macros
) -> Iterator[tuple[str, tuple[Node, ...], bool]]:
    """(name, sizes, whether it is a covariance) for each array whose shape an inline formula with a product sign gives."""
    piece = pieces[place]
    if piece.kind == "inline" and len(piece.text) < 12:
        yield from _long(pieces, place, context, macros)
    if piece.kind != "inline" or "\\times" not in piece.text or len(piece.text) > 40:
        return
    dims = _sizes(piece, macros)
    if dims is None:
        return
    before, after = _prose(pieces, place - 1), _prose(pieces, place + 1)
    named: list[int] = []
    if _NAMED.fullmatch(after):
        named = [place + 2]
        while _AND.fullmatch(_prose(pieces, named[-1] + 1)) and after.rstrip().endswith(
            ("matrices", "vectors", "arrays")
        ):
            named.append(named[-1] + 2)
    elif _OF.fullmatch(before) or (_IS.fullmatch(before) and _KIND.match(after)):
        named = [place - 2]
        while _AND.fullmatch(_prose(pieces, named[-1] - 1)):
            named.append(named[-1] - 2)
    kind = _KIND.match(after)
    definite = (
        kind is not None and len(set(map(canonical, dims))) == 1 < len(dims) and bool(_COVARIANCE.search(kind.group()))
    )
    for k in named:
        if 0 <= k < len(pieces) and pieces[k].kind == "inline" and (name := _name(pieces[k], context, macros)):
            yield name, dims, definite


def _long(
    pieces: Sequence[Segment], place: int, context: Context, macros: Macros
) -> Iterator[tuple[str, tuple[Node, ...], bool]]:
    r"""X and its moments in "let $X$ be an $n$-dimensional random vector with mean $\\mu$ and covariance $\\Sigma$"."""
    after = _prose(pieces, place + 1)
    found = _LONG.match(after)
    if found is None:
        return
    tokens = tokenize(pieces[place].text, macros, pieces[place].start)
    try:
        size = parse_tokens(tokens, Hints())
    except (ParseError, RecursionError, IndexError):
        return
    if not _counts(size):
        return
    at = place - 2 if _IS.fullmatch(_prose(pieces, place - 1)) else place + 2 if _LONG.fullmatch(after.rstrip()) else -1
    if not 0 <= at < len(pieces) or pieces[at].kind != "inline" or not (name := _name(pieces[at], context, macros)):
        return
    yield name, (size,), False
    ends = at + 1 if at > place else place + 1
    if _MEAN.fullmatch(_prose(pieces, ends)) and ends + 1 < len(pieces):
        if mean := _name(pieces[ends + 1], context, macros):
            yield mean, (size,), False
        both = _SPREAD.fullmatch(_prose(pieces, ends + 2)) and ends + 3 < len(pieces)
        if both and (spread := _name(pieces[ends + 3], context, macros)):
            yield spread, (size, size), True


def _prose(pieces: Sequence[Segment], place: int) -> str:
    if not 0 <= place < len(pieces) or pieces[place].kind != "prose" or len(pieces[place].text) > 300:
        return "."
    return _MARKS.sub("", _LINK.sub(r"\1", pieces[place].text))


def _sizes(piece: Segment, macros: Macros) -> tuple[Node, ...] | None:
    """n and p of `n \\times p`; one size of a column."""
    tokens = tokenize(piece.text, macros, piece.start)
    try:
        dims = tuple(parse_tokens(part, Hints()) for part in times(tokens))
    except (ParseError, RecursionError):
        return None
    if len(dims) != 2 or not all(_counts(d) for d in dims) or (dims[0].op == "num" and dims[0].value == 1):
        return None  # a row: texts differ in what they then do with it
    return dims[:1] if dims[1].op == "num" and dims[1].value == 1 else dims


def _counts(node: Node) -> bool:
    """Whether a formula may be a size: whole numbers and plain letters, added or multiplied."""
    if node.op == "num":
        return isinstance(node.value, int) and node.value > 0
    if node.op == "sym":
        return not node.args and len(str(node.value)) == 1
    return node.op in ("add", "mul", "group") and all(map(_counts, node.args))


def _name(piece: Segment, context: Context, macros: Macros) -> str:
    """The plain letter an inline formula is or begins with."""
    parts, relations = split_relations(tokenize(piece.text, macros, piece.start))
    if relations and relations[0] not in ("=", ":="):
        return ""
    try:
        node = parse_tokens(parts[0], hints_for(context, macros))
    except (ParseError, RecursionError, IndexError):
        return ""
    return context.resolve(str(node.value)) if node.op == "sym" and not node.args else ""
