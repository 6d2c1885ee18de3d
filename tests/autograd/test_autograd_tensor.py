"""The engine: graphs, accumulation, and the sentences it says when it must refuse."""

from typing import Any

import numpy as np
import pytest
from tests.oracles import peer

from glideslope.autograd import GraphError, NonFiniteError, Tensor, clear_buffers, no_grad, ops
from glideslope.errors import GlideslopeError, ShapeError


@pytest.fixture
def x() -> Tensor:
    return Tensor([1.0, 2.0, 3.0], needs_grad=True, name="x")


def test_a_value_used_twice_receives_the_sum(x: Tensor) -> None:
    (x * x + x).sum().backward()
    np.testing.assert_array_equal(x.grad, 2 * x.value + 1)


def test_a_diamond_of_shared_values_matches_torch() -> None:
    """Every kind of sharing at once: a value used by three others, two of which meet again."""
    torch = peer("torch")
    start = np.array([[0.3, -0.7], [1.1, 0.2]])
    ours, theirs = Tensor(start, needs_grad=True), torch.tensor(start, requires_grad=True)

    def f(x, tanh, exp):  # type: ignore[no-untyped-def]
        a = tanh(x)
        b = a * x + a
        c = exp(a) @ b
        return (c * b + c / (a * a + 1.0)).sum()

    f(ours, ops.tanh, ops.exp).backward()
    f(theirs, torch.tanh, torch.exp).backward()
    np.testing.assert_allclose(ours.grad, theirs.grad.numpy(), rtol=1e-13)


def test_gradients_of_two_backward_passes_add_up(x: Tensor) -> None:
    for _ in range(2):
        (2.0 * x).sum().backward()
    np.testing.assert_array_equal(x.grad, [4.0, 4.0, 4.0])


@pytest.mark.slow  # checking the shapes of 60 000 calls takes its time; without, 0.1 s
def test_a_chain_of_ten_thousand_operations_works() -> None:
    """No recursion: neither in the walk, nor when the graph is freed (the second chain is dropped unused)."""
    x = Tensor(1.0, needs_grad=True)
    y = z = x
    for _ in range(10_000):
        y, z = y + x, z + 1.0
    y.backward()
    del z
    assert x.grad == 10_001


def test_leaves_that_share_a_gradient_do_not_share_its_memory() -> None:
    x, y = Tensor(1.0, needs_grad=True), Tensor(1.0, needs_grad=True)
    (x + y).backward()
    x.grad += 1.0
    assert y.grad == 1.0


def test_a_view_carries_its_gradient_back_to_the_whole() -> None:
    x = Tensor(np.arange(6.0).reshape(2, 3), needs_grad=True)
    (x.T[1:] * 2.0).sum().backward()
    np.testing.assert_array_equal(x.grad, [[0, 2, 2], [0, 2, 2]])


def test_inputs_without_needs_grad_cost_nothing(x: Tensor) -> None:
    constant = Tensor([1.0, 1.0, 1.0])
    (x * constant).sum().backward()
    assert constant.grad is None


def test_no_grad_records_nothing_and_ends(x: Tensor) -> None:
    with no_grad():
        assert not (x * x).needs_grad
    assert (x * x).needs_grad


def test_no_grad_ends_after_an_error(x: Tensor) -> None:
    with pytest.raises(ZeroDivisionError), no_grad():
        raise ZeroDivisionError
    assert (x * x).needs_grad


def test_arrays_on_the_left_make_tensors(x: Tensor) -> None:
    y = np.ones(3) - x
    assert isinstance(y, Tensor)
    (np.ones((2, 3)) @ (y / 2.0)).sum().backward()
    np.testing.assert_array_equal(x.grad, [-1.0, -1.0, -1.0])


def test_operators_are_those_of_numpy() -> None:
    a, b = np.array([1.0, 2.0]), np.array([3.0, 5.0])
    x, y = Tensor(a), Tensor(b)
    pairs = [(x + y, a + b), (x - y, a - b), (x * y, a * b), (x / y, a / b), (x**2, a**2), (-x, -a), (x @ y, a @ b)]
    pairs += [
        (2.0 - x, 2 - a),
        (2.0 / x, 2 / a),
        (2.0 + x, 2 + a),
        (2.0 * x, 2 * a),
        (x[1], a[1]),
        (x.mean(), a.mean()),
    ]
    for actual, expected in pairs:
        np.testing.assert_array_equal(actual.value, expected)
    np.testing.assert_array_equal(x < y, a < b)
    np.testing.assert_array_equal(x > 1.5, a > 1.5)
    assert len(x) == 2
    assert [float(v) for v in x] == [1.0, 2.0]


def test_integers_become_float64_and_float32_stays() -> None:
    assert Tensor([1, 2]).dtype == np.float64
    assert (Tensor(np.float32([1])) * 2.0).dtype == np.float32


def test_the_constructor_copies() -> None:
    a = np.ones(2)
    x = Tensor(a)
    a[0] = 5
    assert x.value[0] == 1


def test_the_value_is_read_only(x: Tensor) -> None:
    with pytest.raises(ValueError, match="read-only"):
        x.value[0] = 7.0


def test_backward_needs_a_scalar_or_a_gradient(x: Tensor) -> None:
    words = r"^backward starts from a scalar, but this value has shape \(3,\): reduce it with sum\(\) or mean\(\), or pass its gradient\.$"
    with pytest.raises(ShapeError, match=words):
        (x * x).backward()
    with pytest.raises(
        ShapeError, match=r"^backward expected a gradient of shape \(3,\), got \(2,\): pass one entry per output\.$"
    ):
        (x * x).backward([1.0, 2.0])


def test_backward_twice_says_what_to_do(x: Tensor) -> None:
    y = (x * x).sum()
    y.backward()
    words = (
        r"^backward expected a fresh graph, but the one behind 'sum' of shape \(\) has been used: compute the value again, "
        r"or call backward\(keep=True\) the first time\.$"
    )
    with pytest.raises(GraphError, match=words):
        y.backward()
    np.testing.assert_array_equal(x.grad, 2 * x.value)


def test_keep_allows_a_second_pass(x: Tensor) -> None:
    y = (x * x).sum()
    y.backward(keep=True)
    y.backward()
    np.testing.assert_array_equal(x.grad, 4 * x.value)


def test_a_value_that_depends_on_nothing_says_so() -> None:
    with pytest.raises(
        GraphError, match=r"nothing was recorded: mark an input with needs_grad=True and compute outside no_grad\(\)\.$"
    ):
        Tensor([1.0]).backward()


@pytest.mark.parametrize("change", [lambda x: x.assign([9.0, 9.0, 9.0]), lambda x: x.__setitem__(0, 9.0)])
def test_a_value_changed_after_the_forward_pass_is_refused(x: Tensor, change) -> None:  # type: ignore[no-untyped-def]
    y = (x * x).sum()
    change(x)
    words = (
        r"^'multiply' needs the value that 'x' of shape \(3,\) had in the forward pass, but it was changed in place since: "
        r"call backward\(\) before changing it, or change a copy\.$"
    )
    with pytest.raises(GraphError, match=words):
        y.backward()
    assert x.grad is None


def test_a_change_through_a_view_is_noticed(x: Tensor) -> None:
    y = x[1:]
    z = (y * y).sum()
    x[1] = 9.0
    with pytest.raises(GraphError, match="changed in place since"):
        z.backward()


def test_computed_values_cannot_be_changed(x: Tensor) -> None:
    with pytest.raises(
        GraphError, match=r"^Only an input can be changed in place, but this value was computed by 'multiply'"
    ):
        (x * x)[0] = 1.0


def test_nan_names_the_first_operation_that_made_it(x: Tensor) -> None:
    with np.errstate(all="ignore"):
        y = (ops.log(x - 2.0) * 0.0 + x).sum()
    words = (
        r"^The loss is nan: 'log' was the first operation to make a NaN or an infinity, from finite inputs of shape \(3,\); "
        r"look at their range\.$"
    )
    with np.errstate(all="ignore"), pytest.raises(NonFiniteError, match=words):
        y.backward()
    assert x.grad is None


def test_nan_in_the_data_is_not_blamed_on_an_operation(x: Tensor) -> None:
    words = (
        r"^The loss is nan: an input of 'multiply' already held a NaN or an infinity before the operation; check the data, "
        r"or lower the step size if it is a parameter\.$"
    )
    with pytest.raises(NonFiniteError, match=words):
        (x * np.array([1.0, np.nan, 1.0])).sum().backward()


def test_nan_in_a_parameter_names_it() -> None:
    w = Tensor([np.nan], needs_grad=True, name="layer.W")
    with pytest.raises(NonFiniteError, match=r"layer\.W of 'multiply' already held a NaN"):
        (w * 2.0).sum().backward()


def test_all_errors_are_glideslope_errors() -> None:
    assert issubclass(GraphError, GlideslopeError)
    assert issubclass(NonFiniteError, GlideslopeError)


def test_shapes_that_do_not_meet_in_a_product() -> None:
    with pytest.raises(
        ShapeError,
        match=r"^matmul expected shapes that meet, got \(2, 3\) and \(4, 5\): matmul: .*; reshape or transpose an input\.$",
    ):
        ops.matmul(np.ones((2, 3)), np.ones((4, 5)))
    with pytest.raises(
        ShapeError,
        match=r"^linear expected inputs with 4 features, got shape \(2, 3\): the last axis must match W \(4, 5\)\.$",
    ):
        ops.linear(np.ones((2, 3)), np.ones((4, 5)), np.ones(5))


def test_errors_that_are_not_about_shapes_stay_as_they_are() -> None:
    with pytest.raises(ValueError, match=r"^(?!.*expected shapes that meet)"):
        ops.concatenate([])


@pytest.mark.parametrize(
    "shapes",
    [((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 2)), ((4, 2, 3), (3,)), ((3,), (4, 3, 2)), ((5, 1, 2, 3), (4, 3, 2))],
)
def test_products_of_all_ranks_match_torch(shapes: tuple) -> None:
    torch = peer("torch")
    rng = np.random.default_rng(1)
    arrays = [rng.normal(size=shape) for shape in shapes]
    ours, theirs = [Tensor(a, needs_grad=True) for a in arrays], [torch.tensor(a, requires_grad=True) for a in arrays]
    y, z = ours[0] @ ours[1], theirs[0] @ theirs[1]
    g = rng.normal(size=y.shape)
    y.backward(g)
    z.backward(torch.tensor(g))
    np.testing.assert_allclose(y.value, z.detach().numpy(), rtol=1e-12)
    for a, b in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(a.grad, b.grad.numpy(), rtol=1e-12, atol=1e-14)


def test_extreme_logits_give_finite_gradients() -> None:
    x = Tensor([1e4, -1e4, 0.0], needs_grad=True)
    (ops.log_softmax(x)[1] + ops.logsumexp(x) + ops.softmax(x).sum() + ops.sigmoid(x).sum()).backward()
    assert np.isfinite(x.grad).all()


def test_masked_logits_have_probability_zero_and_no_gradient() -> None:
    x = Tensor([0.0, -np.inf, 1.0], needs_grad=True)
    p = ops.softmax(x)
    p[0].backward()
    assert p.value[1] == 0
    assert x.grad[1] == 0


def test_a_training_loop_reuses_its_memory() -> None:
    """The same addresses serve every step: no page is touched for the first time after the second one."""
    clear_buffers()
    X, W, b = np.ones((64, 128)), Tensor(np.ones((128, 128)), needs_grad=True), Tensor(np.zeros(128), needs_grad=True)
    addresses = []
    for _ in range(5):
        z = ops.tanh(ops.linear(X, W, b))
        addresses.append(z._value.ctypes.data)
        z.sum().backward()
        del z
    assert len(set(addresses)) <= 2


@pytest.mark.parametrize("join", [ops.concatenate, ops.stack])
def test_each_of_many_joined_parts_gets_its_own_slice(join: Any) -> None:
    """Four parts with weights 1, 2, 3, 4: each gradient is its own weight, and of no neighbour's."""
    parts = [Tensor(np.ones((2, 3)), needs_grad=True) for _ in range(4)]
    whole = join(parts, axis=1)
    weights = join([np.full((2, 3), i + 1.0) for i in range(4)], axis=1)
    (whole * weights).sum().backward()
    for i, part in enumerate(parts):
        np.testing.assert_array_equal(part.grad, np.full((2, 3), i + 1.0))
