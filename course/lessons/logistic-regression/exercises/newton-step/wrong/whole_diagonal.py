# [en] The Hessian penalises the bias, too: the first entry of its diagonal gets no $\lambda$. [zh] Hessian 里偏置也被惩罚了：对角线的第一个元素不加 $\lambda$。
import numpy as np


def newton_step(w, X, y, lam):
    a = 1 / (1 + np.exp(-(X @ w)))
    penalty = lam * (np.arange(len(w)) > 0)
    g = X.T @ (a - y) / len(y) + penalty * w
    H = (X * (a * (1 - a))[:, None]).T @ X / len(y) + lam * np.eye(len(w))
    return w - np.linalg.solve(H, g)
