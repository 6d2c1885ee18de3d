# [en] Divided by N·K: the cost is a mean over the N rows, not over all entries. [zh] 你除以了 N·K：代价是对 N 行取平均，不是对所有元素取平均。
import numpy as np


def gradient(Z, Y):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    A = E / E.sum(axis=1, keepdims=True)
    return (A - Y) / Z.size
