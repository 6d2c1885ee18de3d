# [en] The costs add up distances; the cost of k-means adds up *squared* distances. [zh] 代价加的是距离；k-means 的代价加的是距离的*平方*。
import numpy as np


def lloyd(X, M, rounds):
    M, costs = M.copy(), []
    for _ in range(rounds):
        D = np.linalg.norm(X[:, None] - M, axis=2)
        costs.append(D.min(axis=1).sum())
        labels = D.argmin(axis=1)
        for k in set(labels):
            M[k] = X[labels == k].mean(axis=0)
    return M, np.array(costs)
