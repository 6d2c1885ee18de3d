"""How good is it? Numbers for classifiers, for probabilities and for clusters.

The idea: count what happened against what was predicted, and choose the count that matches the cost of being wrong.
Accuracy hides rare classes: with 1 % of bird strikes, "never" is right 99 % of the time; look at precision and recall.
Probabilities are judged by log loss, Brier score and calibration; clusters by their shape or against known groups.
"""

import numpy as np

from glideslope._checks import ArrayLike, as_floats, as_integers
from glideslope._typing import Float, Int, Shaped, ndarray
from glideslope.errors import ShapeError
from glideslope.learn._curves import average_precision, precision_recall_curve, roc_auc, roc_curve
from glideslope.learn._groupings import adjusted_rand, normalised_mutual_information, silhouette

__all__ = [
    "accuracy",
    "adjusted_rand",
    "average_precision",
    "brier_score",
    "calibration_curve",
    "calibration_error",
    "confusion_matrix",
    "log_loss",
    "normalised_mutual_information",
    "precision_recall_curve",
    "precision_recall_f1",
    "roc_auc",
    "roc_curve",
    "silhouette",
]


def accuracy(y: ArrayLike, predicted: ArrayLike) -> float:
    r"""Return the share of predictions that are right.

    $\frac1n \sum_n [\hat y_n = y_n]$

    Args:
        y: True classes (n,).
        predicted: Predicted classes (n,).

    Returns:
        A number between 0 and 1.

    Raises:
        ShapeError: the two differ in length, or are empty.

    Cost: O(n).
    Source: lesson what-learning-is.

    Example:
        >>> accuracy(["go", "go", "stop"], ["go", "stop", "stop"])
        0.6666666666666666
    """
    y, predicted = _pair(y, predicted, "accuracy")
    return float(np.mean(y == predicted))


def confusion_matrix(y: ArrayLike, predicted: ArrayLike, classes: ArrayLike | None = None) -> Int[ndarray, "K K"]:
    r"""Count how often each class was taken for each.

    $M_{ij} = |\{n : y_n = i,\, \hat y_n = j\}|$: rows are true, columns predicted

    Args:
        y: True classes (n,).
        predicted: Predicted classes (n,).
        classes: The order of rows and columns; default: all that occur, sorted.

    Returns:
        Counts (K, K).

    Raises:
        ShapeError: the two differ in length, or are empty.
        ValueError: a class is not in `classes`.

    Cost: O(n log K).
    Source: lesson what-learning-is.

    Example:
        >>> confusion_matrix(["go", "go", "stop"], ["go", "stop", "stop"])
        array([[1, 1],
               [0, 1]])
    """
    y, predicted = _pair(y, predicted, "confusion_matrix")
    order = np.unique(np.concatenate([y, predicted])) if classes is None else np.asarray(classes)
    K = len(order)
    cells = _places(y, order, "confusion_matrix") * K + _places(predicted, order, "confusion_matrix")
    return np.bincount(cells, minlength=K * K).reshape(K, K)


def precision_recall_f1(
    y: ArrayLike, predicted: ArrayLike, classes: ArrayLike | None = None
) -> tuple[Float[ndarray, " K"], Float[ndarray, " K"], Float[ndarray, " K"]]:
    r"""Return precision, recall and F1 of each class.

    $P = \frac{TP}{TP + FP},\quad R = \frac{TP}{TP + FN},\quad F_1 = \frac{2PR}{P + R}$

    Args:
        y: True classes (n,).
        predicted: Predicted classes (n,).
        classes: Order of the answers; default: all that occur, sorted.

    Returns:
        (precision, recall, F1), each (K,); 0 where nothing was predicted, true, or right.

    Raises:
        ShapeError: the two differ in length, or are empty.

    Cost: O(n log K).
    Source: lesson what-learning-is.

    Example:
        >>> precision, recall, f1 = precision_recall_f1([0, 0, 1], [0, 1, 1])
        >>> precision, recall
        (array([1. , 0.5]), array([0.5, 1. ]))
    """
    M = confusion_matrix(y, predicted, classes)
    right, said, true = np.diag(M).astype(float), M.sum(axis=0), M.sum(axis=1)
    precision, recall = right / np.maximum(said, 1), right / np.maximum(true, 1)
    return precision, recall, 2 * right / np.maximum(said + true, 1)


def log_loss(y: ArrayLike, probability: ArrayLike) -> float:
    r"""Return the mean of −log of the probability given to what happened.

    $-\frac1n \sum_n \log p_{n, y_n}$

    Args:
        y: True class numbers (n,), 0 … K − 1.
        probability: Rows of probabilities (n, K), or of the second of two classes (n,).

    Returns:
        At least 0; log K for a uniform guess; infinite when something judged impossible happened.

    Raises:
        ShapeError: y and the probabilities do not fit.
        ValueError: a probability lies outside [0, 1] or a class number outside the columns.

    Cost: O(n).
    Source: lesson softmax-cross-entropy.

    Example:
        >>> round(log_loss([0, 1], [[0.5, 0.5], [0.5, 0.5]]), 6)
        0.693147
    """
    y, P = _probabilities(y, probability, "log_loss")
    with np.errstate(divide="ignore"):
        return float(-np.mean(np.log(P[np.arange(len(y)), y])))


def brier_score(y: ArrayLike, probability: ArrayLike) -> float:
    r"""Return the mean squared distance between probabilities and what happened.

    $\frac1n \sum_n (p_n - y_n)^2$ for two classes (p of the second), $\frac1n \sum_n \|p_n - e_{y_n}\|^2$ for more

    Args:
        y: True class numbers (n,).
        probability: As for `log_loss`.

    Returns:
        Between 0 and 1 for two classes, 0 and 2 for more.

    Raises:
        ShapeError: y and the probabilities do not fit.
        ValueError: a probability lies outside [0, 1].

    Cost: O(n K).
    Source: [guo2017].

    Example:
        >>> brier_score([1, 0], [0.9, 0.2])
        0.025
    """
    y, P = _probabilities(y, probability, "brier_score")
    if P.shape[1] == 2:
        return float(np.mean((P[:, 1] - y) ** 2))
    return float(np.mean(np.sum((P - np.eye(P.shape[1])[y]) ** 2, axis=1)))


def calibration_curve(
    y: ArrayLike, probability: ArrayLike, bins: int = 10
) -> tuple[Float[ndarray, " b"], Float[ndarray, " b"], Int[ndarray, " b"]]:
    r"""Compare confidence with the share of times it was right, bin by bin.

    Args:
        y: True class numbers (n,).
        probability: As for `log_loss`. One column: the event's probability; more: that of the predicted class.
        bins: Number of equal bins of [0, 1].

    Returns:
        (mean probability, share right, count) of the bins that are not empty.

    Raises:
        ShapeError: y and the probabilities do not fit.
        ValueError: a probability lies outside [0, 1].

    Cost: O(n).
    Source: [guo2017].

    Example:
        >>> confidence, right, count = calibration_curve([1, 0, 1, 1], [0.8, 0.8, 0.8, 0.8], bins=5)
        >>> right, count
        (array([0.75]), array([4]))
    """
    one_column = np.ndim(probability) == 1
    y, P = _probabilities(y, probability, "calibration_curve")
    confidence = P[:, 1] if one_column else P.max(axis=1)
    happened = y == 1 if one_column else P.argmax(axis=1) == y
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    count = np.bincount(place, minlength=bins)
    used = count > 0
    mean = np.bincount(place, confidence, bins)[used] / count[used]
    return mean, np.bincount(place, happened, bins)[used] / count[used], count[used]


def calibration_error(y: ArrayLike, probability: ArrayLike, bins: int = 10) -> float:
    r"""Return the mean gap between confidence and the share of times it was right.

    $\mathrm{ECE} = \sum_b \frac{n_b}{n} |\mathrm{right}_b - \mathrm{confidence}_b|$

    Args:
        y: True class numbers (n,).
        probability: As for `calibration_curve`.
        bins: Number of equal bins of [0, 1].

    Returns:
        Between 0 (calibrated) and 1.

    Raises:
        ShapeError: y and the probabilities do not fit.

    Accuracy: depends on `bins`; few samples per bin make it too large.
    Cost: O(n).
    Source: [guo2017].

    Example:
        >>> round(calibration_error([1, 0, 1, 1], [0.8, 0.8, 0.8, 0.8]), 6)
        0.05
    """
    confidence, right, count = calibration_curve(y, probability, bins)
    return float(np.sum(count * np.abs(confidence - right)) / count.sum())


def _pair(y: ArrayLike, predicted: ArrayLike, where: str) -> tuple[Shaped[ndarray, " n"], Shaped[ndarray, " n"]]:
    y, predicted = np.asarray(y), np.asarray(predicted)
    if y.ndim != 1 or y.shape != predicted.shape or len(y) == 0:
        raise ShapeError(
            f"{where} expected two lists of classes of one length and got shapes {y.shape} and {predicted.shape}; "
            f"pass one true and one predicted class per sample."
        )
    return y, predicted


def _places(y: ndarray, order: ndarray, where: str) -> Int[ndarray, " n"]:
    by_name = np.argsort(order, kind="stable")
    place = by_name[np.searchsorted(order, y, sorter=by_name).clip(0, len(order) - 1)]
    if (order[place] != y).any():
        raise ValueError(
            f"{where} expected classes among {order.tolist()} and got {y[order[place] != y].tolist()[0]!r}; add it to classes."
        )
    return place


def _probabilities(y: ArrayLike, P: ArrayLike, where: str) -> tuple[Int[ndarray, " n"], Float[ndarray, "n K"]]:
    y, P = np.asarray(y), as_floats(P, "probability", where)
    if P.ndim == 1:
        P = np.stack([1 - P, P], axis=1)
    if P.ndim != 2 or y.shape != P.shape[:1] or len(y) == 0:
        raise ShapeError(
            f"{where} expected y (n,) and probability (n, K) or (n,) and got {y.shape} and {P.shape}; "
            f"pass one row of probabilities per sample."
        )
    y = as_integers(y.astype(np.intp) if y.dtype.kind == "b" else y, "y", where).astype(np.intp)
    if not ((P >= 0) & (P <= 1)).all() or y.min() < 0 or y.max() >= P.shape[1]:
        raise ValueError(
            f"{where} expected probabilities between 0 and 1 and classes from 0 to {P.shape[1] - 1}, and got "
            f"probabilities from {P.min()} to {P.max()}, classes from {y.min()} to {y.max()}; "
            f"pass predict_proba's rows, not scores."
        )
    return y, P


for _name in __all__:
    globals()[_name].__module__ = __name__  # tracebacks and help show the path people import from
del _name
