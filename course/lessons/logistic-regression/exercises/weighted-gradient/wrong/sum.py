# [en] The sum over the readings is not divided by the sum of `s`. [zh] 对读数求和之后，没有除以 `s` 之和。
import numpy as np


def weighted_gradient(w, X, y, s):
    a = 1 / (1 + np.exp(-(X @ w)))
    return X.T @ (s * (a - y))
