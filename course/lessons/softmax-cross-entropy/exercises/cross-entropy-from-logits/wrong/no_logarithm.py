# [en] The logarithm is missing: this is minus the mean probability of the true class. [zh] 少了对数：这是真实类别概率平均值的相反数。
import numpy as np


def cross_entropy(Z, y):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    A = E / E.sum(axis=1, keepdims=True)
    return -np.mean(A[np.arange(len(y)), y])
