# [en] $F_1$ is not the root of precision times recall: that is the geometric mean, and the harmonic one is wanted. [zh] $F_1$ 不是精确率与召回率乘积的平方根：那是几何平均，这里要的是调和平均。
import numpy as np


def precision_recall_f1(y, alarm):
    true, rang, struck = np.sum(y * alarm), max(1, np.sum(alarm)), max(1, np.sum(y))
    P, R = true / rang, true / struck
    return P, R, np.sqrt(P * R)
