r"""Weights from and to PyTorch: the same numbers in both, layer by layer.

Torch keeps \(W^\top\) where we keep W, and two biases in recurrent layers where their sum is what counts; the rest is equal.
Layers are paired in the order in which they were made. Use it to check a network of ours against torch, or to start from its weights.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from glideslope._typing import ndarray
from glideslope.errors import GlideslopeError, ShapeError
from glideslope.nn.module import Module

__all__ = ["from_torch", "to_torch"]


@dataclass(frozen=True)
class _Pair:
    """Our array and torch's tensor for the same numbers; `second` is torch's second bias, zero on our side."""

    ours: ndarray
    theirs: Any
    second: Any = None


def to_torch(model: Module, module: Any) -> None:
    """Copy our weights and running statistics into a torch module with the same layers.

    Args:
        model: ours.
        module: a `torch.nn.Module`; changed in place.

    Raises:
        GlideslopeError: the layers do not correspond; names the first pair that does not.
        ShapeError: a layer has other widths.
    """
    for pair in _pairs(model, module):
        _view(pair.theirs)[...] = pair.ours
        if pair.second is not None:
            _view(pair.second)[...] = 0


def from_torch(module: Any, model: Module) -> None:
    """Copy the weights and running statistics of a torch module into our model with the same layers.

    Args:
        module: a `torch.nn.Module`.
        model: ours; changed in place.

    Raises:
        GlideslopeError: the layers do not correspond; names the first pair that does not.
        ShapeError: a layer has other widths.
    """
    for pair in _pairs(model, module):
        pair.ours[...] = _view(pair.theirs)
        if pair.second is not None:
            pair.ours[...] += _view(pair.second)
    for _, p in model.named_parameters():
        p._version += 1


def _pairs(model: Module, module: Any) -> list[_Pair]:
    ours, theirs = list(_our_units(model)), list(_their_units(module))
    names = [type(m).__name__ for m in ours], [type(m).__name__ for m in theirs]
    if len(ours) != len(theirs) or any(b not in LAYERS[a][0] for a, b in zip(*names, strict=False)):
        raise GlideslopeError(
            f"Expected the same layers in both, got {', '.join(names[0])} here and {', '.join(names[1])} in torch: "
            "build the torch module with the layers in our order."
        )
    pairs = [pair for a, b in zip(ours, theirs, strict=True) for pair in LAYERS[type(a).__name__][1](a, b)]
    for pair in pairs:
        if pair.ours.shape != tuple(pair.theirs.shape):
            raise ShapeError(
                f"Expected the same widths in both, got {pair.ours.shape} here and {tuple(pair.theirs.shape)} in torch "
                "(as torch stores it): build the torch module with our widths. Nothing was copied."
            )
    return pairs


def _our_units(module: Module) -> Iterator[Module]:
    if type(module).__name__ in LAYERS:
        yield module
    else:
        for _, child in module.children():
            yield from _our_units(child)


def _their_units(module: Any) -> Iterator[Any]:
    if any(type(module).__name__ in names for names, _ in LAYERS.values()):
        yield module
    else:
        for child in module.children():
            yield from _their_units(child)


def _linear(a: Any, b: Any) -> list[_Pair]:
    return [_Pair(a.W._value.T, b.weight), _Pair(a.b._value, b.bias)]


def _conv(a: Any, b: Any) -> list[_Pair]:
    return [_Pair(a.W._value, b.weight), _Pair(a.b._value, b.bias)]


def _layer_norm(a: Any, b: Any) -> list[_Pair]:
    return [_Pair(a.gamma._value, b.weight), _Pair(a.beta._value, b.bias)]


def _batch_norm(a: Any, b: Any) -> list[_Pair]:
    return [*_layer_norm(a, b), _Pair(a.running_mean, b.running_mean), _Pair(a.running_var, b.running_var)]


def _recurrent(a: Any, b: Any) -> list[_Pair]:
    matrices = [_Pair(a.Wx._value.T, b.weight_ih_l0), _Pair(a.Wh._value.T, b.weight_hh_l0)]
    return [*matrices, _Pair(a.b._value, b.bias_ih_l0, second=b.bias_hh_l0)]


def _gru(a: Any, b: Any) -> list[_Pair]:
    matrices = [_Pair(a.Wx._value.T, b.weight_ih_l0), _Pair(a.Wh._value.T, b.weight_hh_l0)]
    return [*matrices, _Pair(a.bx._value, b.bias_ih_l0), _Pair(a.bh._value, b.bias_hh_l0)]


def _attention(a: Any, b: Any) -> list[_Pair]:
    inward = [_Pair(a.qkv.W._value.T, b.in_proj_weight), _Pair(a.qkv.b._value, b.in_proj_bias)]
    return inward + _linear(a.out, b.out_proj)


def _block(a: Any, b: Any) -> list[_Pair]:
    first, _, second = a.feed_forward.layers
    norms = _layer_norm(a.norm1, b.norm1) + _layer_norm(a.norm2, b.norm2)
    return norms + _attention(a.attention, b.self_attn) + _linear(first, b.linear1) + _linear(second, b.linear2)


Correspondence = Callable[[Any, Any], list[_Pair]]

LAYERS: dict[str, tuple[tuple[str, ...], Correspondence]] = {
    "Linear": (("Linear",), _linear),
    "Conv2d": (("Conv2d",), _conv),
    "LayerNorm": (("LayerNorm",), _layer_norm),
    "BatchNorm": (("BatchNorm1d", "BatchNorm2d"), _batch_norm),
    "Embedding": (("Embedding",), lambda a, b: [_Pair(a.E._value, b.weight)]),
    "RNN": (("RNN",), _recurrent),
    "LSTM": (("LSTM",), _recurrent),
    "GRU": (("GRU",), _gru),
    "MultiHeadAttention": (("MultiheadAttention",), _attention),
    "TransformerBlock": (("TransformerEncoderLayer",), _block),
}


def _view(tensor: Any) -> ndarray:
    """The tensor's memory as an array."""
    return np.asarray(tensor.detach().numpy())
