# [en] `sigma` is used as a variance in the bells; it is the standard deviation, so square it. [zh] 钟形里把 `sigma` 当成了方差；它是标准差，要先平方。
import numpy as np


def em_step(x, rho, mu, sigma):
    g = np.exp(-0.5 * (x[:, None] - mu) ** 2 / sigma) / np.sqrt(sigma)
    r = rho * g / (rho * g).sum(axis=1, keepdims=True)
    n_k = r.sum(axis=0)
    mu = r.T @ x / n_k
    sigma = np.sqrt((r * (x[:, None] - mu) ** 2).sum(axis=0) / n_k)
    return n_k / len(x), mu, sigma
