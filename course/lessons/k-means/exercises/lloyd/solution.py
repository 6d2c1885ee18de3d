import numpy as np


def lloyd(X, M, rounds):
    M, costs = M.astype(float), []
    for _ in range(rounds):
        D = ((X[:, None] - M) ** 2).sum(axis=2)
        costs.append(D.min(axis=1).sum())
        labels = D.argmin(axis=1)
        for k in np.unique(labels):
            M[k] = X[labels == k].mean(axis=0)
    return M, np.array(costs)
