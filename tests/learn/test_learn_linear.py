"""Linear models: closed forms, scikit-learn, and the laws of each."""

import warnings

import numpy as np
import pytest
from tests.oracles import central_difference, peer

from glideslope.kernels import cross_entropy
from glideslope.learn import (
    LinearRegression,
    LogisticRegression,
    Perceptron,
    PolynomialFeatures,
    Ridge,
    SoftmaxRegression,
    StandardScaler,
)


@pytest.fixture
def line(rng):
    X = rng.normal(size=(80, 5)) * [1, 10, 0.1, 1, 1] + 100
    return X, X @ rng.normal(size=5) + 3 + 0.1 * rng.normal(size=80)


@pytest.mark.parametrize("intercept", [True, False])
def test_least_squares_agrees_with_scikit_learn(line, intercept):
    theirs = peer("sklearn.linear_model").LinearRegression(fit_intercept=intercept).fit(*line)
    ours = LinearRegression(intercept).fit(*line)
    # Cholesky squares the condition number, here up to 1e3 (1e4 without the intercept)
    np.testing.assert_allclose(ours.coef_, theirs.coef_, rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(ours.predict(line[0]), theirs.predict(line[0]), rtol=1e-8)


def test_residuals_are_orthogonal_to_every_feature_and_sum_to_zero(line):
    X, y = line
    r = y - LinearRegression().fit(X, y).predict(X)
    np.testing.assert_allclose((X - X.mean(0)).T @ r, 0, atol=1e-8)
    assert abs(r.sum()) < 1e-8


def test_collinear_columns_get_the_least_norm_solution_by_svd(rng):
    x = rng.normal(size=(30, 1))
    model = LinearRegression().fit(np.hstack([x, x]), 2 * x[:, 0] + 1)
    assert model.solver_ == "svd"
    np.testing.assert_allclose(model.coef_, [1, 1], rtol=1e-10)
    assert LinearRegression().fit(x, 2 * x[:, 0]).solver_ == "cholesky"


def test_columns_that_nearly_repeat_each_other_keep_half_the_digits(rng):
    """cond(X)² = 1e12 would leave the normal equations four digits; the SVD has ten."""
    x = rng.normal(size=(200, 1))
    X = np.hstack([x, x + 1e-6 * rng.normal(size=(200, 1))])
    model = LinearRegression().fit(X, X @ [2.0, -1.0])
    assert model.solver_ == "svd"
    np.testing.assert_allclose(model.coef_, [2.0, -1.0], rtol=1e-8)


@pytest.mark.parametrize("alpha", [0.0, 1.0, 100.0])
def test_ridge_agrees_with_scikit_learn(line, alpha):
    theirs = peer("sklearn.linear_model").Ridge(alpha=alpha, solver="svd").fit(*line)
    np.testing.assert_allclose(Ridge(alpha).fit(*line).coef_, theirs.coef_, rtol=1e-7)


def test_ridge_makes_the_gradient_of_its_cost_vanish(line):
    X, y = line
    model = Ridge(2.0).fit(X, y)

    def cost(w):
        return np.sum((y - X @ w[:-1] - w[-1]) ** 2) + 2.0 * np.sum(w[:-1] ** 2)

    w = np.append(model.coef_, model.intercept_)
    scale = np.abs(central_difference(cost, np.zeros(6))).max()
    np.testing.assert_allclose(central_difference(cost, w, 1e-4) / scale, 0, atol=1e-7)


def test_a_negative_price_is_refused():
    with pytest.raises(ValueError) as caught:
        Ridge(-1.0).fit([[0.0]], [1.0])
    assert str(caught.value) == "Ridge.fit expected alpha of at least 0 and got -1.0; 1.0 is a start."


@pytest.mark.parametrize("classes", [2, 3])
def test_logistic_regression_reaches_scikit_learns_cost(blobs, classes):
    X, y = blobs[0][: 60 * classes], blobs[1][: 60 * classes]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = peer("sklearn.linear_model").LogisticRegression(C=0.7, tol=1e-12, max_iter=10000).fit(X, y)
    ours = LogisticRegression(C=0.7, tol=1e-14).fit(X, y)
    if classes == 3:
        J = [
            0.5 * np.sum(m.coef_**2) + 0.7 * cross_entropy(m.decision_function(X), y, reduction="sum")
            for m in (ours, theirs)
        ]
        assert J[0] <= J[1] * (1 + 1e-9)
    np.testing.assert_allclose(ours.coef_, theirs.coef_, atol=1e-4)  # both stop at a flat minimum: error ~ √tol
    np.testing.assert_allclose(ours.predict_proba(X), theirs.predict_proba(X), atol=1e-5)
    np.testing.assert_array_equal(ours.predict(X), theirs.predict(X))


def test_logistic_regression_says_when_it_stops_early(blobs):
    with pytest.warns(UserWarning, match="LogisticRegression.fit stopped after 1 steps, before its cost was within"):
        LogisticRegression(max_iter=1).fit(*blobs)


def test_softmax_regression_descends_to_the_cost_of_logistic_regression(blobs):
    X, y = blobs
    X = StandardScaler().fit_transform(X)
    sgd = SoftmaxRegression(learning_rate=0.3, alpha=0.01, batch_size=len(X), max_iter=3000).fit(X, y)
    exact = LogisticRegression(C=1 / (0.01 * len(X)), tol=1e-13).fit(X, y)
    np.testing.assert_allclose(sgd.predict_proba(X), exact.predict_proba(X), atol=2e-3)  # slow along flat directions
    assert (np.diff(sgd.losses_[:100]) < 0).all()


def test_partial_fit_in_order_equals_a_pass_of_fit_in_that_order(blobs):
    X, y = blobs
    stream = SoftmaxRegression(batch_size=30)
    for i in range(0, 180, 60):
        stream.partial_fit(X[i : i + 60], y[i : i + 60], classes=[0, 1, 2])
    whole = SoftmaxRegression(batch_size=30).partial_fit(X, y)
    np.testing.assert_array_equal(stream.coef_, whole.coef_)
    with pytest.raises(ValueError) as caught:
        stream.partial_fit(X[:2], [0, 7])
    assert str(caught.value) == (
        "SoftmaxRegression.partial_fit expected labels among [0, 1, 2] and got 7; list every class in the first call."
    )


@pytest.mark.parametrize("classes", [2, 3])
def test_the_blocked_perceptron_visits_rows_one_by_one(blobs, classes):
    X, y = blobs[0][: 60 * classes], blobs[1][: 60 * classes]
    model = Perceptron(shuffle=False, max_iter=4).fit(X, y)
    W, mistakes = np.zeros((classes, 5)), []
    for _ in range(4):
        mistakes.append(0)
        for x, c in zip(np.column_stack([X, np.ones(len(X))]), y, strict=True):
            guess = int((W @ x).argmax())
            if guess != c:
                W[c] += x
                W[guess] -= x
                mistakes[-1] += 1
    assert model.mistakes_ == mistakes
    W = W[1:] - W[:1] if classes == 2 else W
    np.testing.assert_allclose(model.coef_, W[:, :-1], rtol=1e-10)


def test_the_perceptron_ends_without_mistakes_within_its_bound(rng):
    X = rng.normal(size=(300, 3))
    w = np.array([1.0, -2.0, 0.5])
    X = X[np.abs(X @ w) > 0.3]
    y = (X @ w > 0).astype(int)
    model = Perceptron(max_iter=1000, random_state=0).fit(X, y)
    assert model.mistakes_[-1] == 0
    R2 = (np.sum(X**2, axis=1) + 1).max()
    gamma = np.abs(X @ w).min() / np.linalg.norm(w)  # a plane through the origin: the bias weight is 0
    assert sum(model.mistakes_) <= R2 / gamma**2


def test_scaled_features_have_mean_zero_and_spread_one_and_come_back(rng):
    X = rng.normal(size=(50, 3)) * [1e-3, 1, 1e6] + [5, 0, 1e9]
    X[:, 1] = 7.7
    scaler = StandardScaler().fit(X)
    Z = scaler.transform(X)
    np.testing.assert_allclose(Z.mean(0), 0, atol=1e-9)
    np.testing.assert_allclose(Z.std(0), [1, 0, 1], atol=1e-9)
    np.testing.assert_allclose(scaler.inverse_transform(Z), X, rtol=1e-14)
    assert scaler.scale_[1] == 1


@pytest.mark.parametrize(
    "options", [{"degree": 3}, {"degree": 2, "include_bias": False}, {"degree": 3, "interaction_only": True}]
)
def test_polynomial_features_agree_with_scikit_learn(rng, options):
    X = rng.normal(size=(7, 3))
    theirs = peer("sklearn.preprocessing").PolynomialFeatures(**options).fit(X)
    ours = PolynomialFeatures(**options).fit(X)
    np.testing.assert_allclose(ours.transform(X), theirs.transform(X), rtol=1e-14)
    np.testing.assert_array_equal(ours.powers_, theirs.powers_)
