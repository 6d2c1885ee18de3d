# [en] The upper half of the table was used; only entries with p < k are arrows. [zh] 用到了表的上半部分；只有 p < k 的数才是箭头。
import numpy as np


def reverse(S):
    g = np.zeros(len(S))
    g[-1] = 1
    for k in reversed(range(len(S))):
        for p in range(len(S)):
            g[p] += g[k] * S[k, p]
    return g
