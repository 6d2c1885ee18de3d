"""Sample weights, streams of pieces, compiled twins: each equals the plain thing it stands for."""

import inspect

import numpy as np
import pytest
from tests.oracles import peer

from glideslope.kernels import use_backend
from glideslope.learn import (
    AgglomerativeClustering,
    KMeans,
    KNeighborsRegressor,
    LinearRegression,
    LogisticRegression,
    MLPClassifier,
    MLPRegressor,
    Perceptron,
    Ridge,
    SoftmaxRegression,
)
from glideslope.learn._neighbours import build_tree
from glideslope.learn.agglomerative import distances, spanning_tree

WEIGHTED = {
    "LinearRegression": LinearRegression(),
    "through the origin": LinearRegression(fit_intercept=False),
    "Ridge": Ridge(3.0),
    "LogisticRegression": LogisticRegression(C=0.3, tol=1e-14),
}


@pytest.fixture(params=[2, 3], ids=["two classes", "three classes"])
def weighted(request, rng):
    X = rng.normal(size=(60, 4)) * [1, 5, 1, 0.2] + 3
    y = (X @ rng.normal(size=4) + rng.normal(size=60)).argsort().argsort() * request.param // 60
    return X, y, rng.integers(0, 5, 60)


@pytest.mark.parametrize("name", WEIGHTED)
def test_a_weight_says_how_often_a_row_counts(name, weighted):
    X, y, s = weighted
    model = WEIGHTED[name]
    counted = model.fit(X, y, sample_weight=s)
    w, b = counted.coef_.copy(), np.copy(counted.intercept_)
    model.fit(np.repeat(X, s, axis=0), np.repeat(y, s))
    np.testing.assert_allclose(w, model.coef_, rtol=1e-6, atol=1e-9)  # L-BFGS ends at the same flat minimum
    np.testing.assert_allclose(b, model.intercept_, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("name", WEIGHTED)
def test_weights_agree_with_scikit_learn(name, weighted):
    X, y, _ = weighted
    s = np.linspace(0.1, 3, 60)
    options = {"fit_intercept": False} if name == "through the origin" else {"alpha": 3.0} if name == "Ridge" else {}
    if name == "LogisticRegression":
        options = {"C": 0.3, "tol": 1e-10, "max_iter": 10_000}
    cls = name if name in ("Ridge", "LogisticRegression") else "LinearRegression"
    theirs = getattr(peer("sklearn.linear_model"), cls)(**options).fit(X, y, sample_weight=s)
    ours = WEIGHTED[name].fit(X, y, s)
    np.testing.assert_allclose(ours.predict(X), theirs.predict(X), rtol=1e-7)
    np.testing.assert_allclose(ours.coef_, theirs.coef_, rtol=1e-4, atol=1e-5)  # theirs stops at its own tolerance


def test_collinear_columns_are_weighted_too(rng):
    x, s = rng.normal(size=(30, 1)), rng.random(30)
    y = np.where(np.arange(30) < 15, 2 * x[:, 0], rng.normal(size=30))
    both, one = LinearRegression().fit(np.hstack([x, x]), y, s), LinearRegression().fit(x, y, s)
    assert (both.solver_, one.solver_) == ("svd", "cholesky")
    np.testing.assert_allclose(both.coef_, [one.coef_[0] / 2] * 2, rtol=1e-10)
    np.testing.assert_allclose(both.intercept_, one.intercept_, rtol=1e-10)


@pytest.mark.parametrize("name", ["LinearRegression", "Ridge", "LogisticRegression"])
@pytest.mark.parametrize(
    ("s", "message"),
    [
        (
            [1.0, 1.0],
            (
                "{}.fit expected sample_weight of shape (3,), one number per row of X, and got (2,); "
                "check that X and sample_weight were filtered alike."
            ),
        ),
        (
            [1.0, -1.0, 1.0],
            (
                "{}.fit expected every sample_weight to be at least zero and one to be above it, and got weights from "
                "-1 to 1; a weight says how often a sample counts."
            ),
        ),
        (
            [0.0, 0.0, 0.0],
            (
                "{}.fit expected every sample_weight to be at least zero and one to be above it, and got weights from "
                "0 to 0; a weight says how often a sample counts."
            ),
        ),
        (
            [1.0, np.nan, 1.0],
            (
                "{}.fit expected finite numbers in sample_weight and got 1 NaN or infinity (inf), the first at "
                "sample_weight[1]; drop those samples or fill the gaps before fitting."
            ),
        ),
        (
            ["much", "more", "most"],
            (
                "{}.fit expected numbers in sample_weight and got <U4; "
                "convert text and dates to numbers first, e.g. np.asarray(sample_weight, dtype=float)."
            ),
        ),
    ],
)
def test_weights_that_mean_nothing_get_a_sentence(name, s, message):
    with pytest.raises(ValueError) as caught:
        WEIGHTED[name].fit([[0.0], [1.0], [3.0]], [0, 1, 1], sample_weight=s)
    assert str(caught.value) == message.format(name)


def test_a_class_of_weight_zero_is_no_class():
    with pytest.raises(
        ValueError, match=r"LogisticRegression\.fit expected at least 2 classes in y and got one class, 1;"
    ):
        LogisticRegression().fit([[0.0], [1.0], [3.0]], [0, 1, 1], sample_weight=[0, 1, 1])


STREAMS = {
    "SoftmaxRegression": (SoftmaxRegression(batch_size=20), {"classes": [0, 1, 2]}),
    "MLPClassifier": (MLPClassifier((7,), batch_size=20, random_state=3), {"classes": [0, 1, 2]}),
    "MLPRegressor": (MLPRegressor((7,), batch_size=20, random_state=3), {}),
}


@pytest.mark.parametrize("name", STREAMS)
def test_pieces_in_order_equal_one_pass_over_the_whole(name, blobs):
    X, y = blobs
    model, classes = STREAMS[name]
    whole, pieces = type(model)(**model.get_params()), type(model)(**model.get_params())
    whole.partial_fit(X, y, **classes)
    for i in range(0, 180, 60):  # the first piece holds class 0 alone
        pieces.partial_fit(X[i : i + 60], y[i : i + 60], **(classes if i == 0 else {}))
    np.testing.assert_array_equal(pieces.predict(X), whole.predict(X))
    assert pieces.n_iter_ == 3
    assert np.mean(pieces.losses_) == pytest.approx(whole.losses_[0], rel=1e-12)


@pytest.mark.parametrize("name", STREAMS)
def test_a_stream_learns(name, blobs):
    X, y = (blobs[0] - blobs[0].mean(0)) / blobs[0].std(0), blobs[1]
    model, classes = STREAMS[name]
    model = type(model)(**model.get_params()).set_params(learning_rate=0.01)
    for _ in range(60):
        model.partial_fit(X, y, **classes)
    assert model.losses_[-1] < 0.5 * model.losses_[0]
    assert model.n_iter_ == len(model.losses_) == 60


@pytest.mark.parametrize("name", ["SoftmaxRegression", "MLPClassifier"])
def test_a_stream_of_one_class_and_an_unknown_class_get_sentences(name):
    model = type(STREAMS[name][0])()
    X = [[0.0], [1.0]]
    with pytest.raises(ValueError, match=f"{name}.partial_fit expected at least 2 classes in y and got one class, 4;"):
        model.partial_fit(X, [4, 4])
    model.partial_fit(X, [4, 4], classes=[4, 5])  # a refused piece leaves no trace
    with pytest.raises(ValueError) as caught:
        model.partial_fit(X, [4, 6])
    assert str(caught.value) == (
        f"{name}.partial_fit expected labels among [4, 5] and got 6; list every class in the first call."
    )


def test_fit_forgets_a_stream_and_its_width(blobs):
    X, y = blobs
    model = MLPClassifier((5,), max_iter=3, random_state=0).partial_fit(X[:, :2], y)
    np.testing.assert_array_equal(
        model.fit(X, y).coefs_[0], MLPClassifier((5,), max_iter=3, random_state=0).fit(X, y).coefs_[0]
    )


TWINS = {
    "perceptron": lambda X, y: Perceptron(max_iter=7, random_state=0).fit(X, y).coef_,
    "perceptron of two": lambda X, y: Perceptron(max_iter=7, random_state=0).fit(X[y < 2], y[y < 2]).coef_,
    "ward": lambda X, y: AgglomerativeClustering(4, "ward").fit(X).linkage_matrix_,
    "single": lambda X, y: AgglomerativeClustering(4, "single").fit(X).linkage_matrix_,
    "complete": lambda X, y: AgglomerativeClustering(4, "complete").fit(X).linkage_matrix_,
    "average": lambda X, y: AgglomerativeClustering(4, "average").fit(X).linkage_matrix_,
    "tree": lambda X, y: np.array(KNeighborsRegressor(9, algorithm="kd_tree").fit(X, y).kneighbors(X + 0.1)),
    "tree with ties": lambda X, y: np.array(
        KNeighborsRegressor(9, algorithm="kd_tree").fit(X.round(), y).kneighbors(X.round())
    ),
    "k-means": lambda X, y: KMeans(6, random_state=1).fit(X).cluster_centers_,
    "k-means with ties": lambda X, y: KMeans(6, random_state=1).fit(X.round()).labels_,
    "k-means in float32": lambda X, y: KMeans(6, random_state=1).fit(X.astype("f")).labels_,
}


@pytest.mark.parametrize("name", TWINS)
def test_the_twin_answers_as_plain_numpy(name, blobs):
    pytest.importorskip("numba")
    with use_backend("numpy"):
        plain = TWINS[name](*blobs)
    with use_backend("numba"):
        twin = TWINS[name](*blobs)
    assert twin.dtype == plain.dtype
    np.testing.assert_allclose(twin, plain, rtol=1e-9, atol=1e-12)  # sums in another order


def test_each_twin_takes_what_its_original_takes():
    pytest.importorskip("numba")
    from glideslope.learn import _loops_numba, _neighbours, agglomerative, perceptron

    plains = agglomerative.distances, agglomerative.join, agglomerative.spanning_tree
    for plain in (_neighbours.grow, _neighbours.search, *plains, perceptron.visit):
        twin = getattr(_loops_numba, plain.__name__)
        ours = list(inspect.signature(inspect.unwrap(plain)).parameters)
        assert list(inspect.signature(twin.py_func).parameters) == ours


@pytest.fixture(params=["numpy", "numba"])
def either_backend(request):
    if request.param == "numba":
        pytest.importorskip("numba")
    with use_backend(request.param):
        yield


@pytest.mark.parametrize("ties", [False, True])
@pytest.mark.parametrize("n", [1, 2, 33, 300])
def test_a_tree_halves_its_points_by_their_widest_coordinate(n, ties, either_backend, rng):
    X = rng.normal(size=(n, 3)) * [1, 5, 2]
    tree = build_tree(X.round() if ties else X)
    np.testing.assert_array_equal(np.sort(tree.order), np.arange(n))
    for node, (first, last) in enumerate(tree.bounds):
        points = tree.X[first:last]
        np.testing.assert_array_equal(tree.low[node], points.min(axis=0))
        np.testing.assert_array_equal(tree.high[node], points.max(axis=0))
        if 2 * node + 1 < len(tree.bounds):
            middle, widest = first + (last - first) // 2, np.ptp(points, axis=0).argmax()
            assert tree.bounds[2 * node + 1].tolist() == [first, middle]
            assert tree.bounds[2 * node + 2].tolist() == [middle, last]
            assert tree.X[first:middle, widest].max() <= tree.X[middle:last, widest].min()
        else:
            assert last - first <= 32


def test_single_linkage_spans_the_samples_by_the_shortest_tree(either_backend, rng):
    X = rng.normal(size=(50, 3))
    joins = spanning_tree(X)
    D = np.where(np.isinf(distances(X)), 0, distances(X))
    shortest = peer("scipy.sparse.csgraph").minimum_spanning_tree(D).sum()
    np.testing.assert_allclose(joins[:, 2].sum(), shortest, rtol=1e-12)
    np.testing.assert_allclose(joins[:, 2], D[joins[:, 0].astype(int), joins[:, 1].astype(int)], rtol=1e-12)
    assert sorted([0, *joins[:, 1].astype(int)]) == list(range(50))  # each sample joins once


def test_equal_distances_join_alike_on_both_backends(blobs):
    pytest.importorskip("numba")
    X = blobs[0].round()
    with use_backend("numpy"):
        plain = spanning_tree(X)
    with use_backend("numba"):
        np.testing.assert_array_equal(spanning_tree(X), plain)  # whole numbers: no rounding
