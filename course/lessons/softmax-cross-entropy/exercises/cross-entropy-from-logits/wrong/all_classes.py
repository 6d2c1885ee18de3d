# [en] This is the mean over all classes: the label `y` picks one class in each row. [zh] 这是对所有类别的平均：标签 `y` 应当在每一行选出一个类别。
import numpy as np


def cross_entropy(Z, y):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return -np.log(E / E.sum(axis=1, keepdims=True)).mean()
