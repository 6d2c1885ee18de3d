# [en] This is the step alone; return the new weights, `w` and the step together. [zh] 这只是步子本身；请返回新的权重，也就是 `w` 加上这一步。
import numpy as np


def newton_step(w, X, y, lam):
    a = 1 / (1 + np.exp(-(X @ w)))
    penalty = lam * (np.arange(len(w)) > 0)
    g = X.T @ (a - y) / len(y) + penalty * w
    H = (X * (a * (1 - a))[:, None]).T @ X / len(y) + np.diag(penalty)
    return -np.linalg.solve(H, g)
