r"""Multilayer perceptrons: layers of linear maps and bends, trained by backpropagation.

The idea: $\hat y = f_L(\dots f_2(f_1(x)))$ with $f_l(a) = \phi(a W_l + b_l)$; the chain rule, run from the loss back to
the first layer, gives every gradient for about twice the price of the forward pass (see `_network.py`, line by line).
Use them when a linear model is too stiff and there are data enough to choose the bends.

Speed: 0.25 (numpy) or 0.14 (numba) of PyTorch's time on digits 64-100-10, batch 32, Adam.
Speed: 0.36 (numpy) or 0.27 (numba) of PyTorch's time on digits 64-100-10, batch 256, Adam.
Speed: 0.88 (numpy) or 0.76 (numba) of PyTorch's time on 784-512-256-10, batch 256, Adam.
Speed: 0.29 (numpy) or 0.22 (numba) of scikit-learn's time on MLPRegressor 2k×10-64-1, batch 32, 10 passes.
"""

from typing import Any

import numpy as np

from glideslope._checks import ArrayLike, choose, positive
from glideslope._typing import Float, Shaped, ndarray
from glideslope.kernels import adam_update, momentum_update, sgd_update, softmax
from glideslope.kernels.backend import rows
from glideslope.learn._base import Classifier, Estimator, Regressor, interruptible, progress
from glideslope.learn._inputs import demand_classes, not_negative, read_classes, read_numbers, whole
from glideslope.learn._network import ACTIVATIONS, Network

__all__ = ["MLPClassifier", "MLPRegressor"]


class _MLP(Estimator):
    """The training loop both share; children say how outputs and targets make a loss.

    Args:
        hidden_layer_sizes: Width of each hidden layer.
        activation: φ: "relu", "tanh", "logistic" or "identity".
        solver: "sgd", "momentum" or "adam".
        learning_rate: η > 0.
        alpha: λ ≥ 0 adds ½ λ ‖W‖² to the loss.
        batch_size: Rows per step.
        max_iter: Passes over the data at most.
        tol: A pass must lower the loss by this to count as progress.
        n_iter_no_change: Passes without progress before stopping.
        early_stopping: Watch the loss on held-out rows and keep the best weights seen.
        validation_fraction: Share of rows held out for that.
        random_state: Seed or Generator for weights and order.
        verbose: Show progress.
    """

    losses_: list[float]
    n_iter_: int

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        _, both = (_MLP.__doc__ or "").split("Args:")
        cls.__doc__ = (cls.__doc__ or "").replace(" {both}", both.rstrip())

    def __init__(
        self,
        hidden_layer_sizes: tuple[int, ...] = (100,),
        activation: str = "relu",
        solver: str = "adam",
        learning_rate: float = 1e-3,
        alpha: float = 0.0,
        batch_size: int = 32,
        max_iter: int = 200,
        tol: float = 1e-4,
        n_iter_no_change: int = 10,
        early_stopping: bool = False,
        validation_fraction: float = 0.1,
        random_state: Any = None,
        verbose: bool = False,
    ) -> None:
        self.hidden_layer_sizes = hidden_layer_sizes
        self.activation = activation
        self.solver = solver
        self.learning_rate = learning_rate
        self.alpha = alpha
        self.batch_size = batch_size
        self.max_iter = max_iter
        self.tol = tol
        self.n_iter_no_change = n_iter_no_change
        self.early_stopping = early_stopping
        self.validation_fraction = validation_fraction
        self.random_state = random_state
        self.verbose = verbose

    def _train(self, X: Float[ndarray, "n d"], targets: ndarray, outputs: int) -> None:
        rng = self._start(X, outputs)
        held = np.zeros(len(X), bool)
        if self.early_stopping:
            wanted = max(1, round(self.validation_fraction * len(X)))
            held[rng.permutation(len(X))[: min(wanted, len(X) - 1)]] = True  # at least one row is left to learn from
        with interruptible(type(self).__name__):
            self._epochs(X[~held], targets[~held], X[held], targets[held], rng)

    def _start(self, X: Float[ndarray, "n d"], outputs: int) -> np.random.Generator:
        """Make a network with random weights and return the generator that drew them."""
        self._check_options(self._where("fit"))
        rng = np.random.default_rng(self.random_state)
        sizes = [X.shape[1], *self.hidden_layer_sizes, outputs]
        self._network = Network(sizes, self.activation, X.dtype, rng)
        self._state = np.zeros((2, self._network.theta.size), X.dtype)
        self.losses_, self.n_iter_, self._step = [], 0, 0
        return rng

    def _check_options(self, where: str) -> None:
        choose(self.activation, ACTIVATIONS, "activation", where)
        choose(self.solver, ("sgd", "momentum", "adam"), "solver", where)
        for name in ("batch_size", "n_iter_no_change"):
            whole(getattr(self, name), name, where)
        whole(self.max_iter, "max_iter", where, at_least=0)
        positive(self.learning_rate, "learning_rate", where)
        not_negative(self.alpha, "alpha", where)
        if not 0 < self.validation_fraction < 1:
            raise ValueError(
                f"{where} expected validation_fraction between 0 and 1 and got {self.validation_fraction!r}; 0.1 is usual."
            )
        if not isinstance(self.hidden_layer_sizes, tuple | list | ndarray):
            raise ValueError(
                f"{where} expected hidden_layer_sizes to list a width for each hidden layer and got "
                f"{self.hidden_layer_sizes!r}; for one layer of 100 pass (100,)."
            )
        for width in self.hidden_layer_sizes:
            whole(width, "each width in hidden_layer_sizes", where)

    def _continue(self, X: Float[ndarray, "n d"], t: ndarray) -> None:
        """Take one pass over the next piece of a stream, in the order it came."""
        self.losses_.append(self._pass(X.astype(self._network.theta.dtype, copy=False), t))
        self.n_iter_ += 1

    def _epochs(self, X: ndarray, t: ndarray, X_held: ndarray, t_held: ndarray, rng: np.random.Generator) -> None:
        best, best_theta, waited = np.inf, self._network.theta.copy(), 0
        for _ in progress(range(self.max_iter), self.verbose, type(self).__name__):
            order = rng.permutation(len(X))
            self.losses_.append(self._pass(X[order], t[order]))
            self.n_iter_ += 1
            score = self._loss(self._network.predict(X_held), t_held)[0] if len(X_held) else self.losses_[-1]
            waited = 0 if score < best - self.tol else waited + 1
            if score < best:
                best = score
                if len(X_held):
                    best_theta[:] = self._network.theta
            if waited >= self.n_iter_no_change:
                break
        if len(X_held):
            self._network.theta[:] = best_theta

    def _pass(self, X: Float[ndarray, "n d"], t: ndarray) -> float:
        """Take one pass over the data, in order, and return the mean loss met on the way."""
        total, net = 0.0, self._network
        for i in range(0, len(X), self.batch_size):
            Z = net.forward(X[i : i + self.batch_size])
            loss, D = self._loss(Z, t[i : i + self.batch_size])
            net.backward(D)
            if self.alpha:
                for W, dW in zip(net.W, net.dW, strict=True):
                    dW += self.alpha * W
            self._update()
            total += loss * len(Z)
        return total / len(X)

    def _update(self) -> None:
        net, eta = self._network, self.learning_rate
        self._step += 1
        if self.solver == "adam":
            adam_update(net.theta, net.gradient, *self._state, step=self._step, learning_rate=eta)
        elif self.solver == "momentum":
            momentum_update(net.theta, net.gradient, self._state[0], learning_rate=eta)
        else:
            sgd_update(net.theta, net.gradient, learning_rate=eta)

    def _loss(self, Z: Float[ndarray, "n K"], t: ndarray) -> tuple[float, ndarray]:
        """Return the mean loss and its gradient with respect to Z, which may be overwritten."""
        raise NotImplementedError

    @property
    def coefs_(self) -> list[ndarray]:
        """Weights of each layer, (inputs, outputs), as views."""
        return self._network.W

    @property
    def intercepts_(self) -> list[ndarray]:
        """Biases of each layer, as views."""
        return self._network.b


class MLPClassifier(_MLP, Classifier):
    r"""Classify with a multilayer perceptron and softmax cross-entropy.

    $\min_\theta \frac1n \sum_n \mathrm{CE}(z(x_n; \theta),\, y_n)$

    Args: {both}

    Learned: `classes_`, `coefs_` and `intercepts_` per layer, `losses_` one per pass, `n_iter_`.

    Raises:
        ValueError: one class only, or an unknown option.
        NotFittedError: `predict` before `fit`.

    Accuracy: float32 data train in float32; the gradient is exact to rounding.
    Cost: about 6 operations per weight, row and pass; bench/results/mlp.md holds the ratios to PyTorch and scikit-learn.
    Source: [goodfellow2016, chapter 6].

    Example:
        >>> X, y = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], ["same", "other", "other", "same"]
        >>> model = MLPClassifier((8,), activation="tanh", learning_rate=0.1, tol=0.0, random_state=0).fit(X, y)
        >>> model.predict(X).tolist() == y
        True
    """

    def fit(self, X: ArrayLike, y: ArrayLike) -> "MLPClassifier":
        """Learn from X (n, d) and one class per row."""
        X = self._read_fit(X)
        self.classes_, index = read_classes(y, len(X), self._where("fit"))
        demand_classes(self.classes_, self._where("fit"))
        self._train(X, index, len(self.classes_))
        return self

    def partial_fit(self, X: ArrayLike, y: ArrayLike, classes: ArrayLike | None = None) -> "MLPClassifier":
        """Take one pass over X (n, d) in the given order; the first call lists all `classes` (default: those in y)."""
        first = not hasattr(self, "losses_")
        X, index = self._read_piece(X, y, classes, first)
        if first:
            self._start(X, len(self.classes_))
        self._continue(X, index)
        return self

    def predict_proba(self, X: ArrayLike) -> Float[ndarray, "n K"]:
        """Return one probability per row and class, in the order of `classes_`."""
        X = self._read(X, "predict_proba")
        return softmax(self._network.predict(X))

    def predict(self, X: ArrayLike) -> Shaped[ndarray, " n"]:
        """Return the most probable class of each row."""
        X = self._read(X, "predict")
        return self.classes_[self._network.predict(X).argmax(axis=1)]

    def _loss(self, Z: Float[ndarray, "n K"], t: ndarray) -> tuple[float, ndarray]:
        # what `cross_entropy_with_gradient` computes, less its checks: `fit` has made sure of the labels
        losses = rows().cross_entropy_rows(Z, t, Z, 1 / len(Z), None)
        return float(losses.sum(dtype=np.float64)) / len(Z), Z


class MLPRegressor(_MLP, Regressor):
    r"""Regress with a multilayer perceptron and half the mean squared error.

    $\min_\theta \frac{1}{2n} \sum_n (z(x_n; \theta) - y_n)^2$

    Args: {both}

    Learned: `coefs_` and `intercepts_` per layer, `losses_` one per pass, `n_iter_`.

    Raises:
        ValueError: an unknown option.
        NotFittedError: `predict` before `fit`.

    Accuracy: float32 data train in float32; the gradient is exact to rounding. Scale y to about 1 first.
    Cost: about 6 operations per weight, row and pass; bench/results/mlp.md holds the ratios for the classifier.
    Source: [goodfellow2016, chapter 6].

    Example:
        >>> X = np.linspace(-1, 1, 50)[:, None]
        >>> model = MLPRegressor(random_state=0, learning_rate=0.01).fit(X, X[:, 0] ** 2)
        >>> model.score(X, X[:, 0] ** 2) > 0.95
        True
    """

    def fit(self, X: ArrayLike, y: ArrayLike) -> "MLPRegressor":
        """Learn from X (n, d) and one number per row."""
        X = self._read_fit(X)
        self._train(X, read_numbers(y, len(X), self._where("fit")).astype(X.dtype, copy=False), 1)
        return self

    def partial_fit(self, X: ArrayLike, y: ArrayLike) -> "MLPRegressor":
        """Take one pass over X (n, d) and one number per row, in the given order."""
        first = not hasattr(self, "losses_")
        X = self._read_fit(X, "partial_fit") if first else self._read(X, "partial_fit")
        y = read_numbers(y, len(X), self._where("partial_fit"))
        if first:
            self._start(X, 1)
        self._continue(X, y.astype(self._network.theta.dtype, copy=False))
        return self

    def predict(self, X: ArrayLike) -> Float[ndarray, " n"]:
        """Return one number per row of X."""
        X = self._read(X, "predict")
        return self._network.predict(X)[:, 0]

    def _loss(self, Z: Float[ndarray, "n K"], t: ndarray) -> tuple[float, ndarray]:
        D = Z - t[:, None]
        return 0.5 * float(np.mean(D * D)), D / len(D)
