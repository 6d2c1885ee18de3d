r"""Networks as short functions: what a lesson quotes in full.

Each returns a `Module` built from layers of this room, with random starting weights from `rng`.
"""

from itertools import pairwise
from typing import Any, Literal

import numpy as np

from glideslope.autograd import Tensor, ops
from glideslope.nn.activations import ReLU
from glideslope.nn.conv import Conv2d
from glideslope.nn.gru import GRU
from glideslope.nn.linear import Linear
from glideslope.nn.lstm import LSTM
from glideslope.nn.module import Module, Sequential
from glideslope.nn.pooling import Flatten, MaxPool2d

__all__ = ["LastStep", "forecaster", "lenet", "mlp"]


def mlp(*widths: int, rng: np.random.Generator) -> Sequential:
    """Stack linear layers with rectifiers between them.

    Args:
        widths: features of the input, of each hidden layer, and of the output.
        rng: source of the starting weights.

    Example:
        >>> mlp(64, 100, 10, rng=np.random.default_rng(0))(np.zeros((2, 64))).shape
        (2, 10)
    """
    layers: list[Module] = []
    for d, k in pairwise(widths):
        layers += [Linear(d, k, rng=rng), ReLU()]
    return Sequential(*layers[:-1])


def lenet(classes: int = 10, *, rng: np.random.Generator) -> Sequential:
    """Build LeNet for pictures of 28×28 pixels: two convolutions with pooling, three linear layers.

    Args:
        classes: number of outputs.
        rng: source of the starting weights.

    Source: [lecun1998, figure 2], with rectifiers and maximum pooling

    Example:
        >>> lenet(rng=np.random.default_rng(0))(np.zeros((2, 1, 28, 28))).shape
        (2, 10)
    """
    return Sequential(
        Conv2d(1, 6, 5, padding=2, rng=rng),
        ReLU(),
        MaxPool2d(2),
        Conv2d(6, 16, 5, rng=rng),
        ReLU(),
        MaxPool2d(2),
        Flatten(),
        *mlp(16 * 5 * 5, 120, 84, classes, rng=rng).layers,
    )


def forecaster(
    d: int, h: int, outputs: int = 1, cell: Literal["lstm", "gru"] = "lstm", *, rng: np.random.Generator
) -> Sequential:
    """Read a sequence of d measurements per step and predict from the last hidden vector.

    Args:
        d: measurements per step.
        h: length of the hidden vector.
        outputs: predicted quantities.
        cell: the kind of memory.
        rng: source of the starting weights.

    Example:
        >>> forecaster(3, 16, cell="gru", rng=np.random.default_rng(0))(np.zeros((2, 50, 3))).shape
        (2, 1)
    """
    memory = {"lstm": LSTM, "gru": GRU}[cell](d, h, rng=rng)
    return Sequential(memory, LastStep(), Linear(h, outputs, rng=rng))


class LastStep(Module):
    """Keep the last step of a sequence: (n, t, h) becomes (n, h).

    Example:
        >>> LastStep()(np.zeros((2, 5, 3))).shape
        (2, 3)
    """

    def forward(self, H: Any) -> Tensor:
        """Return the last hidden vectors."""
        return ops.getitem(H, index=(slice(None), -1))
