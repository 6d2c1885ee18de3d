# [en] The centres move to the median of their samples; for squared distances the best place is the mean. [zh] 中心移到了样本的中位数；对平方距离来说，最好的位置是平均值。
import numpy as np


def lloyd(X, M, rounds):
    M, costs = M.copy(), []
    for _ in range(rounds):
        D = ((X[:, None] - M) ** 2).sum(axis=2)
        costs.append(D.min(axis=1).sum())
        labels = D.argmin(axis=1)
        for k in set(labels):
            M[k] = np.median(X[labels == k], axis=0)
    return M, np.array(costs)
