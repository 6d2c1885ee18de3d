r"""Structural repairs: one small edit of the author's own LaTeX that could have been meant.

Edits are made on the text through the spans of the tree, then parsed and judged like anything else.
They come in the order in which slips happen: scope and index of a sum, power inside or outside, sign, index, transpose, factor, symbol, number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from glideslope.derive.syntax.names import INDEX_LETTERS
from glideslope.derive.syntax.tree import Node, canonical, walk

__all__ = ["Edit", "apply_edit", "edits"]


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace text[start:end] by `new`."""

    start: int
    end: int
    new: str
    kind: str


def apply_edit(text: str, edit: Edit, offset: int = 0) -> str:
    """The text after the edit; spans count from `offset`."""
    return text[: edit.start - offset] + edit.new + text[edit.end - offset :]


def edits(node: Node, text: str, offset: int, stray: list[str], letters: list[str], pool: list[Node]) -> Iterator[Edit]:
    """Candidate edits of one member.

    Args:
        node: its tree.
        text: its LaTeX, starting at `offset`.
        offset: where the text starts.
        stray: letters free on this side only.
        letters: all index letters in play.
        pool: nodes of the neighbours, whose symbols and factors may be missing here.
    """
    cut = _Cutter(text, offset)
    yield from _sum_scope(node, cut)
    yield from _insert_sum(node, cut, stray)
    yield from _drop_sum(node, cut, letters)
    yield from _powers(node, cut)
    yield from _signs(node, cut)
    yield from _indices(node, cut, letters)
    yield from _transposes(node, cut)
    yield from _insert_sum(node, cut, [letter for letter in letters if letter not in stray])
    yield from _factors(node, cut)
    yield from _symbols(node, cut, pool)
    yield from _missing_factors(node, cut, pool)
    yield from _numbers(node, cut)
    yield from _bounds(node, cut)
    yield from _functions(node, cut)
    yield from _roots(node, cut)


@dataclass(frozen=True)
class _Cutter:
    text: str
    offset: int

    def of(self, node: Node) -> str:
        return self.between(node.start, node.end)

    def between(self, start: int, end: int) -> str:
        return self.text[start - self.offset : end - self.offset]

    def inside(self, node: Node) -> bool:
        return self.offset <= node.start < node.end <= self.offset + len(self.text)


def _strip(node: Node) -> Node:
    while node.op == "group":
        node = node.args[0]
    return node


def _has_letter(node: Node, letter: str) -> bool:
    return any(
        n.op == "sym" and any(i.op == "sym" and i.value == letter for a in n.args for i in walk(a)) for n in walk(node)
    )


def _sum_scope(node: Node, cut: _Cutter) -> Iterator[Edit]:
    """A sum in brackets that closes before a factor which carries its index."""
    for part in walk(node):
        if part.op != "mul":
            continue
        for k, factor in enumerate(part.args[:-1]):
            inner = _strip(factor)
            sign = ""
            if inner.op == "neg":
                sign, inner = "-", _strip(inner.args[0])
            if inner.op != "big" or not any(
                _has_letter(f, letter) for f in part.args[k + 1 :] for letter in inner.value.letters
            ):
                continue
            body = inner.args[-1]
            rest = cut.between(part.args[k + 1].start, part.args[-1].end)
            new = f"{sign}{cut.between(inner.start, body.start)}\\left( {cut.of(body)} {rest} \\right)"
            yield Edit(factor.start, part.args[-1].end, new, "sum-scope")


def _insert_sum(node: Node, cut: _Cutter, letters: list[str]) -> Iterator[Edit]:
    """A sum that is missing."""
    for letter in letters:
        terms = _strip(node).args if _strip(node).op == "add" else (node,)
        carrying = [t for t in terms if _has_letter(t, letter)]
        if len(terms) > 1 and len(carrying) == len(terms):
            yield Edit(node.start, node.end, f"\\sum_{{{letter}}} \\left( {cut.of(node)} \\right)", "sum-missing")
        for term in carrying:
            inner = term.args[0] if term.op == "neg" else term
            spot = inner.start
            yield Edit(spot, spot, f"\\sum_{{{letter}}} ", "sum-missing")
            if inner.op == "mul":
                for k, factor in enumerate(inner.args):
                    if k and _has_letter(factor, letter):
                        yield Edit(factor.start, factor.start, f"\\sum_{{{letter}}} ", "sum-missing")
                        break
        for part in walk(node):
            if part.op == "frac":
                for side in part.args:
                    if _has_letter(side, letter) and side.op in ("call", "sym", "mul", "pow"):
                        yield Edit(side.start, side.start, f"\\sum_{{{letter}}} ", "sum-missing")


def _drop_sum(node: Node, cut: _Cutter, letters: list[str]) -> Iterator[Edit]:
    """A sum too many."""
    for part in walk(node):
        if part.op == "big" and part.value.kind == "sum":
            yield Edit(part.start, part.args[-1].start, "", "sum-extra")
            for letter in letters:
                if len(part.value.letters) == 1 and letter != part.value.letters[0]:
                    body = part.args[-1]
                    new = _renamed(body, cut, part.value.letters[0], letter)
                    yield Edit(part.start, part.end, new, "sum-extra")


def _renamed(body: Node, cut: _Cutter, old: str, new: str) -> str:
    pieces: list[str] = []
    here = body.start
    for n in sorted((n for n in walk(body) if n.op == "sym" and not n.args and n.value == old), key=lambda n: n.start):
        if n.start >= here:
            pieces.append(cut.between(here, n.start) + new)
            here = n.end
    return "".join(pieces) + cut.between(here, body.end)


def _powers(node: Node, cut: _Cutter) -> Iterator[Edit]:
    """A power inside a sum that belongs outside, or the other way round; a power missing or too many."""
    for part in walk(node):
        if part.op == "big" and part.value.kind == "sum" and part.args[-1].op == "pow":
            body = part.args[-1]
            exponent = cut.of(body.args[1])
            base = cut.of(_strip(body.args[0]))
            new = f"\\left( {cut.between(part.start, body.start)}{base} \\right)^{{{exponent}}}"
            yield Edit(part.start, part.end, new, "power")
        if (
            part.op == "big"
            and part.value.kind == "sum"
            and part.args[-1].op == "call"
            and part.args[-1].value == "exp"
        ):
            continue
        if part.op == "pow" and part.args[0].op == "group" and _strip(part.args[0]).op == "big":
            inner = _strip(part.args[0])
            body = inner.args[-1]
            held = cut.of(body) if body.op in ("sym", "group") else f"\\left( {cut.of(body)} \\right)"
            yield Edit(
                part.start,
                part.end,
                f"{cut.between(inner.start, body.start)}{held}^{{{cut.of(part.args[1])}}}",
                "power",
            )
    for part in walk(node):
        if part.op == "pow":
            yield Edit(part.start, part.end, cut.of(part.args[0]), "power")
    for part in walk(node):
        if part.op in ("sym", "group", "call") and part.end > part.start and not _in_script(cut, part):
            if "^" in cut.of(part) and part.op == "sym":
                yield Edit(part.start, part.end, f"{{{cut.of(part)}}}^2", "power")
            else:
                yield Edit(part.end, part.end, "^2", "power")


def _in_script(cut: _Cutter, node: Node) -> bool:
    before = cut.text[: node.start - cut.offset].rstrip()
    return before.endswith(("_", "^", "_{", "^{")) or cut.text[node.end - cut.offset : node.end - cut.offset + 1] == "^"


def _signs(node: Node, cut: _Cutter) -> Iterator[Edit]:
    """One sign."""
    if node.op == "add":
        yield Edit(node.start, node.end, f"-\\left( {cut.of(node)} \\right)", "sign")
    if node.op == "neg":
        yield Edit(node.start, node.args[0].start, "", "sign")
    elif node.op != "add":
        yield Edit(node.start, node.start, "-", "sign")
    for part in walk(node):
        if part.op == "add":
            for k, term in enumerate(part.args):
                yield from _flip(part, k, term, cut)
        elif part.op == "neg" and part is not node:
            yield Edit(part.start, part.args[0].start, "", "sign")
        elif part.op == "call" and part.args and part.args[0].op not in ("add", "neg"):
            yield Edit(part.args[0].start, part.args[0].start, "-", "sign")
        elif part.op == "matrix":
            for cell in part.args:
                if cell.op == "neg":
                    yield Edit(cell.start, cell.args[0].start, "", "sign")
                else:
                    yield Edit(cell.start, cell.start, "-", "sign")


def _flip(part: Node, k: int, term: Node, cut: _Cutter) -> Iterator[Edit]:
    begin = part.args[k - 1].end if k else part.start
    between = cut.between(begin, term.start)
    for mark, other in (("+", "-"), ("-", "+")):
        place = between.find(mark)
        if place >= 0:
            new = "" if k == 0 else other
            yield Edit(begin + place, begin + place + 1, new, "sign")
            return
    if k == 0:
        yield Edit(term.start, term.start, "-", "sign")


def _indices(node: Node, cut: _Cutter, letters: list[str]) -> Iterator[Edit]:
    """One index letter, two indices in the wrong order, an index shifted by one."""
    for part in walk(node):
        if part.op != "sym" or not part.args:
            continue
        for k, index in enumerate(part.args):
            if not cut.inside(index):
                continue
            if index.op == "sym":
                for letter in letters:
                    if letter != index.value:
                        yield Edit(index.start, index.end, letter, "index")
            elif index.op == "num" and isinstance(index.value, int):
                for other in (index.value + 1, index.value - 1):
                    if other >= 0:
                        yield Edit(index.start, index.end, str(other), "index")
            if k + 1 < len(part.args) and cut.inside(part.args[k + 1]):
                after = part.args[k + 1]
                middle = cut.between(index.end, after.start)
                if "^" not in middle:
                    yield Edit(index.start, after.end, cut.of(after) + middle + cut.of(index), "index")
    for part in walk(node):
        if part.op == "sym" and len(part.args) == 1 and part.args[0].op in ("sym", "add") and cut.inside(part.args[0]):
            index = part.args[0]
            braced = cut.between(index.start - 1, index.start) == "{"
            for shift in ("+1", "-1"):
                new = cut.of(index) + shift
                yield Edit(index.start, index.end, new if braced else "{" + new + "}", "index")
            if index.op == "add" and index.args[1].op == "num":
                yield Edit(index.start, index.end, cut.of(index.args[0]), "index")
    for part in walk(node):  # the body of a sum speaks of another letter than the one it runs over
        if part.op == "big" and part.value.kind in ("sum", "prod") and len(part.value.letters) == 1:
            body, bound = part.args[-1], part.value.letters[0]
            others = {str(n.value): n for n in walk(body) if n.op == "sym" and not n.args and n.value in INDEX_LETTERS}
            inner = {letter for n in walk(body) if n.op == "big" for letter in n.value.letters}
            for letter in sorted(others.keys() - inner - {bound}):
                yield Edit(body.start, body.end, _renamed(body, cut, letter, bound), "index")
    for part in walk(node):  # a bare symbol that lost its index
        if part.op == "sym" and not part.args and not _in_script(cut, part):
            for letter in letters:
                yield Edit(part.end, part.end, f"_{letter}", "index")


def _transposes(node: Node, cut: _Cutter) -> Iterator[Edit]:
    """A transpose missing or too many; two factors in the wrong order."""
    for part in walk(node):
        if part.op == "transpose":
            yield Edit(part.start, part.end, cut.of(part.args[0]), "transpose")
    for part in walk(node):
        if part.op in ("sym", "group") and not _in_script(cut, part) and _may_be_matrix(part):
            yield Edit(part.end, part.end, "^\\top", "transpose")
    for part in walk(node):
        if part.op == "mul":
            for a, b in zip(part.args, part.args[1:], strict=False):
                yield Edit(a.start, b.end, f"{cut.of(b)}{cut.between(a.end, b.start) or ' '}{cut.of(a)}", "order")
                if b.op == "transpose":
                    yield Edit(a.start, b.end, f"{cut.of(b)} {cut.of(a)}", "order")
                elif b.op in ("sym", "group"):
                    yield Edit(a.start, b.end, f"{cut.of(b)}^\\top {cut.of(a)}", "order")


def _may_be_matrix(part: Node) -> bool:
    if part.op == "group":
        return _strip(part).op in ("add", "mul", "sym", "deriv")
    return True


def _factors(node: Node, cut: _Cutter) -> Iterator[Edit]:
    """A factor too many; an inverse, a half or a two too many or missing."""
    for part in walk(node):
        if part.op == "mul":
            for k, factor in enumerate(part.args):
                if k + 1 < len(part.args):
                    yield Edit(factor.start, part.args[k + 1].start, "", "factor")
                else:
                    yield Edit(part.args[k - 1].end, factor.end, "", "factor")
        elif part.op == "had":
            a, b = part.args
            yield Edit(a.end, b.end, "", "factor")
            yield Edit(a.start, b.start, "", "factor")
        elif part.op == "frac" and cut.of(part).startswith("\\frac"):
            yield Edit(part.start, part.end, cut.of(part.args[0]), "factor")
    terms = _strip(node).args if _strip(node).op == "add" else (node,)
    for term in terms:
        start = term.args[0].start if term.op == "neg" else term.start
        yield Edit(start, start, "2 ", "factor")
        yield Edit(start, start, "\\frac{1}{2} ", "factor")
    for part in walk(node):
        if part.op == "call" and part.args and part.args[0].op in ("sym", "group", "mul"):
            yield Edit(part.args[0].start, part.args[0].start, "2 ", "factor")


def _symbols(node: Node, cut: _Cutter, pool: list[Node]) -> Iterator[Edit]:
    """One symbol taken for another."""
    texts: dict[str, Node] = {}
    for candidate in pool:
        texts.setdefault(canonical(candidate), candidate)
    for part in walk(node):
        if part.op == "sym" and cut.inside(part) and not _in_script_start(cut, part):
            for key, other in texts.items():
                if key != canonical(part) and other.value is not None:
                    yield Edit(part.start, part.end, str(other.value), "symbol")


def _in_script_start(cut: _Cutter, node: Node) -> bool:
    before = cut.text[: node.start - cut.offset].rstrip()
    return before.endswith(("_", "^", "_{", "^{"))


def _missing_factors(node: Node, cut: _Cutter, pool: list[Node]) -> Iterator[Edit]:
    """A factor that stands next door and is missing here."""
    terms = [t.args[0] if t.op == "neg" else t for t in (_strip(node).args if _strip(node).op == "add" else (node,))]
    spots = [(t.start, t.end) for t in terms]
    for part in walk(node):
        if part.op == "big":
            spots.append((part.args[-1].start, part.args[-1].end))
        elif part.op == "frac" and cut.of(part).startswith("\\frac"):
            spots.extend((side.start, side.end) for side in part.args)
        elif part.op == "call" and part.args:
            spots.append((part.args[0].start, part.args[0].end))
    for start, end in dict.fromkeys(spots):
        for factor in pool:
            yield Edit(start, start, f"{factor.value} ", "factor-missing")
            yield Edit(end, end, f" {factor.value}", "factor-missing")
            yield Edit(end, end, f" \\odot {factor.value}", "factor-missing")


def _numbers(node: Node, cut: _Cutter) -> Iterator[Edit]:
    """A number off by one, or by a factor two."""
    for part in walk(node):
        if part.op == "num" and isinstance(part.value, int) and cut.inside(part) and part.value < 10**6:
            for other in (part.value + 1, part.value - 1, 2 * part.value):
                yield Edit(part.start, part.end, str(other), "number")
            if part.value % 2 == 0 and part.value:
                yield Edit(part.start, part.end, str(part.value // 2), "number")
    for part in walk(node):
        if part.op == "add":
            for term in part.args:
                if term.op == "num":
                    continue
    yield Edit(node.end, node.end, " + 1", "number")
    yield Edit(node.end, node.end, " - 1", "number")


def _bounds(node: Node, cut: _Cutter) -> Iterator[Edit]:
    """The limit of a sum off by one."""
    for part in walk(node):
        if part.op == "big" and part.value.has_upper:
            top = part.args[int(part.value.has_lower)]
            for shift in ("-1", "+1"):
                new = cut.of(top) + shift
                braced = cut.between(top.start - 1, top.start) == "{"
                yield Edit(top.start, top.end, new if braced else "{" + new + "}", "bound")


TWINS = {"sin": "cos", "cos": "sin", "max": "min", "min": "max", "sinh": "cosh", "cosh": "sinh", "log": "exp"}


def _functions(node: Node, cut: _Cutter) -> Iterator[Edit]:
    """A function taken for its twin."""
    for part in walk(node):
        if part.op == "call" and isinstance(part.value, str) and part.value in TWINS:
            text = cut.of(part)
            if text.startswith("\\" + part.value):
                yield Edit(part.start, part.start + len(part.value) + 1, "\\" + TWINS[part.value], "function")


def _roots(node: Node, cut: _Cutter) -> Iterator[Edit]:
    """A root that is missing, or one too many."""
    for part in walk(node):
        if part.op == "call" and part.value == "sqrt" and cut.of(part).startswith("\\sqrt{"):
            yield Edit(part.start, part.end, "\\left( " + cut.of(part.args[0]) + " \\right)", "root")
        elif part.op == "frac" and cut.of(part).startswith("\\frac"):
            yield Edit(part.start, part.end, f"\\sqrt{{{cut.of(part)}}}", "root")
            for side in part.args:
                if side.op != "num":
                    yield Edit(side.start, side.end, f"\\sqrt{{{cut.of(side)}}}", "root")
        elif part.op in ("sym", "group", "opaque") and "^" not in cut.of(part) and not _in_script(cut, part):
            yield Edit(part.start, part.end, f"\\sqrt{{{cut.of(part)}}}", "root")
