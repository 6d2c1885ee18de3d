# [en] One finite number for each window is wanted, an array of shape (N,). [zh] 每个窗口要一个有限的数，也就是形状为 (N,) 的数组。
import numpy as np


def alarm_score(W):
    return np.abs(np.diff(W[:, :, 0], axis=1))
