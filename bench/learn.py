"""The classical algorithms against scikit-learn on the same work, and how their cost grows.

Run: python -m bench.run learn, or OMP_NUM_THREADS=1 python -m bench.learn [WORD ...] for the rows whose name holds a word.
`numpy` and `numba` name the backend where an algorithm has a compiled twin or leans on `glideslope.kernels`; `ours`: plain
NumPy is all there is.
"""

import sys
import time
import warnings
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from bench.protocol import Row, measure, tabulate
from glideslope import learn
from glideslope.kernels import cross_entropy, use_backend

BACKENDS = {name: partial(use_backend, name) for name in ("numpy", "numba")}


def linear(task: str, name: str, bar: float) -> Row:
    from sklearn import linear_model

    X, y = _regression(200_000, 50)
    return _fits(task, getattr(linear_model, name)(), getattr(learn, name)(), X, y, bar, _close("coef_", 1e-6))


def gaussian_mixture(task: str) -> Row:
    from sklearn.mixture import GaussianMixture

    X, _, centres = _blobs(20_000, 8, 8)
    same = {"n_components": 8, "max_iter": 20, "means_init": centres + 0.3}
    precisions = np.stack([np.eye(8)] * 8)
    theirs = GaussianMixture(**same, tol=0.0, weights_init=np.full(8, 1 / 8), precisions_init=precisions)

    def check(a, b):
        assert b.n_iter_ == a.n_iter_ == 20
        np.testing.assert_allclose(b.score(X), a.score(X), rtol=1e-3)

    return _fits(task, theirs, learn.GaussianMixture(**same, tol=-1.0), X, None, 0.30, check)


def dbscan(task: str, eps: float, bar: float) -> Row:
    from sklearn.cluster import DBSCAN

    same = {"eps": eps, "min_samples": 10}
    return _fits(task, DBSCAN(**same), learn.DBSCAN(**same), _moons(10_000), None, bar, _close("labels_", 0))


def kmeans(task: str) -> Row:
    from sklearn.cluster import KMeans

    X, _, _ = _blobs(100_000, 16, 32, spread=2.0)
    same = {"n_clusters": 32, "init": X[:32].copy(), "n_init": 1, "max_iter": 20, "tol": 0.0}

    def check(a, b):
        assert a.n_iter_ == b.n_iter_ == 20
        np.testing.assert_array_equal(a.labels_, b.labels_)

    return _fits(task, KMeans(**same, algorithm="lloyd"), learn.KMeans(**same), X, None, {"numba": 0.65}, check)


def mini_batch_kmeans(task: str) -> Row:
    from sklearn.cluster import MiniBatchKMeans

    X, _, _ = _blobs(100_000, 16, 32)
    same = {"n_clusters": 32, "init": X[:32].copy(), "n_init": 1, "batch_size": 1024, "max_iter": 5, "random_state": 0}
    theirs = MiniBatchKMeans(**same, max_no_improvement=None, reassignment_ratio=0.0)

    def check(a, b):
        assert b.inertia_ <= 1.1 * a.inertia_  # the same start, batches drawn in another order

    return _fits(task, theirs, learn.KMeans(**same, tol=0.0), X, None, {"numba": 1.0}, check)


def neighbours(task: str, name: str, d: int, algorithm: str, bar: float) -> Row:
    from sklearn import neighbors

    X, y, _ = _blobs(20_000, d, 10, spread=1.0)
    Q = np.random.default_rng(1).normal(size=(5_000, d)) * 3
    theirs = getattr(neighbors, name)(5, algorithm=algorithm, n_jobs=1)
    ours = getattr(learn, name)(5, algorithm=algorithm)
    names = BACKENDS if algorithm == "kd_tree" else ("ours",)
    calls = {"sklearn": lambda: theirs.fit(X, y).predict(Q)}
    calls |= dict.fromkeys(names, lambda: ours.fit(X, y).predict(Q))
    return measure(task, calls, _equal, bars={"numba" if "numba" in names else "ours": bar}, within=BACKENDS)


def logistic(task: str, X, y, tols: tuple[float, float], bar: float) -> Row:
    """At an equal objective gap of at most 1e-6: each solver has the loosest tolerance of 1, 3, 10, … that reaches it."""
    from sklearn.linear_model import LogisticRegression

    def cost(model):
        return 0.5 * np.sum(model.coef_**2) + float(cross_entropy(model.decision_function(X), y, reduction="sum"))

    best = cost(learn.LogisticRegression(tol=1e-13, max_iter=2000).fit(X, y))
    gaps = {}

    def check(a, b):
        for name, model in (("sklearn", a), ("ours", b)):
            gaps[name] = cost(model) / best - 1
            assert gaps[name] <= 1e-6

    theirs, ours = (
        LogisticRegression(tol=tols[0], max_iter=20_000),
        learn.LogisticRegression(tol=tols[1], max_iter=2000),
    )
    row = _fits(task, theirs, ours, X, y, {"numpy": bar, "numba": bar}, check)
    row.note = "cost above its minimum: " + ", ".join(f"{name} {gap:.0e}" for name, gap in gaps.items())
    return row


def pca(task: str) -> Row:
    from sklearn.decomposition import PCA

    theirs = PCA(20, svd_solver="covariance_eigh")
    return _fits(task, theirs, learn.PCA(20), _mixed(20_000, 200), None, 1.15, _close("explained_variance_", 1e-8))


def perceptron(task: str) -> Row:
    from sklearn.linear_model import Perceptron

    rng = np.random.default_rng(0)
    X = rng.normal(size=(20_000, 20))
    y = (X @ rng.normal(size=20) > 0).astype(int)
    theirs, ours = Perceptron(tol=None, max_iter=20, random_state=0), learn.Perceptron(max_iter=20, random_state=0)

    def check(a, b):
        assert min(a.score(X, y), b.score(X, y)) > 0.98

    return _fits(task, theirs, ours, X, y, {"numba": 1.0}, check)


def softmax_regression(task: str) -> Row:
    from sklearn.linear_model import SGDClassifier

    X, y, _ = _blobs(20_000, 20, 10, spread=1.0)
    theirs = SGDClassifier("log_loss", alpha=1e-6, max_iter=5, tol=None, random_state=0)

    def check(a, b):
        assert b.score(X, y) >= a.score(X, y) - 0.01

    row = _fits(task, theirs, learn.SoftmaxRegression(max_iter=5, random_state=0), X, y, {"numba": 1.0}, check)
    row.note = "the peer fits ten binary problems, one row a step"
    return row


def mlp_regressor(task: str) -> Row:
    from sklearn.neural_network import MLPRegressor

    rng = np.random.default_rng(0)
    X = rng.normal(size=(2_000, 10))
    y = np.sin(X[:, 0]) + X[:, 1] * X[:, 2]
    same = {"hidden_layer_sizes": (64,), "batch_size": 32, "max_iter": 10, "alpha": 0.0, "tol": 0.0, "random_state": 0}

    def check(a, b):
        assert min(a.score(X, y), b.score(X, y)) > 0.4  # ten passes into the same valley

    return _fits(task, MLPRegressor(**same), learn.MLPRegressor(**same), X, y, {"numpy": 1.0, "numba": 1.0}, check)


def gaussian_nb(task: str) -> Row:
    from sklearn.naive_bayes import GaussianNB

    X, y, _ = _blobs(100_000, 20, 10)
    theirs, ours = GaussianNB(), learn.GaussianNB()
    calls = {"sklearn": lambda: theirs.fit(X, y).predict(X), "ours": lambda: ours.fit(X, y).predict(X)}
    return measure(task, calls, _equal, bars={"ours": 1.0})


def agglomerative(task: str, linkage: str) -> Row:
    from sklearn.cluster import AgglomerativeClustering

    X = np.random.default_rng(0).normal(size=(2_000, 8))
    theirs, ours = AgglomerativeClustering(5, linkage=linkage), learn.AgglomerativeClustering(5, linkage)

    def check(a, b):
        assert learn.metrics.adjusted_rand(a.labels_, b.labels_) == 1

    return _fits(task, theirs, ours, X, None, {"numba": 1.0}, check)


def mahalanobis(task: str) -> Row:
    from sklearn.covariance import EmpiricalCovariance

    X = _mixed(50_000, 20)
    theirs, ours = EmpiricalCovariance(), learn.MahalanobisDetector(0.01)
    calls = {"sklearn": lambda: theirs.fit(X).mahalanobis(X), "ours": lambda: -ours.fit(X).score_samples(X)}

    def check(answers):
        n = len(X)  # their covariance divides by n, ours by n − 1
        np.testing.assert_allclose(answers["sklearn"] * (n - 1) / n, answers["ours"], rtol=1e-6)

    return measure(task, calls, check, bars={"ours": 1.0})


def residuals(task: str) -> Row:
    from sklearn.decomposition import PCA

    X = _mixed(50_000, 20)
    theirs, ours = PCA(5, svd_solver="covariance_eigh"), learn.ResidualDetector(5, 0.01)

    def peer():
        return np.sum((X - theirs.inverse_transform(theirs.fit_transform(X))) ** 2, axis=1)

    def check(answers):
        np.testing.assert_allclose(answers["sklearn"], answers["ours"], rtol=1e-6, atol=1e-9)

    return measure(task, {"sklearn": peer, "ours": lambda: -ours.fit(X).score_samples(X)}, check, bars={"ours": 1.0})


def transform(task: str, name: str, X, *args) -> Row:
    from sklearn import preprocessing

    theirs, ours = getattr(preprocessing, name)(*args), getattr(learn, name)(*args)
    calls = {"sklearn": lambda: theirs.fit_transform(X), "ours": lambda: ours.fit_transform(X)}

    def check(answers):
        np.testing.assert_allclose(answers["sklearn"], answers["ours"], atol=1e-9)

    return measure(task, calls, check, bars={"ours": 1.0})


def growth() -> dict[str, dict[str, float]]:
    """Return the fitted exponents of our time in n, d and k, each × 2, × 4, × 8, for four estimators."""
    makers = {
        "LinearRegression": (lambda n, d, k: (learn.LinearRegression(), *_regression(n, d)), {"n": 50_000, "d": 16}),
        "KMeans": (
            lambda n, d, k: (
                learn.KMeans(k, init=_blobs(n, d, k)[0][:k], max_iter=5, tol=0.0),
                _blobs(n, d, k)[0],
                None,
            ),
            {},
        ),
        "GaussianMixture": (
            lambda n, d, k: (
                learn.GaussianMixture(k, max_iter=5, tol=-1.0, means_init=_blobs(n, d, k)[0][:k], reg_covar=1e-3),
                _blobs(n, d, k)[0],
                None,
            ),
            {"n": 10_000, "d": 4},
        ),
        "AgglomerativeClustering": (
            lambda n, d, k: (learn.AgglomerativeClustering(k), _blobs(n, d, k)[0], None),
            {"n": 300},
        ),
    }
    axes = {name: "nd" if name == "LinearRegression" else "ndk" for name in makers}  # a line has no k
    return {
        name: {axis: _exponent(make, {"n": 4000, "d": 8, "k": 8} | own, axis) for axis in axes[name]}
        for name, (make, own) in makers.items()
    }


def _exponent(make: Callable[..., Any], sizes: dict[str, int], axis: str) -> float:
    """Return the slope of log time over log size: 1 means that twice the size takes twice the time."""
    factors, seconds = (1, 2, 4, 8), []
    for factor in factors:
        model, X, y = make(**(sizes | {axis: factor * sizes[axis]}))
        runs = []
        for _ in range(4):
            start = time.process_time()
            model.fit(X, y)
            runs.append(time.process_time() - start)
        seconds.append(min(runs[1:]))
    return round(float(np.polyfit(np.log(factors), np.log(seconds), 1)[0]), 2)


def _fits(task: str, theirs, ours, X, y, bar: float | dict[str, float], check: Callable[[Any, Any], None]) -> Row:
    """Time both fits; with bars by backend, ours on both backends."""
    bars = bar if isinstance(bar, dict) else {"ours": bar}
    names = BACKENDS if isinstance(bar, dict) else ("ours",)
    calls = {"sklearn": lambda: theirs.fit(X, y)} | dict.fromkeys(names, lambda: ours.fit(X, y))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # both say that they stopped before they converged, as they were told to
        return measure(task, calls, lambda answers: check(theirs, ours), bars=bars, within=BACKENDS)


def _close(name: str, rtol: float) -> Callable[[Any, Any], None]:
    return lambda a, b: np.testing.assert_allclose(getattr(a, name), getattr(b, name), rtol=rtol, atol=rtol / 1000)


def _equal(answers: dict[str, Any]) -> None:
    for answer in answers.values():
        if answer.dtype.kind == "f":
            np.testing.assert_allclose(answer, answers["sklearn"], rtol=1e-12)
        else:
            np.testing.assert_array_equal(answer, answers["sklearn"])


def _regression(n: int, d: int):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(n, d))
    return X, X @ rng.normal(size=d) + rng.normal(size=n)


def _blobs(n: int, d: int, k: int, spread: float = 1.0):
    rng = np.random.default_rng(0)
    centres = rng.normal(size=(k, d)) * 3
    y = rng.integers(0, k, n)
    return centres[y] + spread * rng.normal(size=(n, d)), y, centres


def _mixed(n: int, d: int):
    return np.random.default_rng(0).normal(size=(n, d)) @ np.random.default_rng(1).normal(size=(d, d))


def _moons(n: int):
    rng = np.random.default_rng(0)
    t, upper = rng.uniform(0, np.pi, n), rng.integers(0, 2, n)
    X = np.stack([np.cos(t) + upper, np.where(upper, 0.5 - np.sin(t), np.sin(t))], axis=1)
    return X + 0.05 * rng.normal(size=(n, 2))


def _digits():
    from sklearn.datasets import load_digits

    X, y = load_digits(return_X_y=True)
    return X / 16, y


def tasks() -> dict[str, Callable[[], Row]]:
    jobs: dict[str, Callable[[str], Row]] = {
        "LinearRegression 200k×50": partial(linear, name="LinearRegression", bar=0.20),
        "GaussianMixture 20k×8, k 8, 20 rounds": gaussian_mixture,
        "DBSCAN 10k×2, eps 0.03": partial(dbscan, eps=0.03, bar=0.50),
        "DBSCAN 10k×2, eps 0.1": partial(dbscan, eps=0.1, bar=1.0),
        "KMeans 100k×16, k 32, 20 iterations": kmeans,
        "kNN brute 20k/5k×32, k 5": partial(neighbours, name="KNeighborsClassifier", d=32, algorithm="brute", bar=0.70),
        "LogisticRegression digits, equal cost": lambda task: logistic(task, *_digits(), (3e-6, 1e-7), 0.50),
        "LogisticRegression 50k×50, K 10, equal cost": lambda task: logistic(
            task, *_blobs(50_000, 50, 10, spread=4.0)[:2], (3e-8, 3e-8), 1.0
        ),
        "PCA 20k×200, k 20": pca,
        "Ridge 200k×50": partial(linear, name="Ridge", bar=1.0),
        "mini-batch KMeans 100k×16, k 32, 5 passes": mini_batch_kmeans,
        "kNN kd-tree 20k/5k×3, k 5": partial(
            neighbours, name="KNeighborsClassifier", d=3, algorithm="kd_tree", bar=1.0
        ),
        "kNN regression, kd-tree 20k/5k×3, k 5": partial(
            neighbours, name="KNeighborsRegressor", d=3, algorithm="kd_tree", bar=1.0
        ),
        "Perceptron 20k×20, 20 passes": perceptron,
        "SoftmaxRegression 20k×20, K 10, 5 passes": softmax_regression,
        "MLPRegressor 2k×10-64-1, batch 32, 10 passes": mlp_regressor,
        "GaussianNB 100k×20, K 10, fit and predict": gaussian_nb,
        "Agglomerative 2k×8, ward": partial(agglomerative, linkage="ward"),
        "Agglomerative 2k×8, average": partial(agglomerative, linkage="average"),
        "Agglomerative 2k×8, single": partial(agglomerative, linkage="single"),
        "Mahalanobis 50k×20, fit and score": mahalanobis,
        "PCA residual 50k×20, k 5, fit and score": residuals,
        "StandardScaler 100k×20": lambda task: transform(task, "StandardScaler", _regression(100_000, 20)[0]),
        "PolynomialFeatures 20k×6, degree 3": lambda task: transform(
            task, "PolynomialFeatures", _regression(20_000, 6)[0], 3
        ),
    }
    return {task: partial(job, task) for task, job in jobs.items()}


def main(wanted: list[str] | None = None) -> None:
    def remarks(facts: dict[str, Any]) -> str:
        if "growth" not in facts:
            return ""
        return "Fitted exponents of our time (each size × 2, × 4, × 8): " + "; ".join(
            f"{name} " + ", ".join(f"{axis}^{power}" for axis, power in powers.items())
            for name, powers in facts["growth"].items()
        )

    tabulate("learn", "Classical algorithms against scikit-learn", tasks(), {"growth": growth}, remarks, wanted)


if __name__ == "__main__":
    main(sys.argv[1:])
