# [en] The exponentials are not divided by their sum, so a row does not sum to one. [zh] 指数还没有除以它们的和，所以每行之和不是 1。
import numpy as np


def softmax(Z):
    return np.exp(Z)
