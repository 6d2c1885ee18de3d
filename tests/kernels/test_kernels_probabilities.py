"""Softmax, log-softmax and logsumexp: laws, 50-digit references, awkward inputs."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from tests.oracles import exact_softmax

from glideslope.errors import ShapeError
from glideslope.kernels import log_softmax, logsumexp, softmax

pytestmark = pytest.mark.usefixtures("backend")
EPS = {np.float32: 2.0**-23, np.float64: 2.0**-52}
logits = hnp.arrays(np.float64, hnp.array_shapes(min_dims=1, max_dims=3, max_side=7), elements=st.floats(-1e4, 1e4))
laws = settings(max_examples=40, deadline=None, derandomize=True)


def _law(test):
    return settings(laws, suppress_health_check=[HealthCheck.function_scoped_fixture])(test)


@_law
@given(logits)
def test_softmax_is_a_distribution(z):
    a = softmax(z)
    assert (a >= 0).all()
    # one rounding per term and one for the reciprocal
    np.testing.assert_allclose(a.sum(-1), 1, atol=8 * EPS[np.float64])


@_law
@given(logits, st.floats(-1e3, 1e3))
def test_softmax_ignores_a_common_shift(z, c):
    # z + c rounds by |z + c| eps/2, and so does the logarithm of the result
    np.testing.assert_allclose(softmax(z + c), softmax(z), rtol=2e4 * EPS[np.float64], atol=1e-300)


@_law
@given(logits, st.randoms(use_true_random=False))
def test_softmax_follows_a_permutation_of_the_classes(z, random):
    order = list(range(z.shape[-1]))
    random.shuffle(order)
    # the sum over classes is taken in another order
    np.testing.assert_allclose(softmax(z[..., order]), softmax(z)[..., order], rtol=1e-14, atol=1e-300)


@_law
@given(logits)
def test_log_softmax_is_z_minus_logsumexp(z):
    expected = z - logsumexp(z, keepdims=True)
    np.testing.assert_allclose(log_softmax(z), expected, atol=1e4 * 4 * EPS[np.float64])


@_law
@given(logits)
def test_logsumexp_lies_between_the_maximum_and_the_maximum_plus_log_k(z):
    m, K = z.max(-1), z.shape[-1]
    slack = 2 * EPS[np.float64] * (abs(m) + 1)
    assert (m - slack <= logsumexp(z)).all()
    assert (logsumexp(z) <= m + np.log(K) + slack).all()


@pytest.mark.parametrize("spread", [1.0, 30.0, 700.0])
@pytest.mark.parametrize("K", [1, 2, 10, 1000])
def test_softmax_error_stays_within_the_bound_of_its_docstring(K, spread, rng):
    z = rng.uniform(-spread, spread, K)
    a, exact = softmax(z), exact_softmax(z)
    normal = exact > np.finfo(np.float64).tiny  # a subnormal has fewer digits than the bound assumes
    ulps = np.abs(a - exact)[normal] / (exact[normal] * EPS[np.float64])
    assert (ulps <= 4 + (z.max() - z)[normal]).all()


@pytest.mark.parametrize("shape", [(1000, 3), (64, 10), (5, 1000), (2, 20000)])
def test_float32_stays_close_to_float64(shape, rng):
    z = rng.normal(size=shape).astype(np.float32) * 3
    a = softmax(z)
    assert a.dtype == np.float32
    # float32 exp of |z − m| < 30 has a relative error of 30 · 2⁻²⁴ plus a few roundings
    np.testing.assert_allclose(a, softmax(z.astype(np.float64)), rtol=4e-6)
    np.testing.assert_allclose(logsumexp(z), logsumexp(z.astype(np.float64)), rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_huge_logits_neither_overflow_nor_lose_the_winner(dtype):
    z = np.array([[1e4, -1e4, 0], [-1e4, -1e4, -1e4], [1e4, 1e4 - 1, -1e4]], dtype)
    a = softmax(z)
    assert a.dtype == dtype
    np.testing.assert_allclose(a[0], [1, 0, 0])
    np.testing.assert_allclose(a[1], 1 / 3, rtol=2e-7)
    np.testing.assert_allclose(a[2], [1 / (1 + np.exp(-1)), 1 / (1 + np.exp(1)), 0], rtol=1e-6)
    np.testing.assert_allclose(log_softmax(z)[0], [0, -2e4, -1e4])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("K", [3, 40])
def test_minus_infinity_masks_a_class_exactly(K, dtype, rng):
    z = rng.normal(size=(6, K)).astype(dtype)
    z[:, 1] = -np.inf
    rest = np.delete(z, 1, axis=1)
    a = softmax(z)
    assert (a[:, 1] == 0).all()
    assert (log_softmax(z)[:, 1] == -np.inf).all()
    np.testing.assert_allclose(np.delete(a, 1, axis=1), softmax(rest), rtol=8 * EPS[dtype] * 8)
    np.testing.assert_allclose(logsumexp(z), logsumexp(rest), rtol=1e-5 if dtype == np.float32 else 1e-13)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("K", [2, 50])
def test_rows_without_a_softmax_are_nan_and_leave_the_others_alone(K, dtype):
    z = np.zeros((4, K), dtype)
    z[1], z[2, 0], z[3, 0] = -np.inf, np.nan, np.inf
    a = softmax(z)
    np.testing.assert_allclose(a[0], 1 / K, rtol=1e-6)
    assert np.isnan(a[1]).all()
    assert np.isnan(a[2]).all()
    assert np.isnan(a[3]).any()
    lse = logsumexp(z)
    assert lse[1] == -np.inf
    assert np.isnan(lse[2])
    assert lse[3] == np.inf


def test_one_class_is_certain():
    assert (softmax(np.array([[-3.0], [1e4]])) == 1).all()
    assert (log_softmax(np.array([[-3.0], [1e4]])) == 0).all()


@pytest.mark.parametrize("shape", [(0, 3), (2, 0, 3)])
def test_empty_batches_stay_empty(shape):
    assert softmax(np.zeros(shape)).shape == shape
    assert logsumexp(np.zeros(shape)).shape == shape[:-1]


@pytest.mark.parametrize("axis", [0, 1, 2, -2])
def test_any_axis_equals_the_last_after_moving_it(axis, rng):
    z = rng.normal(size=(3, 4, 5))
    moved = np.moveaxis(z, axis, -1)
    np.testing.assert_array_equal(np.moveaxis(softmax(z, axis=axis), axis, -1), softmax(moved.copy()))
    np.testing.assert_array_equal(logsumexp(z, axis=axis), logsumexp(moved.copy()))


def test_strided_transposed_and_read_only_inputs_give_the_same_and_stay_untouched(rng):
    z = rng.normal(size=(8, 6))
    expected = softmax(z[::2, ::3].copy())
    z.flags.writeable = False
    before = z.copy()
    np.testing.assert_array_equal(softmax(z[::2, ::3]), expected)
    np.testing.assert_array_equal(softmax(z.T, axis=0), softmax(z).T)
    np.testing.assert_array_equal(z, before)


@pytest.mark.parametrize("axis", [0, 1])
def test_out_receives_the_result_in_place(axis, rng):
    z = rng.normal(size=(5, 4))
    expected = softmax(z, axis=axis)
    wide = np.zeros((5, 8))
    assert softmax(z, axis=axis, out=wide[:, ::2]).base is wide
    np.testing.assert_array_equal(wide[:, ::2], expected)
    assert softmax(z, axis=axis, out=z) is z
    np.testing.assert_array_equal(z, expected)


def test_temperature_divides_the_logits(rng):
    z = rng.normal(size=(4, 5))
    np.testing.assert_allclose(softmax(z, temperature=2.5), softmax(z / 2.5), rtol=1e-15)
    np.testing.assert_allclose(log_softmax(z, temperature=2.5), log_softmax(z / 2.5), rtol=1e-14)


def test_equal_input_gives_bit_equal_output(rng):
    z = rng.normal(size=(33, 7)).astype(np.float32)
    assert softmax(z).tobytes() == softmax(z.copy()).tobytes()


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: softmax(1.0),
            ShapeError,
            "softmax expected an array with an axis -1 and got shape (); pass at least a vector, or another axis.",
        ),
        (
            lambda: softmax(np.zeros((2, 0))),
            ShapeError,
            (
                "softmax expected at least one class along axis -1 and got shape (2, 0); "
                "a sum over nothing has no logarithm, so check how the logits were made."
            ),
        ),
        (
            lambda: softmax(["a"]),
            ValueError,
            (
                "softmax expected numbers in z and got <U1; "
                "convert text and dates to numbers first, e.g. np.asarray(z, dtype=float)."
            ),
        ),
        (
            lambda: softmax([[1.0], [1.0, 2.0]]),
            ShapeError,
            "softmax expected z to be rectangular and got rows of different lengths; pad them or drop the short ones.",
        ),
        (
            lambda: softmax([1.0], temperature=0.0),
            ValueError,
            "softmax expected temperature to be a finite number above 0 and got 0.0; raise temperature.",
        ),
        (
            lambda: softmax([1.0], out=np.zeros(2)),
            ShapeError,
            (
                "softmax expected out of shape (1,) and dtype float64 and got (2,), float64; "
                "make it with np.empty_like(logits)."
            ),
        ),
        (
            lambda: softmax([1j]),
            ValueError,
            (
                "Complex data not supported: softmax expected real numbers in z and got complex128; "
                "pass its real part, its magnitude, or both as columns."
            ),
        ),
    ],
)
def test_bad_input_gets_its_sentence(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message
