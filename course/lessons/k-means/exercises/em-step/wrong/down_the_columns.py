# [en] The shares are divided by the sum over the samples; each *sample* shares itself out among the groups, so divide by the sum over the groups. [zh] 份额除以的是对样本求的和；是每个*样本*把自己分给各组，应当除以对组求的和。
import numpy as np


def em_step(x, rho, mu, sigma):
    g = np.exp(-0.5 * ((x[:, None] - mu) / sigma) ** 2) / sigma
    r = rho * g / (rho * g).sum(axis=0, keepdims=True)
    n_k = r.sum(axis=0)
    mu = r.T @ x / n_k
    sigma = np.sqrt((r * (x[:, None] - mu) ** 2).sum(axis=0) / n_k)
    return n_k / len(x), mu, sigma
