# [en] The bells lack their factor $1/\sigma_k$: a wide bell is a low one, and the shares feel it. [zh] 钟形少了因子 $1/\sigma_k$：宽的钟形也是矮的钟形，份额会受影响。
import numpy as np


def em_step(x, rho, mu, sigma):
    g = np.exp(-0.5 * ((x[:, None] - mu) / sigma) ** 2)
    r = rho * g / (rho * g).sum(axis=1, keepdims=True)
    n_k = r.sum(axis=0)
    mu = r.T @ x / n_k
    sigma = np.sqrt((r * (x[:, None] - mu) ** 2).sum(axis=0) / n_k)
    return n_k / len(x), mu, sigma
