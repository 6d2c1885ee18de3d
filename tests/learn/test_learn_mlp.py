"""Explicit backpropagation: gradients by central differences, torch's curve from the same weights, ways to stop."""

import _thread
import threading

import numpy as np
import pytest
from tests.oracles import central_difference, peer

from glideslope.kernels import cross_entropy, cross_entropy_with_gradient
from glideslope.learn import MLPClassifier, MLPRegressor
from glideslope.learn._base import interruptible
from glideslope.learn._network import ACTIVATIONS, Network


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_backpropagation_gives_the_central_difference(activation, rng):
    net = Network([3, 5, 4, 2], activation, np.dtype(float), rng)
    for b in net.b:
        b[:] = rng.normal(size=b.shape)
    X, y = rng.normal(size=(6, 3)), rng.integers(0, 2, 6)

    def cost(theta):
        net.theta[:] = theta
        return cross_entropy_with_gradient(net.forward(X), y)[0]

    theta = net.theta.copy()
    expected = central_difference(cost, theta)
    net.theta[:] = theta
    net.backward(cross_entropy_with_gradient(net.forward(X), y)[1])
    np.testing.assert_allclose(net.gradient, expected, atol=1e-8)  # h² truncation; no kink within h for this seed


@pytest.mark.slow
@pytest.mark.parametrize("solver", ["sgd", "momentum", "adam"])
def test_the_loss_curve_is_torchs_from_the_same_weights(solver, rng):
    torch = peer("torch")
    X, y = rng.normal(size=(400, 8)).astype("f"), rng.integers(0, 3, 400)
    ours = MLPClassifier((16, 8), solver=solver, learning_rate=0.01, max_iter=0, random_state=0).fit(X, y)
    layers = []
    for W, b in zip(ours.coefs_, ours.intercepts_, strict=True):
        layers += [torch.nn.Linear(*W.shape), torch.nn.ReLU()]
        layers[-2].weight.data, layers[-2].bias.data = torch.tensor(W.T.copy()), torch.tensor(b.copy())
    net = torch.nn.Sequential(*layers[:-1])
    make = {"sgd": {}, "momentum": {"momentum": 0.9}, "adam": {}}[solver]
    optimiser = getattr(torch.optim, "Adam" if solver == "adam" else "SGD")(net.parameters(), lr=0.01, **make)
    for step in range(50):
        rows = slice(32 * (step % 12), 32 * (step % 12) + 32)
        loss = torch.nn.functional.cross_entropy(net(torch.tensor(X[rows])), torch.tensor(y[rows]))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        assert ours._pass(X[rows], y[rows]) == pytest.approx(loss.item(), rel=1e-4)  # float32, 50 steps


def test_early_stopping_keeps_the_best_weights(rng):
    X, y = rng.normal(size=(120, 10)), rng.integers(0, 2, 120)  # nothing to learn: the held-out loss soon rises
    model = MLPClassifier((50,), early_stopping=True, learning_rate=0.01, n_iter_no_change=3, random_state=0).fit(X, y)
    assert model.n_iter_ < 50
    assert model.predict(X).shape == (120,)


def test_more_passes_never_raise_the_held_out_loss_that_is_kept(rng):
    X, y = rng.normal(size=(80, 10)), rng.integers(0, 2, 80)  # nothing to learn: without the best weights it rises
    options = {"early_stopping": True, "learning_rate": 0.02, "n_iter_no_change": 99, "random_state": 5}
    draws = np.random.default_rng(5)
    Network([10, 20, 2], "relu", X.dtype, draws)  # draws its weights first, then the fit draws the held-out rows
    held = draws.permutation(80)[:8]
    losses = []
    for passes in (1, 3, 6, 10, 15):
        model = MLPClassifier((20,), max_iter=passes, **options).fit(X, y)
        losses.append(cross_entropy(model._network.predict(X[held]), y[held]))
    assert (np.diff(losses) <= 0).all()


def test_two_rows_are_enough_to_stop_early():
    model = MLPRegressor((3,), early_stopping=True, validation_fraction=0.9, max_iter=2, random_state=0)
    assert model.fit([[0.0], [1.0]], [0.0, 1.0]).n_iter_ == 2


def test_a_fit_without_progress_ends_after_the_passes_it_was_told_to_wait(rng):
    X, y = rng.normal(size=(30, 2)), rng.normal(size=30)
    model = MLPRegressor((3,), learning_rate=1e-12, n_iter_no_change=4, random_state=0).fit(X, y)
    assert model.n_iter_ == 1 + 4  # the first pass is progress over nothing
    assert len(model.losses_) == 5


def test_the_regressors_gradient_is_that_of_half_the_mean_squared_error(rng):
    Z, y = rng.normal(size=(6, 1)), rng.normal(size=6)
    loss, D = MLPRegressor()._loss(Z.copy(), y)
    assert loss == pytest.approx(0.5 * np.mean((Z[:, 0] - y) ** 2), rel=1e-14)
    expected = central_difference(lambda Z: 0.5 * np.mean((Z[:, 0] - y) ** 2), Z)
    np.testing.assert_allclose(D, expected, atol=1e-9)  # the cost is quadratic: rounding 1e-16/h alone


def test_the_first_weights_keep_the_spread_of_the_signal_from_layer_to_layer(rng):
    net = Network([60, 500, 60, 500, 60], "relu", np.dtype(float), np.random.default_rng(0))
    Z = net.forward(rng.normal(size=(300, 60)))
    # E z² = 2 at every layer by He's rule; four layers of up to 500 random units scatter by some 20 %
    assert 1 < np.mean(Z**2) < 3.5


def test_a_curve_is_learned_and_float32_is_kept(rng):
    X = rng.uniform(-1, 1, size=(300, 1)).astype("f")
    model = MLPRegressor((30,), activation="tanh", learning_rate=0.01, random_state=0).fit(X, np.sin(3 * X[:, 0]))
    assert model.score(X, np.sin(3 * X[:, 0])) > 0.99
    assert model.predict(X).dtype == np.float32


def test_weights_shrink_under_a_price(rng):
    X, y = rng.normal(size=(100, 4)), rng.integers(0, 2, 100)
    norms = [
        sum(np.sum(W**2) for W in MLPClassifier((9,), alpha=a, max_iter=60, random_state=0).fit(X, y).coefs_)
        for a in (0.0, 1.0)
    ]
    assert norms[1] < norms[0] / 2


def _interrupt_until(ended: threading.Event) -> None:
    """Press Ctrl-C, and again as one would where nothing happens: Python drops it when it falls into a finaliser."""
    pause = 0.3
    while not ended.wait(pause):
        _thread.interrupt_main()
        pause = 5


@pytest.mark.slow
def test_an_interrupted_fit_keeps_what_it_has(rng):
    X, y = rng.normal(size=(500, 10)), rng.integers(0, 2, 500)
    MLPClassifier(max_iter=1, random_state=0).fit(
        X, y
    )  # compiles: else the interrupt may come before there is anything to keep
    model = MLPClassifier(max_iter=10**6, tol=0.0, n_iter_no_change=10**6, random_state=0)
    ended = threading.Event()
    threading.Thread(target=_interrupt_until, args=(ended,)).start()
    with pytest.warns(UserWarning, match="MLPClassifier.fit was interrupted and keeps what it had learned by then"):
        model.fit(X, y)
    ended.set()
    assert model.n_iter_ >= 1
    assert model.predict(X).shape == (500,)


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_an_interrupt_is_known_through_every_layer_of_the_compiler(depth):
    def wrapped(layers):
        try:
            raise KeyboardInterrupt if layers == 0 else wrapped(layers - 1)
        except BaseException as error:
            raise SystemError("returned a result with an exception set") from error

    with pytest.warns(UserWarning, match="was interrupted"), interruptible("Some"):
        wrapped(depth)
    with pytest.raises(SystemError), interruptible("Some"):
        raise SystemError("something else")


def test_progress_is_shown_when_asked_for(rng, capsys):
    MLPRegressor((3,), max_iter=2, verbose=True).fit(rng.normal(size=(9, 2)), np.zeros(9))
    assert "MLPRegressor" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"activation": "gelu"},
            (
                "MLPClassifier.fit expected activation to be one of 'relu', 'tanh', 'logistic', 'identity' and got 'gelu'; "
                "choose one of these."
            ),
        ),
        (
            {"solver": "lbfgs"},
            (
                "MLPClassifier.fit expected solver to be one of 'sgd', 'momentum', 'adam' and got 'lbfgs'; "
                "choose one of these."
            ),
        ),
    ],
)
def test_unknown_options_get_a_sentence(options, message):
    with pytest.raises(ValueError) as caught:
        MLPClassifier(**options).fit([[0.0], [1.0]], [0, 1])
    assert str(caught.value) == message
