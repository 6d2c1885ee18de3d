import numpy as np


def weighted_gradient(w, X, y, s):
    error = np.exp(X @ w) / (1 + np.exp(X @ w)) - y
    return np.average(error[:, None] * X, axis=0, weights=s)
