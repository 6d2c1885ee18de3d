"""What other people's code answers: the only importer of scikit-learn, torch, scipy.optimize and sympy in tests.

Each oracle imports its package when it is called, so a test that needs none pays for none.
`peer("sklearn.cluster").KMeans` reaches anything else; a missing package skips the test.
"""

import importlib
from types import ModuleType
from typing import Any

import numpy as np
import pytest

__all__ = [
    "central_difference",
    "exact_softmax",
    "peer",
    "torch_cross_entropy",
    "torch_optimiser_path",
]


def peer(module: str) -> ModuleType:
    """Import a module of another project, or skip the test that asked for it."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as missing:
        pytest.skip(f"the oracle {missing.name} is not installed")


def central_difference(f: Any, x: np.ndarray, h: float = 6e-6) -> np.ndarray:
    """Return the gradient of the scalar f at x; h balances truncation h² and rounding 1e-16/h in float64."""
    gradient = np.empty_like(x, dtype=np.float64)
    for i in np.ndindex(x.shape):
        e = np.zeros_like(x, dtype=np.float64)
        e[i] = h
        gradient[i] = (f(x + e) - f(x - e)) / (2 * h)
    return gradient


def exact_softmax(z: np.ndarray, digits: int = 50) -> np.ndarray:
    """Return softmax of a float64 vector, computed with 50 digits and rounded once."""
    mpmath = peer("mpmath")
    with mpmath.workdps(digits):
        powers = [mpmath.exp(mpmath.mpf(float(v)) - mpmath.mpf(float(z.max()))) for v in z]
        total = mpmath.fsum(powers)
        return np.array([float(p / total) for p in powers])


def torch_cross_entropy(z: np.ndarray, y: np.ndarray, **options: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return torch's cross-entropy and the gradient of its sum with respect to the logits (class axis 1)."""
    torch = peer("torch")
    if "weight" in options:
        options["weight"] = torch.tensor(options["weight"])
    logits = torch.tensor(z, requires_grad=True)
    loss = torch.nn.functional.cross_entropy(logits, torch.tensor(y), **options)
    loss.sum().backward()
    return loss.detach().numpy(), logits.grad.numpy()


def torch_optimiser_path(name: str, theta: np.ndarray, gradients: np.ndarray, **options: Any) -> np.ndarray:
    """Return the parameters after each of the given gradients, by torch.optim.<name>."""
    torch = peer("torch")
    parameter = torch.nn.Parameter(torch.tensor(theta))
    optimiser = getattr(torch.optim, name)([parameter], **options)
    path = []
    for g in gradients:
        parameter.grad = torch.tensor(g)
        optimiser.step()
        path.append(parameter.detach().numpy().copy())
    return np.array(path)
