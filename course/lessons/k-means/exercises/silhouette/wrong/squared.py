# [en] The distances are squared; take the root. [zh] 距离还是平方的，要开方。
import numpy as np


def silhouette(X, labels):
    D = ((X[:, None] - X) ** 2).sum(axis=2)
    result = np.zeros(len(X))
    for n in range(len(X)):
        own = labels == labels[n]
        if own.sum() > 1:
            alpha = D[n, own].sum() / (own.sum() - 1)
            beta = min(D[n, labels == k].mean() for k in set(labels) - {labels[n]})
            result[n] = (beta - alpha) / max(alpha, beta)
    return result
