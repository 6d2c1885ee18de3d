"""What estimators accept: checked once at the door, with a sentence when it does not fit."""

import warnings
from typing import Any

import numpy as np

from glideslope._checks import ArrayLike, as_floats, as_real
from glideslope._typing import Float, Int, Shaped, ndarray
from glideslope.errors import ShapeError
from glideslope.learn import _sklearn

__all__ = ["demand_classes", "not_negative", "read_X", "read_classes", "read_numbers", "read_weights", "whole"]


def read_X(  # noqa: N802 - X is what it reads
    X: ArrayLike, where: str, *, at_least: int = 1, keep_float32: bool = True
) -> Float[ndarray, "n d"]:
    """Return X as a finite float matrix with at least `at_least` rows."""
    X = as_floats(X, "X", where, dtype=None if keep_float32 else np.float64)
    if X.ndim != 2:
        raise ShapeError(
            f"{where} expected X with two axes (n samples, d features) and got shape {X.shape}. Reshape your data "
            f"with X.reshape(-1, 1) if it holds one feature, or X.reshape(1, -1) if it holds one sample."
        )
    n, d = X.shape
    if d == 0:
        raise ShapeError(
            f"{where} got X with 0 feature(s) (shape={X.shape}) while a minimum of 1 is required; "
            f"check the columns you selected."
        )
    if n < at_least:
        raise ShapeError(
            f"{where} expected at least {at_least} samples and got n_samples = {n} (shape {X.shape}); "
            f"check how the data were loaded or filtered."
        )
    _demand_finite(X, "X", where)
    return X


def read_classes(
    y: ArrayLike, n: int, where: str, *, classes: ndarray | None = None
) -> tuple[Shaped[ndarray, " K"], Int[ndarray, " n"]]:
    """Return the sorted classes and the index of each sample's class."""
    y = _one_axis(y, n, where)
    if y.dtype.kind in "fc":
        _demand_finite(y, "y", where)
        if (y != np.rint(y)).any():
            raise ValueError(
                f"Unknown label type: {where} expected class labels and got continuous numbers such as "
                f"{y[y != np.rint(y)].tolist()[0]!r}; use a regressor, or turn y into classes."
            )
    if classes is not None:
        return classes, _index_of(y, classes, where)
    try:
        classes, index = np.unique(y, return_inverse=True)
    except TypeError:
        raise TypeError(
            f"Unknown label type: {where} expected labels that can be sorted and got a mixture of types; "
            f"use all strings or all integers."
        ) from None
    return classes, index


def read_numbers(y: ArrayLike, n: int, where: str) -> Float[ndarray, " n"]:
    """Return y as n finite numbers."""
    y = _one_axis(y, n, where)
    y = as_floats(y, "y", where)
    _demand_finite(y, "y", where)
    return y


def whole(value: Any, name: str, where: str, at_least: int = 1) -> int:
    """Return `value` when it is a whole number of at least `at_least`."""
    if not isinstance(value, int | np.integer) or isinstance(value, bool) or value < at_least:
        raise ValueError(
            f"{where} expected {name} to be a whole number of at least {at_least} and got {value!r}; raise or round it."
        )
    return int(value)


def not_negative(value: Any, name: str, where: str) -> float:
    """Return `value` when it is a finite number of at least zero."""
    if not isinstance(value, int | float | np.integer | np.floating) or not 0 <= value < np.inf:
        raise ValueError(
            f"{where} expected {name} to be a finite number of at least 0 and got {value!r}; 0 switches it off."
        )
    return float(value)


def read_weights(sample_weight: ArrayLike | None, n: int, where: str) -> Float[ndarray, " n"] | None:
    """Return how often each sample counts: n finite numbers of at least 0, not all 0; none means once each."""
    if sample_weight is None:
        return None
    w = as_floats(sample_weight, "sample_weight", where, dtype=np.float64)
    if w.shape != (n,):
        raise ShapeError(
            f"{where} expected sample_weight of shape ({n},), one number per row of X, and got {w.shape}; "
            f"check that X and sample_weight were filtered alike."
        )
    _demand_finite(w, "sample_weight", where)
    if (w < 0).any() or not w.any():
        raise ValueError(
            f"{where} expected every sample_weight to be at least zero and one to be above it, and got weights from "
            f"{w.min():g} to {w.max():g}; a weight says how often a sample counts."
        )
    return w


def demand_classes(classes: ndarray, where: str, at_least: int = 2) -> None:
    """Raise when there are fewer classes than a decision needs."""
    if len(classes) < at_least:
        raise ValueError(
            f"{where} expected at least {at_least} classes in y and got one class, {classes.tolist()[0]!r}; "
            f"there is nothing to tell apart, so check how y was made or filtered."
        )


def _one_axis(y: ArrayLike, n: int, where: str) -> Shaped[ndarray, " n"]:
    if y is None:
        raise ValueError(f"{where} requires y to be passed, but the target y is None; call fit(X, y).")
    if hasattr(y, "tocsr"):
        as_real(y, "y", where)
    y = np.asarray(y)
    if y.ndim == 2 and y.shape[1] == 1:
        warnings.warn(
            f"A column-vector y was passed when a 1d array was expected: {where} uses y.ravel().",
            _sklearn.column_warning(),
            stacklevel=4,
        )
        y = y.ravel()
    if y.ndim != 1 or len(y) != n:
        raise ShapeError(
            f"{where} expected y of shape ({n},), one target per row of X, and got {y.shape}; "
            f"check that X and y were filtered alike."
        )
    return y


def _index_of(y: ndarray, classes: ndarray, where: str) -> Int[ndarray, " n"]:
    index = np.searchsorted(classes, y).clip(0, len(classes) - 1)
    unknown = classes[index] != y
    if unknown.any():
        raise ValueError(
            f"{where} expected labels among {classes.tolist()} and got {y[unknown].tolist()[0]!r}; "
            f"list every class in the first call."
        )
    return index


def _demand_finite(x: ndarray, name: str, where: str) -> None:
    # one sum finds nan and inf in most arrays without a temporary; the rest is for the sentence
    with np.errstate(over="ignore", invalid="ignore"):
        if np.isfinite(x.sum(dtype=np.float64)) or np.isfinite(x).all():
            return
    bad = ~np.isfinite(x)
    first = tuple(int(i[0]) for i in np.nonzero(bad))
    raise ValueError(
        f"{where} expected finite numbers in {name} and got {int(bad.sum())} NaN or infinity (inf), the first "
        f"at {name}[{', '.join(map(str, first))}]; drop those samples or fill the gaps before fitting."
    )
