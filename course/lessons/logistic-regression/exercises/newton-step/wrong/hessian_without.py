# [en] The Hessian lacks the penalty: it adds $\lambda$ to the diagonal, except for the first weight. [zh] Hessian 里少了惩罚：除第一个权重外，对角线上要加 $\lambda$。
import numpy as np


def newton_step(w, X, y, lam):
    a = 1 / (1 + np.exp(-(X @ w)))
    penalty = lam * (np.arange(len(w)) > 0)
    g = X.T @ (a - y) / len(y) + penalty * w
    H = (X * (a * (1 - a))[:, None]).T @ X / len(y)
    return w - np.linalg.solve(H, g)
