# [en] One flight too many: those before it have brought `rows` rows already. [zh] 多留了一个架次：前面的已经凑够 `rows` 行了。
import numpy as np


def whole_flights(flight, rows):
    names, count = np.unique(flight, return_counts=True)
    return np.isin(flight, names[np.cumsum(count) - count <= rows])
