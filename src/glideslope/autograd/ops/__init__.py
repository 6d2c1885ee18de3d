"""Differentiable operations: each is a forward function and its pullback, a line apart.

`arithmetic` (broadcasting), `elementary` (one entry at a time), `reduce` (sums, maxima, softmax),
`shape` (moving entries), `linalg` (matrix products). Layers with a fused pullback live in `glideslope.nn`.
"""

from glideslope.autograd.ops.arithmetic import add, divide, maximum, minimum, multiply, negative, power, subtract, where
from glideslope.autograd.ops.elementary import abs, cos, exp, log, log1p, relu, sigmoid, sin, sqrt, square, tanh
from glideslope.autograd.ops.linalg import linear, matmul
from glideslope.autograd.ops.reduce import log_softmax, logsumexp, max, mean, softmax, sum
from glideslope.autograd.ops.shape import broadcast_to, concatenate, getitem, pad, reshape, stack, transpose

__all__ = [
    "abs",
    "add",
    "broadcast_to",
    "concatenate",
    "cos",
    "divide",
    "exp",
    "getitem",
    "linear",
    "log",
    "log1p",
    "log_softmax",
    "logsumexp",
    "matmul",
    "max",
    "maximum",
    "mean",
    "minimum",
    "multiply",
    "negative",
    "pad",
    "power",
    "relu",
    "reshape",
    "sigmoid",
    "sin",
    "softmax",
    "sqrt",
    "square",
    "stack",
    "subtract",
    "sum",
    "tanh",
    "transpose",
    "where",
]
