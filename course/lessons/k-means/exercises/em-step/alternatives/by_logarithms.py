import numpy as np


def em_step(x, rho, mu, sigma):
    logs = np.log(rho) - np.log(sigma) - 0.5 * ((x[:, None] - mu) / sigma) ** 2
    r = np.exp(logs - logs.max(axis=1, keepdims=True))
    r = r / r.sum(axis=1, keepdims=True)
    mu = np.average(np.tile(x[:, None], len(rho)), axis=0, weights=r)
    return r.mean(axis=0), mu, np.sqrt(np.average((x[:, None] - mu) ** 2, axis=0, weights=r))
