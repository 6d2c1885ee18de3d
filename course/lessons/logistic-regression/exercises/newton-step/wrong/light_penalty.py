# [en] The penalty is too light: beside sums over the readings it has to be $N \lambda$, beside means $\lambda$. [zh] 惩罚太轻了：旁边若是对读数求的和，它应当是 $N \lambda$；旁边若是平均，才是 $\lambda$。
import numpy as np


def newton_step(w, X, y, lam):
    a = 1 / (1 + np.exp(-(X @ w)))
    penalty = lam * (np.arange(len(w)) > 0)
    g = X.T @ (a - y) + penalty * w
    H = (X * (a * (1 - a))[:, None]).T @ X + np.diag(penalty)
    return w - np.linalg.solve(H, g)
