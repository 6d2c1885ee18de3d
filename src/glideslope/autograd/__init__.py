"""Automatic differentiation you can read: a `Tensor`, a backward pass, operations as forward and pullback.

Read `tensor.py`, `backward.py` and the files of `ops`, in that order.
"""

from glideslope.autograd import ops
from glideslope.autograd.buffers import clear_buffers
from glideslope.autograd.draw import draw
from glideslope.autograd.errors import GradientError, GraphError, NonFiniteError
from glideslope.autograd.functional import grad, jacobian, value_and_grad, vjp
from glideslope.autograd.gradcheck import gradcheck
from glideslope.autograd.tensor import OPS, Tensor, no_grad, op

__all__ = [
    "OPS",
    "GradientError",
    "GraphError",
    "NonFiniteError",
    "Tensor",
    "clear_buffers",
    "draw",
    "grad",
    "gradcheck",
    "jacobian",
    "no_grad",
    "op",
    "ops",
    "value_and_grad",
    "vjp",
]
