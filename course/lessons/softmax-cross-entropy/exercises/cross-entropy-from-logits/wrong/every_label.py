# [en] `Z[:, y]` takes every row at every label; `Z[np.arange(len(y)), y]` takes one entry in each row. [zh] `Z[:, y]` 会让每一行配上所有标签；`Z[np.arange(len(y)), y]` 才是每行取一个元素。
import numpy as np


def cross_entropy(Z, y):
    m = Z.max(axis=1, keepdims=True)
    log_sum = m + np.log(np.exp(Z - m).sum(axis=1, keepdims=True))
    return np.mean(log_sum - Z[:, y])
