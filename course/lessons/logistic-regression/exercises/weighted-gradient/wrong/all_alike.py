# [en] All readings count alike here: `s` has to multiply the error of each. [zh] 这里每个读数都一样重：`s` 要乘到各自的误差上。
import numpy as np


def weighted_gradient(w, X, y, s):
    a = 1 / (1 + np.exp(-(X @ w)))
    return X.T @ (a - y) / len(y)
