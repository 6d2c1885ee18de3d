# [en] The exponent lacks its half: a bell has fallen to $e^{-1/2}$ of its height at one `sigma` from the middle. [zh] 指数里少了二分之一：离中心一个 `sigma` 处，钟形降到最高处的 $e^{-1/2}$。
import numpy as np


def em_step(x, rho, mu, sigma):
    g = np.exp(-(((x[:, None] - mu) / sigma) ** 2)) / sigma
    r = rho * g / (rho * g).sum(axis=1, keepdims=True)
    n_k = r.sum(axis=0)
    mu = r.T @ x / n_k
    sigma = np.sqrt((r * (x[:, None] - mu) ** 2).sum(axis=0) / n_k)
    return n_k / len(x), mu, sigma
