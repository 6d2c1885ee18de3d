# [en] All other groups are thrown together; compare with the *nearest* other group only. [zh] 你把别的组混在一起了；只该和*最近的*那一组比。
import numpy as np


def silhouette(X, labels):
    D = np.sqrt(((X[:, None] - X) ** 2).sum(axis=2))
    result = np.zeros(len(X))
    for n in range(len(X)):
        own = labels == labels[n]
        if own.sum() > 1:
            alpha = D[n, own].sum() / (own.sum() - 1)
            beta = D[n, ~own].mean()
            result[n] = (beta - alpha) / max(alpha, beta)
    return result
