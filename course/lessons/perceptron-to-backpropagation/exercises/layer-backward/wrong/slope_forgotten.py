# [en] The slope of the sigmoid is missing: `S` is the slope along the answers, and the deltas are slopes along the scores. [zh] 少了 sigmoid 的斜率：`S` 是沿回答的斜率，而 delta 是沿分数的斜率。
import numpy as np


def layer_backward(W, V, A, S):
    delta = S
    return delta.T @ V, delta.sum(axis=0), delta @ W
