import numpy as np


def weighted_gradient(w, X, y, s):
    total = np.zeros(len(w))
    for row, label, times in zip(X, y, s, strict=True):
        a = 1 / (1 + np.exp(-row @ w))
        total += times * (a - label) * row
    return total / sum(s)
