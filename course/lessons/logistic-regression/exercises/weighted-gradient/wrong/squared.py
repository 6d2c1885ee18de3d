# [en] The slope of the sigmoid, a (1 − a), stands there still: that is the gradient of half the squared error. With this price it cancels. [zh] sigmoid 的斜率 a (1 − a) 还留在里面：那是误差平方之半的梯度。用这里的代价，它会约掉。
import numpy as np


def weighted_gradient(w, X, y, s):
    a = 1 / (1 + np.exp(-(X @ w)))
    return X.T @ (s * (a - y) * a * (1 - a)) / s.sum()
