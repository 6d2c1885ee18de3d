import numpy as np


def newton_step(w, X, y, lam):
    N, D = X.shape
    a = 1 / (1 + np.exp(-(X @ w)))
    g, H = np.zeros(D), np.zeros((D, D))
    for n in range(N):
        g += (a[n] - y[n]) * X[n]
        H += a[n] * (1 - a[n]) * np.outer(X[n], X[n])
    for j in range(1, D):
        g[j] += N * lam * w[j]
        H[j, j] += N * lam
    return w + np.linalg.solve(H, -g)
