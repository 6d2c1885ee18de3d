# [en] The gap is divided by the own distance; divide by the larger of the two, so that nothing exceeds 1. [zh] 差值除以了到自己组的距离；应当除以两者中较大的一个，这样才不会超过 1。
import numpy as np


def silhouette(X, labels):
    D = np.sqrt(((X[:, None] - X) ** 2).sum(axis=2))
    result = np.zeros(len(X))
    for n in range(len(X)):
        own = labels == labels[n]
        if own.sum() > 1:
            alpha = D[n, own].sum() / (own.sum() - 1)
            beta = min(D[n, labels == k].mean() for k in set(labels) - {labels[n]})
            result[n] = (beta - alpha) / alpha
    return result
