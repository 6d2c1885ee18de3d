# [en] Large inputs give inf: an exponential above e^709 overflows, one below e^−745 becomes 0. [zh] 输入很大时得到 inf：超过 e^709 的指数会上溢，小于 e^−745 的指数会变成 0。
import numpy as np


def cross_entropy(Z, y):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    A = E / E.sum(axis=1, keepdims=True)
    return -np.mean(np.log(A[np.arange(len(y)), y]))
