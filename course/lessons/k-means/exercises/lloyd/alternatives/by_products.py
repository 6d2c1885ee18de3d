import numpy as np


def lloyd(X, M, rounds):
    costs = []
    for _ in range(rounds):
        D = (X**2).sum(axis=1)[:, None] - 2 * X @ M.T + (M**2).sum(axis=1)
        R = (D.argmin(axis=1)[:, None] == np.arange(len(M))).astype(float)
        costs.append(float((R * D).sum()))
        count = R.sum(axis=0)[:, None]
        M = np.where(count > 0, R.T @ X / np.maximum(count, 1), M)
    return M, costs
