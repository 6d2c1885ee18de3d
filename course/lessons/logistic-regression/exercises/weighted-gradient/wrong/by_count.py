# [en] This divides by the number of readings; together they weigh `s.sum()`. [zh] 你除以了读数的个数；它们的总重是 `s.sum()`。
import numpy as np


def weighted_gradient(w, X, y, s):
    a = 1 / (1 + np.exp(-(X @ w)))
    return X.T @ (s * (a - y)) / len(y)
