"""Softmax, cross-entropy and the steps of optimisers: what every trained model here computes.

Plain NumPy that reads like the formula, and a compiled twin behind the same names when Numba is installed
(`pip install "glideslope[fast]"`); `backend()` says which one computes, `use_backend` changes it for a while.
"""

from glideslope.kernels.backend import backend, use_backend
from glideslope.kernels.crossentropy import cross_entropy, cross_entropy_with_gradient
from glideslope.kernels.linear_crossentropy import linear_cross_entropy
from glideslope.kernels.logistic import binary_cross_entropy, binary_cross_entropy_with_gradient, sigmoid
from glideslope.kernels.probabilities import log_softmax, logsumexp, softmax
from glideslope.kernels.update_rules import adam_update, momentum_update, sgd_update

__all__ = [
    "adam_update",
    "backend",
    "binary_cross_entropy",
    "binary_cross_entropy_with_gradient",
    "cross_entropy",
    "cross_entropy_with_gradient",
    "linear_cross_entropy",
    "log_softmax",
    "logsumexp",
    "momentum_update",
    "sgd_update",
    "sigmoid",
    "softmax",
    "use_backend",
]

for _name in __all__:
    globals()[_name].__module__ = __name__  # tracebacks and help show the path people import from
del _name
