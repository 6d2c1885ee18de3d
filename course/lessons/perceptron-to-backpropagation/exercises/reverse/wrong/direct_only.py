# [en] Only the direct arrows of the last node arrive: walk from the last node to the first, so that each hands on what it has received. [zh] 只有最后一个节点的直接箭头起了作用：要从最后走到最前，每个节点把收到的再往下传。
import numpy as np


def reverse(S):
    g = np.zeros(len(S))
    g[-1] = 1
    for k in [len(S) - 1]:
        for p in range(k):
            g[p] += g[k] * S[k, p]
    return g
