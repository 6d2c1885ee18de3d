# [en] The bias is penalised, too; the first weight is free, in the slopes and in the Hessian. [zh] 偏置也被惩罚了；第一个权重是自由的，斜率和 Hessian 里都不加。
import numpy as np


def newton_step(w, X, y, lam):
    a = 1 / (1 + np.exp(-(X @ w)))
    penalty = lam * np.ones(len(w))
    g = X.T @ (a - y) / len(y) + penalty * w
    H = (X * (a * (1 - a))[:, None]).T @ X / len(y) + np.diag(penalty)
    return w - np.linalg.solve(H, g)
