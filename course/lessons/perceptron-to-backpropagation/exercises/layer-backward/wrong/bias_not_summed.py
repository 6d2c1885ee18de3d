# [en] The slopes of the biases still have one row for each example; a bias is shared by the whole batch, so add the rows up. [zh] 偏置的斜率还是每个样本一行；一个偏置由整批样本共用，所以要把各行加起来。
import numpy as np


def layer_backward(W, V, A, S):
    delta = S * A * (1 - A)
    return delta.T @ V, delta, delta @ W
