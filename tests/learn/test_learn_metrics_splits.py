"""Metrics against scikit-learn, splits against their promises, plots for what they show."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.oracles import peer

from glideslope.errors import ShapeError
from glideslope.learn import metrics, plot, splits


@pytest.fixture
def case(rng):
    y = rng.integers(0, 3, 200)
    return y, np.where(rng.random(200) < 0.6, y, rng.integers(0, 3, 200)), rng.dirichlet(np.ones(3), 200)


def test_counts_agree_with_scikit_learn(case):
    y, guess, _ = case
    theirs = peer("sklearn.metrics")
    assert metrics.accuracy(y, guess) == theirs.accuracy_score(y, guess)
    np.testing.assert_array_equal(metrics.confusion_matrix(y, guess), theirs.confusion_matrix(y, guess))
    names = np.array(["esc", "ok", "prop"])
    np.testing.assert_array_equal(
        metrics.confusion_matrix(names[y], names[guess], ["prop", "ok", "esc"]),
        theirs.confusion_matrix(names[y], names[guess], labels=["prop", "ok", "esc"]),
    )
    for ours, other in zip(
        metrics.precision_recall_f1(y, guess), theirs.precision_recall_fscore_support(y, guess), strict=False
    ):
        np.testing.assert_allclose(ours, other)


def test_scores_of_probabilities_agree_with_scikit_learn(case):
    y, _, P = case
    theirs = peer("sklearn.metrics")
    np.testing.assert_allclose(metrics.log_loss(y, P), theirs.log_loss(y, P))
    p = P[:, 1]
    np.testing.assert_allclose(metrics.brier_score((y == 1).astype(int), p), theirs.brier_score_loss(y == 1, p))
    right, confidence = peer("sklearn.calibration").calibration_curve(y == 1, p, n_bins=7)
    ours = metrics.calibration_curve((y == 1).astype(int), p, bins=7)
    np.testing.assert_allclose(ours[0], confidence)
    np.testing.assert_allclose(ours[1], right)
    assert metrics.log_loss([1], [[1.0, 0.0]]) == np.inf


def test_perfect_calibration_has_no_error():
    p = np.repeat([0.25, 0.75], 4)
    y = np.array([1, 0, 0, 0, 1, 1, 1, 0])
    assert metrics.calibration_error(y, p) == 0
    assert metrics.calibration_error(1 - y, p) == 0.5


@pytest.mark.parametrize("ties", [False, True])
def test_curves_agree_with_scikit_learn(ties, rng):
    y, s = rng.integers(0, 2, 100), rng.normal(size=100)
    s = np.round(s) if ties else s
    theirs = peer("sklearn.metrics")
    fpr, tpr, _ = metrics.roc_curve(y, s)
    np.testing.assert_allclose([fpr, tpr], theirs.roc_curve(y, s, drop_intermediate=False)[:2])
    np.testing.assert_allclose(metrics.roc_auc(y, s), theirs.roc_auc_score(y, s))
    np.testing.assert_allclose(metrics.average_precision(y, s), theirs.average_precision_score(y, s))
    precision, recall, _ = metrics.precision_recall_curve(y, s)
    p, r, _ = theirs.precision_recall_curve(y, s)
    np.testing.assert_allclose([precision[::-1], recall[::-1]], [p[:-1], r[:-1]])


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), min_size=2, max_size=40))
def test_comparisons_of_groupings_agree_with_scikit_learn_and_ignore_names(pairs):
    a, b = np.array(pairs).T
    theirs = peer("sklearn.metrics")
    np.testing.assert_allclose(metrics.adjusted_rand(a, b), theirs.adjusted_rand_score(a, b), atol=1e-12)
    np.testing.assert_allclose(
        metrics.normalised_mutual_information(a, b), theirs.normalized_mutual_info_score(a, b), atol=1e-12
    )
    assert metrics.adjusted_rand(a, b) == pytest.approx(metrics.adjusted_rand(b, 7 - a), abs=1e-12)


def test_two_clusters_have_a_silhouette():
    # a = 1 and b = 4.5 for the first, 3.5 for the second; alone in a cluster: 0
    np.testing.assert_allclose(metrics.silhouette([[0.0], [1.0], [4.5]], [0, 0, 1]), [3.5 / 4.5, 2.5 / 3.5, 0])


def test_silhouettes_agree_with_scikit_learn(blobs):
    X, y = blobs
    y = np.append(y[:-1], 9)  # one sample alone
    np.testing.assert_allclose(metrics.silhouette(X, y), peer("sklearn.metrics").silhouette_samples(X, y), atol=1e-12)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: metrics.accuracy([1, 2], [1]),
            ShapeError,
            (
                "accuracy expected two lists of classes of one length and got shapes (2,) and (1,); "
                "pass one true and one predicted class per sample."
            ),
        ),
        (
            lambda: metrics.confusion_matrix([1, 2], [1, 3], [1, 2]),
            ValueError,
            "confusion_matrix expected classes among [1, 2] and got 3; add it to classes.",
        ),
        (
            lambda: metrics.log_loss([0], [[2.0, -1.0]]),
            ValueError,
            (
                "log_loss expected probabilities between 0 and 1 and classes from 0 to 1, and got probabilities from "
                "-1.0 to 2.0, classes from 0 to 0; pass predict_proba's rows, not scores."
            ),
        ),
        (
            lambda: metrics.roc_auc([1, 1], [0.1, 0.2]),
            ValueError,
            "roc_curve expected y to hold 0 and 1, both at least once, and got [1]; pass y == positive_class.",
        ),
        (
            lambda: splits.k_fold(3, 4),
            ValueError,
            "k_fold expected k from 2 to n = 3 and got 4; each part needs a row.",
        ),
        (
            lambda: splits.group_k_fold(["F1", "F1"], 2),
            ValueError,
            "group_k_fold expected at least 2 groups and got 1; a split by group needs one group for each side.",
        ),
        *(
            (
                lambda y=y, P=P: metrics.log_loss(y, P),
                ShapeError,
                (
                    f"log_loss expected y (n,) and probability (n, K) or (n,) and got {shapes}; "
                    "pass one row of probabilities per sample."
                ),
            )
            for y, P, shapes in (
                ([0, 1], [[0.5, 0.5]], "(2,) and (1, 2)"),
                ([[0]], [[0.5, 0.5]], "(1, 1) and (1, 2)"),
                ([0], [[[0.5, 0.5]]], "(1,) and (1, 1, 2)"),
                ([], np.ones((0, 2)), "(0,) and (0, 2)"),
            )
        ),
        *(
            (
                lambda labels=labels: metrics.silhouette([[0.0], [1.0], [5.0]], labels),
                ValueError,
                (
                    f"silhouette expected from 2 to n − 1 = 2 clusters and got {count}; "
                    "it compares a cluster with the next one."
                ),
            )
            for labels, count in (([0, 0, 0], 1), ([0, 1, 2], 3))
        ),
        (
            lambda: splits.time_ordered(5, 5),
            ValueError,
            (
                "time_ordered expected k from 1 and more than gap = 0 rows in each of k + 1 parts, and got n = 5, k = 5; "
                "lower k or gap."
            ),
        ),
        (
            lambda: splits.holdout(3, 1.5),
            ValueError,
            "holdout expected test_share between 0 and 1 and got 1.5; 0.2 is usual.",
        ),
    ],
)
def test_bad_input_gets_its_sentence(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message


flights = st.lists(st.integers(0, 6), min_size=8, max_size=60).filter(lambda g: len(set(g)) >= 3)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(flights, st.integers(0, 99))
def test_no_flight_is_ever_on_both_sides(groups, seed):
    groups = np.array(groups)
    pairs = [*splits.group_k_fold(groups, 3, random_state=seed), splits.group_holdout(groups, 0.3, random_state=seed)]
    for train, test in pairs:
        assert set(groups[train]).isdisjoint(groups[test])
        assert sorted([*train, *test]) == list(range(len(groups)))
    assert sorted(np.concatenate([test for _, test in pairs[:3]])) == list(range(len(groups)))


def test_folds_test_each_row_once_and_stratification_keeps_shares(rng):
    tests = [test for _, test in splits.k_fold(23, 5, random_state=0)]
    assert sorted(np.concatenate(tests)) == list(range(23))
    assert [len(test) for _, test in splits.k_fold(4, 2)] == [2, 2]
    y = np.repeat([0, 1, 2], [90, 10, 50])
    train, test = splits.holdout(150, 0.2, stratify=y, random_state=0)
    assert np.bincount(y[test]).tolist() == [18, 2, 10]
    assert sorted([*train, *test]) == list(range(150))


@pytest.mark.parametrize("gap", [0, 3])
def test_time_runs_one_way(gap):
    for train, test in splits.time_ordered(50, 4, gap=gap):
        assert train.max() + gap < test.min()


def test_plots_show_the_numbers(case):
    plt = peer("matplotlib.pyplot")
    y, guess, _ = case
    ax = plot.confusion_matrix(y, guess)
    assert [t.get_text() for t in ax.texts] == [str(v) for v in metrics.confusion_matrix(y, guess).ravel()]
    ax = plot.roc_curve(y == 1, guess == 1)
    fpr, tpr, _ = metrics.roc_curve(y == 1, (guess == 1).astype(float))
    np.testing.assert_array_equal(ax.lines[0].get_xydata(), np.column_stack([fpr, tpr]))
    plt.close("all")
