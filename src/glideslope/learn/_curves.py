r"""Curves of a yes-or-no score: what each threshold gives and takes.

Sort the samples by score; lowering the threshold past one of them adds a true or a false alarm.
ROC: true-alarm rate over false-alarm rate; its area is the chance that a random positive outranks a random negative.
Precision–recall: of the alarms, how many were right, over how many of the positives were found; for rare positives.
"""

import numpy as np

from glideslope._checks import ArrayLike, as_floats
from glideslope._typing import Bool, Float, Int, ndarray
from glideslope.errors import ShapeError


def roc_curve(
    y: ArrayLike, score: ArrayLike
) -> tuple[Float[ndarray, " t"], Float[ndarray, " t"], Float[ndarray, " t"]]:
    r"""Return false-alarm rate, true-alarm rate and threshold, from strict to lenient.

    $\mathrm{FPR}(t) = P(s \ge t \mid y = 0),\quad \mathrm{TPR}(t) = P(s \ge t \mid y = 1)$

    Args:
        y: Truth (n,): 0 or 1.
        score: The higher, the more likely 1 (n,).

    Returns:
        (fpr, tpr, thresholds), each (t,); from (0, 0) at +inf to (1, 1). Equal scores are one step.

    Raises:
        ShapeError: y and score differ in length.
        ValueError: y holds something else than 0 and 1, or one of them is missing.

    Cost: O(n log n).
    Source: lesson what-learning-is.

    Example:
        >>> fpr, tpr, _ = roc_curve([0, 1], [0.2, 0.7])
        >>> fpr, tpr
        (array([0., 0., 1.]), array([0., 1., 1.]))
    """
    truth, s = _read(y, score, "roc_curve")
    alarms, hits, thresholds = _counts(truth, s)
    positives = hits[-1]
    false = alarms - hits
    return (
        np.concatenate([[0.0], false / false[-1]]),
        np.concatenate([[0.0], hits / positives]),
        np.concatenate([[np.inf], thresholds]),
    )


def roc_auc(y: ArrayLike, score: ArrayLike) -> float:
    r"""Return the area under the ROC curve.

    $P(s^+ > s^-) + \tfrac12 P(s^+ = s^-)$ for a random positive and a random negative

    Args:
        y: Truth (n,): 0 or 1.
        score: The higher, the more likely 1 (n,).

    Returns:
        0.5 for a guess, 1 for a perfect ranking.

    Raises:
        ValueError: y holds one class only.

    Cost: O(n log n).
    Source: lesson what-learning-is.

    Example:
        >>> roc_auc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
        0.75
    """
    fpr, tpr, _ = roc_curve(y, score)
    return float(np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1]) / 2))


def precision_recall_curve(
    y: ArrayLike, score: ArrayLike
) -> tuple[Float[ndarray, " t"], Float[ndarray, " t"], Float[ndarray, " t"]]:
    r"""Return precision, recall and threshold, from strict to lenient.

    Args:
        y: Truth (n,): 0 or 1.
        score: The higher, the more likely 1 (n,).

    Returns:
        (precision, recall, thresholds), each (t,), one per distinct score.

    Raises:
        ValueError: y holds one class only.

    Cost: O(n log n).
    Source: lesson what-learning-is.

    Example:
        >>> precision, recall, _ = precision_recall_curve([0, 1, 1], [0.5, 0.4, 0.9])
        >>> recall
        array([0.5, 0.5, 1. ])
    """
    truth, s = _read(y, score, "precision_recall_curve")
    alarms, hits, thresholds = _counts(truth, s)
    return hits / alarms, hits / hits[-1], thresholds


def average_precision(y: ArrayLike, score: ArrayLike) -> float:
    r"""Return the mean precision over the positives found.

    $\sum_t (R_t - R_{t-1})\,P_t$

    Args:
        y: Truth (n,): 0 or 1.
        score: The higher, the more likely 1 (n,).

    Returns:
        The share of positives for a guess, 1 for a perfect ranking.

    Raises:
        ValueError: y holds one class only.

    Cost: O(n log n).
    Source: lesson what-learning-is.

    Example:
        >>> average_precision([0, 1], [0.2, 0.7])
        1.0
    """
    precision, recall, _ = precision_recall_curve(y, score)
    return float(np.sum(np.diff(recall, prepend=0.0) * precision))


def _counts(
    truth: Bool[ndarray, " n"], s: Float[ndarray, " n"]
) -> tuple[Int[ndarray, " t"], Int[ndarray, " t"], Float[ndarray, " t"]]:
    """Return the number of alarms and of hits at each distinct score, and the scores, highest first."""
    order = np.argsort(-s, kind="stable")
    s = s[order]
    last = np.append(np.flatnonzero(np.diff(s)), len(s) - 1)
    return last + 1, np.cumsum(truth[order])[last], s[last]


def _read(y: ArrayLike, score: ArrayLike, where: str) -> tuple[Bool[ndarray, " n"], Float[ndarray, " n"]]:
    y, s = np.asarray(y), as_floats(score, "score", where)
    if y.ndim != 1 or y.shape != s.shape:
        raise ShapeError(
            f"{where} expected y (n,) and score (n,) and got {y.shape} and {s.shape}; "
            f"for a classifier pass predict_proba(X)[:, 1]."
        )
    if not set(np.unique(y).tolist()) == {0, 1}:
        raise ValueError(
            f"{where} expected y to hold 0 and 1, both at least once, and got {np.unique(y).tolist()[:5]}; "
            f"pass y == positive_class."
        )
    if np.isnan(s).any():
        raise ValueError(f"{where} expected scores that can be sorted and got nan; drop those samples.")
    return y == 1, s
