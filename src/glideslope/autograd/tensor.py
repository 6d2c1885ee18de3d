r"""A value that remembers how it was made, and reverse-mode differentiation.

Every operation stores its inputs and a pullback: the map from \(\partial L/\partial y\) to \(\partial L/\partial x\).
`backward` walks the operations from last to first and applies the chain rule
\(\bar x = \sum_{y \in \text{children}(x)} J_{y,x}^\top \bar y\); a value used twice receives a sum of two terms.
Use it whenever a scalar depends on many numbers: one backward pass costs about two forward passes, whatever their count.
"""

import itertools
import threading
from collections.abc import Callable, Iterator
from functools import wraps
from types import TracebackType
from typing import Any

import numpy as np

from glideslope._typing import ndarray
from glideslope.autograd.backward import run_backward
from glideslope.autograd.errors import GraphError
from glideslope.errors import GlideslopeError, ShapeError

__all__ = ["OPS", "Pullback", "Tensor", "no_grad", "op"]

Pullback = Callable[[ndarray], Any] | tuple[Callable[[ndarray], Any], ...]

OPS: dict[str, Callable[..., "Tensor"]] = {}  # every operation made with @op, by name
_clock = itertools.count()  # operations are numbered as they run: a topological order for free


class Tensor:
    r"""Hold an array and, if it was computed from others, how to differentiate it.

    Args:
        value: an array or nested lists; copied. Integers become float64; float32 stays float32.
        needs_grad: whether `backward` shall store \(\partial L/\partial\)value in `.grad`.
        name: shown in pictures and error messages.

    Example:
        >>> x = Tensor([1.0, 2.0, 3.0], needs_grad=True)
        >>> (x * x).sum().backward()
        >>> x.grad
        array([2., 4., 6.])
    """

    __slots__ = (
        "__weakref__",
        "_inputs",
        "_op",
        "_order",
        "_parents",
        "_pullback",
        "_value",
        "_version",
        "grad",
        "name",
        "needs_grad",
    )
    __array_ufunc__ = None  # ndarray + Tensor calls Tensor.__radd__

    _value: ndarray
    _inputs: tuple[Any, ...]
    _parents: tuple[tuple[int, "Tensor", int], ...]  # position among the inputs, the input, its version then
    _pullback: Pullback | None
    grad: ndarray | None
    name: str
    needs_grad: bool

    def __init__(self, value: Any, *, needs_grad: bool = False, name: str = "") -> None:
        array = np.array(value._value if isinstance(value, Tensor) else value)
        self._value = array if array.dtype.kind in "fc" else array.astype(np.float64)
        self.needs_grad, self.name, self.grad = needs_grad, name, None
        self._op, self._inputs, self._parents, self._pullback = "", (), (), None
        self._order, self._version = -1, 0

    # --- looking at it -----------------------------------------------------------------------------------------

    @property
    def value(self) -> ndarray:
        """The array, read-only; `assign` changes it."""
        view = self._value.view()
        view.flags.writeable = False
        return view

    @property
    def shape(self) -> tuple[int, ...]:
        """The length of each axis."""
        return self._value.shape

    @property
    def dtype(self) -> np.dtype:
        """The element type."""
        return self._value.dtype

    @property
    def ndim(self) -> int:
        """The number of axes."""
        return self._value.ndim

    @property
    def size(self) -> int:
        """The number of entries."""
        return self._value.size

    def item(self) -> float:
        """Return the only entry as a Python number."""
        return self._value.item()

    def __float__(self) -> float:
        return float(self._value.item())

    def __len__(self) -> int:
        return len(self._value)

    def __iter__(self) -> Iterator["Tensor"]:
        return (self[i] for i in range(len(self)))

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> ndarray:
        return np.array(self._value, dtype=dtype)

    def __repr__(self) -> str:
        label = f", op={self._op!r}" if self._op else ""
        return f"Tensor({np.array2string(self._value, separator=', ', prefix='Tensor(')}{label})"

    # --- changing it -------------------------------------------------------------------------------------------

    def assign(self, value: Any) -> None:
        """Overwrite the entries; a graph that still needs the old ones will refuse to be differentiated.

        Raises:
            GraphError: this value was computed from others, so it is not free to change.
        """
        self[...] = value

    def __setitem__(self, index: Any, value: Any) -> None:
        if self._parents:
            raise GraphError(
                f"Only an input can be changed in place, but this value was computed by {self._op!r}: "
                "change a copy made with detach(), or build the new value with where() or concatenate()."
            )
        self._value[index] = value._value if isinstance(value, Tensor) else value
        self._version += 1

    def detach(self) -> "Tensor":
        """Return a copy of the value that remembers nothing."""
        return Tensor(self._value)

    # --- differentiating it ------------------------------------------------------------------------------------

    def backward(self, gradient: Any = None, *, keep: bool = False) -> None:
        r"""Store \(\partial L/\partial x\) in `.grad` of every leaf x with `needs_grad` that L (this value) depends on.

        Args:
            gradient: \(\partial L/\partial\)self when this value is not itself a scalar; ones for a scalar.
            keep: keep the graph for another pass and the gradients of intermediate values too (`draw` shows them).

        Raises:
            ShapeError: not a scalar and no gradient given.
            GraphError: the graph was used before, or a value in it has been changed since.
            NonFiniteError: the value is NaN or infinite; names the first operation that made it.

        Cost: about two forward passes. Memory is returned as the walk proceeds, unless `keep`.
        """
        run_backward(self, gradient, keep)

    def _accumulate(self, g: ndarray) -> None:
        if self.grad is None:
            self.grad = np.array(g, dtype=self._value.dtype)  # a copy: two leaves may share one g
        else:
            self.grad += g

    # --- operators: each is one operation of `glideslope.autograd.ops` -----------------------------------------

    def __add__(self, other: Any) -> "Tensor":
        return OPS["add"](self, other)

    def __radd__(self, other: Any) -> "Tensor":
        return OPS["add"](other, self)

    def __sub__(self, other: Any) -> "Tensor":
        return OPS["subtract"](self, other)

    def __rsub__(self, other: Any) -> "Tensor":
        return OPS["subtract"](other, self)

    def __mul__(self, other: Any) -> "Tensor":
        return OPS["multiply"](self, other)

    def __rmul__(self, other: Any) -> "Tensor":
        return OPS["multiply"](other, self)

    def __truediv__(self, other: Any) -> "Tensor":
        return OPS["divide"](self, other)

    def __rtruediv__(self, other: Any) -> "Tensor":
        return OPS["divide"](other, self)

    def __pow__(self, other: Any) -> "Tensor":
        return OPS["power"](self, other)

    def __neg__(self) -> "Tensor":
        return OPS["negative"](self)

    def __matmul__(self, other: Any) -> "Tensor":
        return OPS["matmul"](self, other)

    def __rmatmul__(self, other: Any) -> "Tensor":
        return OPS["matmul"](other, self)

    def __getitem__(self, index: Any) -> "Tensor":
        return OPS["getitem"](self, index=index)

    def __lt__(self, other: Any) -> ndarray:
        return self._value < _array(other)

    def __gt__(self, other: Any) -> ndarray:
        return self._value > _array(other)

    def sum(self, axis: Any = None, keepdims: bool = False) -> "Tensor":
        """Return the sum over `axis` (all axes by default)."""
        return OPS["sum"](self, axis=axis, keepdims=keepdims)

    def mean(self, axis: Any = None, keepdims: bool = False) -> "Tensor":
        """Return the mean over `axis` (all axes by default)."""
        return OPS["mean"](self, axis=axis, keepdims=keepdims)

    def reshape(self, *shape: int) -> "Tensor":
        """Return the same entries in another shape."""
        return OPS["reshape"](self, shape=shape)

    def transpose(self, *axes: int) -> "Tensor":
        """Return the axes in another order, reversed by default."""
        return OPS["transpose"](self, axes=axes or None)

    @property
    def T(self) -> "Tensor":  # noqa: N802
        """The axes reversed."""
        return OPS["transpose"](self, axes=None)


class _Mode(threading.local):
    recording = True


_mode = _Mode()


class no_grad:  # noqa: N801
    """Compute without recording: no graph, no memory kept; use it to evaluate a trained model.

    Example:
        >>> x = Tensor(2.0, needs_grad=True)
        >>> with no_grad():
        ...     y = x * x
        >>> y.needs_grad
        False
    """

    def __enter__(self) -> None:
        self.before, _mode.recording = _mode.recording, False

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        _mode.recording = self.before


def op(forward: Callable[..., tuple[Any, Pullback]]) -> Callable[..., Tensor]:
    r"""Make a differentiable operation of a function of arrays that returns (value, pullback).

    Equation: the pullback maps \(\bar y = \partial L/\partial y\) to \(\bar x_i = J_i^\top \bar y\). It is either a tuple
    with one function per input (called only for inputs that need a gradient), or one function returning one gradient or a
    tuple of them, an entry of which may be a function without arguments, again called only when needed.
    Axes along which NumPy stretched an input are summed by the caller of the pullback: an operation need not mind them.

    Example:
        >>> @op
        ... def cube(x):
        ...     return x**3, lambda g: g * 3 * x**2
        >>> x = Tensor(2.0, needs_grad=True)
        >>> cube(x).backward(); float(x.grad)
        12.0
    """
    name = forward.__name__.rstrip("_")

    @wraps(forward)
    def recorded(*inputs: Any, **options: Any) -> Tensor:
        try:
            value, pullback = forward(*[x._value if isinstance(x, Tensor) else x for x in inputs], **options)
        except ValueError as error:
            better = _meet(name, inputs, error)
            raise better from (None if better is error else error)
        y = Tensor.__new__(Tensor)
        y._value, y.grad, y.name, y._version = np.asarray(value), None, "", 0
        y._op, y._inputs, y._parents, y._pullback, y._order = name, (), (), None, -1
        y.needs_grad = False
        if _mode.recording:
            parents = [(i, x, x._version) for i, x in enumerate(inputs) if isinstance(x, Tensor) and x.needs_grad]
            if parents:
                y._inputs, y._parents, y._pullback, y._order = inputs, tuple(parents), pullback, next(_clock)
                y.needs_grad = True
        return y

    OPS[name] = recorded
    return recorded


def _meet(name: str, inputs: tuple[Any, ...], error: ValueError) -> Exception:
    """NumPy's complaint about shapes, with the operation's name and what to do; any other error as it is."""
    words = str(error)
    if isinstance(error, GlideslopeError) or not any(
        word in words for word in ("shape", "dimension", "axis", "axes", "size")
    ):
        return error
    shapes = " and ".join(str(np.shape(_array(x))) for x in inputs)
    return ShapeError(
        f"{name} expected shapes that meet, got {shapes}: {words.rstrip('. ')}; reshape or transpose an input."
    )


def _array(x: Any) -> Any:
    return x._value if isinstance(x, Tensor) else x
