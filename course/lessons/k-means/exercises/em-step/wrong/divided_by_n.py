# [en] The weighted sums are divided by N; divide by the group's own number of samples, the sum of its shares. [zh] 加权和除以了 N；应当除以这一组自己的样本数，也就是它的份额之和。
import numpy as np


def em_step(x, rho, mu, sigma):
    g = np.exp(-0.5 * ((x[:, None] - mu) / sigma) ** 2) / sigma
    r = rho * g / (rho * g).sum(axis=1, keepdims=True)
    n_k = r.sum(axis=0)
    mu = r.T @ x / len(x)
    sigma = np.sqrt((r * (x[:, None] - mu) ** 2).sum(axis=0) / len(x))
    return n_k / len(x), mu, sigma
