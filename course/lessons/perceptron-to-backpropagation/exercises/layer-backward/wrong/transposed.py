# [en] The slopes of the weights are transposed: `W` has one row for each neuron of this layer, so its slopes do, too. [zh] 权重的斜率转置了：`W` 的每一行属于本层的一个神经元，它的斜率也应如此。
import numpy as np


def layer_backward(W, V, A, S):
    delta = S * A * (1 - A)
    return V.T @ delta, delta.sum(axis=0), delta @ W
