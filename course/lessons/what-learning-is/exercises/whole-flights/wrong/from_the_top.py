# [en] The flights are not taken in rising order of their number: begin with the smallest. [zh] 架次没有按编号从小到大取：应该从最小的开始。
import numpy as np


def whole_flights(flight, rows):
    names, count = np.unique(flight, return_counts=True)
    names, count = names[::-1], count[::-1]
    return np.isin(flight, names[np.cumsum(count) - count < rows])
