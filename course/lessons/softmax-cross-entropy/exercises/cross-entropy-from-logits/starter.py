import numpy as np


def cross_entropy(Z, y):
    """Return the mean cross-entropy of logits Z, shape (N, K), and true classes y, shape (N,)."""
    raise NotImplementedError
