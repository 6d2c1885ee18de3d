# [en] This is the slope along the answer, carried straight to the weights: the slope of the sigmoid, a (1 − a), is missing between them. [zh] 这是沿回答的斜率，直接就传给了权重：中间还缺 sigmoid 的斜率 a (1 − a)。
import numpy as np


def weighted_gradient(w, X, y, s):
    a = 1 / (1 + np.exp(-(X @ w)))
    return X.T @ (s * (-y / a + (1 - y) / (1 - a))) / s.sum()
