"""Laws the layers obey: symmetries, variances, and equality of the compiled twins with the plain versions."""

from typing import Any

import numpy as np
import pytest

from glideslope import kernels, nn
from glideslope.autograd import Tensor, no_grad, ops
from glideslope.errors import GlideslopeError, ShapeError
from glideslope.nn import conv

RNG = np.random.default_rng(11)


def test_attention_follows_a_permutation_of_the_positions() -> None:
    """Without positions in the input, permuting it permutes the output and changes nothing else."""
    layer = nn.MultiHeadAttention(8, 2, rng=np.random.default_rng(0)).astype(np.float64)
    x, order = RNG.normal(size=(2, 6, 8)), RNG.permutation(6)
    np.testing.assert_allclose(layer(x[:, order]).value, layer(x).value[:, order], rtol=1e-11, atol=1e-13)


def test_a_causal_mask_hides_the_future() -> None:
    """Changing the last position changes no output before it: the gradient there is exactly zero too."""
    block = nn.TransformerBlock(8, 2, rng=np.random.default_rng(0)).astype(np.float64)
    x = Tensor(RNG.normal(size=(1, 5, 8)), needs_grad=True)
    block(x, mask=nn.causal_mask(5))[:, 2].sum().backward()
    assert not x.grad[:, 3:].any()
    assert x.grad[:, :3].all()


def test_positions_break_the_symmetry() -> None:
    layer = nn.MultiHeadAttention(8, 2, rng=np.random.default_rng(0)).astype(np.float64)
    x, order = RNG.normal(size=(1, 6, 8)) + nn.sinusoidal_positions(6, 8), np.arange(6)[::-1]
    moved = x[:, order] - nn.sinusoidal_positions(6, 8)[order] + nn.sinusoidal_positions(6, 8)
    assert np.abs(layer(moved).value - layer(x).value[:, order]).max() > 0.01


def test_positions_come_in_pairs() -> None:
    """Sine and cosine of one angle: their squares add to one. So the number of features is even."""
    pairs = nn.sinusoidal_positions(50, 8).reshape(50, 4, 2)
    np.testing.assert_allclose((pairs**2).sum(-1), 1, rtol=1e-6)
    words = r"^sinusoidal_positions expected an even number of features, got 7: use 8\.$"
    with pytest.raises(ShapeError, match=words):
        nn.sinusoidal_positions(50, 7)


def test_a_query_that_may_look_nowhere_gets_zeros() -> None:
    q = Tensor(RNG.normal(size=(1, 2, 4)), needs_grad=True)
    z = nn.attention(q, q, q, mask=np.array([[True, True], [False, False]]))
    assert not z.value[0, 1].any()
    z.sum().backward()
    assert np.isfinite(q.grad).all()


def test_scaled_scores_have_variance_one() -> None:
    """Var(q·k/√d) = 1 for independent standard normal q and k: 20 000 samples, so within 5 %."""
    d = 64
    q, k = RNG.normal(size=(2, 20_000, d))
    assert abs(((q * k).sum(1) / np.sqrt(d)).var() - 1) < 0.05


@pytest.mark.parametrize("shift", [(1, 0), (0, 2), (-2, 1)])
def test_convolution_follows_a_shift_of_the_picture(shift: tuple[int, int]) -> None:
    """Away from the border, shifting the picture shifts the map."""
    layer = nn.Conv2d(2, 3, 3, rng=np.random.default_rng(0)).astype(np.float64)
    x = RNG.normal(size=(1, 2, 12, 12))
    moved = layer(np.roll(x, shift, axis=(2, 3))).value
    expected = np.roll(layer(x).value, shift, axis=(2, 3))
    np.testing.assert_allclose(moved[..., 2:-2, 2:-2], expected[..., 2:-2, 2:-2], rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize("size_bytes", [1, 2 * (3 * 2 * 2 * 5 * 4 * 8) + 7, 10**9])
def test_a_convolution_in_blocks_is_the_whole(size_bytes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """One output row at a time; two of the five at a time, so that the last block is shorter; all at once."""
    x, W = RNG.normal(size=(4, 3, 11, 10)), RNG.normal(size=(2, 3, 2, 2))
    results = []
    for bytes_at_once in (conv.BLOCK_BYTES, size_bytes):
        monkeypatch.setattr(conv, "BLOCK_BYTES", bytes_at_once)
        inputs = [Tensor(a, needs_grad=True) for a in (x, W, np.ones(2))]
        z = nn.conv2d(*inputs, stride=2)
        z.backward(np.cos(np.arange(z.size)).reshape(z.shape))
        results.append([z.value, *(t.grad for t in inputs)])
    for whole, blocks in zip(*results, strict=True):
        np.testing.assert_allclose(blocks, whole, rtol=1e-12, atol=1e-13)


def test_pooling_halves_a_shift_of_two() -> None:
    x = RNG.normal(size=(1, 1, 12, 12))
    for pool in (nn.max_pool2d, nn.avg_pool2d):
        moved = pool(np.roll(x, 2, axis=3), k=2).value
        np.testing.assert_array_equal(moved, np.roll(pool(x, k=2).value, 1, axis=3))


def test_a_tie_of_the_maximum_gives_its_gradient_once() -> None:
    for dtype in (np.float64, np.float32):  # the plain and the compiled version
        x = Tensor(np.zeros((1, 1, 2, 2), dtype), needs_grad=True)
        nn.max_pool2d(x, k=2).sum().backward()
        np.testing.assert_array_equal(x.grad[0, 0], [[1, 0], [0, 0]])


@pytest.mark.parametrize("layer", [nn.RNN, nn.LSTM, nn.GRU])
def test_a_sequence_in_two_halves_of_the_batch_is_the_same(layer: Any) -> None:
    """And the first steps do not depend on the later ones."""
    memory = layer(3, 4, rng=np.random.default_rng(0)).astype(np.float64)
    x = RNG.normal(size=(4, 6, 3))
    whole = memory(x).value
    np.testing.assert_allclose(np.concatenate([memory(x[:2]).value, memory(x[2:]).value]), whole, rtol=1e-12)
    np.testing.assert_allclose(memory(x[:, :3]).value, whole[:, :3], rtol=1e-12)


def test_an_open_forget_gate_keeps_the_gradient_over_many_steps() -> None:
    """With f ≈ 1 the gradient of the first input survives 60 steps in an LSTM and vanishes in a plain RNN."""
    x = RNG.normal(size=(1, 60, 2))
    sizes = {}
    for layer in (nn.LSTM, nn.RNN):
        memory = layer(2, 8, rng=np.random.default_rng(0)).astype(np.float64)
        if layer is nn.LSTM:
            memory.b[8:16] = 6.0
        else:
            memory.Wh.assign(0.5 * memory.Wh.value)
        start = Tensor(x, needs_grad=True)
        memory(start)[:, -1].sum().backward()
        sizes[layer.__name__] = np.abs(start.grad[0, 0]).max()
    assert sizes["RNN"] < 1e-8 < 1e-4 < sizes["LSTM"]


def test_layer_norm_ignores_shift_and_scale_of_a_row() -> None:
    layer, x = nn.LayerNorm(16).astype(np.float64), RNG.normal(size=(3, 16))
    np.testing.assert_allclose(
        layer(7 * x - 3).value, layer(x).value, rtol=2e-5, atol=1e-5
    )  # eps = 1e-5 under the root


def test_batch_norm_ignores_shift_and_scale_of_a_feature() -> None:
    layer, x = nn.BatchNorm(4).astype(np.float64), RNG.normal(size=(30, 4))
    np.testing.assert_allclose(layer(7 * x - 3).value, layer(x).value, atol=1e-4)


def test_batch_norm_refuses_a_single_example() -> None:
    with pytest.raises(
        ShapeError, match=r"^BatchNorm expected at least 2 values per feature in training, got 1: use a larger batch\.$"
    ):
        nn.BatchNorm(3)(np.ones((1, 3)))


def test_dropout_keeps_the_mean_and_the_share() -> None:
    """100 000 entries: the mean of x/(1 − p) is within 5 standard errors."""
    z = nn.Dropout(0.3, rng=np.random.default_rng(0))(np.ones(100_000)).value
    assert abs(z.mean() - 1) < 5 * np.sqrt(0.3 / 0.7 / 100_000)
    assert set(np.unique(z)) == {0.0, 1 / 0.7}


@pytest.mark.parametrize("p", [-0.1, 1.0])
def test_dropout_refuses_what_is_not_a_probability(p: float) -> None:
    with pytest.raises(
        GlideslopeError, match=rf"^Dropout expected a probability p with 0 <= p < 1, got {p}: 0\.1 to 0\.5 are usual\.$"
    ):
        nn.Dropout(p, rng=np.random.default_rng(0))(np.ones(3))


@pytest.mark.parametrize("law", ["normal", "uniform"])
def test_initialisers_have_the_variance_they_promise(law: Any) -> None:
    """120 000 draws: the sample variance is within 2 % (its standard error is at most 0.4 %)."""
    rng = np.random.default_rng(0)
    assert abs(nn.he((300, 400), 300, rng=rng, law=law).var() * 300 / 2 - 1) < 0.02
    assert abs(nn.xavier((300, 400), 300, 400, rng=rng, law=law).var() * 350 - 1) < 0.02


def test_a_uniform_law_has_an_edge_and_a_normal_one_does_not() -> None:
    """Uniform with variance s² ends at √3 s; of 120 000 normal draws about one in twelve lies beyond."""
    edge = np.sqrt(3 * 2 / 300)
    uniform, normal = (
        np.abs(nn.he((300, 400), 300, rng=np.random.default_rng(0), law=law)) for law in ("uniform", "normal")
    )
    assert 0.999 * edge < uniform.max() < 1.000001 * edge  # float32
    assert abs((normal > edge).mean() - 0.0833) < 0.005


def test_he_keeps_the_size_of_a_signal_through_ten_rectified_layers() -> None:
    """E[x²] stays within a factor 2 over ten layers of 500; with half the variance it would fall by 2¹⁰."""
    rng = np.random.default_rng(0)
    x = start = rng.normal(size=(200, 500)).astype(np.float32)
    for _ in range(10):
        x = nn.Sequential(nn.Linear(500, 500, rng=rng), nn.ReLU())(x).value
    assert 0.5 < (x**2).mean() / (start**2).mean() < 2


def test_embedding_sums_the_gradient_of_a_repeated_symbol() -> None:
    layer = nn.Embedding(4, 2, rng=np.random.default_rng(0))
    layer(np.array([[1, 1], [1, 3]])).sum().backward()
    np.testing.assert_array_equal(layer.E.grad, [[0, 0], [3, 3], [0, 0], [1, 1]])


def test_embedding_names_the_range() -> None:
    with pytest.raises(ShapeError, match=r"^embedding expected indices in 0 … 3, got 1 … 4: enlarge the table\.$"):
        nn.Embedding(4, 2, rng=np.random.default_rng(0))(np.array([1, 4]))


def test_losses_refuse_to_broadcast() -> None:
    words = r"^mean_squared_error expected two arrays of one shape, got \(3, 1\) and \(3,\): reshape one of them\.$"
    with pytest.raises(ShapeError, match=words):
        nn.mean_squared_error(np.ones((3, 1)), np.ones(3))


def test_initial_cross_entropy_of_k_classes_is_log_k() -> None:
    assert abs(nn.softmax_cross_entropy(np.zeros((5, 7)), np.arange(5)).item() - np.log(7)) < 1e-15


# How far the twins may part, in roundings of the largest entry: an entry of a matrix product inherits the rounding of its
# largest terms, not of itself. Each is at least twice the worst of a thousand draws (1.8, 3.1, 0, 13.4, 6.4).
TWINS = {
    "gelu": (lambda x: nn.gelu(x), (64, 48), 4),
    "layer_norm": (
        lambda x: nn.layer_norm(x, 1 + 0.1 * np.arange(48, dtype=np.float32), np.ones(48, np.float32)),
        (64, 48),
        8,
    ),
    "max_pool2d": (lambda x: nn.max_pool2d(x, k=2), (8, 3, 7, 10), 0),
    "self_attention": (lambda x: nn.self_attention(x, heads=4), (2, 16, 48), 32),
    "lstm": (lambda x: nn.LSTM(5, 8, rng=np.random.default_rng(0))(x), (3, 12, 5), 16),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(TWINS))
def test_the_compiled_twin_equals_the_plain_version(name: str) -> None:
    """Value and gradient, float32, over twenty draws."""
    pytest.importorskip("numba")
    f, shape, roundings = TWINS[name]
    for seed in range(20):
        x, results = np.random.default_rng(seed).normal(0, 2, shape).astype(np.float32), []
        for backend in ("numpy", "numba"):
            with kernels.use_backend(backend):
                start = Tensor(x, needs_grad=True)
                y = f(start)
                y.backward(np.cos(np.arange(y.size)).reshape(y.shape))
                results.append((y.value, start.grad))
        for plain, compiled in zip(*results, strict=True):
            assert plain.dtype == compiled.dtype == np.float32
            bound = roundings * np.finfo(np.float32).eps * np.abs(plain).max()
            np.testing.assert_allclose(compiled, plain, rtol=0, atol=bound, err_msg=f"seed {seed}")


def test_small_probabilities_keep_their_digits() -> None:
    """σ(−x) = e^{−x}/(1 + e^{−x}) and its slope to a few roundings, where ½ + ½ tanh(x/2) would give 0."""
    x = np.concatenate([np.linspace(-700, 30, 5001), [0.0]])
    start = Tensor(x, needs_grad=True)
    z = ops.sigmoid(start)
    z.sum().backward()
    with np.errstate(under="ignore"):
        e = np.exp(-np.abs(x))
    np.testing.assert_allclose(z.value, np.where(x > 0, 1, e) / (1 + e), rtol=1e-15)
    np.testing.assert_allclose(start.grad, e / (1 + e) ** 2, rtol=2e-15)


@pytest.mark.parametrize("backend", ["numpy", "numba"])
@pytest.mark.parametrize("name", ["gelu", "silu"])
def test_smooth_rectifiers_are_good_to_single_precision(name: str, backend: str) -> None:
    """Each term of value and slope within (1 + 2|a|) units of rounding: an error δ of a moves σ(a) by a factor 1 + δ.

    The absolute floor is where exp leaves the normal numbers, 1e-38, times the largest |x a'(x)|, some 300.
    """
    if backend == "numba":
        pytest.importorskip("numba")
    x = np.concatenate([np.linspace(-12, 12, 200_001), np.geomspace(1e-30, 1, 1000)]).astype(np.float32)
    start = Tensor(x, needs_grad=True)
    with kernels.use_backend(backend):
        z = getattr(nn, name)(start)
        z.sum().backward()
    x = x.astype(np.float64)
    root = np.sqrt(8 / np.pi) if name == "gelu" else 1.0
    a, a_slope = (root * (x + 0.044715 * x**3), root * (1 + 3 * 0.044715 * x**2)) if name == "gelu" else (x, 1.0)
    p, p_slope = 1 / (1 + np.exp(-a)), 1 / (np.exp(a / 2) + np.exp(-a / 2)) ** 2
    unit = 2 * np.finfo(np.float32).eps * (1 + np.abs(a))
    assert (np.abs(z.value - x * p) <= unit * np.abs(x * p) + 1e-35).all()
    off = np.abs(start.grad - (p + x * a_slope * p_slope))
    assert (off <= unit * (p + np.abs(x * a_slope * p_slope)) + 1e-35).all()


def test_the_written_out_tanh_is_good_to_single_precision() -> None:
    """Every tenth float32 between 1e-3 and 12 or so: within 6 units in the last place of the exact value, never above 1."""
    pytest.importorskip("numba")
    from glideslope.nn._fused_loops import _tanh

    x = np.geomspace(1e-3, 12, 20_000).astype(np.float32)
    ours = np.array([_tanh(v) for v in np.concatenate([x, -x])])
    exact = np.tanh(np.concatenate([x, -x]).astype(np.float64))
    assert np.abs(ours / exact - 1).max() < 4e-7
    assert np.abs(ours).max() <= 1


def test_two_runs_of_a_network_share_no_memory_with_their_results() -> None:
    """Buffers are reused, results are not: the output of the first run survives the second."""
    model = nn.lenet(rng=np.random.default_rng(0))
    a, b = RNG.normal(size=(2, 8, 1, 28, 28)).astype(np.float32)
    with no_grad():
        first = model(a)
        kept = first.value.copy()
        model(b)
    np.testing.assert_array_equal(first.value, kept)
