"""A picture of the graph: which operation made which value, and the gradient that came back.

Values flow from left to right, gradients from right to left. A column holds the operations whose inputs are all in
columns before it. Call `y.backward(keep=True)` first, then `draw(y)`; in a notebook the result shows itself.
Use it for graphs of up to some fifty operations.
"""

from html import escape

import numpy as np

from glideslope._typing import ndarray
from glideslope.autograd.tensor import Tensor

__all__ = ["Picture", "draw"]

BOX_WIDTH, BOX_HEIGHT, GAP_X, GAP_Y = 150, 58, 46, 18  # pixels
STYLE = (
    "<style>rect{fill:#fff;stroke:#33415c}rect.leaf{fill:#e8f1fa}path{fill:none;stroke:#8a94a6}"
    "text{font:12px monospace;fill:#1b2433}.op{font-weight:bold}.grad{fill:#a3380f}</style>"
)


class Picture(str):
    """SVG text that a notebook displays as a picture."""

    def _repr_svg_(self) -> str:
        return str(self)


def draw(y: Tensor, digits: int = 4) -> Picture:
    """Draw the graph behind y as SVG: operation or name, shape, value and gradient of each node.

    Args:
        y: a value whose graph still exists (before `backward`, or after `backward(keep=True)`).
        digits: significant digits of the numbers; arrays of more than three entries show their shape only.

    Returns:
        The SVG document as text, about 300 bytes a node.

    Example:
        >>> x = Tensor(3.0, needs_grad=True, name="x")
        >>> y = x * x
        >>> y.backward(keep=True)
        >>> "x" in draw(y) and "multiply" in draw(y)
        True
    """
    columns = _columns(y)
    place = {
        node: (GAP_X / 2 + i * (BOX_WIDTH + GAP_X), GAP_Y / 2 + j * (BOX_HEIGHT + GAP_Y))
        for i, column in enumerate(columns)
        for j, node in enumerate(column)
    }
    width = len(columns) * (BOX_WIDTH + GAP_X)
    height = max(len(column) for column in columns) * (BOX_HEIGHT + GAP_Y)
    arrows = [_arrow(place[x], place[node]) for node in place for x in _inputs(node)]
    boxes = [_box(node, *place[node], digits) for node in place]
    title = f"<title>Graph of {len(place)} values; the last is {escape(_short(y._value, digits))}</title>"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
    return Picture("\n".join([head, title, STYLE, *arrows, *boxes, "</svg>"]))


def _columns(y: Tensor) -> list[list[Tensor]]:
    """Nodes by depth: one more than their deepest input; operations are numbered in the order they ran."""
    found, waiting = [y], [y]
    while waiting:
        fresh = [x for x in dict.fromkeys(_inputs(waiting.pop())) if x not in found]
        found += fresh
        waiting += fresh
    depth: dict[Tensor, int] = {}
    for node in sorted(found, key=lambda node: node._order):
        depth[node] = max((depth[x] + 1 for x in _inputs(node)), default=0)
    return [[node for node in depth if depth[node] == level] for level in range(max(depth.values()) + 1)]


def _inputs(node: Tensor) -> list[Tensor]:
    return [x for x in node._inputs if isinstance(x, Tensor)]


def _box(node: Tensor, x: float, y: float, digits: int) -> str:
    kind = "" if node._inputs else ' class="leaf"'
    lines = [("op", node.name or node._op or "input"), ("", _short(node._value, digits))]
    if node.grad is not None:
        lines.append(("grad", f"grad {_short(node.grad, digits)}"))
    texts = [
        f'<text class="{style}" x="{x + 8:g}" y="{y + 17 + 16 * i:g}">{escape(text)}</text>'
        for i, (style, text) in enumerate(lines)
    ]
    return f'<rect{kind} x="{x:g}" y="{y:g}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="6"/>' + "".join(texts)


def _arrow(start: tuple[float, float], end: tuple[float, float]) -> str:
    x0, y0 = start[0] + BOX_WIDTH, start[1] + BOX_HEIGHT / 2
    x1, y1 = end[0], end[1] + BOX_HEIGHT / 2
    middle = (x0 + x1) / 2
    return f'<path d="M{x0:g} {y0:g}C{middle:g} {y0:g} {middle:g} {y1:g} {x1:g} {y1:g}"/>'


def _short(value: ndarray, digits: int) -> str:
    if value.size > 3:
        return "×".join(map(str, value.shape))
    return np.array2string(value, precision=digits, separator=", ", floatmode="maxprec").replace("\n", "")
