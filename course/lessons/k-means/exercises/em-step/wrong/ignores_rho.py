# [en] The shares ignore `rho`: a rare group must not claim as much as a common one of the same bell. [zh] 份额里没有用 `rho`：钟形相同时，少见的组不该和常见的组分得一样多。
import numpy as np


def em_step(x, rho, mu, sigma):
    g = np.exp(-0.5 * ((x[:, None] - mu) / sigma) ** 2) / sigma
    r = g / g.sum(axis=1, keepdims=True)
    n_k = r.sum(axis=0)
    mu = r.T @ x / n_k
    sigma = np.sqrt((r * (x[:, None] - mu) ** 2).sum(axis=0) / n_k)
    return n_k / len(x), mu, sigma
