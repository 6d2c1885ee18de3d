import numpy as np


def weighted_gradient(w, X, y, s):
    """Return the gradient of sum(s * C) / sum(s) along w; X is (N, D), y and s are (N,)."""
    a = 1 / (1 + np.exp(-(X @ w)))
    return X.T @ (s * (a - y)) / s.sum()
