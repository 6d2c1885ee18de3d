"""Argument checks shared by the rooms: arrays in, one sentence out when they do not fit.

A check returns the array in the form the caller computes with, or raises an error that names
what was expected, what came, where, and what to do.
Public doors take `ArrayLike`, so that the caller reads our sentence and not a type checker's.
"""

from typing import Any, TypeAlias

import numpy as np
from numpy import ndarray

from glideslope.errors import ShapeError

__all__ = ["ArrayLike", "as_floats", "as_integers", "as_real", "choose", "positive"]

ArrayLike: TypeAlias = Any
"""Anything `numpy.asarray` reads: an array, nested lists, a number. Its shape stands in the docstring."""

_NUMBER = (int, float, np.integer, np.floating)


def as_floats(x: ArrayLike, name: str, where: str, *, dtype: Any = None) -> ndarray:
    """Return `x` as a float32 or float64 array; integers and booleans become float64.

    An array that is already of such a type comes back as it is: no copy, so do not write into it.
    """
    if type(x) is not ndarray or x.dtype.char not in "fd":
        x = as_real(x, name, where)
        if x.dtype.char not in "fd":
            x = x.astype(np.float32 if x.dtype.char == "e" else np.float64)
    return x if dtype is None or x.dtype == dtype else x.astype(dtype)


def as_real(x: ArrayLike, name: str, where: str) -> ndarray:
    """Return `x` as an array of real numbers, or say what it is instead."""
    if hasattr(x, "tocsr"):
        raise TypeError(
            f"{where} expected a dense array for {name} and got a sparse {type(x).__name__}; "
            f"call {name}.toarray() first if it fits in memory."
        )
    x = _to_array(x, name, where)
    if x.dtype.kind == "c":
        raise ValueError(
            f"Complex data not supported: {where} expected real numbers in {name} and got {x.dtype}; "
            f"pass its real part, its magnitude, or both as columns."
        )
    if x.dtype.kind == "O":
        x = _from_objects(x, name, where)
    if x.dtype.kind not in "fiub":
        raise ValueError(
            f"{where} expected numbers in {name} and got {x.dtype}; convert text and dates to numbers first, "
            f"e.g. np.asarray({name}, dtype=float)."
        )
    return x


def as_integers(y: ArrayLike, name: str, where: str) -> ndarray:
    """Return `y` as an integer array, or say what it holds instead."""
    y = np.asarray(y)
    if y.dtype.kind in "iu" or y.size == 0:
        return y if y.dtype.kind in "iu" else y.astype(np.intp)
    raise TypeError(
        f"{where} expected integer class indices in {name} and got {y.dtype} of shape {y.shape}; "
        f"use {name}.astype(int), or pass one row of probabilities per sample."
    )


def positive(value: float, name: str, where: str) -> float:
    """Return `value` when it is a finite number above zero."""
    if not (isinstance(value, _NUMBER) and 0 < value < np.inf):
        raise ValueError(f"{where} expected {name} to be a finite number above 0 and got {value!r}; raise {name}.")
    return value


def choose(value: Any, options: tuple[Any, ...], name: str, where: str) -> Any:
    """Return `value` when it is one of `options`."""
    if value not in options:
        listed = ", ".join(repr(option) for option in options)
        raise ValueError(f"{where} expected {name} to be one of {listed} and got {value!r}; choose one of these.")
    return value


def _to_array(x: ArrayLike, name: str, where: str) -> ndarray:
    try:
        return np.asarray(x)
    except ValueError:
        raise ShapeError(
            f"{where} expected {name} to be rectangular and got rows of different lengths; "
            f"pad them or drop the short ones."
        ) from None


def _from_objects(x: ndarray, name: str, where: str) -> ndarray:
    try:
        return x.astype(np.float64)
    except (TypeError, ValueError) as error:
        kind = TypeError if isinstance(error, TypeError) else ValueError
        raise kind(
            f"{where} expected numbers in {name} and got Python objects that are none ({error}); "
            f"the argument must be a string or a real number for each entry, so convert {name} first."
        ) from None
