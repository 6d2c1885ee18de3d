# [en] A small number is added inside the logarithm: it hides log 0 and caps the cost, so that a hopeless guess costs too little. [zh] 对数里面加了一个很小的数：它掩盖了 log 0，也给代价封了顶，错得离谱时代价反而偏小。
import numpy as np


def cross_entropy(Z, y):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    A = E / E.sum(axis=1, keepdims=True)
    return -np.mean(np.log(A[np.arange(len(y)), y] + 1e-12))
