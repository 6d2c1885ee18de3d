# [en] The shares of a sample do not add up to one: divide by the density of the sample. [zh] 一个样本的份额加起来不等于一：还要除以这个样本的密度。
import numpy as np


def em_step(x, rho, mu, sigma):
    g = np.exp(-0.5 * ((x[:, None] - mu) / sigma) ** 2) / sigma
    r = rho * g / np.sqrt(2 * np.pi)
    n_k = r.sum(axis=0)
    mu = r.T @ x / n_k
    sigma = np.sqrt((r * (x[:, None] - mu) ** 2).sum(axis=0) / n_k)
    return n_k / len(x), mu, sigma
