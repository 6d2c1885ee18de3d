r"""A layer or a network: a function with parameters.

Parameters are `Tensor` attributes, state that is not learnt (running means) are array attributes, parts are `Module`
attributes or lists of them: nothing is registered, a walk over the attributes finds them all.
`flatten` moves all parameters into ONE vector \(\theta\in\mathbb R^p\) and leaves views behind, so that an optimiser
is a handful of array operations whatever the depth. Subclass it, make parts in `__init__`, compute in `forward`.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from glideslope._typing import Shaped, ndarray
from glideslope.autograd import Tensor
from glideslope.errors import GlideslopeError

__all__ = ["Flat", "Module", "Sequential", "flatten"]

M = TypeVar("M", bound="Module")

_watchers: list[Callable[["Module", tuple, Any], None]] = []  # `summary` listens here


class Module(ABC):
    """Compute outputs from inputs with parameters that can be learnt.

    Example:
        >>> class Scale(Module):
        ...     def __init__(self):
        ...         self.a = Tensor([2.0], needs_grad=True)
        ...     def forward(self, x):
        ...         return self.a * x
        >>> model = Scale()
        >>> model(np.array([3.0]))
        Tensor([6.], op='multiply')
        >>> dict(model.named_parameters())
        {'a': Tensor([2.])}
    """

    training = True

    @abstractmethod
    def forward(self, *inputs: Any) -> Any:
        """Compute the output; called by `model(x)`."""

    def __call__(self, *inputs: Any, **options: Any) -> Any:
        """Compute the output with `forward`."""
        output = self.forward(*inputs, **options)
        for watcher in _watchers:
            watcher(self, inputs, output)
        return output

    def children(self) -> Iterator[tuple[str, "Module"]]:
        """Yield (name, module) of the direct parts, in the order they were made."""
        for name, value in vars(self).items():
            if isinstance(value, Module):
                yield name, value
            elif isinstance(value, list | tuple):
                yield from ((f"{name}.{i}", part) for i, part in enumerate(value) if isinstance(part, Module))

    def modules(self, prefix: str = "") -> Iterator[tuple[str, "Module"]]:
        """Yield (dotted name, module) of this module and everything below it."""
        yield prefix, self
        for name, child in self.children():
            yield from child.modules(f"{prefix}.{name}" if prefix else name)

    def named_parameters(self) -> Iterator[tuple[str, Tensor]]:
        """Yield (dotted name, tensor) of everything learnt, each once."""
        seen = set[int]()
        for name, value in self._attributes():
            if isinstance(value, Tensor) and value.needs_grad and id(value) not in seen:
                seen.add(id(value))
                yield name, value

    def named_buffers(self) -> Iterator[tuple[str, ndarray]]:
        """Yield (dotted name, array) of the state that is kept but not learnt."""
        return ((name, value) for name, value in self._attributes() if isinstance(value, np.ndarray))

    def generators(self) -> list[np.random.Generator]:
        """Return the random generators in use, each once."""
        found = {id(value): value for _, value in self._attributes() if isinstance(value, np.random.Generator)}
        return list(found.values())

    def train(self: M) -> M:
        """Switch dropout and batch statistics on."""
        return self._set_training(True)

    def eval(self: M) -> M:
        """Switch dropout off and use running statistics."""
        return self._set_training(False)

    def astype(self: M, dtype: Any) -> M:
        """Convert parameters and buffers in place; layers are made in float32."""
        for _, module in self.modules():
            for name, value in list(vars(module).items()):
                if isinstance(value, Tensor):
                    value._value, value.grad = value._value.astype(dtype), None
                elif isinstance(value, np.ndarray) and value.dtype.kind == "f":
                    setattr(module, name, value.astype(dtype))
        return self

    def zero_grad(self) -> None:
        """Set every gradient to zero."""
        flatten(self).gradients.fill(0)

    def _set_training(self: M, training: bool) -> M:
        for _, module in self.modules():
            module.training = training
        return self

    def _attributes(self) -> Iterator[tuple[str, Any]]:
        for prefix, module in self.modules():
            for name, value in vars(module).items():
                if not name.startswith("_"):
                    yield (f"{prefix}.{name}" if prefix else name), value


class Sequential(Module):
    r"""Apply layers one after the other: \(f = f_L \circ \dots \circ f_1\).

    Example:
        >>> from glideslope.nn import Linear, ReLU
        >>> rng = np.random.default_rng(0)
        >>> Sequential(Linear(4, 8, rng=rng), ReLU(), Linear(8, 3, rng=rng))(np.ones((2, 4))).shape
        (2, 3)
    """

    def __init__(self, *layers: Module) -> None:
        self.layers = list(layers)

    def forward(self, x: Any) -> Tensor:
        """Return the output of the last layer."""
        for layer in self.layers:
            x = layer(x)
        return x


@dataclass(frozen=True)
class Flat:
    """All parameters of a model as one vector, and all gradients as another.

    Args:
        values: the parameters, shape (p,); each tensor of `parameters` is a view of a part.
        gradients: their gradients, shape (p,).
        parameters: the tensors, in order.
    """

    values: Shaped[ndarray, " p"]
    gradients: Shaped[ndarray, " p"]
    parameters: tuple[Tensor, ...]

    def is_current(self) -> bool:
        """Tell whether the tensors still are views of these vectors."""
        return all(p._value.base is self.values and p.grad is not None for p in self.parameters)

    def changed(self) -> None:
        """Tell every graph that the values are no longer those of its forward pass."""
        for p in self.parameters:
            p._version += 1


def flatten(model: Module) -> Flat:
    """Move the parameters and gradients into one vector each; do nothing if they are there already.

    Args:
        model: any module; parameters of one dtype.

    Returns:
        The two vectors. Writing to `values` changes the model.

    Cost: one copy the first time.

    Example:
        >>> from glideslope.nn import Linear
        >>> layer = Linear(3, 2, rng=np.random.default_rng(0))
        >>> flatten(layer).values.shape
        (8,)
    """
    known = vars(model).get("_flat")
    parameters = tuple(p for _, p in model.named_parameters())
    if known is not None and known.parameters == parameters and known.is_current():
        return known
    if len({p.dtype for p in parameters}) > 1:
        raise GlideslopeError(
            f"flatten expected parameters of one dtype, got {sorted({str(p.dtype) for p in parameters})}: use model.astype()."
        )
    size = sum(p.size for p in parameters)
    dtype = parameters[0].dtype if parameters else np.dtype(np.float32)
    flat = Flat(np.empty(size, dtype), np.zeros(size, dtype), parameters)
    start = 0
    for p in parameters:
        part = slice(start, start + p.size)
        start += p.size
        flat.values[part] = p._value.ravel()
        if p.grad is not None:
            flat.gradients[part] = p.grad.ravel()
        p._value, p.grad = flat.values[part].reshape(p.shape), flat.gradients[part].reshape(p.shape)
    vars(model)["_flat"] = flat
    return flat
