# [en] The costs are noted too late: they belong after the assignment, before the centres move. [zh] 代价记晚了：应当在分组之后、移动中心之前记下。
import numpy as np


def lloyd(X, M, rounds):
    M, costs = M.copy(), []
    for _ in range(rounds):
        labels = ((X[:, None] - M) ** 2).sum(axis=2).argmin(axis=1)
        for k in set(labels):
            M[k] = X[labels == k].mean(axis=0)
        costs.append(((X - M[labels]) ** 2).sum())
    return M, np.array(costs)
