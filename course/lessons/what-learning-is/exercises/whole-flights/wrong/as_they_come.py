# [en] The flights are not taken in rising order of their number: begin with the smallest. [zh] 架次没有按编号从小到大取：应该从最小的开始。
import numpy as np


def whole_flights(flight, rows):
    held = []
    for name in flight:
        if np.isin(flight, held).sum() < rows and name not in held:
            held.append(name)
    return np.isin(flight, held)
