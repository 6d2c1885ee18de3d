# [en] `gradient` changes its input `Y`: work on a copy, or write `Y = Y - …` instead of `Y -= …`. [zh] `gradient` 改动了它的输入 `Y`：请在副本上计算，或者把 `Y -= …` 写成 `Y = Y - …`。
import numpy as np


def gradient(Z, Y):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    A = E / E.sum(axis=1, keepdims=True)
    Y -= A
    return -Y / len(Z)
