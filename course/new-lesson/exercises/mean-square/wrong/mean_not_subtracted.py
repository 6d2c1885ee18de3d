# [en] These are the squares of the numbers themselves: the mean is not subtracted. [zh] 这是各数自己的平方：还没有减去均值。
import numpy as np


def mean_square(x):
    return np.mean(x**2)
