"""Inputs of a question: drawn from a seed, with friendly numbers, and made smaller one move at a time.

Each argument names its axes ("N K"), so that removing sample 2 removes it from the logits and from the labels alike.
Sizes are drawn distinct where their ranges allow: a square matrix would hide a transposed answer.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, final

import numpy as np

__all__ = [
    "Case",
    "Floats",
    "Inputs",
    "Kind",
    "Labels",
    "Number",
    "OneHot",
    "Probabilities",
    "floats",
    "inputs",
    "labels",
    "number",
    "one_hot",
    "probabilities",
]


@dataclass(frozen=True)
class Case:
    """One set of arguments, in the order of the call, with the size of each axis."""

    values: Mapping[str, Any]
    sizes: Mapping[str, int]
    computed: dict[Callable[..., Any], Any] | None = field(default=None, compare=False, repr=False)
    """What functions of ours give for it. A written example is the same for everybody and keeps that; a drawn case does not."""

    def arguments(self) -> tuple[Any, ...]:
        """Return fresh copies of the arguments, so that nobody can spoil them for the next call."""
        return tuple([value.copy() if isinstance(value, np.ndarray) else value for value in self.values.values()])

    def given_to(self, function: Callable[..., Any]) -> Any:
        """Return what a function of ours gives for it, to be read only."""
        if self.computed is None:
            return function(*self.arguments())
        if function not in self.computed:
            self.computed[function] = function(*self.arguments())
        return self.computed[function]


class Kind(ABC):
    """A kind of argument: how it is drawn and how it is made simpler without leaving its domain."""

    axes: tuple[str, ...]

    @abstractmethod
    def draw(self, rng: np.random.Generator, sizes: Mapping[str, int]) -> Any:
        """Return a value for the sizes of the axes."""

    @abstractmethod
    def simpler(self, value: Any) -> Iterator[Any]:
        """Yield values of the same shape that are easier to read, the boldest move first."""

    def without(self, value: Any, axis: str, index: int) -> Any:
        """Return the value with one index of one axis removed, or None when that is impossible."""
        for position, letter in enumerate(self.axes):
            if letter == axis:
                value = np.delete(value, index, axis=position)
        return value


@final
@dataclass(frozen=True)
class Floats(Kind):
    """Real numbers, normally distributed and rounded to `digits`."""

    axes: tuple[str, ...]
    scale: float
    digits: int

    def draw(self, rng: np.random.Generator, sizes: Mapping[str, int]) -> np.ndarray:
        """Return a value for the sizes of the axes."""
        return rng.normal(scale=self.scale, size=[sizes[letter] for letter in self.axes]).round(self.digits) + 0.0

    def simpler(self, value: np.ndarray) -> Iterator[np.ndarray]:
        """Yield simpler values of the same shape."""
        yield from _if_new(value, np.zeros_like(value))
        yield from _if_new(value, np.trunc(value))
        for index in np.ndindex(value.shape):
            for number_ in _simpler_number(float(value[index])):
                changed = value.copy()
                changed[index] = number_
                yield changed


@final
@dataclass(frozen=True)
class OneHot(Kind):
    """Rows with a single 1; the last axis holds the classes."""

    axes: tuple[str, ...]

    def draw(self, rng: np.random.Generator, sizes: Mapping[str, int]) -> np.ndarray:
        """Return a value for the sizes of the axes."""
        *rows, classes = (sizes[letter] for letter in self.axes)
        return _identity(classes)[rng.integers(classes, size=rows)]

    def simpler(self, value: np.ndarray) -> Iterator[np.ndarray]:
        """Yield simpler values of the same shape."""
        for row in np.ndindex(value.shape[:-1]):
            if value[row][0] != 1:
                changed = value.copy()
                changed[row] = np.eye(value.shape[-1])[0]
                yield changed

    def without(self, value: Any, axis: str, index: int) -> Any:
        """Return the value with one index removed, or None."""
        smaller = super().without(value, axis, index)
        return smaller if np.all(smaller.sum(axis=-1) == 1) else None


@final
@dataclass(frozen=True)
class Labels(Kind):
    """Class numbers 0 … K−1, where K is the size of the axis `below`, or the whole number given."""

    axes: tuple[str, ...]
    below: str | int

    def draw(self, rng: np.random.Generator, sizes: Mapping[str, int]) -> np.ndarray:
        """Return a value for the sizes of the axes."""
        below = self.below if isinstance(self.below, int) else sizes[self.below]
        return rng.integers(below, size=[sizes[letter] for letter in self.axes])

    def simpler(self, value: np.ndarray) -> Iterator[np.ndarray]:
        """Yield simpler values of the same shape."""
        for index in np.ndindex(value.shape):
            if value[index] != 0:
                changed = value.copy()
                changed[index] = 0
                yield changed

    def without(self, value: Any, axis: str, index: int) -> Any:
        """Return the value with one index removed, or None."""
        if axis == self.below:
            return None if np.any(value == index) else np.where(value > index, value - 1, value)
        return super().without(value, axis, index)


@final
@dataclass(frozen=True)
class Probabilities(Kind):
    """Rows of positive numbers that sum to one; the last axis holds the classes."""

    axes: tuple[str, ...]

    def draw(self, rng: np.random.Generator, sizes: Mapping[str, int]) -> np.ndarray:
        """Return a value for the sizes of the axes."""
        *rows, classes = (sizes[letter] for letter in self.axes)
        weights = rng.integers(1, 10, size=[*rows, classes])
        return weights / weights.sum(axis=-1, keepdims=True)

    def simpler(self, value: np.ndarray) -> Iterator[np.ndarray]:
        """Yield simpler values of the same shape."""
        yield from _if_new(value, np.full_like(value, 1 / value.shape[-1]))

    def without(self, value: Any, axis: str, index: int) -> Any:
        """Return the value with one index removed, or None."""
        smaller = super().without(value, axis, index)
        return smaller / smaller.sum(axis=-1, keepdims=True) if smaller.size else None


@final
@dataclass(frozen=True)
class Number(Kind):
    """One real number between `low` and `high`, rounded to two digits (whole when both bounds are)."""

    low: float
    high: float
    axes: tuple[str, ...] = ()

    def draw(self, rng: np.random.Generator, sizes: Mapping[str, int]) -> float | int:
        """Return a value for the sizes of the axes."""
        if isinstance(self.low, int) and isinstance(self.high, int):
            return int(rng.integers(self.low, self.high + 1))
        return round(float(rng.uniform(self.low, self.high)), 2)

    def simpler(self, value: float | int) -> Iterator[float | int]:
        """Yield simpler values of the same shape."""
        for number_ in _simpler_number(float(value)):
            if self.low <= number_ <= self.high:
                yield int(number_) if isinstance(value, int) else number_


@dataclass(frozen=True)
class Inputs:
    """The arguments of a call in order, and the range of each axis."""

    kinds: Mapping[str, Kind]
    ranges: Mapping[str, tuple[int, int]]

    def draw(self, rng: np.random.Generator) -> Case:
        """Return a case with drawn sizes, all different where the ranges allow."""
        for _ in range(20):
            sizes = {letter: int(rng.integers(low, high + 1)) for letter, (low, high) in self.ranges.items()}
            if len(set(sizes.values())) == len(sizes):
                break
        return Case({name: kind.draw(rng, sizes) for name, kind in self.kinds.items()}, sizes)

    def example(self, values: Mapping[str, Any]) -> Case:
        """Return the case an author wrote out."""
        arrays = {name: _as_written(values[name]) for name in self.kinds}
        sizes = {
            letter: int(np.shape(arrays[name])[position])
            for name, kind in self.kinds.items()
            for position, letter in enumerate(kind.axes)
        }
        return Case(arrays, sizes, computed={})

    def simpler(self, case: Case) -> Iterator[Case]:
        """Yield smaller cases: first with an index removed, then with simpler numbers."""
        for letter, size in case.sizes.items():
            if size > self.ranges.get(letter, (1, 1))[0]:
                yield from (
                    smaller for index in range(size - 1, -1, -1) if (smaller := self._without(case, letter, index))
                )
        for name, kind in self.kinds.items():
            for value in kind.simpler(case.values[name]):
                yield Case({**case.values, name: value}, case.sizes)

    def _without(self, case: Case, letter: str, index: int) -> Case | None:
        values = {name: kind.without(case.values[name], letter, index) for name, kind in self.kinds.items()}
        if any(value is None for value in values.values()):
            return None
        return Case(values, {**case.sizes, letter: case.sizes[letter] - 1})


def inputs(ranges: Mapping[str, tuple[int, int]] | None = None, /, **kinds: Kind) -> Inputs:
    """Declare the arguments of a call, in order; `ranges` gives (smallest, largest) for each axis, default (2, 5).

    Example:
        >>> case = inputs({"N": (1, 4)}, Z=floats("N K"), Y=one_hot("N K")).draw(np.random.default_rng(1))
        >>> case.values["Z"].shape == case.values["Y"].shape
        True
    """
    letters = dict.fromkeys(letter for kind in kinds.values() for letter in kind.axes)
    return Inputs(kinds, {letter: (ranges or {}).get(letter, (2, 5)) for letter in letters})


def floats(axes: str, *, scale: float = 2.0, digits: int = 1) -> Floats:
    """Declare real numbers over the axes."""
    return Floats(tuple(axes.split()), scale, digits)


def one_hot(axes: str) -> OneHot:
    """Declare one-hot rows; the last axis holds the classes."""
    return OneHot(tuple(axes.split()))


def labels(axes: str, *, below: str | int) -> Labels:
    """Declare class numbers below the size of the axis `below`, or below a whole number: 2 for yes and no."""
    return Labels(tuple(axes.split()), below)


def probabilities(axes: str) -> Probabilities:
    """Declare rows that sum to one; the last axis holds the classes."""
    return Probabilities(tuple(axes.split()))


def number(low: float, high: float) -> Number:
    """Declare one number between two bounds; a whole one when both bounds are whole."""
    return Number(low, high)


@lru_cache(maxsize=100)
def _identity(classes: int) -> np.ndarray:
    return np.eye(classes)


def _as_written(value: Any) -> Any:
    return np.array(value) if isinstance(value, list | np.ndarray) else value


def _if_new(value: np.ndarray, candidate: np.ndarray) -> Iterator[np.ndarray]:
    if not np.array_equal(value, candidate):
        yield candidate


def _simpler_number(value: float) -> Iterator[float]:
    """Yield 0, the whole part, then steps towards zero that halve: bisection finds the smallest failing number."""
    if value == 0 or not np.isfinite(value):
        return
    yield 0.0
    whole = float(np.trunc(value))
    if whole != value:
        yield whole
        return
    if value < 0:
        yield -value
    step = float(np.trunc(value / 2))
    while abs(step) >= 1:
        yield value - step
        step = float(np.trunc(step / 2))
