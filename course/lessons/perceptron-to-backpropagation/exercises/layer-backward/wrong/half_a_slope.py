# [en] Half of the sigmoid's slope is missing: it is A(1 − A). [zh] sigmoid 的斜率只写了一半：应当是 A(1 − A)。
import numpy as np


def layer_backward(W, V, A, S):
    delta = S * (1 - A)
    return delta.T @ V, delta.sum(axis=0), delta @ W
