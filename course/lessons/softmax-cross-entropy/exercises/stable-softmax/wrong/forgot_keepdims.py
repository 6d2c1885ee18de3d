# [en] `softmax` stops with ValueError in line 6 (`E = np.exp(Z - Z.max(axis=1))`): operands could not be broadcast together with shapes (2,3) (2,). [zh] `softmax` 在第 6 行（`E = np.exp(Z - Z.max(axis=1))`）出错，ValueError：operands could not be broadcast together with shapes (2,3) (2,)。
import numpy as np


def softmax(Z):
    E = np.exp(Z - Z.max(axis=1))
    return E / E.sum(axis=1)
