# [en] The slopes are means over the batch; here the cost is a sum, so they are sums. [zh] 斜率取了一批的平均；这里的代价是总和，所以斜率也是总和。
import numpy as np


def layer_backward(W, V, A, S):
    delta = S * A * (1 - A)
    return delta.T @ V / len(V), delta.mean(axis=0), delta @ W
