# [en] A group without samples has sent its centre to the origin: it divides a sum of nothing. Such a centre stays where it is. [zh] 有一组没有样本，它的中心跑到了原点：这是拿空的和去除。这样的中心应当留在原处。
import numpy as np


def lloyd(X, M, rounds):
    costs = []
    for _ in range(rounds):
        D = ((X[:, None] - M) ** 2).sum(axis=2)
        costs.append(D.min(axis=1).sum())
        R = D.argmin(axis=1)[:, None] == np.arange(len(M))
        M = R.T @ X / np.maximum(R.sum(axis=0), 1)[:, None]
    return M, np.array(costs)
