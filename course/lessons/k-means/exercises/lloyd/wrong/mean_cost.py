# [en] The costs are divided by the number of samples; the cost is a sum, not a mean. [zh] 代价多除了一次样本数；它是总和，不是平均。
import numpy as np


def lloyd(X, M, rounds):
    M, costs = M.copy(), []
    for _ in range(rounds):
        D = ((X[:, None] - M) ** 2).sum(axis=2)
        costs.append(D.min(axis=1).mean())
        labels = D.argmin(axis=1)
        for k in set(labels):
            M[k] = X[labels == k].mean(axis=0)
    return M, np.array(costs)
