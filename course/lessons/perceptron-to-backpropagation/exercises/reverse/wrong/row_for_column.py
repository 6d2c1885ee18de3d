# [en] The table was read the wrong way round: `S[k, p]` is the slope of node `k` along its input `p`. [zh] 表读反了：`S[k, p]` 是节点 `k` 沿它的输入 `p` 的斜率。
import numpy as np


def reverse(S):
    g = np.zeros(len(S))
    g[-1] = 1
    for k in reversed(range(len(S))):
        for p in range(k):
            g[p] += g[k] * S[p, k]
    return g
