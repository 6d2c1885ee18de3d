"""The steps of optimisers: torch.optim's path, and laws of each rule."""

import numpy as np
import pytest
from tests.oracles import torch_optimiser_path

from glideslope.errors import ShapeError
from glideslope.kernels import adam_update, momentum_update, sgd_update

pytestmark = pytest.mark.usefixtures("backend")
SIZES = [1, 7, 40_000]  # the last spans several of the chunks the rules work in


def _path(step, theta, gradients):
    path = []
    for t, g in enumerate(gradients, 1):
        before = g.copy()
        step(theta, g, t)
        np.testing.assert_array_equal(g, before)
        path.append(theta.copy())
    return np.array(path)


def _case(rng, p, dtype):
    return rng.normal(size=p).astype(dtype), rng.normal(size=(5, p)).astype(dtype)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("p", SIZES)
@pytest.mark.parametrize("decay", [0.0, 0.1])
def test_sgd_follows_torch(p, decay, dtype, rng):
    theta, gradients = _case(rng, p, dtype)
    expected = torch_optimiser_path("SGD", theta, gradients, lr=0.1, weight_decay=decay)
    path = _path(lambda th, g, t: sgd_update(th, g, learning_rate=0.1, weight_decay=decay), theta, gradients)
    assert path.dtype == dtype
    np.testing.assert_allclose(path, expected, atol=5 * np.finfo(dtype).eps * 4)  # five steps on numbers up to 4


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("p", SIZES)
@pytest.mark.parametrize(("nesterov", "decay"), [(False, 0.0), (True, 0.0), (True, 0.1)])
def test_momentum_follows_torch(p, nesterov, decay, dtype, rng):
    theta, gradients = _case(rng, p, dtype)
    options = {"lr": 0.1, "momentum": 0.9, "nesterov": nesterov, "weight_decay": decay}
    expected = torch_optimiser_path("SGD", theta, gradients, **options)
    v = np.zeros_like(theta)

    def step(th, g, t):
        momentum_update(th, g, v, learning_rate=0.1, momentum=0.9, nesterov=nesterov, weight_decay=decay)

    np.testing.assert_allclose(_path(step, theta, gradients), expected, atol=5 * np.finfo(dtype).eps * 8)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("p", SIZES)
@pytest.mark.parametrize("decay", [0.0, 0.1])
def test_adam_follows_torch(p, decay, dtype, rng):
    theta, gradients = _case(rng, p, dtype)
    expected = torch_optimiser_path("Adam", theta, gradients, lr=0.1, weight_decay=decay)
    m, v = np.zeros_like(theta), np.zeros_like(theta)
    path = _path(
        lambda th, g, t: adam_update(th, g, m, v, step=t, learning_rate=0.1, weight_decay=decay), theta, gradients
    )
    # each step is at most about lr long and right to a few roundings
    np.testing.assert_allclose(path, expected, atol=5 * np.finfo(dtype).eps * 8)


def test_the_first_step_of_adam_has_length_eta_in_each_coordinate(rng):
    g = rng.normal(size=30) * 10.0 ** rng.integers(-3, 4, 30)
    theta = np.zeros(30)
    adam_update(theta, g, np.zeros(30), np.zeros(30), step=1, learning_rate=0.1)
    np.testing.assert_allclose(theta, -0.1 * np.sign(g), rtol=1e-4)  # epsilon / |g| where g is small


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda a: sgd_update(a, np.zeros(2), learning_rate=1.0),
            ShapeError,
            (
                "sgd_update expected gradient like theta, shape (3,) and dtype float64, and got shape (2,), float64; "
                "make it with np.zeros_like(theta)."
            ),
        ),
        (
            lambda a: sgd_update(a.reshape(3, 1), a.reshape(3, 1), learning_rate=1.0),
            ShapeError,
            (
                "sgd_update expected flat contiguous float arrays and got shape (3, 1), float64; "
                "keep the parameters as views of one vector, or pass theta.reshape(-1)."
            ),
        ),
        (
            lambda a: momentum_update(a, a, a, learning_rate=-1.0),
            ValueError,
            "momentum_update expected learning_rate to be a finite number above 0 and got -1.0; raise learning_rate.",
        ),
        (
            lambda a: adam_update(a, a, a, a, step=0),
            ValueError,
            "adam_update expected step to count from 1 and got 0; raise it by one per update.",
        ),
    ],
)
def test_bad_input_gets_its_sentence(call, error, message):
    with pytest.raises(error) as caught:
        call(np.zeros(3))
    assert str(caught.value) == message
