# [en] These are the slopes of every node along the first; asked are the slopes of the last node along every node. [zh] 这是每个节点沿第一个节点的斜率；要的是最后一个节点沿每个节点的斜率。
import numpy as np


def reverse(S):
    g = np.zeros(len(S))
    g[0] = 1
    for k in range(len(S)):
        for p in range(k):
            g[k] += S[k, p] * g[p]
    return g
