# [en] The shape is wrong: shape (2,) instead of (2, 2). [zh] 形状不对：形状是 (2,)，应为 (2, 2)。
import numpy as np


def gradient(Z, Y):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    A = E / E.sum(axis=1, keepdims=True)
    return (A - Y).sum(axis=0) / len(Z)
