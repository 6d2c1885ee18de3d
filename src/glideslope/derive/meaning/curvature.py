r"""How strongly a function bends, as words say: its gradient is Lipschitz with constant L, it is $\mu$-strongly convex, $x^*$ minimises it.

With convexity (see `properties`) this makes the inequalities of optimisation claims that can fail: `drawn` draws such functions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from glideslope.derive.meaning.context import Context, Declaration
from glideslope.derive.source.extract import Segment

__all__ = ["introduce_curvature", "speaks_of_curvature"]

NAME = r"(\\mathcal\s*\{?\s*[A-Z]\s*\}?|\\[a-z]+|[A-Za-z])"
CONSTANT = re.compile(r"\s*(\\[a-zA-Z]+|[A-Za-z])\s*(?:>\s*0\s*)?")
SMOOTH = re.compile(r"-\s*(?:smooth|Lipschitz[- ](?:continuous[- ])?(?:gradients?|smooth))", re.I)
TOO = re.compile(r"-\s*smooth\s*(?:,|and)\s*(?:and\s+)?convex\b", re.I)
STRONG = re.compile(r"-\s*strongly[- ]convex", re.I)
LIPSCHITZ = re.compile(r"Lipschitz[^.;]{0,40}\bconstant\s*\Z", re.I)
STRONGLY = re.compile(r"strongly[- ]convex[^.;]{0,20}\b(?:constant|parameter|modulus)\s*\Z", re.I)
LOWEST = re.compile(r"minimi[sz]|\boptim(?:al|um)\b|最优|最小", re.I)
STARRED = re.compile(
    r"(\\(?:mathbf|boldsymbol|bm)\s*\{?\s*[a-zA-Z]\s*\}?|\\[a-z]+|[A-Za-z])\s*\^\s*\{?\s*(?:\*|\\star|\\ast)\s*\}?"
)
GRADIENT = re.compile(rf"\s*\\nabla\s*(?:_\S+\s*)?\{{?\s*{NAME}")
FUNCTION = re.compile(rf"\s*{NAME}\s*(?:_\s*(?:[a-zA-Z]|\{{\s*[a-zA-Z]\s*\}}))?\s*(?:\(|:|\\colon|\Z)")  # also f_i
CALLED = {"f", "g", "h", "F", "\\ell"}  # letters of functions, where words say how they bend
BACK = 10  # pieces that are looked back at


def speaks_of_curvature(before: str, after: str) -> bool:
    """A cheap look at the words beside a formula."""
    return bool(SMOOTH.match(after) or STRONG.match(after) or before.rstrip().endswith(("constant", "parameter", "modulus")) or LOWEST.search(before[-60:] + "⟨⟩" + after[:60]))  # fmt: skip


def introduce_curvature(pieces: Sequence[Segment], place: int, before: str, after: str, context: Context) -> None:
    """Take in what the words beside one inline formula say of a function named there or shortly before."""
    text = pieces[place].text
    if (starred := STARRED.search(text)) is not None and LOWEST.search(before[-60:] + "⟨⟩" + after[:60]):
        called = re.match(rf"\s*(?:\\nabla\s*)?{NAME}\s*\(", text)
        function = _plain(called.group(1)) if called is not None else _nearest(pieces, place, context)[0]
        if function:
            _place(_starred(starred), function, context)
        return
    constant = CONSTANT.fullmatch(text)
    if constant is None:
        return
    function, of_gradient = _nearest(pieces, place, context)
    gradient = of_gradient or bool(re.search(r"\bgradients?\b", before[-120:], re.I))
    if function and (SMOOTH.match(after) or (gradient and LIPSCHITZ.search(before))):
        if TOO.match(after) and function not in context.definitions:
            context.properties.setdefault(function, "convex")
        context.curved[function] = {**context.curved.get(function, {}), "most": constant.group(1)}
    elif function and (STRONG.match(after) or STRONGLY.search(before)):
        context.curved[function] = {**context.curved.get(function, {}), "least": constant.group(1)}
        context.properties.setdefault(function, "convex")
    if function:
        context.functions.add(function)


def _place(name: str, function: str, context: Context) -> None:
    """`$x^*$ minimises $f$`: it is of the kind that x is."""
    context.minimisers[name] = function
    fact, plain = context.fact(name), context.known.get(name.split("^")[0])
    if plain is not None and plain.shapes and not fact.shapes:
        fact.rank, fact.shapes, fact.declared = plain.rank, [Declaration((), plain.shapes[-1].dims)], True


def _nearest(pieces: Sequence[Segment], place: int, context: Context) -> tuple[str, bool]:
    """The function spoken of last, and whether of its gradient."""
    for piece in reversed(pieces[max(0, place - BACK) : place]):
        if piece.kind != "inline":
            continue
        if (found := GRADIENT.match(piece.text)) is not None:
            return _plain(found.group(1)), True
        if (found := FUNCTION.match(piece.text)) is not None:
            name = _plain(found.group(1))
            if name in CALLED or name in context.functions or name in context.properties or ":" in piece.text:
                return name, False
    last = list(context.properties)[-1:]
    return (last[0] if last else ""), False


def _plain(name: str) -> str:
    font = re.match(r"\\mathcal\s*\{?\s*([A-Z])", name)
    return "cal:" + font.group(1) if font else name


def _starred(found: re.Match[str]) -> str:
    letter = re.match(r"\\(?:mathbf|boldsymbol|bm)\s*\{?\s*([a-zA-Z])", found.group(1))
    mark = "^\\star" if "star" in found.group() else "^*"
    return ("b:" + letter.group(1) if letter else found.group(1)) + mark
