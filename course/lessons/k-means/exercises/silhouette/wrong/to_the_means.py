# [en] You measure the distance to the mean of a group; the silhouette takes the mean of the distances to its members. [zh] 你量的是到一组平均值的距离；轮廓系数用的是到各成员距离的平均。
import numpy as np


def silhouette(X, labels):
    names = list(set(labels))
    means = np.array([X[labels == k].mean(axis=0) for k in names])
    result = np.zeros(len(X))
    for n in range(len(X)):
        D = np.sqrt(((X[n] - means) ** 2).sum(axis=1))
        if (labels == labels[n]).sum() > 1:
            alpha = D[names.index(labels[n])]
            beta = min(D[i] for i, k in enumerate(names) if k != labels[n])
            result[n] = (beta - alpha) / max(alpha, beta)
    return result
