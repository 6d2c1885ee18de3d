# [en] The step goes uphill: the solution of $H d = g$ has to be taken away from `w`. [zh] 这一步走的是上坡：应当从 `w` 里减去 $H d = g$ 的解。
import numpy as np


def newton_step(w, X, y, lam):
    a = 1 / (1 + np.exp(-(X @ w)))
    penalty = lam * (np.arange(len(w)) > 0)
    g = X.T @ (a - y) / len(y) + penalty * w
    H = (X * (a * (1 - a))[:, None]).T @ X / len(y) + np.diag(penalty)
    return w + np.linalg.solve(H, g)
