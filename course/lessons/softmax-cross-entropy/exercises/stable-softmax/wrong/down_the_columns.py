# [en] It works along the wrong axis: down the columns instead of along the rows. [zh] 沿错了轴：应该逐行计算，你是逐列算的。
import numpy as np


def softmax(Z):
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=0)
