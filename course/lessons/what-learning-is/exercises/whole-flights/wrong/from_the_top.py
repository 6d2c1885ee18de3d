# [en] The flights come in falling order of their number; begin with the smallest. [zh] 架次是按编号从大到小取的；应该从最小的开始。
import numpy as np


def whole_flights(flight, rows):
    names, count = np.unique(flight, return_counts=True)
    names, count = names[::-1], count[::-1]
    return np.isin(flight, names[np.cumsum(count) - count < rows])
