# [en] Only the readings with label 1 pull here; those with label 0 pay $-\ln(1 - a)$ and pull, too. [zh] 这里只有标签为 1 的读数在拉；标签为 0 的要付 $-\ln(1 - a)$，也在拉。
import numpy as np


def weighted_gradient(w, X, y, s):
    a = 1 / (1 + np.exp(-(X @ w)))
    return -X.T @ (s * y * (1 - a)) / s.sum()
