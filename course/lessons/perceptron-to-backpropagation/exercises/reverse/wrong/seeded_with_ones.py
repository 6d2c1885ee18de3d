# [en] The walk started with ones everywhere; only the last node starts with 1, all others with 0. [zh] 起步时处处是 1；只有最后一个节点从 1 开始，其余都从 0 开始。
import numpy as np


def reverse(S):
    g = np.ones(len(S))
    g[-1] = 1
    for k in reversed(range(len(S))):
        for p in range(k):
            g[p] += g[k] * S[k, p]
    return g
