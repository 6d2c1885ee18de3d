# [en] It returns nothing: is the `return` missing? [zh] 它什么也没有返回：是不是漏了 `return`？
import numpy as np


def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    E / E.sum(axis=1, keepdims=True)
