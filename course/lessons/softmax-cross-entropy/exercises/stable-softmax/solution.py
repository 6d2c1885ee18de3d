import numpy as np


def softmax(Z):
    """Return the softmax of each row of Z, shape (N, K)."""
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)
