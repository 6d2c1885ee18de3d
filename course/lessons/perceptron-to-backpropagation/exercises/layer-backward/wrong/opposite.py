# [en] Every slope has the opposite sign; the step against them comes later. [zh] 所有斜率的符号都反了；逆着斜率走是后面的事。
import numpy as np


def layer_backward(W, V, A, S):
    delta = -S * A * (1 - A)
    return delta.T @ V, delta.sum(axis=0), delta @ W
