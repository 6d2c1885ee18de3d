r"""What a network is made of: shapes, parameters and operations, layer by layer.

A multiply and an add count as two operations (FLOPs): a linear layer needs \(2 n d k\), a convolution \(2 n\,o\,c\,k^2\,h w\).
Use it before training: a wrong shape or a layer with most of the cost shows at once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from glideslope.autograd import no_grad
from glideslope.nn.attention import MultiHeadAttention
from glideslope.nn.conv import Conv2d
from glideslope.nn.embedding import Embedding
from glideslope.nn.gru import GRU
from glideslope.nn.linear import Linear
from glideslope.nn.lstm import LSTM
from glideslope.nn.module import Module, _watchers
from glideslope.nn.norm import BatchNorm, LayerNorm
from glideslope.nn.pooling import Flatten
from glideslope.nn.rnn import RNN

__all__ = ["Row", "Summary", "summary"]

Shape = tuple[int, ...]


def _recurrent(m: Any, x: Shape, y: Shape) -> int:
    return 2 * x[0] * x[1] * (m.Wx.size + m.Wh.size)


def _attention(m: Any, x: Shape, y: Shape) -> int:
    n, t, d = x
    return 4 * n * t * t * d  # QKᵀ and PV; the projections are layers of their own


FLOPS: dict[type, Callable[[Any, Shape, Shape], int]] = {
    Linear: lambda m, x, y: 2 * int(np.prod(x[:-1])) * m.W.size,
    Conv2d: lambda m, x, y: 2 * y[0] * y[2] * y[3] * m.W.size,
    RNN: _recurrent,
    LSTM: _recurrent,
    GRU: _recurrent,
    MultiHeadAttention: _attention,
    LayerNorm: lambda m, x, y: 7 * int(np.prod(x)),
    BatchNorm: lambda m, x, y: 7 * int(np.prod(x)),
    Embedding: lambda m, x, y: 0,
    Flatten: lambda m, x, y: 0,
}


@dataclass(frozen=True)
class Row:
    """One layer: its dotted name, kind, output shape, number of parameters of its own, and forward FLOPs."""

    name: str
    kind: str
    shape: Shape
    parameters: int
    flops: int


@dataclass(frozen=True)
class Summary:
    """The table of all layers; `print` it."""

    rows: tuple[Row, ...]

    @property
    def parameters(self) -> int:
        """The number of parameters of all layers."""
        return sum(row.parameters for row in self.rows)

    @property
    def flops(self) -> int:
        """Operations of one forward pass of this input."""
        return sum(row.flops for row in self.rows)

    def __str__(self) -> str:
        cells = [("layer", "kind", "output", "parameters", "FLOPs")]
        cells += [(r.name, r.kind, str(r.shape), f"{r.parameters:,}", f"{r.flops:,}") for r in self.rows]
        cells += [("total", "", "", f"{self.parameters:,}", f"{self.flops:,}")]
        wide = [max(len(row[i]) for row in cells) for i in range(5)]
        lines = [
            "  ".join(t.ljust(w) for t, w in zip(row[:3], wide[:3], strict=True))
            + "".join(f"  {t:>{w}}" for t, w in zip(row[3:], wide[3:], strict=True))
            for row in cells
        ]
        return "\n".join(line.rstrip() for line in lines)


def summary(model: Module, *inputs: Any) -> Summary:
    """Run an input through the model and list what each layer made of it.

    Args:
        model: any module; put into evaluation mode while it runs.
        inputs: what `forward` takes, or the shape of one input as a tuple.

    Returns:
        One row per layer that has no parts (attention counts its scores besides its parts).

    Cost: one forward pass.

    Example:
        >>> from glideslope.nn import mlp
        >>> print(summary(mlp(4, 8, 3, rng=np.random.default_rng(0)), (1, 4)))
        layer     kind    output  parameters  FLOPs
        layers.0  Linear  (1, 8)          40     64
        layers.1  ReLU    (1, 8)           0      8
        layers.2  Linear  (1, 3)          27     48
        total                             67    120
    """
    if len(inputs) == 1 and isinstance(inputs[0], tuple):
        inputs = (np.zeros(inputs[0], np.float32),)
    names = {id(module): name or "model" for name, module in model.modules()}
    rows: list[Row] = []
    seen = set[int]()  # a shared layer runs again, but its parameters exist once

    def watch(module: Module, xs: tuple, y: Any) -> None:
        has_parts = any(True for _ in module.children())
        if id(module) in names and (not has_parts or type(module) in FLOPS):
            own = 0 if has_parts or id(module) in seen else sum(p.size for _, p in module.named_parameters())
            seen.add(id(module))
            count = FLOPS.get(type(module), lambda m, x, y: int(np.prod(y)))
            rows.append(
                Row(names[id(module)], type(module).__name__, y.shape, own, count(module, np.shape(xs[0]), y.shape))
            )

    was_training = model.training
    _watchers.append(watch)
    try:
        with no_grad():
            model.eval()(*inputs)
    finally:
        _watchers.remove(watch)
        model._set_training(was_training)
    return Summary(tuple(rows))
