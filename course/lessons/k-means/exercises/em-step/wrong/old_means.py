# [en] `sigma` is measured from the old means; the floor is highest when it is measured from the new ones. [zh] `sigma` 是从旧的均值量起的；从新的均值量起，地板才最高。
import numpy as np


def em_step(x, rho, mu, sigma):
    g = np.exp(-0.5 * ((x[:, None] - mu) / sigma) ** 2) / sigma
    r = rho * g / (rho * g).sum(axis=1, keepdims=True)
    n_k = r.sum(axis=0)
    sigma = np.sqrt((r * (x[:, None] - mu) ** 2).sum(axis=0) / n_k)
    return n_k / len(x), r.T @ x / n_k, sigma
