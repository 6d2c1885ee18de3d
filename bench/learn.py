"""The classical algorithms against scikit-learn on the same work, and how their cost grows.

Run: OMP_NUM_THREADS=1 python -m bench.learn
"""

import time
import warnings

import numpy as np

from bench.protocol import Row, measure, save
from glideslope import learn

ROUNDS_SLOW = 5


def linear_regression() -> Row:
    from sklearn.linear_model import LinearRegression

    X, y = _regression(200_000, 50)
    return _fit_row(
        "LinearRegression 200k×50", LinearRegression(), learn.LinearRegression(), X, y, 0.20,
        lambda a, b: np.testing.assert_allclose(a.coef_, b.coef_, rtol=1e-6, atol=1e-9),
    )  # fmt: skip


def ridge() -> Row:
    from sklearn.linear_model import Ridge

    X, y = _regression(200_000, 50)
    return _fit_row(
        "Ridge 200k×50", Ridge(), learn.Ridge(), X, y, 1.0,
        lambda a, b: np.testing.assert_allclose(a.coef_, b.coef_, rtol=1e-6, atol=1e-9),
    )  # fmt: skip


def gaussian_mixture() -> Row:
    from sklearn.mixture import GaussianMixture

    X, _, centres = _blobs(20_000, 8, 8)
    start = centres + 0.3
    same = {"n_components": 8, "tol": 0.0, "max_iter": 20, "means_init": start}
    precisions = np.stack([np.eye(8)] * 8)
    theirs = GaussianMixture(**same, weights_init=np.full(8, 1 / 8), precisions_init=precisions)
    ours = learn.GaussianMixture(**(same | {"tol": -1.0}))

    def check(a, b):
        assert b.n_iter_ == a.n_iter_ == 20
        np.testing.assert_allclose(b.score(X), a.score(X), rtol=1e-3)

    return _fit_row("GaussianMixture 20k×8, k 8, 20 rounds", theirs, ours, X, None, 0.30, check)


def dbscan(eps: float, bar: float) -> Row:
    from sklearn.cluster import DBSCAN

    X = _moons(10_000)
    return _fit_row(
        f"DBSCAN 10k×2, eps {eps}", DBSCAN(eps=eps, min_samples=10), learn.DBSCAN(eps=eps, min_samples=10), X, None, bar,
        lambda a, b: np.testing.assert_array_equal(a.labels_, b.labels_),
    )  # fmt: skip


def kmeans() -> Row:
    from sklearn.cluster import KMeans

    X, _, _ = _blobs(100_000, 16, 32, spread=2.0)
    start = X[:32].copy()
    same = {"n_clusters": 32, "init": start, "n_init": 1, "max_iter": 20, "tol": 0.0}
    return _fit_row(
        "KMeans 100k×16, k 32, 20 iterations", KMeans(**same, algorithm="lloyd"), learn.KMeans(**same), X, None, 0.65,
        lambda a, b: np.testing.assert_allclose(b.inertia_, a.inertia_, rtol=1e-6),
    )  # fmt: skip


def mini_batch_kmeans() -> Row:
    from sklearn.cluster import MiniBatchKMeans

    X, _, _ = _blobs(100_000, 16, 32)
    theirs = MiniBatchKMeans(32, batch_size=1024, n_init=1, max_iter=5, max_no_improvement=None, random_state=0)
    ours = learn.KMeans(32, batch_size=1024, max_iter=5, tol=0.0, random_state=0)

    def check(a, b):
        # two random starts: both must serve the data about equally
        assert b.inertia_ <= 1.3 * a.inertia_

    return _fit_row("mini-batch KMeans 100k×16, k 32, 5 passes", theirs, ours, X, None, 1.0, check)


def knn_brute() -> Row:
    from sklearn.neighbors import KNeighborsClassifier

    return _knn("kNN brute 20k/5k×32, k 5", 32, 0.70, "brute", KNeighborsClassifier)


def knn_tree() -> Row:
    from sklearn.neighbors import KNeighborsClassifier

    return _knn("kNN kd-tree 20k/5k×3, k 5", 3, 1.0, "kd_tree", KNeighborsClassifier)


def _knn(task, d, bar, algorithm, peer) -> Row:
    X, y, _ = _blobs(20_000, d, 10, spread=1.0)
    Q = np.random.default_rng(1).normal(size=(5_000, d)) * 3

    def call(model):
        return lambda: model.fit(X, y).predict(Q)

    models = {
        "sklearn": peer(5, algorithm=algorithm, n_jobs=1),
        "ours": learn.KNeighborsClassifier(5, algorithm=algorithm),
    }
    check = lambda r: np.testing.assert_array_equal(r["sklearn"], r["ours"])  # noqa: E731
    return measure(task, {name: call(m) for name, m in models.items()}, check, bars={"ours": bar}, rounds=_few())


def logistic(task: str, X, y, bar: float) -> Row:
    """At an equal objective gap of at most 1e-6: each solver gets the loosest tolerance that reaches it."""
    from sklearn.linear_model import LogisticRegression

    from glideslope.kernels import cross_entropy

    def cost(model):
        return 0.5 * np.sum(model.coef_**2) + float(cross_entropy(model.decision_function(X), y, reduction="sum"))

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        best = min(
            cost(LogisticRegression(tol=1e-10, max_iter=20_000, solver="newton-cholesky").fit(X, y)),
            cost(learn.LogisticRegression(tol=1e-13, max_iter=2000).fit(X, y)),
        )
        chosen = {}
        for name, make in (
            ("sklearn", lambda tol: LogisticRegression(tol=tol, max_iter=20_000)),
            ("ours", lambda tol: learn.LogisticRegression(tol=tol, max_iter=2000)),
        ):
            for tol in 10.0 ** -np.arange(1.0, 14.0):
                gap = cost(make(tol).fit(X, y)) / best - 1
                if gap <= 1e-6:
                    chosen[name] = (make(tol), tol, gap)
                    break
    note = "; ".join(f"{name} tol {tol:.1e}, gap {gap:.0e}" for name, (_, tol, gap) in chosen.items())

    def check(answers):
        for model in answers.values():
            assert cost(model) <= best * (1 + 1e-6)

    calls = {name: (lambda m=m: m.fit(X, y)) for name, (m, _, _) in chosen.items()}
    return measure(task, calls, check, bars={"ours": bar}, rounds=_few(), note=note)


def pca() -> Row:
    from sklearn.decomposition import PCA

    X = np.random.default_rng(0).normal(size=(20_000, 200)) @ np.random.default_rng(1).normal(size=(200, 200))
    return _fit_row(
        "PCA 20k×200, k 20", PCA(20, svd_solver="covariance_eigh"), learn.PCA(20), X, None, 1.15,
        lambda a, b: np.testing.assert_allclose(a.explained_variance_, b.explained_variance_, rtol=1e-8),
    )  # fmt: skip


def perceptron() -> Row:
    from sklearn.linear_model import Perceptron

    rng = np.random.default_rng(0)
    X = rng.normal(size=(20_000, 20))
    y = (X @ rng.normal(size=20) > 0).astype(int)
    theirs, ours = Perceptron(tol=None, max_iter=20, random_state=0), learn.Perceptron(max_iter=20, random_state=0)

    def check(a, b):
        assert min(a.score(X, y), b.score(X, y)) > 0.98

    return _fit_row("Perceptron 20k×20, 20 passes", theirs, ours, X, y, 1.0, check)


def softmax_regression() -> Row:
    from sklearn.linear_model import SGDClassifier

    X, y, _ = _blobs(20_000, 20, 10, spread=1.0)
    theirs = SGDClassifier("log_loss", alpha=1e-6, max_iter=5, tol=None, random_state=0)
    ours = learn.SoftmaxRegression(max_iter=5, random_state=0)

    def check(a, b):
        assert b.score(X, y) >= a.score(X, y) - 0.01

    note = "the peer fits ten binary problems, one row a step; both 5 passes"
    return _fit_row("SoftmaxRegression 20k×20, K 10", theirs, ours, X, y, 1.0, check, note)


def gaussian_nb() -> Row:
    from sklearn.naive_bayes import GaussianNB

    X, y, _ = _blobs(100_000, 20, 10)

    def call(model):
        return lambda: model.fit(X, y).predict(X)

    check = lambda r: np.testing.assert_array_equal(r["sklearn"], r["ours"])  # noqa: E731
    calls = {"sklearn": call(GaussianNB()), "ours": call(learn.GaussianNB())}
    return measure("GaussianNB 100k×20, K 10, fit and predict", calls, check, bars={"ours": 1.0}, rounds=_few())


def agglomerative(linkage: str) -> Row:
    from sklearn.cluster import AgglomerativeClustering

    X = np.random.default_rng(0).normal(size=(2_000, 8))
    return _fit_row(
        f"Agglomerative 2k×8, {linkage}", AgglomerativeClustering(5, linkage=linkage),
        learn.AgglomerativeClustering(5, linkage), X, None, 1.0,
        lambda a, b: _same_groups(a.labels_, b.labels_),
    )  # fmt: skip


def small(name: str) -> Row:
    from sklearn import preprocessing

    X = np.random.default_rng(0).normal(size=(100_000, 20))
    args = (3,) if name == "PolynomialFeatures" else ()
    X = X[:20_000, :6].copy() if args else X
    theirs, ours = getattr(preprocessing, name)(*args), getattr(learn, name)(*args)

    def check(answers):
        np.testing.assert_allclose(answers["sklearn"], answers["ours"], atol=1e-9)

    calls = {"sklearn": lambda: theirs.fit_transform(X), "ours": lambda: ours.fit_transform(X)}
    return measure(f"{name} {len(X) // 1000}k×{X.shape[1]}", calls, check, bars={"ours": 1.0}, rounds=_few())


def growth() -> dict[str, dict[str, float]]:
    """Fitted exponents of time in n, d and k, each × 2, × 4, × 8."""
    base = {"n": 4000, "d": 8, "k": 8}
    makers = {
        "LinearRegression": (lambda n, d, k: (learn.LinearRegression(), *_regression(n, d)), {"n": 50_000, "d": 16}),
        "KMeans": (lambda n, d, k: (learn.KMeans(k, init=_blobs(n, d, k)[0][:k], max_iter=5, tol=0.0), _blobs(n, d, k)[0], None), {}),
        "GaussianMixture": (
            lambda n, d, k: (
                learn.GaussianMixture(k, max_iter=5, tol=-1.0, means_init=_blobs(n, d, k)[0][:k], reg_covar=1e-3),
                _blobs(n, d, k)[0],
                None,
            ),
            {"d": 4},
        ),
        "AgglomerativeClustering": (lambda n, d, k: (learn.AgglomerativeClustering(k), _blobs(n, d, k)[0], None), {"n": 300}),
    }  # fmt: skip
    result: dict[str, dict[str, float]] = {}
    for name, (make, own) in makers.items():
        result[name] = {}
        for axis in ("n", "d", "k"):
            if name == "LinearRegression" and axis == "k":
                continue
            seconds = []
            for factor in (1, 2, 4, 8):
                sizes = base | own
                model, X, y = make(**(sizes | {axis: factor * sizes[axis]}))
                runs = []
                for _ in range(4):
                    start = time.process_time()
                    model.fit(X, y)
                    runs.append(time.process_time() - start)
                seconds.append(min(runs[1:]))
            result[name][axis] = round(float(np.polyfit(np.log([1, 2, 4, 8]), np.log(seconds), 1)[0]), 2)
        print(name, "grows as", result[name], flush=True)
    return result


def _fit_row(task, theirs, ours, X, y, bar, check, note="") -> Row:
    def checked(answers):
        check(answers["sklearn"], answers["ours"])

    calls = {"sklearn": lambda: theirs.fit(X, y), "ours": lambda: ours.fit(X, y)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return measure(task, calls, checked, bars={"ours": bar}, rounds=_few(), note=note)


def _few() -> int | None:
    return None


def _regression(n: int, d: int):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(n, d))
    return X, X @ rng.normal(size=d) + rng.normal(size=n)


def _blobs(n: int, d: int, k: int, spread: float = 1.0):
    rng = np.random.default_rng(0)
    centres = rng.normal(size=(k, d)) * 3
    y = rng.integers(0, k, n)
    return centres[y] + spread * rng.normal(size=(n, d)), y, centres


def _moons(n: int):
    rng = np.random.default_rng(0)
    t, upper = rng.uniform(0, np.pi, n), rng.integers(0, 2, n)
    X = np.stack([np.cos(t) + upper, np.where(upper, 0.5 - np.sin(t), np.sin(t))], axis=1)
    return X + 0.05 * rng.normal(size=(n, 2))


def _same_groups(a, b) -> None:
    assert learn.metrics.adjusted_rand(a, b) == 1


def main() -> None:
    from sklearn.datasets import load_digits

    digits, digit = load_digits(return_X_y=True)
    X, y, _ = _blobs(50_000, 50, 10, spread=4.0)
    rows = [
        linear_regression(), gaussian_mixture(), dbscan(0.03, 0.50), dbscan(0.1, 1.0), kmeans(), knn_brute(),
        logistic("LogisticRegression digits, equal cost", digits / 16, digit, 0.50),
        logistic("LogisticRegression 50k×50, K 10, equal cost", X, y, 1.0),
        pca(), ridge(), mini_batch_kmeans(), knn_tree(), perceptron(), softmax_regression(), gaussian_nb(),
        agglomerative("ward"), agglomerative("single"), small("StandardScaler"), small("PolynomialFeatures"),
    ]  # fmt: skip
    exponents = growth()
    remarks = "Fitted exponents of our time (× 2, × 4, × 8): " + "; ".join(
        f"{name} " + ", ".join(f"{axis}^{e}" for axis, e in by.items()) for name, by in exponents.items()
    )
    save("learn", "Classical algorithms against scikit-learn", rows, remarks, {"exponents": exponents})


if __name__ == "__main__":
    main()
