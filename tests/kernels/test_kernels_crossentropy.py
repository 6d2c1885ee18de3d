"""Cross-entropy from logits: equal to torch, equal to its own definition, gradient equal to central differences."""

import numpy as np
import pytest
from tests.oracles import central_difference, torch_cross_entropy

from glideslope.errors import ShapeError
from glideslope.kernels import (
    cross_entropy,
    cross_entropy_with_gradient,
    log_softmax,
    softmax,
)

pytestmark = pytest.mark.usefixtures("backend")
N, K = 9, 5

OPTIONS = {
    "plain": {},
    "weights": {"weight": np.array([0.5, 2.0, 0.0, 1.0, 3.0])},
    "smoothing": {"label_smoothing": 0.2},
    "weights and smoothing": {"weight": np.array([0.5, 2.0, 0.1, 1.0, 3.0]), "label_smoothing": 0.2},
    "ignore": {"ignore_index": 2},
    "ignore all three": {"ignore_index": 1, "weight": np.arange(1.0, 6.0), "label_smoothing": 0.1},
}


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS.keys())
def test_integer_labels_agree_with_torch(options, reduction, rng):
    z, y = rng.normal(size=(N, K)), rng.integers(0, K, N)
    loss, gradient = torch_cross_entropy(z, y, reduction=reduction, **options)
    ours = cross_entropy_with_gradient(z, y, reduction=reduction, **options)
    # a handful of float64 roundings on numbers of size 1 to 10
    np.testing.assert_allclose(ours[0], loss, rtol=1e-13)
    np.testing.assert_allclose(ours[1], gradient, atol=1e-14)
    np.testing.assert_allclose(cross_entropy(z, y, reduction=reduction, **options), loss, rtol=1e-13)


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize("options", [OPTIONS["plain"], OPTIONS["weights"], OPTIONS["weights and smoothing"]])
def test_soft_labels_agree_with_torch(options, reduction, rng):
    z, y = rng.normal(size=(N, K)), rng.dirichlet(np.ones(K), N)
    loss, gradient = torch_cross_entropy(z, y, reduction=reduction, **options)
    ours = cross_entropy_with_gradient(z, y, reduction=reduction, **options)
    np.testing.assert_allclose(ours[0], loss, rtol=1e-13)
    np.testing.assert_allclose(ours[1], gradient, atol=1e-14)


@pytest.mark.parametrize("options", [*OPTIONS.values(), {"temperature": 2.5}, {"reduction": "sum", "temperature": 0.5}])
@pytest.mark.parametrize("soft", [False, True])
def test_gradient_is_the_central_difference(options, soft, rng):
    if soft and "ignore_index" in options:
        pytest.skip("ignore_index marks integer labels")
    z = rng.normal(size=(4, K))
    y = rng.random((4, K)) * 3 if soft else rng.integers(0, K, 4)  # rows that do not sum to one: the general gradient
    _, gradient = cross_entropy_with_gradient(z, y, **options)
    expected = central_difference(lambda z: cross_entropy(z, y, **options), z)
    # truncation h² times a third derivative below 10, plus 1e-15/h of rounding
    np.testing.assert_allclose(gradient, expected, atol=1e-8)


def test_general_gradient_is_softmax_times_the_target_sum_minus_the_target(rng):
    z, y = rng.normal(size=(N, K)), rng.random((N, K)) * 4
    _, gradient = cross_entropy_with_gradient(z, y, reduction="none")
    np.testing.assert_allclose(gradient, softmax(z) * y.sum(1, keepdims=True) - y, atol=1e-14)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_one_hot_rows_equal_integer_labels(dtype, rng):
    z, y = rng.normal(size=(N, K)).astype(dtype), rng.integers(0, K, N)
    hard, soft = cross_entropy_with_gradient(z, y), cross_entropy_with_gradient(z, np.eye(K, dtype=int)[y])
    assert hard[0].dtype == hard[1].dtype == soft[0].dtype == soft[1].dtype == dtype
    np.testing.assert_allclose(hard[0], soft[0], rtol=1e-6)
    np.testing.assert_allclose(hard[1], soft[1], atol=1e-7)
    assert cross_entropy(z, y).dtype == dtype


def test_gradient_sums_to_zero_along_the_classes(rng):
    z = rng.normal(size=(N, K))
    for y in (rng.integers(0, K, N), rng.random((N, K))):
        np.testing.assert_allclose(cross_entropy_with_gradient(z, y)[1].sum(1), 0, atol=1e-15)


@pytest.mark.parametrize(("n", "classes"), [(128, 10), (1024, 10), (64, 1000), (3, 32768)])
def test_float32_gradient_is_within_3e_6_of_float64(n, classes, rng):
    z = rng.normal(size=(n, classes)).astype(np.float32)
    y = rng.integers(0, classes, n)
    loss, gradient = cross_entropy_with_gradient(z, y)
    loss64, gradient64 = cross_entropy_with_gradient(z.astype(np.float64), y)
    assert np.abs(gradient - gradient64).max() * n <= 3e-6
    np.testing.assert_allclose(loss, loss64, rtol=1e-6)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_huge_logits_give_finite_losses_and_gradients(dtype):
    z = np.array([[1e4, -1e4], [1e4, -1e4]], dtype)
    losses, gradient = cross_entropy_with_gradient(z, [0, 1], reduction="none")
    np.testing.assert_array_equal(losses, [0, 2e4])
    np.testing.assert_array_equal(gradient, [[0, 0], [1, -1]])


@pytest.mark.parametrize("labels", ["hard", "soft"])
def test_masked_classes_cost_nothing_unless_they_are_the_target(labels):
    z = np.array([[0.0, 0.0, -np.inf], [0.0, 0.0, -np.inf]])
    y = np.array([0, 2]) if labels == "hard" else np.eye(3)[[0, 2]]
    losses, gradient = cross_entropy_with_gradient(z, y, reduction="none")
    np.testing.assert_allclose(losses, [np.log(2), np.inf])
    np.testing.assert_allclose(gradient, [[-0.5, 0.5, 0], [0.5, 0.5, -1]])
    np.testing.assert_allclose(cross_entropy(z, y, reduction="none"), [np.log(2), np.inf])


@pytest.mark.parametrize("n_classes", [2, 50])
def test_ignored_samples_may_hold_anything(n_classes):
    z = np.zeros((3, n_classes))
    z[1] = np.nan
    loss, gradient = cross_entropy_with_gradient(z, [0, -1, 1], ignore_index=-1)
    np.testing.assert_allclose(loss, np.log(n_classes))
    assert (gradient[1] == 0).all()
    np.testing.assert_allclose(cross_entropy(z, [0, -1, 1], ignore_index=-1), loss)


def test_the_mean_of_no_samples_is_nan_and_its_gradient_zero_or_empty():
    loss, gradient = cross_entropy_with_gradient(np.zeros((0, 3)), np.zeros(0, int))
    assert np.isnan(loss)
    assert gradient.shape == (0, 3)
    assert cross_entropy(np.zeros((0, 3)), [], reduction="sum") == 0
    loss, gradient = cross_entropy_with_gradient(np.ones((2, 3)), [7, 7], ignore_index=7)
    assert np.isnan(loss)
    assert (gradient == 0).all()


def test_one_class_costs_nothing():
    loss, gradient = cross_entropy_with_gradient(np.array([[3.0], [-1e4]]), [0, 0])
    assert loss == 0
    assert (gradient == 0).all()


@pytest.mark.parametrize("soft", [False, True])
@pytest.mark.parametrize("axis", [0, 1, -1])
def test_the_class_axis_may_be_any(axis, soft, rng):
    z = rng.normal(size=(4, 5, 6))
    moved = np.moveaxis(z, axis, -1).copy()
    y = rng.integers(0, moved.shape[-1], moved.shape[:-1])
    y_moved = y
    if soft:
        y_moved = rng.random(moved.shape)
        y = np.moveaxis(y_moved, -1, axis)
    loss, gradient = cross_entropy_with_gradient(z, y, axis=axis, reduction="none")
    loss_moved, gradient_moved = cross_entropy_with_gradient(moved, y_moved, reduction="none")
    assert loss.shape == moved.shape[:-1]
    np.testing.assert_array_equal(loss, loss_moved)
    np.testing.assert_array_equal(np.moveaxis(gradient, axis, -1), gradient_moved)


def test_logits_stay_untouched_unless_they_are_the_out(rng):
    z, y = rng.normal(size=(N, K)), rng.integers(0, K, N)
    before = z.copy()
    z.flags.writeable = False
    expected = cross_entropy_with_gradient(z, y)
    np.testing.assert_array_equal(z, before)
    for options in ({}, {"temperature": 2.0}, {"label_smoothing": 0.1}):
        z = before.copy()
        expected = cross_entropy_with_gradient(z, y, **options)
        loss, gradient = cross_entropy_with_gradient(z, y, out=z, **options)
        assert gradient is z
        np.testing.assert_array_equal(gradient, expected[1])
        np.testing.assert_array_equal(loss, expected[0])
    wide = np.zeros((N, 2 * K))
    cross_entropy_with_gradient(before, y, out=wide[:, ::2])
    np.testing.assert_array_equal(wide[:, ::2], cross_entropy_with_gradient(before, y)[1])


def test_the_gradient_vanishes_where_softmax_equals_the_target(rng):
    z = rng.normal(size=(N, K))
    np.testing.assert_allclose(cross_entropy_with_gradient(z, softmax(z))[1], 0, atol=1e-16)
    entropy = -(softmax(z) * log_softmax(z)).sum(1)
    np.testing.assert_allclose(cross_entropy(z, softmax(z), reduction="none"), entropy, rtol=1e-13)


def test_integer_labels_of_any_width_are_read_alike(rng):
    z, y = rng.normal(size=(N, K)), rng.integers(0, K, N)
    expected = cross_entropy(z, y)
    for dtype in (np.int8, np.uint8, np.int32, np.uint64):
        assert cross_entropy(z, y.astype(dtype)) == expected
        assert cross_entropy_with_gradient(z, y.astype(dtype))[0] == pytest.approx(expected, rel=1e-14)


E_ = "cross_entropy expected "


@pytest.mark.parametrize(
    ("labels", "options", "error", "message"),
    [
        (
            [0, 1, 3],
            {},
            ValueError,
            E_ + "labels from 0 to 2 for 3 classes and got 3; "
            "renumber the classes, or pass ignore_index=3 if it marks missing labels.",
        ),
        (
            [0, -1, 2],
            {},
            ValueError,
            E_ + "labels from 0 to 2 for 3 classes and got -1; "
            "renumber the classes, or pass ignore_index=-1 if it marks missing labels.",
        ),
        (
            [0, 1],
            {},
            ShapeError,
            E_ + "labels of shape (3,) (class indices) or (3, 3) (one row of targets per sample) "
            "for logits of shape (3, 3) and got (2,); check the class axis, here -1.",
        ),
        (
            [0.0, 1.0, 2.0],
            {},
            TypeError,
            E_ + "integer class indices in labels and got float64 of shape (3,); "
            "use labels.astype(int), or pass one row of probabilities per sample.",
        ),
        (
            np.full((3, 3), -0.5),
            {},
            ValueError,
            E_
            + "targets that are numbers of at least 0 and got -0.5; probabilities and counts are never negative or nan.",
        ),
        (
            np.eye(3),
            {"ignore_index": 0},
            ValueError,
            E_ + "integer labels together with ignore_index and got targets of shape (3, 3); "
            "leave ignore_index out and set the rows to ignore to zero.",
        ),
        (
            [0, 1, 2],
            {"weight": [1.0, 2.0]},
            ShapeError,
            E_ + "weight of shape (3,), one number per class, and got (2,); pass one weight for each of the 3 classes.",
        ),
        (
            [0, 1, 2],
            {"weight": [1.0, -2.0, 1.0]},
            ValueError,
            E_ + "class weights that are finite and at least 0 and got [1.0, -2.0, 1.0]; "
            "a weight says how often a sample counts.",
        ),
        (
            [0, 1, 2],
            {"label_smoothing": 1.5},
            ValueError,
            E_ + "label_smoothing between 0 and 1 and got 1.5; 0.1 is a usual value.",
        ),
        (
            [0, 1, 2],
            {"reduction": "avg"},
            ValueError,
            E_ + "reduction to be one of 'mean', 'sum', 'none' and got 'avg'; choose one of these.",
        ),
        (
            ["ok", "prop", "esc"],
            {},
            ValueError,
            E_ + "numbers in labels and got <U4; "
            "convert text and dates to numbers first, e.g. np.asarray(labels, dtype=float).",
        ),
    ],
)
def test_bad_input_gets_its_sentence(labels, options, error, message):
    with pytest.raises(error) as caught:
        cross_entropy(np.zeros((3, 3)), labels, **options)
    assert str(caught.value) == message
    with pytest.raises(error) as caught:
        cross_entropy_with_gradient(np.zeros((3, 3)), labels, **options)
    assert str(caught.value) == message.replace("cross_entropy", "cross_entropy_with_gradient", 1)


@pytest.mark.parametrize("n_classes", [2, 50])
def test_a_sample_with_every_class_masked_has_no_loss(n_classes):
    z = np.zeros((2, n_classes))
    z[1] = -np.inf
    losses, gradient = cross_entropy_with_gradient(z, [0, 1], reduction="none")
    np.testing.assert_allclose(losses, [np.log(n_classes), np.nan])
    np.testing.assert_allclose(cross_entropy(z, [0, 1], reduction="none"), losses)
    assert np.isfinite(gradient[0]).all()
    assert np.isnan(gradient[1]).all()


@pytest.mark.parametrize("largest", [1.0, 15.9, 16.1, 40.0])
@pytest.mark.parametrize("classes", [1, 3, 300])
def test_float32_keeps_its_digits_with_and_without_the_row_maxima(largest, classes, backend, rng):
    z = rng.uniform(-largest, largest, size=(200, classes)).astype(np.float32)
    z[7, 0], z[8, 0] = largest, -largest
    y = rng.integers(0, classes, 200)
    losses, gradient = cross_entropy_with_gradient(z, y, reduction="none")
    exact, exact_gradient = cross_entropy_with_gradient(z.astype(np.float64), y, reduction="none")
    # lse and z_label are rounded at their own size, up to 46 here: two roundings of 46 · 2⁻²⁴
    np.testing.assert_allclose(losses, exact, rtol=3e-7, atol=6e-6)
    np.testing.assert_allclose(gradient, exact_gradient, atol=3e-6)
    in_place = z.copy()
    again, _ = cross_entropy_with_gradient(in_place, y, reduction="none", out=in_place)
    # the compiled loop takes other lanes when its two arrays are one: a last digit
    np.testing.assert_allclose(again, losses, rtol=3e-7, atol=6e-6)
    np.testing.assert_allclose(in_place, gradient, atol=3e-7)
