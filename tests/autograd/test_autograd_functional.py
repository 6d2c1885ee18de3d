"""grad, vjp and jacobian against closed forms."""

import numpy as np
from tests.oracles import central_difference

from glideslope.autograd import Tensor, grad, jacobian, ops, value_and_grad, vjp

A = np.random.default_rng(3).normal(size=(4, 3))
X = np.random.default_rng(4).normal(size=3)


def test_the_jacobian_of_a_linear_map_is_its_matrix() -> None:
    np.testing.assert_allclose(jacobian(lambda x: A @ x, X), A, rtol=1e-15)


def test_the_jacobian_of_softmax_is_diag_p_minus_ppt() -> None:
    p = ops.softmax(X).value
    np.testing.assert_allclose(jacobian(ops.softmax, X), np.diag(p) - np.outer(p, p), atol=1e-16)


def test_the_jacobian_has_the_shape_of_output_and_input() -> None:
    assert jacobian(lambda x: x.reshape(3, 1) * np.ones((3, 2)), X).shape == (3, 2, 3)


def test_vjp_is_linear_in_v_and_equals_the_jacobian() -> None:
    f = lambda x: ops.tanh(A @ x)  # noqa: E731
    value, pull = vjp(f, X)
    J = jacobian(f, X)
    for v in (np.array([1.0, 0, 0, 0]), np.array([1.0, -2.0, 3.0, 0.5])):
        np.testing.assert_allclose(pull(v)[0], v @ J, rtol=1e-13)
    np.testing.assert_allclose(value, np.tanh(A @ X), rtol=1e-15)


def test_grad_of_the_second_argument() -> None:
    f = lambda a, x: (a * x * x).sum()  # noqa: E731
    np.testing.assert_allclose(grad(f, 1)(np.array([1.0, 2.0, 3.0]), X), 2 * np.array([1.0, 2.0, 3.0]) * X, rtol=1e-15)


def test_an_argument_that_does_not_matter_has_gradient_zero() -> None:
    _, (gx, gy) = (lambda pair: (pair[0], pair[1](1.0)))(vjp(lambda x, y: (x * x).sum(), X, X))
    np.testing.assert_array_equal(gy, np.zeros(3))
    np.testing.assert_allclose(gx, 2 * X, rtol=1e-15)


def test_value_and_grad_agree_with_the_central_difference() -> None:
    f = lambda x: ops.logsumexp(A @ x)  # noqa: E731
    value, g = value_and_grad(f)(X)
    plain = lambda x: float(np.log(np.exp(A @ x).sum()))  # noqa: E731
    assert abs(value - plain(X)) < 1e-14
    np.testing.assert_allclose(g, central_difference(plain, X), atol=1e-9)  # h² + eps/h


def test_the_callers_tensor_is_left_alone() -> None:
    x = Tensor(X, needs_grad=True)
    grad(lambda x: (x * x).sum())(x)
    assert x.grad is None
