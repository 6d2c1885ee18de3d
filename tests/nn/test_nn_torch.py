"""Our layers against torch's: the same weights, the same numbers, the same gradients, in both directions of the bridge."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from tests.oracles import peer

from glideslope import nn
from glideslope.errors import GlideslopeError, ShapeError


def pairs() -> dict[str, tuple[Callable, Callable, tuple[int, ...]]]:
    """Name -> (ours, torch's, shape of an input)."""
    return {
        "linear": (lambda r: nn.Linear(4, 3, rng=r), lambda t: t.Linear(4, 3), (5, 4)),
        "conv": (
            lambda r: nn.Conv2d(2, 3, 3, stride=2, padding=1, rng=r),
            lambda t: t.Conv2d(2, 3, 3, 2, 1),
            (2, 2, 7, 6),
        ),
        "layer_norm": (lambda r: nn.LayerNorm(4), lambda t: t.LayerNorm(4), (5, 4)),
        "batch_norm": (lambda r: nn.BatchNorm(4), lambda t: t.BatchNorm1d(4), (5, 4)),
        "batch_norm_2d": (lambda r: nn.BatchNorm(3), lambda t: t.BatchNorm2d(3), (4, 3, 2, 2)),
        "max_pool": (lambda r: nn.MaxPool2d(3), lambda t: t.MaxPool2d(3), (2, 3, 7, 6)),
        "max_pool_2": (lambda r: nn.MaxPool2d(2), lambda t: t.MaxPool2d(2), (2, 3, 7, 6)),
        "avg_pool": (lambda r: nn.AvgPool2d(2), lambda t: t.AvgPool2d(2), (2, 3, 7, 6)),
        "gelu": (lambda r: nn.GELU(), lambda t: t.GELU(approximate="tanh"), (5, 4)),
        "silu": (lambda r: nn.SiLU(), lambda t: t.SiLU(), (5, 4)),
        "rnn": (lambda r: nn.RNN(3, 4, rng=r), lambda t: t.RNN(3, 4, batch_first=True), (2, 6, 3)),
        "lstm": (lambda r: nn.LSTM(3, 4, rng=r), lambda t: t.LSTM(3, 4, batch_first=True), (2, 6, 3)),
        "gru": (lambda r: nn.GRU(3, 4, rng=r), lambda t: t.GRU(3, 4, batch_first=True), (2, 6, 3)),
        "block": (lambda r: nn.TransformerBlock(8, 2, rng=r), _torch_block, (2, 5, 8)),
        "mlp": (
            lambda r: nn.mlp(4, 6, 3, rng=r),
            lambda t: t.Sequential(t.Linear(4, 6), t.ReLU(), t.Linear(6, 3)),
            (5, 4),
        ),
    }


def _torch_block(t: Any) -> Any:
    gelu = t.GELU(approximate="tanh")
    return t.TransformerEncoderLayer(8, 2, 32, dropout=0.0, activation=gelu, batch_first=True, norm_first=True)


every = pytest.mark.parametrize("name", sorted(pairs()))


def both(name: str, dtype: Any = np.float64) -> tuple[nn.Module, Any, np.ndarray]:
    torch = peer("torch")
    torch.manual_seed(5)
    make_ours, make_theirs, shape = pairs()[name]
    theirs = make_theirs(torch.nn).double()
    return make_ours(np.random.default_rng(5)).astype(dtype), theirs, np.random.default_rng(6).normal(size=shape)


def run_torch(theirs: Any, x: np.ndarray, g: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
    torch = peer("torch")
    x = torch.tensor(x, requires_grad=True)
    y = theirs(x)
    y = y[0] if isinstance(y, tuple) else y
    y.backward(torch.tensor(np.cos(1.0 + np.arange(y.numel()))).reshape(y.shape) if g is None else torch.tensor(g))
    return y.detach().numpy(), x.grad.numpy()


@every
@pytest.mark.parametrize("direction", ["to", "from"])
def test_the_same_weights_give_the_same_value_and_gradients(name: str, direction: str) -> None:
    ours, theirs, x = both(name)
    nn.to_torch(ours, theirs) if direction == "to" else nn.from_torch(theirs, ours)
    tensor = nn.flatten(ours) and _leaf(x)
    y = ours(tensor)
    y.backward(np.cos(1.0 + np.arange(y.size)).reshape(y.shape))
    value, gx = run_torch(theirs, x, None)
    np.testing.assert_allclose(y.value, value, rtol=1e-10, atol=1e-12)  # float64, sums of some hundred terms
    np.testing.assert_allclose(tensor.grad, gx, rtol=1e-9, atol=1e-11)
    for pair in nn.torch_bridge._pairs(_with_gradients_as_values(ours), theirs):
        if pair.theirs.requires_grad:
            np.testing.assert_allclose(pair.ours, pair.theirs.grad.numpy(), rtol=1e-9, atol=1e-10)


@every
def test_there_and_back_is_the_identity(name: str) -> None:
    ours, theirs, _ = both(name)
    before = {key: value.copy() for key, value in nn.weights(ours).items()}
    nn.to_torch(ours, theirs)
    for value in nn.weights(ours).values():
        value[...] = 0
    nn.from_torch(theirs, ours)
    for key, value in nn.weights(ours).items():
        np.testing.assert_array_equal(value, before[key])


def test_running_statistics_follow_torch() -> None:
    ours, theirs, _ = both("batch_norm")
    torch = peer("torch")
    rng = np.random.default_rng(7)
    for _ in range(5):
        x = rng.normal(2.0, 3.0, (6, 4))
        ours(x)
        theirs(torch.tensor(x))
    np.testing.assert_allclose(ours.running_mean, theirs.running_mean.numpy(), rtol=1e-12)
    np.testing.assert_allclose(ours.running_var, theirs.running_var.numpy(), rtol=1e-12)
    x = rng.normal(size=(3, 4))
    np.testing.assert_allclose(ours.eval()(x).value, theirs.eval()(torch.tensor(x)).detach().numpy(), rtol=1e-12)


@pytest.mark.parametrize("causal", [False, True])
def test_attention_matches_torch_with_and_without_a_mask(causal: bool) -> None:
    torch = peer("torch")
    ours = nn.MultiHeadAttention(8, 2, rng=np.random.default_rng(1)).astype(np.float64)
    theirs = torch.nn.MultiheadAttention(8, 2, batch_first=True).double()
    nn.to_torch(ours, theirs)
    x = np.random.default_rng(2).normal(size=(2, 5, 8))
    mask = nn.causal_mask(5) if causal else None
    xt = torch.tensor(x)
    expected = theirs(xt, xt, xt, attn_mask=None if mask is None else torch.tensor(~mask), need_weights=False)[0]
    np.testing.assert_allclose(ours(x, mask=mask).value, expected.detach().numpy(), rtol=1e-11, atol=1e-12)


def test_cross_attention_matches_torch() -> None:
    torch = peer("torch")
    ours = nn.MultiHeadAttention(8, 2, rng=np.random.default_rng(1)).astype(np.float64)
    theirs = torch.nn.MultiheadAttention(8, 2, batch_first=True).double()
    nn.to_torch(ours, theirs)
    rng = np.random.default_rng(2)
    x, context = rng.normal(size=(2, 3, 8)), rng.normal(size=(2, 5, 8))
    c = torch.tensor(context)
    expected = theirs(torch.tensor(x), c, c, need_weights=False)[0].detach().numpy()
    np.testing.assert_allclose(ours(x, context=context).value, expected, rtol=1e-11, atol=1e-12)


@pytest.mark.parametrize("name", ["softmax_cross_entropy", "binary_cross_entropy", "mean_squared_error"])
def test_losses_match_torch(name: str) -> None:
    torch = peer("torch")
    rng = np.random.default_rng(3)
    z = rng.normal(0, 5, (6, 4))
    y = {"softmax_cross_entropy": rng.integers(0, 4, 6), "binary_cross_entropy": rng.random((6, 4))}.get(
        name, rng.normal(size=(6, 4))
    )
    functional = torch.nn.functional
    theirs = {
        "softmax_cross_entropy": functional.cross_entropy,
        "binary_cross_entropy": functional.binary_cross_entropy_with_logits,
        "mean_squared_error": functional.mse_loss,
    }[name]
    ours, zt = _leaf(z), torch.tensor(z, requires_grad=True)
    value, expected = getattr(nn, name)(ours, y), theirs(zt, torch.tensor(y))
    value.backward()
    expected.backward()
    assert abs(value.item() - expected.item()) < 1e-13 * max(1, expected.item())
    np.testing.assert_allclose(ours.grad, zt.grad.numpy(), rtol=1e-11, atol=1e-15)


def test_label_smoothing_matches_torch() -> None:
    torch = peer("torch")
    z, y = np.random.default_rng(3).normal(size=(6, 4)), np.array([0, 1, 2, 3, 0, 1])
    expected = torch.nn.functional.cross_entropy(torch.tensor(z), torch.tensor(y), label_smoothing=0.1).item()
    assert abs(nn.softmax_cross_entropy(z, y, label_smoothing=0.1).item() - expected) < 1e-14


def test_layers_that_do_not_correspond_are_named() -> None:
    torch = peer("torch")
    model = nn.mlp(4, 6, 3, rng=np.random.default_rng(0))
    words = (
        r"^Expected the same layers in both, got Linear, Linear here and Linear, LayerNorm in torch: "
        r"build the torch module with the layers in our order\.$"
    )
    with pytest.raises(GlideslopeError, match=words):
        nn.to_torch(model, torch.nn.Sequential(torch.nn.Linear(4, 6), torch.nn.LayerNorm(6)))


def test_other_widths_are_refused_and_nothing_is_copied() -> None:
    torch = peer("torch")
    model = nn.mlp(4, 6, 3, rng=np.random.default_rng(0))
    theirs = torch.nn.Sequential(torch.nn.Linear(4, 6), torch.nn.Linear(6, 2))
    before = theirs[0].weight.detach().clone()
    words = r"^Expected the same widths in both, got \(3, 6\) here and \(2, 6\) in torch .*Nothing was copied\.$"
    with pytest.raises(ShapeError, match=words):
        nn.to_torch(model, theirs)
    assert (theirs[0].weight == before).all()


@pytest.mark.slow
def test_the_loss_curve_is_that_of_torch() -> None:
    """50 steps of Adam from the same weights, float32: relative 1e-4 (rounding grows with the steps)."""
    torch = peer("torch")
    rng = np.random.default_rng(4)
    X, y = rng.normal(size=(256, 20)).astype(np.float32), rng.integers(0, 5, 256)
    ours = nn.mlp(20, 32, 5, rng=rng)
    theirs = torch.nn.Sequential(torch.nn.Linear(20, 32), torch.nn.ReLU(), torch.nn.Linear(32, 5))
    nn.to_torch(ours, theirs)
    a, b = nn.Adam(ours, lr=1e-2), torch.optim.Adam(theirs.parameters(), lr=1e-2)
    for _ in range(50):
        loss = nn.train_step(ours, X, y, a)
        b.zero_grad()
        expected = torch.nn.functional.cross_entropy(theirs(torch.tensor(X)), torch.tensor(y))
        expected.backward()
        b.step()
        assert abs(loss - expected.item()) <= 1e-4 * expected.item()


def _leaf(x: np.ndarray) -> Any:
    from glideslope.autograd import Tensor

    return Tensor(x, needs_grad=True)


def _with_gradients_as_values(model: nn.Module) -> nn.Module:
    for _, p in model.named_parameters():
        p._value = p.grad
    return model
