"""The logistic function and its loss."""

import numpy as np
import pytest
from tests.oracles import central_difference, peer

from glideslope.errors import ShapeError
from glideslope.kernels import (
    binary_cross_entropy,
    binary_cross_entropy_with_gradient,
    cross_entropy,
    sigmoid,
    softmax,
)

pytestmark = pytest.mark.usefixtures("backend")


def test_sigmoid_is_the_second_entry_of_a_softmax_over_zero_and_z(rng):
    z = rng.normal(size=50) * 20
    np.testing.assert_allclose(sigmoid(z), softmax(np.stack([0 * z, z], 1))[:, 1], rtol=1e-14)


def test_sigmoid_keeps_its_digits_on_both_sides():
    z = np.linspace(-700, 30, 1001)
    mpmath = peer("mpmath")
    exact = np.array([float(1 / (1 + mpmath.exp(-mpmath.mpf(v)))) for v in z])
    # the exponential is right to 1 ulp of its argument's rounding-free value; two more roundings follow
    np.testing.assert_allclose(sigmoid(z), exact, rtol=4 * 2.0**-52)
    np.testing.assert_allclose(sigmoid(z) + sigmoid(-z), 1, rtol=4 * 2.0**-52)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_sigmoid_at_the_ends(dtype):
    a = sigmoid(np.array([-np.inf, -1e4, 0, 1e4, np.inf, np.nan], dtype))
    assert a.dtype == dtype
    np.testing.assert_array_equal(a, [0, 0, 0.5, 1, 1, np.nan])


def test_sigmoid_takes_any_layout(rng):
    z = rng.normal(size=(6, 5))
    np.testing.assert_array_equal(sigmoid(z.T[::2]), sigmoid(z).T[::2])
    out = np.zeros((6, 10))
    sigmoid(z, out=out[:, ::2])
    np.testing.assert_array_equal(out[:, ::2], sigmoid(z))
    assert sigmoid(np.zeros((0, 2))).shape == (0, 2)


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
def test_loss_is_the_two_class_cross_entropy(reduction, rng):
    z, y = rng.normal(size=20) * 5, rng.integers(0, 2, 20)
    expected = cross_entropy(np.stack([0 * z, z], 1), y, reduction=reduction)
    np.testing.assert_allclose(binary_cross_entropy(z, y, reduction=reduction), expected, rtol=1e-13, atol=1e-15)


def test_loss_of_soft_labels_and_weights_agrees_with_torch(rng):
    torch = peer("torch")
    z, y, w = rng.normal(size=(4, 5)), rng.random((4, 5)), rng.random((4, 5))
    t = torch.tensor(z, requires_grad=True)
    loss = torch.nn.functional.binary_cross_entropy_with_logits(t, torch.tensor(y), torch.tensor(w))
    loss.backward()
    ours, gradient = binary_cross_entropy_with_gradient(z, y, weight=w)
    np.testing.assert_allclose(ours, loss.item(), rtol=1e-14)
    np.testing.assert_allclose(gradient, t.grad.numpy(), atol=1e-16)


@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_gradient_is_the_central_difference(reduction, rng):
    z, y, w = rng.normal(size=(3, 2)), rng.random((3, 2)), rng.random(2)
    _, gradient = binary_cross_entropy_with_gradient(z, y, weight=w, reduction=reduction)
    expected = central_difference(lambda z: binary_cross_entropy(z, y, weight=w, reduction=reduction), z)
    np.testing.assert_allclose(gradient, expected, atol=1e-8)  # h² truncation, 1e-15/h rounding


def test_certain_scores_cost_what_they_deserve():
    z = np.array([np.inf, -np.inf, np.inf, 1e4])
    losses = binary_cross_entropy(z, [1, 0, 0, 0], reduction="none")
    np.testing.assert_array_equal(losses, [0, 0, np.inf, 1e4])
    assert np.isnan(binary_cross_entropy([], []))


@pytest.mark.parametrize(
    ("args", "options", "error", "message"),
    [
        (
            ([0.0], [0, 1]),
            {},
            ShapeError,
            (
                "binary_cross_entropy expected labels of shape (1,), the shape of the logits, and got (2,); "
                "reshape one of the two, e.g. logits.squeeze()."
            ),
        ),
        (
            ([0.0], [2]),
            {},
            ValueError,
            "binary_cross_entropy expected labels between 0 and 1 and got 2; code the two classes as 0 and 1.",
        ),
        (
            ([0.0], [1]),
            {"weight": [-1.0]},
            ValueError,
            "binary_cross_entropy expected weights of at least 0 and got -1.0; drop or mend that entry.",
        ),
        (
            ([0.0], [1]),
            {"weight": [[1.0], [1.0]]},
            ShapeError,
            "binary_cross_entropy expected a weight that broadcasts to (1,) and got (2, 1); pass one weight per entry.",
        ),
    ],
)
def test_bad_input_gets_its_sentence(args, options, error, message):
    with pytest.raises(error) as caught:
        binary_cross_entropy(*args, **options)
    assert str(caught.value) == message
