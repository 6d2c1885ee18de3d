# [en] This counts in bits: the logarithm has base 2 instead of e. [zh] 这是以比特计的结果：对数的底是 2，应当是 e。
import numpy as np


def cross_entropy(Z, y):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    A = E / E.sum(axis=1, keepdims=True)
    return -np.mean(np.log2(A[np.arange(len(y)), y]))
