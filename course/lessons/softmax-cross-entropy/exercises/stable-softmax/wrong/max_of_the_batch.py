# [en] The largest logit of the whole batch is subtracted: a row far below it becomes 0/0. Each row needs its own. [zh] 减去的是整批里最大的 logit：远小于它的行会变成 0/0。每一行要减去自己的最大值。
import numpy as np


def softmax(Z):
    E = np.exp(Z - Z.max())
    return E / E.sum(axis=1, keepdims=True)
