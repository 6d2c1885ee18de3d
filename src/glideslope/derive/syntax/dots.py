r"""Dots: $r_1^2 + r_2^2 + \dots + r_m^2$ becomes $\sum_{t=1}^m r_t^2$, and $(x_1, \dots, x_n)$ a list that runs from 1 to n.

The first and the last term are compared; where they differ by a whole number and an expression, a running letter takes their place.
In a matrix the rows beside $\vdots$ are compared, then the entries beside $\cdots$; dots along the diagonal make a diagonal matrix.
A term that does not fit the pattern stops the expansion, and the formula is not understood.
"""

from __future__ import annotations

from dataclasses import replace

from glideslope.derive.syntax.tree import Binder, Node, canonical, transform

__all__ = ["expand_dots"]

LETTER = "·t"
ROW, COLUMN = "·r", "·c"
LISTS = {"tuple": None, "diag": "diag", "binom": "binom", "max": "max", "min": "min"}


def expand_dots(node: Node) -> Node:
    """Replace every sum, product, list or matrix with dots by what runs over a letter."""
    return transform(node, _expand)


def _expand(node: Node) -> Node | None:
    if node.op == "matrix":
        return _matrix(node)
    if node.op == "tuple" or (node.op == "call" and node.value in LISTS):
        return _list(node)
    node = _between_terms(node)
    places = [k for k, child in enumerate(node.args) if child.op == "dots"]
    if node.op not in ("add", "mul") or len(places) != 1:
        return None
    k = places[0]
    if k == 0 or k + 1 >= len(node.args):
        return None
    signs = node.value if node.op == "add" else (1,) * len(node.args)
    if not signs[k - 1] == signs[k] == signs[k + 1]:
        return None
    last = node.args[k + 1]
    start = k - 1
    found = _pattern(node.args[start], last)
    while start > 0 and (earlier := _pattern(node.args[start - 1], last)) is not None and found is not None:
        if signs[start - 1] != signs[k]:
            break
        if canonical(earlier[0]) != canonical(found[0]) or earlier[1] != found[1] - 1:
            break
        start, found = start - 1, earlier
    if found is None:
        return None
    body, low, high = found
    big = _run("sum" if node.op == "add" else "prod", LETTER, low, high, body)
    big = big.at(node.args[start].start, last.end)
    rest = (*node.args[:start], big, *node.args[k + 2 :])
    if len(rest) == 1:
        return big if signs[k] > 0 else Node("neg", (big,), None, node.start, node.end)
    keep = (*node.value[:start], signs[k] if node.op == "add" else "", *node.value[k + 2 :])
    return Node(node.op, rest, keep, node.start, node.end)


def _between_terms(node: Node) -> Node:
    """In `- a_1 - a_2 ⋯ - a_n` the dots stand between terms, though no sign is written before them."""
    if node.op != "add":
        return node
    for k, term in enumerate(node.args[:-1]):
        if term.op == "mul" and term.args[-1].op == "dots" and len(term.args) == 2:
            args = (*node.args[:k], *term.args, *node.args[k + 1 :])
            return Node(
                "add",
                args,
                (*node.value[:k], node.value[k], node.value[k + 1], *node.value[k + 1 :]),
                node.start,
                node.end,
            )
    return node


def _run(kind: str, letter: str, low: int, high: Node, body: Node) -> Node:
    return Node("big", (Node("num", (), low), high, body), Binder(kind, (letter,), True, True), body.start, body.end)


def _list(node: Node) -> Node | None:
    """(x_1, x_2, …, x_n), diag(d_1, …, d_n), max(a_1, …, a_n)."""
    args = _joined(list(node.args), LETTER)
    if args is None:
        return None
    if node.value in ("max", "min") and len(args) == 1:
        return replace(args[0], value=replace(args[0].value, kind=node.value))
    return replace(node, args=tuple(args)) if node.value not in ("max", "min") else None


def _joined(items: list[Node], letter: str) -> list[Node] | None:
    """A list with one run of dots: the items around the dots become one that runs; None without dots or without pattern."""
    places = [k for k, item in enumerate(items) if item.op == "dots"]
    if len(places) != 1 or not 0 < places[0] < len(items) - 1:
        return None
    k = places[0]
    items[k - 1] = _apart(items[k - 1], items[k + 1])
    found = _pattern(items[k - 1], items[k + 1], letter)
    if found is None:
        return None
    start = k - 1
    while start > 0 and (earlier := _pattern(items[start - 1], items[k + 1], letter)) is not None:
        if canonical(earlier[0]) != canonical(found[0]) or earlier[1] != found[1] - 1:
            break
        start, found = start - 1, earlier
    body, low, high = found
    return [*items[:start], _run("run", letter, low, high, body), *items[k + 2 :]]


def _apart(first: Node, last: Node) -> Node:
    """y_{21} beside y_{2k}: two indices."""
    if first.op != "sym" or last.op != "sym" or len(first.args) + 1 != len(last.args):
        return first
    pair = first.args[-1] if first.args else None
    if pair is None or pair.op != "num" or not isinstance(pair.value, int) or not 10 < pair.value < 100:
        return first
    tens, ones = divmod(pair.value, 10)
    split = (Node("num", (), tens, pair.start, pair.end), Node("num", (), ones, pair.start, pair.end))
    return replace(first, args=(*first.args[:-1], *split))


# -- matrices -------------------------------------------------------------------------------------------------------


def _matrix(node: Node) -> Node | None:
    """Rows beside dots run over a letter, entries within a row over another one."""
    if not any(cell.op == "dots" for cell in node.args):
        return None
    count, width = node.value
    cells = [expand_dots(cell) for cell in node.args]
    rows = [cells[i * width : (i + 1) * width] for i in range(count)]
    if (diagonal := _diagonal(rows)) is not None:
        return diagonal.at(node.start, node.end)
    dotted = [i for i, row in enumerate(rows) if all(c.op in ("dots", "blank") for c in row)]
    if len(dotted) > 1 or any(c.op == "blank" for i, row in enumerate(rows) if i not in dotted for c in row):
        return None
    lines = [Node("row", tuple(row), None, row[0].start, row[-1].end) for row in rows]
    if dotted:
        lines[dotted[0]] = Node("dots")
        joined = _joined(lines, ROW)
        if joined is None:
            return None
        lines = joined
    shaped = [_across(line) for line in lines]
    if any(line is None for line in shaped):
        return None
    return Node("dotted", tuple(line for line in shaped if line is not None), None, node.start, node.end)


def _across(line: Node) -> Node | None:
    """One row, or a run of rows, with its dots read along the row."""
    if line.op == "big":
        inner = _across(line.args[-1])
        return None if inner is None else replace(line, args=(*line.args[:-1], inner))
    if not any(c.op == "dots" for c in line.args):
        return line
    items = _joined(list(line.args), COLUMN)
    return None if items is None else replace(line, args=tuple(items))


def _diagonal(rows: list[list[Node]]) -> Node | None:
    """d_1 to d_n along the diagonal, dots between them, nothing or zeros beside it."""
    n = len(rows)
    if n < 3 or any(len(row) != n for row in rows):
        return None
    beside = [rows[i][j] for i in range(n) for j in range(n) if i != j]
    if not all(c.op in ("blank", "dots") or (c.op == "num" and c.value == 0) for c in beside):
        return None
    first, last = rows[0][0], rows[-1][-1]
    if canonical(first) == canonical(last) and all(rows[i][i].op == "dots" for i in range(1, n - 1)):
        identity = Node("sym", (), "b:I", first.start, last.end)  # as large as its neighbours ask for
        return Node("mul", (first, identity), ("", ""), first.start, last.end)
    items = _joined([rows[i][i] for i in range(n)], LETTER)
    return None if items is None else Node("call", tuple(items), "diag")


# -- patterns -------------------------------------------------------------------------------------------------------


def _pattern(first: Node, last: Node, letter: str = LETTER) -> tuple[Node, int, Node] | None:
    """(body with the running letter, lower bound, upper bound)."""
    bounds: list[tuple[int, Node]] = []

    def merge(a: Node, b: Node) -> Node | None:
        if canonical(a) == canonical(b):
            return a
        if a.op == "num" and isinstance(a.value, int) and b.op in ("num", "sym", "add", "mul"):
            if bounds and (bounds[0][0] != a.value or canonical(bounds[0][1]) != canonical(b)):
                return None
            bounds.append((a.value, b))
            return Node("sym", (), letter, a.start, a.end)
        if a.op == "sym" and b.op == "sym" and len(a.args) + 1 == len(b.args) and a.args:
            a = replace(a, args=(*a.args[:-1], *(_digits(a.args[-1]) or a.args[-1:])))
        if a.op == b.op == "sym" and len(a.args) == len(b.args) + 1 == 2 and (pair := _digits(b.args[0])):
            b = replace(b, args=pair)
        if a.op != b.op or a.value != b.value or len(a.args) != len(b.args):
            return _first_power(a, b)
        parts = [merge(x, y) for x, y in zip(a.args, b.args, strict=True)]
        if any(p is None for p in parts):
            return None
        return Node(a.op, tuple(p for p in parts if p is not None), a.value, a.start, a.end)

    def _first_power(a: Node, b: Node) -> Node | None:
        """t beside t^p is t^1."""
        if b.op != "pow" or a.op == "pow":
            return None
        base, top = merge(a, b.args[0]), merge(Node("num", (), 1, a.start, a.end), b.args[1])
        return None if base is None or top is None else Node("pow", (base, top), None, a.start, a.end)

    body = merge(first, last)
    if body is None or not bounds:
        return None
    return body, bounds[0][0], bounds[0][1]


def _digits(node: Node) -> tuple[Node, Node] | None:
    """The two indices in a_{12}."""
    if node.op != "num" or not isinstance(node.value, int) or not 11 <= node.value <= 99:
        return None
    return tuple(Node("num", (), int(d), node.start, node.end) for d in str(node.value))  # type: ignore[return-value]
