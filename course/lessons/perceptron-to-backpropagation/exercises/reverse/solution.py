import numpy as np


def reverse(S):
    g = np.zeros(len(S))
    g[-1] = 1
    for k in reversed(range(len(S))):
        for p in range(k):
            g[p] += g[k] * S[k, p]
    return g
