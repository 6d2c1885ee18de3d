"""What is true of every layer and network exported by `glideslope.nn`.

A new module is found through `nn.__all__`; without an example here, `test_every_module_has_an_example` fails.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from glideslope import nn
from glideslope.autograd import OPS, Tensor, gradcheck, no_grad
from glideslope.errors import ShapeError


@dataclass
class Example:
    """How to make a module, an input for it, and the shape that must come out."""

    make: Callable[[np.random.Generator], nn.Module]
    input: tuple[int, ...]
    output: tuple[int, ...]
    wrong: tuple[int, ...] | None = None  # an input whose width does not fit
    mixes_batch: bool = False  # an example's output depends on the others


EXAMPLES = {
    "AvgPool2d": Example(lambda rng: nn.AvgPool2d(2), (2, 3, 4, 5), (2, 3, 2, 2), (2, 3, 1, 4)),
    "BatchNorm": Example(lambda rng: nn.BatchNorm(3), (4, 3), (4, 3), (4, 2), mixes_batch=True),
    "Conv2d": Example(lambda rng: nn.Conv2d(2, 3, 3, padding=1, rng=rng), (2, 2, 4, 5), (2, 3, 4, 5), (2, 3, 4, 5)),
    "Dropout": Example(lambda rng: nn.Dropout(0.5, rng=rng), (4, 3), (4, 3)),
    "Embedding": Example(lambda rng: nn.Embedding(5, 3, rng=rng), (4, 2), (4, 2, 3)),
    "Flatten": Example(lambda rng: nn.Flatten(), (2, 3, 4, 5), (2, 60)),
    "GELU": Example(lambda rng: nn.GELU(), (4, 3), (4, 3)),
    "GRU": Example(lambda rng: nn.GRU(3, 2, rng=rng), (2, 4, 3), (2, 4, 2), (2, 4, 5)),
    "LSTM": Example(lambda rng: nn.LSTM(3, 2, rng=rng), (2, 4, 3), (2, 4, 2), (2, 4, 5)),
    "LastStep": Example(lambda rng: nn.LastStep(), (2, 4, 3), (2, 3)),
    "LayerNorm": Example(lambda rng: nn.LayerNorm(3), (4, 3), (4, 3), (4, 2)),
    "Linear": Example(lambda rng: nn.Linear(3, 2, rng=rng), (4, 3), (4, 2), (4, 5)),
    "MaxPool2d": Example(lambda rng: nn.MaxPool2d(2), (2, 3, 4, 5), (2, 3, 2, 2), (2, 3, 1, 4)),
    "MultiHeadAttention": Example(lambda rng: nn.MultiHeadAttention(4, 2, rng=rng), (2, 3, 4), (2, 3, 4), (2, 3, 6)),
    "RNN": Example(lambda rng: nn.RNN(3, 2, rng=rng), (2, 4, 3), (2, 4, 2), (2, 4, 5)),
    "ReLU": Example(lambda rng: nn.ReLU(), (4, 3), (4, 3)),
    "Sequential": Example(lambda rng: nn.mlp(3, 4, 2, rng=rng), (4, 3), (4, 2), (4, 5)),
    "SiLU": Example(lambda rng: nn.SiLU(), (4, 3), (4, 3)),
    "Sigmoid": Example(lambda rng: nn.Sigmoid(), (4, 3), (4, 3)),
    "Tanh": Example(lambda rng: nn.Tanh(), (4, 3), (4, 3)),
    "TransformerBlock": Example(lambda rng: nn.TransformerBlock(4, 2, rng=rng), (2, 3, 4), (2, 3, 4), (2, 3, 6)),
}

every = pytest.mark.parametrize("name", sorted(EXAMPLES))


def build(name: str, dtype: Any = np.float32) -> nn.Module:
    return EXAMPLES[name].make(np.random.default_rng(7)).astype(dtype)


def example_input(name: str, dtype: Any = np.float32) -> np.ndarray:
    rng = np.random.default_rng(8)
    if name == "Embedding":
        return rng.integers(0, 5, EXAMPLES[name].input)
    x = rng.normal(size=EXAMPLES[name].input)
    return (x + 0.2 * np.sign(x)).astype(dtype)  # away from the kink of the rectifier


def test_every_module_has_an_example() -> None:
    exported = {
        name for name in nn.__all__ if inspect.isclass(getattr(nn, name)) and issubclass(getattr(nn, name), nn.Module)
    }
    assert exported - {"Module"} == set(EXAMPLES)


def test_every_public_name_exists_once() -> None:
    assert len(set(nn.__all__)) == len(nn.__all__)
    assert all(hasattr(nn, name) for name in nn.__all__)


def test_every_public_operation_of_nn_is_registered() -> None:
    operations = {"attention", "avg_pool2d", "conv2d", "embedding", "gelu", "gru", "layer_norm", "lstm", "max_pool2d"}
    assert operations <= set(OPS) & set(nn.__all__)


@every
def test_the_output_has_the_promised_shape_and_type(name: str) -> None:
    y = build(name)(example_input(name))
    assert y.shape == EXAMPLES[name].output
    assert y.dtype == np.float32


@every
def test_the_gradient_of_input_and_parameters_is_the_central_difference(name: str) -> None:
    module, x = build(name, np.float64), example_input(name, np.float64)
    module.eval() if name == "Dropout" else module.train()  # a mask must not change between two evaluations
    parameters = [p for _, p in module.named_parameters()]

    def f(*values: Tensor) -> Tensor:
        swapped = dict(zip(parameters, values[:-1] if name != "Embedding" else values, strict=True))
        return _run_with(module, swapped, x if name == "Embedding" else values[-1])

    inputs = [p.value.copy() for p in parameters] + ([] if name == "Embedding" else [x])
    assert gradcheck(f, *inputs, rtol=1e-6) <= 1e-6


@every
def test_a_seed_fixes_every_bit(name: str) -> None:
    outputs = [build(name)(example_input(name)).value for _ in range(2)]
    np.testing.assert_array_equal(*outputs)


@every
def test_evaluation_is_repeatable_and_train_undoes_it(name: str) -> None:
    module, x = build(name), example_input(name)
    module.eval()
    np.testing.assert_array_equal(module(x).value, module(x).value)
    assert all(not part.training for _, part in module.modules())
    module.train()
    assert all(part.training for _, part in module.modules())


@every
def test_the_input_is_left_alone(name: str) -> None:
    module, x = build(name), example_input(name)
    before = x.copy()
    y = module(x)
    if y.needs_grad:
        y.backward(np.ones(y.shape))
    np.testing.assert_array_equal(x, before)


@every
def test_examples_of_a_batch_do_not_mix(name: str) -> None:
    """The output for one example is the same alone and in company (after training for BatchNorm)."""
    module, x = build(name), example_input(name)
    module.eval()
    # another batch size may change the order of a sum inside BLAS
    np.testing.assert_allclose(module(x[:1]).value, module(x).value[:1], rtol=1e-5, atol=1e-6)


@every
def test_flattening_changes_no_output_and_gradients_land_in_one_vector(name: str) -> None:
    module, x = build(name).eval(), example_input(name)
    before = module(x).value
    flat = nn.flatten(module)
    np.testing.assert_array_equal(module(x).value, before)
    assert flat.values.size == sum(p.size for _, p in module.named_parameters())
    if flat.values.size:
        y = module(x)
        y.backward(np.ones(y.shape))
        np.testing.assert_array_equal(flat.gradients, np.concatenate([p.grad.ravel() for p in flat.parameters]))
        flat.values[...] += 1.0
        assert all((p.value == flat_part).all() for p, flat_part in _parts(flat))
    assert nn.flatten(module) is flat


@every
def test_weights_survive_a_file(name: str, tmp_path: Any) -> None:
    first, second = build(name), EXAMPLES[name].make(np.random.default_rng(99))
    x = example_input(name)
    first(x)  # moves running statistics away from their start
    nn.save_weights(first, tmp_path / "weights.safetensors")
    nn.load_weights(second, tmp_path / "weights.safetensors")
    np.testing.assert_array_equal(first.eval()(x).value, second.eval()(x).value)


@every
def test_no_grad_gives_the_same_numbers_and_no_graph(name: str) -> None:
    module, x = build(name).eval(), example_input(name)
    with no_grad():
        y = module(x)
    assert not y.needs_grad
    np.testing.assert_array_equal(y.value, module(x).value)


@pytest.mark.parametrize("name", sorted(name for name, example in EXAMPLES.items() if example.wrong))
def test_a_wrong_width_names_the_width_that_came(name: str) -> None:
    wrong = EXAMPLES[name].wrong
    with pytest.raises(ShapeError, match=rf".*{', '.join(map(str, wrong))}.*: .*\.$"):
        build(name)(np.ones(wrong, np.float32))


@every
def test_the_docstring_runs_an_example(name: str) -> None:
    assert ">>> " in inspect.getdoc(getattr(nn, name))


def _run_with(module: nn.Module, swapped: dict[Tensor, Tensor], x: Any) -> Tensor:
    """Run the module with other tensors in the place of its parameters."""
    changed = []
    for _, part in module.modules():
        for attribute, value in list(vars(part).items()):
            if isinstance(value, Tensor) and value in swapped:
                setattr(part, attribute, swapped[value])
                changed.append((part, attribute, value))
            elif isinstance(value, np.ndarray):
                setattr(part, attribute, value.copy())
    try:
        return module(x)
    finally:
        for part, attribute, value in changed:
            setattr(part, attribute, value)


def _parts(flat: nn.Flat) -> list[tuple[Tensor, np.ndarray]]:
    starts = np.cumsum([0, *(p.size for p in flat.parameters)])
    return [(p, flat.values[a : a + p.size].reshape(p.shape)) for p, a in zip(flat.parameters, starts, strict=False)]
