# [en] Centres move one by one, with a new assignment after each: within a round all centres use the same assignment. [zh] 你是移动一个中心就重新分组一次：同一轮里，所有中心要用同一次分组。
import numpy as np


def lloyd(X, M, rounds):
    M, costs = M.copy(), []
    for _ in range(rounds):
        D = ((X[:, None] - M) ** 2).sum(axis=2)
        costs.append(D.min(axis=1).sum())
        for k in range(len(M)):
            labels = ((X[:, None] - M) ** 2).sum(axis=2).argmin(axis=1)
            if (labels == k).any():
                M[k] = X[labels == k].mean(axis=0)
    return M, np.array(costs)
