"""The fused last layer equals the plain one: logits, then cross-entropy, then three products."""

import tracemalloc

import numpy as np
import pytest

from glideslope.errors import ShapeError
from glideslope.kernels import cross_entropy_with_gradient, linear_cross_entropy, linear_crossentropy

pytestmark = pytest.mark.usefixtures("backend")

OPTIONS = [
    {},
    {"reduction": "sum"},
    {"weight": np.arange(1.0, 8.0)},
    {"ignore_index": 3, "label_smoothing": 0.1},
    {"temperature": 2.0, "ignore_index": 0},
]


@pytest.fixture(params=["scipy", "numpy only"])
def blas(request, monkeypatch):
    if request.param == "numpy only":
        monkeypatch.setattr(linear_crossentropy, "_has_scipy", lambda: False)


@pytest.mark.usefixtures("blas")
@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("soft", [False, True])
@pytest.mark.parametrize("bias", [False, True])
def test_chunks_add_up_to_the_whole(options, soft, bias, rng):
    if soft:
        options = {k: v for k, v in options.items() if k != "ignore_index"}
    X, W, b = rng.normal(size=(23, 4)), rng.normal(size=(4, 7)), rng.normal(size=7) if bias else None
    y = rng.random((23, 7)) if soft else rng.integers(0, 7, 23)
    loss, dX, dW, db = linear_cross_entropy(X, W, y, b, chunk=5, **options)
    expected, G = cross_entropy_with_gradient(X @ W + (b if bias else 0), y, **options)
    # 23 rows added in another order
    np.testing.assert_allclose(loss, expected, rtol=1e-13)
    np.testing.assert_allclose(dX, G @ W.T, atol=1e-13)
    np.testing.assert_allclose(dW, X.T @ G, atol=1e-12)
    np.testing.assert_allclose(db, G.sum(0), atol=1e-13)


def test_float32_and_inputs_are_kept(rng):
    X, W, y = rng.normal(size=(9, 3)).astype("f"), rng.normal(size=(3, 4)).astype("f"), rng.integers(0, 4, 9)
    X0, W0 = X.copy(), W.copy()
    for result in linear_cross_entropy(X, W, y, chunk=4):
        assert result.dtype == np.float32
    np.testing.assert_array_equal(X, X0)
    np.testing.assert_array_equal(W, W0)


def test_no_rows_give_a_nan_mean_and_zero_gradients():
    loss, dX, dW, db = linear_cross_entropy(np.zeros((0, 3)), np.ones((3, 4)), [])
    assert np.isnan(loss)
    assert dX.shape == (0, 3)
    assert (dW == 0).all()
    assert (db == 0).all()


@pytest.mark.slow
def test_the_logits_are_never_held(rng):
    X, W, y = (
        rng.normal(size=(2048, 8)).astype("f"),
        rng.normal(size=(8, 4096)).astype("f"),
        rng.integers(0, 4096, 2048),
    )
    linear_cross_entropy(X[:2], W, y[:2])  # compiles and imports
    tracemalloc.start()
    linear_cross_entropy(X, W, y, chunk=64)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 0.2 * 2048 * 4096 * 4  # 64 rows of logits, the numbers' gradients and small change


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (
            (np.zeros((2, 3)), np.zeros((4, 3)), [0, 1]),
            (
                "linear_cross_entropy expected X (n, d) and W (d, K) and got (2, 3) and (4, 3); "
                "transpose W if it is stored as (K, d)."
            ),
        ),
        (
            (np.zeros((2, 3)), np.zeros((3, 4)), [0, 1], np.zeros((4, 1))),
            (
                "linear_cross_entropy expected b of shape (4,), one number per class, and got (4, 1); "
                "pass b.reshape(-1) if it is a column."
            ),
        ),
    ],
)
def test_shapes_that_do_not_meet_get_a_sentence(args, message):
    with pytest.raises(ShapeError) as caught:
        linear_cross_entropy(*args)
    assert str(caught.value) == message
