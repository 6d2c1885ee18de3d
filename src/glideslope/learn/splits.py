"""Ways to divide data into what a model learns from and what it is judged by.

The idea: the judge must not have been seen in training, and neither must its twin. Samples of one flight are twins:
they share the day, the sensor and the pilot, so a flight belongs to one side as a whole (`group_k_fold`).
Time is a one-way street: a forecast is judged on what comes after (`time_ordered`).
Each function yields (train, test), two arrays of row numbers; scikit-learn's tools accept a list of them as `cv`.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from glideslope._checks import ArrayLike
from glideslope._typing import Int, ndarray
from glideslope.errors import ShapeError

__all__ = ["group_holdout", "group_k_fold", "holdout", "k_fold", "time_ordered"]


def holdout(
    n: int, test_share: float = 0.2, *, stratify: ArrayLike | None = None, random_state: Any = None
) -> tuple[Int[ndarray, " a"], Int[ndarray, " b"]]:
    r"""Hold out a random share of the rows.

    Args:
        n: Number of rows.
        test_share: Share of the rows to hold out, between 0 and 1.
        stratify: Classes (n,); each then keeps its share on both sides, as far as whole rows allow.
        random_state: Seed or Generator.

    Returns:
        (train, test): row numbers, sorted.

    Raises:
        ValueError: a side would be empty.
        ShapeError: `stratify` has another length.

    Cost: O(n log n).
    Source: lesson what-learning-is.

    Example:
        >>> train, test = holdout(10, 0.3, random_state=0)
        >>> len(train), len(test)
        (7, 3)
    """
    _demand_share(test_share, "holdout")
    rng = np.random.default_rng(random_state)
    if stratify is None:
        test = rng.permutation(n)[: round(test_share * n)]
    else:
        y = _one_per_row(stratify, n, "stratify", "holdout")
        members = [rng.permutation(np.flatnonzero(y == c)) for c in np.unique(y)]
        test = np.concatenate([m[: round(test_share * len(m))] for m in members])
    return _both_sides(n, test, "holdout")


def k_fold(
    n: int, k: int = 5, *, shuffle: bool = True, random_state: Any = None
) -> Iterator[tuple[Int[ndarray, " a"], Int[ndarray, " b"]]]:
    r"""Cut the rows into k parts; each is the test once.

    Args:
        n: Number of rows.
        k: Number of parts, from 2 to n.
        shuffle: Cut a random order instead of the given one.
        random_state: Seed or Generator.

    Returns:
        An iterator over k pairs (train, test) of sorted row numbers; each row is tested exactly once.

    Raises:
        ValueError: k is not between 2 and n.

    Cost: O(k n).
    Source: lesson what-learning-is.

    Example:
        >>> [test.tolist() for _, test in k_fold(4, 2, shuffle=False)]
        [[0, 1], [2, 3]]
    """
    if not 2 <= k <= n:
        raise ValueError(f"k_fold expected k from 2 to n = {n} and got {k}; each part needs a row.")
    order = np.random.default_rng(random_state).permutation(n) if shuffle else np.arange(n)
    return (_both_sides(n, test, "k_fold") for test in np.array_split(order, k))


def group_holdout(
    groups: ArrayLike, test_share: float = 0.2, *, random_state: Any = None
) -> tuple[Int[ndarray, " a"], Int[ndarray, " b"]]:
    r"""Hold out whole groups, such as flights, with about the given share of the rows.

    Args:
        groups: The group of each row (n,), e.g. its flight number.
        test_share: Share of the rows to hold out, between 0 and 1; met as closely as a random order of groups allows.
        random_state: Seed or Generator.

    Returns:
        (train, test): row numbers, sorted; no group is on both sides.

    Raises:
        ValueError: fewer than two groups.

    Cost: O(n log n).
    Source: lesson what-learning-is.

    Example:
        >>> flights = np.array(["F1", "F1", "F2", "F3", "F3"])
        >>> train, test = group_holdout(flights, 0.4, random_state=0)
        >>> set(flights[train]) & set(flights[test])
        set()
    """
    _demand_share(test_share, "group_holdout")
    index, count = _groups(groups, "group_holdout", 2)
    order = np.random.default_rng(random_state).permutation(len(count))
    reached = np.cumsum(count[order])
    cut = int(np.abs(reached - test_share * len(index)).argmin()) + 1
    chosen = order[: min(cut, len(count) - 1)]
    return _both_sides(len(index), np.flatnonzero(np.isin(index, chosen)), "group_holdout")


def group_k_fold(
    groups: ArrayLike, k: int = 5, *, random_state: Any = None
) -> Iterator[tuple[Int[ndarray, " a"], Int[ndarray, " b"]]]:
    r"""Cut the groups, such as flights, into k parts of about equal numbers of rows; each is the test once.

    Args:
        groups: The group of each row (n,), e.g. its flight number.
        k: Number of parts, from 2 to the number of groups.
        random_state: Seed or Generator: the order of groups of equal size.

    Returns:
        An iterator over k pairs (train, test); each row is tested once, and no group is ever on both sides.

    Raises:
        ValueError: fewer groups than parts.

    Cost: O(n log n + k n).
    Source: lesson what-learning-is.

    Example:
        >>> flights = [1, 1, 1, 2, 2, 3]
        >>> [test.tolist() for _, test in group_k_fold(flights, 2)]
        [[0, 1, 2], [3, 4, 5]]
    """
    if k < 2:
        raise ValueError(f"group_k_fold expected k of at least 2 and got {k}; one part leaves nothing to learn from.")
    index, count = _groups(groups, "group_k_fold", k)
    shuffled = np.random.default_rng(random_state).permutation(len(count)) if random_state is not None else None
    order = np.arange(len(count)) if shuffled is None else shuffled
    order = order[np.argsort(-count[order], kind="stable")]
    fold, load = np.empty(len(count), np.intp), np.zeros(k, np.intp)
    for group in order:  # the largest group left goes to the part with fewest rows
        fold[group] = load.argmin()
        load[fold[group]] += count[group]
    return (_both_sides(len(index), np.flatnonzero(fold[index] == i), "group_k_fold") for i in range(k))


def time_ordered(n: int, k: int = 5, *, gap: int = 0) -> Iterator[tuple[Int[ndarray, " a"], Int[ndarray, " b"]]]:
    r"""Cut rows in time order into k + 1 parts: learn from the first, be judged on the next, and so on.

    Args:
        n: Number of rows, oldest first.
        k: Number of pairs.
        gap: Rows left out between train and test, where a row and the next are almost the same.

    Returns:
        An iterator over k pairs (train, test); every test row is later than every training row.

    Raises:
        ValueError: too few rows for k parts and the gap.

    Cost: O(k n).
    Source: lesson what-learning-is.

    Example:
        >>> [(train.tolist(), test.tolist()) for train, test in time_ordered(6, 2)]
        [([0, 1], [2, 3]), ([0, 1, 2, 3], [4, 5])]
    """
    size = n // (k + 1) if k > 0 else 0
    if size <= gap or gap < 0:
        raise ValueError(
            f"time_ordered expected k from 1 and more than gap = {gap} rows in each of k + 1 parts, and got n = {n}, "
            f"k = {k}; lower k or gap."
        )
    starts = [n - (k - i) * size for i in range(k)]
    return ((np.arange(s - gap), np.arange(s, s + size)) for s in starts)


def _groups(groups: ArrayLike, where: str, at_least: int) -> tuple[Int[ndarray, " n"], Int[ndarray, " g"]]:
    groups = np.asarray(groups)
    if groups.ndim != 1:
        raise ShapeError(f"{where} expected groups of shape (n,) and got {groups.shape}; give one group per row.")
    names, index, count = np.unique(groups, return_inverse=True, return_counts=True)
    if len(names) < at_least:
        raise ValueError(
            f"{where} expected at least {at_least} groups and got {len(names)}; "
            f"a split by group needs one group for each side."
        )
    return index, count


def _one_per_row(values: ArrayLike, n: int, name: str, where: str) -> ndarray:
    values = np.asarray(values)
    if values.shape != (n,):
        raise ShapeError(f"{where} expected {name} of shape ({n},) and got {values.shape}; give one value per row.")
    return values


def _demand_share(share: float, where: str) -> None:
    if not 0 < share < 1:
        raise ValueError(f"{where} expected test_share between 0 and 1 and got {share!r}; 0.2 is usual.")


def _both_sides(n: int, test: Int[ndarray, " b"], where: str) -> tuple[Int[ndarray, " a"], Int[ndarray, " b"]]:
    is_test = np.zeros(n, bool)
    is_test[test] = True
    if is_test.all() or not is_test.any():
        raise ValueError(
            f"{where} expected rows on both sides and got {int(is_test.sum())} of {n} in the test; "
            f"change test_share or bring more rows."
        )
    return np.flatnonzero(~is_test), np.flatnonzero(is_test)
