# [en] The Hessian forgets the slope of the sigmoid: each reading enters with the factor $a (1 - a)$. [zh] Hessian 忘了 sigmoid 的斜率：每个读数要带上因子 $a (1 - a)$。
import numpy as np


def newton_step(w, X, y, lam):
    a = 1 / (1 + np.exp(-(X @ w)))
    penalty = lam * (np.arange(len(w)) > 0)
    g = X.T @ (a - y) / len(y) + penalty * w
    H = (X * np.ones(len(y))[:, None]).T @ X / len(y) + np.diag(penalty)
    return w - np.linalg.solve(H, g)
