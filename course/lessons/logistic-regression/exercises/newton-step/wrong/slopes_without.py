# [en] The slopes lack the penalty: it adds $\lambda w_j$ to each but the first. [zh] 斜率里少了惩罚：除第一个外，每个要加上 $\lambda w_j$。
import numpy as np


def newton_step(w, X, y, lam):
    a = 1 / (1 + np.exp(-(X @ w)))
    penalty = lam * (np.arange(len(w)) > 0)
    g = X.T @ (a - y) / len(y)
    H = (X * (a * (1 - a))[:, None]).T @ X / len(y) + np.diag(penalty)
    return w - np.linalg.solve(H, g)
