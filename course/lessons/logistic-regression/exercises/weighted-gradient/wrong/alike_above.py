# [en] `s` stands in the denominator only; above it has to multiply the error of each reading. [zh] `s` 只出现在分母里；分子上也要乘到每个读数的误差上。
import numpy as np


def weighted_gradient(w, X, y, s):
    a = 1 / (1 + np.exp(-(X @ w)))
    return X.T @ (a - y) / s.sum()
