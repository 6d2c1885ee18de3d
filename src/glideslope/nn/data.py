r"""Batches: the training set in random order, a few examples at a time.

An epoch is one pass. The order is drawn anew for each, and all examples are gathered once per epoch: batches are then
slices, which cost nothing. The gradient of a batch is an unbiased estimate of that of the whole set.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from glideslope._typing import ndarray
from glideslope.errors import GlideslopeError, ShapeError

__all__ = ["DataLoader", "gaussian_noise", "random_flip", "random_shift"]

Augment = Callable[[ndarray, np.random.Generator], ndarray]


class DataLoader:
    """Yield batches of arrays that belong together, such as inputs and labels.

    Args:
        arrays: arrays of one length n along the first axis.
        batch_size: examples per batch; the last batch is smaller if n is not a multiple.
        rng: source of the order and of the augmentation; None keeps the order.
        augment: a function (X, rng) -> X applied to the first array of each batch, or several in a list.
        dtype: the type that float arrays are converted to, float32 by default (as parameters are).

    Raises:
        ShapeError: the arrays differ in length.

    Cost: one copy of the data per epoch, and again its memory.

    Example:
        >>> loader = DataLoader(np.arange(5.0), np.arange(5), batch_size=2)
        >>> [y.tolist() for X, y in loader]
        [[0, 1], [2, 3], [4]]
    """

    def __init__(
        self,
        *arrays: Any,
        batch_size: int = 32,
        rng: np.random.Generator | None = None,
        augment: Augment | list[Augment] | None = None,
        dtype: Any = np.float32,
    ) -> None:
        self.arrays = [_converted(array, dtype) for array in arrays]
        self.batch_size, self.rng = batch_size, rng
        self.augment = augment if isinstance(augment, list) else [augment] if augment else []

    def __len__(self) -> int:
        """Return the number of batches."""
        return -(-self._examples() // self.batch_size)

    def __iter__(self) -> Iterator[tuple[ndarray, ...]]:
        n = self._examples()
        gathered = self.arrays
        if self.rng is not None:
            order = self.rng.permutation(n)
            gathered = [array[order] for array in self.arrays]
        for start in range(0, n, self.batch_size):
            batch = [array[start : start + self.batch_size] for array in gathered]
            for change in self.augment:
                batch[0] = change(batch[0], self._source())
            yield tuple(batch)

    def _examples(self) -> int:
        lengths = [len(array) for array in self.arrays]
        if len(set(lengths)) != 1:
            raise ShapeError(
                f"DataLoader expected arrays of one length, got lengths {lengths}: pair inputs with their labels."
            )
        return lengths[0]

    def _source(self) -> np.random.Generator:
        if self.rng is None:
            raise GlideslopeError(
                "DataLoader expected rng= for augmentation, got None: pass np.random.default_rng(seed)."
            )
        return self.rng


def random_flip(p: float = 0.5) -> Augment:
    """Mirror each picture left to right with probability p.

    Example:
        >>> random_flip(1.0)(np.array([[[[1.0, 2.0]]]]), np.random.default_rng(0)).ravel().tolist()
        [2.0, 1.0]
    """

    def change(X: ndarray, rng: np.random.Generator) -> ndarray:
        chosen = rng.random(len(X)) < p
        return np.where(chosen[:, None, None, None], X[..., ::-1], X)

    return change


def random_shift(pixels: int) -> Augment:
    """Move each picture by up to so many pixels in both directions; zeros come in at the border.

    Example:
        >>> X = np.ones((4, 1, 3, 3)); random_shift(1)(X, np.random.default_rng(0)).shape
        (4, 1, 3, 3)
    """

    def change(X: ndarray, rng: np.random.Generator) -> ndarray:
        n, _, height, width = X.shape
        framed = np.pad(X, [(0, 0), (0, 0), (pixels, pixels), (pixels, pixels)])
        starts = rng.integers(0, 2 * pixels + 1, (n, 2))
        moved = [x[:, i : i + height, j : j + width] for x, (i, j) in zip(framed, starts, strict=True)]
        return np.stack(moved)

    return change


def gaussian_noise(sigma: float) -> Augment:
    """Add independent normal noise of standard deviation sigma, in the unit of the data.

    Example:
        >>> X = np.zeros((1000, 1)); round(float(gaussian_noise(2.0)(X, np.random.default_rng(0)).std()))
        2
    """
    return lambda X, rng: X + (sigma * rng.standard_normal(X.shape)).astype(X.dtype)


def _converted(array: Any, dtype: Any) -> ndarray:
    array = np.asarray(array)
    return array.astype(dtype, copy=False) if array.dtype.kind == "f" else array
