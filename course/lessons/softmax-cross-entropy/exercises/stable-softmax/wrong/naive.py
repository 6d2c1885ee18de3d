# [en] Large inputs give nan: an exponential above e^709 overflows, one below e^−745 becomes 0. [zh] 输入很大时得到 nan：超过 e^709 的指数会上溢，小于 e^−745 的指数会变成 0。
import numpy as np


def softmax(Z):
    E = np.exp(Z)
    return E / E.sum(axis=1, keepdims=True)
