# [en] Each sample is given whole to its likeliest group; that is k-means. EM keeps the shares. [zh] 你把每个样本整个给了最可能的那一组；那是 k-means。EM 保留份额。
import numpy as np


def em_step(x, rho, mu, sigma):
    g = np.exp(-0.5 * ((x[:, None] - mu) / sigma) ** 2) / sigma
    r = (rho * g).argmax(axis=1)[:, None] == np.arange(len(mu))
    n_k = r.sum(axis=0)
    mu = r.T @ x / n_k
    sigma = np.sqrt((r * (x[:, None] - mu) ** 2).sum(axis=0) / n_k)
    return n_k / len(x), mu, sigma
