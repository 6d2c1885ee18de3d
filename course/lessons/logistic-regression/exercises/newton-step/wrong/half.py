# [en] The penalty counts half: the square brings down a two, so half of $\lambda w_j^2$ has the slope $\lambda w_j$ and the curvature $\lambda$. [zh] 惩罚只算了一半：平方求导会落下一个二，所以 $\lambda w_j^2$ 的一半，斜率是 $\lambda w_j$，曲率是 $\lambda$。
import numpy as np


def newton_step(w, X, y, lam):
    a = 1 / (1 + np.exp(-(X @ w)))
    penalty = lam / 2 * (np.arange(len(w)) > 0)
    g = X.T @ (a - y) / len(y) + penalty * w
    H = (X * (a * (1 - a))[:, None]).T @ X / len(y) + np.diag(penalty)
    return w - np.linalg.solve(H, g)
