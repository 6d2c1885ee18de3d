# [en] The factor a(1 − a) belongs to the sigmoid with the quadratic cost; here it has cancelled. [zh] 因子 a(1 − a) 属于 sigmoid 加二次代价；在这里它已经消去了。
import numpy as np


def gradient(Z, Y):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    A = E / E.sum(axis=1, keepdims=True)
    return (A - Y) * A * (1 - A) / len(Z)
