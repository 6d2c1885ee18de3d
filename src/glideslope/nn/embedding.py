r"""Embedding: a learnt vector for each of v symbols.

\(z_t = E_{i_t}\), row \(i_t\) of the table; the gradient of a row is the sum over all places where its symbol occurs.
It equals a one-hot vector times E, without the multiplication. Use it for words, codes and positions.
"""

from typing import Any

import numpy as np

from glideslope._typing import Int, ndarray
from glideslope.autograd import Tensor, op
from glideslope.autograd.tensor import Pullback
from glideslope.errors import ShapeError
from glideslope.nn.module import Module

__all__ = ["Embedding", "embedding"]


@op
def embedding(E: Any, *, index: Int[ndarray, "..."]) -> tuple[Any, Pullback]:
    r"""Look rows of a table up: \(z_t = E_{i_t}\), \(\bar E_i = \sum_{t: i_t = i} \bar z_t\).

    Args:
        E: the table, shape (v, d).
        index: integers in 0 … v − 1, any shape.

    Raises:
        ShapeError: an index outside of the table.

    Example:
        >>> embedding([[1.0, 2.0], [3.0, 4.0]], index=np.array([1, 1])).shape
        (2, 2)
    """
    E, index = np.asarray(E), np.asarray(index)
    if index.size and (index.min() < 0 or index.max() >= len(E)):
        raise ShapeError(
            f"embedding expected indices in 0 … {len(E) - 1}, got {index.min()} … {index.max()}: enlarge the table."
        )

    def pull(g: ndarray) -> ndarray:
        gE = np.zeros(E.shape, g.dtype)
        np.add.at(gE, index, g)
        return gE

    return E[index], pull


class Embedding(Module):
    """Keep a table of v vectors of length d and look rows up.

    Args:
        v: number of symbols.
        d: length of a vector.
        rng: source of the starting vectors, standard normal.

    Example:
        >>> Embedding(10, 4, rng=np.random.default_rng(0))(np.array([[1, 2, 3]])).shape
        (1, 3, 4)
    """

    def __init__(self, v: int, d: int, *, rng: np.random.Generator) -> None:
        self.E = Tensor(rng.normal(size=(v, d)).astype(np.float32), needs_grad=True, name="E")

    def forward(self, index: Int[ndarray, "..."]) -> Tensor:
        """Return the vectors, shape (*index.shape, d)."""
        return embedding(self.E, index=index)
