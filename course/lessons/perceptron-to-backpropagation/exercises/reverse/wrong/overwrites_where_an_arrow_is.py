# [en] A slope was overwritten where a node is used more than once; the slopes of all its users are added. [zh] 节点用了不止一次时，斜率被后来的覆盖了；所有用到它的节点传回的斜率要相加。
import numpy as np


def reverse(S):
    g = np.zeros(len(S))
    g[-1] = 1
    for k in reversed(range(len(S))):
        for p in range(k):
            g[p] = g[k] * S[k, p] if S[k, p] != 0 else g[p]
    return g
