# [en] The whole batch sums to one instead of each row: sum along axis 1 and keep the axis. [zh] 是整批之和为 1，而不是每行之和为 1：请沿 axis=1 求和，并保留这一维。
import numpy as np


def softmax(Z):
    E = np.exp(Z - Z.max())
    return E / E.sum()
