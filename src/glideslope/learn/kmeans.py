r"""k-means: k centres, each sample with its nearest, the cost the sum of squared distances.

The idea: $J = \sum_n \min_k \|x_n - c_k\|^2$ falls when each sample moves to its nearest centre, and falls again when
each centre moves to the mean of its samples; repeat until nothing moves (Lloyd). J never rises, but the minimum is local:
k-means++ starts with centres far apart, and `n_init` starts are compared.
Use it for round groups of similar size, after scaling; mini-batches when the data are many.

Speed: 1.2 (numpy) or 0.93 (numba) of scikit-learn's time on KMeans 100k×16, k 32, 20 iterations.
Speed: 0.26 (numpy) or 0.24 (numba) of scikit-learn's time on mini-batch KMeans 100k×16, k 32, 5 passes.
"""

from typing import Any

import numpy as np

from glideslope._checks import ArrayLike
from glideslope._typing import Float, Int, ndarray
from glideslope.kernels.backend import rows
from glideslope.learn._base import Estimator, interruptible, progress
from glideslope.learn._inputs import whole

__all__ = ["KMeans"]


class KMeans(Estimator):
    r"""Group samples around k centres.

    $\min_{c_1 \dots c_k} \sum_n \min_k \|x_n - c_k\|^2$

    Args:
        n_clusters: k.
        init: "k-means++", "random" (samples drawn at random) or the centres themselves (k, d).
        n_init: Starts to compare; the cheapest wins.
        max_iter: Iterations per start (mini-batches: passes over the data).
        tol: Stop when the centres move by less than this share of the data's variance (squared).
        batch_size: None for Lloyd on all data, else the rows of a mini-batch step.
        random_state: Seed or Generator.
        verbose: Show progress.

    Learned: `cluster_centers_` (k, d), `labels_` (n,), `inertia_` J, `inertia_path_` J before each iteration of the
    winning start, `n_iter_`.

    Raises:
        ValueError: fewer samples than clusters, or centres of another shape.
        NotFittedError: `predict` before `fit`.

    Accuracy: a local minimum; squared distances by ‖c‖² − 2xᵀc lose digits when the data lie far from the origin,
        so the data are centred first.
    Cost: n k d per iteration; bench/results/learn.md holds the ratio to scikit-learn.
    Source: [lloyd1982], [arthur2007]; lesson k-means.

    Example:
        >>> model = KMeans(2, random_state=0).fit([[0.0], [0.2], [5.0], [5.2]])
        >>> sorted(model.cluster_centers_[:, 0].round(6).tolist())
        [0.1, 5.1]
    """

    _kind = "clusterer"
    cluster_centers_: Float[ndarray, "k d"]
    labels_: Int[ndarray, " n"]
    inertia_: float
    inertia_path_: list[float]
    n_iter_: int

    def __init__(
        self,
        n_clusters: int = 8,
        init: Any = "k-means++",
        n_init: int = 1,
        max_iter: int = 300,
        tol: float = 1e-4,
        batch_size: int | None = None,
        random_state: Any = None,
        verbose: bool = False,
    ) -> None:
        self.n_clusters = n_clusters
        self.init = init
        self.n_init = n_init
        self.max_iter = max_iter
        self.tol = tol
        self.batch_size = batch_size
        self.random_state = random_state
        self.verbose = verbose

    def fit(self, X: ArrayLike, y: Any = None) -> "KMeans":
        """Learn centres from X (n, d)."""
        for name in ("n_clusters", "n_init", "max_iter", *([] if self.batch_size is None else ["batch_size"])):
            whole(getattr(self, name), name, "KMeans.fit")
        X = self._read_fit(X)
        if len(X) < self.n_clusters:
            raise ValueError(
                f"KMeans.fit expected at least n_clusters={self.n_clusters} samples and got n_samples={len(X)}; "
                f"lower n_clusters."
            )
        origin = X.mean(axis=0)
        X = X - origin
        rng = np.random.default_rng(self.random_state)
        best: tuple[float, ndarray, ndarray, list[float]] | None = None
        with interruptible("KMeans"):
            for _ in progress(range(self.n_init), self.verbose, "KMeans"):
                C = self._start(X, origin, rng)
                C, path = self._lloyd(X, C) if self.batch_size is None else self._mini_batches(X, C, rng)
                C = (C + origin) - origin  # rounded as `predict` will see it
                labels, cost = assign(X, C)
                if best is None or cost < best[0]:
                    best = cost, labels, C, path
        if best is None:
            raise KeyboardInterrupt  # stopped before the first start had ended: there is nothing to keep
        self.inertia_, self.labels_, C, self.inertia_path_ = best
        self.cluster_centers_ = C + origin
        self.n_iter_ = len(self.inertia_path_)
        self._origin = origin
        return self

    def predict(self, X: ArrayLike) -> Int[ndarray, " n"]:
        """Return the number of the nearest centre for each row of X."""
        X = self._read(X, "predict")
        return assign((X - self._origin).astype(X.dtype), (self.cluster_centers_ - self._origin).astype(X.dtype))[0]

    def fit_predict(self, X: ArrayLike, y: Any = None) -> Int[ndarray, " n"]:
        """Fit to X and return the labels of its rows."""
        return self.fit(X).labels_

    def _start(self, X: Float[ndarray, "n d"], origin: ndarray, rng: np.random.Generator) -> Float[ndarray, "k d"]:
        if isinstance(self.init, str) and self.init == "k-means++":
            return spread_out(X, self.n_clusters, rng)
        if isinstance(self.init, str) and self.init == "random":
            return X[rng.choice(len(X), self.n_clusters, replace=False)]
        C = np.asarray(self.init)
        if C.dtype.kind not in "fiu" or C.shape != (self.n_clusters, X.shape[1]):
            raise ValueError(
                f"KMeans.fit expected init to be 'k-means++', 'random' or centres of shape "
                f"({self.n_clusters}, {X.shape[1]}) and got {self.init!r}; choose one of these."
            )
        return (C - origin).astype(X.dtype)

    def _lloyd(self, X: Float[ndarray, "n d"], C: Float[ndarray, "k d"]) -> tuple[Float[ndarray, "k d"], list[float]]:
        path, groups, square = [], _Groups(X, len(C)), float(np.einsum("nd,nd->", X, X))
        least = self.tol * square / X.size  # X is centred: that is the mean of its variances
        for _ in range(self.max_iter):
            groups.assign(C)
            path.append(groups.cost(C, square))
            new = (groups.sums / np.maximum(groups.counts, 1)[:, None]).astype(X.dtype)
            empty = groups.counts == 0
            if empty.any():
                new[empty] = _worst_served(X, C, int(empty.sum()))
            moved = float(np.sum((new - C) ** 2))
            C = new
            if moved <= least:
                break
        return C, path

    def _mini_batches(
        self, X: Float[ndarray, "n d"], C: Float[ndarray, "k d"], rng: np.random.Generator
    ) -> tuple[Float[ndarray, "k d"], list[float]]:
        """Move each centre to the running mean of all samples it was ever given."""
        C, seen, path, step = C.copy(), np.zeros(len(C), X.dtype), [], self.batch_size or len(X)
        least = self.tol * float(np.einsum("nd,nd->", X, X)) / X.size
        for _ in range(self.max_iter):
            order, cost, before = rng.permutation(len(X)), 0.0, C.copy()
            for i in range(0, len(X), step):
                batch = X[order[i : i + step]]
                groups = _Groups(batch, len(C))
                groups.assign(C)
                cost += groups.cost(C, float(np.einsum("nd,nd->", batch, batch)))
                seen += groups.counts
                C += (groups.sums - groups.counts[:, None] * C) / np.maximum(seen, 1)[:, None]
            path.append(cost)
            if float(np.sum((C - before) ** 2)) <= least:
                break
        return C, path


class _Groups:
    """Which centre each sample belongs to, with the sum and the number of each centre's samples.

    From one assignment to the next few samples change sides, so only those are taken from one sum and added to another.
    """

    def __init__(self, X: Float[ndarray, "n d"], k: int) -> None:
        self.X, self.X1 = X, np.column_stack([X, np.ones(len(X), X.dtype)])
        self.labels = np.full(len(X), k)  # nobody's: row k of the sums below, which is left out
        self.totals = np.zeros((k + 1, X.shape[1]))

    def assign(self, C: Float[ndarray, "k d"]) -> None:
        """Give each sample to its nearest centre."""
        new = nearest(self.X1, C)
        moved = np.flatnonzero(new != self.labels)
        for i in range(0, len(moved), 1024):  # blocks that stay in the cache
            n = moved[i : i + 1024]
            sides, column = np.zeros((len(self.totals), len(n))), np.arange(len(n))
            sides[new[n], column] = 1
            sides[self.labels[n], column] = -1
            self.totals += sides @ self.X.take(n, axis=0, mode="clip")  # 3 × faster than X[n]
        self.labels = new
        self.sums, self.counts = self.totals[:-1], np.bincount(new, minlength=len(C))

    def cost(self, C: Float[ndarray, "k d"], square: float) -> float:
        """Return J = Σ‖x‖² − 2 Σ_k c_kᵀ(sum of its samples) + Σ_k (their number) ‖c_k‖², at the last `assign`."""
        return max(0.0, square - 2 * float(np.sum(C * self.sums)) + float(self.counts @ np.einsum("kd,kd->k", C, C)))


def nearest(X1: Float[ndarray, "n d1"], C: Float[ndarray, "k d"]) -> Int[ndarray, " n"]:
    """Return the number of the nearest centre of each sample; X1 is X with a column of ones.

    One product gives ½‖c‖² − xᵀc, which is ½‖x − c‖² less what is the same for all centres. Blocks of 1024 rows stay
    in the cache, and a right factor that lies row by row spares BLAS a copy: together 2 × faster.
    """
    C1 = np.vstack([-C.T, 0.5 * np.einsum("kd,kd->k", C, C)]).astype(C.dtype, copy=False)
    labels, D = np.empty(len(X1), np.intp), np.empty((min(1024, len(X1)), len(C)), C.dtype)
    argmin_rows = rows().argmin_rows
    for i in range(0, len(X1), 1024):
        B = X1[i : i + 1024]
        argmin_rows(np.matmul(B, C1, out=D[: len(B)]), labels[i : i + 1024])
    return labels


def assign(X: Float[ndarray, "n d"], C: Float[ndarray, "k d"]) -> tuple[Int[ndarray, " n"], float]:
    """Return the nearest centre of each sample and the sum of squared distances."""
    labels = nearest(np.column_stack([X, np.ones(len(X), X.dtype)]), C)
    cost = 0.0
    for i in range(0, len(X), 1024):
        R = X[i : i + 1024] - C[labels[i : i + 1024]]
        cost += float(np.einsum("nd,nd->", R, R))
    return labels, cost


def spread_out(X: Float[ndarray, "n d"], k: int, rng: np.random.Generator) -> Float[ndarray, "k d"]:
    """Draw k samples by k-means++: each with probability proportional to its squared distance from those drawn."""
    C = np.empty((k, X.shape[1]), X.dtype)
    C[0] = X[rng.integers(len(X))]
    square = np.einsum("nd,nd->n", X, X)
    distance = np.full(len(X), np.inf)
    for j in range(1, k):
        new = square - 2 * (X @ C[j - 1]) + C[j - 1] @ C[j - 1]
        np.minimum(distance, np.maximum(new, 0), out=distance)
        total = np.cumsum(distance)
        C[j] = X[min(np.searchsorted(total, rng.random() * total[-1], side="right"), len(X) - 1)]
    return C


def _worst_served(X: Float[ndarray, "n d"], C: Float[ndarray, "k d"], m: int) -> Float[ndarray, "m d"]:
    """Return the m samples farthest from their nearest centre: where a centre without samples is needed most."""
    R = X - C[assign(X, C)[0]]
    return X[np.argsort(-np.einsum("nd,nd->n", R, R), kind="stable")[:m]]
