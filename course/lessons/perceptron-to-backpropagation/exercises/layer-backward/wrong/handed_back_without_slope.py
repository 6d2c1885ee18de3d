# [en] What goes back to V has lost the slope of the sigmoid: deltas are handed back, not the slopes along the answers. [zh] 传回 V 的斜率丢了 sigmoid 的斜率：传回去的应当是 delta，而不是沿回答的斜率。
import numpy as np


def layer_backward(W, V, A, S):
    delta = S * A * (1 - A)
    return delta.T @ V, delta.sum(axis=0), S @ W
