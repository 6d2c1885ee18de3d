# [en] In the exponent `sigma` is not squared: divide the distance by `sigma` first, then square. [zh] 指数里的 `sigma` 没有平方：先用距离除以 `sigma`，再平方。
import numpy as np


def em_step(x, rho, mu, sigma):
    g = np.exp(-0.5 * (x[:, None] - mu) ** 2 / sigma) / sigma
    r = rho * g / (rho * g).sum(axis=1, keepdims=True)
    n_k = r.sum(axis=0)
    mu = r.T @ x / n_k
    sigma = np.sqrt((r * (x[:, None] - mu) ** 2).sum(axis=0) / n_k)
    return n_k / len(x), mu, sigma
