"""k-means, mixtures, density and trees of clusters, principal components: laws and oracles."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.oracles import peer

from glideslope.learn import DBSCAN, PCA, AgglomerativeClustering, GaussianMixture, KMeans
from glideslope.learn.kmeans import _worst_served, spread_out
from glideslope.learn.metrics import adjusted_rand

laws = settings(max_examples=25, deadline=None, derandomize=True)
seeds = st.integers(0, 10_000)


@laws
@given(seeds, st.integers(1, 9))
def test_the_cost_of_k_means_never_rises(seed, k):
    X = np.random.default_rng(seed).normal(size=(60, 2))
    model = KMeans(k, init="random", tol=0.0, random_state=seed).fit(X)
    path = np.array([*model.inertia_path_, model.inertia_])
    assert (np.diff(path) <= 1e-12 * path[:-1]).all()  # rounding of sums of 60 squares


def test_k_means_from_given_centres_agrees_with_scikit_learn(blobs):
    X, _ = blobs
    start = X[[3, 70, 150]] + 1.0
    theirs = peer("sklearn.cluster").KMeans(3, init=start, n_init=1, tol=0).fit(X)
    ours = KMeans(3, init=start, tol=0.0).fit(X)
    np.testing.assert_allclose(ours.cluster_centers_, theirs.cluster_centers_, rtol=1e-10)
    np.testing.assert_array_equal(ours.labels_, theirs.labels_)
    np.testing.assert_allclose(ours.inertia_, theirs.inertia_)


def test_each_centre_is_the_mean_of_its_samples_and_each_sample_has_its_nearest_centre(blobs):
    X, _ = blobs
    model = KMeans(4, tol=0.0, random_state=1).fit(X)
    for k in range(4):
        np.testing.assert_allclose(model.cluster_centers_[k], X[model.labels_ == k].mean(0), rtol=1e-10)
    D = np.sum((X[:, None] - model.cluster_centers_) ** 2, axis=2)
    np.testing.assert_array_equal(model.labels_, D.argmin(1))


def test_a_centre_without_samples_moves_to_where_it_is_needed():
    X = np.array([[0.0], [0.1], [10.0], [10.1], [20.0]])
    model = KMeans(3, init=[[0.05], [10.05], [1000.0]]).fit(X)
    assert sorted(np.bincount(model.labels_)) == [1, 2, 2]


@pytest.mark.parametrize("seed", range(5))
def test_k_means_plus_plus_starts_in_every_group_of_far_groups(seed):
    rng = np.random.default_rng(seed)
    groups = np.repeat(np.arange(12), 20)
    X = 1e3 * np.column_stack([groups % 4, groups // 4]) + rng.normal(size=(240, 2))
    # two starts in one group: probability below 240 · 2 / 1e6 a draw
    assert len({int(g) for c in spread_out(X, 12, rng) for g in groups[(c == X).all(1)]}) == 12


def test_more_starts_never_cost_more(rng):
    X = rng.normal(size=(200, 2))
    one = KMeans(8, init="random", n_init=1, random_state=3).fit(X).inertia_
    assert KMeans(8, init="random", n_init=10, random_state=3).fit(X).inertia_ <= one


def test_the_worst_served_sample_is_the_farthest_from_its_nearest_centre():
    X, C = np.array([[0.0], [1.0], [9.0], [30.0]]), np.array([[0.0], [10.0]])
    assert _worst_served(X, C, 2).tolist() == [[30.0], [1.0]]


def test_mini_batches_of_one_cluster_give_the_running_mean(rng):
    X = rng.normal(size=(60, 2))
    model = KMeans(1, batch_size=7, max_iter=1, tol=0.0, random_state=0).fit(X)
    np.testing.assert_allclose(model.cluster_centers_[0], X.mean(0), atol=1e-12)


def test_a_centre_that_no_batch_ever_chose_stays_where_it_is():
    model = KMeans(2, init=[[0.0], [1e6]], batch_size=2, max_iter=3).fit([[-1.0], [0.0], [1.0], [0.0]])
    assert model.cluster_centers_.tolist() == [[0.0], [1e6]]


def test_mini_batches_come_close_to_lloyd(blobs):
    X, _ = blobs
    batches = KMeans(3, batch_size=30, random_state=0).fit(X)
    assert batches.inertia_ <= 1.05 * KMeans(3, n_init=5, random_state=0).fit(X).inertia_


@laws
@given(seeds, st.integers(1, 4))
def test_em_never_lowers_the_likelihood(seed, k):
    X = np.random.default_rng(seed).normal(size=(80, 2)) * [1, 30] + 100
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path = GaussianMixture(k, tol=-1.0, max_iter=15, reg_covar=0.0, random_state=seed).fit(X).log_likelihoods_
    assert len(path) == 15
    assert (np.diff(path) >= -1e-9).all()  # rounding of a mean of 80 numbers of size 10


def test_a_mixture_agrees_with_scikit_learn_from_the_same_start(blobs):
    X, y = blobs
    X = X + 50
    start = np.array([X[y == c].mean(0) for c in range(3)])
    ours = GaussianMixture(3, means_init=start, tol=1e-10, max_iter=500).fit(X)
    mixture = peer("sklearn.mixture").GaussianMixture  # draws its first weights: unseeded it may end elsewhere
    theirs = mixture(3, means_init=start, tol=1e-10, max_iter=500, random_state=0).fit(X)
    order = [int(np.sum((theirs.means_ - m) ** 2, 1).argmin()) for m in ours.means_]
    assert sorted(order) == [0, 1, 2]
    np.testing.assert_allclose(ours.score(X), theirs.score(X), rtol=1e-6)
    np.testing.assert_allclose(ours.means_, theirs.means_[order], rtol=1e-3)


def test_a_mixtures_density_is_the_sum_of_its_gaussians(blobs):
    X, _ = blobs
    model = GaussianMixture(2, random_state=0).fit(X)
    normal = peer("scipy.stats").multivariate_normal
    density = sum(
        w * normal(m, S).pdf(X) for w, m, S in zip(model.weights_, model.means_, model.covariances_, strict=True)
    )
    np.testing.assert_allclose(model.score_samples(X), np.log(density), rtol=1e-9)
    np.testing.assert_allclose(model.predict_proba(X).sum(1), 1, rtol=1e-12)


@pytest.mark.parametrize("reg", [0.0, 0.7])
def test_one_gaussian_is_the_mean_and_the_covariance_plus_the_regularisation(reg, rng):
    X = rng.normal(size=(50, 3)) @ rng.normal(size=(3, 3)) * [1, 10, 100]
    model = GaussianMixture(reg_covar=reg, max_iter=2).fit(X)
    np.testing.assert_allclose(model.means_[0], X.mean(0), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(model.covariances_[0], np.cov(X.T, bias=True) + reg * np.eye(3), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("d", [1, 2, 3, 5])
@pytest.mark.parametrize(("eps", "m"), [(0.2, 4), (0.5, 5), (0.8, 10), (3.0, 5), (0.01, 2)])
def test_dbscan_gives_scikit_learns_labels(d, eps, m, rng):
    X = np.vstack([rng.normal(size=(150, d)), rng.uniform(-5, 5, size=(100, d))])
    rng.shuffle(X)
    theirs = peer("sklearn.cluster").DBSCAN(eps=eps, min_samples=m).fit(X)
    ours = DBSCAN(eps=eps, min_samples=m).fit(X)
    np.testing.assert_array_equal(ours.core_sample_indices_, theirs.core_sample_indices_)
    np.testing.assert_array_equal(ours.labels_, theirs.labels_)


def test_dbscan_counts_a_distance_of_exactly_eps():
    X = np.arange(6.0)[:, None] * 0.5
    assert DBSCAN(eps=0.5, min_samples=3).fit(X).labels_.tolist() == [0] * 6
    assert DBSCAN(eps=0.5, min_samples=4).fit(X).labels_.tolist() == [-1] * 6


@laws
@given(seeds)
def test_dbscan_does_not_depend_on_the_order_of_rows_for_cores(seed):
    rng = np.random.default_rng(seed)
    X, order = rng.normal(size=(100, 2)), rng.permutation(100)
    a, b = DBSCAN(eps=0.3).fit(X), DBSCAN(eps=0.3).fit(X[order])
    core = np.zeros(100, bool)
    core[a.core_sample_indices_] = True
    np.testing.assert_array_equal(np.flatnonzero(core[order]), b.core_sample_indices_)
    if core.any():
        assert adjusted_rand(a.labels_[order][core[order]], b.labels_[core[order]]) == 1


@pytest.mark.parametrize("linkage", ["ward", "complete", "average", "single"])
@pytest.mark.parametrize("seed", range(3))
def test_the_tree_is_scipys(linkage, seed):
    X = np.random.default_rng(seed).normal(size=(60, 3))
    theirs = peer("scipy.cluster.hierarchy").linkage(X, linkage)
    ours = AgglomerativeClustering(4, linkage).fit(X)
    np.testing.assert_allclose(ours.linkage_matrix_, theirs, rtol=1e-9)
    labels = peer("sklearn.cluster").AgglomerativeClustering(4, linkage=linkage).fit(X).labels_
    assert adjusted_rand(ours.labels_, labels) == 1


@pytest.mark.parametrize(("n", "d"), [(200, 5), (20, 5), (10, 30)])
@pytest.mark.parametrize("whiten", [False, True])
def test_components_agree_with_scikit_learn(n, d, whiten, rng):
    X = rng.normal(size=(n, d)) * np.arange(1, d + 1) + 5
    theirs = peer("sklearn.decomposition").PCA(3, whiten=whiten, svd_solver="full").fit(X)
    ours = PCA(3, whiten=whiten).fit(X)
    signs = np.sign(np.sum(ours.components_ * theirs.components_, axis=1))
    np.testing.assert_allclose(ours.explained_variance_, theirs.explained_variance_, rtol=1e-10)
    np.testing.assert_allclose(ours.explained_variance_ratio_, theirs.explained_variance_ratio_, rtol=1e-10)
    np.testing.assert_allclose(ours.transform(X), theirs.transform(X) * signs, atol=1e-9 * d)
    np.testing.assert_allclose(ours.inverse_transform(ours.transform(X)), theirs.inverse_transform(theirs.transform(X)))


def test_all_components_give_the_data_back_and_half_give_the_variance_promised(rng):
    X = rng.normal(size=(100, 6)) @ rng.normal(size=(6, 6))
    full = PCA().fit(X)
    np.testing.assert_allclose(full.inverse_transform(full.transform(X)), X, atol=1e-10)
    np.testing.assert_allclose(full.components_ @ full.components_.T, np.eye(6), atol=1e-12)
    assert PCA(0.8).fit(X).explained_variance_ratio_.sum() >= 0.8
    np.testing.assert_allclose(np.cov(PCA(2, whiten=True).fit(X).transform(X).T), np.eye(2), atol=1e-10)
    with pytest.raises(ValueError) as caught:
        PCA(9).fit(X)
    assert str(caught.value) == (
        "PCA.fit expected n_components from 1 to 6 = min(n, d), a share between 0 and 1, or None, and got 9; "
        "with 6 directions there is no more to keep."
    )
