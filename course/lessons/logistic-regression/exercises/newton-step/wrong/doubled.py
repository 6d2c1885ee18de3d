# [en] The penalty counts twice: half of $\lambda w_j^2$ has the slope $\lambda w_j$. [zh] 惩罚多算了一倍：$\lambda w_j^2$ 的一半，斜率是 $\lambda w_j$。
import numpy as np


def newton_step(w, X, y, lam):
    a = 1 / (1 + np.exp(-(X @ w)))
    penalty = 2 * lam * (np.arange(len(w)) > 0)
    g = X.T @ (a - y) / len(y) + penalty * w
    H = (X * (a * (1 - a))[:, None]).T @ X / len(y) + np.diag(penalty)
    return w - np.linalg.solve(H, g)
