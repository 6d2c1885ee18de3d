# [en] The mean distance to the own group counts the sample itself, at distance 0: divide by the number of the *other* members. [zh] 到自己那一组的平均距离把样本自己也算进去了（距离 0）：应当除以*其他*成员的个数。
import numpy as np


def silhouette(X, labels):
    D = np.sqrt(((X[:, None] - X) ** 2).sum(axis=2))
    result = np.zeros(len(X))
    for n in range(len(X)):
        own = labels == labels[n]
        alpha = D[n, own].mean()
        beta = min(D[n, labels == k].mean() for k in set(labels) - {labels[n]})
        result[n] = (beta - alpha) / max(alpha, beta)
    return result
