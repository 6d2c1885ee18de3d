# [en] You compare with the nearest sample of another group; it should be the smallest *mean* distance to a group. [zh] 你比的是别组里最近的那个样本；应当是到某一组的*平均*距离中最小的。
import numpy as np


def silhouette(X, labels):
    D = np.sqrt(((X[:, None] - X) ** 2).sum(axis=2))
    result = np.zeros(len(X))
    for n in range(len(X)):
        own = labels == labels[n]
        if own.sum() > 1:
            alpha = D[n, own].sum() / (own.sum() - 1)
            beta = D[n, ~own].min()
            result[n] = (beta - alpha) / max(alpha, beta)
    return result
