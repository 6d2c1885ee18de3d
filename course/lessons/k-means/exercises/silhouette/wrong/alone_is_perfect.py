# [en] A sample alone in its group got 1; by convention it gets 0, for it has no company to compare. [zh] 独自一组的样本得了 1；约定它得 0，因为它没有同伴可比。
import numpy as np


def silhouette(X, labels):
    D = np.sqrt(((X[:, None] - X) ** 2).sum(axis=2))
    result = np.ones(len(X))
    for n in range(len(X)):
        own = labels == labels[n]
        if own.sum() > 1:
            alpha = D[n, own].sum() / (own.sum() - 1)
            beta = min(D[n, labels == k].mean() for k in set(labels) - {labels[n]})
            result[n] = (beta - alpha) / max(alpha, beta)
    return result
