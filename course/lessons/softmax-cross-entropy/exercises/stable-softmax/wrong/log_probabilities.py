# [en] These are the logarithms of the probabilities: the last exponential is missing. [zh] 这是概率的对数：最后还差一次指数运算。
import numpy as np


def softmax(Z):
    Z = Z - Z.max(axis=1, keepdims=True)
    return Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
