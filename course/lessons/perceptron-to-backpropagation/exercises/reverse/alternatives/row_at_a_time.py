import numpy as np


def reverse(S):
    g = np.eye(len(S))[-1]
    for k in range(len(S) - 1, 0, -1):
        g[:k] += g[k] * S[k, :k]
    return g
