"""Explicit backpropagation: gradients by central differences, torch's curve from the same weights, ways to stop."""

import _thread
import threading

import numpy as np
import pytest
from tests.oracles import central_difference, peer

from glideslope.kernels import cross_entropy_with_gradient
from glideslope.learn import MLPClassifier, MLPRegressor
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


@pytest.mark.slow
def test_an_interrupted_fit_keeps_what_it_has(rng):
    X, y = rng.normal(size=(500, 10)), rng.integers(0, 2, 500)
    model = MLPClassifier(max_iter=10**6, tol=0.0, n_iter_no_change=10**6, random_state=0)
    started = threading.Timer(0.3, _thread.interrupt_main)
    started.start()
    with pytest.warns(UserWarning, match="MLPClassifier.fit was interrupted and keeps what it had learned by then"):
        model.fit(X, y)
    assert model.n_iter_ >= 1
    assert model.predict(X).shape == (500,)


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
