"""What is true of every differentiable operation, of `autograd.ops` and of the layers of `nn` alike.

A new operation registers itself through `@op`; without a case here, `test_every_operation_has_a_case` fails.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

import glideslope.nn  # registers the operations of the layers
from glideslope.autograd import OPS, Tensor, gradcheck, ops

RNG = np.random.default_rng(20261122)


def normal(*shape: int) -> np.ndarray:
    return RNG.normal(size=shape)


def positive(*shape: int) -> np.ndarray:
    return RNG.uniform(0.5, 2.0, shape)


def away_from_zero(*shape: int) -> np.ndarray:
    """No kink within reach of the difference quotient."""
    return positive(*shape) * RNG.choice([-1.0, 1.0], shape)


def distinct(*shape: int) -> np.ndarray:
    """No two entries closer than 0.1: no tie of a maximum within reach of the difference quotient."""
    return RNG.permutation(int(np.prod(shape))).reshape(shape) * 0.1 - 1.0


@dataclass
class Case:
    """Inputs of an operation, the same function in NumPy, and which laws do not apply."""

    inputs: tuple[Any, ...]
    numpy: Callable[..., Any]
    options: dict[str, Any] = field(default_factory=dict)
    constants: tuple[Any, ...] = ()  # inputs without a gradient, after the others
    analytic: bool = True  # extends to complex numbers: the complex step applies
    entrywise: bool = False  # broadcasts, and takes arrays of any shape


def np_softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def np_conv2d(x: np.ndarray, W: np.ndarray, b: np.ndarray, stride: int, padding: int) -> np.ndarray:
    x = np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)])
    k = W.shape[2]
    rows, columns = (x.shape[2] - k) // stride + 1, (x.shape[3] - k) // stride + 1
    z = np.empty((len(x), len(W), rows, columns))
    for n, o, i, j in np.ndindex(z.shape):
        z[n, o, i, j] = b[o] + (W[o] * x[n, :, stride * i : stride * i + k, stride * j : stride * j + k]).sum()
    return z


def np_pool(x: np.ndarray, k: int, f: Callable) -> np.ndarray:
    z = np.empty((*x.shape[:2], x.shape[2] // k, x.shape[3] // k))
    for n, c, i, j in np.ndindex(z.shape):
        z[n, c, i, j] = f(x[n, c, k * i : k * i + k, k * j : k * j + k])
    return z


def np_sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def np_rnn(X: np.ndarray, Wx: np.ndarray, Wh: np.ndarray, b: np.ndarray) -> np.ndarray:
    h, H = np.zeros((len(X), len(Wh))), []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ Wx + h @ Wh + b)
        H.append(h)
    return np.stack(H, 1)


def np_lstm(X: np.ndarray, Wx: np.ndarray, Wh: np.ndarray, b: np.ndarray) -> np.ndarray:
    h, c, H = np.zeros((len(X), len(Wh))), np.zeros((len(X), len(Wh))), []
    for t in range(X.shape[1]):
        i, f, g, o = np.split(X[:, t] @ Wx + h @ Wh + b, 4, axis=1)
        c = np_sigmoid(f) * c + np_sigmoid(i) * np.tanh(g)
        h = np_sigmoid(o) * np.tanh(c)
        H.append(h)
    return np.stack(H, 1)


def np_gru(X: np.ndarray, Wx: np.ndarray, Wh: np.ndarray, bx: np.ndarray, bh: np.ndarray) -> np.ndarray:
    h, H = np.zeros((len(X), len(Wh))), []
    for t in range(X.shape[1]):
        rx, zx, nx = np.split(X[:, t] @ Wx + bx, 3, axis=1)
        rh, zh, nh = np.split(h @ Wh + bh, 3, axis=1)
        r, z = np_sigmoid(rx + rh), np_sigmoid(zx + zh)
        h = (1 - z) * np.tanh(nx + r * nh) + z * h
        H.append(h)
    return np.stack(H, 1)


def np_attention(Q: np.ndarray, K: np.ndarray, V: np.ndarray, heads: int, mask: np.ndarray | None = None) -> np.ndarray:
    Z, d = np.empty_like(Q), Q.shape[2] // heads
    for n in range(len(Q)):
        for h in range(heads):
            part = slice(h * d, (h + 1) * d)
            S = Q[n, :, part] @ K[n, :, part].T / np.sqrt(d)
            Z[n, :, part] = np_softmax(S if mask is None else np.where(mask, S, -np.inf)) @ V[n, :, part]
    return Z


def np_layer_norm(x: np.ndarray, gamma: np.ndarray, beta: np.ndarray) -> np.ndarray:
    return gamma * (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-5) + beta


def np_gelu(x: np.ndarray) -> np.ndarray:
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


LABELS = np.array([1, 0, 2, 2])
CONDITION = np.array([[True], [False], [True]])
INDEX = np.array([[0, 2], [2, 1]])
NEAR_ONE_HOT = RNG.uniform(0, 1, (4, 3))

CASES: dict[str, Case] = {
    "abs": Case((away_from_zero(3, 4),), np.abs, entrywise=True),
    "add": Case((normal(3, 1), normal(4)), np.add, entrywise=True),
    "attention": Case(
        (normal(2, 3, 4), normal(2, 3, 4), normal(2, 3, 4)),
        np_attention,
        {"heads": 2, "mask": np.tri(3, dtype=bool)},
    ),
    "avg_pool2d": Case((normal(2, 2, 4, 5),), lambda x, k: np_pool(x, k, np.mean), {"k": 2}),
    "binary_cross_entropy": Case(
        (normal(4, 3),),
        lambda z, y: -(y * np.log(np_sigmoid(z)) + (1 - y) * np.log(1 - np_sigmoid(z))).mean(),
        constants=(NEAR_ONE_HOT,),
        analytic=False,
    ),
    "broadcast_to": Case((normal(3, 1),), lambda x, shape: x * np.ones(shape), {"shape": (2, 3, 4)}),
    "conv2d": Case((normal(2, 3, 5, 6), normal(4, 3, 3, 3), normal(4)), np_conv2d, {"stride": 2, "padding": 1}),
    "cos": Case((normal(3, 4),), np.cos, entrywise=True),
    "divide": Case((normal(3, 1), away_from_zero(4)), np.divide, entrywise=True),
    "embedding": Case((normal(3, 4),), lambda E, index: E[index], {"index": INDEX}),
    "exp": Case((normal(3, 4),), np.exp, entrywise=True),
    "gelu": Case((normal(3, 4),), np_gelu, entrywise=True),
    "getitem": Case((normal(3, 4),), lambda x, index: x[index], {"index": (np.array([0, 0, 2]), slice(1, 3))}),
    "gru": Case((normal(2, 3, 2), normal(2, 9), normal(3, 9), normal(9), normal(9)), np_gru),
    "join": Case((normal(3, 2), normal(3, 1)), lambda x, y, axis: np.concatenate([x, y], axis), {"axis": 1}),
    "layer_norm": Case((normal(3, 4), normal(4), normal(4)), np_layer_norm),
    "linear": Case((normal(2, 3, 4), normal(4, 5), normal(5)), lambda X, W, b: X @ W + b),
    "log": Case((positive(3, 4),), np.log, entrywise=True),
    "log1p": Case((positive(3, 4),), np.log1p, entrywise=True),
    "log_softmax": Case((normal(3, 4),), lambda x, axis: np.log(np_softmax(x, axis)), {"axis": 0}),
    "logsumexp": Case((normal(3, 4),), lambda x, axis: np.log(np.exp(x).sum(axis)), {"axis": 0}),
    "lstm": Case((normal(2, 3, 2), normal(2, 12), normal(3, 12), normal(12)), np_lstm),
    "matmul": Case((normal(2, 1, 3, 4), normal(5, 4, 2)), np.matmul),
    "max": Case((distinct(3, 4),), lambda x, axis: x.max(axis), {"axis": 1}),
    "max_pool2d": Case((distinct(2, 2, 4, 5),), lambda x, k: np_pool(x, k, np.max), {"k": 2}),
    "maximum": Case((normal(3, 1), 5 + normal(4)), np.maximum, entrywise=True),
    "mean": Case((normal(3, 4),), lambda x, axis: x.mean(axis), {"axis": -1}),
    "mean_squared_error": Case((normal(3, 4), normal(3, 4)), lambda x, y: ((x - y) ** 2).mean()),
    "minimum": Case((normal(3, 1), 5 + normal(4)), np.minimum, entrywise=True),
    "multiply": Case((normal(3, 1), normal(4)), np.multiply, entrywise=True),
    "negative": Case((normal(3, 4),), np.negative, entrywise=True),
    "normalise": Case(
        (normal(5, 3),), lambda x, axes: (x - x.mean(axes)) / np.sqrt(x.var(axes) + 1e-5), {"axes": (0,)}
    ),
    "pad": Case((normal(2, 3),), lambda x, width: np.pad(x, width), {"width": [(1, 0), (0, 2)]}),
    "pile": Case((normal(3, 2), normal(3, 2)), lambda x, y, axis: np.stack([x, y], axis), {"axis": 1}),
    "power": Case((positive(3, 1), positive(4)), np.power, entrywise=True),
    "relu": Case((away_from_zero(3, 4),), lambda x: np.where(x > 0, x, 0), entrywise=True),
    "reshape": Case((normal(3, 4),), lambda x, shape: x.reshape(shape), {"shape": (2, -1)}),
    "rnn": Case((normal(2, 3, 2), normal(2, 3), normal(3, 3), normal(3)), np_rnn),
    "self_attention": Case(
        (normal(2, 3, 12),), lambda QKV, heads: np_attention(*np.split(QKV, 3, -1), heads=heads), {"heads": 2}
    ),
    "sigmoid": Case((normal(3, 4),), np_sigmoid, entrywise=True),
    "silu": Case((normal(3, 4),), lambda x: x * np_sigmoid(x), entrywise=True),
    "sin": Case((normal(3, 4),), np.sin, entrywise=True),
    "softmax": Case((normal(3, 4),), np_softmax, {"axis": 0}),
    "softmax_cross_entropy": Case(
        (normal(4, 3),),
        lambda z, y: -np.log(np_softmax(z))[np.arange(4), y].mean(),
        constants=(LABELS,),
        analytic=False,
    ),
    "softplus": Case((normal(3, 4),), lambda x: np.log(1 + np.exp(x)), entrywise=True),
    "sqrt": Case((positive(3, 4),), np.sqrt, entrywise=True),
    "square": Case((normal(3, 4),), np.square, entrywise=True),
    "subtract": Case((normal(3, 1), normal(4)), np.subtract, entrywise=True),
    "sum": Case((normal(3, 4),), lambda x, axis: x.sum(axis), {"axis": (0, 1)}),
    "tanh": Case((normal(3, 4),), np.tanh, entrywise=True),
    "transpose": Case((normal(2, 3, 4),), lambda x, axes: x.transpose(axes), {"axes": (2, 0, -2)}),
    "where": Case(
        (normal(3, 4), normal(4)), lambda x, y, condition: np.where(condition, x, y), {"condition": CONDITION}
    ),
}

every = pytest.mark.parametrize("name", sorted(CASES))
entrywise = pytest.mark.parametrize("name", sorted(name for name, case in CASES.items() if case.entrywise))


def run(name: str, *inputs: Any) -> Tensor:
    case = CASES[name]
    return OPS[name](*inputs, *case.constants, **case.options)


def gradients(name: str, inputs: tuple[np.ndarray, ...]) -> tuple[np.ndarray, list[np.ndarray | None]]:
    """The value, and the gradient of its weighted sum; the weights are unequal, so that no entry can hide."""
    tensors = [Tensor(x, needs_grad=True) for x in inputs]
    for tensor, x in zip(tensors, inputs, strict=True):
        tensor._value = x  # keep the memory layout under test: the constructor would copy it
    y = run(name, *tensors)
    y.backward(np.cos(1.0 + np.arange(y.size)).reshape(y.shape))
    return y.value, [t.grad for t in tensors]


def test_every_operation_has_a_case() -> None:
    """The list of cases is the list of operations made by this library."""
    ours = {name for name, f in OPS.items() if f.__module__.startswith("glideslope.")}
    assert ours - {"cube"} == set(CASES)


def test_every_public_operation_is_registered() -> None:
    """Each name of `autograd.ops` is an operation, or joins arrays through one."""
    composed = {"concatenate": "join", "stack": "pile"}
    assert {composed.get(name, name) for name in ops.__all__} <= set(OPS)


@every
def test_the_value_is_that_of_numpy(name: str) -> None:
    case = CASES[name]
    expected = case.numpy(*case.inputs, *case.constants, **case.options)
    actual = run(name, *case.inputs).value
    assert actual.shape == np.shape(expected)
    # a few rounding errors of float64, relative to numbers of size one
    np.testing.assert_allclose(actual, expected, rtol=1e-12, atol=1e-13)


@every
def test_the_gradient_is_the_central_difference(name: str) -> None:
    """Relative 1e-6: the quotient itself is good to about 1e-10 for functions of size one."""
    assert gradcheck(lambda *xs: run(name, *xs), *CASES[name].inputs, method="central", rtol=1e-6) <= 1e-6


@pytest.mark.parametrize("name", sorted(name for name, case in CASES.items() if case.analytic))
def test_the_gradient_is_the_complex_step(name: str) -> None:
    """No subtraction, so no rounding: 1e-12 is a few hundred units in the last place."""
    assert gradcheck(lambda *xs: run(name, *xs), *CASES[name].inputs, method="complex", rtol=1e-12) <= 1e-12


@every
def test_an_input_used_twice_gets_both_gradients(name: str) -> None:
    """d/dx of f(x) + 3 f(x) is four times that of f(x)."""
    inputs = CASES[name].inputs
    _, once = gradients(name, inputs)
    tensors = [Tensor(x, needs_grad=True) for x in inputs]
    y = run(name, *tensors) + 3 * run(name, *tensors)
    y.backward(np.cos(1.0 + np.arange(y.size)).reshape(y.shape))
    for t, g in zip(tensors, once, strict=True):
        np.testing.assert_allclose(t.grad, 4 * g, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("name", ["add", "divide", "multiply", "power", "subtract"])
def test_one_tensor_as_both_inputs(name: str) -> None:
    assert gradcheck(lambda x: OPS[name](x, x), positive(3), rtol=1e-6) <= 1e-6


@every
def test_memory_layout_does_not_matter(name: str) -> None:
    """Reversed, strided and transposed memory gives the same value and gradient as contiguous memory."""
    inputs = CASES[name].inputs
    value, expected = gradients(name, inputs)
    for change in (_strided, np.asfortranarray, _read_only):
        again, actual = gradients(name, tuple(change(x) for x in inputs))
        # BLAS may sum in another order for another layout
        np.testing.assert_allclose(again, value, rtol=1e-12, atol=1e-13)
        for a, e in zip(actual, expected, strict=True):
            np.testing.assert_allclose(a, e, rtol=1e-12, atol=1e-13)


@every
def test_inputs_are_left_alone(name: str) -> None:
    before = [x.copy() for x in CASES[name].inputs]
    gradients(name, CASES[name].inputs)
    for x, b in zip(CASES[name].inputs, before, strict=True):
        np.testing.assert_array_equal(x, b)


@every
def test_the_incoming_gradient_is_left_alone(name: str) -> None:
    tensors = [Tensor(x, needs_grad=True) for x in CASES[name].inputs]
    y = run(name, *tensors)
    g = np.cos(1.0 + np.arange(y.size)).reshape(y.shape)
    before = g.copy()
    y.backward(g)
    np.testing.assert_array_equal(g, before)


@every
def test_single_precision_stays_single_and_agrees(name: str) -> None:
    inputs = CASES[name].inputs
    _, expected = gradients(name, inputs)
    tensors = [Tensor(x.astype(np.float32), needs_grad=True) for x in inputs]
    y = run(name, *tensors)
    assert y.dtype == np.float32
    shares = []
    for node_input, share in _shares(y):
        shares.append(share)
        assert share.dtype == np.float32, f"the pullback of {name} widens a gradient of shape {node_input.shape}"
    for g, e in zip(shares, expected, strict=True):
        # 1e-7 per operation, some tens of operations, entries of size one
        np.testing.assert_allclose(g, e, rtol=2e-4, atol=2e-5)


@entrywise
def test_a_number_without_axes_works(name: str) -> None:
    inputs = tuple(np.array(x.flat[0]) for x in CASES[name].inputs)
    assert run(name, *inputs).shape == ()
    assert gradcheck(lambda *xs: run(name, *xs), *inputs, rtol=1e-6) <= 1e-6


@entrywise
def test_an_empty_array_works(name: str) -> None:
    value, gs = gradients(name, tuple(np.empty((0, 3)) for _ in CASES[name].inputs))
    assert value.shape == (0, 3)
    assert all(g.shape == (0, 3) for g in gs)


@pytest.mark.parametrize("name", sorted(name for name, case in CASES.items() if case.entrywise and len(case.inputs) == 2))
def test_broadcasting_sums_the_gradient(name: str) -> None:
    """An input stretched from () or (1, 3) to (2, 3) receives a gradient of its own shape."""
    x, y = (np.full((2, 3), x.flat[0]) + 0.1 * np.arange(6).reshape(2, 3) for x in CASES[name].inputs)
    for a, b in ((x, y[:1]), (np.array(x[0, 0]), y)):
        assert gradcheck(lambda *xs: run(name, *xs), a, b, rtol=1e-6) <= 1e-6
        _, gs = gradients(name, (a, b))
        assert [g.shape for g in gs] == [np.shape(a), np.shape(b)]


SUM_OVER_EMPTY = {
    "sum": ((0, 3), {"axis": 0}),
    "softmax": ((0, 3), {"axis": 1}),
    "log_softmax": ((0, 3), {"axis": 1}),
    "logsumexp": ((0, 3), {"axis": 1}),
    "reshape": ((0, 3), {"shape": (3, 0)}),
    "transpose": ((0, 3), {}),
    "getitem": ((0, 3), {"index": (slice(None), 1)}),
    "mean": ((0, 3), {"axis": 1}),
    "max": ((0, 3), {"axis": 1}),
    "max_pool2d": ((0, 2, 4, 4), {}),
    "avg_pool2d": ((0, 2, 4, 4), {}),
}


@pytest.mark.parametrize("name", sorted(SUM_OVER_EMPTY))
def test_an_empty_batch_works(name: str) -> None:
    shape, options = SUM_OVER_EMPTY[name]
    x = Tensor(np.empty(shape), needs_grad=True)
    y = OPS[name](x, **options)
    y.backward(np.ones(y.shape))
    assert x.grad.shape == shape


EMPTY_BATCH = {
    "linear": [(0, 4), (4, 5), (5,)],
    "conv2d": [(0, 3, 5, 5), (4, 3, 3, 3), (4,)],
    "layer_norm": [(0, 4), (4,), (4,)],
    "rnn": [(0, 3, 2), (2, 3), (3, 3), (3,)],
    "lstm": [(0, 3, 2), (2, 12), (3, 12), (12,)],
    "gru": [(0, 3, 2), (2, 9), (3, 9), (9,), (9,)],
    "attention": [(0, 3, 4), (0, 3, 4), (0, 3, 4)],
    "self_attention": [(0, 3, 12)],
    "matmul": [(0, 4), (4, 5)],
}


@pytest.mark.parametrize("name", sorted(EMPTY_BATCH))
def test_a_batch_of_no_examples_gives_zero_weight_gradients(name: str) -> None:
    tensors = [Tensor(np.ones(shape), needs_grad=True) for shape in EMPTY_BATCH[name]]
    y = OPS[name](*tensors)
    y.backward(np.ones(y.shape))
    assert all(t.grad.shape == t.shape and not t.grad.any() for t in tensors)


@pytest.mark.parametrize(
    "name", sorted(name for name, case in CASES.items() if case.entrywise and len(case.inputs) == 2)
)
def test_shapes_that_do_not_meet_name_the_operation(name: str) -> None:
    words = rf"^{name} expected shapes that meet, got \(3,\) and \(4,\): .*; reshape or transpose an input\.$"
    with pytest.raises(glideslope.errors.ShapeError, match=words):
        run(name, np.ones(3), np.ones(4))


def _shares(y: Tensor) -> list[tuple[Tensor, np.ndarray]]:
    from glideslope.autograd.backward import _pull

    return list(_pull(y, np.cos(1.0 + np.arange(y.size)).reshape(y.shape).astype(y.dtype)))


def _strided(x: np.ndarray) -> np.ndarray:
    """The same numbers, every second one of a larger reversed array."""
    wide = np.full(tuple(2 * n for n in x.shape), np.nan)
    view = wide[tuple(slice(None, None, -2) for _ in x.shape)]
    view[...] = x
    return view


def _read_only(x: np.ndarray) -> np.ndarray:
    x = x.copy()
    x.flags.writeable = False
    return x
