# [en] Only one round was run; repeat both half steps `rounds` times. [zh] 只跑了一轮；两个半步要重复 `rounds` 次。
import numpy as np


def lloyd(X, M, rounds):
    M, costs = M.copy(), []
    for _ in range(rounds):
        D = ((X[:, None] - M) ** 2).sum(axis=2)
        costs.append(D.min(axis=1).sum())
        labels = D.argmin(axis=1)
        for k in set(labels):
            M[k] = X[labels == k].mean(axis=0)
        return M, np.array(costs)
