r"""The backward pass: the chain rule, walked from the last operation to the first.

\(\bar x = \sum_{y \in \text{children}(x)} J_{y,x}^\top \bar y\), where \(\bar x\) stands for \(\partial L/\partial x\).
Operations are numbered as they run, so sorting by that number visits each one after everything that used it:
a list and a loop, no recursion, and a chain of ten thousand operations is as safe as a chain of two.
"""

import math
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from glideslope._typing import ndarray
from glideslope.autograd.errors import GraphError, NonFiniteError
from glideslope.errors import ShapeError

if TYPE_CHECKING:
    from glideslope.autograd.tensor import Tensor

__all__ = ["run_backward"]


def run_backward(root: "Tensor", gradient: Any, keep: bool) -> None:
    """Carry the gradient from `root` to every leaf; see `Tensor.backward`."""
    gradients, owned = {root: _seed(root, gradient)}, set["Tensor"]()
    _refuse_non_finite(root)
    for node in _operations(root):
        g = gradients.pop(node, None)
        if g is None:
            continue
        for x, share in _pull(node, g):
            _add(gradients, owned, x, share)
        if keep:
            node.grad = np.array(g) if node.grad is None else node.grad + g
        else:
            node._inputs, node._parents, node._pullback = (), (), _spent
    for leaf, g in gradients.items():
        leaf._accumulate(g)


def _operations(root: "Tensor") -> list["Tensor"]:
    """All operations `root` was computed with, last first."""
    found, waiting = {root}, [root]
    while waiting:
        for _, x, _ in waiting.pop()._parents:
            if x not in found:
                found.add(x)
                waiting.append(x)
    return sorted((node for node in found if node._pullback is not None), key=lambda node: -node._order)


def _pull(node: "Tensor", g: ndarray) -> Iterator[tuple["Tensor", ndarray]]:
    """Pairs (input, its share of the gradient) of one operation."""
    pulls = node._pullback
    if pulls is _spent:
        raise GraphError(
            f"backward expected a fresh graph, but the one behind {node._op!r} of shape {node.shape} has been used: "
            "compute the value again, or call backward(keep=True) the first time."
        )
    for i, x, version in node._parents:
        if x._version != version:
            raise _changed(node, i, x)
    shares = _shares(pulls, g)
    for i, x, _ in node._parents:
        share = shares[i]
        yield x, _unstretch(share() if callable(share) else share, x._value.shape)


def _shares(pulls: Any, g: ndarray) -> Sequence[Any]:
    """One entry per input: a gradient, or a function that computes it when asked."""
    if isinstance(pulls, tuple):
        return [partial(pull, g) for pull in pulls]
    shares = pulls(g)
    return shares if isinstance(shares, tuple) else (shares,)


def _add(gradients: dict["Tensor", ndarray], owned: set["Tensor"], x: "Tensor", g: ndarray) -> None:
    """Sum the terms of a value used more than once; only sums made here may be changed in place."""
    known = gradients.get(x)
    if known is None:
        gradients[x] = g
    elif x in owned:
        known += g
    else:
        gradients[x] = np.asarray(known + g)
        owned.add(x)


def _unstretch(g: Any, shape: tuple[int, ...]) -> ndarray:
    """Sum over the axes along which broadcasting repeated an input of this shape."""
    g = np.asarray(g)  # reductions to no axes give numbers, not arrays
    if g.shape == shape:
        return g
    g = np.asarray(g.sum(axis=tuple(range(g.ndim - len(shape)))))
    repeated = tuple(i for i, length in enumerate(shape) if length == 1 and g.shape[i] != 1)
    return g.sum(axis=repeated, keepdims=True) if repeated else g


def _seed(y: "Tensor", gradient: Any) -> ndarray:
    if not y.needs_grad:
        raise GraphError(
            "backward expected a value that depends on a tensor with needs_grad=True, but nothing was recorded: "
            "mark an input with needs_grad=True and compute outside no_grad()."
        )
    if gradient is not None:
        g = np.asarray(_array(gradient), dtype=y.dtype)
        if g.shape != y.shape:
            raise ShapeError(
                f"backward expected a gradient of shape {y.shape}, got {g.shape}: pass one entry per output."
            )
        return g
    if y.size != 1:
        raise ShapeError(
            f"backward starts from a scalar, but this value has shape {y.shape}: "
            "reduce it with sum() or mean(), or pass its gradient."
        )
    return np.ones(y.shape, y.dtype)


def _refuse_non_finite(root: "Tensor") -> None:
    if root.size != 1 or math.isfinite(abs(root._value.item())):
        return
    for node in reversed(_operations(root)):
        for x in node._inputs:
            if not getattr(x, "_op", "") and not _finite(x):
                name = getattr(x, "name", "") or "an input"
                raise NonFiniteError(
                    f"The loss is {root.item()}: {name} of {node._op!r} already held a NaN or an infinity "
                    "before the operation; check the data, or lower the step size if it is a parameter."
                )
        if not _finite(node):
            shapes = " and ".join(str(np.shape(_array(x))) for x in node._inputs)
            raise NonFiniteError(
                f"The loss is {root.item()}: {node._op!r} was the first operation to make a NaN or an infinity, "
                f"from finite inputs of shape {shapes}; look at their range."
            )


def _finite(x: Any) -> bool:
    return bool(np.isfinite(_array(x)).all())


def _changed(node: "Tensor", i: int, x: "Tensor") -> GraphError:
    who = f"{x.name!r}" if x.name else f"input {i}"
    return GraphError(
        f"{node._op!r} needs the value that {who} of shape {x.shape} had in the forward pass, but it was changed in place "
        "since: call backward() before changing it, or change a copy."
    )


def _array(x: Any) -> Any:
    return getattr(x, "_value", x)


def _spent(g: ndarray) -> None:
    raise AssertionError("marks a used graph; never called")
