# [en] The last array holds variances; take the root, `sigma` is the standard deviation. [zh] 最后一个数组是方差；`sigma` 是标准差，还要开方。
import numpy as np


def em_step(x, rho, mu, sigma):
    g = np.exp(-0.5 * ((x[:, None] - mu) / sigma) ** 2) / sigma
    r = rho * g / (rho * g).sum(axis=1, keepdims=True)
    n_k = r.sum(axis=0)
    mu = r.T @ x / n_k
    sigma = (r * (x[:, None] - mu) ** 2).sum(axis=0) / n_k
    return n_k / len(x), mu, sigma
