# [en] The last flight is missing: those before it have not brought enough rows yet. [zh] 少了最后一个架次：前面的还没有凑够行数。
import numpy as np


def whole_flights(flight, rows):
    names, count = np.unique(flight, return_counts=True)
    return np.isin(flight, names[np.cumsum(count) < rows])
