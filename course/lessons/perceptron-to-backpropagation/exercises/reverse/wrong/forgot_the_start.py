# [en] All slopes are zero: the last node has the slope 1 along itself. [zh] 斜率全是零：最后一个节点沿它自己的斜率是 1。
import numpy as np


def reverse(S):
    g = np.zeros(len(S))
    for k in reversed(range(len(S))):
        for p in range(k):
            g[p] += g[k] * S[k, p]
    return g
