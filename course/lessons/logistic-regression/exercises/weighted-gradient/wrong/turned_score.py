# [en] The sigmoid has lost its minus: $1 / (1 + e^{z})$ is the probability of label 0. [zh] sigmoid 丢了负号：$1 / (1 + e^{z})$ 是标签 0 的概率。
import numpy as np


def weighted_gradient(w, X, y, s):
    a = 1 / (1 + np.exp(X @ w))
    return X.T @ (s * (a - y)) / s.sum()
