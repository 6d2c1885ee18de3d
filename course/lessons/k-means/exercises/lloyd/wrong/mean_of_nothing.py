# [en] A group without samples has lost its centre: the mean of nothing is not a number. Such a centre stays where it is. [zh] 有一组没有样本，它的中心丢了：空集的平均值不是数（nan）。这样的中心应当留在原处。
import numpy as np


def lloyd(X, M, rounds):
    costs = []
    for _ in range(rounds):
        D = ((X[:, None] - M) ** 2).sum(axis=2)
        costs.append(D.min(axis=1).sum())
        labels = D.argmin(axis=1)
        M = np.array([X[labels == k].mean(axis=0) for k in range(len(M))])
    return M, np.array(costs)
