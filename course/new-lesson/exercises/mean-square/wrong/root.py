# [en] The root has been taken: the mean of the squares is asked for. [zh] 多开了一次方：要的是平方的均值。
import numpy as np


def mean_square(x):
    return np.std(x)
