# [en] Large inputs give inf: an exponential above e^709 overflows, one below e^−745 becomes 0. [zh] 输入很大时得到 inf：超过 e^709 的指数会上溢，小于 e^−745 的指数会变成 0。
import numpy as np


def cross_entropy(Z, y):
    return np.mean(np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(y)), y])
