# [en] `softmax` changes its input `Z`: work on a copy, or write `Z = Z - …` instead of `Z -= …`. [zh] `softmax` 改动了它的输入 `Z`：请在副本上计算，或者把 `Z -= …` 写成 `Z = Z - …`。
import numpy as np


def softmax(Z):
    Z -= Z.max(axis=1, keepdims=True)
    E = np.exp(Z)
    return E / E.sum(axis=1, keepdims=True)
