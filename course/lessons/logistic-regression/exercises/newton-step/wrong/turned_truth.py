# [en] The slopes of the mean price have the wrong sign: they are answer minus truth. [zh] 平均代价的斜率符号反了：应当是回答减真相。
import numpy as np


def newton_step(w, X, y, lam):
    a = 1 / (1 + np.exp(-(X @ w)))
    penalty = lam * (np.arange(len(w)) > 0)
    g = X.T @ (y - a) / len(y) + penalty * w
    H = (X * (a * (1 - a))[:, None]).T @ X / len(y) + np.diag(penalty)
    return w - np.linalg.solve(H, g)
