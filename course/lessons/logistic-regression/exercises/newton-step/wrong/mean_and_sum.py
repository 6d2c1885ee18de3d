# [en] The Hessian is a sum over the readings, the slopes a mean: both must be of the same price. [zh] Hessian 是对读数求和，斜率却是平均：两者要出自同一个代价。
import numpy as np


def newton_step(w, X, y, lam):
    a = 1 / (1 + np.exp(-(X @ w)))
    penalty = lam * (np.arange(len(w)) > 0)
    g = X.T @ (a - y) / len(y) + penalty * w
    H = (X * (a * (1 - a))[:, None]).T @ X + np.diag(penalty)
    return w - np.linalg.solve(H, g)
