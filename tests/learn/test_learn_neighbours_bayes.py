"""Neighbours, naive Bayes and the detectors against scikit-learn and direct computation."""

import numpy as np
import pytest
from tests.oracles import peer

from glideslope.learn import (
    GaussianNB,
    KNeighborsClassifier,
    KNeighborsRegressor,
    MahalanobisDetector,
    ResidualDetector,
)


@pytest.mark.parametrize("algorithm", ["brute", "kd_tree"])
@pytest.mark.parametrize(("n", "d", "k"), [(50, 3, 1), (700, 2, 5), (3000, 5, 7), (3000, 1, 3), (65, 2, 65)])
def test_neighbours_are_those_of_all_distances_sorted(algorithm, n, d, k, rng):
    X, Q = rng.normal(size=(n, d)), rng.normal(size=(40, d))
    distance, index = KNeighborsRegressor(k, algorithm=algorithm).fit(X, np.zeros(n)).kneighbors(Q)
    D = np.sqrt(np.sum((Q[:, None] - X[None]) ** 2, axis=2))
    expected = np.argsort(D, axis=1, kind="stable")[:, :k]
    np.testing.assert_array_equal(index, expected)
    np.testing.assert_allclose(distance, np.take_along_axis(D, expected, 1), rtol=1e-12)


@pytest.mark.parametrize("algorithm", ["brute", "kd_tree"])
def test_twins_in_the_data_are_all_found(algorithm):
    X = np.repeat(np.arange(40.0), 10)[:, None]
    distance, _ = KNeighborsRegressor(10, algorithm=algorithm).fit(X, X[:, 0]).kneighbors([[7.0], [39.0]])
    assert (distance == 0).all()


@pytest.mark.parametrize("algorithm", ["brute", "kd_tree"])
@pytest.mark.parametrize("k", [1, 4, 40])
def test_equal_distances_go_to_the_lower_row(algorithm, k, rng):
    X, Q = rng.integers(0, 4, size=(3000, 3)).astype(float), rng.integers(0, 4, size=(20, 3)).astype(float)
    distance, index = KNeighborsRegressor(k, algorithm=algorithm).fit(X, X[:, 0]).kneighbors(Q)
    D = np.sum((Q[:, None] - X[None]) ** 2, axis=2)
    expected = np.argsort(D, axis=1, kind="stable")[:, :k]
    np.testing.assert_array_equal(index, expected)
    np.testing.assert_array_equal(distance**2, np.take_along_axis(D, expected, 1))


@pytest.mark.parametrize("scale", [1e-30, 1e-8, 1e8, 1e30])
@pytest.mark.parametrize("shift", [0.0, 1e6])
def test_neighbours_closer_than_float32_can_tell_are_told_apart(scale, shift, rng):
    """All rows lie within 1e-7 of each other, relative to the query's distance: only float64 sees who is nearer."""
    X = np.array([1.0, 2.0, 2.0]) + 1e-7 * rng.normal(size=(2000, 3)) + shift
    Q = np.array([[0.0, 0.0, 0.0], [5.0, 0.0, 1.0]]) + shift
    _, index = KNeighborsRegressor(5, algorithm="brute").fit(scale * X, X[:, 0]).kneighbors(scale * Q)
    D = np.sum((Q[:, None] - X[None]) ** 2, axis=2)
    np.testing.assert_array_equal(index, np.argsort(D, axis=1)[:, :5])


@pytest.mark.parametrize("weights", ["uniform", "distance"])
def test_votes_and_means_agree_with_scikit_learn(blobs, weights, rng):
    X, y = blobs
    Q = np.vstack([rng.normal(size=(30, 4)) * 3, X[:5]])
    neighbours = peer("sklearn.neighbors")
    theirs = neighbours.KNeighborsClassifier(5, weights=weights).fit(X, y)
    ours = KNeighborsClassifier(5, weights).fit(X, y)
    np.testing.assert_allclose(ours.predict_proba(Q), theirs.predict_proba(Q), atol=1e-12)
    np.testing.assert_array_equal(ours.predict(Q), theirs.predict(Q))
    theirs = neighbours.KNeighborsRegressor(5, weights=weights).fit(X, X[:, 0])
    np.testing.assert_allclose(
        KNeighborsRegressor(5, weights).fit(X, X[:, 0]).predict(Q), theirs.predict(Q), rtol=1e-10
    )


def test_equal_votes_go_to_the_first_class_whatever_their_sums_round_to():
    """One neighbour at a and three at 3a have equal weight; in floating point the three add up to less."""
    X = [[0.1], [3 * 0.1], [3 * 0.1], [3 * 0.1]]
    model = KNeighborsClassifier(4, "distance", algorithm="brute").fit(X, [1, 0, 0, 0])
    first, second = model.predict_proba([[0.0]])[0]
    assert first < second
    assert second == pytest.approx(first, rel=1e-14)
    assert model.predict([[0.0]]).tolist() == [0]


def test_more_neighbours_than_samples_are_refused(blobs):
    with pytest.raises(ValueError) as caught:
        KNeighborsClassifier(200).fit(*blobs).predict(blobs[0])
    assert str(caught.value) == (
        "KNeighborsClassifier.kneighbors expected n_neighbors from 1 to n_samples=180, the number of samples "
        "it was fitted with, and got 200; lower n_neighbors."
    )


def test_naive_bayes_agrees_with_scikit_learn(blobs):
    X, y = blobs
    theirs, ours = peer("sklearn.naive_bayes").GaussianNB().fit(X + 1000, y), GaussianNB().fit(X + 1000, y)
    np.testing.assert_allclose(ours.theta_, theirs.theta_, rtol=1e-12)
    np.testing.assert_allclose(ours.var_, theirs.var_, rtol=1e-8)  # theirs loses digits to the mean of 1000
    np.testing.assert_allclose(ours.predict_proba(X + 1000), theirs.predict_proba(X + 1000), atol=1e-7)


def test_mahalanobis_distance_is_that_of_the_inverse_covariance(rng):
    X = rng.normal(size=(200, 3)) @ rng.normal(size=(3, 3))
    model = MahalanobisDetector(0.05, regularisation=0.0).fit(X)
    R = X - X.mean(0)
    expected = np.sum(R @ np.linalg.inv(np.cov(X.T)) * R, axis=1)
    np.testing.assert_allclose(-model.score_samples(X), expected, rtol=1e-9)
    assert (model.predict(X) == -1).mean() == 0.05
    np.testing.assert_allclose(-model.score_samples(X).mean(), 3 * 199 / 200)  # E d² = dimensions


def test_mahalanobis_distance_ignores_the_choice_of_units(rng):
    X, M = rng.normal(size=(100, 3)), rng.normal(size=(3, 3))
    one = MahalanobisDetector(regularisation=0.0).fit(X).score_samples(X)
    np.testing.assert_allclose(MahalanobisDetector(regularisation=0.0).fit(X @ M).score_samples(X @ M), one, rtol=1e-8)


def test_the_regularisation_is_a_share_of_the_mean_variance(rng):
    X = rng.normal(size=(80, 3)) * [1, 2, 3]
    model = MahalanobisDetector(regularisation=0.5).fit(100 * X)
    S = np.cov(X.T)
    P = np.linalg.inv(S + 0.5 * np.trace(S) / 3 * np.eye(3))
    R = X - X.mean(axis=0)
    np.testing.assert_allclose(-model.score_samples(100 * X), np.sum(R @ P * R, axis=1), rtol=1e-10)
    still = MahalanobisDetector().fit(np.ones((5, 2)))  # no variance at all: a share of 1
    assert np.isfinite(still.score_samples([[2.0, 1.0]])).all()


def test_the_residual_detector_sees_a_sensor_that_leaves_its_twins(rng):
    t = rng.normal(size=(300, 1))
    X = t @ [[1.0, 2.0, -1.0]] + 0.01 * rng.normal(size=(300, 3))
    model = ResidualDetector(1, contamination=0.01).fit(X)
    assert model.predict([[1.0, 2.0, -1.0], [5.0, 10.0, -5.0], [1.0, 2.0, 1.0]]).tolist() == [1, 1, -1]


@pytest.mark.parametrize("model", [MahalanobisDetector, ResidualDetector])
def test_an_impossible_share_of_outliers_is_refused(model, rng):
    with pytest.raises(ValueError) as caught:
        model(contamination=0.7).fit(rng.normal(size=(9, 2)))
    assert str(caught.value) == (
        f"{model.__name__}.fit expected contamination above 0 and at most 0.5 and got 0.7; "
        f"it is the share of the training data to call outliers."
    )
